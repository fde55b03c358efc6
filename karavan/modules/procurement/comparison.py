"""The arithmetic of comparing quotes: landed cost, the best of each line, and weighted scores. No database."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from msgspec import Struct, field

from karavan.kit.money import Money
from karavan.modules.procurement.states import CriterionKind, LineKind

_HUNDREDTH = Decimal("0.01")


class OfferLine(Struct, frozen=True, kw_only=True):
    """A quote's answer to one line, its amounts already in the comparison's currency.

    Attributes:
        quantity: in the unit that was asked for.
        whole: it answers all that was asked for, not a part.
    """

    request_line_id: UUID
    kind: LineKind
    quantity: Decimal
    net_amount: int
    lead_time_days: int
    whole: bool


class Offer(Struct, frozen=True, kw_only=True):
    """A quote as it is compared, amounts in the comparison's currency."""

    quote_id: UUID
    lines: Sequence[OfferLine]
    delivery_amount: int
    total_amount: int
    lead_time_days: int
    payment_days: int

    @property
    def available(self) -> list[OfferLine]:
        """Lines that the vendor can deliver in some form."""
        return [line for line in self.lines if line.kind != LineKind.NOT_AVAILABLE]

    @property
    def whole(self) -> list[OfferLine]:
        """Available lines that leave nothing of what was asked for to somebody else."""
        return [line for line in self.available if line.whole]

    def covers(self, line_ids: Sequence[UUID]) -> bool:
        """Whether every requested line is offered, or has an alternative, in the whole quantity.

        One piece of the ten that were asked for is always cheaper than ten.
        """
        return {line.request_line_id for line in self.whole} >= set(line_ids)


class LandedLine(Struct, frozen=True):
    """A line with its share of the delivery: what it costs where the buyer wants it."""

    line: OfferLine
    amount: int

    @property
    def unit_amount(self) -> Decimal:
        """Minor units for one unit of measure."""
        return Decimal(self.amount) / self.line.quantity


class Weight(Struct, frozen=True, kw_only=True):
    """A criterion, and how much it counts."""

    criterion_id: UUID
    kind: CriterionKind
    weight: int
    manual: Mapping[UUID, Decimal] = field(default_factory=dict)


class ScorePart(Struct, frozen=True):
    """A quote's points by one criterion, 0 to 100; nothing when nobody has scored it yet."""

    criterion_id: UUID
    points: Decimal | None


class QuoteScore(Struct, frozen=True):
    """`total` is the weighted mean over the criteria that have points; `complete` when none is missing."""

    parts: Sequence[ScorePart]
    total: Decimal | None
    complete: bool


def landed(offer: Offer, currency: str) -> list[LandedLine]:
    """Spread the delivery over the available lines by their value, losing no minor unit."""
    lines = offer.available
    if not lines:
        return []
    weights = [line.net_amount for line in lines]
    if sum(weights) == 0:
        weights = [1] * len(lines)
    shares = Money(offer.delivery_amount, currency).split(weights)
    return [
        LandedLine(line, line.net_amount + share.amount)
        for line, share in zip(lines, shares, strict=True)
    ]


def best_by_line(offers: Sequence[Offer], currency: str) -> dict[UUID, set[UUID]]:
    """For each requested line the quotes with the lowest landed unit cost; more than one when they tie.

    A part of the quantity is the best only where nobody offers the whole.
    """
    best: dict[UUID, tuple[tuple[bool, Decimal], set[UUID]]] = {}
    for offer in offers:
        for landed_line in landed(offer, currency):
            line = landed_line.line
            line_id, cost = line.request_line_id, (not line.whole, landed_line.unit_amount)
            lowest, quotes = best.get(line_id, (None, set()))
            if lowest is None or cost < lowest:
                best[line_id] = (cost, {offer.quote_id})
            elif cost == lowest:
                quotes.add(offer.quote_id)
    return {line_id: quotes for line_id, (_, quotes) in best.items()}


def best_total(offers: Sequence[Offer], line_ids: Sequence[UUID]) -> set[UUID]:
    """Quotes with the lowest total among those that cover every line."""
    complete = [offer for offer in offers if offer.covers(line_ids)]
    lowest = min((offer.total_amount for offer in complete), default=None)
    return {offer.quote_id for offer in complete if offer.total_amount == lowest}


def split_amount(offers: Sequence[Offer], line_ids: Sequence[UUID], currency: str) -> int | None:
    """What the cheapest quote of every line comes to together, net and landed; nothing when nobody offers a line whole."""
    cheapest: dict[UUID, int] = {}
    for offer in offers:
        for landed_line in landed(offer, currency):
            if not landed_line.line.whole:
                continue
            line_id = landed_line.line.request_line_id
            cheapest[line_id] = min(cheapest.get(line_id, landed_line.amount), landed_line.amount)
    return sum(cheapest[i] for i in line_ids) if cheapest.keys() >= set(line_ids) else None


def score(
    offers: Sequence[Offer], weights: Sequence[Weight], line_ids: Sequence[UUID]
) -> dict[UUID, QuoteScore]:
    """Weighted points of every quote.

    Price and lead time: the best of the complete quotes divided by this one, times 100 (the lowest wins). Payment days: this one
    divided by the best, times 100 (the longest wins). A quote that leaves lines, or a part of them, out gets no points for price, because its
    total is not comparable. A manual criterion that nobody has scored is missing, not zero.
    """
    complete = [offer for offer in offers if offer.covers(line_ids)]
    lowest_total = min((offer.total_amount for offer in complete), default=None)
    shortest = min((offer.lead_time_days for offer in offers), default=0)
    longest_payment = max((offer.payment_days for offer in offers), default=0)

    def points(offer: Offer, weight: Weight) -> Decimal | None:
        match weight.kind:
            case CriterionKind.PRICE:
                if lowest_total is None or not offer.covers(line_ids):
                    return Decimal(0)
                return _ratio(lowest_total, offer.total_amount)
            case CriterionKind.LEAD_TIME:
                return _ratio(shortest + 1, offer.lead_time_days + 1)
            case CriterionKind.PAYMENT_DAYS:
                return _ratio(offer.payment_days, longest_payment)
            case CriterionKind.MANUAL:
                return weight.manual.get(offer.quote_id)

    return {
        offer.quote_id: _weighted(
            [(weight, ScorePart(weight.criterion_id, points(offer, weight))) for weight in weights]
        )
        for offer in offers
    }


def _ratio(part: int, whole: int) -> Decimal:
    """Per cent to two digits. Nothing against nothing is the best there is: 100."""
    if whole == 0:
        return Decimal(100)
    return (Decimal(part) * 100 / whole).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _weighted(parts: Sequence[tuple[Weight, ScorePart]]) -> QuoteScore:
    scored = [(weight.weight, part.points) for weight, part in parts if part.points is not None]
    total_weight = sum(weight for weight, _ in scored)
    total = None
    if total_weight:
        mean = (
            sum((Decimal(weight) * points for weight, points in scored), Decimal(0)) / total_weight
        )
        total = mean.quantize(_HUNDREDTH, ROUND_HALF_UP)
    return QuoteScore([part for _, part in parts], total, len(scored) == len(parts))
