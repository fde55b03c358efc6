"""Reviews: by those who have had the product, looked at, counted, answered, reported."""

from uuid import UUID

import pytest

from karavan.modules.catalogue.schemas.reviews import ReviewPage
from tests.factories.accounts import add_member, register, visitor
from tests.factories.categories import category_desk
from tests.factories.files import picture, upload
from tests.factories.notifications import feed
from tests.factories.procurement import ok, pointers, problem
from tests.factories.products import PRODUCTS, make_product, make_published
from tests.factories.reviews import REVIEWS, complete_order, reviews_of, write_review

DESK = "/api/v1/admin/moderation/reviews"


@pytest.fixture
async def seller(app):
    return await register(app, role="vendor", organisation_name="Kofe Almaty")


@pytest.fixture
async def buyer(app):
    return await register(app, organisation_name="Cafe Astana")


@pytest.fixture
async def product(seller, owner):
    return await make_published(seller, owner)


async def test_only_who_has_had_it_reviews_it_and_only_once(
    app, seller, buyer, product, owner, database, drain
):
    body = {"product_id": product["id"], "rating": 4, "text": "Good"}
    problem(await buyer.client.post(REVIEWS, json=body), 409, "reviews.not_bought")
    problem(await visitor(app).post(REVIEWS, json=body), 401, "unauthenticated")
    await complete_order(database, seller, buyer, product)
    await drain()
    assert (await reviews_of(buyer.client, product))["may_review"] is True
    sales = await add_member(buyer, "sales")
    problem(await sales.client.post(REVIEWS, json=body), 403, "forbidden")
    assert pointers(await buyer.client.post(REVIEWS, json={**body, "rating": 6})) == [
        ("#/rating", "less_than_equal")
    ]
    review = ok(await buyer.client.post(REVIEWS, json=body), 201)
    assert (review["state"], review["author_name"], review["mine"], review["actions"]) == (
        "published", "Cafe Astana", True, ["edit", "delete"],
    )  # fmt: skip
    again = problem(await buyer.client.post(REVIEWS, json=body), 409, "reviews.already_reviewed")
    assert again["meta"] == {"review_id": review["id"]}
    draft = await make_product(seller, sku="DRAFT")
    hidden = {**body, "product_id": draft["id"]}
    problem(await buyer.client.post(REVIEWS, json=hidden), 404, "not_found")
    problem(await buyer.client.get(REVIEWS, params={"product_id": draft["id"]}), 404, "not_found")
    assert await owner.fetchval("select count(*) from catalogue_reviews") == 1
    ok(await buyer.client.delete(f"{REVIEWS}/{review['id']}"), 204)
    await drain()
    assert (await reviews_of(buyer.client, product))["summary"]["count"] == 0
    assert await owner.fetchval("select count(*) from catalogue_rating_counts") == 0


async def test_both_sides_are_told_of_goods_in_their_language(
    app, seller, buyer, owner, database, drain
):
    product = await make_published(seller, owner, names={"en": "Coffee", "ru": "Кофе"})
    await complete_order(database, seller, buyer, product)
    await drain()
    review = await write_review(buyer, product)
    ok(await seller.client.post(f"{REVIEWS}/{review['id']}/reply", json={"text": "Thank you."}))
    await drain()
    titles = {}
    for account, kind in ((seller, "review.published"), (buyer, "review.replied")):
        for locale in ("en", "ru"):
            ok(await account.client.patch("/api/v1/auth/profile", json={"locale": locale}))
            told = [one for one in await feed(account) if one["kind"] == kind]
            titles[kind, locale] = [one["title"] for one in told]
    assert titles == {
        ("review.published", "en"): ["Cafe Astana has reviewed “Coffee”"],
        ("review.published", "ru"): ["Новый отзыв на «Кофе» от Cafe Astana"],
        ("review.replied", "en"): ["Kofe Almaty has answered your review of “Coffee”"],
        ("review.replied", "ru"): ["Kofe Almaty: ответ на ваш отзыв о «Кофе»"],
    }


async def test_a_family_is_reviewed_as_one_and_counted_by_event(
    app, seller, buyer, owner, database, drain
):
    head = await make_published(seller, owner, sku="SHIRT")
    axes = [{"name": "size", "values": ["S", "M"]}]
    path = f"{PRODUCTS}/{head['id']}/variants/generate"
    small, medium = ok(await seller.client.post(path, json={"axes": axes}))["variants"]
    small, medium = ({**one, "parent_id": head["id"]} for one in (small, medium))
    other = await register(app)
    await complete_order(database, seller, buyer, small, medium)
    await complete_order(database, seller, other, medium)
    await drain()
    mine = await write_review(buyer, small, 5)
    await write_review(other, head, 2, "Small")
    await drain()
    told = await owner.fetchrow(
        "select rating_sum, rating_count from catalogue_products where id = $1", UUID(head["id"])
    )
    assert tuple(told) == (7, 2)
    for shown in (head, medium):
        found = await reviews_of(visitor(app), shown, sort="rating")
        assert found["summary"] == {
            "average": 3.5, "count": 2,
            "distribution": {"one": 0, "two": 1, "three": 0, "four": 0, "five": 1},
        }  # fmt: skip
        assert [one["rating"] for one in found["items"]] == [2, 5]
    raw = await visitor(app).get(REVIEWS, params={"product_id": head["id"]})
    assert ReviewPage.model_validate_json(raw.content).model_dump(mode="json") == raw.json()
    changed = {"rating": 1, "text": "Shrank", "version": mine["version"]}
    edited = ok(await buyer.client.put(f"{REVIEWS}/{mine['id']}", json=changed))
    assert (edited["rating"], edited["state"], edited["edited"]) == (1, "published", True)
    problem(await buyer.client.put(f"{REVIEWS}/{mine['id']}", json=changed), 409, "conflict")
    problem(await other.client.put(f"{REVIEWS}/{mine['id']}", json={"rating": 5}), 404, "not_found")
    problem(await seller.client.delete(f"{REVIEWS}/{mine['id']}"), 404, "not_found")
    await drain()
    found = await reviews_of(buyer.client, head, rating=1)
    assert (found["summary"]["average"], found["total"], found["own"]["rating"]) == (1.5, 1, 1)
    rated = await owner.fetch("select 1 from kit_outbox_events where type = 'product.rated'")
    assert len(rated) == 2


async def test_what_the_checks_find_waits_for_a_moderator(
    app, seller, buyer, product, owner, database, drain
):
    await complete_order(database, seller, buyer, product)
    await drain()
    file = ok(await upload(buyer.client, picture(), "beans.png", "image"), 201)
    body = {
        "product_id": product["id"], "rating": 1, "text": "Call me: +7 701 123 45 67",
        "images": [{"id": file["id"], "alt": "Beans"}],
    }  # fmt: skip
    review = ok(await buyer.client.post(REVIEWS, json=body), 201)
    assert review["state"] == "proposed"
    assert {one["code"] for one in review["findings"]} >= {"phone"}
    found = await reviews_of(visitor(app), product)
    assert (found["items"], found["own"], found["summary"]["count"]) == ([], None, 0)
    assert (await reviews_of(buyer.client, product))["own"]["id"] == review["id"]
    problem(
        await seller.client.post(f"{REVIEWS}/{review['id']}/reply", json={"text": "?"}),
        404,
        "not_found",
    )
    moderator = await category_desk(app, owner, "moderator")
    problem(await seller.client.get(DESK), 403, "forbidden")
    waiting = ok(await moderator.client.get(DESK))["items"]
    assert [one["review"]["mine"] for one in waiting] == [False]
    assert [one["review"]["text"] for one in waiting] == [body["text"]]
    bare = await moderator.client.post(f"{DESK}/{review['id']}/reject", json={})
    assert pointers(bare) == [("#/reason", "missing")]
    reason = {"reason": "Leave telephone numbers out."}
    ok(await moderator.client.post(f"{DESK}/{review['id']}/reject", json=reason), 204)
    own = (await reviews_of(buyer.client, product))["own"]
    assert (own["state"], own["rejection_reason"]) == ("rejected", reason["reason"])
    problem(
        await moderator.client.post(f"{DESK}/{review['id']}/approve", json={}),
        409,
        "invalid_transition",
    )
    mended = {"rating": 1, "text": "Bitter.", "images": body["images"]}
    ok(await buyer.client.put(f"{REVIEWS}/{review['id']}", json=mended))
    await drain()
    own = (await reviews_of(buyer.client, product))["own"]
    if (
        own["state"] == "proposed"
    ):  # The picture itself may look odd to the checks; a person decides.
        ok(await moderator.client.post(f"{DESK}/{review['id']}/approve", json={}), 204)
        await drain()
    found = await reviews_of(visitor(app), product, with_images="true")
    assert [(one["text"], len(one["images"])) for one in found["items"]] == [("Bitter.", 1)]
    assert found["summary"]["average"] == 1


async def test_what_a_moderator_has_refused_comes_back_by_a_moderator_alone(
    app, seller, buyer, product, owner, database, drain
):
    await complete_order(database, seller, buyer, product)
    await drain()
    review = await write_review(buyer, product, 1, "Their driver is a fool.")
    assert review["state"] == "published"
    moderator = await category_desk(app, owner, "moderator")
    reason = {"reason": "Speak of the goods."}
    ok(await moderator.client.post(f"{DESK}/{review['id']}/reject", json=reason), 204)
    # The checks find nothing in this, as they found nothing in it before.
    again = {"rating": 1, "text": "Their driver is a fool!"}
    ok(await buyer.client.put(f"{REVIEWS}/{review['id']}", json=again))
    await drain()
    assert (await reviews_of(buyer.client, product))["own"]["state"] == "proposed"
    assert (await reviews_of(visitor(app), product))["items"] == []
    waiting = ok(await moderator.client.get(DESK))["items"]
    assert [one["review"]["id"] for one in waiting] == [review["id"]]
    ok(await moderator.client.post(f"{DESK}/{review['id']}/approve", json={}), 204)
    ok(await buyer.client.put(f"{REVIEWS}/{review['id']}", json={"rating": 2, "text": "Bitter."}))
    await drain()
    found = await reviews_of(visitor(app), product)
    assert [one["text"] for one in found["items"]] == ["Bitter."]


async def test_a_refused_review_that_is_taken_back_and_written_again_waits_too(
    app, seller, buyer, product, owner, database, drain
):
    await complete_order(database, seller, buyer, product)
    await drain()
    review = await write_review(buyer, product, 1, "Their driver is a fool.")
    moderator = await category_desk(app, owner, "moderator")
    reason = {"reason": "Speak of the goods."}
    ok(await moderator.client.post(f"{DESK}/{review['id']}/reject", json=reason), 204)
    ok(await buyer.client.delete(f"{REVIEWS}/{review['id']}"), 204)
    again = await write_review(buyer, product, 1, "Their driver is a fool.")
    assert (again["state"], again["rejection_reason"]) == ("proposed", "Speak of the goods.")
    assert (await reviews_of(visitor(app), product))["items"] == []
    ok(await moderator.client.post(f"{DESK}/{again['id']}/approve", json={}), 204)
    ok(await buyer.client.delete(f"{REVIEWS}/{again['id']}"), 204)
    assert (await write_review(buyer, product, 4, "Fresh."))["state"] == "published"


async def test_sellers_answer_and_readers_report(
    app, seller, buyer, product, owner, database, drain
):
    await complete_order(database, seller, buyer, product)
    await drain()
    review = await write_review(buyer, product, 2, "Came late.")
    address = f"{REVIEWS}/{review['id']}"
    await drain()
    received = ok(await seller.client.get(f"{REVIEWS}/received", params={"answered": "false"}))
    assert [one["actions"] for one in received["items"]] == [["reply", "report"]]
    # The seller reads of their goods in their own language, whatever the review was written in.
    names = {"en": "Arabica beans", "ru": "Кофе в зёрнах"}
    assert received["items"][0]["product_names"] == names
    contact = await seller.client.post(f"{address}/reply", json={"text": "Write to sales@kofe.kz"})
    assert pointers(contact) == [("#/text", "email")]
    answered = ok(await seller.client.post(f"{address}/reply", json={"text": "We are sorry."}))
    assert answered["reply"]["text"] == "We are sorry."
    shown = (await reviews_of(visitor(app), product))["items"][0]
    assert (shown["reply"]["text"], shown["reply"]["author_name"]) == ("We are sorry.", None)
    problem(await buyer.client.post(f"{address}/reply", json={"text": "No"}), 404, "not_found")
    assert (shown["rating"], shown["text"]) == (2, "Came late.")
    stranger = await register(app)
    ok(await stranger.client.post(f"{address}/report", json={"reason": "Unfair"}), 204)
    problem(
        await stranger.client.post(f"{address}/report", json={"reason": "x"}),
        409,
        "reviews.already_reported",
    )
    problem(await buyer.client.post(f"{address}/report", json={"reason": "x"}), 403, "forbidden")
    moderator = await category_desk(app, owner, "moderator")
    waiting = ok(await moderator.client.get(DESK))["items"]
    assert [(one["review"]["id"], one["reports"]) for one in waiting] == [
        (review["id"], ["Unfair"])
    ]
    ok(await moderator.client.post(f"{DESK}/{review['id']}/approve", json={}), 204)
    assert ok(await moderator.client.get(DESK))["total"] == 0
    assert (await reviews_of(visitor(app), product))["total"] == 1
    await drain()
    kinds = await owner.fetch("select kind from notifications_items order by sequence")
    assert [row["kind"] for row in kinds if row["kind"].startswith("review")] == [
        "review.published", "review.replied",
    ]  # fmt: skip
