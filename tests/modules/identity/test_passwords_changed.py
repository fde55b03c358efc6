"""Forgotten and changed passwords."""

import asyncio

import pytest

from tests.factories.accounts import PASSWORD, register, sign_in, visitor
from tests.factories.mails import code_of, mails_to

ME = "/api/v1/auth/me"
NEW_PASSWORD = "silk-road-lantern-7"


async def post(app, path, body):
    async with visitor(app) as client:
        return await client.post(f"/api/v1/auth/{path}", json=body)


async def request_reset(app, drain, email):
    answer = await post(app, "request-password-reset", {"email": email})
    assert answer.status_code == 202
    await drain()
    return answer


async def reset_token_of(app, drain, email):
    await request_reset(app, drain, email)
    code = await code_of(app, email)
    answer = await post(app, "verify-reset-code", {"email": email, "code": code})
    assert answer.status_code == 200, answer.text
    return answer.json()["reset_token"]


async def login_status(app, email, password):
    return (await post(app, "login", {"email": email, "password": password})).status_code


class TestReset:
    async def test_the_whole_way(self, app, owner, drain):
        person = await register(app)
        other = await sign_in(person)
        token = await reset_token_of(app, drain, person.email)
        answer = await post(app, "reset-password", {"reset_token": token, "password": NEW_PASSWORD})
        assert answer.status_code == 204
        assert await login_status(app, person.email, PASSWORD) == 401
        assert await login_status(app, person.email, NEW_PASSWORD) == 200
        for client in (person.client, other.client):
            assert (await client.get(ME)).status_code == 401
        assert await owner.fetchval("select email_verified_at from identity_users") is not None
        actions = await owner.fetch(
            "select action from kit_audit_entries where action like 'password%'"
        )
        assert [row["action"] for row in actions] == ["password.reset"]
        assert (
            await owner.fetchval(
                "select payload->>'how' from kit_outbox_events where type = 'password.changed'"
            )
            == "reset"
        )
        notice = (await mails_to(app, person.email, "notification"))[0]
        assert notice.words.subject == "Your password was changed"

    async def test_known_and_unknown_addresses_answer_alike(self, app, owner, drain):
        person = await register(app)
        known = await post(app, "request-password-reset", {"email": person.email})
        unknown = await post(app, "request-password-reset", {"email": "nobody@example.org"})
        assert known.status_code == unknown.status_code == 202
        assert known.json() == unknown.json() == {"status": "accepted"}
        await drain()
        assert len(await mails_to(app, person.email, "password_reset")) == 1
        assert await mails_to(app, "nobody@example.org") == []
        wrong = await post(app, "verify-reset-code", {"email": person.email, "code": "000000x"})
        nobody = await post(
            app, "verify-reset-code", {"email": "nobody@example.org", "code": "000000x"}
        )
        facts = [
            {k: v for k, v in answer.json().items() if k != "request_id"}
            for answer in (wrong, nobody)
        ]
        assert wrong.status_code == nobody.status_code == 422
        assert facts[0] == facts[1]
        assert facts[0]["code"] == "identity.invalid_code"
        assert facts[0]["errors"][0]["pointer"] == "#/code"

    async def test_the_code_stands_nowhere_in_clear(self, app, owner, drain):
        person = await register(app)
        await request_reset(app, drain, person.email)
        code = await code_of(app, person.email)
        row = await owner.fetchrow("select * from identity_reset_codes")
        assert len(row["code_hash"]) == 32
        assert code not in str(dict(row))
        arguments = await owner.fetch("select args::text from jobs.procrastinate_jobs")
        assert arguments
        assert all(code not in row[0] and person.email not in row[0] for row in arguments)

    async def test_guessing_ends_after_five_tries_even_at_once(self, app, owner, drain):
        person = await register(app)
        await request_reset(app, drain, person.email)
        code = await code_of(app, person.email)
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        answers = await asyncio.gather(
            *(
                post(app, "verify-reset-code", {"email": person.email, "code": wrong})
                for _ in range(12)
            )
        )
        assert {answer.status_code for answer in answers} == {422}
        assert await owner.fetchval("select attempts from identity_reset_codes") == 5
        late = await post(app, "verify-reset-code", {"email": person.email, "code": code})
        assert late.status_code == 422
        assert await login_status(app, person.email, PASSWORD) == 200

    async def test_a_right_code_is_good_once_even_at_once(self, app, drain):
        person = await register(app)
        await request_reset(app, drain, person.email)
        body = {"email": person.email, "code": await code_of(app, person.email)}
        answers = await asyncio.gather(*(post(app, "verify-reset-code", body) for _ in range(5)))
        assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422, 422]

    async def test_codes_expire_and_are_replaced(self, app, owner, drain):
        person = await register(app)
        await request_reset(app, drain, person.email)
        first = await code_of(app, person.email)
        await request_reset(app, drain, person.email)
        second = await code_of(app, person.email)
        if first != second:
            body = {"email": person.email, "code": first}
            assert (await post(app, "verify-reset-code", body)).status_code == 422
        await owner.execute("update identity_reset_codes set expires_at = now()")
        body = {"email": person.email, "code": second}
        assert (await post(app, "verify-reset-code", body)).status_code == 422

    async def test_five_codes_an_hour_and_no_more(self, app, owner, drain):
        person = await register(app)
        for _ in range(7):
            await request_reset(app, drain, person.email)
        assert len(await mails_to(app, person.email, "password_reset")) == 5
        await owner.execute(
            "update identity_reset_codes set created_at = created_at - interval '61 min'"
        )
        await request_reset(app, drain, person.email)
        assert len(await mails_to(app, person.email, "password_reset")) == 6

    async def test_a_weak_password_leaves_the_token_good(self, app, drain):
        person = await register(app)
        token = await reset_token_of(app, drain, person.email)
        weak = await post(app, "reset-password", {"reset_token": token, "password": "password123"})
        assert weak.status_code == 422
        assert weak.json()["errors"] == [
            {
                "pointer": "#/password",
                "code": "password.too_common",
                "detail": "This password is among the first to be tried.",
            }
        ]
        good = {"reset_token": token, "password": NEW_PASSWORD}
        assert (await post(app, "reset-password", good)).status_code == 204

    async def test_a_token_is_good_once_and_for_ten_minutes(self, app, owner, drain):
        person = await register(app)
        token = await reset_token_of(app, drain, person.email)
        bodies = [{"reset_token": token, "password": f"silk-road-lantern-{n}"} for n in range(3)]
        answers = await asyncio.gather(*(post(app, "reset-password", body) for body in bodies))
        assert sorted(answer.status_code for answer in answers) == [204, 422, 422]
        winner = next(b for b, a in zip(bodies, answers, strict=True) if a.status_code == 204)
        assert await login_status(app, person.email, winner["password"]) == 200
        token = await reset_token_of(app, drain, person.email)
        await owner.execute("update identity_reset_codes set token_expires_at = now()")
        late = await post(app, "reset-password", {"reset_token": token, "password": NEW_PASSWORD})
        assert late.json()["code"] == "identity.invalid_reset_token"

    @pytest.mark.parametrize("token", ["x", "nul\x00", "\u4e2d", "x" * 4096])
    async def test_unknown_tokens(self, app, token):
        answer = await post(app, "reset-password", {"reset_token": token, "password": NEW_PASSWORD})
        assert (answer.status_code, answer.json()["code"]) == (422, "identity.invalid_reset_token")


class TestChange:
    async def test_other_sessions_end_and_this_one_stays(self, app, owner):
        person = await register(app)
        other = await sign_in(person)
        answer = await person.client.post(
            "/api/v1/auth/change-password",
            json={"current_password": PASSWORD, "new_password": NEW_PASSWORD},
        )
        assert answer.status_code == 204
        assert (await person.client.get(ME)).status_code == 200
        assert (await other.client.get(ME)).status_code == 401
        assert await login_status(app, person.email, PASSWORD) == 401
        assert await login_status(app, person.email, NEW_PASSWORD) == 200
        entry = await owner.fetchrow(
            "select actor_user_id, organisation_id, before::text, after::text from kit_audit_entries"
            " where action = 'password.change'"
        )
        assert tuple(entry) == (person.user_id, person.organisation_id, "{}", "{}")

    @pytest.mark.parametrize("current", ["wrong-password-1", None])
    async def test_the_present_password_is_asked(self, app, owner, current):
        person = await register(app)
        other = await sign_in(person)
        answer = await person.client.post(
            "/api/v1/auth/change-password",
            json={"current_password": current, "new_password": NEW_PASSWORD},
        )
        assert answer.status_code == 422
        assert answer.json()["code"] == "identity.wrong_password"
        assert answer.json()["errors"][0]["pointer"] == "#/current_password"
        assert (await other.client.get(ME)).status_code == 200
        assert await login_status(app, person.email, PASSWORD) == 200

    async def test_a_weak_one_is_refused(self, app):
        person = await register(app)
        answer = await person.client.post(
            "/api/v1/auth/change-password",
            json={"current_password": PASSWORD, "new_password": "short"},
        )
        assert answer.json()["errors"][0]["pointer"] == "#/new_password"
        assert answer.json()["errors"][0]["code"] == "password.too_short"
        assert await login_status(app, person.email, PASSWORD) == 200

    async def test_only_signed_in(self, client):
        body = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
        assert (await client.post("/api/v1/auth/change-password", json=body)).status_code == 401
