"""Invitations that a supplier hands out."""

import asyncio
import hashlib
from xml.etree import ElementTree as ET

import pytest

from tests.factories.accounts import add_member, register, visitor
from tests.factories.links import API, INVITATIONS, TERMS, ask, make_invitation, move, read
from tests.factories.procurement import in_days, ok, pointers, problem


async def accept(account, invitation, **body):
    path = f"{INVITATIONS}/{invitation['token']}/accept"
    return await account.client.post(path, json=body)


async def test_an_invitation_leads_to_a_request(app, pair, owner):
    invitation = await make_invitation(pair.vendor)
    assert invitation["url"] == f"http://test/join/{invitation['token']}"
    svg = ET.fromstring(invitation["qr_svg"])
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.get("viewBox") is not None
    kept = await owner.fetchval("select to_jsonb(i)::text from links_invitations i")
    assert invitation["token"] not in kept
    assert hashlib.sha256(invitation["token"].encode()).hexdigest() in kept

    shown = ok(await visitor(app).get(f"{INVITATIONS}/{invitation['token']}"))
    assert (shown["supplier"]["name"], shown["state"]) == ("Silk Road Supply", "open")
    link = ok(await accept(pair.buyer, invitation, message="From the fair"))
    assert (link["state"], link["message"], link["invitation_id"]) == (
        "pending",
        "From the fair",
        None,
    )
    assert (await read(pair.vendor, link))["invitation_id"] == invitation["id"]
    listed = ok(await pair.vendor.client.get(INVITATIONS))["items"]
    assert [(one["uses"], one["state"]) for one in listed] == [(1, "open")]
    assert "url" not in listed[0]
    # A request that waits has nothing to gain by the same invitation.
    problem(await accept(pair.buyer, invitation), 409, "links.already_linked")
    assert await owner.fetchval("select uses from links_invitations") == 1


async def test_an_invitation_links_at_once_on_its_terms(pair, owner, drain):
    seller = await add_member(pair.vendor, "sales")
    terms = {**TERMS, "representative_user_id": str(seller.user_id)}
    invitation = await make_invitation(pair.vendor, accepts_at_once=True, terms=terms)
    link = ok(await accept(pair.buyer, invitation))
    assert (link["state"], link["terms"]["representative_name"]) == ("accepted", "Timur Akhmetov")
    assert [(one["name"], one["side"]) for one in link["moves"]] == [
        ("request", "consumer"),
        ("accept", "system"),
    ]
    again = ok(await accept(pair.buyer, invitation))
    assert (again["id"], await owner.fetchval("select uses from links_invitations")) == (
        link["id"],
        1,
    )
    await drain()
    told = ok(await pair.vendor.client.get("/api/v1/notifications"))["items"]
    assert [one["kind"] for one in told if one["kind"].startswith("link.")] == ["link.joined"]


async def test_what_has_gone_meanwhile_is_left_out(pair):
    seller = await add_member(pair.vendor, "sales")
    terms = {"representative_user_id": str(seller.user_id), "payment_days": 5}
    invitation = await make_invitation(pair.vendor, accepts_at_once=True, terms=terms)
    path = f"/api/v1/organisations/{pair.vendor.organisation_id}/members/{seller.user_id}"
    ok(await pair.vendor.client.delete(path), 204)
    link = ok(await accept(pair.buyer, invitation))
    assert (link["terms"]["representative_user_id"], link["terms"]["payment_days"]) == (None, 5)


async def test_an_invitation_goes_before_the_cooling_period_but_not_before_a_block(pair):
    asked = await ask(pair.buyer, pair.vendor)
    await move(pair.vendor, asked, "deny")
    invitation = await make_invitation(pair.vendor, accepts_at_once=True)
    link = ok(await accept(pair.buyer, invitation))
    assert link["state"] == "accepted"
    await move(pair.vendor, link, "block")
    refused = problem(await accept(pair.buyer, invitation), 409, "links.already_linked")
    assert refused["meta"]["state"] == "blocked"


async def test_an_invitation_accepts_the_request_that_waits(pair):
    asked = await ask(pair.buyer, pair.vendor)
    invitation = await make_invitation(pair.vendor, accepts_at_once=True, terms=TERMS)
    link = ok(await accept(pair.buyer, invitation))
    assert (link["id"], link["state"]) == (asked["id"], "accepted")


@pytest.mark.parametrize("state", ["expired", "used_up", "revoked"])
async def test_invitations_end(app, pair, owner, state):
    invitation = await make_invitation(pair.vendor, uses_max=1)
    path = f"{INVITATIONS}/{invitation['id']}"
    if state == "expired":
        await owner.execute("update links_invitations set expires_at = now()")
    elif state == "used_up":
        ok(await accept(await register(app), invitation))
    else:
        ok(await pair.vendor.client.delete(path), 204)
        problem(await pair.vendor.client.delete(path), 409, "links.invitation_unusable")
    links = await owner.fetchval("select count(*) from links_links")
    refused = problem(await accept(pair.buyer, invitation), 409, "links.invitation_unusable")
    assert refused["meta"] == {"state": state}
    assert ok(await visitor(app).get(f"{INVITATIONS}/{invitation['token']}"))["state"] == state
    assert await owner.fetchval("select count(*) from links_links") == links


async def test_the_last_use_is_used_once(app, pair, owner):
    invitation = await make_invitation(pair.vendor, uses_max=2, accepts_at_once=True)
    buyers = [pair.buyer, *[await register(app) for _ in range(4)]]
    answers = await asyncio.gather(*(accept(one, invitation) for one in buyers))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 409, 409, 409]
    assert await owner.fetchval("select uses from links_invitations") == 2
    assert await owner.fetchval("select count(*) from links_links where state = 'accepted'") == 2


async def test_one_buyer_who_clicks_twice_uses_it_once(pair, owner):
    invitation = await make_invitation(pair.vendor, accepts_at_once=True)
    answers = await asyncio.gather(*(accept(pair.buyer, invitation) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert await owner.fetchval("select uses from links_invitations") == 1
    assert await owner.fetchval("select count(*) from links_links") == 1


async def test_who_may_invite_whom(app, pair, owner):
    body = {"name": "Fair"}
    seller = await add_member(pair.vendor, "sales")
    problem(await seller.client.post(INVITATIONS, json=body), 403, "forbidden")
    problem(await pair.buyer.client.post(INVITATIONS, json=body), 403, "forbidden")
    for given, pointer in (
        ({"expires_at": in_days(-1)}, ("#/expires_at", "past")),
        ({"expires_at": in_days(400)}, ("#/expires_at", "too_late")),
    ):
        answer = await pair.vendor.client.post(INVITATIONS, json={**body, **given})
        assert pointers(answer) == [pointer]
    for given in ({"terms": TERMS}, {"uses_max": 0}, {"name": " "}):
        answer = await pair.vendor.client.post(INVITATIONS, json={**body, **given})
        assert answer.status_code == 422
    assert await owner.fetchval("select count(*) from links_invitations") == 0
    invitation = await make_invitation(pair.vendor)
    problem(await accept(pair.vendor, invitation), 409, "links.own_organisation")
    problem(await accept(pair.buyer, {"token": "x" * 43}), 404, "not_found")
    other = await register(app, role="vendor")
    gone = await other.client.delete(f"{INVITATIONS}/{invitation['id']}")
    problem(gone, 404, "not_found")
    assert ok(await other.client.get(INVITATIONS))["items"] == []
    viewer = await add_member(pair.buyer, "viewer")
    problem(await accept(viewer, invitation), 403, "forbidden")
    problem(
        await visitor(app).post(f"{INVITATIONS}/{invitation['token']}/accept", json={}),
        401,
        "unauthenticated",
    )
    assert ok(await pair.buyer.client.get(API))["items"] == []
