"""A document is written."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.db import as_system
from karavan.kit.documents.formatting import Language
from karavan.kit.errors import FieldError, ForbiddenError, ValidationError, invalid
from karavan.kit.ids import new_id
from karavan.kit.versions import refuse_stale
from karavan.modules.invoicing.actions.rows import find_invoice, lock_invoice, write_rows
from karavan.modules.invoicing.actions.send import send_now
from karavan.modules.invoicing.amounts import NewLine
from karavan.modules.invoicing.errors import NotEditableError
from karavan.modules.invoicing.lifecycle import INVOICE
from karavan.modules.invoicing.models import Invoice, InvoiceRow
from karavan.modules.invoicing.schemas import CreateInvoiceBody, EditInvoiceBody, InvoiceLineBody
from karavan.modules.invoicing.states import InvoiceKind, InvoiceState
from karavan.modules.invoicing.trade import refuse_strangers
from karavan.modules.organisations.public import organisation_card


class NewInvoice(Struct, frozen=True, kw_only=True):
    """What an invoice says before it has a number.

    `subject_type` and `subject_id` name what it is for; `subject_label` is quoted on it as the order's number.
    """

    seller_id: UUID
    seller_name: str
    buyer_id: UUID
    buyer_name: str
    currency: str
    lines: Sequence[NewLine]
    due_date: date | None
    language: Language
    subject_type: str | None = None
    subject_id: UUID | None = None
    subject_label: str = ""
    payment_terms: str = ""
    notes: str = ""
    buyer_reference: str = ""


async def issue_invoice(session: AsyncSession, actor: Actor, new: NewInvoice) -> Invoice:
    """Write an invoice and send it at once, for a module whose own rules allow the actor to.

    The actor may be of the buyer (self-billing): the document and its number are the seller's all the same, so the
    rows are written as the system.

    Raises:
        ValidationError: the sum cannot be stored.
    """
    async with as_system(session):
        invoice = await _write(session, actor, new)
        await send_now(session, actor, invoice, consequence=True)
    return invoice


async def create_draft(session: AsyncSession, actor: Actor, body: CreateInvoiceBody) -> Invoice:
    """Write a draft of the actor's organisation to a buyer.

    Raises:
        ValidationError: no such buyer, or the seller itself; a price in another currency.
        NoTradeError: they have nothing to do with each other.
    """
    buyer = await organisation_card(session, body.buyer_organisation_id)
    if buyer is None or buyer.kind != "company":
        raise invalid("#/buyer_organisation_id", "unknown", "There is no such company.")
    if buyer.id == actor.organisation_id:
        raise invalid("#/buyer_organisation_id", "own", "An invoice goes to another company.")
    await refuse_strangers(session, actor.organisation_id, buyer.id)
    new = NewInvoice(
        seller_id=actor.organisation_id,
        seller_name=actor.organisation_name,
        buyer_id=buyer.id,
        buyer_name=buyer.name,
        currency=body.currency,
        lines=_lines(body.lines, body.currency),
        due_date=body.due_date,
        language=Language(body.language) if body.language else language_of(actor.locale),
        payment_terms=body.payment_terms,
        notes=body.notes,
        buyer_reference=body.buyer_reference,
    )
    invoice = await _write(session, actor, new)
    record_audit(
        session,
        actor,
        "invoice.create",
        target_type="invoice",
        target_id=invoice.id,
        target_label=buyer.name,
        after={"state": invoice.state, "total_amount": invoice.total_amount},
    )
    return invoice


async def edit_draft(
    session: AsyncSession, actor: Actor, invoice_id: UUID, body: EditInvoiceBody
) -> Invoice:
    """Change a draft. A field that is left out stays; the lines are replaced as a whole.

    Raises:
        NotFoundError: the actor's organisation knows no such invoice.
        ForbiddenError: it is the buyer's.
        NotEditableError: it was sent.
        ConflictError: it has another version.
        ValidationError: a price in another currency.
    """
    seen = await find_invoice(session, invoice_id)
    if seen.organisation_id != actor.organisation_id:
        raise ForbiddenError("Only the seller may do this.", side="buyer")
    invoice = await lock_invoice(session, invoice_id)
    if invoice.state != InvoiceState.DRAFT:
        raise NotEditableError(state=invoice.state)
    refuse_stale(invoice, body.version)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for field in ("due_date", "payment_terms", "notes", "buyer_reference", "language"):
        value = getattr(body, field)
        if field not in body.model_fields_set or (value is None and field != "due_date"):
            continue
        if value != getattr(invoice, field):
            before[field], after[field] = _plain(getattr(invoice, field)), _plain(value)
            setattr(invoice, field, value)
    if body.lines is not None:
        before["total_amount"] = invoice.total_amount
        await session.execute(delete(InvoiceRow).where(InvoiceRow.invoice_id == invoice.id))
        write_rows(session, invoice, _lines(body.lines, invoice.currency))
        after["total_amount"] = invoice.total_amount
    if after:
        invoice.version += 1
        record_audit(
            session,
            actor,
            "invoice.edit",
            target_type="invoice",
            target_id=invoice.id,
            target_label=invoice.buyer_organisation_name,
            before=before,
            after=after,
        )
    await session.flush()
    return invoice


async def _write(session: AsyncSession, actor: Actor, new: NewInvoice) -> Invoice:
    invoice = Invoice(
        id=new_id(),
        kind=InvoiceKind.INVOICE,
        state=INVOICE.initial,
        organisation_id=new.seller_id,
        organisation_name=new.seller_name,
        buyer_organisation_id=new.buyer_id,
        buyer_organisation_name=new.buyer_name,
        subject_type=new.subject_type,
        subject_id=new.subject_id,
        subject_label=new.subject_label,
        language=new.language,
        currency=new.currency,
        net_amount=0,
        tax_amount=0,
        total_amount=0,
        due_date=new.due_date,
        payment_terms=new.payment_terms,
        notes=new.notes,
        buyer_reference=new.buyer_reference,
        self_billed=actor.organisation_id == new.buyer_id,
        created_by=actor.user_id,
        created_by_name=actor.display_name,
    )
    session.add(invoice)
    await session.flush()
    write_rows(session, invoice, new.lines)
    await session.flush()
    return invoice


def _lines(bodies: Sequence[InvoiceLineBody], currency: str) -> list[NewLine]:
    errors = [
        FieldError(
            pointer=f"#/lines/{index}/unit_price/currency",
            code="currency",
            detail=f"The invoice is in {currency}.",
        )
        for index, line in enumerate(bodies)
        if line.unit_price.currency != currency
    ]
    if errors:
        raise ValidationError(errors=errors)
    return [
        NewLine(
            name=line.name,
            description=line.description,
            quantity=line.quantity,
            unit=line.unit,
            unit_price_amount=line.unit_price.amount,
            tax_rate=line.tax_rate,
        )
        for line in bodies
    ]


def language_of(locale: str) -> Language:
    """The language of documents for a person's locale; English where there is none."""
    return next((one for one in Language if locale.startswith(one)), Language.ENGLISH)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
