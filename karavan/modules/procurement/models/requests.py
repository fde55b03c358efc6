"""Requests for quotation, and what belongs to them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, Index, Numeric, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, deferred, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.procurement.states import RequestState, Visibility


class Request(Base, Identified, Timestamped, Versioned):
    """A buyer asks for quotes. `organisation_id` is the buying organisation."""

    __tablename__ = "procurement_requests"

    # Only a page of the request asks whether anything is free for a quote on standby; who awards again finds out under
    # the locks, with the reason for each line.
    may_reaward: ClassVar[bool] = True

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    number: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=RequestState.DRAFT)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    category: Mapped[str] = mapped_column(server_default="other")
    visibility: Mapped[str] = mapped_column(default=Visibility.PUBLIC)
    sealed: Mapped[bool] = mapped_column(server_default=text("false"))
    currency: Mapped[str]
    budget_amount: Mapped[int | None]
    quotes_due_at: Mapped[datetime | None]
    needed_by: Mapped[date | None]
    delivery_country: Mapped[str | None]
    delivery_place: Mapped[str] = mapped_column(server_default="")
    delivery_terms: Mapped[str] = mapped_column(server_default="")
    payment_terms: Mapped[str] = mapped_column(server_default="")
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    revision: Mapped[int] = mapped_column(default=1)
    ocid: Mapped[str | None]
    created_by: Mapped[UUID]
    created_by_name: Mapped[str] = mapped_column(server_default="")
    published_at: Mapped[datetime | None]
    awarded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    # Set once the buyer has been told that the time for quotes is over; an extension clears it.
    deadline_announced_at: Mapped[datetime | None]
    # Names of the lines, one per line of text, so that the board finds a request by what it asks for.
    line_names: Mapped[str] = mapped_column(server_default="")
    # Russian's configuration stems Latin words as English, so one column serves both; Kazakh words match as written.
    search: Mapped[Any] = deferred(
        mapped_column(
            TSVECTOR,
            Computed(
                "setweight(to_tsvector('russian', title), 'A') || "
                "setweight(to_tsvector('russian', line_names), 'B') || "
                "setweight(to_tsvector('russian', description), 'C')",
                persisted=True,
            ),
        )
    )

    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        UniqueConstraint("organisation_id", "ocid"),
        Index("ix_procurement_requests_own", "organisation_id", "created_at"),
        Index(
            "ix_procurement_requests_open",
            "quotes_due_at",
            "id",
            postgresql_where=text("state = 'published'"),
        ),
        Index(
            "ix_procurement_requests_newest",
            text("published_at desc nulls last"),
            text("id desc"),
            postgresql_where=text("state = 'published'"),
        ),
        Index("ix_procurement_requests_search", "search", postgresql_using="gin"),
        Index(
            "ix_procurement_requests_unannounced",
            "quotes_due_at",
            postgresql_where=text("state = 'published' and deadline_announced_at is null"),
        ),
    )


class RequestLine(Base, Identified):
    """One thing that the buyer wants. `organisation_id` is the buyer's.

    A line that an amendment takes out stays, marked with the revision that no longer has it: earlier quotes answer it.
    """

    __tablename__ = "procurement_request_lines"

    request_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_requests.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    position: Mapped[int]
    name: Mapped[str]
    specification: Mapped[str] = mapped_column(server_default="")
    quantity: Mapped[Decimal] = mapped_column(Numeric(18, 6))
    unit: Mapped[str]
    target_price_amount: Mapped[int | None]
    removed_in_revision: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint(
            "request_id",
            "position",
            "removed_in_revision",
            name="uq_procurement_request_lines_position",
            deferrable=True,
            initially="DEFERRED",
            postgresql_nulls_not_distinct=True,
        ),
    )


class RequestRevision(Base, Identified):
    """An amendment, kept so that a vendor can see what changed.

    `revision` is the number that the amendment made, `snapshot` what the request said until then, and `changes` lists
    `{field, before, after}`; the field of a line is `lines/<id>/quantity`.
    """

    __tablename__ = "procurement_request_revisions"

    request_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_requests.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    revision: Mapped[int]
    snapshot: Mapped[dict[str, Any]]
    changes: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    changed_by: Mapped[UUID]
    changed_by_name: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (UniqueConstraint("request_id", "revision"),)


class RequestTemplate(Base, Identified, Timestamped, Versioned):
    """A request to start from. `body` is the body of a request without its dates."""

    __tablename__ = "procurement_request_templates"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    name: Mapped[str]
    body: Mapped[dict[str, Any]]
    created_by: Mapped[UUID]

    __table_args__ = (UniqueConstraint("organisation_id", "name"),)


class Invitation(Base, Identified):
    """A vendor (`organisation_id`) asked to quote. Invited vendors never see one another."""

    __tablename__ = "procurement_invitations"

    request_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_requests.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    buyer_organisation_id: Mapped[UUID]
    invited_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    viewed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    decline_reason: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("request_id", "organisation_id"),
        Index("ix_procurement_invitations_organisation_id", "organisation_id", "request_id"),
    )


class Question(Base, Identified):
    """A vendor's question; with its answer every bidder sees it, and nobody but the buyer who asked."""

    __tablename__ = "procurement_questions"

    request_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_requests.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    buyer_organisation_id: Mapped[UUID]
    asked_by: Mapped[UUID]
    text: Mapped[str]
    answer: Mapped[str | None]
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (Index("ix_procurement_questions_request_id", "request_id", "created_at"),)
