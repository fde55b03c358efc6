"""Who finds what: public goods, one's own, those of suppliers whose link is held; by the query and by the policies alone."""

import pytest
from sqlalchemy import text

from karavan.kit.events import record_event
from karavan.kit.scopes import SYSTEM, Scope
from karavan.modules.catalogue.search_tasks import rebuild
from tests.factories.accounts import register, visitor
from tests.factories.links import ask, make_link, move
from tests.factories.procurement import ok
from tests.factories.search import index_now, put_product

API = "/api/v1/search"
FOR_ALL, FOR_LINKED, FOR_BOTH = "Чай public", "Чай linked", "Чай both"


@pytest.fixture
async def seller(app, owner, database):
    account = await register(app, role="vendor", organisation_name="Dala Trade")
    ids = [
        await put_product(owner, account.organisation_id, f"Чай {sight}", visibility=sight)
        for sight in ("public", "linked", "both")
    ]
    await index_now(database, *ids)
    return account


async def seen(client, **query) -> set[str]:
    page = ok(await client.get(API, params={"q": "чай", **query}))
    assert page["total"] == len(page["items"])
    suggested = ok(await client.get(f"{API}/suggest", params={"q": "чай"}))
    names = {item["name"] for item in page["items"]}
    assert {one["name"] for one in suggested["products"]} == names
    assert sum(one["count"] for one in page["facets"]["suppliers"]["items"]) == len(names)
    return names


async def test_links_open_and_blocks_close_at_once(app, client, seller, database, owner):
    buyer = await register(app)
    assert await seen(client) == {FOR_ALL, FOR_BOTH}
    assert await seen(seller.client) == {FOR_ALL, FOR_LINKED, FOR_BOTH}
    link = await ask(buyer, seller)
    assert await seen(buyer.client) == {FOR_ALL, FOR_BOTH}
    link = await move(seller, link, "accept", terms={})
    assert await seen(buyer.client) == {FOR_ALL, FOR_LINKED, FOR_BOTH}
    assert await seen(buyer.client, supplier_id=str(seller.organisation_id)) == {
        FOR_ALL,
        FOR_LINKED,
        FOR_BOTH,
    }
    await move(seller, link, "block")
    assert await seen(buyer.client) == {FOR_ALL, FOR_BOTH}


async def test_the_policies_alone_hide_what_is_not_meant(app, seller, database):
    linked, other = await register(app), await register(app)
    await make_link(linked, seller)
    sights = {}
    for name, scope in {
        "visitor": Scope(),
        "other": Scope(other.organisation_id, other.user_id),
        "linked": Scope(linked.organisation_id, linked.user_id),
        "seller": Scope(seller.organisation_id, seller.user_id),
    }.items():
        async with database.transaction(scope) as session:
            rows = await session.scalars(text("select visibility from catalogue_search"))
            sights[name] = set(rows)
    assert sights == {
        "visitor": {"public", "both"},
        "other": {"public", "both"},
        "linked": {"public", "linked", "both"},
        "seller": {"public", "linked", "both"},
    }


async def test_what_is_hidden_is_not_guessed_from_corrections(app, client, seller, owner, database):
    hidden = await put_product(
        owner, seller.organisation_id, "Пропеллер секретный", visibility="linked"
    )
    await index_now(database, hidden)
    page = ok(await client.get(API, params={"q": "прапеллер"}))
    assert (page["items"], page["query"]["corrected"]) == ([], None)
    assert ok(await client.get(f"{API}/suggest", params={"q": "пропел"}))["queries"] == []


async def test_documents_follow_the_products(app, client, seller, owner, database):
    """Deactivated, archived or renamed: the vocabulary forgets with the last product."""
    rare = await put_product(owner, seller.organisation_id, "Самовар тульский")
    await index_now(database, rare)
    found = ok(await client.get(API, params={"q": "самовар"}))
    assert [item["id"] for item in found["items"]] == [str(rare)]
    words = "select frequency from catalogue_search_words where word = $1"
    assert await owner.fetchval(words, "самовар") == 1
    await owner.execute("update catalogue_products set active = false where id = $1", rare)
    # Before the index has heard of it the product's own policy and state hide it.
    assert ok(await client.get(API, params={"q": "самовар"}))["items"] == []
    assert await index_now(database, rare) == 0
    assert ok(await client.get(API, params={"q": "самовар"}))["total"] == 0
    assert await owner.fetchval(words, "самовар") is None
    before = await owner.fetch("select word, frequency from catalogue_search_words order by word")
    # A rebuild mends a vocabulary that has gone astray, and leaves alone what is as it should be.
    await owner.execute("update catalogue_search_words set frequency = frequency + 7")
    await owner.execute(
        "insert into catalogue_search_words (word, lexeme, skeleton, frequency, deletions)"
        " values ('ghost', 'ghost', 'gost', 1, '{}')"
    )
    written = await owner.fetch("select product_id, xmin::text from catalogue_search order by 1")
    assert [done async for done in rebuild(database)] == [3]
    assert written == await owner.fetch(
        "select product_id, xmin::text from catalogue_search order by 1"
    )
    after = await owner.fetch("select word, frequency from catalogue_search_words order by word")
    assert before == after != []


async def test_events_reach_the_index_in_batches(app, seller, owner, database, drain, client):
    new = await put_product(owner, seller.organisation_id, "Тостер новый")
    async with database.transaction(SYSTEM) as session:
        for _ in range(3):
            record_event(
                session,
                "product.activated",
                organisation_id=seller.organisation_id,
                aggregate_id=new,
                payload={"product_id": str(new)},
            )
    await drain()
    assert [i["id"] for i in ok(await client.get(API, params={"q": "тостер"}))["items"]] == [
        str(new)
    ]
    assert await owner.fetchval("select count(*) from catalogue_search_queue") == 0


async def test_a_visitor_and_a_stranger_find_the_same(app, seller):
    assert await seen(visitor(app)) == await seen((await register(app)).client)
