"""From a sentence to lines, a budget, a day and a place."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from msgspec import Struct, field

from karavan.kit.money import Money
from karavan.modules.assistant.language.vocabulary import (
    BUDGET_WORDS,
    CITIES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    FILLERS,
    MONTHS,
    MULTIPLIERS,
    NUMBER_WORDS,
    PERIODS,
    UNITS,
    WEEKDAYS,
)

_NUMBER = (
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,6})?|\d{1,3}(?:,\d{3})+\.\d{1,6}"
    r"|\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:\.\d{3}){2,}(?:,\d{1,6})?|\d+(?:[.,]\d{1,6})?)"
)
_LETTERS = r"[^\W\d_]"
_SIGNS = "".join(map(re.escape, CURRENCY_SIGNS))
_MULTIPLIER = "|".join(sorted(MULTIPLIERS, key=len, reverse=True))
_CURRENCY = "|".join(
    sorted((w for words in CURRENCY_WORDS.values() for w in words), key=len, reverse=True)
)
_MONEY = re.compile(
    rf"(?P<sign>[{_SIGNS}])?\s*(?P<number>{_NUMBER})\s*(?:(?P<multiplier>{_MULTIPLIER})\b\.?)?\s*"
    rf"(?:(?P<after>[{_SIGNS}])|(?P<word>{_CURRENCY}){_LETTERS}*)?"
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_NAMED_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH}){_LETTERS}*(?:\s+(\d{{4}}))?"
    rf"|\b({_MONTH}){_LETTERS}*\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?"
)
_BY_MONTH = re.compile(
    rf"\b(?:до|к|by|before|until)\s+(?:начала\s+)?({_MONTH}){_LETTERS}*|\b({_MONTH}){_LETTERS}*\s+дейін"
)
_BY_DAY_AND_MONTH = re.compile(
    r"\b(?:до|к|by|before|until)\s+(\d{1,2})[./](\d{2})(?![\d./])"
    rf"(?!\s*(?:{_MULTIPLIER}|{_CURRENCY}|[{_SIGNS}%]))"
)
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_BY_WEEKDAY = re.compile(
    rf"\b(?:до|к|ко|в|во|by|before|until|on|next)\s+({_WEEKDAY}){_LETTERS}*|\b({_WEEKDAY}){_LETTERS}*\s+дейін"
)
_END_OF = re.compile(
    r"\b(?:до|к)\s+конц[ау]\s+(месяца|года)\b|\b(?:by|before|until)\s+(?:the\s+)?end\s+of\s+(?:the\s+)?(month|year)\b"
    r"|\b(ай|жыл)(?:дың)?\s+соңына\s+дейін"
)
_END_OF_MONTH = re.compile(
    rf"\b(?:(?:до|к|в)\s+кон(?:ца|цу|це)|(?:by|before|until|at)\s+(?:the\s+)?end\s+of)\s+({_MONTH}){_LETTERS}*(?:\s+(\d{{4}})\b)?"
    rf"|\b({_MONTH}){_LETTERS}*(?:\s+ай{_LETTERS}*)?\s+соңына\s+дейін"
)
_PERIOD = "|".join(sorted(PERIODS, key=len, reverse=True))
_COUNT = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_RELATIVE = re.compile(
    rf"\b(?:через|за|в течение|in|within|after)\s+(\d{{1,3}}|(?:{_COUNT})\b)?\s*({_PERIOD}){_LETTERS}*"
    rf"|\b(\d{{1,3}})\s*({_PERIOD}){_LETTERS}*\s+(?:ішінде|кейін|later)"
)
_TOMORROW = re.compile(r"\b(?:завтра|tomorrow|ертең)\b")
_DAY_LEADS = re.compile(r"(?:\b(?:до|к|не позднее|by|before|until|on|for)\s+)$")
_DAY_TRAILS = re.compile(rf"^{_LETTERS}*\s*(?:года|г\.|жыл{_LETTERS}*)?\s*(?:дейін)?")
_CITY = re.compile(
    rf"\b({'|'.join(sorted(map(re.escape, CITIES), key=len, reverse=True))}){_LETTERS}{{0,5}}\b"
)
_BREAK = re.compile(
    r"\||,(?!\d)|;|\n|\u2022|(?<=[^\W_]{4})\.(?=\s|$)|\b(?:а также|и|and|және|плюс|plus|also)\b"
)
_WORD_NUMBER = re.compile(rf"\b({'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})\b")
_QUANTITY = re.compile(
    # Of a range the upper end; sizes such as `3,5х25` belong to the name.
    rf"(?<![\w.,-])(?:[xх×]\s?(?=\d))?(?:\d{{1,9}}\s?[-–—]\s?)?({_NUMBER})(?![.,]?\d)(?!\s*[xх×*]\s*\d)\s*"
    rf"(?:({_MULTIPLIER})\b\.?)?(?:\s*[xх×*]\s*(?=\D))?"
)
_UNIT_WORD = re.compile(rf"^\s*((?:{_LETTERS}|[-.²³])+[23]?)\.?")
_PACKAGES = frozenset({"XBX", "XPK", "XBG", "SET", "PR"})
"""Units that are things to buy when nothing else is named: two hundred boxes."""
_NAME_MAX = 200
_LINES_MAX = 100


class WantedLine(Struct, frozen=True):
    """One thing. `source` is the part of the sentence that it was read from."""

    name: str
    quantity: Decimal
    unit: str
    source: str
    quantity_given: bool = True


class Sentence(Struct):
    """What was read. `rest` is the text without what has been understood, for the lines."""

    text: str
    lines: list[WantedLine] = field(default_factory=list)
    budget: Money | None = None
    budget_source: str = ""
    currency: str | None = None
    needed_by: date | None = None
    needed_by_source: str = ""
    city: str | None = None
    country: str | None = None
    city_source: str = ""


def lowered(text: str) -> str:
    """Lower case letter by letter, so that positions stay those of the text; ё becomes е."""
    return "".join("е" if c in "ёЁ" else (c.lower() if len(c.lower()) == 1 else c) for c in text)


def read_sentence(text: str, today: date) -> Sentence:
    """Read a sentence by rules.

    Args:
        today: what relative days count from; a day without a year is the next such day.
    """
    sentence = Sentence(text)
    rest = lowered(text)
    rest = _take_place(sentence, rest)
    rest = _take_day(sentence, rest, today)
    rest = _take_money(sentence, rest)
    lines = list(_lines(text, rest))[:_LINES_MAX]
    # A phrase without a quantity is what is wanted only where no other phrase has one.
    sentence.lines = [line for line in lines if line.quantity_given] or lines
    return sentence


def _cut(rest: str, start: int, end: int) -> str:
    """Blank out what has been understood; a bar keeps what stands on both sides apart."""
    return rest[:start] + "|" + " " * (end - start - 1) + rest[end:]


def _number(text: str, *, by_thousands: bool) -> Decimal | None:
    """What digits and their signs mean.

    Args:
        by_thousands: whether a comma before three digits parts thousands, as in English and in amounts of money; else it
            is the decimal sign, unless only noughts follow.
    """
    digits = re.sub(r"[ \u00a0\u202f]", "", text)
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "," if comma < point else "."
    elif digits.count(",") > 1 or digits.count(".") > 1:
        thousands = "," if comma >= 0 else "."
    else:
        whole, sign, fraction = digits.partition("," if comma >= 0 else ".")
        parted = len(fraction) == 3 and len(whole) <= 3 and whole.strip("0") != ""
        grouped = parted and (fraction == "000" or (by_thousands and sign == ","))
        thousands = sign if grouped else ""
    try:
        return Decimal(
            digits.replace(thousands, "").replace(",", ".")
            if thousands
            else digits.replace(",", ".")
        )
    except InvalidOperation:
        return None


def _take_place(sentence: Sentence, rest: str) -> str:
    match = _CITY.search(rest)
    if match is None:
        return rest
    sentence.city, sentence.country = CITIES[match[1]]
    sentence.city_source = sentence.text[match.start() : match.end()]
    lead = re.search(r"(?:\b(?:в|во|до|на|по|to|in|at|г\.?|город)\s+)+$", rest[: match.start()])
    return _cut(rest, lead.start() if lead else match.start(), match.end())


def _take_day(sentence: Sentence, rest: str, today: date) -> str:
    for match, day in _days(rest, today):
        if day is None:
            continue
        lead = _DAY_LEADS.search(rest[: match.start()])
        trail = _DAY_TRAILS.match(rest[match.end() :])
        start = lead.start() if lead else match.start()
        end = match.end() + (trail.end() if trail else 0)
        sentence.needed_by = day
        sentence.needed_by_source = sentence.text[start:end].strip()
        return _cut(rest, start, end)
    return rest


def _days(rest: str, today: date) -> Iterator[tuple[re.Match[str], date | None]]:
    if match := _ISO_DAY.search(rest):
        year, month, day, day2, month2, year2 = match.groups()
        yield match, _day(int(year or year2), int(month or month2), int(day or day2))
    if match := _END_OF_MONTH.search(rest):
        # Before days of months: of “by the end of January 10 desks” the ten counts desks.
        yield match, _end_of(MONTHS[match[1] or match[3]], match[2], today)
    if match := _NAMED_DAY.search(rest):
        day_first, name, year_first, name_first, day_second, year_second = match.groups()
        yield (
            match,
            _coming(
                MONTHS[name or name_first],
                int(day_first or day_second),
                year_first or year_second,
                today,
            ),
        )
    if match := _BY_DAY_AND_MONTH.search(rest):
        day_of, month_of = int(match[1]), int(match[2])
        yield match, _coming(month_of, day_of, None, today)
    if match := _END_OF.search(rest):
        is_month = (match[1] or match[2] or match[3]) in {"месяца", "month", "ай"}
        following = date(today.year, today.month, 28) + timedelta(days=4)
        yield (
            match,
            following.replace(day=1) - timedelta(days=1) if is_month else date(today.year, 12, 31),
        )
    if match := _BY_WEEKDAY.search(rest):
        ahead = (WEEKDAYS[match[1] or match[2]] - today.weekday()) % 7
        yield match, today + timedelta(days=ahead or 7)
    if match := _BY_MONTH.search(rest):
        yield match, _coming(MONTHS[match[1] or match[2]], 1, None, today)
    if match := _RELATIVE.search(rest):
        count, period = (match[1], match[2]) if match[2] else (match[3], match[4])
        many = NUMBER_WORDS[count] if count in NUMBER_WORDS else int(count or 1)
        yield match, today + timedelta(days=many * PERIODS[period])
    if match := _TOMORROW.search(rest):
        yield match, today + timedelta(days=1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _coming(month: int, day: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _day(int(year), month, day)
    this_year = _day(today.year, month, day)
    return this_year if this_year and this_year >= today else _day(today.year + 1, month, day)


def _end_of(month: int, year: str | None, today: date) -> date | None:
    first = _day(int(year) if year else today.year, month, 1)
    if first is None:
        return None
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return last if year or last >= today else _end_of(month, str(today.year + 1), today)


def _take_money(sentence: Sentence, rest: str) -> str:
    """The first amount in a currency is the budget; of “from … to …” the upper one."""
    for match in _MONEY.finditer(rest):
        currency = _currency_of(match)
        before = rest[: match.start()].rstrip()
        named = before.rstrip(":").endswith(BUDGET_WORDS)
        if currency is None and not named:
            continue
        amount = _number(match["number"], by_thousands=True)
        if amount is None:
            continue
        amount *= MULTIPLIERS.get(match["multiplier"] or "", 1)
        sentence.currency = sentence.currency or currency
        sentence.budget = Money.from_decimal(amount, currency or sentence.currency or "KZT")
        sentence.budget_source = sentence.text[match.start() : match.end()].strip()
        start = match.start()
        for word in (*BUDGET_WORDS, "до", "в", "от", "бюджеті"):
            if before.endswith(word):
                start = len(before) - len(word)
        return _cut(rest, start, match.end())
    return rest


def _currency_of(match: re.Match[str]) -> str | None:
    if sign := match["sign"] or match["after"]:
        return CURRENCY_SIGNS[sign]
    word = match["word"]
    if word is None:
        return None
    return next(code for code, words in CURRENCY_WORDS.items() if word in words)


def _lines(text: str, rest: str) -> Iterator[WantedLine]:
    start = 0
    held: WantedLine | None = None
    for end, following in [*((m.start(), m.end()) for m in _BREAK.finditer(rest)), (len(rest), 0)]:
        piece = rest[start:end]
        # What was understood before is blank here; the original still has it, so its span must not be looked at.
        first = start + len(piece) - len(piece.lstrip())
        line = _line(text[first : first + len(piece.strip())], piece.strip())
        start = following
        if line is None and not piece.strip():
            continue
        if line is not None and not line.name:
            # A quantity alone belongs to what was named before it: “cement, 20 tonnes”.
            if held is not None and not held.quantity_given:
                source = f"{held.source}, {line.source}"
                held = WantedLine(held.name, line.quantity, line.unit, source)
                continue
            line = _package(line)
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _package(bare: WantedLine) -> WantedLine | None:
    """What is wanted by a quantity that belongs to nothing named: the package itself, if its unit is one."""
    word = re.search(rf"{_LETTERS}+", bare.source)
    if bare.unit not in _PACKAGES or word is None:
        return None
    return WantedLine(word[0], bare.quantity, "H87", bare.source)


def _line(original: str, piece: str) -> WantedLine | None:
    """What a phrase asks for; without a name when it is nothing but a quantity and its unit."""
    match = _QUANTITY.search(piece)
    english = not re.search(r"[\u0400-\u04ff]", piece)
    number = None if match is None else _number(match[1], by_thousands=english)
    if match is not None and number is not None and number > 0:
        quantity = number * MULTIPLIERS.get(match[2] or "", 1)
        unit, used = _unit(piece[match.end() :])
        after = _name(original[match.end() + used :])
        name = after or _name(original[: match.start()])
        if quantity >= 10**12 or not (name or used):
            return None
        return WantedLine(name, quantity, unit, original.strip())
    word = _WORD_NUMBER.search(piece)
    if word is not None:
        unit, used = _unit(piece[word.end() :])
        name = _name(original[word.end() + used :])
        if name:
            return WantedLine(name, Decimal(NUMBER_WORDS[word[1]]), unit, original.strip())
    name = _name(original)
    if len(name) < 3:
        return None
    return WantedLine(name, Decimal(1), "H87", original.strip(), quantity_given=False)


def _unit(after: str) -> tuple[str, int]:
    """The unit that a quantity is followed by and how many characters it takes; pieces when none is named."""
    match = _UNIT_WORD.match(after)
    if match is None:
        return "H87", 0
    word = match[1].rstrip(".")
    for code, stems in UNITS.items():
        for stem in stems:
            if (word == stem[:-1]) if stem.endswith(".") else word.startswith(stem):
                return code, match.end()
    return "H87", 0


def _name(text: str) -> str:
    """The thing itself: words of asking are taken off both ends."""
    words = text.strip(' \t|-–—:.,;!?()"«»“”').split()
    while words and lowered(words[0]).strip(".,:!?") in FILLERS:
        words.pop(0)
    while words and lowered(words[-1]).strip(".,:!?") in FILLERS:
        words.pop()
    name = " ".join(words).strip(' .,:;!?-–—"«»“”')[:_NAME_MAX]
    return name if any(c.isalpha() for c in name) else ""
