"""Every read of invoicing. Row-level security leaves the buyer what was sent to them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.money import Money, MoneyBody
from karavan.kit.pagination import Page, PageParameters, Sorting, count_rows
from karavan.modules.invoicing.actions.credit import credited_by_line
from karavan.modules.invoicing.actions.rows import find_invoice, rows_of, taxed_before
from karavan.modules.invoicing.amounts import NewLine, refund_amount, totals_of_lines
from karavan.modules.invoicing.models import Invoice, Payment
from karavan.modules.invoicing.schemas import (
    DocumentReference,
    InvoiceDetails,
    InvoiceLineView,
    InvoiceListItem,
    InvoiceSummary,
    InvoiceTaxGroup,
    PaymentView,
)
from karavan.modules.invoicing.states import InvoiceKind, InvoiceState
from karavan.modules.invoicing.views import list_item, summary

INVOICE_SORTS = Sorting(
    "InvoiceSort",
    {
        "created_at": Invoice.created_at,
        "issue_date": Invoice.issue_date,
        "due_date": Invoice.due_date,
        "number": Invoice.number,
        "total": Invoice.total_amount,
        "state": Invoice.state,
    },
    default="-created_at",
)
EXPORT_ROWS_MAX = 10_000


class InvoiceFilter:
    """What a list of invoices is narrowed to."""

    def __init__(
        self,
        *,
        side: str | None = None,
        kind: InvoiceKind | None = None,
        states: Sequence[InvoiceState] = (),
        overdue: bool | None = None,
        text: str | None = None,
        issued_from: date | None = None,
        issued_to: date | None = None,
        subject_id: UUID | None = None,
    ) -> None:
        self.side = side
        self.kind = kind
        self.states = states
        self.overdue = overdue
        self.text = text
        self.issued_from = issued_from
        self.issued_to = issued_to
        self.subject_id = subject_id

    def statement(self, actor: Actor, today: date) -> Select[Invoice]:
        """The invoices that the actor's organisation has issued or received, narrowed."""
        issued = Invoice.organisation_id == actor.organisation_id
        received = and_(
            Invoice.buyer_organisation_id == actor.organisation_id, Invoice.sent_at.is_not(None)
        )
        sides = {"issued": issued, "received": received, None: or_(issued, received)}
        statement = select(Invoice).where(sides[self.side])
        if self.kind is not None:
            statement = statement.where(Invoice.kind == self.kind)
        if self.states:
            statement = statement.where(Invoice.state.in_(self.states))
        if self.overdue is not None:
            late = and_(
                Invoice.state == InvoiceState.SENT,
                Invoice.kind == InvoiceKind.INVOICE,
                func.coalesce(Invoice.due_date < today, False),
                Invoice.total_amount > Invoice.credited_amount + Invoice.paid_amount,
            )
            statement = statement.where(late if self.overdue else ~late)
        if self.text:
            statement = statement.where(_contains(self.text))
        if self.issued_from is not None:
            statement = statement.where(Invoice.issue_date >= self.issued_from)
        if self.issued_to is not None:
            statement = statement.where(Invoice.issue_date <= self.issued_to)
        if self.subject_id is not None:
            statement = statement.where(Invoice.subject_id == self.subject_id)
        return statement


def _contains(text: str) -> Any:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    columns = (
        Invoice.number,
        Invoice.subject_label,
        Invoice.organisation_name,
        Invoice.buyer_organisation_name,
        Invoice.buyer_reference,
    )
    return or_(*(column.ilike(f"%{escaped}%") for column in columns))


async def list_invoices(
    session: AsyncSession,
    actor: Actor,
    paging: PageParameters,
    wanted: InvoiceFilter,
    sort: Sequence[str],
) -> Page[InvoiceListItem]:
    """A page of the documents that the actor's organisation has issued or received."""
    now = await database_now(session)
    statement = wanted.statement(actor, now.date())
    total = await count_rows(session, statement)
    rows = await session.execute(
        statement.order_by(*INVOICE_SORTS.clauses(sort, Invoice.id))
        .offset(paging.offset)
        .limit(paging.size)
    )
    return paging.answer([list_item(row, actor, now) for row in rows.scalars()], total)


async def export_rows(
    session: AsyncSession, actor: Actor, wanted: InvoiceFilter, sort: Sequence[str]
) -> list[InvoiceListItem]:
    """The same list for a spreadsheet, as far as one can hold it."""
    now = await database_now(session)
    rows = await session.execute(
        wanted.statement(actor, now.date())
        .order_by(*INVOICE_SORTS.clauses(sort, Invoice.id))
        .limit(EXPORT_ROWS_MAX)
    )
    return [list_item(row, actor, now) for row in rows.scalars()]


async def read_invoice(session: AsyncSession, actor: Actor, invoice_id: UUID) -> InvoiceDetails:
    """One document with all that belongs to it.

    Raises:
        NotFoundError: the actor's organisation knows no such document.
    """
    return await details(session, actor, await find_invoice(session, invoice_id))


async def details(session: AsyncSession, actor: Actor, invoice: Invoice) -> InvoiceDetails:
    """The full view of a document that the transaction has read."""
    await session.flush()
    now = await database_now(session)
    rows = await rows_of(session, invoice.id)
    credited = await credited_by_line(session, invoice.id)
    notes = await session.execute(
        select(Invoice).where(Invoice.corrects_id == invoice.id).order_by(Invoice.sent_at)
    )

    def money(amount: int) -> MoneyBody:
        return MoneyBody.of(amount, invoice.currency)

    return InvoiceDetails(
        **dict(list_item(invoice, actor, now)),
        lines=[
            InvoiceLineView(
                id=row.id,
                name=row.name,
                description=row.description,
                quantity=row.quantity,
                unit=row.unit,
                unit_price=money(row.unit_price_amount),
                tax_rate=row.tax_rate,
                net=money(row.net_amount),
                credited=money(credited.get(row.id, 0)),
            )
            for row in rows
        ],
        tax_groups=_tax_groups(invoice, rows, await taxed_before(session, invoice)),
        payments=await _payments(session, invoice),
        credit_notes=[
            DocumentReference(
                id=note.id,
                number=note.number,
                total=money(note.total_amount),
                issue_date=note.issue_date,
            )
            for note in notes.scalars()
        ],
        corrects=await _corrected(session, invoice),
        correction_reason=invoice.correction_reason,
        refund_due=money(refund_amount(invoice)),
        payment_terms=invoice.payment_terms,
        notes=invoice.notes,
        buyer_reference=invoice.buyer_reference,
        language=invoice.language,
        self_billed=invoice.self_billed,
        voided_at=invoice.voided_at,
        pdf_url=f"/api/v1/invoices/{invoice.id}.pdf",
        xml_url=f"/api/v1/invoices/{invoice.id}.xml",
    )


def _tax_groups(
    invoice: Invoice, rows: Sequence[Any], before: Mapping[Decimal, Money]
) -> list[InvoiceTaxGroup]:
    totals = totals_of_lines(
        [
            NewLine(
                name=row.name,
                quantity=row.quantity,
                unit=row.unit,
                unit_price_amount=row.unit_price_amount,
                tax_rate=row.tax_rate,
            )
            for row in rows
        ],
        invoice.currency,
        before,
    )
    return [
        InvoiceTaxGroup(
            rate=group.treatment.rate_percent,
            taxable=MoneyBody.of(group.taxable.amount, invoice.currency),
            tax=MoneyBody.of(group.tax.amount, invoice.currency),
        )
        for group in totals.tax_groups
    ]


async def _payments(session: AsyncSession, invoice: Invoice) -> list[PaymentView]:
    found = await session.execute(
        select(Payment)
        .where(Payment.invoice_id == invoice.id)
        .order_by(Payment.created_at, Payment.id)
    )
    return [payment_view(payment) for payment in found.scalars()]


def payment_view(payment: Payment) -> PaymentView:
    """A recorded payment as both sides see it."""
    return PaymentView(
        id=payment.id,
        amount=MoneyBody.of(payment.amount, payment.currency),
        paid_on=payment.paid_on,
        method=payment.method,
        reference=payment.reference,
        recorded_by_name=payment.recorded_by_name,
        created_at=payment.created_at,
    )


async def _corrected(session: AsyncSession, invoice: Invoice) -> DocumentReference | None:
    if invoice.corrects_id is None:
        return None
    corrected = await find_invoice(session, invoice.corrects_id)
    return DocumentReference(
        id=corrected.id,
        number=corrected.number,
        total=MoneyBody.of(corrected.total_amount, corrected.currency),
        issue_date=corrected.issue_date,
    )


async def invoice_summary(session: AsyncSession, invoice_id: UUID) -> InvoiceSummary | None:
    """An invoice in short, for the subject that it belongs to; nothing when the reader may not see it."""
    found = await session.execute(select(Invoice).where(Invoice.id == invoice_id))
    invoice = found.scalar_one_or_none()
    if invoice is None:
        return None
    return summary(invoice, (await database_now(session)).date())
