"""Standing orders are set up, changed, paused, resumed and ended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.errors import invalid
from karavan.kit.ids import new_id
from karavan.kit.lifecycle import TransitionBody
from karavan.kit.locks import find_row
from karavan.kit.tenancy import caller_is
from karavan.kit.versions import refuse_stale
from karavan.modules.links.public import accepted_link
from karavan.modules.orders.actions.place_from import language_of
from karavan.modules.orders.actions.templates import kept_lines
from karavan.modules.orders.errors import NotStandingError
from karavan.modules.orders.models import StandingOrder, StandingRun
from karavan.modules.orders.schedules import next_turn
from karavan.modules.orders.schemas.standing import StandingBody, StandingPatch
from karavan.modules.orders.standing_lifecycle import STANDING
from karavan.modules.orders.states import RunOutcome, Schedule, StandingState

PASSED_OVER = "standing_order.passed_over"
"""The code of a turn that a person has left out."""


async def create_standing(session: AsyncSession, actor: Actor, body: StandingBody) -> StandingOrder:
    """Set up an order that places itself, in the actor's name.

    Raises:
        NotFoundError: there is no accepted link with the supplier.
        ValidationError: lines of something that the supplier does not sell, or no turn before the last day.
    """
    lines = await kept_lines(session, actor, body.supplier_organisation_id, body.lines)
    link = await accepted_link(session, actor.organisation_id, body.supplier_organisation_id)
    standing = StandingOrder(
        id=new_id(),
        buyer_organisation_id=actor.organisation_id,
        buyer_organisation_name=link.consumer_organisation_name,
        supplier_organisation_id=link.supplier_organisation_id,
        supplier_organisation_name=link.supplier_organisation_name,
        name=body.name,
        state=STANDING.initial,
        lines=lines,
        note=body.note,
        buyer_reference=body.buyer_reference,
        delivery_address=body.delivery_address,
        schedule=body.schedule,
        days=body.days,
        hour=body.hour,
        time_zone=body.time_zone,
        ends_on=body.ends_on,
        created_by=actor.user_id,
        created_by_name=actor.display_name,
        language=language_of(actor.locale),
    )
    standing.next_run_at = _required_turn(standing, await database_now(session))
    session.add(standing)
    record_audit(
        session,
        actor,
        "standing_order.create",
        target_type="standing_order",
        target_id=standing.id,
        target_label=standing.name,
        after={"schedule": standing.schedule, "days": standing.days},
    )
    STANDING.record(session, standing, "created", actor)
    await session.flush()
    return standing


async def change_standing(
    session: AsyncSession, actor: Actor, standing_id: UUID, body: StandingPatch
) -> StandingOrder:
    """Change what is ordered or when. From then on it runs in the name of who changed it.

    Raises:
        NotStandingError: it has ended.
    """
    standing = await locked_standing(session, standing_id)
    refuse_stale(standing, body.version)
    if standing.state == StandingState.ENDED:
        raise NotStandingError(state=standing.state)
    if body.lines is not None:
        standing.lines = await kept_lines(
            session, actor, standing.supplier_organisation_id, body.lines
        )
    if body.timetable is not None:
        for name, value in body.timetable.model_dump().items():
            setattr(standing, name, value)
        if standing.state == StandingState.ACTIVE:
            standing.next_run_at = await _coming_turn(session, standing)
    changed: dict[str, Any] = body.model_dump(
        include={"name", "note", "buyer_reference", "delivery_address"}, exclude_none=True
    )
    for name, value in changed.items():
        setattr(standing, name, value)
    standing.created_by = actor.user_id
    standing.created_by_name = actor.display_name
    standing.version += 1
    record_audit(
        session,
        actor,
        "standing_order.change",
        target_type="standing_order",
        target_id=standing.id,
        target_label=standing.name,
        after={"changed": sorted(body.model_fields_set - {"version"})},
    )
    await session.flush()
    return standing


async def pause(
    session: AsyncSession, actor: Actor, standing_id: UUID, body: TransitionBody
) -> StandingOrder:
    """Let no turn come until it is resumed."""
    standing = await locked_standing(session, standing_id)
    move = STANDING.check(standing, "pause", actor, await database_now(session), body)
    standing.next_run_at = None
    return STANDING.apply(session, move)


async def resume(
    session: AsyncSession, actor: Actor, standing_id: UUID, body: TransitionBody
) -> StandingOrder:
    """Go on with the next turn of the timetable. Turns that were missed meanwhile are not made up for."""
    standing = await locked_standing(session, standing_id)
    now = await database_now(session)
    move = STANDING.check(standing, "resume", actor, now, body)
    standing.next_run_at = await _coming_turn(session, standing)
    return STANDING.apply(session, move)


async def skip_next(
    session: AsyncSession, actor: Actor, standing_id: UUID, body: TransitionBody
) -> StandingOrder:
    """Leave out the turn that comes next; the one after it stands. Without one after it the standing order ends."""
    standing = await locked_standing(session, standing_id)
    now = await database_now(session)
    move = STANDING.check(standing, "skip-next", actor, now, body)
    left_out = standing.next_run_at
    if left_out is None:
        raise NotStandingError(state=standing.state)
    session.add(
        StandingRun(
            standing_order_id=standing.id,
            buyer_organisation_id=standing.buyer_organisation_id,
            due_at=left_out,
            outcome=RunOutcome.SKIPPED,
            code=PASSED_OVER,
            detail=f"Left out by {actor.display_name}.",
            facts={"name": actor.display_name},
        )
    )
    standing.next_run_at = turn_after(standing, max(now, left_out))
    return STANDING.apply(
        session,
        move,
        target=StandingState.ENDED if standing.next_run_at is None else StandingState.ACTIVE,
        data={"due_at": rfc3339(left_out)},
    )


async def end(
    session: AsyncSession, actor: Actor, standing_id: UUID, body: TransitionBody
) -> StandingOrder:
    """End it for good. Its history stays."""
    standing = await locked_standing(session, standing_id)
    move = STANDING.check(standing, "end", actor, await database_now(session), body)
    standing.next_run_at = None
    return STANDING.apply(session, move)


async def locked_standing(session: AsyncSession, standing_id: UUID) -> StandingOrder:
    """A standing order of the caller's organisation, locked.

    Raises:
        NotFoundError: there is none.
    """
    return await find_row(
        session,
        select(StandingOrder).where(
            StandingOrder.id == standing_id, caller_is(StandingOrder.buyer_organisation_id)
        ),
        lock=True,
    )


def turn_after(standing: StandingOrder, after: datetime) -> datetime | None:
    """The standing order's first turn after a moment."""
    return next_turn(
        Schedule(standing.schedule),
        standing.days,
        standing.hour,
        standing.time_zone,
        after,
        ends_on=standing.ends_on,
    )


async def _coming_turn(session: AsyncSession, standing: StandingOrder) -> datetime:
    """The next turn that nobody has left out yet."""
    now = await database_now(session)
    found = await session.scalars(
        select(StandingRun.due_at).where(
            StandingRun.standing_order_id == standing.id, StandingRun.due_at > now
        )
    )
    left_out = set(found)
    turn = _required_turn(standing, now)
    while turn in left_out:
        turn = _required_turn(standing, turn)
    return turn


def _required_turn(standing: StandingOrder, now: datetime) -> datetime:
    turn = turn_after(standing, now)
    if turn is None:
        raise invalid("#/ends_on", "past", "There is no turn before this day.")
    return turn
