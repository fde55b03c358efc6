"""A link's rows. To strangers they are absent, by these queries and by the policies, so absence answers 404."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.locks import find_row, lock_name
from karavan.kit.tenancy import caller_is
from karavan.modules.links.models import Link, LinkMove
from karavan.modules.links.states import LIVE

_SIDES = caller_is(Link.consumer_organisation_id, Link.supplier_organisation_id)


async def locked_link(session: AsyncSession, link_id: UUID) -> Link:
    """A link of which the caller is a side, locked until the transaction ends.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(session, select(Link).where(Link.id == link_id, _SIDES), lock=True)


async def visible_link(session: AsyncSession, link_id: UUID) -> Link:
    """The same, unlocked.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(session, select(Link).where(Link.id == link_id, _SIDES))


async def lock_pair(session: AsyncSession, consumer: UUID, supplier: UUID) -> None:
    """Let whoever makes a link of this ordered pair live wait for one another: there is no row yet to lock."""
    await lock_name(session, "links", consumer, supplier)


async def live_link(session: AsyncSession, consumer: UUID, supplier: UUID) -> Link | None:
    """The live link of an ordered pair, locked."""
    return await session.scalar(
        select(Link)
        .where(
            Link.consumer_organisation_id == consumer,
            Link.supplier_organisation_id == supplier,
            Link.state.in_(LIVE),
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def note_move(
    session: AsyncSession,
    link: Link,
    name: str,
    side: str,
    actor: Actor | None,
    reason: str | None = None,
) -> None:
    """Write down what has happened, for both sides to read."""
    session.add(
        LinkMove(
            link_id=link.id,
            consumer_organisation_id=link.consumer_organisation_id,
            supplier_organisation_id=link.supplier_organisation_id,
            name=name,
            side=side,
            actor_name=actor.display_name if actor else "",
            reason=reason,
        )
    )


def facts(link: Link, **further: Any) -> dict[str, Any]:
    """What handlers of a link's events are told."""
    return {
        "consumer_name": link.consumer_organisation_name,
        "supplier_name": link.supplier_organisation_name,
        "terms_number": link.terms_version,
        **further,
    }
