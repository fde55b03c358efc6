"""Templates: kept from a request or from scratch, and used."""

import pytest

from tests.factories.accounts import add_member, register
from tests.factories.procurement import (
    kzt,
    line,
    make_published,
    ok,
    pointers,
    problem,
)

TEMPLATES = "/api/v1/request-templates"
CONTENT = {"title": "Weekly tea", "category": "beverages", "lines": [line("Tea", "4")]}


@pytest.fixture
async def buyer(app):
    return await register(app)


async def make_template(account, name="Tea", **overrides):
    body = {"name": name, "content": CONTENT, **overrides}
    return ok(await account.client.post(TEMPLATES, json=body), 201)


async def test_from_a_request_to_a_new_draft(buyer):
    request = await make_published(
        buyer, budget=kzt(700), sealed=True, lines=[line("A", "2.5", target_price=kzt(9))]
    )
    template = await make_template(buyer, content=None, request_id=request["id"])
    content = template["content"]
    assert (content["title"], content["sealed"]) == (request["title"], True)
    assert "quotes_due_at" not in content
    draft = ok(await buyer.client.post(f"{TEMPLATES}/{template['id']}/use"), 201)
    assert (draft["state"], draft["number"], draft["quotes_due_at"]) == ("draft", None, None)
    for name in ("title", "description", "category", "budget", "delivery_place", "sealed"):
        assert draft[name] == request[name]
    assert draft["lines"][0] | {"id": 0} == request["lines"][0] | {"id": 0}


async def test_are_listed_changed_and_thrown_away(buyer):
    tea = await make_template(buyer)
    await make_template(buyer, "Coffee")
    page = ok(await buyer.client.get(TEMPLATES))
    assert [one["name"] for one in page["items"]] == ["Coffee", "Tea"]
    found = ok(await buyer.client.get(TEMPLATES, params={"q": "TE"}))
    assert [one["name"] for one in found["items"]] == ["Tea"]
    path = f"{TEMPLATES}/{tea['id']}"
    edited = ok(await buyer.client.patch(path, json={"name": "Green tea", "version": 1}))
    assert (edited["name"], edited["version"], edited["content"]) == (
        "Green tea",
        2,
        tea["content"],
    )
    stale = await buyer.client.patch(path, json={"name": "Black tea", "version": 1})
    problem(stale, 409, "conflict")
    assert ok(await buyer.client.get(path))["name"] == "Green tea"
    ok(await buyer.client.delete(path), 204)
    problem(await buyer.client.get(path), 404, "not_found")


async def test_have_names_of_their_own(buyer, owner):
    await make_template(buyer)
    coffee = await make_template(buyer, "Coffee")
    taken = await buyer.client.post(TEMPLATES, json={"name": "Tea", "content": CONTENT})
    problem(taken, 409, "procurement.template_name_taken")
    renamed = await buyer.client.patch(f"{TEMPLATES}/{coffee['id']}", json={"name": "Tea"})
    problem(renamed, 409, "procurement.template_name_taken")
    assert await owner.fetchval("select count(*) from procurement_request_templates") == 2


async def test_say_what_is_wrong(buyer, owner):
    for body, pointer in (
        ({"name": "Tea"}, "#/content"),
        ({"name": "Tea", "content": {"title": ""}}, "#/content/title"),
        ({"name": "", "content": CONTENT}, "#/name"),
        ({"name": "T", "content": {**CONTENT, "quotes_due_at": None}}, "#/content/quotes_due_at"),
    ):
        assert pointers(await buyer.client.post(TEMPLATES, json=body))[0][0] == pointer
    usd = {**CONTENT, "budget": {"amount": 1, "currency": "USD"}}
    answer = await buyer.client.post(TEMPLATES, json={"name": "Tea", "content": usd})
    assert pointers(answer)[0][1] == "currency"
    assert await owner.fetchval("select count(*) from procurement_request_templates") == 0


async def test_belong_to_the_organisation(app, buyer):
    template = await make_template(buyer)
    stranger = await register(app)
    request = await make_published(buyer)
    path = f"{TEMPLATES}/{template['id']}"
    for method, address in (
        ("GET", path),
        ("PATCH", path),
        ("DELETE", path),
        ("POST", f"{path}/use"),
    ):
        body = {"name": "Mine"} if method == "PATCH" else None
        problem(await stranger.client.request(method, address, json=body), 404, "not_found")
    copied = await stranger.client.post(
        TEMPLATES, json={"name": "Copied", "request_id": request["id"]}
    )
    problem(copied, 404, "not_found")
    assert ok(await stranger.client.get(TEMPLATES))["total"] == 0
    viewer = await add_member(buyer, "viewer")
    assert ok(await viewer.client.get(path))["name"] == "Tea"
    problem(await viewer.client.delete(path), 403, "forbidden")


async def test_a_unit_that_is_no_longer_taken_is_kept_where_it_stood_before(buyer, owner):
    """Requests and templates from before there was a list of units are read and copied as they are."""
    request = await make_published(buyer)
    await owner.execute("update procurement_request_lines set unit = 'ZZZ'")
    template = await make_template(buyer, content=None, request_id=request["id"])
    assert {one["unit"] for one in template["content"]["lines"]} == {"ZZZ"}
    assert ok(await buyer.client.get(TEMPLATES))["total"] == 1
    for path in (
        f"{TEMPLATES}/{template['id']}/use",
        f"/api/v1/requests/{request['id']}/duplicate",
    ):
        draft = ok(await buyer.client.post(path), 201)
        assert {one["unit"] for one in draft["lines"]} == {"ZZZ"}
    body = {"name": "New", "content": {**CONTENT, "lines": [line("Tea", "4", unit="ZZZ")]}}
    answer = await buyer.client.post(TEMPLATES, json=body)
    assert pointers(answer) == [("#/content/lines/0/unit", "unit")]
