"""A deal begins: an award has brought a buyer and a vendor together."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.documents.formatting import Language
from karavan.kit.ids import new_id
from karavan.kit.money import MoneyBody
from karavan.kit.numbering import next_number
from karavan.modules.conversations.public import Participant, open_thread
from karavan.modules.procurement.actions.deals.terms import add_terms
from karavan.modules.procurement.lifecycles import DEAL
from karavan.modules.procurement.models import Deal, Quote, QuoteLine, QuoteVersion, Request
from karavan.modules.procurement.schemas.deals import TermsBody, TermsLine
from karavan.modules.procurement.totals import DELIVERY_UNIT, OfferedLine, delivery_tax_rate

DELIVERY_NAMES = {
    Language.ENGLISH: "Delivery",
    Language.RUSSIAN: "Доставка",
    Language.KAZAKH: "Жеткізу",
}


class AwardedLine(Struct, frozen=True):
    """A quoted line and how much of it was awarded."""

    line: QuoteLine
    quantity: Decimal


async def open_deal(
    session: AsyncSession,
    actor: Actor,
    request: Request,
    quote: Quote,
    *,
    version: QuoteVersion,
    lines: Sequence[AwardedLine],
    now: datetime,
) -> Deal:
    """Open the deal about the awarded lines of an accepted quote, with its first terms and its thread.

    The terms say what the quote said; a delivery charge becomes a line of its own and is charged whole even when
    only some lines were awarded, because the vendor has named no other price for it.

    Args:
        actor: of the buyer, who made the award.
        version: the quote's present version.
        lines: at least one.
        now: the database's clock; its year numbers the deal.

    Returns:
        The deal in `negotiation`, flushed.
    """
    language = _language(actor.locale)
    deal = Deal(
        id=new_id(),
        number=await next_number(session, request.organisation_id, series="DEAL", year=now.year),
        organisation_id=request.organisation_id,
        organisation_name=request.organisation_name,
        vendor_organisation_id=quote.organisation_id,
        vendor_organisation_name=quote.organisation_name,
        request_id=request.id,
        request_number=request.number or "",
        quote_id=quote.id,
        quote_number=quote.number,
        title=request.title,
        language=language,
        currency=version.currency,
        state=DEAL.initial,
    )
    session.add(deal)
    body = _first_terms(request, version, lines, language)
    await add_terms(session, deal, body, actor, number=1, side="vendor")
    await _open_thread(session, deal)
    record_audit(
        session,
        actor,
        "deal.open",
        target_type="deal",
        target_id=deal.id,
        target_label=deal.number,
        after={"state": deal.state, "quote": quote.number, "total_amount": deal.total_amount},
    )
    DEAL.record(
        session,
        deal,
        "opened",
        actor,
        data={"request_id": str(request.id), "quote_id": str(quote.id), "title": deal.title},
    )
    await session.flush()
    return deal


async def _open_thread(session: AsyncSession, deal: Deal) -> None:
    await open_thread(
        session,
        subject_type="deal",
        subject_id=deal.id,
        title=f"{deal.number} · {deal.title}",
        participants=[
            Participant(deal.organisation_id, deal.organisation_name),
            Participant(deal.vendor_organisation_id, deal.vendor_organisation_name),
        ],
    )


def _first_terms(
    request: Request, version: QuoteVersion, lines: Sequence[AwardedLine], language: Language
) -> TermsBody:
    awarded = [
        TermsLine(
            request_line_id=one.line.request_line_id,
            name=one.line.name,
            quantity=one.quantity,
            unit=one.line.unit,
            unit_price=MoneyBody.of(one.line.unit_price_amount, version.currency),
            tax_rate=one.line.tax_rate,
        )
        for one in lines
    ]
    if version.delivery_amount:
        rate = delivery_tax_rate(
            OfferedLine(one.quantity, one.line.unit_price_amount, one.line.tax_rate)
            for one in lines
        )
        awarded.append(
            TermsLine(
                request_line_id=None,
                name=DELIVERY_NAMES[language],
                quantity=Decimal(1),
                unit=DELIVERY_UNIT,
                unit_price=MoneyBody.of(version.delivery_amount, version.currency),
                tax_rate=rate,
            )
        )
    return TermsBody(
        lines=awarded,
        delivery_terms=version.delivery_terms or request.delivery_terms,
        delivery_place=request.delivery_place,
        delivery_date=None,
        lead_time_days=version.lead_time_days,
        payment_terms=version.payment_terms or request.payment_terms,
        payment_days=version.payment_days,
        notes=version.note,
        valid_until=None,
    )


def _language(locale: str) -> Language:
    code = locale[:2]
    return Language(code) if code in set(Language) else Language.ENGLISH
