"""Registering and signing in."""

import asyncio

import pytest
from pwdlib.hashers.bcrypt import BcryptHasher

from karavan.modules.identity.passwords import PasswordHasher
from karavan.modules.identity.public import use_hasher
from tests.factories.accounts import CHEAP_ARGON2, PASSWORD, register, visitor
from tests.factories.mails import mails_to
from tests.modules.identity.test_addresses_and_passwords import CountingArgon2

REGISTER, LOGIN = "/api/v1/auth/register", "/api/v1/auth/login"


def body(**changes):
    return {
        "email": "dana@example.org",
        "password": PASSWORD,
        "organisation_name": "ТОО «Алматы Құрылыс»",
        "role": "buyer",
        **changes,
    }


async def post(app, path, json):
    async with visitor(app) as client:
        return await client.post(path, json=json)


async def counts(owner):
    tables = (
        "identity_users",
        "identity_passwords",
        "identity_sessions",
        "organisations_organisations",
        "organisations_memberships",
        "organisations_trading_profiles",
        "organisations_settings",
    )
    return [await owner.fetchval(f"select count(*) from {table}") for table in tables]


class TestRegister:
    async def test_everything_is_created_together(self, app, owner):
        answer = await post(app, REGISTER, body(display_name="Дана Сәбит", locale="kk"))
        assert answer.status_code == 201
        tokens = answer.json()
        assert await counts(owner) == [1, 1, 1, 1, 1, 1, 1]
        user = await owner.fetchrow("select * from identity_users")
        assert (user["email"], user["display_name"], user["locale"], user["platform_role"]) == (
            "dana@example.org",
            "Дана Сәбит",
            "kk",
            None,
        )
        assert user["email_verified_at"] is None
        organisation = await owner.fetchrow("select * from organisations_organisations")
        assert str(organisation["id"]) == tokens["organisation_id"]
        assert (
            organisation["name"],
            organisation["slug"],
            organisation["kind"],
            organisation["buys"],
            organisation["sells"],
            organisation["country"],
            organisation["currency"],
        ) == ("ТОО «Алматы Құрылыс»", "too-almaty-qurylys", "company", True, False, "KZ", "KZT")
        assert await owner.fetchval("select role from organisations_memberships") == "owner"
        assert await owner.fetchval("select side from organisations_trading_profiles") == "buyer"
        events = await owner.fetch("select type from kit_outbox_events order by sequence")
        assert [row["type"] for row in events] == ["user.registered", "organisation.created"]
        entry = await owner.fetchrow("select * from kit_audit_entries")
        assert entry["action"] == "organisation.create"
        assert (entry["actor_user_id"], entry["actor_name"], entry["ip"]) == (
            user["id"],
            "Дана Сәбит",
            "127.0.0.1",
        )
        welcome = (await mails_to(app, "dana@example.org", "welcome"))[0]
        assert welcome.locale == "kk"
        assert "ТОО «Алматы Құрылыс»" in welcome.words.text

    @pytest.mark.parametrize(
        ("role", "kind", "buys", "sells", "profiles"),
        [
            ("buyer", "company", True, False, ["buyer"]),
            ("vendor", "company", False, True, ["vendor"]),
            ("seller", "company", False, True, ["vendor"]),
            ("viewer", "company", False, False, []),
            ("customer", "personal", True, False, ["buyer"]),
        ],
    )
    async def test_what_each_role_means(self, app, owner, role, kind, buys, sells, profiles):
        answer = await post(app, REGISTER, body(role=role))
        assert answer.status_code == 201
        row = await owner.fetchrow(
            "select kind, buys, sells, interest from organisations_organisations"
        )
        assert tuple(row) == (kind, buys, sells, role)
        sides = await owner.fetch("select side from organisations_trading_profiles")
        assert [side["side"] for side in sides] == profiles
        assert await owner.fetchval("select role from organisations_memberships") == "owner"

    async def test_a_customer_needs_no_organisation_name(self, app, owner):
        request = body(role="customer")
        del request["organisation_name"]
        assert (await post(app, REGISTER, request)).status_code == 201
        assert await owner.fetchval("select name from organisations_organisations") == "dana"

    async def test_a_company_does(self, app, owner):
        request = body()
        del request["organisation_name"]
        answer = await post(app, REGISTER, request)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "organisation_name_missing"
        assert await counts(owner) == [0] * 7

    async def test_names_may_be_the_same(self, app, owner):
        for n in range(3):
            assert (await post(app, REGISTER, body(email=f"p{n}@example.org"))).status_code == 201
        slugs = await owner.fetch("select slug from organisations_organisations order by id")
        assert slugs[0]["slug"] == "too-almaty-qurylys"
        assert len({row["slug"] for row in slugs}) == 3

    @pytest.mark.parametrize(
        ("field", "value", "pointer"),
        [
            ("email", "nobody", "#/email"),
            ("email", "a\x00@example.org", "#/email"),
            ("email", "a" * 300 + "@example.org", "#/email"),
            ("password", "", "#/password"),
            ("password", "short", "#/password"),
            ("password", "x" * 129, "#/password"),
            ("password", "dana@example.org-1", "#/password"),
            ("organisation_name", "", "#/organisation_name"),
            ("organisation_name", "a\x00b", "#/organisation_name"),
            ("organisation_name", "x" * 201, "#/organisation_name"),
            ("organisation_name", "two\nlines", "#/organisation_name"),
            ("display_name", "x" * 101, "#/display_name"),
            ("display_name", "\x1b[31m", "#/display_name"),
            ("role", "owner", "#/role"),
            ("role", "superadmin", "#/role"),
            ("locale", "de", "#/locale"),
            ("country", "Kazakhstan", "#/country"),
            ("platform_role", "superadmin", "#/platform_role"),
        ],
    )
    async def test_bad_values_create_nothing(self, app, owner, field, value, pointer):
        answer = await post(app, REGISTER, body(**{field: value}))
        assert answer.status_code == 422
        assert answer.json()["code"] == "validation"
        assert pointer in [error["pointer"] for error in answer.json()["errors"]]
        assert await counts(owner) == [0] * 7

    @pytest.mark.parametrize(
        "password", ["nul\x00in-the-middle", "құпия сөзім ұзақ", "😀" * 4 + "abcdef"]
    )
    async def test_any_character_may_stand_in_a_password(self, app, password):
        assert (await post(app, REGISTER, body(password=password))).status_code == 201
        request = {"email": "dana@example.org", "password": password}
        assert (await post(app, LOGIN, request)).status_code == 200

    async def test_broken_unicode_is_refused(self, app, owner):
        async with visitor(app) as client:
            answer = await client.post(
                REGISTER,
                content=b'{"email":"a@example.org","password":"\\ud800\\ud800abcdefgh","role":"customer"}',
                headers={"content-type": "application/json"},
            )
        assert answer.status_code == 422
        assert await counts(owner) == [0] * 7

    async def test_twenty_at_once_make_one_account(self, app, owner):
        answers = await asyncio.gather(*(post(app, REGISTER, body()) for _ in range(8)))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["user_id"] for answer in answers}) == 1
        made = await counts(owner)
        assert made[0] == made[1] == made[3] == made[4] == 1
        assert made[2] == 8


class TestTakenAddress:
    async def test_the_right_password_signs_in(self, app, owner):
        person = await register(app, email="dana@example.org")
        answer = await post(app, REGISTER, body(email="DANA@Example.org", role="vendor"))
        assert answer.status_code == 201
        assert answer.json()["user_id"] == str(person.user_id)
        assert answer.json()["organisation_id"] == str(person.organisation_id)
        assert await owner.fetchval("select count(*) from organisations_organisations") == 1

    async def test_another_password_is_refused_and_the_owner_told_once_a_day(self, app, owner):
        await register(app, email="dana@example.org", locale="ru")
        before = await counts(owner)
        for _ in range(3):
            answer = await post(app, REGISTER, body(password="another-password-9"))
            assert answer.status_code == 403
            assert answer.json()["code"] == "identity.registration_refused"
            assert "set-cookie" not in answer.headers
        assert await counts(owner) == before
        notices = await mails_to(app, "dana@example.org", "notification")
        assert [notice.words.subject for notice in notices] == ["У вас уже есть аккаунт"]


class TestSignIn:
    async def test_with_cookies_and_a_body(self, app, settings):
        person = await register(app)
        async with visitor(app) as client:
            answer = await client.post(
                LOGIN, json={"email": person.email.upper(), "password": PASSWORD}
            )
            assert answer.status_code == 200
            tokens = answer.json()
            assert tokens["token_type"] == "Bearer"
            assert tokens["user_id"] == str(person.user_id)
            assert client.cookies["karavan_access"] == tokens["access_token"]
            assert client.cookies["karavan_refresh"] == tokens["refresh_token"]
            assert (await client.get("/api/v1/auth/me")).status_code == 200
        assert "Secure" not in answer.headers["set-cookie"]

    async def test_unknown_and_wrong_answer_alike_and_work_alike(self, app):
        person = await register(app)
        counted = CountingArgon2()
        use_hasher(PasswordHasher(counted, threads=1))
        try:
            wrong = await post(app, LOGIN, {"email": person.email, "password": "wrong-password"})
            after_wrong = counted.verified
            unknown = await post(
                app, LOGIN, {"email": "no@example.org", "password": "wrong-password"}
            )
            after_unknown = counted.verified
        finally:
            use_hasher(PasswordHasher(CHEAP_ARGON2))
        assert (after_wrong, after_unknown) == (1, 2)
        facts = [
            {k: v for k, v in answer.json().items() if k != "request_id"}
            for answer in (wrong, unknown)
        ]
        assert wrong.status_code == unknown.status_code == 401
        assert facts[0] == facts[1]
        assert facts[0]["code"] == "identity.invalid_credentials"

    async def test_a_refusal_starts_no_session(self, app, owner):
        person = await register(app)
        answer = await post(app, LOGIN, {"email": person.email, "password": "wrong"})
        assert "set-cookie" not in answer.headers
        assert await owner.fetchval("select count(*) from identity_sessions") == 1

    async def test_bcrypt_of_an_imported_account_is_renewed(self, app, owner):
        person = await register(app)
        await owner.execute(
            "update identity_passwords set password_hash = $1",
            BcryptHasher(rounds=4).hash(PASSWORD),
        )
        request = {"email": person.email, "password": PASSWORD}
        assert (await post(app, LOGIN, request)).status_code == 200
        stored = await owner.fetchval("select password_hash from identity_passwords")
        assert stored.startswith("$argon2id$")
        assert (await post(app, LOGIN, request)).status_code == 200

    async def test_somebody_without_a_password_cannot_sign_in_with_one(self, app, owner):
        person = await register(app)
        await owner.execute("delete from identity_passwords")
        request = {"email": person.email, "password": PASSWORD}
        assert (await post(app, LOGIN, request)).status_code == 401

    async def test_who_belongs_nowhere_any_more_gets_a_personal_organisation(self, app, owner):
        person = await register(app)
        await owner.execute("delete from organisations_memberships")
        assert (await person.client.get("/api/v1/auth/me")).status_code == 401
        answer = await post(app, LOGIN, {"email": person.email, "password": PASSWORD})
        assert answer.status_code == 200
        assert answer.json()["organisation_id"] != str(person.organisation_id)
        row = await owner.fetchrow(
            "select kind, name from organisations_organisations where id = $1",
            answer.json()["organisation_id"],
        )
        assert tuple(row) == ("personal", "Aigerim Nurlanova")

    async def test_production_cookies_are_secure(self, settings):
        from fastapi import Response

        from karavan.modules.identity.tokens import SessionTokens
        from karavan.modules.identity.web import set_session_cookies

        production = settings.model_copy(update={"environment": "production"})
        response = Response()
        from uuid import UUID

        ids = [UUID(int=n) for n in range(3)]
        set_session_cookies(response, production, SessionTokens("a", 60, "r", 600, *ids))
        for cookie in response.headers.getlist("set-cookie"):
            assert "Secure" in cookie
            assert "HttpOnly" in cookie
