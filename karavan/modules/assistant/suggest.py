"""Everything around the draft that the data can say: category, prices, vendors, each with its source."""

import re
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.decimals import plain
from karavan.kit.money import Money, MoneyBody
from karavan.modules.assistant.drafting import Draft, category_by_words
from karavan.modules.assistant.language.sentence import Sentence, WantedLine
from karavan.modules.assistant.schemas import (
    Missing,
    PriceRange,
    Source,
    SuggestedBudget,
    SuggestedCategory,
    SuggestedDay,
    SuggestedLine,
    SuggestedPlace,
    SuggestedVendor,
    Suggestion,
)
from karavan.modules.organisations.public import organisation_cards, vendors_for_categories
from karavan.modules.procurement.public import (
    Category,
    categories_of_similar,
    dealings_with,
    price_statistics,
)

VENDORS_MAX = 8
_CANDIDATES_MAX = 200
_LINES_PRICED_MAX = 20


async def suggest(
    session: AsyncSession, actor: Actor, draft: Draft, *, fallback: bool, currency: str
) -> Suggestion:
    """Complete a draft from the data that the actor may know of.

    Args:
        fallback: a model was asked in vain.
        currency: of the organisation, for a sentence that names none.
    """
    sentence: Sentence = draft.sentence
    currency = sentence.currency or currency
    lines = [
        await _line(
            session,
            actor,
            line,
            currency,
            by_model=draft.by_model,
            priced=index < _LINES_PRICED_MAX,
        )
        for index, line in enumerate(sentence.lines)
    ]
    category = await _category(session, actor, draft)
    place = _place(sentence)
    vendors = await _vendors(session, actor, category, place)
    suggestion = Suggestion(
        engine="language_model" if draft.by_model else "rules",
        fallback=fallback,
        title=draft.title,
        description=draft.description,
        currency=currency,
        lines=lines,
        category=category,
        needed_by=_day(draft),
        place=place,
        budget=_budget(draft, lines, currency),
        vendors=vendors,
        missing=[],
    )
    suggestion.missing = _missing(sentence, suggestion)
    return suggestion


async def _line(
    session: AsyncSession,
    actor: Actor,
    line: WantedLine,
    currency: str,
    *,
    by_model: bool,
    priced: bool,
) -> SuggestedLine:
    return SuggestedLine(
        name=line.name,
        quantity=plain(line.quantity),
        unit=line.unit,
        specification=line.source if by_model else "",
        source=Source(
            kind="language_model" if by_model else "text", detail=line.source or line.name
        ),
        price=await _price(session, actor, line, currency) if priced else None,
    )


async def _price(
    session: AsyncSession, actor: Actor, line: WantedLine, currency: str
) -> PriceRange | None:
    found = await price_statistics(
        session, actor, name=line.name, unit=line.unit, currency=currency
    )
    if found is None:
        return None
    source = (
        Source(kind="deals", detail=", ".join(found.labels))
        if found.own
        else Source(kind="market", detail=str(found.count))
    )
    return PriceRange(
        low=MoneyBody.of(found.low, currency),
        median=MoneyBody.of(found.median, currency),
        high=MoneyBody.of(found.high, currency),
        count=found.count,
        source=source,
    )


async def _category(session: AsyncSession, actor: Actor, draft: Draft) -> SuggestedCategory | None:
    """The model's choice, else what similar requests were filed under, else what the words themselves say."""
    if draft.category is not None:
        source = Source(kind="language_model", detail=draft.title)
        return SuggestedCategory(code=draft.category, confidence=0.8, source=source)
    by_words = category_by_words(draft.sentence)
    query = _query(draft.sentence)
    similar = await categories_of_similar(session, actor, query) if query else []
    if similar:
        code, count, numbers = similar[0]
        share = count / sum(number for _, number, _ in similar)
        agreed = by_words is not None and by_words[0] == code
        if by_words is None or agreed:
            confidence = round(min(0.95, share * 0.8 + (0.15 if agreed else 0)), 2)
            source = Source(kind="requests", detail=", ".join(numbers) or str(count))
            return SuggestedCategory(code=Category(code), confidence=confidence, source=source)
    if by_words is None:
        return None
    code, words, share = by_words
    source = Source(kind="vocabulary", detail=", ".join(words))
    return SuggestedCategory(code=code, confidence=round(share * 0.7, 2), source=source)


def _query(sentence: Sentence) -> str:
    """Names of the lines as a text search query. Words are letters and digits alone, so nothing is an operator."""
    words = {
        word
        for line in sentence.lines
        for word in re.findall(r"[^\W_]{3,}", line.name.lower())
        if not word.isdigit()
    }
    return " | ".join(f"'{word}'" for word in sorted(words)[:30])


async def _vendors(
    session: AsyncSession,
    actor: Actor,
    category: SuggestedCategory | None,
    place: SuggestedPlace | None,
) -> list[SuggestedVendor]:
    if category is None:
        return []
    found = await vendors_for_categories(
        session, [category.code], except_for=actor.organisation_id, limit=_CANDIDATES_MAX
    )
    cards = await organisation_cards(session, found)
    dealings = await dealings_with(session, actor, found)
    vendors = []
    for vendor_id in found:
        card = cards.get(vendor_id)
        if card is None:
            continue
        past = dealings[vendor_id]
        score, why = 10, [Source(kind="profile", detail=category.code.value)]
        if past.deals:
            score, why = (
                score + 10 + min(past.deals, 10),
                [*why, Source(kind="deals", detail=str(past.deals))],
            )
        if past.quotes:
            score, why = (
                score + min(past.quotes, 5),
                [*why, Source(kind="quotes", detail=str(past.quotes))],
            )
        if place is not None and card.country == place.country:
            near = card.city.casefold() == place.city.casefold()
            score += 8 if near else 3
            why.append(Source(kind="profile", detail=card.city if near else card.country))
        vendors.append(
            SuggestedVendor(
                organisation_id=vendor_id,
                name=card.name,
                city=card.city,
                country=card.country,
                score=score,
                why=why,
            )
        )
    return sorted(vendors, key=lambda vendor: (-vendor.score, vendor.name))[:VENDORS_MAX]


def _day(draft: Draft) -> SuggestedDay | None:
    sentence: Sentence = draft.sentence
    if sentence.needed_by is None:
        return None
    source = _source(draft, sentence.needed_by_source, by_model=draft.day_by_model)
    return SuggestedDay(day=sentence.needed_by, source=source)


def _source(draft: Draft, words: str, *, by_model: bool) -> Source:
    """Where a fact is from: the buyer's own `words`, or the model, whose draft is named by its title."""
    if by_model:
        return Source(kind="language_model", detail=draft.title)
    return Source(kind="text", detail=words)


def _place(sentence: Sentence) -> SuggestedPlace | None:
    if sentence.city is None or sentence.country is None:
        return None
    source = Source(kind="text", detail=sentence.city_source)
    return SuggestedPlace(city=sentence.city, country=sentence.country, source=source)


def _budget(draft: Draft, lines: Sequence[SuggestedLine], currency: str) -> SuggestedBudget:
    sentence: Sentence = draft.sentence
    sources = []
    stated = None
    if sentence.budget is not None:
        stated = MoneyBody.of(sentence.budget.amount, sentence.budget.currency)
        sources.append(_source(draft, sentence.budget_source, by_model=draft.budget_by_model))
    prices = [line.price for line in lines if line.price is not None]
    if not lines or len(prices) < len(lines):
        return SuggestedBudget(stated=stated, low=None, median=None, high=None, sources=sources)

    def total(level: str) -> MoneyBody:
        amount = Money(0, currency)
        for wanted, price in zip(sentence.lines, prices, strict=True):
            unit: MoneyBody = getattr(price, level)
            amount += unit.money().times(wanted.quantity)
        return MoneyBody.of(amount.amount, currency)

    return SuggestedBudget(
        stated=stated,
        low=total("low"),
        median=total("median"),
        high=total("high"),
        sources=[*sources, *(price.source for price in prices)],
    )


def _missing(sentence: Sentence, suggestion: Suggestion) -> list[Missing]:
    missing: dict[Missing, bool] = {
        "lines": not sentence.lines,
        "quantity": any(not line.quantity_given for line in sentence.lines),
        "needed_by": suggestion.needed_by is None,
        "place": suggestion.place is None,
        "budget": suggestion.budget.stated is None and suggestion.budget.median is None,
        "category": suggestion.category is None,
    }
    return [name for name, absent in missing.items() if absent]
