"""How many products lie below each category, at the desk of the tree; and that open pages hear of a change."""

import json

from karavan.modules.catalogue.schemas.categories import BranchCounts
from tests.factories.accounts import register, visitor
from tests.factories.categories import category_desk, make_category
from tests.factories.procurement import ok, problem

COUNTS = "/api/v1/admin/categories/counts"


async def made(seller, category, sku):
    body = {
        "sku": sku,
        "names": {"en": "Saddle"},
        "price": {"amount": 100, "currency": "KZT"},
        "category_id": category["id"],
    }
    return ok(await seller.client.post("/api/v1/products", json=body), 201)


async def test_products_of_a_branch_are_counted(app, owner):
    desk = await category_desk(app, owner)
    root = await make_category(desk, "Saddles")
    child = await make_category(desk, "Racing saddles", root)
    empty = await make_category(desk, "Old saddles", root)
    seller = await register(app, role="vendor")
    await made(seller, root, "A-1")
    family = await made(seller, child, "B-1")
    gone = await made(seller, child, "B-2")
    axes = {"axes": [{"name": "size", "values": ["S", "M"]}]}
    ok(await seller.client.post(f"/api/v1/products/{family['id']}/variants/generate", json=axes))
    await owner.execute(
        "update catalogue_products set state = 'archived' where id = $1", gone["id"]
    )

    roots = ok(await desk.client.get(COUNTS))
    assert json.loads(BranchCounts.model_validate(roots).model_dump_json()) == roots
    counted = {one["id"]: one["products"] for one in roots["items"]}
    assert counted[root["id"]] == 2
    assert sum(counted.values()) == 2
    below = ok(await desk.client.get(COUNTS, params={"parent_id": root["id"]}))["items"]
    assert {one["id"]: (one["products"], one["is_more"]) for one in below} == {
        child["id"]: (1, False),
        empty["id"]: (0, False),
    }

    for caller in (seller.client, visitor(app)):
        refused = await caller.get(COUNTS)
        assert refused.status_code in {401, 403}, problem(refused)


async def test_an_open_page_of_the_desk_hears_of_a_change(app, owner, drain):
    desk = await category_desk(app, owner)
    category = await make_category(desk, "Saddles")
    await drain()
    told = await owner.fetch(
        "select organisation_id, payload from kit_realtime_events where topic = 'category.changed'"
    )
    assert [(row["organisation_id"], json.loads(row["payload"])) for row in told] == [
        (desk.organisation_id, {"id": category["id"]})
    ]
