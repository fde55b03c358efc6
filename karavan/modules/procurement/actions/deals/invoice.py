"""A concluded deal is invoiced, and the money arrives."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.documents.formatting import Language
from karavan.kit.errors import NotFoundError, invalid
from karavan.kit.money import MoneyBody
from karavan.modules.invoicing.public import (
    NewInvoice,
    NewLine,
    NotPayableError,
    RecordPaymentBody,
    invoice_summary,
    issue_invoice,
    record_payment,
)
from karavan.modules.procurement.actions.deals.rows import announce, locked_deal, terms_of
from karavan.modules.procurement.lifecycles import DEAL
from karavan.modules.procurement.models import Deal
from karavan.modules.procurement.schemas.deals import (
    DealInvoiceBody,
    MarkPaidBody,
    TermsBody,
)


async def create_invoice(
    session: AsyncSession, actor: Actor, deal_id: UUID, body: DealInvoiceBody
) -> Deal:
    """Send the vendor's invoice for the signed terms. The buyer may do it too: then it is self-billed, and its number is
    of the vendor's series all the same.
    """
    deal = await locked_deal(session, deal_id)
    now = await database_now(session)
    move = DEAL.check(deal, "create-invoice", actor, now, body)
    stored = await terms_of(session, deal.id, deal.terms_number)
    terms = TermsBody.model_validate(stored.body)
    due_date = body.due_date or now.date() + timedelta(days=terms.payment_days)
    if due_date < now.date():
        raise invalid("#/due_date", "past", "The due date has passed already.")
    invoice = await issue_invoice(
        session,
        actor,
        NewInvoice(
            seller_id=deal.vendor_organisation_id,
            seller_name=deal.vendor_organisation_name,
            buyer_id=deal.organisation_id,
            buyer_name=deal.organisation_name,
            subject_type="deal",
            subject_id=deal.id,
            subject_label=deal.number,
            currency=deal.currency,
            language=Language(deal.language),
            lines=[
                NewLine(
                    name=line.name,
                    quantity=line.quantity,
                    unit=line.unit,
                    unit_price_amount=line.unit_price.amount,
                    tax_rate=line.tax_rate,
                )
                for line in terms.lines
            ],
            due_date=due_date,
            payment_terms=terms.payment_terms,
            notes=body.notes,
            buyer_reference=body.buyer_reference,
        ),
    )
    deal.invoice_id = invoice.id
    DEAL.apply(
        session,
        move,
        after={"invoice": invoice.number},
        data={"title": deal.title, "invoice_id": str(invoice.id), "invoice_number": invoice.number},
    )
    await announce(session, actor, deal, "invoiced", number=invoice.number or "")
    return deal


async def mark_paid(session: AsyncSession, actor: Actor, deal_id: UUID, body: MarkPaidBody) -> Deal:
    """Record that the amount due has reached the vendor outside the platform: it settles the invoice too."""
    deal = await locked_deal(session, deal_id)
    now = await database_now(session)
    move = DEAL.check(deal, "mark-paid", actor, now, body)
    invoice = await invoice_summary(session, deal.invoice_id) if deal.invoice_id else None
    if invoice is None:
        raise NotFoundError
    if invoice.due.amount == 0:
        # It was settled a moment ago, and the deal is about to follow by itself.
        raise NotPayableError(state=invoice.state)
    await record_payment(
        session,
        actor,
        invoice.id,
        RecordPaymentBody(
            amount=MoneyBody.of(invoice.due.amount, invoice.due.currency),
            paid_on=body.paid_on,
            method=body.method,
            reference=body.reference,
        ),
    )
    deal.paid_at = now
    DEAL.apply(session, move, after={"reference": body.reference}, data=_paid(deal, invoice.number))
    await announce(session, actor, deal, "paid", reference=body.reference)
    return deal


async def settle(session: AsyncSession, deal_id: UUID, invoice_id: UUID) -> None:
    """Follow the deal's invoice into `paid`; nothing happens when the deal stands there already."""
    deal = await locked_deal(session, deal_id)
    if deal.invoice_id != invoice_id or deal.paid_at is not None:
        return
    now = await database_now(session)
    move = DEAL.check(deal, "mark-paid", None, now)
    deal.paid_at = now
    invoice = await invoice_summary(session, invoice_id)
    DEAL.apply(session, move, data=_paid(deal, invoice.number if invoice else None))
    await announce(session, None, deal, "paid")


async def lose_invoice(session: AsyncSession, deal_id: UUID, invoice_id: UUID) -> None:
    """Go back to the contract after the invoice was voided, so that another one can be written."""
    deal = await locked_deal(session, deal_id)
    if deal.invoice_id != invoice_id:
        return
    move = DEAL.check(deal, "lose-invoice", None, await database_now(session))
    deal.invoice_id = None
    DEAL.apply(session, move, data={"title": deal.title, "invoice_id": str(invoice_id)})
    await announce(session, None, deal, "invoice_voided")


def _paid(deal: Deal, invoice_number: str | None) -> dict[str, str | None]:
    return {
        "title": deal.title,
        "invoice_id": str(deal.invoice_id),
        "invoice_number": invoice_number,
    }
