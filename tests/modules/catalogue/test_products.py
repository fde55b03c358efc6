"""Products of a supplier: content, prices, variants, and who sees what of them."""

import asyncio
import json
from uuid import UUID

import pytest

from karavan.kit.ids import new_id
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.public import Demand, allocate
from karavan.modules.catalogue.schemas.products import (
    PriceChangeView,
    ProductSummary,
    ProductView,
)
from karavan.modules.catalogue.schemas.shop import CatalogueItem, SellerView
from karavan.modules.catalogue.schemas.stock import MovementView, StockView
from tests.factories.accounts import register, visitor
from tests.factories.categories import category_desk, make_category, put_attribute
from tests.factories.files import picture, upload
from tests.factories.procurement import kzt, ok, pointers, problem
from tests.factories.products import (
    PRODUCTS,
    make_product,
    make_published,
    product_body,
    put_stock,
    some_category,
)


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Dala Coffee")


async def count(owner, table: str) -> int:
    return await owner.fetchval(f"select count(*) from {table}")


async def test_a_product_keeps_what_it_was_given(supplier, owner):
    category = await some_category(owner)
    product = await make_product(
        supplier, category_id=category, barcode="4006381333931", weight_grams=1000, country="BR"
    )
    seen = ok(await supplier.client.get(f"{PRODUCTS}/{product['id']}"))
    assert seen == product
    assert (seen["state"], seen["barcode"], seen["name"]) == (
        "draft", "04006381333931", "Arabica beans",
    )  # fmt: skip
    assert (seen["price"], seen["tax_rate"], seen["minimum_order"]) == (kzt(150_000), "12", "5")
    assert seen["category"]["id"] == category
    assert [one["name"] for one in seen["actions"]] == ["propose"]
    event = await owner.fetchrow(
        "select type, payload from kit_outbox_events where aggregate_id = $1", UUID(product["id"])
    )
    assert event["type"] == "product.created"
    first = ok(await supplier.client.get(f"{PRODUCTS}/{product['id']}/price-changes"))["items"]
    assert [(one["before"], one["after"]) for one in first] == [(None, kzt(150_000))]


async def test_bad_values_are_named_and_nothing_is_made(app, supplier, owner):
    desk = await category_desk(app, owner)
    brew = await make_category(desk, "Brew")
    await put_attribute(desk, brew, "roast")
    wrong = [
        ({"names": {}}, "#/names"),
        ({"names": {"ru": "a\u0000"}}, "#/names/ru"),
        ({"sku": "x" * 65}, "#/sku"),
        ({"price": {"amount": -1, "currency": "KZT"}}, "#/price"),
        ({"price": {"amount": 1, "currency": "XXX"}}, "#/price"),
        ({"barcode": "4006381333932"}, "#/barcode"),
        ({"pack_size": "0"}, "#/pack_size"),
        ({"minimum_order": "1.0001"}, "#/minimum_order"),
        ({"category_id": str(new_id())}, "#/category_id"),
        ({"attributes": {"roast": "dark"}}, "#/attributes"),
        ({"category_id": brew["id"], "attributes": {"fat": 1}}, "#/attributes/fat"),
        ({"images": [{"id": str(new_id())}]}, "#/images/0"),
        ({"state": "published"}, "#/state"),
    ]
    for change, pointer in wrong:
        answer = await supplier.client.post(PRODUCTS, json=product_body(**change))
        assert pointers(answer)[0][0] == pointer, (change, answer.text)
    assert await count(owner, "catalogue_products") == 0
    assert await count(owner, "catalogue_price_changes") == 0


async def test_an_sku_is_taken_once_also_by_many_at_once(app, supplier, owner):
    answers = await asyncio.gather(
        *(supplier.client.post(PRODUCTS, json=product_body()) for _ in range(6))
    )
    assert sorted(one.status_code for one in answers) == [201] + [409] * 5
    refused = next(one for one in answers if one.status_code == 409)
    problem(refused, 409, "catalogue.sku_taken")
    assert await count(owner, "catalogue_price_changes") == 1
    other = await register(app, role="vendor")
    await make_product(other)
    second = await make_product(supplier, sku="KOFE-2")
    path = f"{PRODUCTS}/{second['id']}"
    for taken in ("KOFE-1", "Kofe-1"):
        problem(await supplier.client.patch(path, json={"sku": taken}), 409, "catalogue.sku_taken")
    assert ok(await supplier.client.get(path))["sku"] == "KOFE-2"
    assert ok(await supplier.client.patch(path, json={"sku": "kofe-2"}))["sku"] == "kofe-2"


async def test_goods_that_differed_by_case_alone_before_stay_until_one_is_renamed(supplier, owner):
    first = await make_product(supplier, sku="AB-1")
    twin = await make_product(supplier, sku="AB-2")
    await owner.execute(
        "update catalogue_products set sku = 'ab-1', sku_twin = 1 where id = $1", UUID(twin["id"])
    )
    path = f"{PRODUCTS}/{twin['id']}"
    assert ok(await supplier.client.patch(path, json={"unit": "MTR"}))["sku"] == "ab-1"
    problem(await supplier.client.patch(path, json={"sku": "Ab-1"}), 409, "catalogue.sku_taken")
    assert ok(await supplier.client.patch(path, json={"sku": "AB-3"}))["sku"] == "AB-3"
    assert ok(await supplier.client.get(f"{PRODUCTS}/{first['id']}"))["sku"] == "AB-1"


async def test_price_and_content_change_with_versions_and_leave_their_rows(supplier, owner):
    product = await make_product(supplier)
    path = f"{PRODUCTS}/{product['id']}"
    patch = {"price": kzt(140_050), "price_reason": "Spring sale", "version": 1}
    changed = ok(await supplier.client.patch(path, json=patch))
    assert (changed["price"], changed["version"]) == (kzt(140_050), 2)
    problem(await supplier.client.patch(path, json=patch), 409, "conflict")
    problem(
        await supplier.client.patch(path, json={"active": False}, headers={"if-match": '"1"'}),
        409,
        "conflict",
    )
    same = ok(await supplier.client.patch(path, json={"price": kzt(140_050)}))
    assert same["version"] == 2
    assert pointers(await supplier.client.patch(path, json={"names": None})) == [
        ("#/names", "null")
    ]
    row = await owner.fetchrow(
        "select * from catalogue_price_changes where before_amount is not null"
    )
    assert (row["before_amount"], row["after_amount"], row["reason"], row["actor_name"]) == (
        150_000, 140_050, "Spring sale", "Aigerim Nurlanova",
    )  # fmt: skip
    event = json.loads(
        await owner.fetchval(
            "select payload from kit_outbox_events where type = 'product.price_changed'"
        )
    )
    assert (event["data"]["before_amount"], event["data"]["after_amount"]) == (150_000, 140_050)
    put = ok(await supplier.client.put(path, json=product_body(names={"kk": "Кофе"})))
    assert (put["names"], put["price"], put["version"]) == ({"kk": "Кофе"}, kzt(150_000), 4)
    off = ok(await supplier.client.post(f"{path}/deactivate"))
    again = ok(await supplier.client.post(f"{path}/deactivate", json={}))
    assert (off["active"], again["version"]) == (False, off["version"])
    assert ok(await supplier.client.post(f"{path}/activate"))["active"] is True


async def test_pictures_keep_their_order_and_words(app, supplier, owner):
    files = [
        ok(
            await upload(
                supplier.client, picture(size=(900 + n, 700)), f"{n}.png", purpose="image"
            ),
            201,
        )
        for n in range(2)
    ]
    images = [{"id": one["id"], "alt": f"View {n}"} for n, one in enumerate(files)]
    product = await make_product(supplier, images=images)
    assert [(one["id"], one["alt"]) for one in product["images"]] == [
        (one["id"], one["alt"]) for one in images
    ]
    path = f"{PRODUCTS}/{product['id']}/images"
    turned = ok(await supplier.client.put(path, json={"images": images[::-1]}))
    assert [one["id"] for one in turned["images"]] == [images[1]["id"], images[0]["id"]]
    twice = await supplier.client.put(path, json={"images": [images[0]] * 2})
    assert pointers(twice) == [("#/images", "duplicate")]
    ok(await supplier.client.put(path, json={"images": images[:1]}))
    gone = await owner.fetchval(
        "select released_at from media_files where id = $1", UUID(images[1]["id"])
    )
    assert gone is not None
    stranger = await register(app, role="vendor")
    stolen = await stranger.client.post(PRODUCTS, json=product_body(images=images[:1]))
    assert pointers(stolen) == [("#/images/0", "media.unknown")]


async def test_variants_share_their_content_and_the_head_sums_them_up(supplier, owner):
    product = await make_published(supplier, owner, sku="SHIRT", price=kzt(500_000))
    path = f"{PRODUCTS}/{product['id']}"
    axes = [{"name": "size", "values": ["S", "M"]}, {"name": "colour", "values": ["red", "blue"]}]
    family = ok(await supplier.client.post(f"{path}/variants/generate", json={"axes": axes}))
    assert [(one["sku"], one["options"]) for one in family["variants"]] == [
        ("SHIRT-S-RED", {"size": "S", "colour": "red"}),
        ("SHIRT-S-BLUE", {"size": "S", "colour": "blue"}),
        ("SHIRT-M-RED", {"size": "M", "colour": "red"}),
        ("SHIRT-M-BLUE", {"size": "M", "colour": "blue"}),
    ]
    assert {one["state"] for one in family["variants"]} == {"published"}
    again = ok(await supplier.client.post(f"{path}/variants/generate", json={"axes": axes}))
    assert len(again["variants"]) == 4
    dearest, cheapest = family["variants"][0], family["variants"][1]
    ok(await supplier.client.patch(f"{PRODUCTS}/{cheapest['id']}", json={"price": kzt(450_000)}))
    await put_stock(supplier, dearest["id"], "3")
    await put_stock(supplier, cheapest["id"], "4.5")
    head = ok(await supplier.client.get(path))
    assert (head["price"], head["available"]) == (kzt(450_000), "7.5")
    ok(await supplier.client.patch(path, json={"unit": "C62", "price": kzt(480_000)}))
    one = ok(await supplier.client.get(f"{PRODUCTS}/{dearest['id']}"))
    assert (one["unit"], one["price"], one["parent_id"]) == ("C62", kzt(480_000), head["id"])
    refused = await supplier.client.patch(
        f"{PRODUCTS}/{dearest['id']}", json={"names": {"en": "Other"}}
    )
    problem(refused, 409, "catalogue.not_a_variant")
    stock = {"kind": "receive", "quantity": "1"}
    problem(await supplier.client.post(f"{path}/stock", json=stock), 409, "catalogue.head_not_sold")
    extra = {"sku": "SHIRT-L-RED", "options": {"size": "L", "colour": "red"}}
    made = ok(await supplier.client.post(f"{path}/variants", json=extra), 201)
    assert (made["sku"], made["options"]) == (extra["sku"], extra["options"])
    for options in ({"size": "L"}, extra["options"]):
        again = await supplier.client.post(
            f"{path}/variants", json={"sku": "Z", "options": options}
        )
        assert again.status_code == 422
    contact = {"sku": "Y", "options": {"size": "+7 701 123 45 67", "colour": "red"}}
    assert pointers(await supplier.client.post(f"{path}/variants", json=contact)) == [
        ("#/options", "phone")
    ]
    ok(await supplier.client.delete(f"{PRODUCTS}/{cheapest['id']}"), 204)
    head = ok(await supplier.client.get(path))
    assert (head["price"], head["available"], len(head["variants"])) == (kzt(480_000), "3", 4)
    listed = ok(await supplier.client.get(PRODUCTS, params={"q": "SHIRT-L"}))["items"]
    assert [(row["sku"], row["variants_count"]) for row in listed] == [("SHIRT", 4)]
    assert await owner.fetchval("select count(*) from catalogue_stock_levels") == 1


async def test_what_was_ordered_is_archived_and_what_was_not_is_gone(supplier, owner, database):
    kept = await make_published(supplier, owner, sku="KEPT")
    gone = await make_published(supplier, owner, sku="GONE")
    await put_stock(supplier, kept["id"], "5")
    await put_stock(supplier, gone["id"], "5")
    async with database.transaction(SYSTEM) as session:
        await allocate(session, [Demand(UUID(kept["id"]), 1)], new_id())
    delete = supplier.client.delete
    problem(await delete(f"{PRODUCTS}/{gone['id']}", headers={"if-match": '"9"'}), 409, "conflict")
    for one in (kept, gone):
        ok(await delete(f"{PRODUCTS}/{one['id']}"), 204)
    problem(await supplier.client.get(f"{PRODUCTS}/{gone['id']}"), 404, "not_found")
    archived = ok(await supplier.client.get(f"{PRODUCTS}/{kept['id']}"))
    assert (archived["state"], archived["actions"]) == ("archived", [])
    for path, body in (
        ("", {"price": kzt(1)}),
        ("/stock", {"kind": "receive", "quantity": "1"}),
    ):
        call = supplier.client.post if path else supplier.client.patch
        answer = await call(f"{PRODUCTS}/{kept['id']}{path}", json=body)
        problem(answer, 409, "catalogue.product_archived")
    problem(
        await supplier.client.post(PRODUCTS, json=product_body(sku="KEPT")),
        409,
        "catalogue.sku_taken",
    )
    types = await owner.fetch(
        "select type from kit_outbox_events where type in ('product.archived', 'product.removed')"
        " order by sequence"
    )
    assert [row["type"] for row in types] == ["product.archived", "product.removed"]


async def test_the_table_is_filtered_sorted_and_found_in(supplier, owner):
    await make_published(supplier, owner, sku="C-1", price=kzt(300), names={"ru": "Чай зелёный"})
    await make_product(
        supplier, sku="C-2", price=kzt(100), names={"ru": "Кофе молотый"}, barcode="96385074"
    )
    third = await make_product(supplier, sku="C-3", price=kzt(200), names={"en": "Sugar"})
    await put_stock(supplier, third["id"], "1")

    async def skus(**params: str) -> list[str]:
        return [
            one["sku"] for one in ok(await supplier.client.get(PRODUCTS, params=params))["items"]
        ]

    assert await skus() == ["C-3", "C-2", "C-1"]
    assert await skus(sort="price") == ["C-2", "C-3", "C-1"]
    assert await skus(sort="-price", size="1", page="2") == ["C-3"]
    assert await skus(q="чая зелёного") == ["C-1"]
    assert await skus(q="коф") == ["C-2"]
    assert await skus(q="c-3") == ["C-3"]
    assert await skus(q="96385074") == ["C-2"]
    assert await skus(state="draft", sort="sku") == ["C-2", "C-3"]
    assert await skus(in_stock="true") == ["C-3"]
    assert await skus(with_picture="true") == []
    assert await skus(category_id=await some_category(owner)) == ["C-1"]
    assert pointers(await supplier.client.get(PRODUCTS, params={"sort": "secret"}))


async def test_many_are_changed_each_for_itself(app, supplier, owner):
    category = await some_category(owner)
    sound = await make_published(supplier, owner, sku="A", price=kzt(10_050))
    cheap = await make_product(supplier, sku="B", price=kzt(1))
    foreign = await make_product(await register(app, role="vendor"))
    ids = [foreign["id"], cheap["id"], sound["id"]]
    bulk = f"{PRODUCTS}/bulk"

    async def act(**body: object):
        return ok(await supplier.client.post(bulk, json={"ids": ids, **body}))

    result = await act(action="change-price", percent="-99.5", reason="Clearance")
    assert (result["changed"], result["refused"]) == (1, 2)
    assert [row["code"] for row in result["rows"]] == ["not_found", "validation", None]
    # 10,050 tiyn less 99.5 %: 50.25, rounded half away from nought.
    assert ok(await supplier.client.get(f"{PRODUCTS}/{sound['id']}"))["price"] == kzt(50)
    result = await act(action="set-category", category_id=category)
    assert [row["ok"] for row in result["rows"]] == [False, True, True]
    result = await act(action="propose")
    assert [row["code"] for row in result["rows"]] == ["not_found", None, "invalid_transition"]
    result = await act(action="change-price", amount=25)
    assert ok(await supplier.client.get(f"{PRODUCTS}/{cheap['id']}"))["price"] == kzt(26)
    assert [row["ok"] for row in (await act(action="deactivate"))["rows"]] == [False, True, True]
    assert [row["ok"] for row in (await act(action="archive"))["rows"]] == [False, True, True]
    for body in ({"action": "change-price"}, {"action": "set-category"}, {"action": "explode"}):
        assert (await supplier.client.post(bulk, json={"ids": ids, **body})).status_code == 422
    reasons = await owner.fetch(
        "select reason from catalogue_price_changes where before_amount is not null order by id"
    )
    assert [row["reason"] for row in reasons] == ["Clearance", "", ""]


async def test_what_sql_builds_is_what_the_models_declare(app, supplier, owner):
    product = await make_published(supplier, owner, sku="X")
    await put_stock(supplier, product["id"], "2.5")
    path = f"{PRODUCTS}/{product['id']}"
    axes = [{"name": "size", "values": ["S"]}]
    family = await make_published(supplier, owner, sku="F")
    ok(
        await supplier.client.post(
            f"{PRODUCTS}/{family['id']}/variants/generate", json={"axes": axes}
        )
    )
    seller = f"/api/v1/sellers/{supplier.organisation_id}"
    catalog = f"/api/v1/catalog?supplier_id={supplier.organisation_id}"
    answers = [
        (ProductView, ok(await supplier.client.get(path))),
        (ProductView, ok(await supplier.client.get(f"{PRODUCTS}/{family['id']}"))),
        (ProductView, ok(await visitor(app).get(path))),
        (SellerView, ok(await visitor(app).get(seller))),
        (StockView, ok(await supplier.client.get(f"{path}/stock"))),
        (ProductSummary, ok(await supplier.client.get(PRODUCTS))["items"][0]),
        (CatalogueItem, ok(await supplier.client.get(catalog))["items"][0]),
        (MovementView, ok(await supplier.client.get(f"{path}/stock/movements"))["items"][0]),
        (PriceChangeView, ok(await supplier.client.get(f"{path}/price-changes"))["items"][0]),
    ]
    for model, body in answers:
        assert model.model_validate(body).model_dump(mode="json") == body, model
