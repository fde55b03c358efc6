"""Everything that is read about organisations."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, Role
from karavan.kit.errors import NotFoundError
from karavan.kit.pagination import PageParameters, Sorting, count_rows
from karavan.modules.organisations.models import (
    Invite,
    Membership,
    Organisation,
    TradingProfile,
)
from karavan.modules.organisations.roles import Kind, Side

DIRECTORY_SORTS = Sorting(
    "OrganisationSort",
    {"name": Organisation.name, "created_at": Organisation.created_at},
    default="name",
)
_SEARCH_WORDS_MAX = 8


async def own_organisation(
    session: AsyncSession, actor: Actor, *, lock: bool = False
) -> Organisation:
    """The organisation that the actor acts for.

    Args:
        lock: whether others who would change it or its members must wait.
    """
    wanted = select(Organisation).where(Organisation.id == actor.organisation_id)
    if lock:
        wanted = wanted.with_for_update(key_share=True)
    return (await session.execute(wanted)).scalar_one()


async def visible_organisation(
    session: AsyncSession, actor: Actor, organisation_id: UUID
) -> Organisation:
    """An organisation whose public profile the actor may read.

    Raises:
        NotFoundError: there is none, or it is another person's private one.
    """
    organisation = await session.get(Organisation, organisation_id)
    if organisation is None or (
        organisation.kind == Kind.PERSONAL and organisation_id != actor.organisation_id
    ):
        raise NotFoundError
    return organisation


async def trading_profiles(
    session: AsyncSession, organisation_id: UUID
) -> dict[Side, TradingProfile]:
    """How an organisation trades, by side."""
    found = await session.execute(
        select(TradingProfile).where(TradingProfile.organisation_id == organisation_id)
    )
    return {Side(profile.side): profile for profile in found.scalars()}


async def search_directory(
    session: AsyncSession,
    paging: PageParameters,
    *,
    words: str | None,
    category: str | None,
    country: str | None,
    side: Side,
    sort: Sequence[str],
    except_for: UUID | None = None,
) -> tuple[Sequence[Organisation], int]:
    """Companies that trade on a side; every word must begin a word of their name, place or description.

    Args:
        except_for: a company to leave out, such as the reader's own.
    """
    trades = Organisation.sells if side is Side.VENDOR else Organisation.buys
    wanted = select(Organisation).where(trades, Organisation.kind == Kind.COMPANY.value)
    if except_for is not None:
        wanted = wanted.where(Organisation.id != except_for)
    if country is not None:
        wanted = wanted.where(Organisation.country == country)
    if category is not None:
        wanted = wanted.where(Organisation.categories.contains([category]))
    if words is not None and words.strip():
        pattern = _prefix_query(words)
        if pattern is None:
            return [], 0
        wanted = wanted.where(
            Organisation.search.op("@@")(func.to_tsquery(text("'simple'::regconfig"), pattern))
        )
    total = await count_rows(session, wanted)
    page = (
        wanted.order_by(*DIRECTORY_SORTS.clauses(sort, Organisation.id))
        .offset(paging.offset)
        .limit(paging.size)
    )
    return (await session.execute(page)).scalars().all(), total


def _prefix_query(words: str) -> str | None:
    """A text search query that finds words by their beginning; only letters and digits of what people typed."""
    parts = re.findall(r"\w+", words.replace("_", " "))[:_SEARCH_WORDS_MAX]
    return " & ".join(f"'{part}':*" for part in parts) or None


async def memberships_of(
    session: AsyncSession, user_id: UUID
) -> Sequence[tuple[Membership, Organisation]]:
    """A person's memberships, the oldest first."""
    found = await session.execute(
        select(Membership, Organisation)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.user_id == user_id)
        .order_by(Membership.joined_at, Membership.organisation_id)
    )
    return [(membership, organisation) for membership, organisation in found]


async def membership_to_enter(
    session: AsyncSession, user_id: UUID, wanted: UUID | None
) -> tuple[UUID, Role] | None:
    """The wanted organisation if the person belongs to it, else the one they joined first."""
    found = await session.execute(
        select(Membership.organisation_id, Membership.role)
        .where(Membership.user_id == user_id)
        .order_by(
            case((Membership.organisation_id == wanted, 0), else_=1),
            Membership.joined_at,
            Membership.organisation_id,
        )
        .limit(1)
    )
    row = found.one_or_none()
    return None if row is None else (row[0], Role(row[1]))


async def is_member(session: AsyncSession, user_id: UUID, organisation_id: UUID) -> bool:
    """Whether a person belongs to an organisation."""
    return await session.get(Membership, (organisation_id, user_id)) is not None


async def page_of_members(
    session: AsyncSession, organisation_id: UUID, paging: PageParameters
) -> tuple[Sequence[Membership], int]:
    """Members, owners first, then in the order in which they joined."""
    wanted = select(Membership).where(Membership.organisation_id == organisation_id)
    total = await count_rows(session, wanted)
    page = (
        wanted.order_by(
            case((Membership.role == Role.OWNER.value, 0), else_=1),
            Membership.joined_at,
            Membership.user_id,
        )
        .offset(paging.offset)
        .limit(paging.size)
    )
    return (await session.execute(page)).scalars().all(), total


async def member_ids(
    session: AsyncSession, organisation_id: UUID, roles: Sequence[Role] | None = None
) -> list[UUID]:
    """People who belong to an organisation, by role where some are given."""
    wanted = select(Membership.user_id).where(Membership.organisation_id == organisation_id)
    if roles is not None:
        wanted = wanted.where(Membership.role.in_([role.value for role in roles]))
    return list((await session.execute(wanted.order_by(Membership.user_id))).scalars())


async def people_of(
    session: AsyncSession, organisation_ids: Collection[UUID], roles: Collection[Role]
) -> list[tuple[UUID, UUID]]:
    """Organisation and person of every membership with one of these roles, for several organisations at once."""
    if not organisation_ids or not roles:
        return []
    found = await session.execute(
        select(Membership.organisation_id, Membership.user_id)
        .where(
            Membership.organisation_id.in_(organisation_ids),
            Membership.role.in_([role.value for role in roles]),
        )
        .order_by(Membership.organisation_id, Membership.user_id)
    )
    return [(organisation_id, user_id) for organisation_id, user_id in found]


async def page_of_invites(
    session: AsyncSession, organisation_id: UUID, paging: PageParameters
) -> tuple[Sequence[Invite], int]:
    """Invitations of an organisation, the latest first."""
    wanted = select(Invite).where(Invite.organisation_id == organisation_id)
    total = await count_rows(session, wanted)
    page = wanted.order_by(Invite.created_at.desc(), Invite.id.desc())
    rows = await session.execute(page.offset(paging.offset).limit(paging.size))
    return rows.scalars().all(), total


def state_of(invite: Invite, now: datetime) -> str:
    """`pending`, `accepted`, `revoked` or `expired`: derived, never stored."""
    if invite.accepted_at is not None:
        return "accepted"
    if invite.revoked_at is not None:
        return "revoked"
    return "expired" if invite.expires_at <= now else "pending"


async def vendors_for_categories(
    session: AsyncSession, categories: Sequence[str], *, except_for: UUID, limit: int = 500
) -> list[UUID]:
    """Companies that sell in one of these categories, the longest registered first."""
    if not categories:
        return []
    found = await session.execute(
        select(Organisation.id)
        .where(
            Organisation.sells,
            Organisation.kind == Kind.COMPANY.value,
            Organisation.categories.overlap(list(categories)),
            Organisation.id != except_for,
        )
        .order_by(Organisation.created_at, Organisation.id)
        .limit(limit)
    )
    return list(found.scalars())
