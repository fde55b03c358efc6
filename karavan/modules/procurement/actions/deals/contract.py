"""From a deal's rows to its contract on paper."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import Database, as_system
from karavan.kit.documents.formatting import Language, format_date
from karavan.kit.documents.totals import PricedLine, compute_totals
from karavan.kit.errors import NotFoundError
from karavan.kit.money import Money
from karavan.kit.storage import Storage
from karavan.modules.invoicing.public import party_of, party_snapshot
from karavan.modules.media.public import find_file, read_content
from karavan.modules.procurement.errors import ContractDamagedError
from karavan.modules.procurement.models import Deal, DealSignature, DealTerms
from karavan.modules.procurement.rendering.contract_view import (
    ContractLine,
    ContractSignature,
    ContractTerms,
    ContractView,
)
from karavan.modules.procurement.schemas.deals import TermsBody
from karavan.modules.procurement.totals import treatment

_PAYMENT_DAYS = {
    Language.ENGLISH: "Payment is due within {days} calendar days of the invoice.",
    Language.RUSSIAN: "Оплата в течение {days} календарных дней со дня выставления счёта.",
    Language.KAZAKH: "Төлем шот берілген күннен бастап {days} күнтізбелік күн ішінде жасалады.",
}
_DELIVERY_DATE = {
    Language.ENGLISH: "Delivery no later than {date}.",
    Language.RUSSIAN: "Поставка не позднее: {date}",
    Language.KAZAKH: "Жеткізу мерзімі: {date} дейін.",
}


async def contract_view(
    session: AsyncSession,
    deal: Deal,
    terms: DealTerms,
    now: datetime,
    *,
    is_draft: bool = False,
) -> ContractView:
    """What the contract of a version of the terms says, with the signatures that stand under it.

    Args:
        now: the moment that the paper bears: of the last signature, or of a preview.
    """
    language = Language(deal.language)
    body = TermsBody.model_validate(terms.body)
    # Each side's bank account stands on the contract, whichever side signs last.
    async with as_system(session):
        supplier = await party_snapshot(session, deal.vendor_organisation_id)
        buyer = await party_snapshot(session, deal.organisation_id)
    signatures = await _signatures(session, terms)
    pricings = [
        PricedLine(
            line.quantity, Money(line.unit_price.amount, deal.currency), treatment(line.tax_rate)
        )
        for line in body.lines
    ]
    return ContractView(
        number=deal.number,
        version=terms.number,
        concluded_on=now.date(),
        created_at=now,
        language=language,
        supplier=party_of(supplier),
        buyer=party_of(_without_bank(buyer)),
        lines=tuple(
            ContractLine(name=line.name, pricing=pricing, unit_code=line.unit)
            for line, pricing in zip(body.lines, pricings, strict=True)
        ),
        totals=compute_totals(pricings, currency=deal.currency),
        terms=_clauses(body, language),
        request_number=deal.request_number,
        quote_number=deal.quote_number,
        supplier_signature=signatures.get("vendor"),
        buyer_signature=signatures.get("buyer"),
        is_draft=is_draft,
    )


async def signed_contract(
    session: AsyncSession, database: Database, storage: Storage, deal: Deal
) -> bytes:
    """The file that both sides have signed.

    Raises:
        NotFoundError: there is none.
        ContractDamagedError: what is stored is not what was signed.
    """
    if deal.contract_media_id is None:
        raise NotFoundError
    # The file is kept with the buyer's; the vendor reads it by right of the deal.
    async with as_system(session):
        file = await find_file(session, deal.organisation_id, deal.contract_media_id)
    if file is None:
        raise NotFoundError
    content = await read_content(database, storage, file)
    found = hashlib.sha256(content).hexdigest()
    if found != deal.contract_sha256:
        raise ContractDamagedError(signed=deal.contract_sha256, found=found)
    return content


def _clauses(body: TermsBody, language: Language) -> ContractTerms:
    delivery = [body.delivery_terms]
    if body.delivery_date is not None:
        day = format_date(body.delivery_date, language)
        delivery.append(_DELIVERY_DATE[language].format(date=day))
    payment = [body.payment_terms]
    if body.payment_days:
        payment.append(_PAYMENT_DAYS[language].format(days=body.payment_days))
    return ContractTerms(
        delivery_terms="\n".join(part for part in delivery if part),
        delivery_place=body.delivery_place,
        lead_time_days=body.lead_time_days,
        payment_terms="\n".join(part for part in payment if part),
        warranty=body.warranty,
        penalties=body.penalties,
        other=body.notes,
    )


def _without_bank(snapshot: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in snapshot.items() if key != "bank"}


async def _signatures(session: AsyncSession, terms: DealTerms) -> dict[str, ContractSignature]:
    found = await session.execute(
        select(DealSignature).where(
            DealSignature.deal_id == terms.deal_id, DealSignature.terms_number == terms.number
        )
    )
    return {
        row.side: ContractSignature(
            signed_by=row.signed_by_name, signed_at=row.created_at, version=row.terms_number
        )
        for row in found.scalars()
    }
