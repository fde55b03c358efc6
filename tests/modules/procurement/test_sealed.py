"""A sealed tender: nobody but the vendor reads an offer before the deadline, by any way."""

import asyncpg
from sqlalchemy import text

from karavan.kit.scopes import SYSTEM, Scope
from tests.factories.accounts import add_member, register
from tests.factories.procurement import (
    events_of,
    kzt,
    make_published,
    ok,
    pass_deadline,
    problem,
    submit_quote,
)

PRICE = 77_777


async def tender(app):
    buyer = await register(app)
    vendor = await register(app, role="vendor", organisation_name="Quiet Vendor")
    request = await make_published(buyer, sealed=True)
    lines = [
        {"request_line_id": one["id"], "unit_price": kzt(PRICE), "tax_rate": "0"}
        for one in request["lines"]
    ]
    return buyer, vendor, request, await submit_quote(vendor, request, lines=lines)


async def test_before_the_deadline_the_buyer_learns_only_how_many(app, owner):
    buyer, vendor, request, quote = await tender(app)
    path = f"/api/v1/requests/{request['id']}"
    listed = ok(await buyer.client.get(f"{path}/quotes"))
    assert listed["items"] == []
    assert listed["sealed"]["count"] == 1
    assert ok(await buyer.client.get("/api/v1/quotes"))["items"] == []
    problem(await buyer.client.get(f"/api/v1/quotes/{quote['id']}"), 404, "not_found")
    problem(await buyer.client.get(f"/api/v1/quotes/{quote['id']}/versions"), 404, "not_found")
    for answer in (
        await buyer.client.get(f"{path}/comparison"),
        await buyer.client.get(f"{path}/comparison.csv"),
        await buyer.client.post(f"{path}/shortlist", json={"quote_ids": [quote["id"]]}),
        await buyer.client.post(f"{path}/award", json={"allocations": [{"quote_id": quote["id"]}]}),
    ):
        problem(answer, 409, "procurement.still_sealed")
    assert ok(await vendor.client.get(f"/api/v1/quotes/{quote['id']}"))["offer"]["lines"][0][
        "unit_price"
    ] == kzt(PRICE)


async def test_nothing_that_the_buyer_can_read_tells_the_price_or_the_vendor(app, owner, drain):
    buyer, _, request, quote = await tender(app)
    await drain()
    admin = await add_member(buyer, "admin")
    for path in (
        f"/api/v1/requests/{request['id']}",
        "/api/v1/requests",
        "/api/v1/audit",
        "/api/v1/notifications",
        f"/api/v1/requests/{request['id']}/questions",
        f"/api/v1/board/requests/{request['id']}",
    ):
        shown = (await admin.client.get(path)).text
        assert str(PRICE) not in shown, path
        assert "Quiet Vendor" not in shown, path
    (event,) = await events_of(owner, quote["id"], "quote.submitted")
    assert str(PRICE) not in str(event)


async def rows(app, scope: Scope) -> dict[str, int]:
    async with app.state.database.transaction(scope) as session:
        return {
            table: (await session.execute(text(f"select count(*) from {table}"))).scalar_one()
            for table in ("procurement_quote_versions", "procurement_quote_lines")
        }


async def test_the_database_itself_keeps_the_seal_in_both_roles(app, owner: asyncpg.Connection):
    buyer, vendor, request, _ = await tender(app)
    hidden = {"procurement_quote_versions": 0, "procurement_quote_lines": 0}
    shown = {"procurement_quote_versions": 1, "procurement_quote_lines": 2}
    buyers, vendors = Scope(buyer.organisation_id, buyer.user_id), Scope(vendor.organisation_id)
    assert await rows(app, buyers) == hidden
    assert await rows(app, SYSTEM) == hidden
    assert await rows(app, vendors) == shown
    await pass_deadline(owner, request)
    assert await rows(app, buyers) == shown
    assert await rows(app, SYSTEM) == shown
    assert await rows(app, Scope((await register(app)).organisation_id)) == hidden


async def test_after_the_deadline_it_can_be_compared_and_awarded_at_once(app, owner):
    buyer, vendor, request, quote = await tender(app)
    await pass_deadline(owner, request)
    path = f"/api/v1/requests/{request['id']}"
    listed = ok(await buyer.client.get(f"{path}/quotes"))
    assert listed["sealed"] is None
    assert [one["vendor"]["name"] for one in listed["items"]] == ["Quiet Vendor"]
    assert (
        ok(await buyer.client.get(f"{path}/comparison"))["quotes"][0]["total"]["currency"] == "KZT"
    )
    awarded = ok(
        await buyer.client.post(f"{path}/award", json={"allocations": [{"quote_id": quote["id"]}]})
    )
    assert awarded["state"] == "awarded"
    problem(
        await vendor.client.post(f"/api/v1/quotes/{quote['id']}/withdraw", json={}),
        409,
        "invalid_transition",
    )
