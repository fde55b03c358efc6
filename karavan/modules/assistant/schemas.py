"""What the assistant is asked and answers."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karavan.kit.money import MoneyBody
from karavan.kit.schemas import Body, Text, View
from karavan.modules.procurement.public import Category

Missing = Literal["lines", "quantity", "needed_by", "place", "budget", "category"]


class SuggestBody(Body):
    """What somebody wants, in their own words."""

    text: Annotated[Text, StringConstraints(min_length=3, max_length=4000)]
    locale: Literal["en", "ru", "kk"] = "en"


class Source(View):
    """Where a proposal comes from, for a person to judge it by.

    `kind` is `text` for the sentence itself, `vocabulary` for words that we know, and otherwise the data: `requests`,
    `deals`, `market`, `profile`, `quotes`, `language_model`.
    """

    kind: Literal[
        "text", "vocabulary", "requests", "deals", "market", "profile", "quotes", "language_model"
    ]
    detail: str = Field(description="The words or the numbers of the documents.")


class SuggestedLine(View):
    """A line, as a draft takes it."""

    name: str
    quantity: str
    unit: str
    specification: str
    source: Source
    price: "PriceRange | None"


class PriceRange(View):
    """Unit price in the tenth, the middle and the ninetieth of a hundred cases."""

    low: MoneyBody
    median: MoneyBody
    high: MoneyBody
    count: int
    source: Source


class SuggestedCategory(View):
    """A category, and how sure the assistant is, from 0 to 1."""

    code: Category
    confidence: float
    source: Source


class SuggestedBudget(View):
    """What it may cost. `stated` is what the sentence says; the range is from prices, when every line has one."""

    stated: MoneyBody | None
    low: MoneyBody | None
    median: MoneyBody | None
    high: MoneyBody | None
    sources: list[Source]


class SuggestedVendor(View):
    """Somebody to invite, and why."""

    organisation_id: UUID
    name: str
    city: str
    country: str
    score: int
    why: list[Source]


class SuggestedDay(View):
    """Until when it is needed."""

    day: date
    source: Source


class SuggestedPlace(View):
    """Where it is needed."""

    city: str
    country: str
    source: Source


class Suggestion(View):
    """A drafted request. What is not there, nobody has said: `missing` names it."""

    engine: Literal["rules", "language_model"]
    fallback: bool = Field(description="A language model is configured, but gave no usable answer.")
    title: str
    description: str
    currency: str
    lines: list[SuggestedLine]
    category: SuggestedCategory | None
    needed_by: SuggestedDay | None
    place: SuggestedPlace | None
    budget: SuggestedBudget
    vendors: list[SuggestedVendor]
    missing: list[Missing]
