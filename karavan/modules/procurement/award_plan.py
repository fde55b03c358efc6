"""What an award gives to whom: the allocations read against the request, the quotes and the deals that stand. No database."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from msgspec import Struct, field

from karavan.kit.decimals import plain
from karavan.kit.documents.totals import DocumentTotals
from karavan.kit.errors import FieldError
from karavan.modules.procurement.errors import AllocationError, NeedsReconfirmError
from karavan.modules.procurement.models import Quote, QuoteLine, QuoteVersion, RequestLine
from karavan.modules.procurement.schemas.awards import Allocation
from karavan.modules.procurement.states import LineKind
from karavan.modules.procurement.totals import OfferedLine, offer_totals


class Candidate(Struct, frozen=True):
    """A quote that may win, with what it offers."""

    quote: Quote
    version: QuoteVersion
    lines: Sequence[QuoteLine]


class Winner(Struct, frozen=True):
    """A candidate and the quantities that it wins, in the order of its lines."""

    candidate: Candidate
    awarded: Sequence[tuple[QuoteLine, Decimal]]

    @property
    def totals(self) -> DocumentTotals:
        """What the deal will come to, in the quote's currency."""
        return offer_totals(
            (
                OfferedLine(quantity, line.unit_price_amount, line.tax_rate)
                for line, quantity in self.awarded
            ),
            self.candidate.version.currency,
            delivery_amount=self.candidate.version.delivery_amount,
        )


class _Reading(Struct):
    remaining: dict[UUID, Decimal]
    errors: list[FieldError] = field(default_factory=list)

    def refuse(self, pointer: str, code: str, detail: str) -> None:
        self.errors.append(FieldError(pointer=pointer, code=code, detail=detail))


def plan_award(
    allocations: Sequence[Allocation],
    candidates: Mapping[UUID, Candidate],
    requested: Sequence[RequestLine],
    taken: Mapping[UUID, Decimal],
) -> list[Winner]:
    """The winners, in the order of the allocations.

    Args:
        candidates: quotes that may win, by id.
        requested: the request's live lines.
        taken: quantities that deals which stand have already, by requested line.

    Raises:
        AllocationError: `errors` points at every allocation that does not fit.
        NeedsReconfirmError: a winner answers an earlier revision of the request.
    """
    reading = _Reading(
        {line.id: line.quantity - taken.get(line.id, Decimal(0)) for line in requested}
    )
    winners: list[Winner] = []
    for index, allocation in enumerate(allocations):
        pointer = f"#/allocations/{index}"
        candidate = candidates.get(allocation.quote_id)
        if candidate is None:
            reading.refuse(f"{pointer}/quote_id", "not_eligible", "This quote cannot be awarded.")
        elif any(winner.candidate is candidate for winner in winners):
            reading.refuse(f"{pointer}/quote_id", "repeated_quote", "This quote is named twice.")
        else:
            if candidate.quote.needs_reconfirm:
                raise NeedsReconfirmError(
                    quote_id=str(candidate.quote.id), number=candidate.quote.number
                )
            winners.append(Winner(candidate, _lines(reading, pointer, allocation, candidate)))
    for index, winner in enumerate(winners):
        if not winner.awarded and not reading.errors:
            reading.refuse(
                f"#/allocations/{index}", "empty", "Nothing is left for this quote to win."
            )
    if reading.errors:
        raise AllocationError(errors=reading.errors)
    return winners


def _lines(
    reading: _Reading, pointer: str, allocation: Allocation, candidate: Candidate
) -> list[tuple[QuoteLine, Decimal]]:
    offered = {
        line.request_line_id: line
        for line in candidate.lines
        if line.kind != LineKind.NOT_AVAILABLE and line.request_line_id in reading.remaining
    }
    if allocation.lines is None:
        awarded = []
        for line in offered.values():
            quantity = min(line.quantity, reading.remaining[line.request_line_id])
            if quantity > 0:
                reading.remaining[line.request_line_id] -= quantity
                awarded.append((line, quantity))
        return awarded
    chosen: dict[UUID, Decimal] = {}
    for index, wanted in enumerate(allocation.lines):
        at = f"{pointer}/lines/{index}"
        line_id = wanted.request_line_id
        if line_id not in offered:
            reading.refuse(
                f"{at}/request_line_id", "not_offered", "This quote does not offer that line."
            )
            continue
        if line_id in chosen:
            reading.refuse(f"{at}/request_line_id", "repeated_line", "This line is named twice.")
            continue
        most = min(offered[line_id].quantity, reading.remaining[line_id])
        quantity = most if wanted.quantity is None else wanted.quantity
        if quantity > most or most <= 0:
            detail = f"At most {plain(max(most, Decimal(0)))} of it can be awarded to this quote."
            reading.refuse(f"{at}/quantity", "too_much", detail)
            continue
        reading.remaining[line_id] -= quantity
        chosen[line_id] = quantity
    return [
        (line, chosen[line.request_line_id])
        for line in offered.values()
        if line.request_line_id in chosen
    ]
