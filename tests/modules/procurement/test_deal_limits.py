"""Spending limits hold through negotiation: an award within them cannot be talked up past them."""

import pytest

from tests.factories.accounts import add_member, register
from tests.factories.deals import award, deal_of, read, signature
from tests.factories.procurement import kzt, line, make_published, ok, problem, submit_quote

# The award: 35.5 tonnes at 1,000.00 with 12 % tax are 39,760.00 KZT.
LIMIT = 40_000_00


@pytest.fixture
async def limited(pair):
    """The pair, a colleague of the buyer whose spending is limited, and a deal that was awarded within the limit."""
    rules = [{"purpose": "award", "above": kzt(LIMIT), "approver_role": "owner"}]
    ok(await pair.buyer.client.put("/api/v1/approval-rules", json={"rules": rules}))
    colleague = await add_member(pair.buyer, "manager")
    request = await make_published(colleague)
    await award(colleague, request, await submit_quote(pair.vendor, request))
    return pair, colleague, await deal_of(colleague, request)


async def propose(account, deal, amount):
    lines = [{k: v for k, v in one.items() if k != "net"} for one in deal["terms"]["lines"]]
    for one in lines:
        one["unit_price"] = kzt(amount)
    path = f"/api/v1/deals/{deal['id']}/propose-terms"
    return ok(await account.client.post(path, json={"terms": {"lines": lines}}))


async def sign(account, deal):
    return await account.client.post(f"/api/v1/deals/{deal['id']}/sign", json=signature(deal))


async def test_what_has_grown_past_the_limit_is_signed_by_whoever_has_none(limited):
    pair, colleague, deal = limited
    dear = await propose(pair.vendor, deal, 1_000_000)
    before = await read(colleague, deal)
    refused = problem(await sign(colleague, dear), 409, "procurement.approval_required")
    assert (refused["meta"]["purpose"], refused["meta"]["steps"]) == ("award", ["owner"])
    assert await read(colleague, deal) == before
    assert ok(await sign(pair.vendor, dear))["signed_by"] == ["vendor"]
    problem(await sign(colleague, dear), 409, "procurement.approval_required")
    assert ok(await sign(pair.buyer, dear))["state"] == "contract"


@pytest.mark.parametrize("amount", [100_000, 90_000, 100_500])
async def test_what_stays_within_it_is_signed_as_ever(limited, amount):
    pair, colleague, deal = limited
    changed = await propose(pair.vendor, deal, amount)
    assert ok(await sign(colleague, changed))["signed_by"] == ["buyer"]


async def test_an_agreed_award_is_not_an_agreement_to_more(pair):
    rules = [{"purpose": "award", "above": kzt(LIMIT // 2), "approver_role": "owner"}]
    ok(await pair.buyer.client.put("/api/v1/approval-rules", json={"rules": rules}))
    colleague = await add_member(pair.buyer, "manager")
    request = await make_published(colleague)
    await award(pair.buyer, request, await submit_quote(pair.vendor, request))
    deal = await deal_of(colleague, request)
    dearer = await propose(pair.vendor, deal, 100_001)
    problem(await sign(colleague, dearer), 409, "procurement.approval_required")
    as_agreed = await propose(pair.vendor, deal, 100_000)
    assert ok(await sign(colleague, as_agreed))["signed_by"] == ["buyer"]


async def test_a_published_request_is_not_amended_past_the_limit(app, owner):
    buyer = await register(app)
    rules = [{"purpose": "publish", "above": kzt(LIMIT), "approver_role": "owner"}]
    ok(await buyer.client.put("/api/v1/approval-rules", json={"rules": rules}))
    colleague = await add_member(buyer, "buyer")
    lines = [line(quantity="10", target_price=kzt(100))]
    request = await make_published(colleague, budget=kzt(LIMIT), lines=lines)
    path = f"/api/v1/requests/{request['id']}"

    async def amend(account, **changes):
        return await account.client.post(f"{path}/amend", json=changes)

    refused = problem(
        await amend(colleague, budget=kzt(LIMIT + 1)), 409, "procurement.spending_limit"
    )
    assert (refused["meta"]["purpose"], refused["meta"]["steps"]) == ("publish", ["owner"])
    kept = {"id": request["lines"][0]["id"], **lines[0]}
    unpriced = {**kept, "target_price": None}
    problem(
        await amend(colleague, budget=None, lines=[unpriced]), 409, "procurement.spending_limit"
    )
    dear = {**kept, "target_price": kzt(LIMIT)}
    problem(await amend(colleague, budget=None, lines=[dear]), 409, "procurement.spending_limit")
    assert ok(await buyer.client.get(path))["revision"] == 1
    assert ok(await amend(colleague, budget=None))["revision"] == 2
    assert ok(await amend(buyer, budget=kzt(LIMIT * 9)))["revision"] == 3
    # What the owner has allowed is theirs to have allowed: the colleague may change the rest.
    assert ok(await amend(colleague, title="Cement, once more"))["revision"] == 4
