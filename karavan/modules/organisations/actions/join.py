"""Become a member."""

from uuid import UUID

from msgspec import Struct
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor, Role, permissions_of
from karavan.kit.events import record_event
from karavan.modules.identity.public import Login, Visitor, login_of, register_user
from karavan.modules.organisations.errors import AlreadyMemberError
from karavan.modules.organisations.models import Membership


class Place(Struct, frozen=True, kw_only=True):
    """What somebody joins as, and by whose doing."""

    organisation_id: UUID
    role: Role
    invite_id: UUID | None = None
    invited_by_user_id: UUID | None = None


async def join(session: AsyncSession, visitor: Visitor, place: Place, login: Login) -> Actor:
    """Make a person a member; the transaction must be the system's.

    Returns:
        the person as the member that they have just become.

    Raises:
        AlreadyMemberError: they belong to the organisation already.
    """
    joined = await session.execute(
        insert(Membership)
        .values(
            organisation_id=place.organisation_id,
            user_id=login.user_id,
            role=place.role.value,
            invited_by_user_id=place.invited_by_user_id,
        )
        .on_conflict_do_nothing()
        .returning(Membership.user_id)
    )
    if joined.scalar_one_or_none() is None:
        raise AlreadyMemberError
    actor = Actor(
        user_id=login.user_id,
        organisation_id=place.organisation_id,
        role=place.role,
        display_name=login.display_name,
        email=login.email,
        locale=login.locale,
        ip=visitor.ip,
        request_id=visitor.request_id,
        permissions=permissions_of(place.role, None),
    )
    invite_id = str(place.invite_id) if place.invite_id else None
    record_audit(
        session,
        actor,
        "member.join",
        target_type="user",
        target_id=login.user_id,
        target_label=login.display_name,
        after={"role": place.role.value, "invite_id": invite_id},
    )
    record_event(
        session,
        "member.joined",
        organisation_id=place.organisation_id,
        aggregate_id=place.organisation_id,
        payload={
            "user_id": str(login.user_id),
            "display_name": login.display_name,
            "role": place.role.value,
            "invite_id": invite_id,
            "invited_by_user_id": str(place.invited_by_user_id)
            if place.invited_by_user_id
            else None,
        },
    )
    return actor


class NewPerson(Struct, frozen=True, kw_only=True):
    """Somebody who is set up by the platform itself, such as an account of the demonstration."""

    email: str
    password_hash: str
    display_name: str
    locale: str = "en"
    platform_role: str | None = None
    is_demo: bool = False


async def add_person(
    session: AsyncSession, visitor: Visitor, place: Place, person: NewPerson
) -> Actor | None:
    """Create a person as a member of an existing organisation, without an invitation; the system's transaction.

    Returns:
        the new member; nothing when the address has an account already.
    """
    user = await register_user(
        session,
        email=person.email,
        password_hash=person.password_hash,
        display_name=person.display_name,
        locale=person.locale,
        email_verified=True,
        organisation_id=place.organisation_id,
        platform_role=person.platform_role,
        is_demo=person.is_demo,
    )
    if user is None:
        return None
    await session.flush()
    login = await login_of(session, user.id)
    assert login is not None  # it was just written
    return await join(session, visitor, place, login)
