"""The operator's synonyms: kept by the platform's desk, known to searches at once."""

import pytest

from tests.factories.accounts import register
from tests.factories.categories import category_desk
from tests.factories.procurement import audit_of, ok, pointers, problem
from tests.factories.search import index_now, put_product

API = "/api/v1/admin/synonyms"


async def found(client, typed: str) -> list[str]:
    page = ok(await client.get("/api/v1/search", params={"q": typed, "literal": True}))
    return sorted(item["name"] for item in page["items"])


@pytest.fixture
async def desk(app, owner):
    return await category_desk(app, owner)


async def test_an_entry_works_at_once_and_until_it_is_removed(app, client, owner, database, desk):
    seller = await register(app, role="vendor")
    for name in ("Тележка ручная", "Тачка садовая двухколёсная", "Рохля гидравлическая"):
        await index_now(database, await put_product(owner, seller.organisation_id, name))
    assert await found(client, "тачки") == ["Тачка садовая двухколёсная"]
    body = {"language": "ru", "terms": ["тележка", "тачка садовая"]}
    entry = ok(await desk.client.post(API, json=body), 201)
    assert await found(client, "садовую тачку") == ["Тачка садовая двухколёсная", "Тележка ручная"]
    assert await found(client, "тележки") == ["Тачка садовая двухколёсная", "Тележка ручная"]
    body = {"language": "ru", "terms": ["тележка"], "replacements": ["рохля"], "version": 1}
    entry = ok(await desk.client.patch(f"{API}/{entry['id']}", json=body))
    assert (entry["version"], entry["replacements"]) == (2, ["рохля"])
    assert await found(client, "тележка") == ["Рохля гидравлическая", "Тележка ручная"]
    assert await found(client, "рохля") == ["Рохля гидравлическая"]
    listed = ok(await desk.client.get(API, params={"q": "РОХЛ", "language": "ru"}))
    assert [one["id"] for one in listed["items"]] == [entry["id"]]
    problem(await desk.client.patch(f"{API}/{entry['id']}", json=body), 409, "conflict")
    stale = await desk.client.delete(f"{API}/{entry['id']}", headers={"If-Match": '"1"'})
    problem(stale, 409, "conflict")
    ok(await desk.client.delete(f"{API}/{entry['id']}", headers={"If-Match": '"2"'}), 204)
    assert await found(client, "тележка") == ["Тележка ручная"]
    assert await audit_of(owner, entry["id"]) == ["synonym.add", "synonym.change", "synonym.remove"]


async def test_what_says_nothing_is_refused(app, owner, desk):
    before = await owner.fetchval("select count(*) from catalogue_synonyms")
    for body, wrong in (
        ({"language": "en", "terms": ["for", "lamp"]}, "#/terms/0"),
        ({"language": "en", "terms": ["a b c d e f g h i", "lamp"]}, "#/terms/0"),
        ({"language": "en", "terms": ["lamp"], "replacements": ["!"]}, "#/replacements/0"),
    ):
        assert pointers(await desk.client.post(API, json=body)) == [(wrong, "term")]
    for body in (
        {"language": "en", "terms": ["lamp"]},
        {"language": "de", "terms": ["Lampe", "Leuchte"]},
        {"language": "en", "terms": []},
    ):
        problem(await desk.client.post(API, json=body), 422, "validation")
    owner_of_one = await register(app)
    body = {"language": "en", "terms": ["one", "two"]}
    problem(await owner_of_one.client.post(API, json=body), 403, "forbidden")
    problem(await owner_of_one.client.get(API), 403, "forbidden")
    assert await owner.fetchval("select count(*) from catalogue_synonyms") == before
