"""The audit trail: who changed what, written in the same transaction as the change."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Identity, Index, LargeBinary, func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.authz import Actor
from karavan.kit.db import Base, append


class AuditEntry(Base):
    """One change. Appended to, never edited: the application roles may only insert and read.

    `chain_position` and `entry_hash` are set later, when the sealer links the entry to its predecessor.
    """

    __tablename__ = "kit_audit_entries"

    sequence: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    organisation_id: Mapped[UUID]
    actor_user_id: Mapped[UUID | None]
    actor_name: Mapped[str] = mapped_column(server_default="")
    action: Mapped[str]
    target_type: Mapped[str]
    target_id: Mapped[UUID]
    target_label: Mapped[str] = mapped_column(server_default="")
    before: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    after: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    reason: Mapped[str | None]
    ip: Mapped[str | None]
    request_id: Mapped[str | None]
    occurred_at: Mapped[datetime] = mapped_column(server_default=func.now())
    chain_position: Mapped[int | None]
    entry_hash: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (
        Index("ix_kit_audit_entries_organisation_id_sequence", "organisation_id", "sequence"),
        Index("ix_kit_audit_entries_target", "organisation_id", "target_type", "target_id"),
        Index(
            "ix_kit_audit_entries_unsealed",
            "sequence",
            postgresql_where=text("chain_position is null"),
        ),
        Index(
            "ix_kit_audit_entries_chain",
            "organisation_id",
            "chain_position",
            postgresql_where=text("chain_position is not null"),
        ),
    )


def record_audit(
    session: AsyncSession,
    actor: Actor | None,
    action: str,
    *,
    target_type: str,
    target_id: UUID,
    target_label: str = "",
    organisation_id: UUID | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str | None = None,
) -> None:
    """Record a change in the current transaction.

    Args:
        actor: who did it; nothing when the clock did.
        action: `noun.verb`, such as `request.publish`.
        target_label: what a person calls the target, such as its number.
        organisation_id: in whose trail it stands; by default the actor's organisation.
        before, after: only the values that changed, never secrets.
    """
    owner = organisation_id or (actor.organisation_id if actor else None)
    if owner is None:
        raise ValueError("an audit entry belongs to an organisation")
    append(
        session,
        AuditEntry,
        organisation_id=owner,
        actor_user_id=actor.user_id if actor else None,
        actor_name=actor.display_name if actor else "",
        action=action,
        target_type=target_type,
        target_id=target_id,
        target_label=target_label,
        before=before or {},
        after=after or {},
        reason=reason,
        ip=actor.ip if actor else None,
        request_id=actor.request_id if actor else None,
    )
