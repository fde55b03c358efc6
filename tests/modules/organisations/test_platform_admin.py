"""What the platform itself sets up: administrators from the command line, people without invitations."""

import pytest

from karavan.kit.authz import Role
from karavan.kit.scopes import SYSTEM
from karavan.modules.identity.public import Visitor, hash_password
from karavan.modules.organisations.public import (
    NewPerson,
    Place,
    add_person,
    create_platform_admin,
    people_of,
)
from tests.factories.accounts import PASSWORD, add_member, register, visitor

VISITOR = Visitor(ip=None, user_agent="test")


async def test_an_existing_person(app, owner, settings):
    person = await register(app)
    said = await create_platform_admin(
        settings, email=person.email.upper(), role="moderator", ask_password=pytest.fail
    )
    assert said == f"{person.email} is now moderator of the platform."
    me = (await person.client.get("/api/v1/auth/me")).json()
    assert me["platform_role"] == "moderator"
    entry = await owner.fetchrow(
        "select organisation_id, after->>'platform_role' from kit_audit_entries"
        " where action = 'user.grant_platform_role'"
    )
    assert tuple(entry) == (person.organisation_id, "moderator")


async def test_a_new_person(app, owner, settings):
    said = await create_platform_admin(
        settings, email="root@example.org", role="superadmin", ask_password=lambda: PASSWORD
    )
    assert said == "root@example.org was created and is now superadmin of the platform."
    async with visitor(app) as client:
        answer = await client.post(
            "/api/v1/auth/login", json={"email": "root@example.org", "password": PASSWORD}
        )
        assert answer.status_code == 200
        assert (await client.get("/api/v1/auth/me")).json()["platform_role"] == "superadmin"


@pytest.mark.parametrize(
    ("email", "role", "password"),
    [
        ("nobody", "admin", PASSWORD),
        ("a@example.org", "owner", PASSWORD),
        ("a@example.org", "admin", "x"),
    ],
)
async def test_bad_values_make_nothing(owner, settings, email, role, password):
    with pytest.raises(Exception, match=r"address|PlatformRole|characters"):
        await create_platform_admin(settings, email=email, role=role, ask_password=lambda: password)
    assert await owner.fetchval("select count(*) from identity_users") == 0


async def test_people_without_invitations(app, database):
    boss = await register(app)
    sales = await add_member(boss, "sales")
    person = NewPerson(
        email="demo@example.org",
        password_hash=await hash_password(PASSWORD),
        display_name="Demo",
        is_demo=True,
    )
    place = Place(organisation_id=boss.organisation_id, role=Role.MANAGER)
    async with database.transaction(SYSTEM) as session:
        actor = await add_person(session, VISITOR, place, person)
        assert actor.role is Role.MANAGER
        assert await add_person(session, VISITOR, place, person) is None
        found = await people_of(session, [boss.organisation_id], {Role.MANAGER, Role.SALES})
    assert sorted(found) == sorted(
        [(boss.organisation_id, sales.user_id), (boss.organisation_id, actor.user_id)]
    )
    async with visitor(app) as client:
        items = (await client.get("/api/v1/auth/demo-accounts")).json()["items"]
    assert [(item["email"], item["role"]) for item in items] == [("demo@example.org", "manager")]
