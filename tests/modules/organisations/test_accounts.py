"""Who one is: me, profile, switching, demonstration accounts."""

import asyncio

import pytest

from karavan.app import create_app
from tests.factories.accounts import PASSWORD, add_member, register, sign_in, visitor

ME, PROFILE, SWITCH = "/api/v1/auth/me", "/api/v1/auth/profile", "/api/v1/auth/switch"


class TestMe:
    async def test_shape(self, app):
        person = await register(app, organisation_name="Steppe Trade", role="vendor", country="RU")
        answer = await person.client.get(ME)
        assert answer.status_code == 200
        me = answer.json()
        assert sorted(me) == [
            "memberships",
            "organisation",
            "permissions",
            "platform_role",
            "role",
            "user",
        ]
        created_at = me["user"].pop("created_at")
        assert created_at.endswith("Z")
        assert me["user"] == {
            "id": str(person.user_id),
            "email": person.email,
            "email_verified": False,
            "display_name": "Aigerim Nurlanova",
            "locale": "en",
            "theme": "system",
            "avatar_url": None,
            "version": 1,
        }
        assert me["organisation"] == {
            "id": str(person.organisation_id),
            "name": "Steppe Trade",
            "slug": "steppe-trade",
            "kind": "company",
            "interest": "vendor",
            "buys": False,
            "sells": True,
            "country": "RU",
            "currency": "RUB",
            "logo_url": None,
        }
        assert me["role"] == "owner"
        assert me["platform_role"] is None
        assert me["memberships"] == [
            {
                "organisation_id": str(person.organisation_id),
                "organisation_name": "Steppe Trade",
                "role": "owner",
            }
        ]
        assert "members:manage" in me["permissions"]
        assert me["permissions"] == sorted(me["permissions"])
        assert (await person.client.get("/api/v1/users/me")).json()["role"] == "owner"

    async def test_permissions_follow_the_role(self, app):
        owner = await register(app)
        viewer = await add_member(owner, "viewer")
        me = (await viewer.client.get(ME)).json()
        assert me["role"] == "viewer"
        assert "members:read" in me["permissions"]
        assert "members:manage" not in me["permissions"]
        assert "organisation:update" not in me["permissions"]

    async def test_signed_out(self, client):
        for path in (ME, PROFILE, "/api/v1/users/me", "/api/v1/auth/sessions"):
            answer = await client.get(path)
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


class TestProfile:
    @pytest.mark.parametrize(
        ("method", "path"),
        [("PATCH", PROFILE), ("PUT", PROFILE), ("PATCH", "/api/v1/users/profile")],
    )
    async def test_changes_what_is_named(self, app, owner, method, path):
        person = await register(app)
        answer = await person.client.request(
            method, path, json={"display_name": "Айгерім", "theme": "dark"}
        )
        assert answer.status_code == 200, answer.text
        profile = answer.json()
        assert (
            profile["display_name"],
            profile["theme"],
            profile["locale"],
            profile["version"],
            profile["role"],
            profile["organisation"]["id"],
        ) == ("Айгерім", "dark", "en", 2, "owner", str(person.organisation_id))
        assert (await person.client.get(PROFILE)).json() == profile
        entry = await owner.fetchrow(
            "select before::text, after::text from kit_audit_entries where action = 'user.update'"
        )
        assert eval(entry["before"]) == {"display_name": "Aigerim Nurlanova", "theme": "system"}
        assert eval(entry["after"]) == {"display_name": "Айгерім", "theme": "dark"}

    async def test_nothing_changed_writes_nothing(self, app, owner):
        person = await register(app)
        answer = await person.client.patch(PROFILE, json={"locale": "en"})
        assert answer.json()["version"] == 1
        assert not await owner.fetchval(
            "select exists(select from kit_audit_entries where action = 'user.update')"
        )

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"display_name": ""}, "#/display_name"),
            ({"display_name": None}, "#/display_name"),
            ({"display_name": "a\x00b"}, "#/display_name"),
            ({"display_name": "x" * 101}, "#/display_name"),
            ({"locale": "fr"}, "#/locale"),
            ({"theme": None}, "#/theme"),
            ({"email": "other@example.org"}, "#/email"),
            ({"platform_role": "superadmin"}, "#/platform_role"),
            ({"version": 2**70}, "#/version"),
        ],
    )
    async def test_bad_values(self, app, change, pointer):
        person = await register(app)
        before = (await person.client.get(PROFILE)).json()
        answer = await person.client.patch(PROFILE, json={"locale": "kk", **change})
        assert answer.status_code == 422
        assert pointer in [error["pointer"] for error in answer.json()["errors"]]
        assert (await person.client.get(PROFILE)).json() == before

    async def test_another_version_is_a_conflict(self, app):
        person = await register(app)
        await person.client.patch(PROFILE, json={"locale": "ru", "version": 1})
        answer = await person.client.patch(PROFILE, json={"locale": "kk", "version": 1})
        assert (answer.status_code, answer.json()["meta"]) == (409, {"version": 2})
        assert (await person.client.get(PROFILE)).json()["locale"] == "ru"


class TestSwitch:
    async def test_between_ones_own_organisations(self, app):
        person = await register(app, organisation_name="First")
        opened = await person.client.post(
            "/api/v1/organisations", json={"name": "Second", "role": "vendor"}
        )
        assert opened.status_code == 201, opened.text
        second = opened.json()["id"]
        assert opened.json()["sells"] is True
        assert (await person.client.get(ME)).json()["organisation"]["name"] == "First"
        answer = await person.client.post(SWITCH, json={"organisation_id": second})
        assert answer.status_code == 200
        assert answer.json()["organisation_id"] == second
        assert answer.json()["refresh_token"] is None
        switched = visitor(app, authorization=f"Bearer {answer.json()['access_token']}")
        me = (await switched.get(ME)).json()
        assert me["organisation"]["name"] == "Second"
        assert [m["organisation_name"] for m in me["memberships"]] == ["First", "Second"]
        async with visitor(app) as client:
            refreshed = await client.post(
                "/api/v1/auth/refresh", json={"refresh_token": person.refresh_token}
            )
        assert refreshed.json()["organisation_id"] == second
        again = await sign_in(person)
        assert str(again.organisation_id) == second

    async def test_not_into_a_strangers(self, app):
        person, stranger = await register(app), await register(app)
        for target in (stranger.organisation_id, "00000000-0000-7000-8000-000000000000"):
            answer = await person.client.post(SWITCH, json={"organisation_id": str(target)})
            assert answer.status_code == 404
        assert (await person.client.get(ME)).json()["organisation"]["id"] == str(
            person.organisation_id
        )

    async def test_a_token_for_a_strangers_organisation_is_worth_nothing(self, app, settings):
        from karavan.modules.identity.tokens import credentials_of_token, issue_access_token

        person, stranger = await register(app), await register(app)
        session_id = credentials_of_token(settings, person.access_token).session_id
        forged = issue_access_token(
            settings,
            user_id=person.user_id,
            organisation_id=stranger.organisation_id,
            session_id=session_id,
        )
        async with visitor(app, authorization=f"Bearer {forged}") as client:
            assert (await client.get(ME)).status_code == 401
        other = issue_access_token(
            settings,
            user_id=stranger.user_id,
            organisation_id=stranger.organisation_id,
            session_id=session_id,
        )
        async with visitor(app, authorization=f"Bearer {other}") as client:
            assert (await client.get(ME)).status_code == 401


class TestDemoAccounts:
    async def test_in_development(self, app, owner, client):
        assert (await client.get("/api/v1/auth/demo-accounts")).json() == {"items": []}
        person = await register(app, organisation_name="Demo Inc")
        await register(app)
        await owner.execute(
            "update identity_users set is_demo = true where id = $1", person.user_id
        )
        answer = await client.get("/api/v1/auth/demo-accounts")
        assert answer.json() == {
            "items": [
                {
                    "email": person.email,
                    "password": "karavan-demo-2026",
                    "display_name": "Aigerim Nurlanova",
                    "role": "owner",
                    "platform_role": None,
                    "organisation_name": "Demo Inc",
                }
            ]
        }

    async def test_not_in_production(self, settings, owner):
        production = settings.model_copy(update={"environment": "production"})
        app = create_app(production)
        async with app.router.lifespan_context(app), visitor(app) as client:
            assert (await client.get("/api/v1/auth/demo-accounts")).status_code == 404
            assert (await client.get("/api/v1/auth/oauth/urls")).json() == {"providers": []}
            assert (await client.get("/dev/oauth/google/authorize")).status_code == 404


async def test_hot_path_is_one_statement(app, database, settings):
    """The guard of every request asks the database once."""
    from starlette.requests import Request

    from karavan.kit.authz import Credentials
    from karavan.kit.scopes import Scope
    from karavan.modules.identity.tokens import credentials_of_token
    from karavan.modules.organisations.public import resolve_actor

    person = await register(app)
    credentials: Credentials = credentials_of_token(settings, person.access_token)
    request = Request(
        {"type": "http", "headers": [], "client": ("203.0.113.7", 1), "app": app, "state": {}}
    )
    statements: list[str] = []
    async with database.transaction(
        Scope(credentials.organisation_id, credentials.user_id)
    ) as session:
        raw = await (await session.connection()).get_raw_connection()
        raw.driver_connection.add_query_logger(lambda record: statements.append(record.query))
        actor = await resolve_actor(session, credentials, request)
        await asyncio.sleep(0)
        assert len(statements) == 1
    assert (actor.user_id, actor.role, actor.ip, actor.email) == (
        person.user_id,
        "owner",
        "203.0.113.7",
        person.email,
    )
    assert PASSWORD not in repr(actor)
