"""Spending limits and the approvals that they ask for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.procurement.states import ApprovalState


class ApprovalRule(Base, Identified, Timestamped):
    """From this amount on, somebody with this role must agree. Rules that apply form the chain, lowest first."""

    __tablename__ = "procurement_approval_rules"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    purpose: Mapped[str]
    above_amount: Mapped[int]
    currency: Mapped[str]
    approver_role: Mapped[str]

    __table_args__ = (
        UniqueConstraint(
            "organisation_id",
            "purpose",
            "currency",
            "above_amount",
            "approver_role",
            name="uq_procurement_approval_rules_rule",
        ),
    )


class Approval(Base, Identified, Timestamped, Versioned):
    """One chain of agreement about publishing or awarding a request.

    `fingerprint` is the hash of what was approved: a change of it afterwards makes the approval void.
    `steps` lists `{role, state, decided_by, decided_by_name, decided_at, reason}` in order. Without an `amount` nobody
    knows what will be spent, and every rule applies.
    """

    __tablename__ = "procurement_approvals"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    request_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_requests.id", ondelete="CASCADE")
    )
    purpose: Mapped[str]
    state: Mapped[str] = mapped_column(default=ApprovalState.PENDING)
    amount: Mapped[int | None]
    currency: Mapped[str]
    fingerprint: Mapped[str]
    summary: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    steps: Mapped[list[dict[str, Any]]]
    # The role of the first undecided step, so that people find what waits for them.
    next_role: Mapped[str | None]
    requested_by: Mapped[UUID]
    requested_by_name: Mapped[str] = mapped_column(server_default="")
    decided_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_procurement_approvals_own", "organisation_id", "state", "created_at"),
        Index("ix_procurement_approvals_request_id", "request_id"),
    )
