"""What the deals of one award commit the buyer to in sum: a spending limit holds for all of them together."""

from collections.abc import Iterable
from datetime import UTC
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.modules.procurement.actions.deals.terms import AWARDED, hash_of_terms
from karavan.modules.procurement.approval_chain import ApprovalSubject
from karavan.modules.procurement.errors import NoExchangeRateError
from karavan.modules.procurement.models import Deal, DealTerms, Request
from karavan.modules.procurement.rates import RateBook, rate_book
from karavan.modules.procurement.request_content import fingerprint
from karavan.modules.procurement.states import ApprovalPurpose, DealState


class Standing(Struct, frozen=True):
    """A deal that has not been cancelled: what it was awarded for, and what it commits the buyer to by now.

    Terms that the buyer has not signed commit them to nothing more than the award did. A saving counts once the contract
    is concluded: until then newer terms may take it back.
    """

    deal_id: UUID
    currency: str
    awarded: int
    committed: int


async def standing_deals(session: AsyncSession, request: Request) -> list[Standing]:
    """The deals of a request that stand, in the order of their ids.

    The caller has locked the request: whoever signs locks it too, so that of two signatures at once the second one sees
    the first. Columns are read and not the entities, which the session may have read before it waited for the lock.
    """
    found = await session.execute(
        select(
            Deal.id,
            Deal.currency,
            Deal.state,
            Deal.signed_by,
            Deal.total_amount,
            DealTerms.total_amount.label("awarded"),
        )
        .join(DealTerms, (DealTerms.deal_id == Deal.id) & (DealTerms.number == AWARDED))
        .where(Deal.request_id == request.id, Deal.state != DealState.CANCELLED)
        .order_by(Deal.id)
    )
    return [
        Standing(
            row.id,
            row.currency,
            row.awarded,
            _committed(row.state, row.signed_by, row.total_amount, row.awarded),
        )
        for row in found
    ]


def _committed(state: str, signed_by: list[str], total: int, awarded: int) -> int:
    if state != DealState.NEGOTIATION:
        return total
    return max(total, awarded) if "buyer" in signed_by else awarded


def sum_in(rates: RateBook, currency: str, amounts: Iterable[tuple[int, str]]) -> int | None:
    """Amounts with their currencies added up in `currency`; nothing when one of them has no rate into it."""
    try:
        return sum(rates.find(own, currency).convert(amount) for amount, own in amounts)
    except NoExchangeRateError:
        return None


async def terms_subject(
    session: AsyncSession, actor: Actor, request: Request, deal: Deal, terms: DealTerms
) -> ApprovalSubject | None:
    """What somebody has to agree to before the buyer signs `terms`, or nothing where the award has not grown by them.

    Whoever agreed to the award, agreed to its sum. Without this each of its deals could be negotiated to just under a
    limit, and all of them together pass it.

    Args:
        request: the deal's, locked by the caller.
    """
    deals = await standing_deals(session, request)
    others = [one for one in deals if one.deal_id != deal.id]
    own = next(one for one in deals if one.deal_id == deal.id)
    if terms.total_amount <= own.awarded:
        return None
    # Where all deals are in one currency, no rate is needed to see whether their sum has grown.
    currencies = {one.currency for one in deals}
    currency = deal.currency if len(currencies) == 1 else request.currency
    today = (await database_now(session)).astimezone(UTC).date()
    rates = await rate_book(session, actor.organisation_id, today)
    before = sum_in(rates, currency, [(one.awarded, one.currency) for one in deals])
    committed = [(one.committed, one.currency) for one in others]
    after = sum_in(rates, currency, [*committed, (terms.total_amount, deal.currency)])
    if before is not None and after is not None and after <= before:
        return None
    content = {
        "deal_id": str(deal.id),
        "terms": hash_of_terms(terms),
        "others": {str(one.deal_id): one.committed for one in others},
    }
    return ApprovalSubject(
        request_id=request.id,
        purpose=ApprovalPurpose.AWARD,
        amount=after,
        currency=currency,
        fingerprint=fingerprint(content, revision=request.revision),
        summary={
            "label": deal.number,
            "title": deal.title,
            "vendors": [deal.vendor_organisation_name],
            "deal_id": str(deal.id),
            "terms_number": terms.number,
            "deals": len(deals),
        },
    )
