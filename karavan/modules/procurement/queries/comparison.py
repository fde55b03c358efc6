"""The comparison matrix: rows, columns and cells of the buyer's choice."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.decimals import plain
from karavan.kit.errors import NotFoundError
from karavan.kit.lifecycle import Situation
from karavan.kit.money import MoneyBody
from karavan.modules.procurement.actions.evaluation.weigh import criteria_of
from karavan.modules.procurement.comparison import (
    LandedLine,
    Offer,
    OfferLine,
    QuoteScore,
    Weight,
    best_by_line,
    best_total,
    landed,
    score,
    split_amount,
)
from karavan.modules.procurement.lifecycles.requests import unsealed
from karavan.modules.procurement.models import (
    Criterion,
    Deal,
    Quote,
    QuoteLine,
    QuoteVersion,
    RequestLine,
    Score,
)
from karavan.modules.procurement.queries.offers import lines_of, present_versions
from karavan.modules.procurement.queries.rows import live_lines, visible_request
from karavan.modules.procurement.rates import Rate, RateBook, rate_book
from karavan.modules.procurement.schemas.evaluation import (
    ComparedLine,
    ComparedQuote,
    ComparisonView,
    CriterionView,
    RequestedLine,
    ScorePartView,
    UsedRate,
    VendorHistory,
)
from karavan.modules.procurement.schemas.requests import Party
from karavan.modules.procurement.states import CriterionKind, DealState, LineKind, QuoteState

_COMPARED = (QuoteState.SUBMITTED, QuoteState.UPDATED, QuoteState.STANDBY, QuoteState.ACCEPTED)


class _Column(Struct, frozen=True):
    quote: Quote
    version: QuoteVersion
    lines: Sequence[QuoteLine]
    rate: Rate
    offer: Offer

    def money(self, amount: int) -> MoneyBody:
        """An amount of the quote, in the comparison's currency."""
        return MoneyBody.of(self.rate.convert(amount), self.rate.quote)


class _Verdict(Struct, frozen=True):
    best_lines: Mapping[UUID, set[UUID]]
    best_totals: set[UUID]
    scores: Mapping[UUID, QuoteScore]
    notes: Mapping[tuple[UUID, UUID], str]
    histories: Mapping[UUID, VendorHistory]
    line_ids: Sequence[UUID]
    now: datetime


async def comparison(
    session: AsyncSession, actor: Actor, request_id: UUID, currency: str | None
) -> ComparisonView:
    """The quotes that stand, side by side in one currency.

    Args:
        currency: of the comparison; by default the request's.

    Raises:
        NotFoundError: it is no request of the actor's organisation.
        StillSealedError: the request is sealed and its deadline has not passed.
        NoExchangeRateError: a quote's currency cannot be converted.
    """
    request = await visible_request(session, request_id)
    if request.organisation_id != actor.organisation_id:
        raise NotFoundError
    now = await database_now(session)
    if refusal := unsealed(request, Situation(now, actor, "buyer")):
        raise refusal
    target = currency or request.currency
    rates = await rate_book(session, actor.organisation_id, now.astimezone(UTC).date())
    asked = await live_lines(session, request.id)
    line_ids = [line.id for line in asked]
    columns = await _columns(session, request_id, rates, target, asked)
    criteria = await criteria_of(session, request.id)
    scores = await _scores(session, criteria)
    offers = [column.offer for column in columns]
    weights = [_weight(criterion, scores) for criterion in criteria]
    refused = await _refused(session, columns)
    to_be_had = [offer for offer in offers if offer.quote_id not in refused]
    verdict = _Verdict(
        best_by_line(to_be_had, target),
        best_total(to_be_had, line_ids),
        score(offers, weights, line_ids),
        {(one.criterion_id, one.quote_id): one.note for one in scores},
        await _histories(session, actor, [column.quote for column in columns]),
        line_ids,
        now,
    )
    split = split_amount(to_be_had, line_ids, target)
    return ComparisonView(
        request_id=request.id,
        currency=target,
        lines=[_row(line, request.currency) for line in asked],
        quotes=[_compared(column, verdict) for column in columns],
        criteria=criterion_views(criteria),
        best_split=None if split is None else MoneyBody.of(split, target),
        rates=_used(columns),
    )


def criterion_views(criteria: Sequence[Criterion]) -> list[CriterionView]:
    """Criteria with their share of the whole weight."""
    total = sum(one.weight for one in criteria) or 1
    return [
        CriterionView(
            id=one.id,
            position=one.position,
            name=one.name,
            kind=CriterionKind(one.kind),
            weight=one.weight,
            share=f"{Decimal(one.weight) * 100 / total:.1f}",
        )
        for one in criteria
    ]


async def _columns(
    session: AsyncSession,
    request_id: UUID,
    rates: RateBook,
    target: str,
    asked: Sequence[RequestLine],
) -> list[_Column]:
    by_id = {line.id: line for line in asked}
    found = await session.scalars(
        select(Quote)
        .where(Quote.request_id == request_id, Quote.state.in_(_COMPARED))
        .order_by(Quote.id)
    )
    quotes = list(found)
    versions = await present_versions(session, quotes)
    lines = await lines_of(session, [version.id for version in versions.values()])
    columns = []
    for quote in quotes:
        version = versions[quote.id]
        rate = rates.find(version.currency, target)
        answers = [one for one in lines[version.id] if one.request_line_id in by_id]
        offer = _offer(quote, version, answers, rate, by_id)
        columns.append(_Column(quote, version, answers, rate, offer))
    return sorted(columns, key=lambda column: (column.offer.total_amount, column.quote.id))


async def _refused(session: AsyncSession, columns: Sequence[_Column]) -> set[UUID]:
    """Quotes that were accepted and whose deal has come to nothing: shown, but not the best of what can be had."""
    accepted = [one.quote.id for one in columns if one.quote.state == QuoteState.ACCEPTED]
    if not accepted:
        return set()
    found = await session.scalars(
        select(Deal.quote_id).where(Deal.quote_id.in_(accepted), Deal.state == DealState.CANCELLED)
    )
    return set(found)


def _offer(
    quote: Quote,
    version: QuoteVersion,
    lines: Sequence[QuoteLine],
    rate: Rate,
    asked: Mapping[UUID, RequestLine],
) -> Offer:
    return Offer(
        quote_id=quote.id,
        lines=[_offer_line(version, line, rate, asked[line.request_line_id]) for line in lines],
        delivery_amount=rate.convert(version.delivery_amount),
        total_amount=rate.convert(version.total_amount),
        lead_time_days=version.lead_time_days,
        payment_days=version.payment_days,
    )


def _offer_line(
    version: QuoteVersion, line: QuoteLine, rate: Rate, asked: RequestLine
) -> OfferLine:
    # Twelve boxes cannot be measured against a hundred pieces: the vendor's word that they answer the line stands.
    comparable = line.unit == asked.unit
    return OfferLine(
        request_line_id=line.request_line_id,
        kind=LineKind(line.kind),
        quantity=line.quantity if comparable else asked.quantity,
        net_amount=rate.convert(line.net_amount),
        lead_time_days=version.lead_time_days
        if line.lead_time_days is None
        else line.lead_time_days,
        whole=not comparable or line.quantity >= asked.quantity,
    )


async def _scores(session: AsyncSession, criteria: Sequence[Criterion]) -> list[Score]:
    found = await session.scalars(
        select(Score).where(Score.criterion_id.in_([criterion.id for criterion in criteria]))
    )
    return list(found)


def _weight(criterion: Criterion, scores: Sequence[Score]) -> Weight:
    return Weight(
        criterion_id=criterion.id,
        kind=CriterionKind(criterion.kind),
        weight=criterion.weight,
        manual={one.quote_id: one.value for one in scores if one.criterion_id == criterion.id},
    )


async def _histories(
    session: AsyncSession, actor: Actor, quotes: Sequence[Quote]
) -> dict[UUID, VendorHistory]:
    """Counts from the buyer's own dealings with each vendor, before this request."""
    vendors = [quote.organisation_id for quote in quotes]
    this = [quote.request_id for quote in quotes]
    quotes_given = await session.execute(
        select(Quote.organisation_id, func.count())
        .where(
            Quote.buyer_organisation_id == actor.organisation_id,
            Quote.organisation_id.in_(vendors),
            Quote.request_id.not_in(this),
        )
        .group_by(Quote.organisation_id)
    )
    given = {vendor: count for vendor, count in quotes_given if count}
    deals_made = await session.execute(
        select(
            Deal.vendor_organisation_id,
            func.count(),
            func.count().filter(Deal.paid_at.is_not(None)),
        )
        .where(
            Deal.organisation_id == actor.organisation_id,
            Deal.vendor_organisation_id.in_(vendors),
            Deal.state != DealState.CANCELLED,
            Deal.request_id.not_in(this),
        )
        .group_by(Deal.vendor_organisation_id)
    )
    deals = {vendor: (made, paid) for vendor, made, paid in deals_made}
    return {
        vendor: VendorHistory(
            quotes=given.get(vendor, 0),
            deals=deals.get(vendor, (0, 0))[0],
            deals_paid=deals.get(vendor, (0, 0))[1],
        )
        for vendor in vendors
    }


def _row(line: RequestLine, currency: str) -> RequestedLine:
    return RequestedLine(
        id=line.id,
        position=line.position,
        name=line.name,
        quantity=plain(line.quantity),
        unit=line.unit,
        target_price=None
        if line.target_price_amount is None
        else MoneyBody.of(line.target_price_amount, currency),
    )


def _compared(column: _Column, verdict: _Verdict) -> ComparedQuote:
    quote, version, offer = column.quote, column.version, column.offer
    points = verdict.scores[quote.id]
    return ComparedQuote(
        id=quote.id,
        number=quote.number,
        state=QuoteState(quote.state),
        vendor=Party(id=quote.organisation_id, name=quote.organisation_name),
        history=verdict.histories[quote.organisation_id],
        original_total=MoneyBody.of(version.total_amount, version.currency),
        net=column.money(version.net_amount),
        delivery=column.money(version.delivery_amount),
        tax=column.money(version.tax_amount),
        total=column.money(version.total_amount),
        lead_time_days=version.lead_time_days,
        payment_days=version.payment_days,
        payment_terms=version.payment_terms,
        delivery_terms=version.delivery_terms,
        valid_until=quote.valid_until,
        expired=quote.valid_until <= verdict.now,
        needs_reconfirm=quote.needs_reconfirm,
        shortlisted=quote.shortlisted,
        lines_offered=len(offer.whole),
        complete=offer.covers(verdict.line_ids),
        best_total=quote.id in verdict.best_totals,
        score=None if points.total is None else str(points.total),
        score_complete=points.complete,
        parts=[
            ScorePartView(
                criterion_id=part.criterion_id,
                points=None if part.points is None else plain(part.points),
                note=verdict.notes.get((part.criterion_id, quote.id), ""),
            )
            for part in points.parts
        ],
        lines=_cells(column, verdict),
    )


def _cells(column: _Column, verdict: _Verdict) -> list[ComparedLine]:
    costs = {one.line.request_line_id: one for one in landed(column.offer, column.rate.quote)}
    return [_cell(column, line, costs.get(line.request_line_id), verdict) for line in column.lines]


def _cell(
    column: _Column, line: QuoteLine, cost: LandedLine | None, verdict: _Verdict
) -> ComparedLine:
    return ComparedLine(
        request_line_id=line.request_line_id,
        kind=LineKind(line.kind),
        name=line.name,
        quantity=plain(line.quantity),
        unit=line.unit,
        unit_price=column.money(line.unit_price_amount) if cost else None,
        net=column.money(line.net_amount) if cost else None,
        landed=MoneyBody.of(cost.amount, column.rate.quote) if cost else None,
        landed_unit_amount=f"{cost.unit_amount:.2f}" if cost else None,
        lead_time_days=column.version.lead_time_days
        if line.lead_time_days is None
        else line.lead_time_days,
        comment=line.comment,
        whole=cost is not None and cost.line.whole,
        best=column.quote.id in verdict.best_lines.get(line.request_line_id, set()),
    )


def _used(columns: Sequence[_Column]) -> list[UsedRate]:
    by_base = {column.rate.base: column.rate for column in columns}
    return [
        UsedRate(
            base=rate.base,
            quote=rate.quote,
            rate=plain(rate.value),
            effective_on=rate.effective_on,
            source=rate.source,
            via=rate.via,
        )
        for rate in by_base.values()
        if rate.base != rate.quote
    ]
