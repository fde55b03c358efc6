"""Spending limits hold for an award in sum, and what outgrows them can be sent for approval."""

import asyncio

import pytest

from tests.factories.accounts import add_member, register
from tests.factories.deals import read, signature
from tests.factories.procurement import kzt, line, make_published, ok, problem, submit_quote

# Two vendors get one line each: a piece at 100.00 without tax. Both together may cost 250.00.
PRICE = 100_00
LIMIT = 250_00


class Split:
    """A buyer with a colleague whose spending is limited, and a request that is split between vendors."""

    def __init__(self, buyer, colleague, vendors, request, quotes):
        self.buyer, self.colleague, self.vendors = buyer, colleague, vendors
        self.request, self.quotes = request, quotes
        self.path = f"/api/v1/requests/{request['id']}"

    def share(self, index):
        line_id = self.request["lines"][index]["id"]
        return {"quote_id": self.quotes[index]["id"], "lines": [{"request_line_id": line_id}]}

    async def award(self, account, *indices, verb="award"):
        body = {"allocations": [self.share(index) for index in indices]}
        return await account.client.post(f"{self.path}/{verb}", json=body)

    async def deal(self, index):
        (deal,) = ok(await self.vendors[index].client.get("/api/v1/deals"))["items"]
        return await read(self.vendors[index], deal)

    async def propose(self, index, amount):
        deal = await self.deal(index)
        lines = [{k: v for k, v in one.items() if k != "net"} for one in deal["terms"]["lines"]]
        lines[0]["unit_price"] = kzt(amount)
        path = f"/api/v1/deals/{deal['id']}/propose-terms"
        return ok(await self.vendors[index].client.post(path, json={"terms": {"lines": lines}}))

    async def ask(self, account, **body):
        return await account.client.post(
            f"{self.path}/approvals", json={"purpose": "award", **body}
        )

    async def ask_for_terms(self, account, deal):
        return await self.ask(account, terms={"deal_id": deal["id"], **signature(deal)})


async def sign(account, deal):
    return await account.client.post(f"/api/v1/deals/{deal['id']}/sign", json=signature(deal))


async def decide(account, approval, verb="approve", **body):
    path = f"/api/v1/approvals/{approval['id']}/{verb}"
    return ok(await account.client.post(path, json={"version": approval["version"], **body}))


@pytest.fixture
async def split(app):
    buyer = await register(app, organisation_name="Steppe Retail")
    rules = [{"purpose": "award", "above": kzt(LIMIT), "approver_role": "owner"}]
    ok(await buyer.client.put("/api/v1/approval-rules", json={"rules": rules}))
    colleague = await add_member(buyer, "manager")
    lines = [line(name=name, quantity="1", unit="H87") for name in ("Cement", "Sand", "Brick")]
    request = await make_published(colleague, lines=lines)
    vendors = [
        await register(app, role="vendor", organisation_name=f"Vendor {n}") for n in range(3)
    ]
    offer = {"unit_price": kzt(PRICE), "tax_rate": "0"}
    quotes = [
        await submit_quote(
            vendor,
            request,
            lines=[
                {"request_line_id": one["id"], "kind": "offered", **offer}
                for one in request["lines"]
            ],
        )
        for vendor in vendors
    ]
    body = {"quote_ids": [quote["id"] for quote in quotes]}
    ok(await colleague.client.post(f"/api/v1/requests/{request['id']}/shortlist", json=body))
    return Split(buyer, colleague, vendors, request, quotes)


async def test_deals_of_one_award_do_not_pass_the_limit_together(split):
    ok(await split.award(split.colleague, 0, 1))
    first, second = await split.propose(0, 150_00), await split.propose(1, 150_00)
    assert ok(await sign(split.colleague, first))["signed_by"] == ["buyer"]
    refused = problem(await sign(split.colleague, second), 409, "procurement.approval_required")
    assert refused["meta"]["steps"] == ["owner"]
    # What a concluded contract has saved may be spent on the other one.
    cheap = await split.propose(0, 90_00)
    ok(await sign(split.colleague, cheap))
    problem(
        await sign(split.colleague, await split.propose(1, 160_00)),
        409,
        "procurement.approval_required",
    )
    ok(await sign(split.vendors[0], cheap))
    ok(await sign(split.colleague, await split.propose(1, 160_00)))


async def test_of_two_signatures_at_once_one_is_refused(split):
    ok(await split.award(split.colleague, 0, 1))
    deals = [await split.propose(index, 150_00) for index in (0, 1)]
    answers = await asyncio.gather(*(sign(split.colleague, deal) for deal in deals))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_what_is_awarded_later_counts_with_what_stands(split):
    ok(await split.award(split.colleague, 0, 1))
    refused = problem(
        await split.award(split.colleague, 2, verb="reaward"), 409, "procurement.approval_required"
    )
    assert refused["meta"]["approval_id"] is None
    approval = ok(await split.ask(split.colleague, award={"allocations": [split.share(2)]}), 201)
    assert approval["amount"] == kzt(3 * PRICE)
    await decide(split.buyer, approval)
    ok(await split.award(split.colleague, 2, verb="reaward"))


async def test_terms_that_have_outgrown_the_award_are_signed_once_they_are_approved(split):
    ok(await split.award(split.colleague, 0, 1))
    dear = await split.propose(0, 200_00)
    approval = ok(await split.ask_for_terms(split.colleague, dear), 201)
    assert approval["amount"] == kzt(300_00)
    assert approval["summary"]["deal_id"] == dear["id"]
    again = ok(await split.ask_for_terms(split.colleague, dear), 201)
    assert again["id"] == approval["id"]
    waiting = problem(await sign(split.colleague, dear), 409, "procurement.approval_required")
    assert (waiting["meta"]["approval_id"], waiting["meta"]["state"]) == (approval["id"], "pending")
    await decide(split.buyer, approval)
    assert ok(await sign(split.colleague, dear))["signed_by"] == ["buyer"]
    # It was an agreement to these terms beside what the other deal had come to, and to nothing else.
    dearer = await split.propose(0, 200_01)
    problem(await sign(split.colleague, dearer), 409, "procurement.approval_required")


async def test_an_agreement_counts_beside_the_other_deals_that_it_was_given_beside(split):
    ok(await split.award(split.colleague, 0, 1))
    dear = await split.propose(0, 200_00)
    await decide(split.buyer, ok(await split.ask_for_terms(split.colleague, dear), 201))
    ok(await sign(split.colleague, await split.propose(1, 120_00)))
    problem(await sign(split.colleague, dear), 409, "procurement.approval_required")


async def test_newer_terms_and_the_end_of_a_deal_void_what_is_undecided(split, owner):
    ok(await split.award(split.colleague, 0, 1))

    async def state_of(approval):
        return ok(await split.colleague.client.get(f"/api/v1/approvals/{approval['id']}"))["state"]

    first = ok(await split.ask_for_terms(split.colleague, await split.propose(0, 200_00)), 201)
    dear = await split.propose(0, 210_00)
    assert await state_of(first) == "void"
    second = ok(await split.ask_for_terms(split.colleague, dear), 201)
    refusal = {"reason": "No capacity"}
    ok(await split.vendors[0].client.post(f"/api/v1/deals/{dear['id']}/refuse", json=refusal))
    assert await state_of(second) == "void"


async def test_approval_is_asked_for_what_could_be_signed_and_needs_it(split, app):
    ok(await split.award(split.colleague, 0, 1))
    kept = await split.propose(0, 110_00)
    problem(
        await split.ask_for_terms(split.colleague, kept), 409, "procurement.approval_not_needed"
    )
    dear = await split.propose(0, 400_00)
    problem(await split.ask_for_terms(split.colleague, kept), 409, "procurement.other_terms")
    problem(await split.ask_for_terms(split.buyer, dear), 409, "procurement.approval_not_needed")
    for stranger in (split.vendors[0], await register(app)):
        problem(await split.ask_for_terms(stranger, dear), 404, "not_found")
    viewer = await add_member(split.buyer, "viewer")
    problem(await split.ask_for_terms(viewer, dear), 403, "forbidden")
