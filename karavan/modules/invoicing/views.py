"""Documents as their readers see them."""

from datetime import date, datetime
from typing import Any

from karavan.kit.authz import Actor
from karavan.kit.lifecycle import Action
from karavan.kit.money import MoneyBody
from karavan.modules.invoicing.amounts import due_amount, is_overdue
from karavan.modules.invoicing.lifecycle import INVOICE
from karavan.modules.invoicing.models import Invoice
from karavan.modules.invoicing.schemas import InvoiceListItem, InvoiceParty, InvoiceSummary
from karavan.modules.invoicing.states import InvoiceKind


def _summary_values(invoice: Invoice, today: date) -> dict[str, Any]:
    def money(amount: int) -> MoneyBody:
        return MoneyBody.of(amount, invoice.currency)

    return {
        "id": invoice.id,
        "kind": invoice.kind,
        "number": invoice.number,
        "state": invoice.state,
        "version": invoice.version,
        "total": money(invoice.total_amount),
        "paid": money(invoice.paid_amount),
        "credited": money(invoice.credited_amount),
        "due": money(due_amount(invoice)),
        "overdue": is_overdue(invoice, today),
        "issue_date": invoice.issue_date,
        "due_date": invoice.due_date,
        "sent_at": invoice.sent_at,
        "paid_at": invoice.paid_at,
    }


def summary(invoice: Invoice, today: date) -> InvoiceSummary:
    """A document in short."""
    return InvoiceSummary(**_summary_values(invoice, today))


def list_item(invoice: Invoice, actor: Actor, now: datetime) -> InvoiceListItem:
    """A document in a list, with what the reader may do."""
    return InvoiceListItem(
        **_summary_values(invoice, now.date()),
        side="issued" if invoice.organisation_id == actor.organisation_id else "received",
        seller=InvoiceParty(
            organisation_id=invoice.organisation_id, name=invoice.organisation_name
        ),
        buyer=InvoiceParty(
            organisation_id=invoice.buyer_organisation_id, name=invoice.buyer_organisation_name
        ),
        subject_type=invoice.subject_type,
        subject_id=invoice.subject_id,
        subject_label=invoice.subject_label,
        net=MoneyBody.of(invoice.net_amount, invoice.currency),
        tax=MoneyBody.of(invoice.tax_amount, invoice.currency),
        created_at=invoice.created_at,
        updated_at=invoice.updated_at,
        actions=actions(invoice, actor, now),
    )


def actions(invoice: Invoice, actor: Actor, now: datetime) -> list[Action]:
    """What the reader may do with the document. A credit note is finished as soon as it is sent."""
    if invoice.kind == InvoiceKind.CREDIT_NOTE:
        return []
    return INVOICE.actions(invoice, actor, now)
