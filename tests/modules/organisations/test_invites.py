"""Invitations: made, read, accepted, revoked, expired."""

import asyncio

import pytest

from tests.factories.accounts import PASSWORD, add_member, register, visitor
from tests.factories.mails import link_token_of, mails_to

INVITES = "/api/v1/invites"
GUEST = "guest@example.org"


async def invite(account, email=GUEST, role="sales", **more):
    return await account.client.post(INVITES, json={"email": email, "role": role, **more})


async def accept(app, token, **body):
    async with visitor(app) as client:
        return await client.post(f"{INVITES}/{token}/accept", json=body)


async def members(owner, organisation_id):
    return await owner.fetchval(
        "select count(*) from organisations_memberships where organisation_id = $1", organisation_id
    )


class TestInvite:
    async def test_made_and_mailed(self, app, owner):
        boss = await register(app, organisation_name="Steppe Trade")
        answer = await invite(boss, email="Guest@Example.org", locale="ru")
        assert answer.status_code == 201
        made = answer.json()
        assert (made["email"], made["role"], made["state"], made["invited_by_name"]) == (
            GUEST,
            "sales",
            "pending",
            "Aigerim Nurlanova",
        )
        mail = (await mails_to(app, GUEST, "invite"))[0]
        assert mail.locale == "ru"
        assert "Steppe Trade" in mail.words.text
        token = await link_token_of(app, GUEST)
        stored = await owner.fetchrow("select * from organisations_invites")
        assert token not in str(dict(stored))
        assert (stored["expires_at"] - stored["created_at"]).days == 7
        page = (await boss.client.get(INVITES)).json()
        assert page["items"] == [made]
        assert await owner.fetchval(
            "select count(*) from kit_outbox_events where type = 'member.invited'"
        ) == (1)
        assert await owner.fetchval(
            "select after->>'email' from kit_audit_entries where action = 'invite.create'"
        ) == (GUEST)

    async def test_again_replaces_the_first(self, app):
        boss = await register(app)
        await invite(boss)
        first = await link_token_of(app, GUEST)
        await invite(boss, role="viewer")
        second = await link_token_of(app, GUEST)
        states = [item["state"] for item in (await boss.client.get(INVITES)).json()["items"]]
        assert states == ["pending", "revoked"]
        refused = await accept(app, first, password=PASSWORD, display_name="Guest")
        assert (refused.status_code, refused.json()["meta"]) == (409, {"state": "revoked"})
        assert (
            await accept(app, second, password=PASSWORD, display_name="Guest")
        ).status_code == 200

    async def test_two_at_once_leave_one_open(self, app, owner):
        boss = await register(app)
        answers = await asyncio.gather(*(invite(boss) for _ in range(4)))
        assert [answer.status_code for answer in answers] == [201] * 4
        assert await owner.fetchval(
            "select count(*) from organisations_invites where revoked_at is null"
        ) == (1)

    async def test_a_member_is_not_invited(self, app, owner):
        boss = await register(app)
        member = await add_member(boss, "viewer")
        answer = await invite(boss, email=member.email.upper())
        assert (answer.status_code, answer.json()["code"]) == (409, "organisations.already_member")

    async def test_somebody_with_an_account_elsewhere_is_told_apart_by_nothing(self, app):
        boss, other = await register(app), await register(app)
        known, unknown = await invite(boss, email=other.email), await invite(boss)
        assert known.status_code == unknown.status_code == 201
        assert set(known.json()) == set(unknown.json())

    async def test_nobody_invites_above_themselves(self, app, owner):
        boss = await register(app)
        admin = await add_member(boss, "admin")
        refused = await invite(admin, role="owner")
        assert (refused.status_code, refused.json()["code"]) == (
            403,
            "organisations.role_above_own",
        )
        assert await mails_to(app, GUEST) == []
        assert (await invite(admin, role="admin")).status_code == 201
        for role in ("manager", "sales", "viewer"):
            member = await add_member(boss, role)
            assert (await invite(member, role="viewer")).status_code == 403
            assert (await member.client.get(INVITES)).status_code == 403

    @pytest.mark.parametrize(
        "body",
        [
            {"email": "nobody", "role": "sales"},
            {"email": GUEST, "role": "superadmin"},
            {"email": GUEST},
            {"email": f"{GUEST}\r\nBcc: evil@example.org", "role": "sales"},
            {"email": GUEST, "role": "sales", "organisation_id": "x"},
        ],
    )
    async def test_bad_values(self, app, owner, body):
        boss = await register(app)
        assert (await boss.client.post(INVITES, json=body)).status_code == 422
        assert await owner.fetchval("select count(*) from organisations_invites") == 0


class TestPreview:
    async def test_for_the_holder_of_the_link(self, app, client):
        boss = await register(app, organisation_name="Steppe Trade")
        await invite(boss, role="manager")
        token = await link_token_of(app, GUEST)
        answer = await client.get(f"{INVITES}/{token}")
        seen = answer.json()
        assert seen.pop("expires_at")
        assert seen == {
            "organisation_id": str(boss.organisation_id),
            "organisation_name": "Steppe Trade",
            "email": GUEST,
            "role": "manager",
            "state": "pending",
            "invited_by_name": "Aigerim Nurlanova",
            "has_account": False,
        }

    @pytest.mark.parametrize("token", ["x" * 43, "%D0%B6" * 20])
    async def test_unknown_links(self, app, client, token):
        assert (await client.get(f"{INVITES}/{token}")).status_code == 404
        answer = await client.post(f"{INVITES}/{token}/accept", json={"password": PASSWORD})
        assert answer.status_code == 404

    async def test_impossible_links(self, client):
        assert (await client.get(f"{INVITES}/short")).status_code == 422


class TestAccept:
    async def test_as_somebody_new(self, app, owner):
        boss = await register(app)
        await invite(boss, locale="kk")
        token = await link_token_of(app, GUEST)
        answer = await accept(app, token, password=PASSWORD, display_name="Қонақ")
        assert answer.status_code == 200
        assert answer.json()["organisation_id"] == str(boss.organisation_id)
        async with visitor(app, authorization=f"Bearer {answer.json()['access_token']}") as client:
            me = (await client.get("/api/v1/auth/me")).json()
        assert (me["role"], me["user"]["email_verified"], me["user"]["locale"]) == (
            "sales",
            True,
            "kk",
        )
        assert (await boss.client.get(INVITES)).json()["items"][0]["state"] == "accepted"
        assert await owner.fetchval("select count(*) from organisations_organisations") == 1
        assert await owner.fetchval(
            "select payload->>'role' from kit_outbox_events where type = 'member.joined'"
        ) == ("sales")
        again = await accept(app, token, password=PASSWORD, display_name="Қонақ")
        assert (again.status_code, again.json()["meta"]) == (409, {"state": "accepted"})

    async def test_as_the_person_who_is_signed_in(self, app, owner):
        boss, guest = await register(app), await register(app)
        await invite(boss, email=guest.email)
        token = await link_token_of(app, guest.email)
        answer = await guest.client.post(f"{INVITES}/{token}/accept", json={})
        assert answer.status_code == 200, answer.text
        assert answer.json()["organisation_id"] == str(boss.organisation_id)
        async with visitor(app, authorization=f"Bearer {answer.json()['access_token']}") as client:
            me = (await client.get("/api/v1/auth/me")).json()
        assert [m["role"] for m in me["memberships"]] == ["owner", "sales"]
        assert await owner.fetchval(
            "select count(*) from identity_sessions where user_id = $1", guest.user_id
        ) == (1)
        second = await guest.client.post(f"{INVITES}/{token}/accept", json={})
        assert second.status_code == 409

    async def test_by_the_password_of_an_account(self, app, owner):
        boss, guest = await register(app), await register(app)
        await invite(boss, email=guest.email)
        token = await link_token_of(app, guest.email)
        wrong = await accept(app, token, password="wrong-password-1", display_name="X")
        assert (wrong.status_code, wrong.json()["code"]) == (401, "identity.invalid_credentials")
        assert await members(owner, boss.organisation_id) == 1
        right = await accept(app, token, password=PASSWORD)
        assert right.status_code == 200
        assert right.json()["user_id"] == str(guest.user_id)

    async def test_not_as_somebody_else(self, app, owner):
        boss, stranger = await register(app), await register(app)
        await invite(boss)
        token = await link_token_of(app, GUEST)
        answer = await stranger.client.post(f"{INVITES}/{token}/accept", json={})
        assert (answer.status_code, answer.json()["code"]) == (
            403,
            "organisations.invite_for_other",
        )
        assert await members(owner, boss.organisation_id) == 1
        assert (await boss.client.get(INVITES)).json()["items"][0]["state"] == "pending"

    async def test_not_with_an_ended_session(self, app, owner):
        boss, guest = await register(app), await register(app)
        await invite(boss, email=guest.email)
        token = await link_token_of(app, guest.email)
        await guest.client.post("/api/v1/auth/logout")
        answer = await guest.client.post(f"{INVITES}/{token}/accept", json={})
        assert answer.status_code == 401
        assert await members(owner, boss.organisation_id) == 1

    async def test_somebody_new_needs_a_name_and_a_good_password(self, app, owner):
        boss = await register(app)
        await invite(boss)
        token = await link_token_of(app, GUEST)
        nobody = await accept(app, token)
        assert nobody.status_code == 401
        nameless = await accept(app, token, password=PASSWORD)
        assert nameless.json()["errors"][0]["pointer"] == "#/display_name"
        weak = await accept(app, token, password="password123", display_name="Guest")
        assert weak.json()["errors"][0]["code"] == "password.too_common"
        assert await members(owner, boss.organisation_id) == 1
        assert await owner.fetchval("select count(*) from identity_users") == 1

    async def test_two_at_once(self, app, owner):
        boss = await register(app)
        await invite(boss)
        token = await link_token_of(app, GUEST)
        answers = await asyncio.gather(
            *(accept(app, token, password=PASSWORD, display_name=f"G{n}") for n in range(4))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
        assert await members(owner, boss.organisation_id) == 2
        assert await owner.fetchval("select count(*) from identity_users") == 2

    async def test_expired(self, app, owner):
        boss = await register(app)
        await invite(boss)
        token = await link_token_of(app, GUEST)
        await owner.execute("update organisations_invites set expires_at = now()")
        answer = await accept(app, token, password=PASSWORD, display_name="Guest")
        assert (answer.status_code, answer.json()["meta"]) == (409, {"state": "expired"})
        assert (await boss.client.get(INVITES)).json()["items"][0]["state"] == "expired"
        assert await owner.fetchval("select count(*) from identity_users") == 1

    async def test_who_joined_meanwhile_by_another_way(self, app, owner):
        boss, guest = await register(app), await register(app)
        await invite(boss, email=guest.email)
        token = await link_token_of(app, guest.email)
        await owner.execute(
            "insert into organisations_memberships (organisation_id, user_id, role)"
            " values ($1, $2, 'viewer')",
            boss.organisation_id,
            guest.user_id,
        )
        answer = await guest.client.post(f"{INVITES}/{token}/accept", json={})
        assert (answer.status_code, answer.json()["code"]) == (409, "organisations.already_member")
        assert await owner.fetchval(
            "select role from organisations_memberships where organisation_id = $1 and user_id = $2",
            boss.organisation_id,
            guest.user_id,
        ) == ("viewer")


class TestRevoke:
    async def test_the_link_is_dead(self, app, owner):
        boss = await register(app)
        made = (await invite(boss)).json()
        token = await link_token_of(app, GUEST)
        assert (await boss.client.delete(f"{INVITES}/{made['id']}")).status_code == 204
        answer = await accept(app, token, password=PASSWORD, display_name="Guest")
        assert answer.status_code == 409
        again = await boss.client.delete(f"{INVITES}/{made['id']}")
        assert (again.status_code, again.json()["meta"]) == (409, {"state": "revoked"})
        assert await owner.fetchval(
            "select count(*) from kit_outbox_events where type = 'invite.revoked'"
        ) == (1)

    async def test_strangers_cannot(self, app):
        boss, stranger = await register(app), await register(app)
        made = (await invite(boss)).json()
        assert (await stranger.client.delete(f"{INVITES}/{made['id']}")).status_code == 404
        assert (await stranger.client.get(INVITES)).json()["items"] == []
        assert (await boss.client.get(INVITES)).json()["items"][0]["state"] == "pending"


async def test_who_is_demoted_while_inviting_grants_no_more_than_the_new_role(app, owner):
    boss = await register(app)
    admin = await add_member(boss, "admin")
    async with owner.transaction():
        await owner.execute("select 1 from organisations_organisations for update")
        inviting = asyncio.create_task(invite(admin, role="admin"))
        # It waits for the organisation, past its guard.
        for _ in range(100):
            if await owner.fetchval("select count(*) from pg_locks where not granted"):
                break
            await asyncio.sleep(0.05)
        await owner.execute(
            "update organisations_memberships set role = 'manager' where user_id = $1",
            admin.user_id,
        )
    answer = await inviting
    assert (answer.status_code, answer.json()["code"]) == (403, "organisations.role_above_own")
    open_ones = "select count(*) from organisations_invites where accepted_at is null"
    assert await owner.fetchval(open_ones) == 0
