"""Asking for a trading link, and what becomes of the request."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from karavan.kit.scopes import SYSTEM
from karavan.modules.links.actions.end import expire_requests
from tests.factories.accounts import add_member, register
from tests.factories.links import API, TERMS, ask, make_link, move, read
from tests.factories.procurement import kzt, ok, pointers, problem


def names(link):
    return {action["name"] for action in link["actions"]}


def at(text):
    return datetime.fromisoformat(text)


async def events_of(owner, link):
    rows = await owner.fetch(
        "select type from kit_outbox_events where aggregate_id = $1 order by sequence",
        UUID(link["id"]),
    )
    return [row["type"] for row in rows]


async def test_a_request_is_accepted_with_terms(pair, owner):
    asked = await ask(pair.buyer, pair.vendor, message="We open three shops in Astana.")
    assert (asked["state"], asked["side"], names(asked)) == ("pending", "consumer", {"withdraw"})
    assert at(asked["expires_at"]) - at(asked["created_at"]) > timedelta(days=59)
    assert (asked["terms"], asked["notes"], asked["may_change_terms"]) == (None, None, False)

    waiting = ok(await pair.vendor.client.get(f"{API}/incoming", params={"state": "pending"}))
    assert [one["message"] for one in waiting["items"]] == ["We open three shops in Astana."]
    assert names(waiting["items"][0]) == {"accept", "deny"}
    assert waiting["items"][0]["consumer"] == {
        "organisation_id": str(pair.buyer.organisation_id),
        "name": "Steppe Retail",
        "country": "KZ",
        "city": "Astana",
        "logo_url": None,
    }

    seller = await add_member(pair.vendor, "sales")
    terms = {**TERMS, "representative_user_id": str(seller.user_id)}
    accepted = await move(pair.vendor, asked, "accept", terms=terms)
    assert (accepted["state"], accepted["expires_at"]) == ("accepted", None)
    assert names(accepted) == {"block"}
    assert accepted["may_change_terms"] is True
    seen = await read(pair.buyer, asked)
    assert seen["terms"] == {
        **TERMS,
        "number": 1,
        "price_list_id": None,
        "price_list_name": None,
        "representative_user_id": str(seller.user_id),
        "representative_name": "Timur Akhmetov",
    }
    assert names(seen) == {"leave"}
    assert [(one["name"], one["side"]) for one in seen["moves"]] == [
        ("request", "consumer"),
        ("accept", "supplier"),
    ]
    # Who it was is told to colleagues alone.
    assert [one["actor_name"] for one in seen["moves"]] == ["Aigerim Nurlanova", None]
    assert [one["actor_name"] for one in accepted["moves"]] == [None, "Timur Akhmetov"]
    assert await events_of(owner, asked) == ["link.requested", "link.accepted"]


async def test_whoever_was_denied_asks_again_after_seven_days(pair, owner):
    asked = await ask(pair.buyer, pair.vendor)
    denied = await move(pair.vendor, asked, "deny", reason="We do not deliver to you yet.")
    wait = at(denied["retry_at"]) - at(denied["decided_at"])
    assert (denied["state"], wait, names(denied)) == ("denied", timedelta(days=7), {"block"})
    seen = await read(pair.buyer, asked)
    assert (seen["reason"], names(seen)) == ("We do not deliver to you yet.", set())

    body = {"supplier_organisation_id": str(pair.vendor.organisation_id)}
    refused = await pair.buyer.client.post(f"{API}/requests", json=body)
    meta = problem(refused, 409, "links.cooling_period")["meta"]
    assert at(meta["retry_at"]) == at(denied["retry_at"])
    assert await owner.fetchval("select count(*) from links_links") == 1

    await owner.execute("update links_links set retry_at = now() + interval '1 second'")
    problem(await pair.buyer.client.post(f"{API}/requests", json=body), 409, "links.cooling_period")
    await owner.execute("update links_links set retry_at = now() - interval '1 second'")
    again = await ask(pair.buyer, pair.vendor)
    assert again["id"] != asked["id"]
    # The old request has had its day: what counts is the new one.
    blocked = await pair.vendor.client.post(f"{API}/{asked['id']}/block", json={})
    assert problem(blocked, 409, "links.already_linked")["meta"] == {
        "link_id": again["id"],
        "state": "pending",
    }


async def test_a_pair_has_one_live_link_in_each_direction(app, pair):
    body = {"supplier_organisation_id": str(pair.vendor.organisation_id)}
    asked = await ask(pair.buyer, pair.vendor)
    for state in ("pending", "accepted", "blocked"):
        if state != "pending":
            await move(pair.vendor, asked, {"accepted": "accept", "blocked": "block"}[state])
        refused = await pair.buyer.client.post(f"{API}/requests", json=body)
        meta = problem(refused, 409, "links.already_linked")["meta"]
        assert meta == {"link_id": asked["id"], "state": state}
    # The other way round is another pair.
    other = await register(app, role="vendor")
    await make_link(pair.vendor, other)
    await ask(other, pair.vendor)


async def test_requests_to_nobody_and_to_oneself(app, pair, owner):
    private = await register(app, role="customer")
    for unknown in (uuid4(), private.organisation_id, pair.buyer.organisation_id):
        body = {"supplier_organisation_id": str(unknown)}
        answer = await pair.vendor.client.post(f"{API}/requests", json=body)
        problem(answer, 404, "not_found")
    own = {"supplier_organisation_id": str(pair.vendor.organisation_id)}
    problem(
        await pair.vendor.client.post(f"{API}/requests", json=own), 409, "links.own_organisation"
    )
    seller = await add_member(pair.buyer, "sales")
    problem(await seller.client.post(f"{API}/requests", json=own), 403, "forbidden")
    assert await owner.fetchval("select count(*) from links_links") == 0


async def test_blocking_hides_everything_at_once(pair, owner):
    link = await make_link(pair.buyer, pair.vendor)
    blocked = await move(pair.vendor, link, "block", reason="Bounced cheques.")
    assert names(blocked) == {"unblock"}
    assert [note["text"] for note in blocked["notes"]] == ["Bounced cheques."]
    hidden = await read(pair.buyer, link)
    told = {
        key: value
        for key, value in hidden.items()
        if value not in (None, [], False) and key not in {"id", "version", "consumer", "supplier"}
    }
    assert told == {"state": "blocked", "side": "consumer", "created_at": link["created_at"]}
    listed = ok(await pair.buyer.client.get(API))["items"]
    assert (listed[0]["state"], listed[0]["terms"]) == ("blocked", None)
    payloads = await owner.fetch("select payload::text as text from kit_outbox_events")
    assert not any("Bounced" in row["text"] for row in payloads)
    reason = await owner.fetchval(
        "select after->>'note' from kit_audit_entries where action = 'link.block'"
    )
    assert reason == "Bounced cheques."

    back = await move(pair.vendor, link, "unblock")
    assert (back["state"], back["terms"]["number"]) == ("accepted", 1)
    assert (await read(pair.buyer, link))["terms"]["credit_limit"] == TERMS["credit_limit"]


async def test_unblocking_accepts_nobody_who_was_denied(pair):
    asked = await ask(pair.buyer, pair.vendor)
    await move(pair.vendor, asked, "deny")
    await move(pair.vendor, asked, "block")
    assert (await move(pair.vendor, asked, "unblock"))["state"] == "denied"
    assert (await ask(pair.buyer, pair.vendor))["state"] == "pending"


async def test_the_buyer_withdraws_and_leaves(pair, owner):
    asked = await ask(pair.buyer, pair.vendor)
    assert (await move(pair.buyer, asked, "withdraw"))["state"] == "withdrawn"
    link = await make_link(pair.buyer, pair.vendor)
    left = await move(pair.buyer, link, "leave", reason="We closed the shop.")
    assert (left["state"], left["actions"]) == ("left", [])
    assert (await read(pair.vendor, link))["moves"][-1]["reason"] == "We closed the shop."
    assert await events_of(owner, link) == ["link.requested", "link.accepted", "link.left"]
    assert (await ask(pair.buyer, pair.vendor))["state"] == "pending"


async def test_unanswered_requests_lapse(pair, owner, database):
    asked = await ask(pair.buyer, pair.vendor)
    async with database.transaction(SYSTEM) as session:
        assert await expire_requests(session) == 0
    await owner.execute("update links_links set expires_at = now()")
    # Before the clock comes by, nobody decides about it any more.
    for name in ("accept", "deny"):
        answer = await pair.vendor.client.post(f"{API}/{asked['id']}/{name}", json={})
        problem(answer, 409, "links.request_expired")
    assert (await read(pair.vendor, asked))["actions"] == []
    async with database.transaction(SYSTEM) as session:
        assert await expire_requests(session) == 1
    assert (await read(pair.buyer, asked))["state"] == "withdrawn"
    assert await events_of(owner, asked) == ["link.requested", "link.expired"]

    second = await ask(pair.buyer, pair.vendor)
    await owner.execute("update links_links set expires_at = now() where state = 'pending'")
    third = await ask(pair.buyer, pair.vendor)
    assert (await read(pair.buyer, second))["state"] == "withdrawn"
    assert third["state"] == "pending"


async def test_status_is_moved_by_its_name(pair):
    asked = await ask(pair.buyer, pair.vendor)

    async def patch(account, **body):
        return await account.client.patch(f"{API}/{asked['id']}/status", json=body)

    problem(await patch(pair.buyer, status="accepted"), 403, "forbidden")
    assert pointers(await patch(pair.vendor, status="denied", terms={})) == [
        ("#/terms", "unexpected")
    ]
    problem(await patch(pair.vendor, status="accepted", version=7), 409, "conflict")
    moved = ok(await patch(pair.vendor, status="accepted", terms=TERMS))
    assert (moved["state"], moved["terms"]["payment_days"]) == ("accepted", 30)
    assert ok(await patch(pair.vendor, status="blocked"))["state"] == "blocked"
    problem(await patch(pair.buyer, status="left"), 409, "invalid_transition")
    assert ok(await patch(pair.vendor, status="accepted"))["state"] == "accepted"
    problem(await patch(pair.vendor, status="denied"), 409, "invalid_transition")
    assert ok(await patch(pair.buyer, status="left"))["state"] == "left"
    assert (await patch(pair.buyer, status="pending")).status_code == 422


async def test_lists_are_filtered_sorted_and_searched(app, pair):
    first = await register(app, role="vendor", organisation_name="Alatau Dairy")
    second = await register(app, role="vendor", organisation_name="Balkhash Fish_1")
    await make_link(pair.buyer, first)
    await ask(pair.buyer, second)
    await ask(first, pair.vendor)

    async def listed(account, path="", **params):
        items = ok(await account.client.get(f"{API}{path}", params=params))["items"]
        return [(one["supplier"]["name"], one["state"]) for one in items]

    alatau, balkhash = ("Alatau Dairy", "accepted"), ("Balkhash Fish_1", "pending")
    assert await listed(pair.buyer, sort="supplier") == [alatau, balkhash]
    assert await listed(pair.buyer, "/outgoing", sort="-supplier") == [balkhash, alatau]
    assert await listed(pair.buyer, state="accepted") == [alatau]
    assert await listed(pair.buyer, q="h_1") == [balkhash]
    assert await listed(pair.buyer, q="%") == []
    assert await listed(pair.buyer, "/incoming") == []
    assert await listed(pair.buyer, partner_id=str(first.organisation_id)) == [alatau]
    assert len(await listed(first)) == 2
    assert await listed(first, side="supplier") == [alatau]
    assert (await pair.buyer.client.get(API, params={"sort": "price"})).status_code == 422


async def test_the_directory_says_how_one_stands(app, pair):
    kind = await register(app, role="vendor", organisation_name="Kind Mill")
    path = f"/api/v1/organisations/{kind.organisation_id}"
    ok(await kind.client.patch(path, json={"categories": ["food"], "city": "Kostanay"}))
    await register(app, role="buyer", organisation_name="Kind Buyer")
    link = await make_link(pair.buyer, kind)
    await move(pair.buyer, link, "leave")
    again = await ask(pair.buyer, kind)

    async def found(account, **params):
        answer = ok(await account.client.get(f"{API}/suppliers", params=params))
        return {one["name"]: one for one in answer["items"]}

    cards = await found(pair.buyer)
    assert set(cards) == {"Kind Mill", "Silk Road Supply"}
    assert cards["Kind Mill"]["link"] == {"id": again["id"], "state": "pending", "retry_at": None}
    assert cards["Silk Road Supply"]["link"] is None
    assert set(await found(pair.buyer, q="kost", category="food", country="KZ")) == {"Kind Mill"}
    assert set(await found(pair.buyer, country="DE")) == set()
    assert set(await found(kind)) == {"Silk Road Supply"}


async def test_names_follow_their_organisations(pair, drain):
    link = await make_link(pair.buyer, pair.vendor)
    path = f"/api/v1/organisations/{pair.vendor.organisation_id}"
    ok(await pair.vendor.client.patch(path, json={"name": "Silk Road Trading"}))
    await drain()
    found = ok(await pair.buyer.client.get(API, params={"q": "trading"}))["items"]
    assert [(one["id"], one["supplier"]["name"]) for one in found] == [
        (link["id"], "Silk Road Trading")
    ]


async def test_notes_are_the_suppliers_own(pair, owner):
    link = await make_link(pair.buyer, pair.vendor)
    path = f"{API}/{link['id']}/notes"
    noted = ok(await pair.vendor.client.post(path, json={"text": "Pays in cash."}), 201)
    assert [(n["text"], n["author_name"]) for n in noted["notes"]] == [
        ("Pays in cash.", "Timur Akhmetov")
    ]
    problem(await pair.buyer.client.post(path, json={"text": "?"}), 403, "forbidden")
    seller = await add_member(pair.vendor, "sales")
    problem(await seller.client.post(path, json={"text": "?"}), 403, "forbidden")
    assert (await pair.vendor.client.post(path, json={"text": " "})).status_code == 422
    assert (await read(pair.buyer, link))["notes"] is None
    assert await owner.fetchval("select count(*) from links_notes") == 1


async def test_both_sides_hear_of_it(pair, drain):
    link = await ask(pair.buyer, pair.vendor, message="Good day")

    async def told(account):
        await drain()
        items = ok(await account.client.get("/api/v1/notifications"))["items"]
        return [(one["kind"], one["link"]) for one in items if one["kind"].startswith("link.")]

    at_link = f"/app/links/{link['id']}"
    assert await told(pair.vendor) == [("link.requested", at_link)]
    await move(pair.vendor, link, "accept", terms=TERMS)
    assert await told(pair.buyer) == [("link.accepted", at_link)]
    changed = {"terms": {**TERMS, "credit_limit": kzt(1)}}
    ok(await pair.vendor.client.put(f"{API}/{link['id']}/terms", json=changed))
    await move(pair.vendor, link, "block", reason="Secret")
    await move(pair.vendor, link, "unblock")
    assert [kind for kind, _ in await told(pair.buyer)] == [
        "link.unblocked",
        "link.blocked",
        "link.terms_changed",
        "link.accepted",
    ]
    await move(pair.buyer, link, "leave")
    assert [kind for kind, _ in await told(pair.vendor)] == ["link.left", "link.requested"]
