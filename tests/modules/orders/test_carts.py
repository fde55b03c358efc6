"""Carts, quick orders, templates and reordering."""

import pytest

from tests.factories.accounts import add_member, register
from tests.factories.links import move as move_link
from tests.factories.orders import ORDERS, make_trade, place
from tests.factories.procurement import kzt, ok, pointers, problem
from tests.factories.products import PRODUCTS, make_published
from tests.factories.tables import xlsx_bytes

CART = "/api/v1/cart"
TEMPLATES = "/api/v1/order-templates"


async def put(trade, index: int, quantity: str) -> dict:
    body = {"product_id": trade.products[index]["id"], "quantity": quantity}
    return ok(await trade.buyer.client.post(f"{CART}/items", json=body), 201)


async def test_a_cart_lives_with_prices_stock_and_the_link(app, owner, drain):
    trade = await make_trade(app, owner, minimum_order=kzt(300_000), credit_limit=kzt(2_000_000))
    await put(trade, 0, "2")
    cart = await put(trade, 0, "0.5")
    (line,) = cart["lines"]
    assert (line["quantity"], line["warnings"][0]["code"]) == ("2.5", "pack_size")
    assert (cart["orderable"], cart["totals"]) == (False, None)
    path = f"{CART}/items/{trade.products[0]['id']}"
    cart = ok(await trade.buyer.client.put(path, json={"quantity": "2"}))
    assert cart["totals"] == {
        "net": kzt(200_000), "tax": kzt(24_000), "total": kzt(224_000), "discount": kzt(0),
    }  # fmt: skip
    assert (cart["missing_to_minimum"], cart["credit_available"]) == (kzt(100_000), kzt(2_000_000))
    await put(trade, 1, "200")
    colleague = await add_member(trade.buyer, "buyer")
    (cart,) = ok(await colleague.client.get(CART))["carts"]
    assert [w["code"] for w in cart["lines"][1]["warnings"]] == ["short"]
    assert cart["lines"][1]["warnings"][0]["facts"] == {"available": "100"}
    ok(
        await colleague.client.put(
            f"{CART}/items/{trade.products[1]['id']}", json={"quantity": "4"}
        )
    )
    # A price that has changed since is told and does not stand in the way.
    product = ok(await trade.seller.client.get(f"/api/v1/products/{trade.products[0]['id']}"))
    change = {"price": kzt(110_000), "version": product["version"], "price_reason": "Harvest"}
    ok(await trade.seller.client.patch(f"/api/v1/products/{product['id']}", json=change))
    (cart,) = ok(await trade.buyer.client.get(CART))["carts"]
    (warning,) = cart["lines"][0]["warnings"]
    assert warning == {
        "code": "price_changed",
        "blocking": False,
        "facts": {"before": kzt(100_000), "after": kzt(110_000)},
    }
    assert (cart["orderable"], cart["totals"]["net"]) == (True, kzt(420_000))
    body = {
        "supplier_organisation_id": str(trade.seller.organisation_id),
        "expected_total": cart["totals"]["total"],
    }
    order = ok(await trade.buyer.client.post(ORDERS, json=body), 201)
    assert order["total"] == cart["totals"]["total"]
    assert ok(await trade.buyer.client.get(CART))["carts"] == []
    problem(await trade.buyer.client.post(ORDERS, json=body), 409, "order.nothing_left")
    # The link is blocked: its lines are gone at once, and stay told until they are put away.
    await put(trade, 0, "3")
    await move_link(trade.seller, trade.link, "block")
    for _ in range(2):
        (cart,) = ok(await trade.buyer.client.get(CART))["carts"]
        assert (cart["linked"], cart["lines"], cart["orderable"]) == (False, [], False)
        assert [(one["sku"], one["quantity"]) for one in cart["lost"]] == [("COFFEE-1", "3")]
        await drain()
    assert cart["lost"][0]["code"] == "link_blocked"
    lost = f"{CART}/lost/{trade.seller.organisation_id}"
    ok(await trade.buyer.client.delete(lost), 204)
    assert ok(await trade.buyer.client.get(CART))["carts"] == []


async def test_bulk_is_all_or_nothing_and_carts_are_the_buyers_own(app, owner, trade):
    unseen = await make_published(trade.seller, owner, sku="SOON")
    ok(await trade.seller.client.post(f"/api/v1/products/{unseen['id']}/deactivate", json={}))
    items = [*trade.lines("1", "1"), {"product_id": unseen["id"], "quantity": "1"}]
    refused = await trade.buyer.client.post(f"{CART}/bulk", json={"items": items})
    assert pointers(refused) == [("#/items/2/product_id", "unavailable")]
    assert ok(await trade.buyer.client.get(CART)) == {"carts": []}
    for mode, quantity in (("add", "1"), ("add", "2"), ("set", "1")):
        body = {"items": trade.lines("1"), "mode": mode}
        (cart,) = ok(await trade.buyer.client.post(f"{CART}/bulk", json=body), 201)["carts"]
        assert cart["lines"][0]["quantity"] == quantity
    stranger = await register(app, role="buyer")
    assert ok(await stranger.client.get(CART)) == {"carts": []}
    path = f"{CART}/items/{trade.products[0]['id']}"
    problem(await stranger.client.put(path, json={"quantity": "1"}), 404, "not_found")
    problem(await stranger.client.delete(path), 404, "not_found")
    assert pointers(await stranger.client.post(f"{CART}/items", json=trade.lines("1")[0])) == [
        ("#/items/0/product_id", "unavailable")
    ]
    sales = await add_member(trade.buyer, "sales")
    problem(await sales.client.get(CART), 403, "forbidden")
    viewer = await add_member(trade.buyer, "viewer")
    assert ok(await viewer.client.get(CART)) == ok(await trade.buyer.client.get(CART))
    assert ok(await viewer.client.get("/api/v1/order-templates"))["items"] == []
    problem(await viewer.client.delete(CART), 403, "forbidden")
    assert ok(await trade.buyer.client.delete(path))["lines"] == []


async def test_pasted_lines_are_matched_ambiguous_or_missing(owner, trade):
    await make_published(
        trade.seller, owner, sku="BOLT 10", names={"en": "Bolt"}, minimum_order="7"
    )
    for sku in ("TWIN-A", "TWIN-B"):
        twin = await make_published(trade.seller, owner, sku=sku, names={"en": "Twin"})
        await owner.execute(
            "update catalogue_products set barcode_text = 'SAME' where id = $1::uuid", twin["id"]
        )
    text = "coffee-1\t12\nTEA-1; 2,5\n\nBOLT 10\nSAME 3\ngreen 4\nNOTHING-AT-ALL x 2\nTEA-1 500"
    body = {"supplier_organisation_id": str(trade.seller.organisation_id), "text": text}
    parsed = ok(await trade.buyer.client.post(f"{CART}/parse", json=body))
    assert (parsed["matched"], parsed["ambiguous"], parsed["missing"]) == (4, 1, 2)
    assert [
        (one["position"], one["code"], one["quantity"], one["state"]) for one in parsed["lines"]
    ] == [
        (1, "coffee-1", "12", "matched"),
        (2, "TEA-1", "2.5", "matched"),
        (4, "BOLT 10", "7", "matched"),
        (5, "SAME", "3", "ambiguous"),
        (6, "green", "4", "missing"),
        (7, "NOTHING-AT-ALL", "2", "missing"),
        (8, "TEA-1", "500", "matched"),
    ]
    candidates = [[one["sku"] for one in line["candidates"]] for line in parsed["lines"]]
    assert candidates[3:6] == [["TWIN-A", "TWIN-B"], ["TEA-1"], []]
    assert [one["code"] for one in parsed["lines"][6]["warnings"]] == ["short"]
    assert ok(await trade.buyer.client.get(CART)) == {"carts": []}


async def test_pasted_lines_are_read_however_they_were_written(trade):
    text = '"COFFEE-1",12\n\u200bTEA-1 3\n4 COFFEE-1\n5 × TEA-1\n6 шт COFFEE-1\nTEA-1 - 7\nTEA-1 -8\nTEA-1 some'
    body = {"supplier_organisation_id": str(trade.seller.organisation_id), "text": text}
    parsed = ok(await trade.buyer.client.post(f"{CART}/parse", json=body))
    assert [(one["code"], one["quantity"], one["state"]) for one in parsed["lines"]] == [
        ("COFFEE-1", "12", "matched"),
        ("TEA-1", "3", "matched"),
        ("COFFEE-1", "4", "matched"),
        ("TEA-1", "5", "matched"),
        ("COFFEE-1", "6", "matched"),
        ("TEA-1", "7", "matched"),
        # Less than nothing is nobody's order: the goods are known, the quantity is for the person to write.
        ("TEA-1", None, "matched"),
        ("TEA-1", None, "matched"),
    ]


async def test_of_a_family_its_variants_are_offered(owner, trade):
    shirt = await make_published(trade.seller, owner, sku="SHIRT", names={"en": "Shirt"})
    axes = {"axes": [{"name": "size", "values": ["S", "M", "L"]}]}
    path = f"{PRODUCTS}/{shirt['id']}/variants/generate"
    made = ok(await trade.seller.client.post(path, json=axes))["variants"]
    ok(await trade.seller.client.patch(f"{PRODUCTS}/{made[2]['id']}", json={"active": False}))
    body = {
        "supplier_organisation_id": str(trade.seller.organisation_id),
        "text": "shirt 5\nSHIRT-M 2",
    }
    family, medium = ok(await trade.buyer.client.post(f"{CART}/parse", json=body))["lines"]
    # The head itself cannot be ordered, and what is not on sale is not offered.
    assert (family["state"], family["quantity"], family["product"]) == ("ambiguous", "5", None)
    assert [one["sku"] for one in family["candidates"]] == ["SHIRT-S", "SHIRT-M"]
    assert (medium["state"], medium["product"]["sku"]) == ("matched", "SHIRT-M")


async def test_a_table_is_read_by_its_headings_or_its_content(app, trade):
    content = xlsx_bytes(
        [
            ["Заявка", None, None],
            ["Наименование", "Артикул", "Кол-во"],
            ["Кофе", "COFFEE-1", 12],
            ["Чай", "TEA-1", "2,5"],
            ["Прочее", "Итого", 14.5],
            ["Прочее", "???", 1],
        ]
    )
    supplier = {"supplier_organisation_id": str(trade.seller.organisation_id)}
    path = f"{CART}/parse/file"
    sent = {"file": ("order.xlsx", content)}
    parsed = ok(await trade.buyer.client.post(path, data=supplier, files=sent))
    assert [
        (one["position"], one["code"], one["quantity"], one["state"]) for one in parsed["lines"]
    ] == [
        (3, "COFFEE-1", "12", "matched"),
        (4, "TEA-1", "2.5", "matched"),
        (6, "???", "1", "missing"),
    ]
    plain = {"file": ("order.csv", b"7;COFFEE-1\n3;TEA-1\n")}
    parsed = ok(await trade.buyer.client.post(path, data=supplier, files=plain))
    assert [(one["code"], one["quantity"]) for one in parsed["lines"]] == [
        ("COFFEE-1", "7"),
        ("TEA-1", "3"),
    ]
    picture = {"file": ("order.csv", b"\x89PNG\r\n\x1a\n")}
    answer = await trade.buyer.client.post(path, data=supplier, files=picture)
    problem(answer, 422, "cart.unreadable_table")
    stranger = await register(app, role="buyer")
    problem(await stranger.client.post(path, data=supplier, files=plain), 404, "links.not_linked")


async def read_table(trade, rows: list[list]) -> list[tuple]:
    answer = await trade.buyer.client.post(
        f"{CART}/parse/file",
        data={"supplier_organisation_id": str(trade.seller.organisation_id)},
        files={"file": ("order.xlsx", xlsx_bytes(rows))},
    )
    return [(one["code"], one["quantity"], one["state"]) for one in ok(answer)["lines"]]


@pytest.mark.parametrize(
    "head",
    [
        ["№", "Код товара", "Наименование", "Цена, ₸", "Кол-во, шт"],
        ["#", "Item code", "Description", "Unit price", "Order qty"],
        ["Рет саны", "Тауар коды", "Атауы", "Бағасы", "Тапсырыс (дана)"],
    ],
)
async def test_prices_and_row_numbers_are_no_quantities(trade, head):
    goods = [[1, "COFFEE-1", "Кофе", 1500, 10], [2, "TEA-1", "Чай", 300, 25]]
    expected = [("COFFEE-1", "10", "matched"), ("TEA-1", "25", "matched")]
    assert await read_table(trade, [head, *goods]) == expected


async def test_a_quantity_that_nobody_can_tell_is_asked_for(trade):
    # A price and a quantity, and no heading that says which is which.
    unsaid = [["COFFEE-1", 1500, 10], ["TEA-1", 300, 25]]
    assert await read_table(trade, unsaid) == [
        ("COFFEE-1", None, "matched"),
        ("TEA-1", None, "matched"),
    ]
    unreadable = [["SKU", "Qty"], ["COFFEE-1", "a few"], ["TEA-1", -3]]
    assert await read_table(trade, unreadable) == [
        ("COFFEE-1", None, "matched"),
        ("TEA-1", None, "matched"),
    ]


async def test_of_a_price_list_what_has_a_quantity_is_wanted(trade):
    head = ["SKU", "Price", "In stock", "Order qty"]
    others = [[f"OTHER-{n}", 100, 7, None] for n in range(700)]
    rows = [head, ["COFFEE-1", 1500, 100, 0], *others, ["TEA-1", 300, 50, 4]]
    assert await read_table(trade, rows) == [("TEA-1", "4", "matched")]
    # Of codes alone each is taken at its smallest quantity, as when they are pasted.
    alone = [["SKU", "Qty"], ["COFFEE-1", None]]
    assert await read_table(trade, alone) == [("COFFEE-1", "1", "matched")]


async def test_reordering_is_offered_only_while_there_is_a_link(app, owner, trade):
    order = await place(trade, "3")
    path, link = f"{ORDERS}/{order['id']}", f"/api/v1/links/{trade.link['id']}"

    async def offered():
        return ok(await trade.buyer.client.get(path))["may_reorder"]

    assert await offered()
    assert not ok(await trade.seller.client.get(path))["may_reorder"]
    ok(await trade.seller.client.post(f"{link}/block", json={"reason": "Unpaid invoices"}))
    assert not await offered()
    problem(await trade.buyer.client.post(f"{path}/reorder", json={}), 404, "links.not_linked")
    ok(await trade.seller.client.post(f"{link}/unblock", json={}))
    assert await offered()
    ok(await trade.buyer.client.post(f"{link}/leave", json={}))
    assert not await offered()


async def test_templates_and_reordering_fill_the_cart(app, owner, trade):
    order = await place(trade, "3", "2")
    template = ok(
        await trade.buyer.client.post(TEMPLATES, json={"name": "Weekly", "order_id": order["id"]}),
        201,
    )
    assert [line["quantity"] for line in template["lines"]] == ["3", "2"]
    taken = {"name": "Weekly", "order_id": order["id"]}
    assert [one["names"] for one in template["lines"]] == [one["names"] for one in order["lines"]]
    assert template["lines"][0]["names"]["en"] == template["lines"][0]["name"]
    problem(await trade.buyer.client.post(TEMPLATES, json=taken), 409, "order_template.name_taken")
    path = f"{TEMPLATES}/{template['id']}"
    body = {"name": "Every Monday", "lines": trade.lines("4"), "version": template["version"]}
    changed = ok(await trade.buyer.client.patch(path, json=body))
    assert (changed["name"], len(changed["lines"])) == ("Every Monday", 1)
    problem(await trade.buyer.client.patch(path, json=body), 409, "conflict")
    filled = ok(await trade.buyer.client.post(f"{path}/cart", json={}), 201)
    assert [line["quantity"] for line in filled["cart"]["lines"]] == ["4"]
    tea = trade.products[1]
    ok(await trade.seller.client.post(f"/api/v1/products/{tea['id']}/deactivate", json={}))
    again = ok(await trade.buyer.client.post(f"{ORDERS}/{order['id']}/reorder", json={}), 201)
    assert [line["quantity"] for line in again["cart"]["lines"]] == ["7"]
    assert [(one["sku"], one["code"]) for one in again["skipped"]] == [("TEA-1", "unavailable")]
    problem(
        await trade.seller.client.post(f"{ORDERS}/{order['id']}/reorder", json={}), 404, "not_found"
    )
    stranger = await register(app, role="buyer")
    problem(await stranger.client.get(path), 404, "not_found")
    assert ok(await stranger.client.get(TEMPLATES))["total"] == 0
    ok(await trade.buyer.client.delete(path), 204)
    assert ok(await trade.buyer.client.get(TEMPLATES))["items"] == []
