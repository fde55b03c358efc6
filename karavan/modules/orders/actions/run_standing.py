"""A standing order's turn: the order is placed by the same action as any other, or it is told why not."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, Role, declared_permissions, permissions_of
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.db import Database
from karavan.kit.errors import DomainError, ValidationError
from karavan.kit.scopes import SYSTEM, Scope
from karavan.modules.orders.actions.place import NewOrder, place
from karavan.modules.orders.actions.standing import turn_after
from karavan.modules.orders.actions.templates import Kept, wanted_of
from karavan.modules.orders.errors import StandingGoodsError, StandingRightsError
from karavan.modules.orders.models import Order, StandingOrder, StandingRun
from karavan.modules.orders.permissions import ORDER_PLACE
from karavan.modules.orders.standing_lifecycle import STANDING
from karavan.modules.orders.states import RunOutcome, StandingState
from karavan.modules.organisations.public import people_of

_BATCH = 200


class _Turn(Struct, frozen=True):
    standing_id: UUID
    buyer_organisation_id: UUID
    user_id: UUID
    due_at: datetime


async def run_due(database: Database) -> int:
    """Take the turns that are due. Returns how many there were.

    Each has a transaction of its own, with the rights of the buyer whose order it is; a turn whose process dies is taken
    by the next run, and is written down once however often that happens.
    """
    async with database.transaction(SYSTEM) as session:
        now = await database_now(session)
        found = await session.execute(
            select(
                StandingOrder.id,
                StandingOrder.buyer_organisation_id,
                StandingOrder.created_by,
                StandingOrder.next_run_at,
            )
            .where(StandingOrder.state == StandingState.ACTIVE, StandingOrder.next_run_at <= now)
            .order_by(StandingOrder.next_run_at, StandingOrder.id)
            .limit(_BATCH)
        )
        turns = [
            _Turn(standing_id, buyer, person, due_at)
            for standing_id, buyer, person, due_at in found
            if due_at is not None
        ]
    for turn in turns:
        await _take(database, turn)
    return len(turns)


async def _take(database: Database, turn: _Turn) -> None:
    scope = Scope(turn.buyer_organisation_id, turn.user_id)
    try:
        async with database.transaction(scope) as session:
            standing = await _still_due(session, turn)
            if standing is None:
                return
            placed = await place(
                session,
                await _actor_of(session, standing),
                NewOrder(
                    supplier_id=standing.supplier_organisation_id,
                    lines=wanted_of(standing.lines),
                    note=standing.note,
                    buyer_reference=standing.buyer_reference,
                    delivery_address=standing.delivery_address,
                    language=standing.language,
                    standing_order_id=standing.id,
                ),
            )
            await _write_down(session, standing, turn, order=placed.order)
    except DomainError as refusal:
        # What the attempt has done is rolled back; the turn is over all the same.
        async with database.transaction(scope) as session:
            standing = await _still_due(session, turn)
            if standing is not None:
                await _write_down(session, standing, turn, refusal=refusal)


async def _still_due(session: AsyncSession, turn: _Turn) -> StandingOrder | None:
    standing = await session.scalar(
        select(StandingOrder)
        .where(StandingOrder.id == turn.standing_id)
        .with_for_update(key_share=True)
    )
    if standing is None or standing.state != StandingState.ACTIVE:
        return None
    return standing if standing.next_run_at == turn.due_at else None


async def _actor_of(session: AsyncSession, standing: StandingOrder) -> Actor:
    """Who set it up, if they still may order.

    Raises:
        StandingRightsError: they have left, or their role has changed.
    """
    roles = [role for role in declared_permissions()[ORDER_PLACE] if isinstance(role, Role)]
    people = await people_of(session, [standing.buyer_organisation_id], roles)
    if (standing.buyer_organisation_id, standing.created_by) not in people:
        raise StandingRightsError
    return Actor(
        user_id=standing.created_by,
        organisation_id=standing.buyer_organisation_id,
        role=Role.BUYER,
        display_name=standing.created_by_name,
        locale=standing.language,
        organisation_name=standing.buyer_organisation_name,
        permissions=permissions_of(Role.BUYER, None),
    )


def _refused_goods(lines: Kept, refusal: DomainError) -> list[dict[str, Any]]:
    """The goods for which a turn was refused, as they were called then, and why: a code and its facts."""
    reasons: dict[str, dict[str, Any]] = {
        one["product_id"]: {"code": "short", "available": one["available"]}
        for one in refusal.meta.get("products", ())
    }
    for error in refusal.errors:
        _, _, index, *_ = error.pointer.split("/")
        reasons[lines[int(index)]["product_id"]] = {"code": error.code}
    return [
        {"sku": line["sku"], "name": line["name"], "names": line.get("names") or {}, **reason}
        for line in lines
        if (reason := reasons.get(line["product_id"]))
    ]


async def _write_down(
    session: AsyncSession,
    standing: StandingOrder,
    turn: _Turn,
    *,
    order: Order | None = None,
    refusal: DomainError | None = None,
) -> None:
    goods = [] if refusal is None else _refused_goods(standing.lines, refusal)
    if isinstance(refusal, ValidationError):
        # Nobody has filled in a form: what is to be mended are the goods that are kept here.
        refusal = StandingGoodsError()
    facts = {} if refusal is None else {**refusal.meta, "goods": goods}
    session.add(
        StandingRun(
            standing_order_id=standing.id,
            buyer_organisation_id=standing.buyer_organisation_id,
            due_at=turn.due_at,
            outcome=RunOutcome.PLACED if order else RunOutcome.SKIPPED,
            order_id=order.id if order else None,
            order_number=order.number if order else None,
            code=refusal.code if refusal else None,
            detail=refusal.detail if refusal else None,
            facts=facts,
        )
    )
    # Turns that were missed while nothing ran are not made up for: nobody wants last week's bread.
    standing.next_run_at = turn_after(standing, await database_now(session))
    standing.version += 1
    if standing.next_run_at is None:
        standing.state = StandingState.ENDED
    STANDING.record(
        session,
        standing,
        "placed" if order else "skipped",
        None,
        data={
            "supplier_name": standing.supplier_organisation_name,
            "order_id": str(order.id) if order else None,
            "number": order.number if order else None,
            "code": refusal.code if refusal else None,
            "cause": refusal.code if refusal else None,
            "detail": refusal.detail if refusal else None,
            "due_at": rfc3339(turn.due_at),
        },
    )
    await session.flush()
