"""Award a request: to one quote or split by line, once, and again after a refusal."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.decimals import plain
from karavan.kit.lifecycle import Move
from karavan.modules.procurement.actions.approvals.require import require_subject
from karavan.modules.procurement.actions.deals.commitment import standing_deals, sum_in
from karavan.modules.procurement.actions.deals.open import AwardedLine, open_deal
from karavan.modules.procurement.approval_chain import ApprovalSubject
from karavan.modules.procurement.award_plan import Candidate, Winner, plan_award
from karavan.modules.procurement.errors import NoExchangeRateError
from karavan.modules.procurement.lifecycles import QUOTE, REQUEST
from karavan.modules.procurement.models import Deal, DealTerms, Quote, Request
from karavan.modules.procurement.queries.offers import lines_of, present_versions
from karavan.modules.procurement.queries.rows import live_lines, locked_quotes, locked_request
from karavan.modules.procurement.rates import rate_book
from karavan.modules.procurement.request_content import fingerprint
from karavan.modules.procurement.schemas.awards import AwardBody, ReawardBody
from karavan.modules.procurement.states import (
    OPEN_QUOTE,
    WAITING_QUOTE,
    ApprovalPurpose,
    DealState,
    QuoteState,
    RequestState,
)


async def award(session: AsyncSession, actor: Actor, request_id: UUID, body: AwardBody) -> Request:
    """Accept the winning quotes and open a deal with each vendor; the other quotes wait on standby.

    Of two managers who award at once the second waits for the request's lock and is then refused by its state.

    Raises:
        AllocationError: the split does not fit.
        NeedsReconfirmError: a winner answers an earlier revision.
        QuoteExpiredError: a winner's validity has ended at this second.
        ApprovalRequiredError: a spending limit asks for somebody's agreement to exactly this award.
    """
    request = await locked_request(session, request_id)
    move = REQUEST.check(request, "award", actor, await database_now(session), body)
    quotes = await locked_quotes(session, request.id, WAITING_QUOTE)
    request.awarded_at = move.situation.now
    return await _give(session, actor, request, move, body, quotes)


async def reaward(
    session: AsyncSession, actor: Actor, request_id: UUID, body: ReawardBody
) -> Request:
    """Give what a refused or cancelled deal has freed to quotes on standby, in one step.

    Raises:
        AllocationError: nothing of a named line is free, or the quote is not on standby.
        QuoteExpiredError: a winner's validity has ended at this second.
        ApprovalRequiredError: as for an award.
    """
    request = await locked_request(session, request_id)
    move = REQUEST.check(request, "reaward", actor, await database_now(session), body)
    quotes = await locked_quotes(session, request.id, {QuoteState.STANDBY})
    return await _give(session, actor, request, move, body, quotes)


async def award_subject(
    session: AsyncSession, actor: Actor, request: Request, body: AwardBody
) -> ApprovalSubject:
    """What somebody is asked to agree to when `body` is to be awarded. The caller has locked the request."""
    quotes = await locked_quotes(session, request.id, WAITING_QUOTE)
    winners = await _winners(session, request, body, quotes)
    return await _subject(session, actor, request, winners)


async def _give(
    session: AsyncSession,
    actor: Actor,
    request: Request,
    move: Move[Request],
    body: AwardBody,
    quotes: Sequence[Quote],
) -> Request:
    winners = await _winners(session, request, body, quotes)
    subject = await _subject(session, actor, request, winners)
    await require_subject(session, actor, request, subject)
    winning = {winner.candidate.quote.id for winner in winners}
    now = move.situation.now
    for quote in quotes:
        if quote.id in winning:
            _settle(session, actor, quote, "accept", now)
        elif quote.state in OPEN_QUOTE:
            _settle(session, actor, quote, "hold", now)
    deals = [await _open(session, actor, request, winner, now) for winner in winners]
    REQUEST.apply(
        session,
        move,
        after={"deals": [deal.number for deal in deals], **subject.summary},
        data={
            "title": request.title,
            "deal_ids": [str(deal.id) for deal in deals],
            "rates": subject.summary["rates"],
        },
    )
    await session.flush()
    return request


def _settle(session: AsyncSession, actor: Actor, quote: Quote, name: str, now: datetime) -> None:
    move = QUOTE.check(quote, name, actor, now, consequence=True)
    QUOTE.apply(session, move, data={"request_id": str(quote.request_id)})


async def _open(
    session: AsyncSession, actor: Actor, request: Request, winner: Winner, now: datetime
) -> Deal:
    return await open_deal(
        session,
        actor,
        request,
        winner.candidate.quote,
        version=winner.candidate.version,
        lines=[AwardedLine(line, quantity) for line, quantity in winner.awarded],
        now=now,
    )


async def _winners(
    session: AsyncSession, request: Request, body: AwardBody, quotes: Sequence[Quote]
) -> list[Winner]:
    eligible = [
        quote for quote in quotes if quote.shortlisted or request.state != RequestState.SHORTLIST
    ]
    versions = await present_versions(session, eligible)
    lines = await lines_of(session, [version.id for version in versions.values()])
    candidates = {
        quote.id: Candidate(quote, versions[quote.id], lines[versions[quote.id].id])
        for quote in eligible
        if quote.id in versions
    }
    requested = await live_lines(session, request.id)
    return plan_award(body.allocations, candidates, requested, await _taken(session, request))


async def _taken(session: AsyncSession, request: Request) -> dict[UUID, Decimal]:
    """Quantities that deals which stand have, by requested line, as their present terms say."""
    found = await session.scalars(
        select(DealTerms)
        .join(Deal, (Deal.id == DealTerms.deal_id) & (Deal.terms_number == DealTerms.number))
        .where(Deal.request_id == request.id, Deal.state != DealState.CANCELLED)
    )
    taken: dict[UUID, Decimal] = {}
    for terms in found:
        for line in terms.body["lines"]:
            if line["request_line_id"] is not None:
                line_id = UUID(line["request_line_id"])
                taken[line_id] = taken.get(line_id, Decimal(0)) + Decimal(line["quantity"])
    return taken


async def _subject(
    session: AsyncSession, actor: Actor, request: Request, winners: Sequence[Winner]
) -> ApprovalSubject:
    """The whole award with its amount in the request's currency, by the rates of this day: what is given now and, where
    it is given again, the deals of it that stand. Otherwise parts given one after another would pass a limit together.

    Where there is no rate the amount is unknown, and then every spending limit applies.
    """
    today = (await database_now(session)).astimezone(UTC).date()
    rates = await rate_book(session, actor.organisation_id, today)
    standing = await standing_deals(session, request)
    committed = [(one.committed, one.currency) for one in standing]
    amount = sum_in(rates, request.currency, committed)
    used: dict[str, str] = {}
    content: dict[str, Any] = {"allocations": []}
    if standing:
        content["others"] = {str(one.deal_id): one.committed for one in standing}
    for winner in winners:
        version = winner.candidate.version
        total = winner.totals.tax_inclusive.amount
        try:
            rate = rates.find(version.currency, request.currency)
        except NoExchangeRateError:
            amount = None
        else:
            amount = None if amount is None else amount + rate.convert(total)
            if version.currency != request.currency:
                used[f"{version.currency}/{request.currency}"] = plain(rate.value)
        content["allocations"].append(
            {
                "quote_id": str(winner.candidate.quote.id),
                "version": version.number,
                "lines": {
                    str(line.request_line_id): plain(quantity) for line, quantity in winner.awarded
                },
            }
        )
    return ApprovalSubject(
        request_id=request.id,
        purpose=ApprovalPurpose.AWARD,
        amount=amount,
        currency=request.currency,
        fingerprint=fingerprint(content, revision=request.revision),
        summary={
            "label": REQUEST.label_of(request),
            "title": request.title,
            "vendors": [winner.candidate.quote.organisation_name for winner in winners],
            "quotes": [winner.candidate.quote.number for winner in winners],
            "rates": used,
        },
    )
