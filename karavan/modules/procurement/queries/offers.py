"""What quotes say: their versions and lines. Row-level security leaves sealed ones out."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.money import MoneyBody
from karavan.modules.procurement.models import Quote, QuoteLine, QuoteVersion
from karavan.modules.procurement.schemas.quotes import OfferBody, QuoteLineBody
from karavan.modules.procurement.states import LineKind


async def present_version(session: AsyncSession, quote: Quote) -> QuoteVersion | None:
    """The quote's present version; nothing while it is sealed from the caller."""
    return await session.scalar(
        select(QuoteVersion).where(
            QuoteVersion.quote_id == quote.id, QuoteVersion.number == quote.current_version
        )
    )


async def present_versions(
    session: AsyncSession, quotes: Collection[Quote]
) -> dict[UUID, QuoteVersion]:
    """Present versions by quote; sealed ones are missing."""
    keys = [(quote.id, quote.current_version) for quote in quotes]
    found = await session.scalars(
        select(QuoteVersion).where(tuple_(QuoteVersion.quote_id, QuoteVersion.number).in_(keys))
    )
    return {version.quote_id: version for version in found}


async def lines_of(
    session: AsyncSession, version_ids: Collection[UUID]
) -> dict[UUID, list[QuoteLine]]:
    """Lines in their order, by version."""
    found = await session.scalars(
        select(QuoteLine)
        .where(QuoteLine.version_id.in_(version_ids))
        .order_by(QuoteLine.version_id, QuoteLine.position)
    )
    lines: dict[UUID, list[QuoteLine]] = {version_id: [] for version_id in version_ids}
    for line in found:
        lines[line.version_id].append(line)
    return lines


async def present_offer(session: AsyncSession, quote: Quote) -> OfferBody:
    """The vendor's own present offer as a body, to be confirmed as it stands."""
    version = await present_version(session, quote)
    if version is None:
        raise LookupError(f"quote {quote.id} has no version {quote.current_version}")
    lines = (await lines_of(session, [version.id]))[version.id]
    return OfferBody(
        currency=version.currency,
        valid_until=version.valid_until,
        lead_time_days=version.lead_time_days,
        payment_days=version.payment_days,
        payment_terms=version.payment_terms,
        delivery_terms=version.delivery_terms,
        delivery=MoneyBody.of(version.delivery_amount, version.currency),
        note=version.note,
        lines=[_line_body(line, version.currency) for line in lines],
        attachment_ids=[UUID(item["id"]) for item in version.attachments],
    )


def _line_body(line: QuoteLine, currency: str) -> QuoteLineBody:
    available = line.kind != LineKind.NOT_AVAILABLE
    return QuoteLineBody(
        request_line_id=line.request_line_id,
        kind=LineKind(line.kind),
        name=line.name,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=MoneyBody.of(line.unit_price_amount, currency) if available else None,
        tax_rate=line.tax_rate,
        lead_time_days=line.lead_time_days,
        comment=line.comment,
    )
