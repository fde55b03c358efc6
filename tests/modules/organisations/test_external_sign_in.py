"""Signing in with Google, GitHub and Facebook, through the sandbox's own pages."""

import asyncio

import pytest

from tests.factories.accounts import PASSWORD, register, visitor
from tests.factories.consent import code_and_state, consent, fragment_of, land
from tests.factories.mails import mails_to

COMPLETE = "/api/v1/auth/oauth/complete-registration"
ME = "/api/v1/auth/me"
PROVIDERS = ["google", "github", "facebook"]


async def complete(app, token, **more):
    async with visitor(app) as client:
        return await client.post(
            COMPLETE,
            json={"token": token, "role": "buyer", "organisation_name": "Steppe Trade", **more},
        )


async def people(owner):
    return await owner.fetchval("select count(*) from identity_users")


async def test_providers_are_listed(client):
    answer = await client.get("/api/v1/auth/oauth/urls")
    assert answer.json() == {
        "providers": [
            {"name": "google", "label": "Google", "url": "/api/v1/auth/oauth/google/start"},
            {"name": "github", "label": "GitHub", "url": "/api/v1/auth/oauth/github/start"},
            {"name": "facebook", "label": "Facebook", "url": "/api/v1/auth/oauth/facebook/start"},
        ]
    }
    assert (await client.get("/api/v1/auth/oauth/myspace/start")).status_code == 404
    assert (await client.get("/api/v1/auth/oauth/myspace/callback")).status_code == 404


class TestNewcomer:
    @pytest.mark.parametrize("provider", PROVIDERS)
    async def test_chooses_a_role_and_comes_back(self, app, owner, provider):
        async with visitor(app) as browser:
            landed = await land(browser, provider, next_path="/app/requests?page=2")
        assert landed["status"] == "registration_required"
        assert (landed["email"], landed["name"], landed["next"]) == (
            "aigerim@example.org",
            "Aigerim Nurlanova",
            "/app/requests?page=2",
        )
        assert await people(owner) == 0
        answer = await complete(app, landed["token"])
        assert answer.status_code == 201, answer.text
        async with visitor(app, authorization=f"Bearer {answer.json()['access_token']}") as client:
            me = (await client.get(ME)).json()
        assert me["user"]["email"] == "aigerim@example.org"
        assert me["user"]["display_name"] == "Aigerim Nurlanova"
        assert me["user"]["email_verified"] is (provider != "facebook")
        assert me["organisation"]["name"] == "Steppe Trade"
        assert me["role"] == "owner"
        async with visitor(app) as browser:
            back = await land(browser, provider, next_path="/app/deals")
            assert back == {"status": "signed_in", "next": "/app/deals"}
            assert (await browser.get(ME)).json()["user"]["id"] == me["user"]["id"]
        assert await people(owner) == 1

    async def test_as_a_customer_needs_no_organisation(self, app, owner):
        async with visitor(app) as browser:
            landed = await land(browser, "google")
        answer = await complete(app, landed["token"], role="customer", organisation_name=None)
        assert answer.status_code == 201
        row = await owner.fetchrow("select kind, name from organisations_organisations")
        assert tuple(row) == ("personal", "Aigerim Nurlanova")

    async def test_the_token_is_good_once(self, app, owner):
        async with visitor(app) as browser:
            landed = await land(browser, "google")
        answers = await asyncio.gather(*(complete(app, landed["token"]) for _ in range(3)))
        assert {answer.status_code for answer in answers} <= {201, 403, 422}
        assert sum(answer.status_code == 201 for answer in answers) == 1
        later = await complete(app, landed["token"])
        assert (later.status_code, later.json()["code"]) == (422, "identity.registration_token")
        assert await people(owner) == 1

    @pytest.mark.parametrize("token", ["x", "a.b.c", "x" * 4096, "nul\x00"])
    async def test_forged_tokens(self, app, owner, token):
        answer = await complete(app, token)
        assert (answer.status_code, answer.json()["code"]) == (422, "identity.registration_token")
        assert await people(owner) == 0

    async def test_an_access_token_is_no_registration_token(self, app, owner):
        person = await register(app)
        assert (await complete(app, person.access_token)).status_code == 422

    async def test_without_an_address_one_is_asked_for_and_not_believed(self, app, owner):
        async with visitor(app) as browser:
            landed = await land(browser, "facebook", email="", name="Phone Person")
        assert "email" not in landed
        asked = await complete(app, landed["token"])
        assert asked.json()["errors"][0]["pointer"] == "#/email"
        answer = await complete(app, landed["token"], email="phone@example.org")
        assert answer.status_code == 201
        row = await owner.fetchrow("select email, email_verified_at from identity_users")
        assert tuple(row) == ("phone@example.org", None)


class TestKnownAddress:
    async def verified_person(self, app, owner):
        person = await register(app, email="aigerim@example.org")
        await owner.execute("update identity_users set email_verified_at = now()")
        return person

    @pytest.mark.parametrize("provider", ["google", "github"])
    async def test_verified_on_both_sides_signs_in_and_links(self, app, owner, provider):
        person = await self.verified_person(app, owner)
        async with visitor(app) as browser:
            assert (await land(browser, provider))["status"] == "signed_in"
            assert (await browser.get(ME)).json()["user"]["id"] == str(person.user_id)
        row = await owner.fetchrow("select provider, user_id from identity_oauth_identities")
        assert tuple(row) == (provider, person.user_id)
        assert await owner.fetchval(
            "select after->>'provider' from kit_audit_entries where action = 'user.link_provider'"
        ) == (provider)
        # The subject identifies from now on, whatever becomes of the address there.
        await owner.execute("update identity_users set email_key = 'new@example.org'")
        async with visitor(app) as browser:
            assert (await land(browser, provider))["status"] == "signed_in"

    @pytest.mark.parametrize(
        ("provider", "verified"), [("google", False), ("github", False), ("facebook", True)]
    )
    async def test_an_address_the_provider_does_not_vouch_for_opens_nothing(
        self, app, owner, provider, verified
    ):
        await self.verified_person(app, owner)
        async with visitor(app) as browser:
            known = await land(browser, provider, verified=verified)
            unknown = await land(browser, provider, verified=verified, email="no@example.org")
        assert known["status"] == unknown["status"] == "registration_required"
        assert await owner.fetchval("select count(*) from identity_oauth_identities") == 0
        refused = await complete(app, known["token"], email="aigerim@example.org")
        assert (refused.status_code, refused.json()["code"]) == (
            403,
            "identity.registration_refused",
        )
        assert await people(owner) == 1
        assert len(await mails_to(app, "aigerim@example.org", "notification")) == 1

    async def test_an_account_that_never_proved_the_address_is_linked_by_its_password(
        self, app, owner
    ):
        person = await register(app, email="aigerim@example.org")
        async with visitor(app) as browser:
            landed = await land(browser, "google")
            assert "karavan_access" not in browser.cookies
        assert (landed["status"], landed["code"], landed["email"]) == (
            "error",
            "identity.oauth_link_required",
            "aigerim@example.org",
        )
        async with visitor(app) as client:
            wrong = await client.post(
                "/api/v1/auth/login",
                json={
                    "email": person.email,
                    "password": "wrong-password",
                    "link_token": landed["link_token"],
                },
            )
            assert wrong.status_code == 401
            assert await owner.fetchval("select count(*) from identity_oauth_identities") == 0
            right = await client.post(
                "/api/v1/auth/login",
                json={
                    "email": person.email,
                    "password": PASSWORD,
                    "link_token": landed["link_token"],
                },
            )
            assert right.status_code == 200
        async with visitor(app) as browser:
            assert (await land(browser, "google"))["status"] == "signed_in"

    async def test_the_same_person_at_two_providers_is_one_account(self, app, owner):
        async with visitor(app) as browser:
            landed = await land(browser, "google")
        assert (await complete(app, landed["token"])).status_code == 201
        async with visitor(app) as browser:
            assert (await land(browser, "github"))["status"] == "signed_in"
        assert await people(owner) == 1
        assert await owner.fetchval("select count(*) from identity_oauth_identities") == 2

    async def test_somebody_without_a_password_sets_a_first_one(self, app):
        async with visitor(app) as browser:
            landed = await land(browser, "google")
        tokens = (await complete(app, landed["token"])).json()
        async with visitor(app, authorization=f"Bearer {tokens['access_token']}") as client:
            answer = await client.post(
                "/api/v1/auth/change-password", json={"new_password": "silk-road-lantern-7"}
            )
            assert answer.status_code == 204
        async with visitor(app) as client:
            answer = await client.post(
                "/api/v1/auth/login",
                json={"email": "aigerim@example.org", "password": "silk-road-lantern-7"},
            )
            assert answer.status_code == 200


class TestState:
    async def test_declining(self, app, owner):
        async with visitor(app) as browser:
            landed = await land(browser, "google", decision="deny")
        assert landed == {"status": "error", "code": "identity.oauth_denied", "provider": "google"}
        assert await owner.fetchval("select count(*) from identity_oauth_states") == 0

    async def test_of_another_browser(self, app, owner):
        """Who is lured into finishing a sign-in that somebody else began signs in as nobody."""
        async with visitor(app) as attacker:
            callback = await consent(attacker, "google")
        async with visitor(app) as victim:
            await victim.get("/api/v1/auth/oauth/google/start")
            landed = fragment_of(await victim.get(callback))
            assert (landed["status"], landed["code"]) == ("error", "identity.oauth_state")
            assert "karavan_access" not in victim.cookies

    async def test_without_the_cookie(self, app):
        async with visitor(app) as browser:
            callback = await consent(browser, "google")
        async with visitor(app) as other:
            assert fragment_of(await other.get(callback))["code"] == "identity.oauth_state"

    async def test_is_used_up(self, app):
        async with visitor(app) as browser:
            callback = await consent(browser, "github")
            assert fragment_of(await browser.get(callback))["status"] == "registration_required"
            assert fragment_of(await browser.get(callback))["code"] == "identity.oauth_state"

    async def test_expires(self, app, owner):
        async with visitor(app) as browser:
            callback = await consent(browser, "google")
            await owner.execute("update identity_oauth_states set expires_at = now()")
            assert fragment_of(await browser.get(callback))["code"] == "identity.oauth_state"

    async def test_of_another_provider(self, app):
        async with visitor(app) as browser:
            callback = await consent(browser, "google")
            mixed = callback.replace("/oauth/google/", "/oauth/github/")
            assert fragment_of(await browser.get(mixed))["code"] == "identity.oauth_state"

    @pytest.mark.parametrize(
        "query", ["", "?code=x", "?state=x&code=x", "?error=access_denied", "?state=%F0%9F%98%80"]
    )
    async def test_nonsense(self, client, query):
        answer = await client.get(f"/api/v1/auth/oauth/google/callback{query}")
        assert fragment_of(answer)["code"] == "identity.oauth_state"

    async def test_two_tabs_of_one_browser(self, app):
        async with visitor(app) as browser:
            first, second = await consent(browser, "google"), await consent(browser, "github")
            for callback in (first, second):
                assert fragment_of(await browser.get(callback))["status"] == "registration_required"

    async def test_a_code_stolen_on_its_way_is_worth_nothing_without_the_verifier(self, app):
        async with visitor(app) as victim:
            stolen = code_and_state(await consent(victim, "google"))["code"]
        async with visitor(app) as thief:
            own = code_and_state(await consent(thief, "google"))["state"]
            landed = fragment_of(
                await thief.get(
                    "/api/v1/auth/oauth/google/callback", params={"code": stolen, "state": own}
                )
            )
        assert (landed["status"], landed["code"]) == ("error", "identity.oauth_refused")

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/a\r\nset-cookie: x=1",
            "",
        ],
    )
    async def test_never_leads_elsewhere(self, app, elsewhere):
        async with visitor(app) as browser:
            landed = await land(browser, "google", next_path=elsewhere or None)
        assert landed["next"] == "/app"


class TestExchange:
    async def test_a_client_takes_the_code_itself(self, app, owner):
        async with visitor(app) as browser:
            answer = code_and_state(await consent(browser, "google"))
            first = await browser.post("/api/v1/auth/oauth/google/callback", json=answer)
            assert first.status_code == 200
            assert first.json()["status"] == "registration_required"
            assert first.json()["tokens"] is None
            assert first.json()["email"] == "aigerim@example.org"
            token = first.json()["registration_token"]
            assert (await complete(app, token)).status_code == 201
            answer = code_and_state(await consent(browser, "google"))
            second = await browser.post("/api/v1/auth/oauth/google/callback", json=answer)
            assert second.json()["status"] == "signed_in"
            assert second.json()["tokens"]["user_id"]
            assert browser.cookies["karavan_access"] == second.json()["tokens"]["access_token"]

    async def test_refusals_are_problems(self, app):
        async with visitor(app) as browser:
            answer = code_and_state(await consent(browser, "google"))
            wrong = await browser.post(
                "/api/v1/auth/oauth/google/callback", json={**answer, "code": "nonsense"}
            )
        assert (wrong.status_code, wrong.json()["code"]) == (403, "identity.oauth_refused")
