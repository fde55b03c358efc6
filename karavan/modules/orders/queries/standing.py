"""Standing orders as their buyer sees them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.locks import find_row
from karavan.kit.pagination import Page, PageParameters, count_rows
from karavan.kit.tenancy import caller_is
from karavan.modules.orders.models import StandingOrder, StandingRun
from karavan.modules.orders.schemas.carts import OrderTemplateLine
from karavan.modules.orders.schemas.orders import OrderParty
from karavan.modules.orders.schemas.standing import (
    StandingDetails,
    StandingRunView,
    StandingView,
)
from karavan.modules.orders.standing_lifecycle import STANDING
from karavan.modules.orders.states import StandingState

_RUNS_SHOWN = 100


async def list_standing(
    session: AsyncSession, actor: Actor, paging: PageParameters, states: Sequence[StandingState]
) -> Page[StandingView]:
    """A page of the organisation's standing orders, the newest first."""
    wanted = select(StandingOrder).where(
        StandingOrder.buyer_organisation_id == actor.organisation_id
    )
    if states:
        wanted = wanted.where(StandingOrder.state.in_(states))
    total = await count_rows(session, wanted)
    found = await session.scalars(
        wanted.order_by(StandingOrder.created_at.desc(), StandingOrder.id)
        .offset(paging.offset)
        .limit(paging.size)
    )
    rows = found.all()
    now = await database_now(session)
    last = await session.scalars(
        select(StandingRun)
        .where(StandingRun.standing_order_id.in_([row.id for row in rows]))
        .ext(distinct_on(StandingRun.standing_order_id))
        .order_by(StandingRun.standing_order_id, StandingRun.due_at.desc())
    )
    latest = {run.standing_order_id: run for run in last}
    return paging.answer(
        [StandingView(**_values(row, actor, now, latest.get(row.id))) for row in rows], total
    )


async def read_standing(session: AsyncSession, actor: Actor, standing_id: UUID) -> StandingDetails:
    """A standing order with its turns.

    Raises:
        NotFoundError: the actor's organisation has none such.
    """
    standing = await find_row(
        session,
        select(StandingOrder).where(
            StandingOrder.id == standing_id, caller_is(StandingOrder.buyer_organisation_id)
        ),
    )
    return await standing_details(session, actor, standing)


async def standing_details(
    session: AsyncSession, actor: Actor, standing: StandingOrder
) -> StandingDetails:
    """The full view of a standing order that the transaction has read."""
    await session.flush()
    found = await session.scalars(
        select(StandingRun)
        .where(StandingRun.standing_order_id == standing.id)
        .order_by(StandingRun.due_at.desc())
        .limit(_RUNS_SHOWN)
    )
    runs = found.all()
    now = await database_now(session)
    return StandingDetails(
        **_values(standing, actor, now, runs[0] if runs else None),
        runs=[StandingRunView.model_validate(run) for run in runs],
    )


def _values(
    standing: StandingOrder, actor: Actor, now: datetime, last: StandingRun | None
) -> dict[str, Any]:
    names = (
        "id", "name", "state", "note", "buyer_reference", "delivery_address", "schedule", "days", "hour",
        "time_zone", "ends_on", "next_run_at", "created_by_name", "version", "created_at", "updated_at",
    )  # fmt: skip
    return {
        **{name: getattr(standing, name) for name in names},
        "supplier": OrderParty(
            id=standing.supplier_organisation_id, name=standing.supplier_organisation_name
        ),
        "lines": [OrderTemplateLine.model_validate(line) for line in standing.lines],
        "last_run": StandingRunView.model_validate(last) if last else None,
        "actions": STANDING.actions(standing, actor, now),
    }
