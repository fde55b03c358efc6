"""The tree of categories: who reads it, who changes it, and what cannot be done to it."""

import asyncio
import json

import pytest

from karavan.modules.catalogue.schemas.categories import (
    CategoryHits,
    CategoryPage,
    CategoryTreeView,
)
from tests.factories.accounts import visitor
from tests.factories.categories import CATEGORIES, category_desk, make_category, names
from tests.factories.procurement import ok, pointers, problem


@pytest.fixture
async def desk(app, owner):
    return await category_desk(app, owner)


@pytest.fixture
def anybody(app):
    return visitor(app)


async def rows(owner):
    """Everything that a refusal must leave alone."""
    return [
        tuple(row)
        for row in await owner.fetch(
            "select id, parent_id, code, names, position, archived_at, version"
            " from catalogue_categories order by id"
        )
    ], await owner.fetchval("select revision from catalogue_category_tree")


def outline(nodes):
    """The tree as nested codes."""
    return {node["code"]: outline(node["children"]) for node in nodes}


async def tree_below(client, category, **query):
    page = ok(await client.get(CATEGORIES, params={"parent_id": category["id"], **query}))
    return outline(page["items"])


async def test_everybody_reads_the_tree(desk, anybody):
    answer = await anybody.get(CATEGORIES)
    page = ok(answer)
    assert json.loads(CategoryTreeView.model_validate(page).model_dump_json()) == page
    assert answer.headers["cache-control"] == "public, no-cache"
    codes = [node["code"] for node in page["items"]]
    assert {"food", "electronics", "other"} <= set(codes)
    tag = {"if-none-match": answer.headers["etag"]}
    fresh = await anybody.get(CATEGORIES, headers=tag)
    assert (fresh.status_code, fresh.content) == (304, b"")

    root = await make_category(desk, "Saddles")
    child = await make_category(desk, "Racing saddles", root, icon="horse")
    await make_category(desk, "Light ones", child)
    changed = await anybody.get(CATEGORIES, headers=tag)
    assert [node["code"] for node in ok(changed)["items"]] == [*codes, "saddles"]
    assert ok(changed)["revision"] == page["revision"] + 3
    assert await tree_below(anybody, root) == {"racing-saddles": {"light-ones": {}}}
    level = ok(await anybody.get(CATEGORIES, params={"parent_id": root["id"], "depth": 1}))
    assert level["items"] == [
        {
            "id": child["id"],
            "parent_id": root["id"],
            "code": "racing-saddles",
            "names": names("Racing saddles"),
            "icon": "horse",
            "position": 0,
            "archived": False,
            "version": 1,
            "child_count": 1,
            "children": [],
        }
    ]


async def test_a_category_is_found_by_id_code_and_words(desk, anybody):
    root = await make_category(desk, "Saddles")
    child = await make_category(desk, "Racing saddles", root)
    page = ok(await anybody.get(f"{CATEGORIES}/racing-saddles"))
    assert json.loads(CategoryPage.model_validate(page).model_dump_json()) == page
    assert page == child | {"actions": []}
    assert [one["code"] for one in page["path"]] == ["saddles"]
    assert child["actions"] == ["edit", "move", "archive", "delete"]
    parent = ok(await desk.client.get(f"{CATEGORIES}/{root['id']}"))
    assert [one["code"] for one in parent["children"]] == ["racing-saddles"]
    assert parent["actions"] == ["edit", "move", "archive"]
    hits = ok(await anybody.get(f"{CATEGORIES}/search", params={"q": "SADDLES ру"}))
    assert json.loads(CategoryHits.model_validate(hits).model_dump_json()) == hits
    assert [(hit["code"], hit["child_count"]) for hit in hits["items"]] == [
        ("saddles", 1),
        ("racing-saddles", 0),
    ]
    assert [one["code"] for one in hits["items"][1]["path"]] == ["saddles"]
    for unknown in ("no-such", "00000000-0000-7000-8000-000000000000"):
        problem(await anybody.get(f"{CATEGORIES}/{unknown}"), 404, "not_found")


async def test_a_change_is_audited_and_told(desk, owner):
    root = await make_category(desk, "Saddles")
    path = f"{CATEGORIES}/{root['id']}"
    edited = ok(
        await desk.client.patch(path, json={"names": names("Tack"), "icon": "tack", "version": 1})
    )
    assert (edited["names"], edited["code"], edited["version"]) == (names("Tack"), "saddles", 2)
    same = ok(await desk.client.patch(path, json={"icon": "tack"}))
    assert same["version"] == 2
    other = await make_category(desk, "Reins", root, position=0)
    ok(await desk.client.post(f"{CATEGORIES}/{other['id']}/move", json={"parent_id": None}))
    ok(await desk.client.post(f"{path}/archive", json={}))
    ok(await desk.client.post(f"{path}/restore"))
    ok(await desk.client.delete(path), 204)
    trail = await owner.fetch(
        "select action, actor_user_id, target_label from kit_audit_entries"
        " where target_type = 'category' order by sequence"
    )
    assert [row["action"] for row in trail] == [
        "category.create",
        "category.edit",
        "category.create",
        "category.move",
        "category.archive",
        "category.restore",
        "category.delete",
    ]
    assert {row["actor_user_id"] for row in trail} == {desk.user_id}
    told = await owner.fetch(
        "select type, payload from kit_outbox_events where type like 'category.%' order by sequence"
    )
    assert [row["type"] for row in told] == [
        f"category.{verb}"
        for verb in ("created", "changed", "created", "moved", "archived", "restored", "deleted")
    ]
    assert json.loads(told[1]["payload"]) == {
        "category_id": root["id"],
        "code": "saddles",
        "changed": ["icon", "names"],
        "parties": {"desk": str(desk.organisation_id)},
    }
    assert json.loads(told[3]["payload"]) == {
        "category_id": other["id"],
        "code": "reins",
        "from_parent_id": root["id"],
        "parent_id": None,
        "parties": {"desk": str(desk.organisation_id)},
    }


async def test_a_branch_moves_whole(desk, anybody):
    a, b = await make_category(desk, "A"), await make_category(desk, "B")
    inner = await make_category(desk, "Inner", a)
    await make_category(desk, "Leaf", inner)
    for name in ("One", "Two", "Three"):
        await make_category(desk, name, b)
    moved = ok(
        await desk.client.post(
            f"{CATEGORIES}/{inner['id']}/move",
            json={"parent_id": b["id"], "position": 1, "version": 1},
        )
    )
    assert [one["code"] for one in moved["path"]] == ["b"]
    assert list(await tree_below(anybody, b)) == ["one", "inner", "two", "three"]
    assert await tree_below(anybody, a) == {}
    assert (await tree_below(anybody, b))["inner"] == {"leaf": {}}
    for position, order in ((3, "one two three inner"), (0, "inner one two three")):
        ok(
            await desk.client.post(
                f"{CATEGORIES}/{inner['id']}/move",
                json={"parent_id": b["id"], "position": position},
            )
        )
        assert list(await tree_below(anybody, b)) == order.split()


async def test_what_cannot_be_done_changes_nothing(desk, owner):
    a = await make_category(desk, "A")
    b = await make_category(desk, "B", a)
    c = await make_category(desk, "C", b)
    old = await make_category(desk, "Old")
    ok(await desk.client.post(f"{CATEGORIES}/{old['id']}/archive"))
    nobody = "00000000-0000-7000-8000-000000000000"
    before = await rows(owner)

    async def post(path, body, status, code):
        problem(await desk.client.post(f"{CATEGORIES}{path}", json=body), status, code)
        assert await rows(owner) == before

    for below in (a, b, c):
        await post(f"/{a['id']}/move", {"parent_id": below["id"]}, 409, "catalogue.category_cycle")
    await post(f"/{b['id']}/move", {"parent_id": None, "version": 7}, 409, "conflict")
    await post(f"/{b['id']}/move", {"parent_id": old["id"]}, 409, "catalogue.category_archived")
    await post(f"/{b['id']}/move", {"parent_id": nobody}, 422, "validation")
    await post(f"/{nobody}/move", {"parent_id": None}, 404, "not_found")
    await post("", {"names": names("A")}, 409, "catalogue.category_code_taken")
    await post("", {"names": names("茶")}, 422, "validation")
    await post("", {"names": {"en": "Tea", "ru": "", "kk": "Шай"}}, 422, "validation")
    await post(
        "", {"names": names("X"), "parent_id": old["id"]}, 409, "catalogue.category_archived"
    )
    await post("", {"names": names("X"), "code": "Über"}, 422, "validation")
    await post(f"/{a['id']}/archive", {"target_id": c["id"]}, 422, "validation")
    await post(f"/{a['id']}/archive", {"target_id": old["id"]}, 409, "catalogue.category_archived")
    await post(f"/{a['id']}/restore", {}, 409, "invalid_transition")
    await post(f"/{old['id']}/archive", {}, 409, "invalid_transition")
    full = await desk.client.delete(f"{CATEGORIES}/{b['id']}")
    problem(full, 409, "catalogue.category_not_empty")
    stale = await desk.client.delete(f"{CATEGORIES}/{c['id']}", headers={"if-match": '"2"'})
    assert problem(stale, 409, "conflict")["meta"] == {"version": 1}
    taken = await desk.client.patch(f"{CATEGORIES}/{b['id']}", json={"code": "a"})
    problem(taken, 409, "catalogue.category_code_taken")
    assert await rows(owner) == before


async def test_an_archived_branch_is_hidden_and_comes_back(desk, anybody):
    a, b = await make_category(desk, "A"), await make_category(desk, "B")
    inner = await make_category(desk, "Inner", a)
    leaf = await make_category(desk, "Leaf", inner)
    done = ok(
        await desk.client.post(f"{CATEGORIES}/{inner['id']}/archive", json={"target_id": b["id"]})
    )
    assert (done["replaced_by_id"], done["version"]) == (b["id"], 2)
    assert done["archived_at"] is not None
    assert done["actions"] == ["edit", "move", "restore", "delete"]
    assert await tree_below(anybody, a) == {}
    assert await tree_below(anybody, a, archived=True) == {"inner": {"leaf": {}}}
    assert ok(await anybody.get(f"{CATEGORIES}/search", params={"q": "Leaf қаз"}))["items"] == []
    target = await desk.client.delete(f"{CATEGORIES}/{b['id']}")
    problem(target, 409, "catalogue.category_not_empty")
    early = await desk.client.post(f"{CATEGORIES}/{leaf['id']}/restore")
    problem(early, 409, "catalogue.category_archived")
    back = ok(await desk.client.post(f"{CATEGORIES}/{inner['id']}/restore"))
    assert (back["archived_at"], back["replaced_by_id"]) == (None, None)
    assert await tree_below(anybody, a) == {"inner": {}}


@pytest.mark.parametrize("role", [None, "moderator", "analyst", "support", "account_manager"])
async def test_others_change_nothing(app, owner, role):
    desk = await category_desk(app, owner, "superadmin")
    category = await make_category(desk, "A")
    other = await category_desk(app, owner, role)
    before = await rows(owner)
    path = f"{CATEGORIES}/{category['id']}"
    attribute = {"kind": "text", "names": names("Brand")}
    for method, address, body in (
        ("POST", CATEGORIES, {"names": names("B")}),
        ("PATCH", path, {"icon": "x"}),
        ("POST", f"{path}/move", {"parent_id": None}),
        ("POST", f"{path}/archive", {}),
        ("POST", f"{path}/restore", {}),
        ("PUT", f"{path}/attributes/brand", attribute),
        ("DELETE", f"{path}/attributes/brand", None),
        ("DELETE", path, None),
    ):
        answer = await other.client.request(method, address, json=body)
        problem(answer, 403, "forbidden")
        problem(await visitor(app).request(method, address, json=body), 401, "unauthenticated")
    assert await rows(owner) == before
    assert ok(await other.client.get(path))["actions"] == []


async def test_two_moves_that_would_make_a_circle_together(desk, owner):
    a, b = await make_category(desk, "A"), await make_category(desk, "B")
    for _ in range(5):
        answers = await asyncio.gather(
            desk.client.post(f"{CATEGORIES}/{a['id']}/move", json={"parent_id": b["id"]}),
            desk.client.post(f"{CATEGORIES}/{b['id']}/move", json={"parent_id": a["id"]}),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        assert {answer.json().get("code") for answer in answers} >= {"catalogue.category_cycle"}
        for category in (a, b):
            ok(
                await desk.client.post(
                    f"{CATEGORIES}/{category['id']}/move", json={"parent_id": None}
                )
            )
    siblings = [make_category(desk, f"S{n}", a, position=0) for n in range(8)]
    await asyncio.gather(*siblings)
    places = await owner.fetch(
        "select position from catalogue_categories where parent_id = $1 order by 1", a["id"]
    )
    assert [row["position"] for row in places] == list(range(8))


async def test_bad_questions_are_told_so(desk, anybody):
    for query in ({"parent_id": "x"}, {"depth": 0}, {"depth": 101}, {"archived": "maybe"}):
        assert pointers(await anybody.get(CATEGORIES, params=query))
    assert pointers(await anybody.get(f"{CATEGORIES}/search", params={"q": ""}))
    assert pointers(await desk.client.post(f"{CATEGORIES}/x/move", json={"parent_id": None}))


async def insert_product(owner, account, category, sku):
    return await owner.fetchval(
        "insert into catalogue_products (id, organisation_id, organisation_name, sku, state,"
        " visibility, names, name, category_id, price_amount, currency, version)"
        " values (gen_random_uuid(), $1, 'x', $2, 'published', 'both', '{}', 'x', $3, 1, 'KZT', 1)"
        " returning id",
        account.organisation_id,
        sku,
        category["id"],
    )


async def test_products_of_an_archived_branch_go_to_the_target(desk, owner, drain):
    a, b, c = [await make_category(desk, name) for name in "ABC"]
    leaf = await make_category(desk, "Leaf", a)
    products = {
        await insert_product(owner, desk, category, sku): category["id"]
        for sku, category in (("1", a), ("2", leaf), ("3", c))
    }

    async def places():
        found = await owner.fetch("select id, category_id from catalogue_products")
        return {row["id"]: str(row["category_id"]) for row in found}

    problem(
        await desk.client.post(f"{CATEGORIES}/{a['id']}/archive"),
        409,
        "catalogue.category_not_empty",
    )
    problem(
        await desk.client.delete(f"{CATEGORIES}/{leaf['id']}"), 409, "catalogue.category_not_empty"
    )
    assert await places() == products
    # What takes its place is archived before the worker comes: the products go where those of that one go.
    ok(await desk.client.post(f"{CATEGORIES}/{a['id']}/archive", json={"target_id": b["id"]}))
    ok(await desk.client.post(f"{CATEGORIES}/{b['id']}/archive", json={"target_id": c["id"]}))
    await drain()
    assert await places() == dict.fromkeys(products, c["id"])
    told = await owner.fetchval(
        "select count(*) from kit_outbox_events where type = 'product.changed'"
    )
    assert told == 2
