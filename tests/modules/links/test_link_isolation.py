"""Links in strange hands: the routes, and the database by itself."""

from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from karavan.kit.scopes import PUBLIC, Scope
from karavan.modules.links.public import LINKED_SUPPLIERS
from tests.factories.deals import make_pair
from tests.factories.links import API, INVITATIONS, ask, make_invitation, make_link, move
from tests.factories.procurement import ok, problem

TABLES = ("links_links", "links_terms", "links_moves", "links_notes", "links_invitations")


async def counts(database, scope):
    async with database.transaction(scope) as session:
        found = [await session.scalar(text(f"select count(*) from {table}")) for table in TABLES]
    return dict(zip(TABLES, found, strict=True))


def scope_of(account):
    return Scope(account.organisation_id, account.user_id)


@pytest.mark.parametrize("policies", [True, False], ids=["with policies", "by filters alone"])
async def test_third_parties_see_nothing(app, pair, owner, policies):
    accepted = await make_link(pair.buyer, pair.vendor)
    invitation = await make_invitation(pair.vendor)
    others = await make_pair(app)
    if not policies:
        for table in TABLES:
            await owner.execute(f"alter table {table} disable row level security")
    for stranger in (others.buyer, others.vendor):
        path = f"{API}/{accepted['id']}"
        problem(await stranger.client.get(path), 404, "not_found")
        for name in ("accept", "deny", "block", "unblock", "withdraw", "leave"):
            problem(await stranger.client.post(f"{path}/{name}", json={}), 404, "not_found")
        problem(await stranger.client.put(f"{path}/terms", json={"terms": {}}), 404, "not_found")
        problem(await stranger.client.post(f"{path}/notes", json={"text": "x"}), 404, "not_found")
        status = {"status": "blocked"}
        problem(await stranger.client.patch(f"{path}/status", json=status), 404, "not_found")
        gone = await stranger.client.delete(f"{INVITATIONS}/{invitation['id']}")
        problem(gone, 404, "not_found")
        partner = {"partner_id": str(pair.vendor.organisation_id)}
        for params in ({}, partner, {"q": "Silk"}):
            for part in ("", "/incoming", "/outgoing"):
                given = params if part == "" or "q" in params else {}
                listed = ok(await stranger.client.get(f"{API}{part}", params=given))
                assert listed["items"] == []
    for card in ok(await others.buyer.client.get(f"{API}/suppliers"))["items"]:
        assert card["link"] is None


async def test_policies_alone(app, pair, database):
    link = await make_link(pair.buyer, pair.vendor)
    await make_invitation(pair.vendor)
    path = f"{API}/{link['id']}"
    ok(await pair.vendor.client.post(f"{path}/notes", json={"text": "Secret"}), 201)
    stranger = (await make_pair(app)).buyer
    nothing = dict.fromkeys(TABLES, 0)
    assert await counts(database, PUBLIC) == nothing
    assert await counts(database, scope_of(stranger)) == nothing
    seen = {**nothing, "links_links": 1, "links_terms": 1, "links_moves": 2}
    assert await counts(database, scope_of(pair.buyer)) == seen
    assert await counts(database, scope_of(pair.vendor)) == {
        **seen,
        "links_notes": 1,
        "links_invitations": 1,
    }
    await move(pair.vendor, link, "block")
    assert await counts(database, scope_of(pair.buyer)) == {**nothing, "links_links": 1}


async def test_linked_suppliers_follow_the_state_at_once(pair, database):
    async def suppliers(scope):
        async with database.transaction(scope) as session:
            return await session.scalar(text(f"select {LINKED_SUPPLIERS}"))

    mine = scope_of(pair.buyer)
    asked = await ask(pair.buyer, pair.vendor)
    assert await suppliers(mine) == []
    await move(pair.vendor, asked, "accept")
    assert await suppliers(mine) == [pair.vendor.organisation_id]
    assert await suppliers(scope_of(pair.vendor)) == []
    assert await suppliers(PUBLIC) == []
    await move(pair.vendor, asked, "block")
    assert await suppliers(mine) == []
    await move(pair.vendor, asked, "unblock")
    assert await suppliers(mine) == [pair.vendor.organisation_id]
    await move(pair.buyer, asked, "leave")
    assert await suppliers(mine) == []


@pytest.mark.parametrize(
    "statement",
    [
        "update links_links set state = 'accepted' where id = :link",
        "update links_links set supplier_organisation_id = :me, consumer_organisation_id = :other where id = :link",
        (
            "insert into links_links select (jsonb_populate_record(l, jsonb_build_object("
            "'id', gen_random_uuid(), 'state', 'accepted'))).* from links_links l where id = :link"
        ),
        (
            "insert into links_terms (id, link_id, consumer_organisation_id, supplier_organisation_id, number,"
            " credit_limit_amount, currency) values (gen_random_uuid(), :link, :me, :other, 9, 1, 'KZT')"
        ),
    ],
)
async def test_nobody_accepts_themselves_in_the_database(pair, database, statement):
    asked = await ask(pair.buyer, pair.vendor)
    values = {
        "link": UUID(asked["id"]),
        "me": pair.buyer.organisation_id,
        "other": pair.vendor.organisation_id,
    }
    used = {name: value for name, value in values.items() if f":{name}" in statement}
    with pytest.raises(DBAPIError) as refused:
        async with database.transaction(scope_of(pair.buyer)) as session:
            await session.execute(text(statement), used)
    cause = refused.value.orig.__cause__
    assert isinstance(cause, asyncpg.InsufficientPrivilegeError), cause
