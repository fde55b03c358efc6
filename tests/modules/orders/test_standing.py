"""Standing orders: turns by the timetable and the database's clock, placed once, skipped with a reason."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from karavan.kit.jobs import JobContext
from karavan.modules.orders.schedules import next_turn
from karavan.modules.orders.states import Schedule
from karavan.modules.orders.tasks import run_standing_orders
from tests.factories.accounts import register
from tests.factories.links import move as move_link
from tests.factories.orders import ORDERS, stock_of
from tests.factories.procurement import ok, pointers, problem
from tests.factories.products import PRODUCTS

PATH = "/api/v1/standing-orders"


@pytest.mark.parametrize(
    ("schedule", "days", "after", "ends_on", "expected"),
    [
        # 2026-11-20 is a Friday; Almaty is five hours ahead.
        (Schedule.WEEKLY, [1, 5], datetime(2026, 11, 20, 2, 59, tzinfo=UTC), None, (20, 3)),
        (Schedule.WEEKLY, [1, 5], datetime(2026, 11, 20, 3, 0, tzinfo=UTC), None, (23, 3)),
        (Schedule.WEEKLY, [1], datetime(2026, 11, 20, 3, 0, tzinfo=UTC), date(2026, 11, 22), None),
        (Schedule.MONTHLY, [31], datetime(2026, 11, 20, 3, 0, tzinfo=UTC), None, (30, 3)),
        (Schedule.MONTHLY, [1, 25], datetime(2026, 11, 20, 3, 0, tzinfo=UTC), None, (25, 3)),
    ],
)
def test_turns(schedule, days, after, ends_on, expected):
    turn = next_turn(schedule, days, 8, "Asia/Almaty", after, ends_on=ends_on)
    assert (None if turn is None else (turn.day, turn.hour)) == expected


@pytest.fixture
def run(database, settings):
    async def tick() -> None:
        await run_standing_orders(
            JobContext(database=database, settings=settings, services=None, job_id=1)
        )

    return tick


async def make_standing(trade, *quantities: str, **fields) -> dict:
    body = {
        **trade.body(*quantities),
        "name": "Weekly coffee",
        "schedule": "weekly",
        "days": [5, 1, 5],
        **fields,
    }
    return ok(await trade.buyer.client.post(PATH, json=body), 201)


async def make_due(owner, standing) -> None:
    await owner.execute(
        "update orders_standing_orders set next_run_at = now() - interval '8 days' where id = $1",
        UUID(standing["id"]),
    )


async def test_a_turn_places_an_order_once_and_tells_why_not(trade, owner, run, drain):
    standing = await make_standing(trade, "60", "2", buyer_reference="W")
    assert (standing["days"], standing["state"]) == ([1, 5], "active")
    await run()
    assert ok(await trade.buyer.client.get(ORDERS))["total"] == 0
    await make_due(owner, standing)
    await run()
    await run()
    (order,) = ok(await trade.seller.client.get(ORDERS))["items"]
    assert (order["buyer_reference"], order["lines_count"]) == ("W", 2)
    path = f"{PATH}/{standing['id']}"
    standing = ok(await trade.buyer.client.get(path))
    assert [(one["outcome"], one["order_number"]) for one in standing["runs"]] == [
        ("placed", order["number"])
    ]
    assert datetime.fromisoformat(standing["next_run_at"]) > datetime.now(UTC)
    # There are only 40 left: nothing of the second turn is done, and the reason is kept and told.
    await make_due(owner, standing)
    await run()
    skipped = ok(await trade.buyer.client.get(path))["runs"][0]
    assert (skipped["outcome"], skipped["code"]) == ("skipped", "order.out_of_stock")
    assert skipped["facts"]["products"][0]["asked"] == "60"
    (short,) = skipped["facts"]["goods"]
    assert (short["sku"], short["code"], short["available"]) == ("COFFEE-1", "short", "40")
    assert await stock_of(owner, trade.products[0]) == ("100", "60", "40")
    await move_link(trade.seller, trade.link, "block")
    await make_due(owner, standing)
    await run()
    assert ok(await trade.buyer.client.get(path))["runs"][0]["code"] == "links.not_linked"
    await drain()
    told = ok(await trade.buyer.client.get("/api/v1/notifications"))["items"]
    assert {one["kind"] for one in told} >= {"standing_order.placed", "standing_order.skipped"}


async def test_goods_that_went_are_named_in_the_readers_words(owner, trade, run, drain):
    standing = await make_standing(trade, "5", "2")
    path = f"{PATH}/{standing['id']}"
    gone = trade.products[1]
    ok(await trade.seller.client.post(f"{PRODUCTS}/{gone['id']}/archive", json={}))
    await make_due(owner, standing)
    await run()
    turn = ok(await trade.buyer.client.get(path))["runs"][0]
    assert (turn["code"], turn["order_id"]) == ("standing_order.goods", None)
    assert [(one["sku"], one["code"]) for one in turn["facts"]["goods"]] == [
        ("TEA-1", "unavailable")
    ]
    await drain()
    # The reason is told in the reader's language, not in that of the program.
    ok(await trade.buyer.client.patch("/api/v1/auth/profile", json={"locale": "ru"}))
    told = ok(await trade.buyer.client.get("/api/v1/notifications"))["items"]
    (skipped,) = [one for one in told if one["kind"] == "standing_order.skipped"]
    assert "Часть товаров больше нельзя заказать" in skipped["body"]


async def test_pause_resume_change_end(app, trade, owner, run):
    standing = await make_standing(trade, "1")
    path = f"{PATH}/{standing['id']}"
    paused = ok(await trade.buyer.client.post(f"{path}/pause", json={}))
    assert (paused["state"], paused["next_run_at"]) == ("paused", None)
    await make_due(owner, standing)
    await run()
    assert ok(await trade.buyer.client.get(ORDERS))["total"] == 0
    body = {"timetable": {"schedule": "monthly", "days": [31], "hour": 6, "time_zone": "UTC"}}
    changed = ok(await trade.buyer.client.patch(path, json=body))
    assert (changed["schedule"], changed["days"]) == ("monthly", [31])
    resumed = ok(await trade.buyer.client.post(f"{path}/resume", json={}))
    assert datetime.fromisoformat(resumed["next_run_at"]).hour == 6
    problem(await trade.buyer.client.post(f"{path}/resume", json={}), 409, "invalid_transition")
    stranger = await register(app, role="buyer")
    for verb in ("pause", "end"):
        problem(await stranger.client.post(f"{path}/{verb}", json={}), 404, "not_found")
    problem(await trade.seller.client.get(path), 404, "not_found")
    assert ok(await trade.buyer.client.post(f"{path}/end", json={}))["actions"] == []
    problem(await trade.buyer.client.patch(path, json=body), 409, "standing_order.state")
    bad = {**trade.body("1"), "name": "No", "schedule": "weekly", "days": [8]}
    assert (await trade.buyer.client.post(PATH, json=bad)).status_code == 422
    past = {
        **trade.body("1"),
        "name": "No",
        "schedule": "weekly",
        "days": [1],
        "ends_on": "2020-01-01",
    }
    assert pointers(await trade.buyer.client.post(PATH, json=past)) == [("#/ends_on", "past")]


async def test_the_next_turn_is_left_out_for_good(app, trade, run):
    timetable = {"schedule": "weekly", "days": [1, 2, 3, 4, 5, 6, 7], "time_zone": "UTC"}
    standing = await make_standing(trade, "1", **timetable)
    path = f"{PATH}/{standing['id']}"
    first = datetime.fromisoformat(standing["next_run_at"])
    stale = {"version": standing["version"] + 7}
    problem(await trade.buyer.client.post(f"{path}/skip-next", json=stale), 409, "conflict")
    stranger = await register(app, role="buyer")
    problem(await stranger.client.post(f"{path}/skip-next", json={}), 404, "not_found")
    assert ok(await trade.buyer.client.get(path))["next_run_at"] == standing["next_run_at"]
    skipped = ok(await trade.buyer.client.post(f"{path}/skip-next", json={}))
    second = first + timedelta(days=1)
    assert datetime.fromisoformat(skipped["next_run_at"]) == second
    (turn,) = skipped["runs"]
    assert (turn["outcome"], turn["code"]) == ("skipped", "standing_order.passed_over")
    assert datetime.fromisoformat(turn["due_at"]) == first
    # Neither a pause nor the same timetable anew brings it back.
    ok(await trade.buyer.client.post(f"{path}/pause", json={}))
    problem(await trade.buyer.client.post(f"{path}/skip-next", json={}), 409, "invalid_transition")
    resumed = ok(await trade.buyer.client.post(f"{path}/resume", json={}))
    assert datetime.fromisoformat(resumed["next_run_at"]) == second
    timetable["ends_on"] = second.date().isoformat()
    changed = ok(await trade.buyer.client.patch(path, json={"timetable": timetable}))
    assert datetime.fromisoformat(changed["next_run_at"]) == second
    # The last turn of all: nothing is left to wait for.
    ended = ok(await trade.buyer.client.post(f"{path}/skip-next", json={}))
    assert (ended["state"], ended["next_run_at"], ended["actions"]) == ("ended", None, [])
    await run()
    assert ok(await trade.buyer.client.get(ORDERS))["total"] == 0


async def test_whoever_left_orders_no_more(trade, owner, run):
    standing = await make_standing(trade, "1")
    await owner.execute(
        "update organisations_memberships set role = 'viewer' where user_id = $1",
        trade.buyer.user_id,
    )
    await make_due(owner, standing)
    await run()
    row = await owner.fetchrow("select outcome, code from orders_standing_runs")
    assert tuple(row) == ("skipped", "standing_order.no_rights")
