"""Numbers, amounts and dates as the reader of a document writes them.

`Language` is the language of the document, not of the person who opens it: a contract in Russian
stays in Russian for everybody.
"""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

from karavan.kit.money import Money

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


class Language(StrEnum):
    """Languages that documents are written in."""

    ENGLISH = "en"
    RUSSIAN = "ru"
    KAZAKH = "kk"


_GROUP = {Language.ENGLISH: ",", Language.RUSSIAN: NO_BREAK_SPACE, Language.KAZAKH: NO_BREAK_SPACE}
_POINT = {Language.ENGLISH: ".", Language.RUSSIAN: ",", Language.KAZAKH: ","}
_MONTHS = {
    Language.ENGLISH: (
        "January February March April May June July August September October November December"
    ).split(),
    Language.RUSSIAN: (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    ).split(),
    Language.KAZAKH: (
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
    ).split(),
}


def clean_text(text: str) -> str:
    """Text that both XML and a page can carry: line breaks and visible characters, no controls."""
    return "".join(
        one
        for one in text.replace("\t", " ")
        if one == "\n" or one.isprintable() or unicodedata.category(one) == "Zs"
    )


def format_number(value: Decimal, language: Language, decimals_min: int = 0) -> str:
    """A number with grouped thousands and no needless zeros beyond `decimals_min`."""
    whole, _, fraction = format(abs(value), "f").partition(".")
    fraction = fraction.rstrip("0").ljust(decimals_min, "0")
    grouped = f"{int(whole):,}".replace(",", _GROUP[language])
    sign = MINUS if value < 0 else ""
    return f"{sign}{grouped}{_POINT[language]}{fraction}" if fraction else f"{sign}{grouped}"


def format_amount(money: Money, language: Language) -> str:
    """An amount without its currency, with exactly the digits of that currency's minor unit."""
    value = money.to_decimal()
    exponent = value.as_tuple().exponent
    return format_number(value, language, -exponent if isinstance(exponent, int) else 0)


def format_money(money: Money, language: Language) -> str:
    """An amount with its ISO code, which no reader confuses: 1 234,50 KZT."""
    return f"{format_amount(money, language)}{NO_BREAK_SPACE}{money.currency}"


def format_percent(value: Decimal, language: Language) -> str:
    """12 % in Russian and Kazakh, 12% in English."""
    space = "" if language is Language.ENGLISH else NO_BREAK_SPACE
    return f"{format_number(value, language)}{space}%"


def format_date(day: date, language: Language) -> str:
    """A date in words, which cannot be read as another one."""
    month = _MONTHS[language][day.month - 1]
    if language is Language.ENGLISH:
        return f"{day.day} {month} {day.year}"
    if language is Language.RUSSIAN:
        return f"{day.day} {month} {day.year} г."
    return f"{day.year} жылғы {day.day} {month}"


def format_moment(moment: datetime, language: Language) -> str:
    """A moment to the minute in UTC: the parties may be in different time zones."""
    in_utc = moment.astimezone(UTC)
    return f"{format_date(in_utc.date(), language)}, {in_utc:%H:%M} UTC"
