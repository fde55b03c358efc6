"""States and kinds of invoices."""

from enum import StrEnum


class InvoiceState(StrEnum):
    """How far an invoice has come. Overdue is no state: it follows from the due date."""

    DRAFT = "draft"
    SENT = "sent"
    PAID = "paid"
    VOID = "void"


class CreditNoteState(StrEnum):
    """How far a credit note has come."""

    DRAFT = "draft"
    SENT = "sent"


class InvoiceKind(StrEnum):
    """What kind of document it is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


SERIES = {InvoiceKind.INVOICE: "INV", InvoiceKind.CREDIT_NOTE: "CRN"}
"""The series that numbers come from."""
