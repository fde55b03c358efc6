"""Rows of price lists that actions work on, and what every change of them leaves behind."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import DomainError, NotFoundError
from karavan.kit.events import record_event
from karavan.kit.tenancy import caller_is
from karavan.modules.catalogue.models import PriceList

PRODUCTS_TOLD_MAX = 100


async def locked_lists(session: AsyncSession, organisation_id: UUID) -> dict[UUID, PriceList]:
    """All lists of the caller's, locked in the order of their ids.

    What a buyer gets follows from several of them: whoever changes one must see what the others say, and keep it so.
    """
    found = await session.scalars(
        select(PriceList)
        .where(PriceList.organisation_id == organisation_id, caller_is(PriceList.organisation_id))
        .order_by(PriceList.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {one.id: one for one in found}


def one_of(lists: dict[UUID, PriceList], list_id: UUID) -> PriceList:
    """One of the caller's lists.

    Raises:
        NotFoundError: there is none of this id.
    """
    found = lists.get(list_id)
    if found is None:
        raise NotFoundError("There is no such price list.")
    return found


async def flush_named(session: AsyncSession, taken: type[DomainError]) -> None:
    """Write what waits.

    Raises:
        DomainError: `taken`, when the organisation has another row of this name.
    """
    try:
        async with savepoint(session):
            await session.flush()
    except IntegrityError as error:
        raise taken from error


def record(
    session: AsyncSession,
    actor: Actor,
    price_list: PriceList,
    verb: str,
    event: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    products: Sequence[UUID] = (),
) -> None:
    """The audit row `price_list.<verb>` and the event `price_list.<event>`.

    Args:
        products: whose prices have changed; the event names the first hundred.
    """
    record_audit(
        session,
        actor,
        f"price_list.{verb}",
        target_type="price_list",
        target_id=price_list.id,
        target_label=price_list.name,
        before=before,
        after=after,
    )
    _tell(session, actor, f"price_list.{event}", price_list.id, price_list.name, products)


def record_group(
    session: AsyncSession, actor: Actor, group_id: UUID, name: str, verb: str, event: str
) -> None:
    """The same of a group of customers."""
    record_audit(
        session,
        actor,
        f"customer_group.{verb}",
        target_type="customer_group",
        target_id=group_id,
        target_label=name,
    )
    _tell(session, actor, f"customer_group.{event}", group_id, name, ())


def _tell(
    session: AsyncSession,
    actor: Actor,
    event_type: str,
    aggregate_id: UUID,
    label: str,
    products: Sequence[UUID],
) -> None:
    record_event(
        session,
        event_type,
        organisation_id=actor.organisation_id,
        aggregate_id=aggregate_id,
        payload={
            "label": label,
            "parties": {"seller": str(actor.organisation_id)},
            "actor_user_id": str(actor.user_id),
            "actor_organisation_id": str(actor.organisation_id),
            "data": {
                "product_ids": [str(one) for one in products[:PRODUCTS_TOLD_MAX]],
                "products_count": len(products),
            },
        },
    )
