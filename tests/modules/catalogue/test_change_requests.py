"""What buyers see is looked at first: the checks, the moderators' queue, and changes of published content."""

import asyncio
from uuid import UUID

import pytest

from karavan.modules.catalogue.public import FORBIDDEN_BY_DEFAULT, ReviewPolicy, use_review_policy
from karavan.modules.catalogue.schemas.moderation import ModerationItem
from karavan.modules.catalogue.schemas.products import ChangeRequestView
from karavan.modules.catalogue.text_checks import check_texts
from tests.factories.accounts import add_member, register, visitor
from tests.factories.categories import CATEGORIES, category_desk, make_category, put_attribute
from tests.factories.files import picture, upload
from tests.factories.procurement import kzt, ok, pointers, problem
from tests.factories.products import (
    PRODUCTS,
    make_product,
    make_published,
    put_stock,
    some_category,
)

QUEUE = "/api/v1/admin/moderation"
PHONE = {"ru": "Кофе, звоните +7 701 123-45-67"}


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor")


@pytest.fixture
async def moderator(app, owner):
    return await category_desk(app, owner, "moderator")


@pytest.fixture
def review_everything():
    use_review_policy(ReviewPolicy("all", FORBIDDEN_BY_DEFAULT))
    yield
    use_review_policy(ReviewPolicy())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Кофе в зёрнах, 1 кг, 4006381333931", []),
        ("Болт М8 10х20, 80 мм, арт. 8-800-55", []),
        ("Wi-Fi 802.11ac 2.4 GHz, 1 500.00 тг", []),
        ("Ответственный за реплики актёр", []),
        ("Звоните: +7 (701) 123-45-67", ["phone"]),
        ("тел 8 7 0 1 1 2 3 4 5 6 7", ["phone"]),
        ("sales@kofe.kz", ["email", "link"]),
        ("sales (собака) kofe . kz", ["email"]),
        ("Заходите на kofe.kz", ["link"]),
        ("https://t.me/kofe", ["link", "messenger"]),
        ("пишите в ватсап", ["messenger"]),
        ("@arabica_kz", ["messenger"]),
        ("Героин", ["forbidden_word"]),
        ("нapкoтики с латинскими буквами", ["forbidden_word"]),
    ],
)
def test_what_the_checks_find(text, codes):
    assert [one["code"] for one in check_texts({"names/ru": text})] == codes


async def test_an_incomplete_product_says_all_that_is_missing(supplier, owner):
    product = await make_product(supplier, price=kzt(0))
    path = f"{PRODUCTS}/{product['id']}"
    answer = await supplier.client.post(f"{path}/propose")
    assert pointers(answer) == [("#/category_id", "required"), ("#/price", "required")]
    assert ok(await supplier.client.get(path))["state"] == "draft"


async def test_what_the_checks_find_waits_for_a_moderator(app, supplier, moderator, owner):
    category = await some_category(owner)
    product = await make_product(supplier, names=PHONE, category_id=category)
    path = f"{PRODUCTS}/{product['id']}"
    waiting = ok(await supplier.client.post(f"{path}/propose"))
    assert waiting["state"] == "proposed"
    assert waiting["own"]["findings"] == [
        {"code": "phone", "field": "names/ru", "detail": "+7 701 123-45-67"}
    ]
    assert [one["name"] for one in waiting["actions"]] == ["withdraw"]
    problem(await visitor(app).get(path), 404, "not_found")
    (item,) = ok(await moderator.client.get(QUEUE))["items"]
    assert (item["kind"], item["id"], item["findings"]) == (
        "product", product["id"], waiting["own"]["findings"],
    )  # fmt: skip
    assert ModerationItem.model_validate(item).model_dump(mode="json") == item
    decide = f"{QUEUE}/products/{product['id']}"
    for person in (supplier, await add_member(supplier, "manager")):
        problem(await person.client.get(QUEUE), 403, "forbidden")
        problem(await person.client.post(f"{decide}/approve"), 403, "forbidden")
    assert pointers(await moderator.client.post(f"{decide}/reject", json={"reason": " "}))
    reason = {"reason": "Take the phone number out.", "version": item["version"]}
    ok(await moderator.client.post(f"{decide}/reject", json=reason))
    problem(await moderator.client.post(f"{decide}/approve"), 409, "invalid_transition")
    refused = ok(await supplier.client.get(path))
    assert (refused["state"], refused["own"]["rejection_reason"]) == (
        "rejected", "Take the phone number out.",
    )  # fmt: skip
    ok(await supplier.client.patch(path, json={"names": {"ru": "Кофе"}}))
    mended = ok(await supplier.client.post(f"{path}/propose"))
    assert (mended["state"], mended["own"]["rejection_reason"]) == ("published", None)
    assert ok(await moderator.client.get(QUEUE))["total"] == 0
    types = await owner.fetch(
        "select type from kit_outbox_events where aggregate_id = $1 order by sequence",
        UUID(product["id"]),
    )
    assert [row["type"] for row in types] == [
        "product.created", "product.proposed", "product.rejected", "product.changed",
        "product.published",
    ]  # fmt: skip
    trail = await owner.fetch(
        "select organisation_id, actor_name from kit_audit_entries where action = 'product.reject'"
    )
    assert {(row["organisation_id"], row["actor_name"] != "") for row in trail} == {
        (supplier.organisation_id, False),
        (moderator.organisation_id, True),
    }


async def test_the_operator_may_want_to_see_everything(
    supplier, moderator, owner, review_everything
):
    category = await some_category(owner)
    product = await make_product(supplier, category_id=category)
    path = f"{PRODUCTS}/{product['id']}"
    assert ok(await supplier.client.post(f"{path}/propose"))["state"] == "proposed"
    edited = ok(await supplier.client.patch(path, json={"tax_rate": "5"}))
    decide = f"{QUEUE}/products/{product['id']}/approve"
    stale = await moderator.client.post(decide, json={"version": edited["version"] - 1})
    problem(stale, 409, "conflict")
    answers = await asyncio.gather(*(moderator.client.post(decide) for _ in range(3)))
    assert sorted(one.status_code for one in answers) == [200, 409, 409]
    assert ok(await supplier.client.get(path))["state"] == "published"
    # Price and stock never wait; a new name does, although nothing is wrong with it.
    changed = ok(await supplier.client.patch(path, json={"price": kzt(7), "names": {"en": "Tea"}}))
    assert (changed["price"], changed["names"]) == (kzt(7), product["names"])
    assert changed["own"]["change_request_id"] is not None


async def test_a_clean_change_is_made_and_noted_a_doubtful_one_waits(
    app, supplier, moderator, owner
):
    product = await make_published(supplier, owner)
    path = f"{PRODUCTS}/{product['id']}"
    clean = ok(await supplier.client.patch(path, json={"names": {"en": "Robusta"}}))
    assert (clean["names"], clean["own"]["change_request_id"]) == ({"en": "Robusta"}, None)
    doubtful = {"names": PHONE, "descriptions": {"ru": "kofe.kz"}, "price": kzt(99)}
    seen = ok(await supplier.client.patch(path, json=doubtful))
    assert (seen["names"], seen["price"], seen["state"]) == (
        {"en": "Robusta"},
        kzt(99),
        "published",
    )
    await put_stock(supplier, product["id"], "1")
    change_id = seen["own"]["change_request_id"]
    change = ok(await supplier.client.get(f"/api/v1/change-requests/{change_id}"))
    assert change["changes"]["names"] == {"before": {"en": "Robusta"}, "after": PHONE}
    assert {(one["code"], one["field"]) for one in change["findings"]} == {
        ("phone", "names/ru"),
        ("link", "descriptions/ru"),
    }
    assert ChangeRequestView.model_validate(change).model_dump(mode="json") == change
    ok(await supplier.client.patch(path, json={"descriptions": {"ru": "Без адреса, но @kofe_kz"}}))
    again = ok(await supplier.client.get(f"/api/v1/change-requests/{change_id}"))
    assert (again["version"], again["changes"]["descriptions"]["after"]) == (
        2, {"ru": "Без адреса, но @kofe_kz"},
    )  # fmt: skip
    decide = f"{QUEUE}/change-requests/{change_id}"
    (item,) = ok(await moderator.client.get(QUEUE, params={"kind": "change_request"}))["items"]
    assert (item["id"], item["version"], item["product_id"]) == (change_id, 2, product["id"])
    problem(await moderator.client.post(f"{decide}/approve", json={"version": 1}), 409, "conflict")
    ok(await moderator.client.post(f"{decide}/approve", json={"version": 2}))
    published = ok(await visitor(app).get(path))
    assert published["names"] == PHONE
    problem(await moderator.client.post(f"{decide}/approve"), 409, "invalid_transition")
    states = [
        one["state"] for one in ok(await supplier.client.get("/api/v1/change-requests"))["items"]
    ]
    assert states == ["approved", "approved"]


async def test_a_change_is_refused_with_a_reason_or_taken_back(app, supplier, moderator, owner):
    product = await make_published(supplier, owner)
    path = f"{PRODUCTS}/{product['id']}"
    first = ok(await supplier.client.patch(path, json={"names": PHONE}))
    change_id = first["own"]["change_request_id"]
    stranger = await register(app, role="vendor")
    problem(await stranger.client.get(f"/api/v1/change-requests/{change_id}"), 404, "not_found")
    withdraw = f"/api/v1/change-requests/{change_id}/withdraw"
    problem(await stranger.client.post(withdraw), 404, "not_found")
    reject = f"{QUEUE}/change-requests/{change_id}/reject"
    ok(await moderator.client.post(reject, json={"reason": "No phone numbers."}))
    told = ok(await supplier.client.get(f"/api/v1/change-requests/{change_id}"))
    assert (told["state"], told["reason"], told["actions"]) == ("rejected", "No phone numbers.", [])
    second = ok(await supplier.client.patch(path, json={"names": PHONE}))
    change_id = second["own"]["change_request_id"]
    back = ok(await supplier.client.post(f"/api/v1/change-requests/{change_id}/withdraw"))
    assert back["state"] == "withdrawn"
    seen = ok(await supplier.client.get(path))
    assert (seen["names"], seen["own"]["change_request_id"]) == (product["names"], None)


async def test_a_product_waits_until_its_pictures_were_looked_at(app, supplier, owner, drain):
    file = ok(
        await upload(supplier.client, picture(size=(900, 700)), "a.png", purpose="image"), 201
    )
    product = await make_product(
        supplier, category_id=await some_category(owner), images=[{"id": file["id"]}]
    )
    path = f"{PRODUCTS}/{product['id']}"
    seen = ok(await supplier.client.post(f"{path}/propose"))
    codes = [one["code"] for one in seen["own"]["findings"]]
    assert (seen["state"], codes) == ("proposed", ["picture.pending"])
    await drain()
    published = ok(await supplier.client.get(path))
    assert (published["state"], published["own"]["findings"]) == ("published", [])
    assert ok(await visitor(app).get(path))["images"][0]["id"] == file["id"]


async def test_what_is_wrong_with_a_picture_is_told_without_words_of_one_language(
    supplier, owner, drain
):
    file = ok(
        await upload(supplier.client, picture(size=(200, 150)), "a.png", purpose="image"), 201
    )
    product = await make_product(
        supplier, category_id=await some_category(owner), images=[{"id": file["id"]}]
    )
    path = f"{PRODUCTS}/{product['id']}"
    ok(await supplier.client.post(f"{path}/propose"))
    await drain()
    findings = ok(await supplier.client.get(path))["own"]["findings"]
    small = next(one for one in findings if one["code"] == "picture.small")
    assert (small["field"], small["detail"]) == ("images/0", "200 × 150")


async def test_the_seller_is_told_of_decisions(supplier, moderator, owner, drain):
    category = await some_category(owner)
    product = await make_product(supplier, names=PHONE, category_id=category)
    path = f"{PRODUCTS}/{product['id']}"
    ok(await supplier.client.post(f"{path}/propose"))
    decide = f"{QUEUE}/products/{product['id']}"
    ok(await moderator.client.post(f"{decide}/reject", json={"reason": "No phone numbers."}))
    clean = await make_published(supplier, owner, sku="K-2")
    second = ok(await supplier.client.patch(f"{PRODUCTS}/{clean['id']}", json={"names": PHONE}))
    change_id = second["own"]["change_request_id"]
    ok(await moderator.client.post(f"{QUEUE}/change-requests/{change_id}/approve"))
    await drain()
    told = ok(await supplier.client.get("/api/v1/notifications"))["items"]
    assert [(one["kind"], one["link"]) for one in told] == [
        ("change_request.approved", f"/app/products/{clean['id']}"),
        ("product.rejected", f"/app/products/{product['id']}"),
    ]


async def test_a_category_that_ended_while_a_change_waited_is_not_brought_back(
    app, supplier, moderator, owner
):
    desk = await category_desk(app, owner)
    old, new = await make_category(desk, "Old"), await make_category(desk, "New")
    gone = await make_category(desk, "Gone")
    await put_attribute(desk, old, "mass")
    found = []
    for sku, category in (("A", old), ("B", gone)):
        product = await make_published(supplier, owner, sku=sku)
        path = f"{PRODUCTS}/{product['id']}"
        wanted = {"category_id": category["id"]}
        if category is old:
            wanted["attributes"] = {"mass": "heavy"}
        page = ok(await supplier.client.patch(path, json={"names": PHONE, **wanted}))
        found.append((path, product, page["own"]["change_request_id"]))
    archive = f"{CATEGORIES}/{old['id']}/archive"
    ok(await desk.client.post(archive, json={"target_id": new["id"]}))
    assert (await desk.client.delete(f"{CATEGORIES}/{gone['id']}")).status_code == 204
    for path, product, change in found:
        ok(await moderator.client.post(f"{QUEUE}/change-requests/{change}/approve", json={}))
        page = ok(await supplier.client.get(path))
        expected = new["id"] if product["sku"] == "A" else product["category"]["id"]
        assert (page["names"], page["category"]["id"], page["attributes"]) == (PHONE, expected, {})
