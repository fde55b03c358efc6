"""Bodies and answers of weighing quotes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from karavan.kit.money import Currency, MoneyBody
from karavan.kit.schemas import Body, Line, Text, Title, View
from karavan.modules.procurement.schemas.requests import Day, Party
from karavan.modules.procurement.states import CriterionKind, LineKind, QuoteState

CRITERIA_MAX = 20
RATES_MAX = 200


class CriterionBody(Body):
    """Something that counts."""

    id: UUID | None = Field(None, description="A present criterion to keep, with its scores.")
    name: Title
    kind: CriterionKind
    weight: int = Field(ge=1, le=1000, description="Against the other criteria's weights.")


class CriteriaBody(Body):
    """All criteria of the request, in order; they replace the present ones."""

    criteria: list[CriterionBody] = Field(max_length=CRITERIA_MAX)


class CriterionView(View):
    """A criterion; `share` is its weight in per cent of all."""

    id: UUID
    position: int
    name: str
    kind: CriterionKind
    weight: int
    share: str


class CriteriaView(View):
    """The criteria of a request."""

    criteria: list[CriterionView]


class ScoreBody(Body):
    """Points that a person gives."""

    criterion_id: UUID
    quote_id: UUID
    value: Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
    note: Text = ""


class ScoreView(View):
    """A given score."""

    criterion_id: UUID
    quote_id: UUID
    value: str
    note: str


class RateBody(Body):
    """How much one unit of `base` is worth."""

    base: Currency
    quote: Currency
    rate: Annotated[Decimal, Field(gt=0, max_digits=24, decimal_places=10)]
    effective_on: Day
    source: Line = ""


class RatesBody(Body):
    """Rates to enter; those of the same pair and day are replaced."""

    rates: list[RateBody] = Field(min_length=1, max_length=RATES_MAX)


class RateView(View):
    """A stored rate. `own` when the organisation entered it itself."""

    base: str
    quote: str
    rate: str
    effective_on: date
    source: str
    own: bool


class RatesView(View):
    """Latest rates by pair."""

    rates: list[RateView]


class UsedRate(View):
    """A rate that the comparison was made with."""

    base: str
    quote: str
    rate: str
    effective_on: date
    source: str
    via: str | None


class ComparedLine(View):
    """A quote's answer to one line, in the currency of the comparison."""

    request_line_id: UUID
    kind: LineKind
    name: str
    quantity: str
    unit: str
    unit_price: MoneyBody | None
    net: MoneyBody | None
    landed: MoneyBody | None = Field(description="With this line's share of the delivery.")
    landed_unit_amount: str | None = Field(description="Minor units for one, to two digits.")
    lead_time_days: int
    comment: str
    whole: bool = Field(description="It offers all that was asked for, not a part of it.")
    best: bool


class ScorePartView(View):
    """Points by one criterion; null when nobody has given any."""

    criterion_id: UUID
    points: str | None
    note: str


class VendorHistory(View):
    """What the buyer's organisation knows of the vendor from its own dealings."""

    quotes: int
    deals: int
    deals_paid: int


class ComparedQuote(View):
    """A column of the matrix."""

    id: UUID
    number: str
    state: QuoteState
    vendor: Party
    history: VendorHistory
    original_total: MoneyBody
    net: MoneyBody
    delivery: MoneyBody
    tax: MoneyBody
    total: MoneyBody
    lead_time_days: int
    payment_days: int
    payment_terms: str
    delivery_terms: str
    valid_until: datetime
    expired: bool
    needs_reconfirm: bool
    shortlisted: bool
    lines_offered: int = Field(description="Lines that it offers in the whole quantity.")
    complete: bool
    best_total: bool
    score: str | None
    score_complete: bool
    parts: list[ScorePartView]
    lines: list[ComparedLine]


class RequestedLine(View):
    """A row of the matrix."""

    id: UUID
    position: int
    name: str
    quantity: str
    unit: str
    target_price: MoneyBody | None


class ComparisonView(View):
    """Quotes side by side."""

    request_id: UUID
    currency: str
    lines: list[RequestedLine]
    quotes: list[ComparedQuote]
    criteria: list[CriterionView]
    best_split: MoneyBody | None = Field(
        description="The cheapest quote of every line together, landed and without tax."
    )
    rates: list[UsedRate]
