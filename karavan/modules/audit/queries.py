"""Reading the trail, newest first."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import AuditEntry
from karavan.modules.audit.schemas import AuditActor, AuditEntryView, AuditTarget


class AuditFilters(Struct, frozen=True, kw_only=True):
    """Which entries; what is left out does not filter."""

    action: str | None = None
    actor: UUID | None = None
    target_type: str | None = None
    target_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None


def _filtered(organisation_id: UUID, filters: AuditFilters) -> Select[AuditEntry]:
    statement = select(AuditEntry).where(AuditEntry.organisation_id == organisation_id)
    if filters.action is not None:
        # A noun alone stands for everything that is done to it.
        exact = AuditEntry.action == filters.action
        family = AuditEntry.action.startswith(f"{filters.action}.", autoescape=True)
        statement = statement.where(or_(exact, family))
    if filters.actor is not None:
        statement = statement.where(AuditEntry.actor_user_id == filters.actor)
    if filters.target_type is not None:
        statement = statement.where(AuditEntry.target_type == filters.target_type)
    if filters.target_id is not None:
        statement = statement.where(AuditEntry.target_id == filters.target_id)
    if filters.since is not None:
        statement = statement.where(AuditEntry.occurred_at >= filters.since)
    if filters.until is not None:
        statement = statement.where(AuditEntry.occurred_at < filters.until)
    if filters.text:
        searched = (
            AuditEntry.target_label,
            AuditEntry.actor_name,
            AuditEntry.action,
            AuditEntry.reason,
        )
        statement = statement.where(
            or_(*(column.icontains(filters.text, autoescape=True) for column in searched))
        )
    return statement


async def read_entries(
    session: AsyncSession,
    organisation_id: UUID,
    filters: AuditFilters,
    *,
    before_sequence: int | None,
    limit: int,
) -> list[AuditEntryView]:
    """Up to `limit` entries older than `before_sequence`, newest first."""
    statement = _filtered(organisation_id, filters).order_by(AuditEntry.sequence.desc())
    if before_sequence is not None:
        statement = statement.where(AuditEntry.sequence < before_sequence)
    return [view_of(entry) for entry in await session.scalars(statement.limit(limit))]


def view_of(entry: AuditEntry) -> AuditEntryView:
    """An entry as readers see it."""
    return AuditEntryView(
        sequence=entry.sequence,
        occurred_at=entry.occurred_at,
        action=entry.action,
        actor=AuditActor(id=entry.actor_user_id, name=entry.actor_name),
        target=AuditTarget(type=entry.target_type, id=entry.target_id, label=entry.target_label),
        before=entry.before,
        after=entry.after,
        reason=entry.reason,
        ip=entry.ip,
        request_id=entry.request_id,
        position=entry.chain_position,
        hash=None if entry.entry_hash is None else entry.entry_hash.hex(),
    )
