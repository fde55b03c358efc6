"""Rows that actions work on. To strangers they are absent, by these queries and by the policies, so absence answers 404."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import NotFoundError
from karavan.kit.locks import find_row
from karavan.kit.tenancy import caller_is
from karavan.modules.procurement.models import Invitation, Quote, Request, RequestLine
from karavan.modules.procurement.states import Visibility

# Built once, because building a statement costs more than sending it.
_INVITED = select(Invitation.id).where(
    Invitation.request_id == Request.id, caller_is(Invitation.organisation_id)
)
_VISIBLE = select(Request).where(
    Request.id == bindparam("request_id"),
    or_(
        caller_is(Request.organisation_id),
        and_(Request.visibility == Visibility.PUBLIC, Request.published_at.is_not(None)),
        _INVITED.exists(),
    ),
)
_LIVE_LINES = (
    select(RequestLine)
    .where(
        RequestLine.request_id == bindparam("request_id"),
        RequestLine.removed_in_revision.is_(None),
    )
    .order_by(RequestLine.position)
)
_SIDES = caller_is(Quote.organisation_id, Quote.buyer_organisation_id)


async def locked_request(
    session: AsyncSession, request_id: UUID, *, anybodys: bool = False
) -> Request:
    """The caller's own request, locked until the transaction ends.

    The lock is of NO KEY UPDATE strength: it holds off other moves and vendors' submissions, not the foreign-key checks of
    rows that point to the request.

    Args:
        anybodys: also another organisation's, for a transaction that acts as the system: a vendor's signature locks
            the buyer's request.

    Raises:
        NotFoundError: there is none, or it is another organisation's: a lock needs the right to update.
    """
    return await find_row(
        session,
        select(Request).where(
            Request.id == request_id, true() if anybodys else caller_is(Request.organisation_id)
        ),
        lock=True,
    )


async def visible_request(session: AsyncSession, request_id: UUID) -> Request:
    """A request that the caller may see: their own, a published public one, or one that they are invited to.

    Raises:
        NotFoundError: there is none.
    """
    request = await session.scalar(_VISIBLE, {"request_id": request_id})
    if request is None:
        raise NotFoundError
    return request


async def live_lines(session: AsyncSession, request_id: UUID) -> list[RequestLine]:
    """Lines of the present revision, in order."""
    return list(await session.scalars(_LIVE_LINES, {"request_id": request_id}))


async def visible_quote(session: AsyncSession, quote_id: UUID) -> Quote:
    """A quote of which the caller is the vendor or the buyer. Its offer may still be sealed.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(session, select(Quote).where(Quote.id == quote_id, _SIDES))


async def locked_quote(session: AsyncSession, quote_id: UUID) -> Quote:
    """The same, locked until the transaction ends. Whoever needs the request's lock too takes that one first.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(session, select(Quote).where(Quote.id == quote_id, _SIDES), lock=True)


async def locked_quotes(
    session: AsyncSession, request_id: UUID, states: Collection[str]
) -> list[Quote]:
    """All quotes for a request that are in one of `states`, locked in the order of their ids."""
    found = await session.scalars(
        select(Quote)
        .where(Quote.request_id == request_id, Quote.state.in_(states))
        .order_by(Quote.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return list(found)
