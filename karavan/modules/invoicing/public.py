"""What other modules may use of invoicing."""

from karavan.modules.invoicing.actions.create import NewInvoice, issue_invoice
from karavan.modules.invoicing.actions.credit_amount import NewCredit, credit_amount
from karavan.modules.invoicing.actions.pay import record_payment
from karavan.modules.invoicing.amounts import NewLine, due_amount
from karavan.modules.invoicing.balances import (
    OPEN_INVOICES,
    OpenInvoice,
    open_invoices,
    voided_among,
)
from karavan.modules.invoicing.errors import NotPayableError
from karavan.modules.invoicing.models import Invoice
from karavan.modules.invoicing.parties import party_of, party_snapshot
from karavan.modules.invoicing.queries import invoice_summary
from karavan.modules.invoicing.schemas import InvoiceSummary, RecordPaymentBody
from karavan.modules.invoicing.trade import use_trade

__all__ = [
    "OPEN_INVOICES",
    "Invoice",
    "InvoiceSummary",
    "NewCredit",
    "NewInvoice",
    "NewLine",
    "NotPayableError",
    "OpenInvoice",
    "RecordPaymentBody",
    "credit_amount",
    "due_amount",
    "invoice_summary",
    "issue_invoice",
    "open_invoices",
    "party_of",
    "party_snapshot",
    "record_payment",
    "use_trade",
    "voided_among",
]
