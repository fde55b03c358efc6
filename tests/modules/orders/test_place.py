"""An order is placed: prices, totals, stock, terms, credit, numbers, idempotency; and every refusal changes nothing."""

import json
from uuid import UUID, uuid4

import pytest

from karavan.modules.orders.schemas.orders import OrderFacets, OrderListItem, OrderView
from tests.factories.accounts import add_member, register
from tests.factories.links import move as move_link
from tests.factories.orders import ORDERS, make_trade, move, place, read, stock_of
from tests.factories.procurement import audit_of, events_of, kzt, ok, pointers, problem


async def standing(owner) -> tuple[int, int, int]:
    """Orders, movements of stock, events: what a refusal may not touch."""
    row = await owner.fetchrow(
        """select (select count(*) from orders_orders), (select count(*) from catalogue_stock_movements),
             (select count(*) from kit_outbox_events)"""
    )
    return tuple(row)


async def test_an_order_is_priced_taken_from_stock_and_told(trade, owner):
    body = trade.body(
        "3", "0.335", buyer_reference="PO-7", note="Ring twice", wanted_on="2027-01-05"
    )
    order = ok(await trade.buyer.client.post(ORDERS, json=body), 201)
    # 3 × 1,000.00 and 0.335 × 500.00 = 167.50, both with 12 % of tax.
    assert (order["net"], order["tax"], order["total"]) == (kzt(316_750), kzt(38_010), kzt(354_760))
    assert [line["net"] for line in order["lines"]] == [kzt(300_000), kzt(16_750)]
    assert order["number"].startswith("ORD-")
    assert order["number"].endswith("-000001")
    assert (order["state"], order["status"], order["side"]) == ("pending", "pending", "buyer")
    assert (order["buyer_reference"], order["note"]) == ("PO-7", "Ring twice")
    assert [one["name"] for one in order["moves"]] == ["place"]
    assert [one["name"] for one in order["actions"]] == ["cancel"]
    assert await stock_of(owner, trade.products[0]) == ("100", "3", "97")
    assert await stock_of(owner, trade.products[1]) == ("100", "0.335", "99.665")
    (event,) = await events_of(owner, order["id"])
    assert event["type"] == "order.placed"
    assert event["payload"]["parties"] == {
        "seller": str(trade.seller.organisation_id),
        "buyer": str(trade.buyer.organisation_id),
    }
    assert [line["quantity"] for line in event["payload"]["data"]["lines"]] == ["3", "0.335"]
    assert await audit_of(owner, order["id"]) == ["order.place"]
    seen = await read(trade.seller, order)
    assert [one["name"] for one in seen["actions"]] == ["confirm", "reject", "cancel"]
    assert seen["actions"][2]["reason"] == "required"
    assert seen["moves"][0]["actor_name"] is None
    assert (await place(trade, "1"))["number"].endswith("-000002")
    reserved = await owner.fetchval(
        "select reserved_amount from orders_orders where id = $1", UUID(order["id"])
    )
    assert reserved == 354_760


PICTURE = {
    "id": str(uuid4()),
    "key": "ab12",
    "width": 800,
    "height": 600,
    "sizes": [320, 640],
    "blurhash": "LEHV6nWB2yk8",
    "alt": "Beans",
}


async def test_what_placing_answers_is_what_the_page_says(trade, owner):
    await owner.execute(
        "update catalogue_products set images = $2::jsonb, options = $3::jsonb where id = $1",
        UUID(trade.products[0]["id"]),
        json.dumps([PICTURE, {**PICTURE, "key": "cd34"}]),
        json.dumps({"size": "1 kg"}),
    )
    bodies = (
        trade.body("1"),
        trade.body("3.000", "0.335", buyer_reference="PO-7", note="Ж", wanted_on="2027-01-05"),
        {**trade.body(), "lines": [*trade.lines("1", "2")] * 3},
    )
    for body in bodies:
        order = ok(await trade.buyer.client.post(ORDERS, json=body), 201)
        assert order["lines"][0]["image"] == PICTURE
        assert await read(trade.buyer, order) == order


async def test_answers_match_their_models(trade):
    order = await place(trade, "2", "1")
    assert OrderView.model_validate(order).model_dump(mode="json") == order
    for account, side in ((trade.buyer, "buyer"), (trade.seller, "seller")):
        page = ok(await account.client.get(ORDERS, params={"side": side, "q": "arabica"}))
        (item,) = page["items"]
        assert OrderListItem.model_validate(item).model_dump(mode="json") == item
        assert item["excerpt"] == "Arabica beans, Green tea"
        facets = ok(await account.client.get(f"{ORDERS}/facets", params={"state": "shipped"}))
        assert facets == {"total": 1, "states": [{"value": "pending", "count": 1}]}
        assert OrderFacets.model_validate(facets).model_dump(mode="json") == facets
    none = ok(await trade.buyer.client.get(ORDERS, params={"state": "accepted"}))
    assert none["items"] == []


async def test_the_same_key_orders_once(trade, owner):
    key = {"idempotency-key": "one"}
    body = trade.body("2")
    first = ok(await trade.buyer.client.post(ORDERS, json=body, headers=key), 201)
    again = await trade.buyer.client.post(ORDERS, json=body, headers=key)
    assert again.headers["idempotency-replayed"] == "true"
    assert ok(again, 201) == first
    other = await trade.buyer.client.post(ORDERS, json=trade.body("3"), headers=key)
    problem(other, 422, "idempotency.mismatch")
    assert await stock_of(owner, trade.products[0]) == ("100", "2", "98")


async def test_lines_that_cannot_be_ordered_are_named(app, owner, trade):
    from tests.factories.products import make_published

    crate = await make_published(
        trade.seller, owner, sku="CRATE", minimum_order="12", pack_size="6", names={"en": "Crate"}
    )
    before = await standing(owner)
    lines = [
        *trade.lines("1"),
        {"product_id": str(uuid4()), "quantity": "1"},
        {"product_id": crate["id"], "quantity": "6"},
    ]
    refused = await trade.buyer.client.post(ORDERS, json={**trade.body(), "lines": lines})
    assert pointers(refused) == [
        ("#/lines/1/product_id", "unavailable"),
        ("#/lines/2/quantity", "minimum"),
    ]
    lines = [{"product_id": crate["id"], "quantity": "13"}]
    refused = await trade.buyer.client.post(ORDERS, json={**trade.body(), "lines": lines})
    assert pointers(refused) == [("#/lines/0/quantity", "pack_size")]
    for quantity in ("0", "-1", "0.0001", "1e30", "NaN"):
        answer = await trade.buyer.client.post(ORDERS, json=trade.body(quantity))
        assert answer.status_code == 422, quantity
    assert await standing(owner) == before


async def test_two_lines_of_one_product_share_its_stock(trade, owner):
    product = trade.products[0]["id"]
    before = await standing(owner)
    lines = [
        {"product_id": product, "quantity": "60"},
        {"product_id": product, "quantity": "60"},
        *[{**line, "product_id": trade.products[1]["id"]} for line in trade.lines("200")],
    ]
    refused = await trade.buyer.client.post(ORDERS, json={**trade.body(), "lines": lines})
    body = problem(refused, 409, "order.out_of_stock")
    assert sorted(body["meta"]["products"], key=lambda one: one["asked"]) == [
        {"product_id": product, "asked": "120", "available": "100"},
        {"product_id": trade.products[1]["id"], "asked": "200", "available": "100"},
    ]
    assert await standing(owner) == before
    lines = [{"product_id": product, "quantity": "60"}, {"product_id": product, "quantity": "40"}]
    ok(await trade.buyer.client.post(ORDERS, json={**trade.body(), "lines": lines}), 201)
    assert await stock_of(owner, trade.products[0]) == ("100", "100", "0")


async def test_lines_show_the_goods_while_they_may_be_seen(trade, owner):
    shown = str(uuid4())
    # New pictures of published goods wait for their checks; who may see them is meant here.
    await owner.execute(
        """update catalogue_products set images = jsonb_build_array(jsonb_build_object('id', $2::text,
             'key', 'k', 'width', 90, 'height', 90, 'sizes', '[90]'::jsonb, 'blurhash', '', 'alt', ''))
           where id = $1""",
        UUID(trade.products[0]["id"]),
        shown,
    )
    order = await place(trade, "2", "1")
    assert [line["image"] and line["image"]["id"] for line in order["lines"]] == [shown, None]
    assert OrderView.model_validate(order).model_dump(mode="json") == order
    await owner.execute(
        "update catalogue_products set active = false where id = $1",
        UUID(trade.products[0]["id"]),
    )
    seen = {}
    for account in (trade.buyer, trade.seller):
        (image, _) = (line["image"] for line in (await read(account, order))["lines"])
        seen[account.organisation_id] = image and image["id"]
    assert seen == {trade.buyer.organisation_id: None, trade.seller.organisation_id: shown}


async def test_a_minimum_in_another_currency_cannot_be_compared(app, owner):
    trade = await make_trade(
        app, owner, minimum_order={"amount": 100, "currency": "USD"}, credit_limit=None
    )
    before = await standing(owner)
    refused = await trade.buyer.client.post(ORDERS, json=trade.body("9"))
    meta = problem(refused, 409, "order.minimum_currency")["meta"]
    assert meta == {"minimum_currency": "USD", "order_currency": "KZT"}
    assert await standing(owner) == before
    item = {"product_id": trade.products[0]["id"], "quantity": "9"}
    ok(await trade.buyer.client.post("/api/v1/cart/items", json=item), 201)
    (cart,) = ok(await trade.buyer.client.get("/api/v1/cart"))["carts"]
    assert (cart["orderable"], cart["missing_to_minimum"]) == (False, None)
    assert cart["minimum_order"] == {"amount": 100, "currency": "USD"}


async def test_terms_are_kept(app, owner):
    trade = await make_trade(
        app, owner, minimum_order=kzt(200_000), credit_limit=kzt(500_000), payment_days=0
    )
    before = await standing(owner)
    refused = await trade.buyer.client.post(ORDERS, json=trade.body("1"))
    meta = problem(refused, 409, "order.below_minimum")["meta"]
    assert meta == {"minimum": kzt(200_000), "net": kzt(100_000)}
    refused = await trade.buyer.client.post(ORDERS, json=trade.body("5"))
    meta = problem(refused, 409, "order.credit_limit")["meta"]
    assert meta == {
        "limit": kzt(500_000),
        "reserved": kzt(0),
        "used": kzt(0),
        "available": kzt(500_000),
        "order": kzt(560_000),
    }
    changed = await trade.buyer.client.post(
        ORDERS, json=trade.body("2", expected_total=kzt(223_999))
    )
    assert problem(changed, 409, "order.total_changed")["meta"]["total"] == kzt(224_000)
    assert await standing(owner) == before
    order = await place(trade, "3", expected_total=kzt(336_000))
    refused = await trade.buyer.client.post(ORDERS, json=trade.body("2"))
    meta = problem(refused, 409, "order.credit_limit")["meta"]
    assert (meta["reserved"], meta["available"]) == (kzt(336_000), kzt(164_000))
    await move(trade.seller, order, "reject", reason="No coffee")
    order = await place(trade, "4")
    # The invoice takes the order's place, and its payment sets the credit free.
    await move(trade.seller, order, "confirm")
    order = ok(await trade.seller.client.post(f"{ORDERS}/{order['id']}/invoice", json={}))
    assert (order["invoice"]["due"], order["may_invoice"]) == (kzt(448_000), False)
    refused = await trade.buyer.client.post(ORDERS, json=trade.body("2"))
    meta = problem(refused, 409, "order.credit_limit")["meta"]
    assert (meta["reserved"], meta["used"]) == (kzt(0), kzt(448_000))
    await owner.execute("update invoicing_invoices set due_date = current_date - 3")
    refused = await trade.buyer.client.post(ORDERS, json=trade.body("2"))
    (late,) = problem(refused, 409, "order.overdue_invoices")["meta"]["invoices"]
    assert (late["number"], late["due"]) == (order["invoice"]["number"], kzt(448_000))
    ok(
        await trade.seller.client.post(
            f"/api/v1/invoices/{order['invoice']['id']}/payments",
            json={"amount": kzt(448_000), "method": "bank_transfer", "reference": "77"},
        ),
        201,
    )
    await place(trade, "2")


@pytest.mark.parametrize("limit", [None, 0])
async def test_no_limit_is_not_a_limit_of_nought(app, owner, limit):
    trade = await make_trade(app, owner, credit_limit=None if limit is None else kzt(limit))
    answer = await trade.buyer.client.post(ORDERS, json=trade.body("1"))
    if limit is None:
        ok(answer, 201)
    else:
        problem(answer, 409, "order.credit_limit")


async def test_who_may_order(app, owner, trade):
    before = await standing(owner)
    stranger = await register(app, role="buyer")
    problem(await stranger.client.post(ORDERS, json=trade.body("1")), 404, "links.not_linked")
    viewer = await add_member(trade.buyer, "viewer")
    problem(await viewer.client.post(ORDERS, json=trade.body("1")), 403, "forbidden")
    # Telling of members is an event of its own.
    assert (await standing(owner))[:2] == before[:2]
    order = await place(trade, "1")
    await move_link(trade.seller, trade.link, "block")
    problem(await trade.buyer.client.post(ORDERS, json=trade.body("1")), 404, "links.not_linked")
    # An open order goes on under its terms.
    await move(trade.seller, order, "confirm")
    assert (await read(trade.buyer, order))["status"] == "accepted"
    for path in (f"{ORDERS}/{order['id']}", f"{ORDERS}/{order['id']}/confirm"):
        answer = await stranger.client.request(
            "POST" if path.endswith("confirm") else "GET", path, json={}
        )
        assert answer.status_code in (403, 404)
    assert ok(await stranger.client.get(ORDERS))["total"] == 0
