"""The version that was read: in the body or as `If-Match`, the same on every kind of route."""

import pytest

from tests.factories.accounts import register
from tests.factories.procurement import make_request, ok, pointers, problem

REQUESTS = "/api/v1/requests"


@pytest.fixture
async def buyer(app):
    return await register(app)


async def title_of(account, request) -> str:
    return ok(await account.client.get(f"{REQUESTS}/{request['id']}"))["title"]


class TestChange:
    @pytest.mark.parametrize("tag", ['"1"', "1", 'W/"1"', "*", ' "1" '])
    async def test_the_present_version_goes_through(self, buyer, tag):
        request = await make_request(buyer)
        answer = await buyer.client.patch(
            f"{REQUESTS}/{request['id']}", json={"title": "Steel"}, headers={"If-Match": tag}
        )
        assert (ok(answer)["title"], ok(answer)["version"]) == ("Steel", 2)

    @pytest.mark.parametrize(
        ("body", "headers"),
        [({"version": 7}, {}), ({}, {"If-Match": '"7"'}), ({"version": 7}, {"If-Match": '"7"'})],
        ids=["body", "header", "both"],
    )
    async def test_another_version_is_refused_wherever_it_stands(self, buyer, body, headers):
        request = await make_request(buyer)
        path = f"{REQUESTS}/{request['id']}"
        answer = await buyer.client.patch(path, json={"title": "Steel", **body}, headers=headers)
        assert problem(answer, 409, "conflict")["meta"] == {"version": 1}
        assert await title_of(buyer, request) == request["title"]

    async def test_header_and_body_must_agree(self, buyer):
        request = await make_request(buyer)
        answer = await buyer.client.patch(
            f"{REQUESTS}/{request['id']}",
            json={"title": "Steel", "version": 1},
            headers={"If-Match": '"2"'},
        )
        assert pointers(answer) == [("#/version", "contradicts")]
        assert await title_of(buyer, request) == request["title"]

    @pytest.mark.parametrize("tag", ['"', '"1', "0", "-1", "abc", '"1", "2"', "9" * 30])
    async def test_what_is_no_version_is_said_to_be_none(self, buyer, tag):
        request = await make_request(buyer)
        answer = await buyer.client.patch(
            f"{REQUESTS}/{request['id']}", json={"title": "Steel"}, headers={"If-Match": tag}
        )
        problem(answer, 400, "bad_request")
        assert await title_of(buyer, request) == request["title"]


class TestOtherRoutes:
    async def test_a_transition_without_a_body(self, buyer):
        request = await make_request(buyer)
        path = f"{REQUESTS}/{request['id']}/publish"
        stale = await buyer.client.post(path, headers={"If-Match": '"2"'})
        assert problem(stale, 409, "conflict")["meta"] == {"version": 1}
        published = ok(await buyer.client.post(path, headers={"If-Match": '"1"'}))
        assert published["state"] == "published"

    async def test_throwing_away(self, buyer):
        request = await make_request(buyer)
        path = f"{REQUESTS}/{request['id']}"
        problem(await buyer.client.delete(path, headers={"If-Match": '"2"'}), 409, "conflict")
        assert await title_of(buyer, request) == request["title"]
        ok(await buyer.client.delete(path, headers={"If-Match": '"1"'}), 204)

    async def test_an_organisation_its_settings_and_a_profile(self, buyer):
        own = f"/api/v1/organisations/{buyer.organisation_id}"
        for path, body in (
            (own, {"city": "Almaty"}),
            (f"{own}/settings", {"bank_name": "Halyk"}),
            ("/api/v1/auth/profile", {"display_name": "Aliya"}),
        ):
            stale = await buyer.client.patch(path, json=body, headers={"If-Match": '"9"'})
            assert problem(stale, 409, "conflict")["meta"] == {"version": 1}
            ok(await buyer.client.patch(path, json=body, headers={"If-Match": '"1"'}))
