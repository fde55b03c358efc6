"""The sections of a release about the platform's own requests, quotes and deals."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from karavan.kit.money import Money
from karavan.modules.invoicing.public import InvoiceSummary
from karavan.modules.procurement.categories import Category
from karavan.modules.procurement.models import (
    Deal,
    DealTerms,
    Quote,
    QuoteVersion,
    Request,
    RequestLine,
    RequestRevision,
)
from karavan.modules.procurement.ocds.organisations import Parties
from karavan.modules.procurement.schemas.deals import TermsBody
from karavan.modules.procurement.states import DealState, QuoteState, RequestState, Visibility

_TENDER_STATUS = {
    RequestState.DRAFT: "planning",
    RequestState.PUBLISHED: "active",
    RequestState.SHORTLIST: "active",
    RequestState.AWARDED: "complete",
}
_BID_STATUS = {QuoteState.WITHDRAWN: "withdrawn", QuoteState.EXPIRED: "withdrawn"}
_AWARD_STATUS = {DealState.NEGOTIATION: "pending", DealState.CANCELLED: "cancelled"}
_CONTRACT_STATUS = {
    DealState.PAID: "terminated",
    DealState.ARCHIVED: "terminated",
    DealState.CANCELLED: "cancelled",
}
_WORKS = frozenset({Category.CONSTRUCTION_SERVICES})
_SERVICES = frozenset(
    {Category.CATERING, Category.LOGISTICS, Category.MARKETING, Category.PROFESSIONAL}
)


def moment(value: datetime | date) -> str:
    """A date and time in UTC; a day begins at midnight."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(), UTC)
    return value.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def value_of(amount: int, currency: str) -> dict[str, Any]:
    """Minor units as a `Value` in major units."""
    return {"amount": Money(amount, currency).to_decimal(), "currency": currency}


def without_nothing(values: dict[str, Any]) -> dict[str, Any]:
    """A section without fields that say nothing."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _status(request: Request) -> str:
    if request.state == RequestState.CANCELLED:
        return "cancelled" if request.published_at else "withdrawn"
    if request.state == RequestState.CLOSED:
        return "complete" if request.awarded_at else "unsuccessful"
    return _TENDER_STATUS[RequestState(request.state)]


def _main_category(category: str) -> str:
    if category in _WORKS:
        return "works"
    return "services" if category in _SERVICES else "goods"


def tender_section(
    request: Request,
    lines: Sequence[RequestLine],
    revisions: Sequence[RequestRevision],
    parties: Parties,
    tenderers: Sequence[dict[str, Any]] | None,
) -> dict[str, Any]:
    """What the request asks for.

    Args:
        tenderers: who has quoted; nothing when the reader may not know.
    """
    budget, due, needed = request.budget_amount, request.quotes_due_at, request.needed_by
    started = request.published_at
    period = {"startDate": moment(started) if started else None}
    # A period that ends before it starts would be nonsense; an imported deadline may lie in the past.
    period["endDate"] = moment(due) if due and (started is None or due >= started) else None
    return without_nothing(
        {
            "id": request.number or str(request.id),
            "title": request.title,
            "description": request.description,
            "status": _status(request),
            "procuringEntity": parties.refer(
                request.organisation_id, request.organisation_name, "buyer", "procuringEntity"
            ),
            "value": None if budget is None else value_of(budget, request.currency),
            "procurementMethod": (
                "open" if request.visibility == Visibility.PUBLIC else "selective"
            ),
            "mainProcurementCategory": _main_category(request.category),
            "tenderPeriod": without_nothing(period),
            "contractPeriod": {"endDate": moment(needed)} if needed else None,
            "submissionMethod": ["electronicSubmission"],
            "numberOfTenderers": len(tenderers) if tenderers else None,
            "tenderers": list(tenderers or ()),
            "items": [
                _item(
                    str(line.id),
                    line.name,
                    line.quantity,
                    line.unit,
                    line.target_price_amount,
                    request.currency,
                )
                for line in lines
            ],
            "documents": [
                without_nothing(
                    {
                        "id": str(file["id"]),
                        "title": file.get("name"),
                        "format": file.get("content_type"),
                    }
                )
                for file in request.attachments or []
            ],
            "amendments": [
                without_nothing(
                    {
                        "id": str(one.revision),
                        "date": moment(one.created_at),
                        "description": one.note,
                    }
                )
                for one in revisions
            ],
        }
    )


def _item(
    item_id: str, name: str, quantity: Decimal, unit: str, price: int | None, currency: str
) -> dict[str, Any]:
    return {
        "id": item_id,
        "description": name,
        "quantity": quantity,
        "unit": without_nothing(
            {
                "scheme": "UNCEFACT",
                "id": unit,
                "value": None if price is None else value_of(price, currency),
            }
        ),
    }


def bid(quote: Quote, version: QuoteVersion | None, parties: Parties) -> dict[str, Any]:
    """A quote; without its version only that it is there."""
    status = _BID_STATUS.get(QuoteState(quote.state), "valid" if version else "pending")
    return without_nothing(
        {
            "id": str(quote.id),
            "date": moment(version.created_at if version else quote.created_at),
            "status": status,
            "tenderers": [
                parties.refer(quote.organisation_id, quote.organisation_name, "tenderer")
            ],
            "value": value_of(version.total_amount, version.currency) if version else None,
        }
    )


def _terms_items(deal: Deal, terms: DealTerms) -> list[dict[str, Any]]:
    body = TermsBody.model_validate(terms.body)
    return [
        _item(
            f"{deal.number}-{position}",
            line.name,
            line.quantity,
            line.unit,
            line.unit_price.amount,
            deal.currency,
        )
        for position, line in enumerate(body.lines, start=1)
    ]


def _award_id(deal: Deal) -> str:
    return f"{deal.number}-award"


def award(deal: Deal, terms: DealTerms, parties: Parties) -> dict[str, Any]:
    """The decision that a deal follows from."""
    supplier = parties.refer(
        deal.vendor_organisation_id, deal.vendor_organisation_name, "tenderer", "supplier"
    )
    return {
        "id": _award_id(deal),
        "title": deal.title,
        "status": _AWARD_STATUS.get(DealState(deal.state), "active"),
        "date": moment(deal.created_at),
        "value": value_of(deal.total_amount, deal.currency),
        "suppliers": [supplier],
        "items": _terms_items(deal, terms),
    }


def contract(
    deal: Deal, terms: DealTerms, invoice: InvoiceSummary | None, parties: Parties
) -> dict[str, Any]:
    """A concluded deal, with what was invoiced and paid."""
    signed = deal.signed_at
    document = {
        "id": f"{deal.number}-contract",
        "documentType": "contractSigned",
        "title": deal.number,
        "datePublished": moment(signed) if signed else None,
        "format": "application/pdf",
    }
    return without_nothing(
        {
            "id": deal.number,
            "awardID": _award_id(deal),
            "title": deal.title,
            "status": _CONTRACT_STATUS.get(DealState(deal.state), "active"),
            "value": value_of(deal.total_amount, deal.currency),
            "items": _terms_items(deal, terms),
            "dateSigned": moment(signed) if signed else None,
            "documents": [without_nothing(document)],
            "implementation": _implementation(deal, invoice, parties) if invoice else None,
        }
    )


def _implementation(deal: Deal, invoice: InvoiceSummary, parties: Parties) -> dict[str, Any]:
    label = invoice.number or str(invoice.id)
    milestone = without_nothing(
        {
            "id": label,
            "title": label,
            "type": "financing",
            "dueDate": moment(invoice.due_date) if invoice.due_date else None,
            "dateMet": moment(invoice.paid_at) if invoice.paid_at else None,
            "status": "met" if invoice.paid_at else "scheduled",
        }
    )
    paid = without_nothing(
        {
            "id": f"{label}-paid",
            "date": moment(invoice.paid_at) if invoice.paid_at else None,
            "value": value_of(invoice.paid.amount, invoice.paid.currency),
            "payer": parties.refer(deal.organisation_id, deal.organisation_name, "payer"),
            "payee": parties.refer(
                deal.vendor_organisation_id, deal.vendor_organisation_name, "payee"
            ),
        }
        if invoice.paid.amount > 0
        else {}
    )
    return without_nothing({"transactions": [paid] if paid else [], "milestones": [milestone]})
