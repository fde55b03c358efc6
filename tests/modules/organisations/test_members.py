"""Members: roles, removal, leaving."""

import asyncio

import pytest

from tests.factories.accounts import add_member, register, sign_in

ME = "/api/v1/auth/me"


def members_of(account):
    return f"/api/v1/organisations/{account.organisation_id}/members"


async def roles(account):
    answer = await account.client.get(members_of(account))
    assert answer.status_code == 200, answer.text
    return {item["user_id"]: item["role"] for item in answer.json()["items"]}


async def test_list(app):
    owner = await register(app)
    sales = await add_member(owner, "sales", display_name="Ерлан")
    page = (await sales.client.get(members_of(owner))).json()
    assert (page["total"], page["page"], page["pages"]) == (2, 1, 1)
    assert [
        (m["user_id"], m["display_name"], m["email"], m["role"], m["is_me"]) for m in page["items"]
    ] == [
        (str(owner.user_id), "Aigerim Nurlanova", owner.email, "owner", False),
        (str(sales.user_id), "Ерлан", sales.email, "sales", True),
    ]


class TestRoles:
    async def test_change_holds_at_once(self, app, owner):
        boss = await register(app)
        member = await add_member(boss, "viewer")
        url = f"{members_of(boss)}/{member.user_id}"
        answer = await boss.client.patch(url, json={"role": "admin"})
        assert answer.status_code == 200
        assert answer.json()["role"] == "admin"
        me = (await member.client.get(ME)).json()
        assert me["role"] == "admin"
        assert "members:manage" in me["permissions"]
        entry = await owner.fetchrow(
            "select actor_user_id, target_id, before->>'role', after->>'role' from kit_audit_entries"
            " where action = 'member.change_role'"
        )
        assert tuple(entry) == (boss.user_id, member.user_id, "viewer", "admin")
        assert await owner.fetchval(
            "select payload->'after'->>'role' from kit_outbox_events where type = 'member.role_changed'"
        ) == ("admin")

    async def test_nobody_reaches_above_themselves(self, app):
        boss = await register(app)
        admin = await add_member(boss, "admin")
        member = await add_member(boss, "buyer")
        for target, role in (
            (member, "owner"),
            (boss, "viewer"),
            (boss, "owner"),
            (admin, "owner"),
        ):
            answer = await admin.client.patch(
                f"{members_of(boss)}/{target.user_id}", json={"role": role}
            )
            assert (answer.status_code, answer.json()["code"]) == (
                403,
                "organisations.role_above_own",
            )
        removal = await admin.client.delete(f"{members_of(boss)}/{boss.user_id}")
        assert (removal.status_code, removal.json()["code"]) == (
            403,
            "organisations.role_above_own",
        )
        assert await roles(boss) == {
            str(boss.user_id): "owner",
            str(admin.user_id): "admin",
            str(member.user_id): "buyer",
        }
        assert (
            await admin.client.patch(
                f"{members_of(boss)}/{member.user_id}", json={"role": "manager"}
            )
        ).status_code == 200

    @pytest.mark.parametrize("role", ["manager", "sales", "buyer", "vendor", "viewer"])
    async def test_others_may_not(self, app, role):
        boss = await register(app)
        member, other = await add_member(boss, role), await add_member(boss, "viewer")
        url = f"{members_of(boss)}/{other.user_id}"
        assert (await member.client.patch(url, json={"role": "viewer"})).status_code == 403
        assert (await member.client.delete(url)).status_code == 403
        assert (await other.client.get(ME)).status_code == 200

    async def test_strangers_see_nothing(self, app):
        boss, stranger = await register(app), await register(app)
        url = f"{members_of(boss)}/{boss.user_id}"
        assert (await stranger.client.get(members_of(boss))).status_code == 404
        assert (await stranger.client.patch(url, json={"role": "viewer"})).status_code == 404
        assert (await stranger.client.delete(url)).status_code == 404
        own = f"{members_of(stranger)}/{boss.user_id}"
        assert (await stranger.client.patch(own, json={"role": "viewer"})).status_code == 404
        assert (await stranger.client.delete(own)).status_code == 404
        assert await roles(boss) == {str(boss.user_id): "owner"}

    @pytest.mark.parametrize("role", ["superadmin", "", None, 5])
    async def test_unknown_roles(self, app, role):
        boss = await register(app)
        url = f"{members_of(boss)}/{boss.user_id}"
        assert (await boss.client.patch(url, json={"role": role})).status_code == 422


class TestLastOwner:
    async def test_cannot_leave_or_be_demoted(self, app):
        boss = await register(app)
        url = f"{members_of(boss)}/{boss.user_id}"
        for answer in (
            await boss.client.delete(url),
            await boss.client.patch(url, json={"role": "admin"}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "organisations.last_owner")
        assert (await boss.client.patch(url, json={"role": "owner"})).status_code == 200
        assert await roles(boss) == {str(boss.user_id): "owner"}

    async def test_two_owners_leave_at_once_and_one_stays(self, app, owner):
        boss = await register(app)
        second = await add_member(boss, "owner")
        answers = await asyncio.gather(
            *(
                person.client.delete(f"{members_of(boss)}/{person.user_id}")
                for person in (boss, second)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [204, 409]
        assert await owner.fetchval(
            "select count(*) from organisations_memberships where organisation_id = $1"
            " and role = 'owner'",
            boss.organisation_id,
        ) == (1)

    async def test_two_owners_demote_each_other_at_once_and_one_stays(self, app, owner):
        boss = await register(app)
        second = await add_member(boss, "owner")
        pairs = ((boss, second), (second, boss))
        answers = await asyncio.gather(
            *(
                actor.client.patch(f"{members_of(boss)}/{target.user_id}", json={"role": "viewer"})
                for actor, target in pairs
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 403]
        assert await owner.fetchval(
            "select count(*) from organisations_memberships where organisation_id = $1"
            " and role = 'owner'",
            boss.organisation_id,
        ) == (1)


class TestRemoval:
    async def test_ends_the_sessions_for_that_organisation_only(self, app, owner):
        boss, elsewhere = await register(app), await register(app)
        member = await add_member(boss, "buyer")
        again = await sign_in(member)
        assert again.organisation_id == boss.organisation_id
        answer = await boss.client.delete(f"{members_of(boss)}/{member.user_id}")
        assert answer.status_code == 204
        assert (await member.client.get(ME)).status_code == 401
        assert (await again.client.get(ME)).status_code == 401
        assert list(await roles(boss)) == [str(boss.user_id)]
        assert (await elsewhere.client.get(ME)).status_code == 200
        ended = await owner.fetch(
            "select end_reason from identity_sessions where ended_at is not null"
        )
        assert [row["end_reason"] for row in ended] == ["member_removed"] * 2
        assert await owner.fetchval(
            "select target_label from kit_audit_entries where action = 'member.remove'"
        ) == ("Timur Akhmetov")
        back = await sign_in(member)
        assert back.organisation_id != boss.organisation_id

    async def test_leaving(self, app, owner):
        boss = await register(app)
        member = await add_member(boss, "viewer")
        answer = await member.client.delete(f"{members_of(boss)}/{member.user_id}")
        assert answer.status_code == 204
        assert (await member.client.get(ME)).status_code == 401
        assert await owner.fetchval(
            "select count(*) from kit_audit_entries where action = 'member.leave'"
        ) == (1)

    @pytest.mark.parametrize("leaves", [False, True])
    async def test_withdraws_the_invitations_they_sent(self, app, owner, leaves):
        boss = await register(app)
        member = await add_member(boss, "admin")
        made = {}
        for sender, email in ((member, "back@example.org"), (boss, "guest@example.org")):
            body = {"email": email, "role": "viewer"}
            answer = await sender.client.post("/api/v1/invites", json=body)
            assert answer.status_code == 201, answer.text
            made[email] = answer.json()["id"]
        actor = member if leaves else boss
        url = f"{members_of(boss)}/{member.user_id}"
        assert (await actor.client.delete(url)).status_code == 204
        page = (await boss.client.get("/api/v1/invites")).json()["items"]
        assert {one["email"]: one["state"] for one in page} == {
            # Those that `add_member` used are done.
            **{one["email"]: "accepted" for one in page if one["state"] == "accepted"},
            "back@example.org": "revoked",
            "guest@example.org": "pending",
        }
        trail = await owner.fetch(
            "select actor_user_id, target_id from kit_audit_entries where action = 'invite.revoke'"
        )
        assert [(row["actor_user_id"], str(row["target_id"])) for row in trail] == [
            (actor.user_id, made["back@example.org"])
        ]
        events = await owner.fetch(
            "select aggregate_id from kit_outbox_events where type = 'invite.revoked'"
        )
        assert [str(row[0]) for row in events] == [made["back@example.org"]]
