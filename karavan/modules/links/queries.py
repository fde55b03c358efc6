"""Every read of trading links. Row-level security leaves a reader the links of which their organisation is a side."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.pagination import Page, PageParameters, Sorting, count_rows
from karavan.modules.links.actions.rows import visible_link
from karavan.modules.links.lifecycle import SUPPLIER
from karavan.modules.links.models import Link, LinkInvitation, LinkMove, LinkNote, LinkTerms
from karavan.modules.links.permissions import LINK_DECIDE
from karavan.modules.links.schemas import (
    LinkDetails,
    LinkInvitationView,
    LinkListItem,
    LinkMoveView,
    LinkNoteView,
    LinkStanding,
    LinkTermsVersion,
    Side,
    SupplierCard,
)
from karavan.modules.links.states import LIVE, LinkState
from karavan.modules.links.views import (
    ahead,
    invitation_values,
    is_hidden,
    list_item,
    side_of,
    terms_version,
)
from karavan.modules.organisations.public import Side as TradingSide
from karavan.modules.organisations.public import organisation_cards, search_directory

LINK_SORTS = Sorting(
    "LinkSort",
    {
        "created_at": Link.created_at,
        "updated_at": Link.updated_at,
        "state": Link.state,
        "consumer": Link.consumer_organisation_name,
        "supplier": Link.supplier_organisation_name,
    },
    default="-created_at",
)


async def list_links(
    session: AsyncSession,
    actor: Actor,
    paging: PageParameters,
    sort: Sequence[str],
    *,
    side: Side | None = None,
    states: Sequence[LinkState] = (),
    text: str | None = None,
    partner_id: UUID | None = None,
) -> Page[LinkListItem]:
    """A page of the organisation's links on one side or on both.

    Args:
        text: in the name of either side.
        partner_id: the organisation on the other side.
    """
    buys = Link.consumer_organisation_id == actor.organisation_id
    sells = Link.supplier_organisation_id == actor.organisation_id
    statement = select(Link).where(
        {"consumer": buys, "supplier": sells, None: or_(buys, sells)}[side]
    )
    if states:
        statement = statement.where(Link.state.in_(states))
    if text:
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        columns = (Link.consumer_organisation_name, Link.supplier_organisation_name)
        statement = statement.where(or_(*(column.ilike(f"%{escaped}%") for column in columns)))
    if partner_id is not None:
        statement = statement.where(
            or_(
                Link.consumer_organisation_id == partner_id,
                Link.supplier_organisation_id == partner_id,
            )
        )
    total = await count_rows(session, statement)
    rows = await session.execute(
        statement.order_by(*LINK_SORTS.clauses(sort, Link.id))
        .offset(paging.offset)
        .limit(paging.size)
    )
    links = rows.scalars().all()
    now = await database_now(session)
    cards = await organisation_cards(
        session,
        {
            one
            for link in links
            for one in (link.consumer_organisation_id, link.supplier_organisation_id)
        },
    )
    return paging.answer([list_item(link, actor, now, cards) for link in links], total)


async def read_link(session: AsyncSession, actor: Actor, link_id: UUID) -> LinkDetails:
    """One link with its terms and history.

    Raises:
        NotFoundError: the actor's organisation is no side of such a link.
    """
    return await details(session, actor, await visible_link(session, link_id))


async def details(session: AsyncSession, actor: Actor, link: Link) -> LinkDetails:
    """The full view of a link that the transaction has read."""
    await session.flush()
    now = await database_now(session)
    sides = (link.consumer_organisation_id, link.supplier_organisation_id)
    item = list_item(link, actor, now, await organisation_cards(session, sides))
    side = side_of(link, actor)
    hidden = is_hidden(link, side)
    sells = side == SUPPLIER
    return LinkDetails(
        **dict(item),
        requested_by_name=None if hidden or sells else link.requested_by_name,
        invitation_id=link.invitation_id if sells else None,
        terms_versions=[] if hidden else await _terms_versions(session, link, side),
        moves=[] if hidden else await _moves(session, link, side),
        notes=await _notes(session, link) if sells else None,
        may_change_terms=(sells and link.state == LinkState.ACCEPTED and actor.may(LINK_DECIDE)),
    )


async def _terms_versions(session: AsyncSession, link: Link, side: str) -> list[LinkTermsVersion]:
    rows = await session.scalars(
        select(LinkTerms).where(LinkTerms.link_id == link.id).order_by(LinkTerms.number.desc())
    )
    return [terms_version(row, side) for row in rows]


async def _moves(session: AsyncSession, link: Link, side: str) -> list[LinkMoveView]:
    rows = await session.scalars(
        select(LinkMove)
        .where(LinkMove.link_id == link.id)
        .order_by(LinkMove.created_at, LinkMove.id)
    )
    return [
        LinkMoveView(
            name=row.name,
            side=row.side,
            actor_name=(row.actor_name or None) if row.side == side else None,
            reason=row.reason,
            created_at=row.created_at,
        )
        for row in rows
    ]


async def _notes(session: AsyncSession, link: Link) -> list[LinkNoteView]:
    rows = await session.scalars(
        select(LinkNote)
        .where(
            LinkNote.link_id == link.id, LinkNote.organisation_id == link.supplier_organisation_id
        )
        .order_by(LinkNote.created_at.desc(), LinkNote.id.desc())
    )
    return [LinkNoteView.model_validate(row) for row in rows]


async def list_suppliers(
    session: AsyncSession,
    actor: Actor,
    paging: PageParameters,
    sort: Sequence[str],
    *,
    words: str | None,
    category: str | None,
    country: str | None,
) -> Page[SupplierCard]:
    """A page of the directory of companies that sell, and how the actor's organisation stands to each."""
    rows, total = await search_directory(
        session,
        paging,
        words=words,
        category=category,
        country=country,
        side=TradingSide.VENDOR,
        sort=sort,
        except_for=actor.organisation_id,
    )
    standings = await _standings(session, actor, [row.id for row in rows])
    return paging.answer(
        [
            SupplierCard(
                organisation_id=row.id,
                name=row.name,
                country=row.country,
                city=row.city,
                description=row.description,
                categories=row.categories,
                logo_url=row.logo_url,
                link=standings.get(row.id),
            )
            for row in rows
        ],
        total,
    )


async def _standings(
    session: AsyncSession, actor: Actor, suppliers: Sequence[UUID]
) -> dict[UUID, LinkStanding]:
    """The live link to each supplier, else the latest; `retry_at` while it lies ahead."""
    now = await database_now(session)
    rows = await session.scalars(
        select(Link)
        .where(
            Link.consumer_organisation_id == actor.organisation_id,
            Link.supplier_organisation_id.in_(suppliers),
        )
        .order_by(Link.state.in_(LIVE), Link.created_at)
    )
    return {
        row.supplier_organisation_id: LinkStanding(
            id=row.id,
            state=row.state,
            retry_at=ahead(row.retry_at, now) if row.state == LinkState.DENIED else None,
        )
        for row in rows
    }


async def list_invitations(
    session: AsyncSession, actor: Actor, paging: PageParameters
) -> Page[LinkInvitationView]:
    """A page of the organisation's invitations, the latest first."""
    wanted = select(LinkInvitation).where(LinkInvitation.organisation_id == actor.organisation_id)
    total = await count_rows(session, wanted)
    rows = await session.scalars(
        wanted.order_by(LinkInvitation.created_at.desc(), LinkInvitation.id.desc())
        .offset(paging.offset)
        .limit(paging.size)
    )
    now = await database_now(session)
    return paging.answer([LinkInvitationView(**invitation_values(row, now)) for row in rows], total)
