"""Versions of the terms: written once, and known by the hash of what they say."""

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.documents.totals import DocumentTotals
from karavan.kit.errors import FieldError, ValidationError
from karavan.modules.procurement.errors import OtherTermsError, TermsLapsedError
from karavan.modules.procurement.models import Deal, DealTerms
from karavan.modules.procurement.schemas.deals import SignedTerms, TermsBody
from karavan.modules.procurement.totals import OfferedLine, offer_totals

AWARDED = 1
"""Number of the first terms: the award, as the quote said it."""


def terms_totals(body: TermsBody, currency: str) -> DocumentTotals:
    """Add up the terms.

    Raises:
        ValidationError: a price in another currency, named by its pointer, or a sum that cannot be stored.
    """
    errors = [
        FieldError(
            pointer=f"#/terms/lines/{index}/unit_price/currency",
            code="currency",
            detail=f"The deal is in {currency}.",
        )
        for index, line in enumerate(body.lines)
        if line.unit_price.currency != currency
    ]
    if errors:
        raise ValidationError(errors=errors)
    return offer_totals(
        (OfferedLine(line.quantity, line.unit_price.amount, line.tax_rate) for line in body.lines),
        currency,
    )


def content_sha256(
    deal_id: UUID, number: int, body: dict[str, Any], *, buyer_id: UUID, vendor_id: UUID
) -> str:
    """The hash that a signature names: of the terms, their number, the deal and both sides.

    It is taken over JSON with sorted keys, no white space and UTF-8 (as RFC 8785 orders members), so that everybody
    who has read the terms through the API can compute it.
    """
    content = {
        "buyer_organisation_id": str(buyer_id),
        "deal_id": str(deal_id),
        "terms": body,
        "terms_number": number,
        "vendor_organisation_id": str(vendor_id),
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def hash_of_terms(terms: DealTerms) -> str:
    """The hash of a stored version."""
    return content_sha256(
        terms.deal_id,
        terms.number,
        terms.body,
        buyer_id=terms.organisation_id,
        vendor_id=terms.vendor_organisation_id,
    )


def refuse_other_terms(terms: DealTerms, named: SignedTerms, now: datetime) -> None:
    """Refuse to sign anything but the present terms, while they hold.

    Raises:
        OtherTermsError: newer ones were proposed.
        TermsLapsedError: their last day has passed.
    """
    present = hash_of_terms(terms)
    if named.terms_number != terms.number or named.content_sha256 != present:
        raise OtherTermsError(terms_number=terms.number, content_sha256=present)
    valid_until = TermsBody.model_validate(terms.body).valid_until
    if valid_until is not None and valid_until < now.date():
        raise TermsLapsedError(valid_until=valid_until.isoformat())


async def add_terms(
    session: AsyncSession,
    deal: Deal,
    body: TermsBody,
    actor: Actor,
    *,
    number: int,
    side: str,
    note: str = "",
) -> DealTerms:
    """Write a version of the terms and make it the deal's present one.

    Raises:
        ValidationError: as `terms_totals` does.
    """
    totals = terms_totals(body, deal.currency)
    net, tax, total = totals.tax_exclusive.amount, totals.tax.amount, totals.tax_inclusive.amount
    deal.terms_number = number
    deal.net_amount, deal.tax_amount, deal.total_amount = net, tax, total
    deal.signed_by = []
    deal.cancel_asked_by = []
    # A new deal's row must stand before the row that points at it.
    await session.flush()
    terms = DealTerms(
        deal_id=deal.id,
        organisation_id=deal.organisation_id,
        vendor_organisation_id=deal.vendor_organisation_id,
        number=number,
        body=body.model_dump(mode="json"),
        net_amount=net,
        tax_amount=tax,
        total_amount=total,
        note=note,
        proposed_by=actor.user_id,
        proposed_by_name=actor.display_name,
        proposed_by_side=side,
    )
    session.add(terms)
    return terms
