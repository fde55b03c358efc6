"""Tables of complaints. `organisation_id` is the supplier everywhere."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.support.states import ComplaintState


class Complaint(Base, Identified, Timestamped, Versioned):
    """A complaint of a buyer about an order or one of its lines.

    Amounts are minor units of `currency` without tax, as the lines of an order are. `due_at` is the supplier's deadline
    and runs in the supplier's working time; while the buyer is waited for it is absent and `minutes_left` keeps what
    remains. `lapses_at` is when the buyer's silence agrees.
    """

    __tablename__ = "support_complaints"

    number: Mapped[str]
    state: Mapped[str] = mapped_column(default=ComplaintState.OPEN)
    kind: Mapped[str]
    wanted: Mapped[str]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    buyer_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    buyer_organisation_name: Mapped[str]
    # Of a sibling module: what was bought, as it was called when the complaint was opened.
    order_id: Mapped[UUID]
    order_number: Mapped[str]
    line_id: Mapped[UUID | None]
    line_sku: Mapped[str | None]
    line_name: Mapped[str | None]
    currency: Mapped[str]
    cost_amount: Mapped[int]
    order_amount: Mapped[int]
    text: Mapped[str]
    opened_by: Mapped[UUID]
    opened_by_name: Mapped[str] = mapped_column(server_default="", default="")
    assignee_user_id: Mapped[UUID | None]
    assignee_name: Mapped[str | None]
    manager_user_id: Mapped[UUID | None]
    manager_name: Mapped[str | None]
    due_at: Mapped[datetime | None]
    minutes_left: Mapped[int | None]
    lapses_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_in_time: Mapped[bool | None]
    escalated_at: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
    proposed_outcome: Mapped[str | None]
    proposed_amount: Mapped[int | None]
    outcome: Mapped[str | None]
    outcome_amount: Mapped[int | None]
    # Who of the supplier has promised the outcome: a credit note is issued in their name.
    promised_by: Mapped[UUID | None]
    promised_by_name: Mapped[str | None]
    resolved_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    appealed_at: Mapped[datetime | None]
    credited_amount: Mapped[int] = mapped_column(server_default="0", default=0)
    credit_note_id: Mapped[UUID | None]
    credit_note_number: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        CheckConstraint("cost_amount >= 0 and cost_amount <= order_amount", name="cost"),
        CheckConstraint("credited_amount >= 0", name="credited"),
        CheckConstraint(
            "(outcome_amount is null or outcome_amount > 0)"
            " and (proposed_amount is null or proposed_amount > 0)",
            name="amounts",
        ),
        # One thing is complained about once at a time.
        Index(
            "uq_support_complaints_running_line",
            "line_id",
            unique=True,
            postgresql_where=sql("state in ('open', 'answered', 'escalated')"),
        ),
        Index(
            "uq_support_complaints_running_order",
            "order_id",
            unique=True,
            postgresql_where=sql("line_id is null and state in ('open', 'answered', 'escalated')"),
        ),
        Index("ix_support_complaints_order_id", "order_id"),
        Index("ix_support_complaints_seller", "organisation_id", "created_at", "id"),
        Index("ix_support_complaints_buyer", "buyer_organisation_id", "created_at", "id"),
        Index(
            "ix_support_complaints_due_at",
            "due_at",
            postgresql_where=sql("due_at is not null and overdue_at is null"),
        ),
        Index(
            "ix_support_complaints_lapses_at",
            "lapses_at",
            postgresql_where=sql("lapses_at is not null"),
        ),
    )


class ComplaintMove(Base, Identified):
    """What has happened to a complaint and what was said with it, as both sides may read it. Never changed."""

    __tablename__ = "support_complaint_moves"

    complaint_id: Mapped[UUID] = mapped_column(
        ForeignKey("support_complaints.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    buyer_organisation_id: Mapped[UUID]
    name: Mapped[str]
    state: Mapped[str]
    side: Mapped[str]
    actor_name: Mapped[str] = mapped_column(server_default="", default="")
    text: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    # By the clock and not by the transaction: several moves of one transaction keep their order.
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (Index("ix_support_complaint_moves_complaint_id", "complaint_id"),)


class Evidence(Base, Identified):
    """Photographs and papers that a side has put in. Never changed."""

    __tablename__ = "support_evidence"

    complaint_id: Mapped[UUID] = mapped_column(
        ForeignKey("support_complaints.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    buyer_organisation_id: Mapped[UUID]
    side: Mapped[str]
    author_user_id: Mapped[UUID]
    author_name: Mapped[str] = mapped_column(server_default="", default="")
    note: Mapped[str] = mapped_column(server_default="", default="")
    attachments: Mapped[list[dict[str, Any]]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())

    __table_args__ = (Index("ix_support_evidence_complaint_id", "complaint_id"),)


class BusinessHours(Base, Timestamped, Versioned):
    """When a supplier works. `week` is seven lists of `{"from": "09:00", "to": "13:00"}`, `holidays` are ISO dates."""

    __tablename__ = "support_business_hours"

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id", ondelete="CASCADE"), primary_key=True
    )
    time_zone: Mapped[str]
    week: Mapped[list[Any]]
    holidays: Mapped[list[str]]
