"""Vendors asked by name: invited, looking, declining, and never learning of one another."""

from uuid import uuid4

import pytest

from tests.factories.accounts import add_member, register
from tests.factories.procurement import (
    events_of,
    invite,
    make_published,
    make_request,
    ok,
    pass_deadline,
    pointers,
    problem,
    submit_quote,
)

REQUESTS = "/api/v1/requests"


@pytest.fixture
async def buyer(app):
    return await register(app, organisation_name="Kaspi Build")


@pytest.fixture
async def vendor(app):
    return await register(app, role="vendor", organisation_name="Steppe Cement")


async def post(account, request, path, **body):
    return await account.client.post(f"{REQUESTS}/{request['id']}/{path}", json=body)


class TestInvite:
    async def test_a_draft_tells_them_when_it_is_published(self, app, buyer, vendor, owner):
        other = await register(app, role="vendor", organisation_name="Altai Cement")
        request = await make_request(buyer, visibility="invited")
        invited = await invite(buyer, request, vendor, other)
        assert [one["organisation"]["name"] for one in invited["invitations"]] == [
            "Altai Cement",
            "Steppe Cement",
        ]
        assert invited["version"] == 2
        assert await events_of(owner, request["id"], "request.invited") == []
        ok(await post(buyer, request, "publish"))
        published, told = (await events_of(owner, request["id"]))[-2:]
        ids = sorted([str(vendor.organisation_id), str(other.organisation_id)])
        assert (published["type"], told["type"]) == ("request.published", "request.invited")
        assert published["payload"]["data"]["invited_organisation_ids"] == ids
        assert told["payload"]["data"]["organisation_ids"] == ids
        assert told["payload"]["data"]["buyer_name"] == "Kaspi Build"

    async def test_a_published_request_tells_the_new_ones_at_once(self, app, buyer, vendor, owner):
        other = await register(app, role="vendor")
        request = await make_published(buyer)
        await invite(buyer, request, vendor)
        await invite(buyer, request, vendor, other)
        told = [
            event["payload"]["data"]["organisation_ids"]
            for event in await events_of(owner, request["id"], "request.invited")
        ]
        assert told == [[str(vendor.organisation_id)], [str(other.organisation_id)]]
        assert await owner.fetchval("select count(*) from procurement_invitations") == 2

    async def test_says_whom_it_cannot_ask(self, app, buyer, vendor, owner):
        customer = await register(app, role="customer")
        request = await make_request(buyer)
        ids = [
            str(vendor.organisation_id),
            str(buyer.organisation_id),
            str(uuid4()),
            str(customer.organisation_id),
        ]
        assert pointers(await post(buyer, request, "invitations", organisation_ids=ids)) == [
            ("#/organisation_ids/1", "own_organisation"),
            ("#/organisation_ids/2", "unknown_organisation"),
            ("#/organisation_ids/3", "unknown_organisation"),
        ]
        empty = await post(buyer, request, "invitations", organisation_ids=[])
        assert pointers(empty)[0][0] == "#/organisation_ids"
        assert await owner.fetchval("select count(*) from procurement_invitations") == 0

    async def test_is_too_late_after_the_deadline_and_the_end(self, buyer, vendor, owner):
        request = await make_published(buyer)
        ids = [str(vendor.organisation_id)]
        await pass_deadline(owner, request)
        answer = await post(buyer, request, "invitations", organisation_ids=ids)
        problem(answer, 409, "procurement.deadline_passed")
        ok(await post(buyer, request, "cancel", reason="No budget."))
        answer = await post(buyer, request, "invitations", organisation_ids=ids)
        problem(answer, 409, "procurement.not_open")

    async def test_is_the_buyers_to_do(self, buyer, vendor):
        request = await make_published(buyer)
        ids = [str(vendor.organisation_id)]
        answer = await post(vendor, request, "invitations", organisation_ids=ids)
        problem(answer, 404, "not_found")
        viewer = await add_member(buyer, "viewer")
        answer = await post(viewer, request, "invitations", organisation_ids=ids)
        problem(answer, 403, "forbidden")

    async def test_of_a_draft_can_be_taken_back(self, buyer, vendor):
        request = await make_request(buyer)
        await invite(buyer, request, vendor)
        path = f"{REQUESTS}/{request['id']}/invitations/{vendor.organisation_id}"
        ok(await buyer.client.delete(path), 204)
        problem(await buyer.client.delete(path), 404, "not_found")
        page = ok(await buyer.client.get(f"{REQUESTS}/{request['id']}"))
        assert page["invitations"] == []
        await invite(buyer, request, vendor)
        ok(await post(buyer, request, "publish"))
        problem(await buyer.client.delete(path), 409, "invalid_transition")


class TestByInvitation:
    async def test_is_seen_by_the_invited_alone(self, app, buyer, vendor):
        stranger = await register(app, role="vendor")
        request = await make_request(buyer, visibility="invited")
        await invite(buyer, request, vendor)
        ok(await post(buyer, request, "publish"))
        path = f"{REQUESTS}/{request['id']}"
        assert ok(await vendor.client.get(path))["number"].startswith("RFQ-")
        for method, sub in (
            ("GET", ""),
            ("GET", "/questions"),
            ("POST", "/questions"),
            ("POST", "/viewed"),
            ("POST", "/decline"),
            ("POST", "/quotes"),
            ("POST", "/duplicate"),
        ):
            body = {"text": "Why?"} if sub == "/questions" else {}
            answer = await stranger.client.request(method, path + sub, json=body)
            assert answer.status_code in {404, 422}, (method, sub, answer.text)
            assert "RFQ-" not in answer.text
        board = ok(await stranger.client.get("/api/v1/board/requests"))
        assert board["total"] == 0

    async def test_row_level_security_alone_hides_it(self, app, buyer, vendor, database):
        from sqlalchemy import text

        from karavan.kit.scopes import PUBLIC, Scope

        stranger = await register(app, role="vendor")
        request = await make_request(buyer, visibility="invited")
        await invite(buyer, request, vendor)

        async def counted(scope) -> list[int]:
            async with database.transaction(scope) as session:
                return [
                    (
                        await session.execute(text(f"select count(*) from procurement_{name}"))
                    ).scalar_one()
                    for name in ("requests", "request_lines", "invitations")
                ]

        scopes = [
            Scope(buyer.organisation_id),
            Scope(vendor.organisation_id),
            Scope(stranger.organisation_id),
            PUBLIC,
        ]
        assert [await counted(scope) for scope in scopes] == [
            [1, 2, 1],
            [0, 0, 1],
            [0, 0, 0],
            [0, 0, 0],
        ]
        ok(await post(buyer, request, "publish"))
        assert [await counted(scope) for scope in scopes] == [
            [1, 2, 1],
            [1, 2, 1],
            [0, 0, 0],
            [0, 0, 0],
        ]


class TestRespond:
    async def test_looking_is_noted_once(self, buyer, vendor, owner):
        request = await make_published(buyer)
        await invite(buyer, request, vendor)
        ok(await post(vendor, request, "viewed"), 204)
        first = await owner.fetchval("select viewed_at from procurement_invitations")
        ok(await post(vendor, request, "viewed"), 204)
        assert await owner.fetchval("select viewed_at from procurement_invitations") == first
        page = ok(await buyer.client.get(f"{REQUESTS}/{request['id']}"))
        assert page["invitations"][0]["viewed_at"] is not None

    async def test_declining_tells_the_buyer_why(self, buyer, vendor, owner):
        request = await make_published(buyer)
        await invite(buyer, request, vendor)
        seen = ok(await post(vendor, request, "decline", reason="No stock until May."))
        assert seen["invitation"]["declined_at"] is not None
        page = ok(await buyer.client.get(f"{REQUESTS}/{request['id']}"))
        assert page["invitations"][0]["decline_reason"] == "No stock until May."
        (event,) = await events_of(owner, request["id"], "request.declined")
        assert event["payload"]["parties"] == {"buyer": str(buyer.organisation_id)}
        assert event["payload"]["data"]["vendor_name"] == "Steppe Cement"
        ok(await post(vendor, request, "decline", reason="Again."))
        assert len(await events_of(owner, request["id"], "request.declined")) == 1

    async def test_whoever_declined_can_be_asked_anew(self, buyer, vendor, owner):
        request = await make_published(buyer)
        await invite(buyer, request, vendor)
        ok(await post(vendor, request, "decline", reason="Busy."))
        page = await invite(buyer, request, vendor)
        (invitation,) = page["invitations"]
        assert (invitation["declined_at"], invitation["decline_reason"]) == (None, None)
        assert len(await events_of(owner, request["id"], "request.invited")) == 2

    async def test_is_for_the_invited_before_the_deadline(self, app, buyer, vendor, owner):
        request = await make_published(buyer)
        problem(await post(vendor, request, "decline"), 404, "not_found")
        await invite(buyer, request, vendor)
        ok(await submit_quote(vendor, request) and await post(vendor, request, "viewed"), 204)
        problem(await post(vendor, request, "decline"), 409, "procurement.already_quoted")
        late = await make_published(buyer)
        await invite(buyer, late, vendor)
        await pass_deadline(owner, late)
        problem(await post(vendor, late, "decline"), 409, "procurement.deadline_passed")

    async def test_a_sealed_tender_hides_who_has_quoted(self, buyer, vendor, owner):
        request = await make_published(buyer, sealed=True)
        await invite(buyer, request, vendor)
        await submit_quote(vendor, request)
        path = f"{REQUESTS}/{request['id']}"
        page = ok(await buyer.client.get(path))
        assert (page["quotes_count"], page["invitations"][0]["quoted"]) == (1, False)
        await pass_deadline(owner, request)
        assert ok(await buyer.client.get(path))["invitations"][0]["quoted"] is True
