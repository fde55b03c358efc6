"""A consumer asks a supplier for a trading link."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.errors import NotFoundError
from karavan.kit.ids import new_id
from karavan.modules.links.actions.end import expire
from karavan.modules.links.actions.rows import facts, live_link, lock_pair, note_move
from karavan.modules.links.errors import (
    AlreadyLinkedError,
    CoolingPeriodError,
    OwnOrganisationError,
)
from karavan.modules.links.lifecycle import CONSUMER, LINK
from karavan.modules.links.models import Link, LinkInvitation
from karavan.modules.links.schemas import RequestLinkBody
from karavan.modules.links.states import LinkState
from karavan.modules.organisations.public import OrganisationCard, organisation_card

ANSWERED_WITHIN = timedelta(days=60)
COOLING_PERIOD = timedelta(days=7)


async def request_link(session: AsyncSession, actor: Actor, body: RequestLinkBody) -> Link:
    """Ask a supplier for a link. It lapses when nobody answers within 60 days.

    Raises:
        NotFoundError: there is no such supplier.
        OwnOrganisationError: it is the actor's own organisation.
        AlreadyLinkedError: there is a live link.
        CoolingPeriodError: the supplier has denied a request within the last 7 days.
    """
    if body.supplier_organisation_id == actor.organisation_id:
        raise OwnOrganisationError
    supplier = await organisation_card(session, body.supplier_organisation_id)
    if supplier is None or not supplier.sells or supplier.kind != "company":
        raise NotFoundError
    await lock_pair(session, actor.organisation_id, supplier.id)
    now = await database_now(session)
    live = await unexpired_link(session, actor.organisation_id, supplier.id, now)
    if live is not None:
        raise AlreadyLinkedError(link_id=str(live.id), state=live.state)
    await _refuse_while_cooling(session, actor.organisation_id, supplier.id, now)
    return await open_request(session, actor, supplier, now, message=body.message)


async def unexpired_link(
    session: AsyncSession, consumer: UUID, supplier: UUID, now: datetime
) -> Link | None:
    """The live link of a locked pair. A request whose time is over is taken out of the way."""
    live = await live_link(session, consumer, supplier)
    if live is not None and live.state == LinkState.PENDING and live.expires_at <= now:
        expire(session, live, now)
        await session.flush()
        return None
    return live


async def _refuse_while_cooling(
    session: AsyncSession, consumer: UUID, supplier: UUID, now: datetime
) -> None:
    retry_at = await session.scalar(
        select(func.max(Link.retry_at)).where(
            Link.consumer_organisation_id == consumer,
            Link.supplier_organisation_id == supplier,
            Link.state == LinkState.DENIED,
        )
    )
    if retry_at is not None and retry_at > now:
        raise CoolingPeriodError(retry_at=rfc3339(retry_at))


async def open_request(
    session: AsyncSession,
    actor: Actor,
    supplier: OrganisationCard,
    now: datetime,
    *,
    message: str,
    invitation: LinkInvitation | None = None,
) -> Link:
    """Write a request for a pair that is locked and has no live link.

    Args:
        invitation: by which the consumer came.
    """
    link = Link(
        id=new_id(),
        consumer_organisation_id=actor.organisation_id,
        consumer_organisation_name=actor.organisation_name,
        supplier_organisation_id=supplier.id,
        supplier_organisation_name=supplier.name,
        state=LinkState.PENDING,
        message=message,
        terms_version=0,
        invitation_id=invitation.id if invitation else None,
        requested_by=actor.user_id,
        requested_by_name=actor.display_name,
        expires_at=now + ANSWERED_WITHIN,
    )
    session.add(link)
    await session.flush()
    note_move(session, link, "request", CONSUMER, actor)
    record_audit(
        session,
        actor,
        "link.request",
        target_type=LINK.name,
        target_id=link.id,
        target_label=LINK.label_of(link),
        after={"state": LinkState.PENDING},
    )
    at_once = invitation is not None and invitation.accepts_at_once
    LINK.record(
        session,
        link,
        "requested",
        actor,
        data=facts(
            link,
            message=message,
            at_once=at_once,
            invitation_id=str(invitation.id) if invitation else None,
        ),
    )
    await session.flush()
    return link
