"""Quotes: submitted once, updated in versions, reconfirmed, withdrawn, rejected, expired."""

import asyncio
from uuid import UUID, uuid4

import pytest

from tests.factories.accounts import add_member, register
from tests.factories.procurement import (
    audit_of,
    events_of,
    in_days,
    invite,
    kzt,
    line,
    make_published,
    make_request,
    offer_body,
    ok,
    pass_deadline,
    pointers,
    problem,
    submit_quote,
)
from tests.kit.waiting import until


async def sides(app):
    return await register(app), await register(app, role="vendor", organisation_name="Vendor")


async def count_quotes(owner) -> int:
    return await owner.fetchval("select count(*) from procurement_quotes")


async def test_a_submitted_quote_adds_up_and_is_announced_without_its_price(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer, lines=[line(quantity="10"), line("Sand", "25.5")])
    quote = await submit_quote(vendor, request, delivery=kzt(50_000), payment_days=14)
    assert quote["state"] == "submitted"
    assert quote["number"].startswith("QUO-")
    assert quote["current_version"] == 1
    offer = quote["offer"]
    # 10 × 1000 + 25.5 × 1000 + 500 delivery = 36,000.00; 12 % of it is 4,320.00
    assert offer["net"] == kzt(3_600_000)
    assert offer["tax"] == kzt(432_000)
    assert offer["total"] == kzt(4_032_000)
    assert [one["net"]["amount"] for one in offer["lines"]] == [1_000_000, 2_550_000]
    assert [action["name"] for action in quote["actions"]] == ["update", "withdraw"]
    (event,) = await events_of(owner, quote["id"], "quote.submitted")
    assert event["payload"]["data"] == {"request_id": request["id"]}
    assert "4032000" not in str(event)
    assert await audit_of(owner, quote["id"]) == ["quote.submit"]


async def test_a_vendor_has_one_live_quote(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    answers = await asyncio.gather(
        *(
            vendor.client.post(f"/api/v1/requests/{request['id']}/quotes", json=offer_body(request))
            for _ in range(4)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {
        "procurement.duplicate_quote"
    }
    # That there is one already is said before what is wrong with the second.
    path = f"/api/v1/requests/{request['id']}/quotes"
    line = {**offer_body(request)["lines"][0], "request_line_id": request["id"]}
    unfit = offer_body(request, lines=[line])
    problem(await vendor.client.post(path, json=unfit), 409, "procurement.duplicate_quote")
    other = await register(app, role="vendor")
    assert (await other.client.post(path, json=unfit)).status_code == 422
    assert await count_quotes(owner) == 1


async def test_the_same_key_is_the_same_quote(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    body, headers = offer_body(request), {"Idempotency-Key": "offer-1"}
    path = f"/api/v1/requests/{request['id']}/quotes"
    answers = await asyncio.gather(
        *(vendor.client.post(path, json=body, headers=headers) for _ in range(5))
    )
    assert [answer.status_code for answer in answers] == [201] * 5
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await count_quotes(owner) == 1


async def test_who_may_not_quote(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    path = f"/api/v1/requests/{request['id']}/quotes"
    body = offer_body(request)
    problem(await buyer.client.post(path, json=body), 409, "procurement.own_request")
    viewer = await add_member(vendor, "viewer")
    problem(await viewer.client.post(path, json=body), 403, "forbidden")
    idle = await register(app, role="buyer")
    problem(await idle.client.post(path, json=body), 403, "forbidden")
    draft = await make_request(buyer)
    gone = f"/api/v1/requests/{draft['id']}/quotes"
    problem(await vendor.client.post(gone, json=offer_body(draft)), 404, "not_found")
    problem(
        await vendor.client.post(f"/api/v1/requests/{uuid4()}/quotes", json=body), 404, "not_found"
    )
    assert await count_quotes(owner) == 0


async def test_by_invitation_only_the_invited_may_quote(app, owner):
    buyer, vendor = await sides(app)
    other = await register(app, role="vendor")
    request = await make_request(buyer, visibility="invited")
    await invite(buyer, request, vendor)
    ok(await buyer.client.post(f"/api/v1/requests/{request['id']}/publish", json={}))
    path = f"/api/v1/requests/{request['id']}/quotes"
    problem(await other.client.post(path, json=offer_body(request)), 404, "not_found")
    ok(await vendor.client.post(path, json=offer_body(request)), 201)
    assert await count_quotes(owner) == 1


async def test_the_deadline_is_the_databases(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    first = await submit_quote(vendor, request)
    await pass_deadline(owner, request)
    late = await register(app, role="vendor")
    path = f"/api/v1/requests/{request['id']}/quotes"
    problem(
        await late.client.post(path, json=offer_body(request)), 409, "procurement.deadline_passed"
    )
    update = {"offer": offer_body(request)}
    answer = await vendor.client.patch(f"/api/v1/quotes/{first['id']}", json=update)
    problem(answer, 409, "procurement.deadline_passed")
    assert await count_quotes(owner) == 1
    assert await owner.fetchval("select count(*) from procurement_quote_versions") == 1


def changed(request: dict, index: int, **fields) -> list[dict]:
    lines = offer_body(request)["lines"]
    lines[index] = {**lines[index], **fields}
    return lines


WRONG = [
    (lambda r: {"lines": offer_body(r)["lines"][:1]}, [("#/lines", "unanswered_line")]),
    (
        lambda r: {"lines": [*offer_body(r)["lines"], offer_body(r)["lines"][0]]},
        [("#/lines/2/request_line_id", "repeated_line")],
    ),
    (
        lambda r: {"lines": changed(r, 0, request_line_id=str(uuid4()))},
        [("#/lines/0/request_line_id", "unknown_line"), ("#/lines", "unanswered_line")],
    ),
    (lambda r: {"lines": changed(r, 1, unit_price=None)}, [("#/lines/1/unit_price", "required")]),
    (
        lambda r: {"lines": changed(r, 0, unit_price={"amount": 1, "currency": "USD"})},
        [("#/lines/0/unit_price/currency", "currency")],
    ),
    (lambda r: {"lines": changed(r, 0, kind="alternative")}, [("#/lines/0/name", "required")]),
    (
        lambda r: {
            "lines": [{"request_line_id": one["id"], "kind": "not_available"} for one in r["lines"]]
        },
        [("#/lines", "nothing_offered")],
    ),
    (
        lambda r: {"lines": changed(r, 0, kind="not_available")},
        [("#/lines/0/unit_price", "not_available")],
    ),
    (lambda r: {"valid_until": in_days(1)}, [("#/valid_until", "too_early")]),
    (
        lambda r: {"delivery": {"amount": 1, "currency": "EUR"}},
        [("#/delivery/currency", "currency")],
    ),
]


async def test_a_wrong_offer_is_refused_with_every_mistake_named(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    path = f"/api/v1/requests/{request['id']}/quotes"
    for overrides, expected in WRONG:
        answer = await vendor.client.post(path, json=offer_body(request, **overrides(request)))
        assert pointers(answer) == expected
    assert await count_quotes(owner) == 0
    assert await owner.fetchval("select count(*) from procurement_quote_versions") == 0


async def test_an_update_is_the_next_version_and_the_first_stays(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    quote = await submit_quote(vendor, request)
    body = {
        "offer": offer_body(request, lead_time_days=3, note="Faster"),
        "version": quote["version"],
    }
    updated = ok(await vendor.client.patch(f"/api/v1/quotes/{quote['id']}", json=body))
    assert (updated["state"], updated["current_version"]) == ("updated", 2)
    problem(await vendor.client.patch(f"/api/v1/quotes/{quote['id']}", json=body), 409, "conflict")
    newest, oldest = ok(await vendor.client.get(f"/api/v1/quotes/{quote['id']}/versions"))
    assert (newest["number"], oldest["number"]) == (2, 1)
    assert newest["changes"] == [
        {
            "field": "valid_until",
            "before": newest["changes"][0]["before"],
            "after": newest["changes"][0]["after"],
        },
        {"field": "lead_time_days", "before": "10", "after": "3"},
        {"field": "note", "before": "", "after": "Faster"},
    ]
    assert oldest["changes"] == []


async def test_what_is_wrong_with_a_later_version_has_its_place_in_the_body(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    quote = await submit_quote(vendor, request)
    body = {"offer": offer_body(request, valid_until=in_days(1)), "version": quote["version"]}
    answer = await vendor.client.patch(f"/api/v1/quotes/{quote['id']}", json=body)
    assert pointers(answer) == [("#/offer/valid_until", "too_early")]
    now = ok(await vendor.client.get(f"/api/v1/quotes/{quote['id']}"))
    assert (now["current_version"], now["version"]) == (1, quote["version"])


async def test_an_amended_request_asks_for_reconfirmation(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    quote = await submit_quote(vendor, request)
    path = f"/api/v1/quotes/{quote['id']}"
    problem(
        await vendor.client.post(f"{path}/reconfirm", json={}),
        409,
        "procurement.nothing_to_reconfirm",
    )
    amended = ok(
        await buyer.client.post(
            f"/api/v1/requests/{request['id']}/amend",
            json={"description": "In one batch.", "note": "One batch"},
        )
    )
    assert amended["revision"] == 2
    assert ok(await vendor.client.get(path))["needs_reconfirm"] is True
    confirmed = ok(await vendor.client.post(f"{path}/reconfirm", json={}))
    assert (confirmed["needs_reconfirm"], confirmed["request_revision"]) == (False, 2)
    assert confirmed["offer"]["total"] == quote["offer"]["total"]
    assert confirmed["current_version"] == 2


async def test_changed_quantities_need_a_new_offer(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    quote = await submit_quote(vendor, request)
    lines = [
        {"id": one["id"], "name": one["name"], "unit": one["unit"], "quantity": "99"}
        for one in request["lines"]
    ]
    amended = ok(
        await buyer.client.post(f"/api/v1/requests/{request['id']}/amend", json={"lines": lines})
    )
    path = f"/api/v1/quotes/{quote['id']}/reconfirm"
    problem(await vendor.client.post(path, json={}), 409, "procurement.offer_outdated")
    confirmed = ok(await vendor.client.post(path, json={"offer": offer_body(amended)}))
    assert confirmed["offer"]["lines"][0]["quantity"] == "99"


async def test_a_quote_that_waits_for_an_amendment_answers_what_is_asked_then(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"

    async def is_waiting() -> bool:
        return await owner.fetchval(waiting) == 1

    async with owner.transaction():
        ours = UUID(request["id"])
        await owner.execute(
            "update procurement_requests set revision = 2, title = 'Cement M500' where id = $1",
            ours,
        )
        await owner.execute(
            "update procurement_request_lines set quantity = 99 where request_id = $1", ours
        )
        submitting = asyncio.create_task(submit_quote(vendor, request))
        await until(is_waiting)
    quote = await submitting
    assert (quote["request_revision"], quote["request"]["title"]) == (2, "Cement M500")
    assert quote["offer"]["lines"][0]["quantity"] == "99"


async def test_a_withdrawn_quote_makes_room_for_another(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    quote = await submit_quote(vendor, request)
    withdrawn = ok(await vendor.client.post(f"/api/v1/quotes/{quote['id']}/withdraw", json={}))
    assert withdrawn["state"] == "withdrawn"
    assert withdrawn["actions"] == []
    second = await submit_quote(vendor, request)
    assert second["number"] != quote["number"]


async def test_a_rejected_vendor_learns_why(app, owner):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    quote = await submit_quote(vendor, request)
    path = f"/api/v1/quotes/{quote['id']}/reject"
    assert pointers(await buyer.client.post(path, json={})) == [("#/reason", "required")]
    problem(await vendor.client.post(path, json={"reason": "x"}), 403, "forbidden")
    ok(await buyer.client.post(path, json={"reason": "Too expensive"}))
    shown = ok(await vendor.client.get(f"/api/v1/quotes/{quote['id']}"))
    assert (shown["state"], shown["rejected_reason"]) == ("rejected", "Too expensive")


async def test_quotes_expire_by_the_clock_once(app, owner, drain):
    buyer, vendor = await sides(app)
    request = await make_published(buyer)
    quote = await submit_quote(vendor, request)
    await owner.execute(
        "update procurement_quotes set valid_until = now() - interval '1 second' where id = $1",
        UUID(quote["id"]),
    )
    from karavan.kit.scopes import SYSTEM
    from karavan.modules.procurement.actions.quotes.expire import expire_quotes

    database = app.state.database
    for expected in (1, 0):
        async with database.transaction(SYSTEM) as session:
            assert await expire_quotes(session) == expected
    assert ok(await vendor.client.get(f"/api/v1/quotes/{quote['id']}"))["state"] == "expired"
    assert len(await events_of(owner, quote["id"], "quote.expired")) == 1


@pytest.mark.parametrize("side", ["vendor", "buyer", None])
async def test_lists_are_of_ones_own_side(app, owner, side):
    buyer, vendor = await sides(app)
    stranger = await register(app, role="vendor")
    request = await make_published(buyer)
    quote = await submit_quote(vendor, request)
    query = {"side": side} if side else {}
    for account, sees in ((vendor, side != "buyer"), (buyer, side != "vendor"), (stranger, False)):
        page = ok(await account.client.get("/api/v1/quotes", params=query))
        assert [one["id"] for one in page["items"]] == ([quote["id"]] if sees else [])
        assert page["total"] == int(sees)
    problem(await stranger.client.get(f"/api/v1/quotes/{quote['id']}"), 404, "not_found")
