"""Places where a supplier keeps goods."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import NotFoundError
from karavan.kit.ids import new_id
from karavan.kit.tenancy import caller_is
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.errors import LocationInUseError, LocationNameTakenError
from karavan.modules.catalogue.models import StockLevel, StockLocation
from karavan.modules.catalogue.schemas.stock import LocationBody, LocationPatch
from karavan.modules.organisations.public import changes_of

FIRST_NAME = "Main"
"""Of the place that is made for a supplier who has named none."""


async def add_location(session: AsyncSession, actor: Actor, body: LocationBody) -> StockLocation:
    """A new place.

    Raises:
        LocationNameTakenError: there is one of this name.
    """
    location = StockLocation(
        id=new_id(), organisation_id=actor.organisation_id, version=1, **body.model_dump()
    )
    session.add(location)
    await _flush_named(session)
    _audit(session, actor, location, "create")
    return location


async def edit_location(
    session: AsyncSession, actor: Actor, location_id: UUID, body: LocationPatch
) -> StockLocation:
    """Rename a place, or serve orders from it earlier or later.

    Raises:
        NotFoundError: it is not the actor's organisation's.
        ConflictError: somebody else changed it since the caller read it.
        LocationNameTakenError: there is another one of this name.
    """
    location = await own_location(session, location_id, lock=True)
    refuse_stale(location, body.version)
    given = changes_of(body, nullable=frozenset(), without=frozenset({"version"}))
    for name, value in given.items():
        setattr(location, name, value)
    location.version += 1
    await _flush_named(session)
    _audit(session, actor, location, "edit")
    return location


async def remove_location(
    session: AsyncSession, actor: Actor, location_id: UUID, *, version: int | None = None
) -> None:
    """Give a place up that holds nothing.

    Raises:
        NotFoundError: it is not the actor's organisation's.
        ConflictError: somebody else changed it since the caller read it.
        LocationInUseError: goods lie there, or have lain there: movements name it.
    """
    location = await own_location(session, location_id, lock=True)
    refuse_stale(location, version)
    # Counted behind the lock: goods that arrive meanwhile wait for it, and then find the place gone.
    levels = list(
        await session.scalars(
            select(StockLevel)
            .where(StockLevel.location_id == location.id, caller_is(StockLevel.organisation_id))
            .order_by(StockLevel.product_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )
    if used := sum(level.on_hand > 0 for level in levels):
        raise LocationInUseError(products=used)
    for level in levels:
        await session.delete(level)
    _audit(session, actor, location, "delete")
    await session.flush()
    await session.delete(location)
    await session.flush()


async def own_location(
    session: AsyncSession, location_id: UUID, *, lock: bool = False
) -> StockLocation:
    """A place of the caller's.

    Raises:
        NotFoundError: there is none.
    """
    wanted = select(StockLocation).where(
        StockLocation.id == location_id, caller_is(StockLocation.organisation_id)
    )
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    location = await session.scalar(wanted)
    if location is None:
        raise NotFoundError("There is no such place.")
    return location


async def default_location(session: AsyncSession, actor: Actor) -> StockLocation:
    """The place from which orders are served first; it is made when there is none."""
    first = (
        select(StockLocation)
        .where(StockLocation.organisation_id == actor.organisation_id)
        .order_by(StockLocation.position, StockLocation.id)
        .limit(1)
    )
    location = await session.scalar(first)
    if location is not None:
        return location
    await session.execute(
        insert(StockLocation)
        .values(id=new_id(), organisation_id=actor.organisation_id, name=FIRST_NAME, version=1)
        .on_conflict_do_nothing()
    )
    made = await session.scalar(first)
    assert made is not None
    return made


async def _flush_named(session: AsyncSession) -> None:
    try:
        async with savepoint(session):
            await session.flush()
    except IntegrityError as error:
        raise LocationNameTakenError from error


def _audit(session: AsyncSession, actor: Actor, location: StockLocation, verb: str) -> None:
    record_audit(
        session,
        actor,
        f"stock_location.{verb}",
        target_type="stock_location",
        target_id=location.id,
        target_label=location.name,
        after={"name": location.name, "position": location.position},
    )
