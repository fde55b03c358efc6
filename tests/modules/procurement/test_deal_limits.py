"""Spending limits hold through negotiation: an award within them cannot be talked up past them."""

import pytest

from tests.factories.accounts import add_member
from tests.factories.deals import award, deal_of, read, signature
from tests.factories.procurement import kzt, make_published, ok, problem, submit_quote

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
    for line in lines:
        line["unit_price"] = kzt(amount)
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
