"""What is told of a document."""

from typing import Any

from karavan.modules.invoicing.models import Invoice


def facts(invoice: Invoice) -> dict[str, Any]:
    """What handlers of a document's events are told."""
    return {
        "number": invoice.number,
        "kind": invoice.kind,
        "subject_type": invoice.subject_type,
        "subject_id": str(invoice.subject_id) if invoice.subject_id else None,
        "subject_label": invoice.subject_label,
        "total": {"amount": invoice.total_amount, "currency": invoice.currency},
        "due_date": invoice.due_date.isoformat() if invoice.due_date else None,
        "corrects_number": invoice.corrects_number,
    }
