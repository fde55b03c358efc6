"""Tables of invoicing. `organisation_id` is the seller everywhere."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped, Versioned
from karavan.modules.invoicing.states import InvoiceState


class Invoice(Base, Identified, Timestamped, Versioned):
    """An invoice, or a credit note that corrects one. All amounts are positive.

    What is due is derived: `total − credited − paid`, never less than nothing. `seller` and `buyer` are frozen when
    the document is sent: later changes of an organisation's address do not reach it.
    """

    __tablename__ = "invoicing_invoices"

    kind: Mapped[str]
    number: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=InvoiceState.DRAFT)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    organisation_name: Mapped[str]
    buyer_organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisations_organisations.id")
    )
    buyer_organisation_name: Mapped[str]
    # What it is for, as an opaque reference: a deal, or nothing for an invoice written freely.
    subject_type: Mapped[str | None]
    subject_id: Mapped[UUID | None]
    subject_label: Mapped[str] = mapped_column(server_default="", default="")
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("invoicing_invoices.id"))
    corrects_number: Mapped[str | None]
    corrects_date: Mapped[date | None]
    correction_reason: Mapped[str | None]
    language: Mapped[str] = mapped_column(server_default="en")
    currency: Mapped[str]
    net_amount: Mapped[int]
    tax_amount: Mapped[int]
    total_amount: Mapped[int]
    paid_amount: Mapped[int] = mapped_column(server_default="0", default=0)
    credited_amount: Mapped[int] = mapped_column(server_default="0", default=0)
    issue_date: Mapped[date | None]
    due_date: Mapped[date | None]
    payment_terms: Mapped[str] = mapped_column(server_default="", default="")
    notes: Mapped[str] = mapped_column(server_default="", default="")
    buyer_reference: Mapped[str] = mapped_column(server_default="", default="")
    seller: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    buyer: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    self_billed: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    created_by: Mapped[UUID]
    created_by_name: Mapped[str] = mapped_column(server_default="")
    sent_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        # The database is the last to refuse what would make the amount due negative by our own doing.
        CheckConstraint("paid_amount >= 0 and paid_amount <= total_amount", name="paid"),
        CheckConstraint(
            "credited_amount >= 0 and credited_amount <= total_amount", name="credited"
        ),
        Index("ix_invoicing_invoices_seller", "organisation_id", "created_at"),
        Index("ix_invoicing_invoices_buyer", "buyer_organisation_id", "sent_at"),
        Index("ix_invoicing_invoices_subject", "subject_type", "subject_id"),
        Index("ix_invoicing_invoices_corrects_id", "corrects_id"),
        Index(
            "ix_invoicing_invoices_open",
            "buyer_organisation_id",
            "organisation_id",
            postgresql_where=text("state = 'sent'"),
        ),
    )


class InvoiceRow(Base, Identified):
    """A line of an invoice or a credit note."""

    __tablename__ = "invoicing_invoice_lines"

    invoice_id: Mapped[UUID] = mapped_column(
        ForeignKey("invoicing_invoices.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    position: Mapped[int]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="", default="")
    quantity: Mapped[Decimal] = mapped_column(Numeric(18, 6))
    unit: Mapped[str]
    unit_price_amount: Mapped[int]
    tax_rate: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    net_amount: Mapped[int]
    # The line of the corrected invoice, in a credit note.
    corrects_line_id: Mapped[UUID | None]

    __table_args__ = (
        UniqueConstraint("invoice_id", "position", deferrable=True),
        Index("ix_invoicing_invoice_lines_corrects_line_id", "corrects_line_id"),
    )


class Payment(Base, Identified):
    """Money that reached the seller for an invoice. Never changed."""

    __tablename__ = "invoicing_payments"

    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoicing_invoices.id"))
    organisation_id: Mapped[UUID]
    amount: Mapped[int]
    currency: Mapped[str]
    paid_on: Mapped[date]
    method: Mapped[str]
    reference: Mapped[str]
    recorded_by: Mapped[UUID]
    recorded_by_name: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        UniqueConstraint("invoice_id", "reference"),
        CheckConstraint("amount > 0", name="positive"),
    )
