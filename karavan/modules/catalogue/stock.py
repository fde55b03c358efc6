"""Stock: the only way in which quantities change.

Whoever changes stock locks the levels first, in the order (product, place), then the products, heads of families before their
variants, each in the order of their ids. So no two changes ever wait for one another, in whatever order they were asked.

Nothing here changes the role of the transaction. A supplier's own transaction may do all of it to its own stock; a buyer's
action calls it inside `kit.db.as_system`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.json import decode
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import flush, read_row
from karavan.kit.decimals import plain
from karavan.kit.errors import ConflictError, NotFoundError
from karavan.kit.events import record_event
from karavan.modules.catalogue.errors import NotAllocatedError, OutOfStockError, StockPromisedError
from karavan.modules.catalogue.states import MovementKind
from karavan.modules.catalogue.stock_sql import APPLY, ENSURE, LOCK, OUTSTANDING


class Demand(Struct, frozen=True):
    """A quantity of a product, in its unit of measure."""

    product_id: UUID
    quantity: Decimal


class Allocation(Struct, frozen=True):
    """A quantity of a product in one place."""

    product_id: UUID
    location_id: UUID
    quantity: Decimal


class Count(Struct, frozen=True):
    """What was found, or what arrived, of a product in one place; `version` refuses when the level has another."""

    product_id: UUID
    location_id: UUID
    quantity: Decimal
    version: int | None = None


class Level(Struct):
    """A locked level as it was found."""

    product_id: UUID
    location_id: UUID
    on_hand: Decimal
    allocated: Decimal
    version: int


class _Change(Struct, frozen=True):
    product_id: UUID
    location_id: UUID
    on_hand: Decimal
    allocated: Decimal


def _summed(demands: Iterable[Demand]) -> dict[UUID, Decimal]:
    totals: dict[UUID, Decimal] = defaultdict(Decimal)
    for demand in demands:
        if demand.quantity <= 0:
            raise ValueError("a demand is for more than nothing")
        totals[demand.product_id] += demand.quantity
    return dict(totals)


async def allocate(
    session: AsyncSession,
    demands: Sequence[Demand],
    order_id: UUID,
    *,
    actor: Actor | None = None,
) -> list[Allocation]:
    """Promise goods to an order: all of them, or none.

    Demands for one product are added up first, so two lines cannot each see the same last piece. Places are emptied in the
    order of their positions.

    Raises:
        OutOfStockError: with every product that is short, what was asked of it and what is there.
    """
    wanted = _summed(demands)
    levels: dict[UUID, list[Level]] = defaultdict(list)
    for level in await lock_levels(session, wanted):
        levels[level.product_id].append(level)
    allocations, short = [], []
    for product_id, quantity in wanted.items():
        there = sum((level.on_hand - level.allocated for level in levels[product_id]), Decimal())
        if there < quantity:
            short.append(
                {
                    "product_id": str(product_id),
                    "asked": plain(quantity),
                    "available": plain(there),
                }
            )
            continue
        left = quantity
        for level in levels[product_id]:
            taken = min(left, level.on_hand - level.allocated)
            if taken > 0:
                allocations.append(Allocation(product_id, level.location_id, taken))
                left -= taken
    if short:
        raise OutOfStockError(products=short)
    changes = [_Change(a.product_id, a.location_id, Decimal(), a.quantity) for a in allocations]
    await _apply(session, changes, MovementKind.ALLOCATED, order_id=order_id, actor=actor)
    return allocations


async def release(
    session: AsyncSession,
    order_id: UUID,
    demands: Sequence[Demand] | None = None,
    *,
    reason: str = "",
    actor: Actor | None = None,
) -> list[Allocation]:
    """Take back what was promised to an order and has not been shipped: all of it, or the given quantities.

    Raises:
        NotAllocatedError: more is to be released than the order holds.
    """
    taken = await _take(session, order_id, demands)
    changes = [_Change(a.product_id, a.location_id, Decimal(), -a.quantity) for a in taken]
    await _apply(
        session, changes, MovementKind.RELEASED, reason=reason, order_id=order_id, actor=actor
    )
    return taken


async def ship_allocated(
    session: AsyncSession,
    order_id: UUID,
    demands: Sequence[Demand] | None = None,
    *,
    actor: Actor | None = None,
) -> list[Allocation]:
    """Let goods that were promised to an order leave: all of them, or the given quantities.

    Raises:
        NotAllocatedError: more is to be shipped than the order holds.
    """
    taken = await _take(session, order_id, demands)
    changes = [_Change(a.product_id, a.location_id, -a.quantity, -a.quantity) for a in taken]
    await _apply(session, changes, MovementKind.SHIPPED, order_id=order_id, actor=actor)
    return taken


async def receive(
    session: AsyncSession,
    counts: Sequence[Count],
    *,
    reason: str = "",
    actor: Actor | None = None,
    order_id: UUID | None = None,
    returned: bool = False,
) -> None:
    """Add what has arrived. A level that did not exist yet begins.

    Args:
        returned: the goods come back from a buyer, of `order_id`.

    Raises:
        ConflictError: a level has another version than the caller read.
    """
    levels = await _opened(session, counts)
    changes = []
    for count in counts:
        _refuse_stale(levels[count.product_id, count.location_id], count)
        changes.append(_Change(count.product_id, count.location_id, count.quantity, Decimal()))
    kind = MovementKind.RETURNED if returned else MovementKind.RECEIVED
    await _apply(session, _merged(changes), kind, reason=reason, order_id=order_id, actor=actor)


async def adjust(
    session: AsyncSession,
    counts: Sequence[Count],
    *,
    reason: str,
    actor: Actor | None = None,
    told: bool = True,
) -> None:
    """Correct what is on hand to what was counted. Of several counts of one level the last holds.

    Args:
        told: whether each product has an event; an import tells of many at once.

    Raises:
        StockPromisedError: less was counted than is promised to orders.
        ConflictError: a level has another version than the caller read.
    """
    levels = await _opened(session, counts)
    changes, promised = {}, []
    for count in counts:
        key = count.product_id, count.location_id
        level = levels[key]
        _refuse_stale(level, count)
        if count.quantity < level.allocated:
            promised.append(
                {
                    "product_id": str(count.product_id),
                    "location_id": str(count.location_id),
                    "counted": str(count.quantity),
                    "allocated": str(level.allocated),
                }
            )
        changes[key] = _Change(*key, count.quantity - level.on_hand, Decimal())
    if promised:
        raise StockPromisedError(levels=promised)
    await _apply(
        session,
        [change for change in changes.values() if change.on_hand],
        MovementKind.ADJUSTED,
        reason=reason,
        actor=actor,
        told=told,
    )


async def lock_levels(session: AsyncSession, product_ids: Iterable[UUID]) -> list[Level]:
    """The levels of these products, locked in the order of their keys, listed by the position of their places."""
    await flush(session)
    row = await read_row(session, LOCK, list(product_ids))
    return [
        Level(
            UUID(item["product"]),
            UUID(item["location"]),
            Decimal(item["on_hand"]),
            Decimal(item["allocated"]),
            item["version"],
        )
        for item in _json(row)
    ]


async def _opened(session: AsyncSession, counts: Sequence[Count]) -> dict[tuple[UUID, UUID], Level]:
    """The locked levels that the counts are about; the missing ones begin at nothing."""
    await flush(session)
    wanted = sorted({(count.product_id, count.location_id) for count in counts})
    await read_row(session, ENSURE, [p for p, _ in wanted], [place for _, place in wanted])
    levels = await lock_levels(session, {product_id for product_id, _ in wanted})
    found = {(level.product_id, level.location_id): level for level in levels}
    if not found.keys() >= set(wanted):
        raise NotFoundError("There is no such product or place.")
    return found


async def _take(
    session: AsyncSession, order_id: UUID, demands: Sequence[Demand] | None
) -> list[Allocation]:
    """What of the order's promised goods is meant, with the levels locked."""
    # Which levels are to be locked only the movements tell; what they say is read again behind the lock.
    held = await _outstanding(session, order_id)
    wanted = None if demands is None else _summed(demands)
    await lock_levels(session, {a.product_id for a in held} | set(wanted or {}))
    held = await _outstanding(session, order_id)
    if wanted is None:
        return held
    taken = []
    for allocation in held:
        quantity = min(wanted.get(allocation.product_id, Decimal()), allocation.quantity)
        if quantity > 0:
            wanted[allocation.product_id] -= quantity
            taken.append(Allocation(allocation.product_id, allocation.location_id, quantity))
    if missing := {product_id: left for product_id, left in wanted.items() if left > 0}:
        raise NotAllocatedError(
            products=[{"product_id": str(p), "missing": str(left)} for p, left in missing.items()]
        )
    return taken


async def _outstanding(session: AsyncSession, order_id: UUID) -> list[Allocation]:
    await session.flush()
    row = await read_row(session, OUTSTANDING, order_id)
    return [
        Allocation(UUID(item["product"]), UUID(item["location"]), Decimal(item["quantity"]))
        for item in _json(row)
    ]


async def _apply(
    session: AsyncSession,
    changes: Sequence[_Change],
    kind: MovementKind,
    *,
    reason: str = "",
    order_id: UUID | None = None,
    actor: Actor | None = None,
    told: bool = True,
) -> None:
    """Write changes of locked levels, their movements, and what follows for the products.

    Orders come and go by the second, so they are told of only when a product sells out or can be had again; what a person
    receives or counts is always told.
    """
    if not changes:
        return
    row = await read_row(
        session,
        APPLY,
        [change.product_id for change in changes],
        [change.location_id for change in changes],
        [change.on_hand for change in changes],
        [change.allocated for change in changes],
        kind.value,
        reason,
        order_id,
        actor.user_id if actor else None,
        actor.display_name if actor else "",
    )
    if not told:
        return
    by_person = kind in {MovementKind.RECEIVED, MovementKind.ADJUSTED, MovementKind.RETURNED}
    for product in _json(row):
        before, after = Decimal(product["before"]), Decimal(product["after"])
        if by_person or (before > 0) != (after > 0):
            record_event(
                session,
                "product.stock_changed",
                organisation_id=UUID(product["organisation"]),
                aggregate_id=UUID(product["id"]),
                payload={
                    "product_id": product["id"],
                    "organisation_id": product["organisation"],
                    "parent_id": product["parent"],
                    "before": product["before"],
                    "after": product["after"],
                    "kind": kind.value,
                },
            )


def _refuse_stale(level: Level, count: Count) -> None:
    if count.version is not None and count.version != level.version:
        raise ConflictError(version=level.version)


def _merged(changes: Sequence[_Change]) -> list[_Change]:
    """One change per level: an update touches a row once."""
    sums: dict[tuple[UUID, UUID], Decimal] = defaultdict(Decimal)
    for change in changes:
        sums[change.product_id, change.location_id] += change.on_hand
    return [_Change(*key, quantity, Decimal()) for key, quantity in sums.items()]


def _json(row: Sequence[Any] | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = decode(row[0]) if row is not None and row[0] else []
    return found
