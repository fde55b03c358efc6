"""An order is invoiced, and follows what becomes of its invoice."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.documents.formatting import Language
from karavan.kit.errors import ForbiddenError, invalid
from karavan.kit.versions import refuse_stale
from karavan.modules.invoicing.public import NewInvoice, NewLine, issue_invoice, voided_among
from karavan.modules.orders.actions.rows import facts, lines_of, locked_order, new_move
from karavan.modules.orders.credit import SUBJECT
from karavan.modules.orders.errors import AlreadyInvoicedError, NotInvoiceableError
from karavan.modules.orders.lifecycle import ORDER, SELLER, party_of
from karavan.modules.orders.models import Order, OrderLine
from karavan.modules.orders.permissions import ORDER_SELL
from karavan.modules.orders.schemas.orders import InvoiceOrderBody
from karavan.modules.orders.states import OrderState

INVOICEABLE = (
    OrderState.CONFIRMED,
    OrderState.PROCESSING,
    OrderState.SHIPPED,
    OrderState.DELIVERED,
    OrderState.COMPLETED,
)


def is_invoiceable(order: Order) -> bool:
    """Whether an invoice can be written now."""
    return order.state in INVOICEABLE and order.invoice_id is None


async def invoice_order(
    session: AsyncSession, actor: Actor, order_id: UUID, body: InvoiceOrderBody
) -> Order:
    """Send the invoice of what the seller delivers. It takes the place of the order in the buyer's credit.

    Raises:
        NotFoundError: the actor's organisation knows no such order.
        ForbiddenError: it is the buyer's, or the role does not sell.
        NotInvoiceableError: it is not confirmed yet, or ended without delivery.
        AlreadyInvoicedError: there is an invoice.
        ConflictError: somebody changed the order since the actor read it.
    """
    order = await locked_order(session, order_id)
    if party_of(order, actor.organisation_id) != SELLER:
        raise ForbiddenError("Only the seller may do this.", side="buyer")
    actor.require(ORDER_SELL)
    if order.invoice_id is not None and await voided_among(session, [order.invoice_id]):
        # The seller has voided it a moment ago, and the order has not heard of it yet.
        _take_back(session, order, order.invoice_id)
    if order.invoice_id is not None:
        raise AlreadyInvoicedError(invoice_id=str(order.invoice_id), number=order.invoice_number)
    if order.state not in INVOICEABLE:
        raise NotInvoiceableError(state=order.state)
    refuse_stale(order, body.version)
    today = (await database_now(session)).date()
    due_date = body.due_date or today + timedelta(days=order.payment_days or 0)
    if due_date < today:
        raise invalid("#/due_date", "past", "The due date has passed already.")
    lines = await lines_of(session, order.id)
    new = _invoice_of(order, lines, due_date=due_date, notes=body.notes)
    invoice = await issue_invoice(session, actor, new)
    order.invoice_id = invoice.id
    order.invoice_number = invoice.number
    order.reserved_amount = 0
    order.version += 1
    told = {"invoice_id": str(invoice.id), "invoice_number": invoice.number}
    record_audit(
        session,
        actor,
        "order.invoice",
        target_type="order",
        target_id=order.id,
        target_label=order.number,
        after={"invoice": invoice.number},
    )
    ORDER.record(session, order, "invoiced", actor, data=facts(order, lines, **told))
    session.add(new_move(order, "invoice", SELLER, actor, facts=told))
    return order


def _invoice_of(
    order: Order, lines: Sequence[OrderLine], *, due_date: date, notes: str
) -> NewInvoice:
    return NewInvoice(
        seller_id=order.organisation_id,
        seller_name=order.organisation_name,
        buyer_id=order.buyer_organisation_id,
        buyer_name=order.buyer_organisation_name,
        subject_type=SUBJECT,
        subject_id=order.id,
        subject_label=order.number,
        currency=order.currency,
        language=Language(order.language),
        lines=[
            NewLine(
                name=line.name,
                description=line.sku,
                quantity=line.confirmed_quantity,
                unit=line.unit,
                unit_price_amount=line.unit_price_amount,
                tax_rate=line.tax_rate,
            )
            for line in lines
            if line.confirmed_quantity > 0
        ],
        due_date=due_date,
        notes=notes,
        buyer_reference=order.buyer_reference,
    )


async def settle(session: AsyncSession, order_id: UUID, invoice_id: UUID) -> None:
    """Note that the order's invoice is paid; a repetition changes nothing."""
    order = await locked_order(session, order_id)
    if order.invoice_id != invoice_id or order.paid_at is not None:
        return
    order.paid_at = await database_now(session)
    order.version += 1
    session.add(new_move(order, "pay", "system", None, facts={"invoice_id": str(invoice_id)}))


async def lose_invoice(session: AsyncSession, order_id: UUID, invoice_id: UUID) -> None:
    """The invoice was voided: the order takes its place in the buyer's credit again, and can be invoiced anew."""
    order = await locked_order(session, order_id)
    if order.invoice_id != invoice_id:
        return
    _take_back(session, order, invoice_id)
    order.version += 1


def _take_back(session: AsyncSession, order: Order, invoice_id: UUID) -> None:
    order.invoice_id = None
    order.invoice_number = None
    order.reserved_amount = order.total_amount
    session.add(
        new_move(order, "lose-invoice", "system", None, facts={"invoice_id": str(invoice_id)})
    )
