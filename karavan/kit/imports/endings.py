"""What a job says about an import when it stops: that it failed and why, and that there is something to see."""

from uuid import UUID

from karavan.kit.clock import database_now
from karavan.kit.db import Database
from karavan.kit.imports.kinds import kind_named
from karavan.kit.imports.models import ImportRun
from karavan.kit.realtime import publish_transient
from karavan.kit.scopes import SYSTEM

TOPIC = "import.progress"


def started_by(run: ImportRun) -> UUID:
    """Who waits for the import: whoever has started it, or else whoever has brought the file."""
    return run.started_by or run.created_by


async def fail(database: Database, run: ImportRun, why: str, runner: UUID | None = None) -> None:
    """Mark an import as failed, unless it has moved on, or another attempt works on it.

    Args:
        why: a code for which the web app has words.
    """
    async with database.transaction(SYSTEM) as session:
        locked = await session.get(ImportRun, run.id, with_for_update=True)
        if locked is None or locked.state != run.state or locked.runner != runner:
            return
        kind = kind_named(run.kind)
        lifecycle = kind.lifecycle
        move = lifecycle.check(locked, "fail", None, await database_now(session))
        locked.failure = why
        lifecycle.apply(
            session,
            move,
            after={"failure": why},
            data={"failure": why, **kind.told_of(locked)},
        )
    await tell(database, run)


async def tell(database: Database, run: ImportRun) -> None:
    """Tell those who look that the import has moved."""
    async with database.transaction(SYSTEM) as session:
        await publish_transient(
            session,
            organisation_id=run.organisation_id,
            topic=TOPIC,
            payload={"import_id": str(run.id)},
        )
