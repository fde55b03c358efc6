"""What sellers and buyers do with an order: in whole, in part, against one another's will, and by the clock."""

from uuid import UUID

import pytest

from karavan.kit.jobs import JobContext
from karavan.modules.orders.tasks import let_orders_fall_due
from tests.factories.orders import ORDERS, move, place, read, stock_of
from tests.factories.procurement import events_of, kzt, ok, pointers, problem


@pytest.fixture
def fall_due(database, settings):
    async def run() -> None:
        await let_orders_fall_due(
            JobContext(database=database, settings=settings, services=None, job_id=1)
        )

    return run


async def make_due(owner, order) -> None:
    await owner.execute(
        "update orders_orders set due_at = now() - interval '1 second' where id = $1",
        UUID(order["id"]),
    )


async def test_an_order_is_confirmed_and_shipped_in_parts(trade, owner):
    order = await place(trade, "10", "4")
    coffee, tea = order["lines"]
    path = f"{ORDERS}/{order['id']}"
    for lines, wrong in (
        ([{"line_id": coffee["id"], "quantity": "11"}], [("#/lines/0/quantity", "too_much")]),
        ([{"line_id": order["id"], "quantity": "1"}], [("#/lines/0/line_id", "unknown")]),
        (
            [{"line_id": one["id"], "quantity": "0"} for one in (coffee, tea)],
            [("#/lines", "nothing")],
        ),
    ):
        assert (
            pointers(await trade.seller.client.post(f"{path}/confirm", json={"lines": lines}))
            == wrong
        )
    cut = [{"line_id": coffee["id"], "quantity": "6"}]
    order = await move(trade.seller, order, "confirm", lines=cut, version=order["version"])
    # 6 × 1,000.00 and 4 × 500.00, with 12 %.
    assert (order["state"], order["status"], order["total"]) == (
        "confirmed",
        "accepted",
        kzt(896_000),
    )
    assert [line["confirmed_quantity"] for line in order["lines"]] == ["6", "4"]
    assert order["moves"][-1]["facts"] == {
        "cut": [{"sku": "COFFEE-1", "ordered": "10", "confirmed": "6"}]
    }
    assert await stock_of(owner, trade.products[0]) == ("100", "6", "94")
    order = await move(trade.seller, order, "process")
    # No lines at all means everything; a list of none is nothing, and nothing leaves.
    nothing = await trade.seller.client.post(f"{path}/ship", json={"lines": []})
    assert pointers(nothing) == [("#/lines", "nothing")]
    part = [{"line_id": coffee["id"], "quantity": "2"}]
    order = await move(
        trade.seller, order, "ship", lines=part, tracking_number="KZ1", carrier="Post"
    )
    assert (order["state"], order["lines"][0]["shipped_quantity"]) == ("processing", "2")
    assert await stock_of(owner, trade.products[0]) == ("98", "4", "94")
    again = await trade.seller.client.post(
        f"{path}/ship", json={"lines": [{"line_id": coffee["id"], "quantity": "5"}]}
    )
    assert pointers(again) == [("#/lines/0/quantity", "too_much")]
    order = await move(trade.seller, order, "ship")
    assert order["state"] == "shipped"
    assert [one["lines"] for one in order["shipments"]] == [
        [{"line_id": coffee["id"], "quantity": "2"}],
        [{"line_id": coffee["id"], "quantity": "4"}, {"line_id": tea["id"], "quantity": "4"}],
    ]
    assert await stock_of(owner, trade.products[0]) == ("94", "0", "94")
    await move(trade.seller, order, "deliver")
    order = await move(trade.buyer, order, "complete")
    assert [one["name"] for one in order["moves"]] == [
        "place", "confirm", "process", "ship-part", "ship", "deliver", "complete",
    ]  # fmt: skip
    types = [event["type"] for event in await events_of(owner, order["id"])]
    assert types == [
        "order.placed", "order.confirmed", "order.processed", "order.part_shipped", "order.shipped",
        "order.delivered", "order.completed",
    ]  # fmt: skip
    (done,) = await events_of(owner, order["id"], "order.completed")
    assert [line["product_id"] for line in done["payload"]["data"]["lines"]] == [
        product["id"] for product in trade.products
    ]


async def test_the_rest_can_be_given_up(trade, owner):
    order = await place(trade, "10")
    await move(trade.seller, order, "confirm")
    await move(trade.seller, order, "process")
    part = [{"line_id": order["lines"][0]["id"], "quantity": "7"}]
    order = await move(trade.seller, order, "ship", lines=part, cancel_rest=True)
    assert (order["state"], order["total"]) == ("shipped", kzt(784_000))
    assert await stock_of(owner, trade.products[0]) == ("93", "0", "93")


async def test_cancelling_gives_stock_and_credit_back(trade, owner):
    order = await place(trade, "10")
    path = f"{ORDERS}/{order['id']}"
    assert pointers(await trade.seller.client.post(f"{path}/cancel", json={})) == [
        ("#/reason", "required")
    ]
    order = ok(await trade.buyer.client.put(f"{path}/cancel", json={}))
    assert (order["state"], order["actions"]) == ("cancelled", [])
    assert await stock_of(owner, trade.products[0]) == ("100", "0", "100")
    assert await owner.fetchval("select sum(reserved_amount) from orders_orders") == 0
    other = await place(trade, "5")
    seller_says = {"status": "rejected", "reason": "Closed for holidays"}
    other = ok(await trade.seller.client.patch(f"{ORDERS}/{other['id']}/status", json=seller_says))
    assert (other["state"], other["moves"][-1]["reason"]) == ("rejected", "Closed for holidays")
    assert await stock_of(owner, trade.products[0]) == ("100", "0", "100")


async def test_both_wordings_of_status(trade):
    order = await place(trade, "1")
    path = f"{ORDERS}/{order['id']}/status"
    for word, state in (
        ("accepted", "confirmed"),
        ("in_progress", "processing"),
        ("shipped", "shipped"),
        ("delivered", "delivered"),
    ):
        order = ok(await trade.seller.client.put(path, json={"status": word}))
        assert order["state"] == state
        assert order["status"] == word
    body = problem(
        await trade.seller.client.patch(path, json={"status": "accepted"}),
        409,
        "invalid_transition",
    )
    assert body["meta"]["state"] == "delivered"
    problem(
        await trade.seller.client.patch(path, json={"status": "pending"}), 409, "invalid_transition"
    )
    problem(await trade.seller.client.patch(path, json={"status": "completed"}), 403, "forbidden")
    found = ok(await trade.buyer.client.get(ORDERS, params={"state": "delivered"}))
    assert [one["id"] for one in found["items"]] == [order["id"]]


async def test_a_wish_to_cancel_is_answered(trade, owner, fall_due):
    refused, agreed, silent, partly = [await place(trade, "4") for _ in range(4)]
    for order in (refused, agreed, silent, partly):
        await move(trade.seller, order, "confirm")
        await move(trade.seller, order, "process")
    part = [{"line_id": partly["lines"][0]["id"], "quantity": "1"}]
    await move(trade.seller, partly, "ship", lines=part)
    path = f"{ORDERS}/{refused['id']}"
    problem(
        await trade.seller.client.post(f"{path}/agree-cancel", json={}),
        409,
        "order.cancel_not_asked",
    )
    for order in (refused, agreed, silent, partly):
        order = await move(trade.buyer, order, "request-cancel", reason="Too late")
        assert order["cancel_asked_at"] is not None
    # Nothing leaves before the wish is answered.
    problem(await trade.seller.client.post(f"{path}/ship", json={}), 409, "order.cancel_asked")
    assert (await move(trade.seller, refused, "refuse-cancel"))["cancel_asked_at"] is None
    await move(trade.seller, refused, "ship")
    assert (await move(trade.seller, agreed, "agree-cancel"))["state"] == "cancelled"
    rest = await move(trade.seller, partly, "agree-cancel")
    assert (rest["state"], rest["total"]) == ("shipped", kzt(112_000))
    await fall_due()
    assert (await read(trade.buyer, silent))["state"] == "processing"
    await make_due(owner, silent)
    await fall_due()
    assert (await read(trade.buyer, silent))["state"] == "cancelled"
    # 4 were shipped with the refused wish, 1 with the partly granted one.
    assert await stock_of(owner, trade.products[0]) == ("95", "0", "95")


async def test_the_clock_cancels_and_completes(trade, owner, fall_due):
    unanswered, delivered, held = [await place(trade, "1") for _ in range(3)]
    for order in (delivered, held):
        for name in ("confirm", "process", "ship", "deliver"):
            await move(trade.seller, order, name)
    await owner.execute(
        "update orders_orders set complaints_open = 1 where id = $1", UUID(held["id"])
    )
    for order in (unanswered, delivered, held):
        await make_due(owner, order)
    await fall_due()
    states = [(await read(trade.buyer, one))["state"] for one in (unanswered, delivered, held)]
    assert states == ["cancelled", "completed", "delivered"]
    last = (await read(trade.buyer, unanswered))["moves"][-1]
    assert (last["name"], last["side"]) == ("cancel", "system")
    assert await stock_of(owner, trade.products[0]) == ("98", "0", "98")


async def test_invoice_holds_the_order_and_its_void_lets_it_go(trade, owner, drain):
    order = await place(trade, "2")
    path = f"{ORDERS}/{order['id']}"
    problem(
        await trade.seller.client.post(f"{path}/invoice", json={}), 409, "order.not_invoiceable"
    )
    await move(trade.seller, order, "confirm")
    problem(await trade.buyer.client.post(f"{path}/invoice", json={}), 403, "forbidden")
    order = ok(await trade.seller.client.post(f"{path}/invoice", json={}))
    problem(await trade.seller.client.post(f"{path}/invoice", json={}), 409, "order.invoiced")
    problem(await trade.buyer.client.post(f"{path}/cancel", json={}), 409, "order.invoiced")
    invoice = ok(await trade.buyer.client.get(f"/api/v1/invoices/{order['invoice']['id']}"))
    assert (invoice["total"], invoice["subject_label"]) == (order["total"], order["number"])
    ok(
        await trade.seller.client.post(
            f"/api/v1/invoices/{invoice['id']}/void", json={"reason": "Wrong address"}
        )
    )
    # Before anybody has heard of it, the order counts in the buyer's credit all the same.
    credit = ok(await trade.buyer.client.get(f"/api/v1/links/{trade.link['id']}/credit"))
    assert (credit["reserved"], credit["used"]) == ([order["total"]], [])
    # Nor has the seller to wait before the right one is sent, and the news of the first leave that one alone.
    again = ok(await trade.seller.client.post(f"{path}/invoice", json={}))
    await drain()
    order = await read(trade.seller, order)
    assert order["invoice"]["id"] == again["invoice"]["id"] != invoice["id"]
    ok(
        await trade.seller.client.post(
            f"/api/v1/invoices/{again['invoice']['id']}/void", json={"reason": "Wrong day"}
        )
    )
    await drain()
    order = await read(trade.seller, order)
    assert (order["invoice"], order["may_invoice"]) == (None, True)
    reserved = await owner.fetchval("select reserved_amount from orders_orders")
    assert reserved == order["total"]["amount"]
    again = ok(await trade.seller.client.post(f"{path}/invoice", json={}))
    body = {"amount": again["total"], "method": "bank_transfer", "reference": "9"}
    ok(
        await trade.seller.client.post(
            f"/api/v1/invoices/{again['invoice']['id']}/payments", json=body
        ),
        201,
    )
    await drain()
    assert (await read(trade.buyer, order))["paid_at"] is not None
