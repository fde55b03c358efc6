"""A whole trade through the API: from a wish to goods that are paid for, as the companies live through it."""

from collections import Counter
from typing import Any

import pytest

from tests.factories.accounts import Account, add_member, register
from tests.factories.deals import (
    BANK,
    BUYER_DETAILS,
    SELLER_DETAILS,
    act,
    deal_of,
    read,
    signature,
)
from tests.factories.mails import mails_to
from tests.factories.notifications import kinds_told
from tests.factories.procurement import (
    audit_of,
    events_of,
    invite,
    kzt,
    line,
    make_published,
    make_request,
    offer_body,
    ok,
    problem,
    submit_quote,
)
from tests.factories.streams import listening

API = "/api/v1"
# Tiyn for a tonne of cement and of sand, by vendor.
PRICES = ((90_000, 60_000), (100_000, 40_000), (120_000, 80_000))
TERMS = frozenset(
    "lines delivery_terms delivery_place delivery_date lead_time_days payment_terms payment_days"
    " warranty penalties notes valid_until".split()
)
AUDIT = (
    "request.create request.invite request.publish question.ask question.answer request.amend"
    " request.shortlist request.award request.close"
).split()
EVENTS = (
    "request.created request.published request.invited question.asked question.answered"
    " request.amended request.shortlisted request.awarded request.closed"
).split()
BUYER_HEARS = {
    "quote.submitted": 3,
    "quote.reconfirmed": 3,
    "question.asked": 1,
    "deal.signed": 2,
    "message.posted": 2,
    "invoice.sent": 2,
    "invoice.payment_recorded": 2,
    "invoice.paid": 2,
}
INVITED_HEAR = {"request.invited": 1, "question.answered": 1, "request.amended": 1}
WINNERS_HEAR = {
    **INVITED_HEAR,
    "quote.accepted": 1,
    "deal.opened": 1,
    "deal.terms_proposed": 1,
    "deal.concluded": 1,
    "deal.archived": 1,
}
LOSERS_HEAR = {**INVITED_HEAR, "quote.held": 1, "quote.rejected": 1}


async def trader(app, name: str, role: str, number: int = 0) -> Account:
    """A company with everything that a contract and an invoice need."""
    account = await register(app, role=role, organisation_name=name)
    details = BUYER_DETAILS if role == "buyer" else SELLER_DETAILS
    path = f"{API}/organisations/{account.organisation_id}"
    body = {**details, "legal_name": f"{name} LLP", "tax_id": f"12345678901{number}"}
    ok(await account.client.patch(path, json=body))
    if role == "vendor":
        ok(await account.client.patch(f"{path}/settings", json=BANK))
    return account


@pytest.fixture
async def buyer(app) -> Account:
    return await trader(app, "Steppe Retail", "buyer", 9)


@pytest.fixture
async def vendors(app) -> list[Account]:
    names = ("Silk Road Supply", "Altai Metal", "Caspian Trade")
    return [await trader(app, name, "vendor", number) for number, name in enumerate(names)]


def priced(request: dict[str, Any], *prices: int) -> list[dict[str, Any]]:
    """Lines of an offer, at these prices in tiyn and 12 % tax."""
    return [
        {"request_line_id": one["id"], "unit_price": kzt(price), "tax_rate": "12"}
        for one, price in zip(request["lines"], prices, strict=True)
    ]


async def move(account: Account, request: dict[str, Any], name: str, **body: Any) -> dict[str, Any]:
    return ok(await account.client.post(f"{API}/requests/{request['id']}/{name}", json=body))


@pytest.mark.timeout(180)
async def test_from_a_wish_to_goods_that_are_paid_for(app, owner, drain, buyer, vendors) -> None:
    silk, altai, caspian = vendors

    # The buyer asks three vendors.
    request = await make_request(
        buyer, visibility="invited", lines=[line(quantity="10"), line("Sand", "20")]
    )
    await invite(buyer, request, *vendors)
    request = await move(buyer, request, "publish")
    assert (request["state"], request["number"][-6:]) == ("published", "000001")
    path = f"{API}/requests/{request['id']}"

    # A question is answered to all of them.
    asked = ok(
        await silk.client.post(f"{path}/questions", json={"text": "Is M400 good enough?"}), 201
    )
    ok(
        await buyer.client.post(
            f"{path}/questions/{asked['id']}/answer", json={"answer": "No, M500 alone."}
        )
    )
    (heard,) = ok(await altai.client.get(f"{path}/questions"))["items"]
    assert heard["answer"] == "No, M500 alone."

    # They quote: the first is cheaper at cement, the second at sand.
    quotes = [
        await submit_quote(vendor, request, lines=priced(request, *prices))
        for vendor, prices in zip(vendors, PRICES, strict=True)
    ]
    assert [one["offer"]["total"] for one in quotes] == [
        kzt(2_352_000),  # (10 x 900.00 + 20 x 600.00) and 12 %
        kzt(2_016_000),
        kzt(3_136_000),
    ]

    # The buyer wants more sand; whoever quoted must say so again.
    lines = [
        {"id": one["id"], "name": one["name"], "unit": one["unit"], "quantity": quantity}
        for one, quantity in zip(request["lines"], ("10", "30"), strict=True)
    ]
    request = await move(buyer, request, "amend", lines=lines, note="More sand.")
    assert request["revision"] == 2
    for vendor, quote, prices in zip(vendors, quotes, PRICES, strict=True):
        assert (await quote_of(vendor, quote))["needs_reconfirm"] is True
        offer = offer_body(request, lines=priced(request, *prices))
        answer = await vendor.client.post(
            f"{API}/quotes/{quote['id']}/reconfirm", json={"offer": offer}
        )
        assert ok(answer)["needs_reconfirm"] is False

    # Compared, the split is cheapest; the third vendor waits.
    request = await move(buyer, request, "shortlist", quote_ids=[one["id"] for one in quotes])
    assert request["state"] == "shortlist"
    matrix = ok(await buyer.client.get(f"{path}/comparison"))
    totals = {one["id"]: one["total"] for one in matrix["quotes"]}
    assert [totals[one["id"]] for one in quotes] == [
        kzt(3_024_000),
        kzt(2_464_000),
        kzt(4_032_000),
    ]
    cement, sand = (one["id"] for one in request["lines"])
    allocations = [
        {"quote_id": quotes[0]["id"], "lines": [{"request_line_id": cement}]},
        {"quote_id": quotes[1]["id"], "lines": [{"request_line_id": sand}]},
    ]
    request = await move(buyer, request, "award", allocations=allocations, reason="Cheapest.")
    assert (request["state"], request["deals_count"]) == ("awarded", 2)
    states = [(await quote_of(*one))["state"] for one in zip(vendors, quotes, strict=True)]
    assert states == ["accepted", "accepted", "standby"]
    await drain()

    # Both deals go their way; the second side hears of the first signature at once.
    for vendor, total in ((silk, kzt(1_008_000)), (altai, kzt(1_344_000))):
        deal = await deal_of(vendor, request)
        assert deal["terms"]["total"] == total
        await settle(app, drain, buyer, vendor, deal)
    assert (await quote_of(caspian, quotes[2]))["state"] == "rejected"
    problem(await caspian.client.get(f"{API}/deals/{deal['id']}"), 404, "not_found")

    # All is paid: the buyer closes the request.
    request = await move(buyer, request, "close")
    assert request["state"] == "closed"
    await drain()
    await check_traces(app, owner, buyer, vendors, request)


async def quote_of(vendor: Account, quote: dict[str, Any]) -> dict[str, Any]:
    return ok(await vendor.client.get(f"{API}/quotes/{quote['id']}"))


async def settle(app, drain, buyer: Account, vendor: Account, deal: dict[str, Any]) -> None:
    """From negotiation to the archive: new terms, a contract, an invoice and two payments."""
    terms = {key: value for key, value in deal["terms"].items() if key in TERMS}
    terms["lines"] = [
        {key: value for key, value in one.items() if key != "net"} for one in terms["lines"]
    ]
    deal = await act(buyer, deal, "propose-terms", terms={**terms, "warranty": "12 months"})
    assert deal["terms"]["number"] == 2
    async with listening(buyer) as stream:
        await stream.until("ready")
        await act(vendor, deal, "sign", **signature(deal))
        await drain()
        _, hint = await stream.until("notification.created")
        assert set(hint) == {"id"}
    deal = await act(buyer, deal, "sign", **signature(deal))
    assert (deal["state"], deal["signed_by"]) == ("contract", ["vendor", "buyer"])
    contract = await buyer.client.get(f"{API}/deals/{deal['id']}/contract.pdf")
    assert (contract.status_code, contract.content[:5]) == (200, b"%PDF-")

    said = {"body": "The lorry is on its way.", "client_id": "on-its-way"}
    ok(await vendor.client.post(f"{API}/deals/{deal['id']}/messages", json=said), 201)
    messages = ok(await buyer.client.get(f"{API}/deals/{deal['id']}/messages"))["items"]
    assert [one["body"] for one in messages].count("The lorry is on its way.") == 1

    deal = await act(vendor, deal, "create-invoice")
    invoice = f"{API}/invoices/{deal['invoice']['id']}"
    total = ok(await buyer.client.get(invoice))["total"]
    assert total == deal["terms"]["total"]
    part = {"amount": kzt(400_000), "reference": "TT-1"}
    ok(await vendor.client.post(f"{invoice}/payments", json=part), 201)
    await drain()
    assert (await read(buyer, deal))["state"] == "invoiced"
    rest = {"amount": kzt(total["amount"] - 400_000), "reference": "TT-2"}
    ok(await vendor.client.post(f"{invoice}/payments", json=rest), 201)
    await drain()
    paid = ok(await buyer.client.get(invoice))
    assert (paid["state"], paid["due"]) == ("paid", kzt(0))
    deal = await read(buyer, deal)
    assert deal["state"] == "paid"
    assert (await act(buyer, deal, "archive"))["state"] == "archived"


async def check_traces(app, owner, buyer, vendors, request) -> None:
    """What the trade has left behind: audit, events, notifications and mail."""
    assert await audit_of(owner, request["id"]) == AUDIT
    assert [one["type"] for one in await events_of(owner, request["id"])] == EVENTS
    expected = (BUYER_HEARS, WINNERS_HEAR, WINNERS_HEAR, LOSERS_HEAR)
    for account, kinds in zip((buyer, *vendors), expected, strict=True):
        assert Counter(await kinds_told(account)) == kinds
        mails = await mails_to(app, account.email, "notification")
        # The archive is worth a line in the feed, and no mail.
        assert len(mails) == sum(kinds.values()) - kinds.get("deal.archived", 0)
    verdict = ok(await buyer.client.get(f"{API}/audit/verify"))
    assert verdict["ok"] is True
    left = await owner.fetchval("select count(*) from kit_outbox_deliveries where state <> 'done'")
    assert left == 0


@pytest.mark.timeout(120)
async def test_after_a_refusal_the_next_best_gets_it(owner, drain, buyer, vendors) -> None:
    request = await make_published(buyer)
    quotes = [await submit_quote(vendor, request) for vendor in vendors]
    await move(buyer, request, "shortlist", quote_ids=[one["id"] for one in quotes])
    await move(buyer, request, "award", allocations=[{"quote_id": quotes[0]["id"]}])
    await act(vendors[0], await deal_of(vendors[0], request), "refuse", reason="No capacity")
    await drain()
    assert "deal.refused" in await kinds_told(buyer)
    await move(buyer, request, "reaward", allocations=[{"quote_id": quotes[2]["id"]}])
    deal = await deal_of(vendors[2], request)
    await act(vendors[2], deal, "sign", **signature(deal))
    assert (await act(buyer, deal, "sign", **signature(deal)))["state"] == "contract"
    await drain()
    states = [(await quote_of(*one))["state"] for one in zip(vendors, quotes, strict=True)]
    assert states[1:] == ["rejected", "accepted"]
    lost = ok(await vendors[1].client.get(f"{API}/deals"))
    assert lost["total"] == 0


@pytest.mark.timeout(120)
async def test_large_spending_waits_for_the_one_who_may_allow_it(drain, buyer, vendors) -> None:
    clerk = await add_member(buyer, "buyer")
    rules = [{"purpose": "award", "above": kzt(1_000_000), "approver_role": "owner"}]
    ok(await buyer.client.put(f"{API}/approval-rules", json={"rules": rules}))
    request = await make_published(clerk)
    quote = await submit_quote(vendors[0], request)
    await move(clerk, request, "shortlist", quote_ids=[quote["id"]])
    path = f"{API}/requests/{request['id']}"
    award = {"allocations": [{"quote_id": quote["id"]}]}
    answer = await clerk.client.post(f"{path}/award", json=award)
    problem(answer, 409, "procurement.approval_required")
    assert ok(await vendors[0].client.get(f"{API}/deals"))["total"] == 0

    body = {"purpose": "award", "award": award}
    approval = ok(await clerk.client.post(f"{path}/approvals", json=body), 201)
    await drain()
    assert "approval.requested" in await kinds_told(buyer)
    decision = {"version": approval["version"], "reason": "Within the year's budget."}
    approve = f"{API}/approvals/{approval['id']}/approve"
    problem(await clerk.client.post(approve, json=decision), 403, "forbidden")
    assert ok(await buyer.client.post(approve, json=decision))["state"] == "approved"
    await drain()
    assert "approval.approved" in await kinds_told(clerk)
    assert ok(await clerk.client.post(f"{path}/award", json=award))["state"] == "awarded"
    assert (await deal_of(vendors[0], request))["state"] == "negotiation"
