"""Names that rows of other modules keep beside an organisation's id, so that their lists need no join and can be searched."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from karavan.kit.db import Timestamped
from karavan.kit.events import Event
from karavan.modules.organisations.models import Organisation


async def new_name(session: AsyncSession, event: Event) -> tuple[UUID, str] | None:
    """Whom an `organisation.updated` event has renamed, and what they are called now; nothing when it told of something else."""
    if "name" not in event.payload["changed"]:
        return None
    row = await session.get(Organisation, UUID(event.payload["organisation_id"]))
    return None if row is None else (row.id, row.name)


async def keep_name(
    session: AsyncSession,
    event: Event,
    *columns: tuple[InstrumentedAttribute[UUID], InstrumentedAttribute[str]],
) -> bool:
    """Write an organisation's new name wherever a row names it. For the row that is no change: it keeps its time.

    Args:
        columns: those with ids, each with that of the name which belongs to it.

    Returns:
        Whether the event told of a new name.
    """
    renamed = await new_name(session, event)
    if renamed is None:
        return False
    organisation_id, name = renamed
    for identifier, kept in columns:
        table = cast("type[Any]", identifier.class_)
        values: dict[str, Any] = {kept.key: name}
        if issubclass(table, Timestamped):
            values["updated_at"] = table.updated_at
        await session.execute(update(table).where(identifier == organisation_id).values(values))
    return True
