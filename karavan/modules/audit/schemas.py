"""Answers of the audit trail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from karavan.kit.schemas import View


class AuditActor(View):
    """Who did it. Without an id it was the clock."""

    id: UUID | None
    name: str


class AuditTarget(View):
    """To what."""

    type: str
    id: UUID
    label: str


class AuditEntryView(View):
    """One change."""

    sequence: int
    occurred_at: datetime
    action: str = Field(description="`noun.verb`, such as `request.publish`.")
    actor: AuditActor
    target: AuditTarget
    before: dict[str, Any] = Field(description="The values that changed, as they were.")
    after: dict[str, Any] = Field(description="The same values, as they are.")
    reason: str | None
    ip: str | None
    request_id: str | None
    position: int | None = Field(
        description="Place in the chain; null for the seconds before sealing."
    )
    hash: str | None


class AuditVerification(View):
    """Whether the trail is still what was written."""

    ok: bool
    entries: int
    sealed: int
    broken_at: int | None = Field(
        description="Position of the first entry that is not what was sealed."
    )
    reason: str | None = Field(description="`changed`, `missing`, `inserted` or `head_missing`.")
    head_hash: str | None = Field(description="Written down elsewhere, it proves the whole trail.")
