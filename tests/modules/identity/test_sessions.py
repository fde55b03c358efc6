"""Sessions: refresh, reuse, list, end, sign out."""

import asyncio
import hashlib

import pytest

from tests.factories.accounts import register, sign_in, visitor

REFRESH = "/api/v1/auth/refresh"
ME = "/api/v1/auth/me"


async def rotate(app, refresh_token):
    async with visitor(app) as client:
        return await client.post(REFRESH, json={"refresh_token": refresh_token})


async def rotate_cookie(app, refresh_token):
    async with visitor(app, cookie=f"karavan_refresh={refresh_token}") as client:
        return await client.post(REFRESH)


async def age_used_tokens(owner):
    """As if the used tokens had been used a minute ago: beyond the grace for tabs that refresh at once."""
    await owner.execute(
        "update identity_refresh_tokens set used_at = used_at - interval '1 minute'"
    )


class TestRefresh:
    async def test_rotates(self, app, owner):
        person = await register(app)
        answer = await rotate(app, person.refresh_token)
        assert answer.status_code == 200
        tokens = answer.json()
        assert tokens["user_id"] == str(person.user_id)
        assert tokens["organisation_id"] == str(person.organisation_id)
        assert tokens["expires_in"] == 1800
        assert tokens["refresh_expires_in"] == 604800
        assert tokens["refresh_token"] != person.refresh_token
        async with visitor(app, authorization=f"Bearer {tokens['access_token']}") as client:
            assert (await client.get(ME)).status_code == 200
        again = await rotate(app, tokens["refresh_token"])
        assert again.status_code == 200
        assert await owner.fetchval("select count(*) from identity_refresh_tokens") == 3
        assert await owner.fetchval("select count(*) from identity_sessions") == 1

    async def test_only_hashes_are_stored(self, app, owner):
        person = await register(app)
        stored = await owner.fetchval("select token_hash from identity_refresh_tokens")
        assert stored == hashlib.sha256(person.refresh_token.encode()).digest()

    async def test_reuse_ends_the_session_for_both(self, app, owner):
        person = await register(app)
        second = (await rotate(app, person.refresh_token)).json()
        refused = await rotate(app, person.refresh_token)
        assert refused.status_code == 401
        assert refused.json()["code"] == "identity.session_ended"
        row = await owner.fetchrow("select ended_at, end_reason from identity_sessions")
        assert row["ended_at"] is not None
        assert row["end_reason"] == "refresh_token_reused"
        assert (await rotate(app, second["refresh_token"])).status_code == 401
        assert (await person.client.get(ME)).status_code == 401
        assert (
            await owner.fetchval(
                "select count(*) from kit_outbox_events where type = 'session.ended'"
            )
            == 1
        )

    async def test_a_cookie_that_was_copied_ends_the_session_too(self, app, owner):
        person = await register(app)
        assert (await rotate_cookie(app, person.refresh_token)).status_code == 200
        await age_used_tokens(owner)
        assert (await rotate_cookie(app, person.refresh_token)).status_code == 401
        assert await owner.fetchval("select end_reason from identity_sessions") == (
            "refresh_token_reused"
        )

    async def test_an_old_cookie_is_reuse_even_at_once_when_its_successor_was_used(
        self, app, owner
    ):
        person = await register(app)
        second = (await rotate_cookie(app, person.refresh_token)).cookies["karavan_refresh"]
        assert (await rotate_cookie(app, second)).status_code == 200
        assert (await rotate_cookie(app, person.refresh_token)).status_code == 401
        assert await owner.fetchval("select end_reason from identity_sessions") == (
            "refresh_token_reused"
        )

    async def test_two_tabs_at_once_get_one_successor(self, app, owner):
        person = await register(app)
        answers = await asyncio.gather(
            *(rotate_cookie(app, person.refresh_token) for _ in range(4))
        )
        assert [answer.status_code for answer in answers] == [200] * 4
        assert len({answer.cookies["karavan_refresh"] for answer in answers}) == 1
        assert await owner.fetchval("select count(*) from identity_refresh_tokens") == 2
        assert await owner.fetchval("select ended_at from identity_sessions") is None

    @pytest.mark.parametrize("given", ["unknown", "x" * 4096, "\u00e9\u4e2d", "nul\x00"])
    async def test_unknown_tokens_are_refused(self, app, owner, given):
        await register(app)
        answer = await rotate(app, given)
        assert answer.status_code == 401
        assert answer.json()["code"] == "identity.session_ended"
        assert await owner.fetchval("select ended_at from identity_sessions") is None

    async def test_nothing_given(self, app):
        async with visitor(app) as client:
            assert (await client.post(REFRESH)).status_code == 401
            assert (await client.post(REFRESH, json={})).status_code == 401

    async def test_expired_sessions_are_refused(self, app, owner):
        person = await register(app)
        await owner.execute("update identity_sessions set expires_at = now()")
        assert (await rotate(app, person.refresh_token)).status_code == 401
        assert (await person.client.get(ME)).status_code == 401

    async def test_by_cookie_the_body_holds_no_refresh_token(self, app, settings):
        client = visitor(app)
        body = {"email": "a@example.org", "password": "steppe-caravan-42", "role": "customer"}
        await client.post("/api/v1/auth/register", json=body)
        answer = await client.post(REFRESH)
        assert answer.status_code == 200
        assert answer.json()["refresh_token"] is None
        cookies = answer.headers.get_list("set-cookie")
        assert len(cookies) == 2
        access, refresh = cookies
        assert access.startswith("karavan_access=ey")
        assert "HttpOnly; Max-Age=1800; Path=/; SameSite=lax" in access
        assert refresh.startswith("karavan_refresh=")
        assert "HttpOnly; Max-Age=604800; Path=/api/v1/auth; SameSite=lax" in refresh
        assert (await client.post(REFRESH)).status_code == 200

    async def test_refresh_from_another_site_is_refused(self, app):
        client = visitor(app)
        body = {"email": "a@example.org", "password": "steppe-caravan-42", "role": "customer"}
        await client.post("/api/v1/auth/register", json=body)
        refused = await client.post(REFRESH, headers={"origin": "https://evil.example"})
        assert refused.status_code == 403
        assert refused.json()["code"] == "cross_site"
        assert refused.json()["title"] == "The request came from another site."
        assert refused.json()["meta"] == {"origin": "https://evil.example"}


class TestList:
    async def test_latest_first_with_the_current_marked(self, app, owner):
        person = await register(app)
        firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        async with visitor(app) as client:
            answer = await client.post(
                "/api/v1/auth/login",
                json={"email": person.email, "password": person.password},
                headers={"user-agent": firefox},
            )
        assert answer.status_code == 200
        items = (await person.client.get("/api/v1/auth/sessions")).json()["items"]
        assert [(item["device"], item["current"], item["ip"]) for item in items] == [
            ("Firefox on Linux", False, "127.0.0.1"),
            ("Python", True, "127.0.0.1"),
        ]

    async def test_only_ones_own(self, app):
        person, stranger = await register(app), await register(app)
        items = (await person.client.get("/api/v1/auth/sessions")).json()["items"]
        assert len(items) == 1
        other = (await stranger.client.get("/api/v1/auth/sessions")).json()["items"][0]["id"]
        assert (await person.client.delete(f"/api/v1/auth/sessions/{other}")).status_code == 404
        assert (await stranger.client.get(ME)).status_code == 200

    @pytest.mark.parametrize(
        "user_agent", [b"\xff\xfe\x80 odd", b"x" * 3000, "Мозилла".encode(), b""]
    )
    async def test_odd_user_agents(self, app, owner, user_agent):
        async with visitor(app) as client:
            answer = await client.post(
                "/api/v1/auth/register",
                json={
                    "email": "a@example.org",
                    "password": "steppe-caravan-42",
                    "role": "customer",
                },
                headers=[(b"user-agent", user_agent)],
            )
        assert answer.status_code == 201
        stored = await owner.fetchval("select user_agent from identity_sessions")
        assert stored.isascii()
        assert len(stored) <= 512

    async def test_ending_one_takes_effect_at_once(self, app, owner):
        person = await register(app)
        other = await sign_in(person)
        items = (await person.client.get("/api/v1/auth/sessions")).json()["items"]
        target = next(item["id"] for item in items if not item["current"])
        assert (await other.client.get(ME)).status_code == 200
        assert (await person.client.delete(f"/api/v1/auth/sessions/{target}")).status_code == 204
        assert (await other.client.get(ME)).status_code == 401
        assert (await rotate(app, other.refresh_token)).status_code == 401
        assert (await person.client.get(ME)).status_code == 200
        assert (await person.client.delete(f"/api/v1/auth/sessions/{target}")).status_code == 404
        entry = await owner.fetchrow(
            "select actor_user_id, target_label from kit_audit_entries where action = 'session.end'"
        )
        assert tuple(entry) == (person.user_id, "Python")

    async def test_streams_of_an_ended_session_are_told(self, app, owner, drain):
        person = await register(app)
        assert (await person.client.post("/api/v1/auth/logout")).status_code == 204
        await drain()
        row = await owner.fetchrow(
            "select organisation_id, user_id, topic from kit_realtime_events where topic = 'session.ended'"
        )
        assert tuple(row) == (None, person.user_id, "session.ended")


class TestSignOut:
    async def test_with_a_bearer_token(self, app, owner):
        person = await register(app)
        answer = await person.client.post("/api/v1/auth/logout")
        assert answer.status_code == 204
        assert [c.split(";")[0] for c in answer.headers.get_list("set-cookie")] == [
            'karavan_access=""',
            'karavan_refresh=""',
        ]
        assert (await person.client.get(ME)).status_code == 401
        assert await owner.fetchval("select end_reason from identity_sessions") == "signed_out"

    async def test_with_an_expired_access_token_the_refresh_token_serves(self, app, owner):
        person = await register(app)
        async with visitor(app) as client:
            answer = await client.post(
                "/api/v1/auth/logout", json={"refresh_token": person.refresh_token}
            )
        assert answer.status_code == 204
        assert (await rotate(app, person.refresh_token)).status_code == 401

    async def test_by_cookie(self, app):
        client = visitor(app)
        body = {"email": "a@example.org", "password": "steppe-caravan-42", "role": "customer"}
        await client.post("/api/v1/auth/register", json=body)
        assert (await client.get(ME)).status_code == 200
        assert (await client.post("/api/v1/auth/logout")).status_code == 204
        assert dict(client.cookies) == {}

    async def test_of_nobody_succeeds(self, client):
        assert (await client.post("/api/v1/auth/logout")).status_code == 204


class TestLastUse:
    """The list of sessions tells when each was last used, and reading hardly ever writes for it."""

    LISTED = "select last_used_at from identity_sessions"

    async def test_is_noted_once_in_five_minutes(self, app, owner):
        person = await register(app)
        await owner.execute(
            "update identity_sessions set last_used_at = now() - interval '4 minutes'"
        )
        before = await owner.fetchval(self.LISTED)
        await person.client.get(ME)
        assert await owner.fetchval(self.LISTED) == before
        await owner.execute(
            "update identity_sessions set last_used_at = now() - interval '6 minutes'"
        )
        await person.client.get(ME)
        noted = await owner.fetchval(self.LISTED)
        assert await owner.fetchval("select now() - $1 < interval '1 minute'", noted)
        await person.client.get(ME)
        assert await owner.fetchval(self.LISTED) == noted
        (shown,) = (await person.client.get("/api/v1/auth/sessions")).json()["items"]
        assert shown["last_used_at"] == noted.isoformat().replace("+00:00", "Z")

    async def test_waits_for_nobody(self, app, owner):
        person = await register(app)
        await owner.execute("update identity_sessions set last_used_at = now() - interval '1 hour'")
        async with owner.transaction():
            await owner.execute("select 1 from identity_sessions for update")
            async with asyncio.timeout(3):
                assert (await person.client.get(ME)).status_code == 200
