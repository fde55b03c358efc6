"""Amounts in words, as invoices and contracts in Russia and Kazakhstan carry them.

The cardinals come from num2words; the names of currencies are ours, because the library knows only
some of them in Kazakh and English, and joins the minor unit in words where trade papers use digits.
"""

from msgspec import Struct
from num2words import num2words

from karavan.kit.documents.formatting import Language
from karavan.kit.money import Money, minor_digits

_LIBRARY_LANGUAGE = {Language.ENGLISH: "en", Language.RUSSIAN: "ru", Language.KAZAKH: "kz"}

_AMOUNT_MAX = 10**15
"""Above this the row is left out: nobody signs a quadrillion, and the library's names get rare."""


class _CurrencyName(Struct, frozen=True):
    """Forms of the major and the minor unit: one; two to four (Russian); many."""

    major: tuple[str, str, str]
    minor: tuple[str, str, str]


def _same(word: str) -> tuple[str, str, str]:
    return word, word, word


_RUSSIAN_CENT = ("цент", "цента", "центов")
_NAMES: dict[Language, dict[str, _CurrencyName]] = {
    Language.ENGLISH: {
        "KZT": _CurrencyName(_same("tenge"), _same("tiyn")),
        "RUB": _CurrencyName(("rouble", "roubles", "roubles"), ("kopeck", "kopecks", "kopecks")),
        "USD": _CurrencyName(("US dollar", "US dollars", "US dollars"), ("cent", "cents", "cents")),
        "EUR": _CurrencyName(("euro", "euros", "euros"), ("cent", "cents", "cents")),
    },
    Language.RUSSIAN: {
        "KZT": _CurrencyName(_same("тенге"), ("тиын", "тиына", "тиынов")),
        "RUB": _CurrencyName(("рубль", "рубля", "рублей"), ("копейка", "копейки", "копеек")),
        "USD": _CurrencyName(("доллар США", "доллара США", "долларов США"), _RUSSIAN_CENT),
        "EUR": _CurrencyName(_same("евро"), _RUSSIAN_CENT),
    },
    Language.KAZAKH: {
        "KZT": _CurrencyName(_same("теңге"), _same("тиын")),
        "RUB": _CurrencyName(_same("рубль"), _same("копейка")),
        "USD": _CurrencyName(_same("АҚШ доллары"), _same("цент")),
        "EUR": _CurrencyName(_same("еуро"), _same("цент")),
    },
}


def amount_in_words(money: Money, language: Language) -> str | None:
    """The amount spelled out, the minor unit in two digits: «Сто двадцать тенге 50 тиын».

    Returns:
        None when the row is to be left out: a currency whose forms are not known here, a negative
        amount, or one of a quadrillion and more.
    """
    name = _NAMES[language].get(money.currency)
    if name is None or not 0 <= money.amount < _AMOUNT_MAX:
        return None
    unit = 10 ** minor_digits(money.currency)
    whole, part = divmod(money.amount, unit)
    words = str(num2words(whole, lang=_LIBRARY_LANGUAGE[language]))
    major = name.major[_form(whole, language)]
    minor = name.minor[_form(part, language)]
    return f"{words[0].upper()}{words[1:]} {major} {part:02d} {minor}"


def _form(count: int, language: Language) -> int:
    """Which of the three forms goes with a number."""
    if language is not Language.RUSSIAN:
        return 0 if count == 1 else 2
    if count % 100 in range(11, 15):
        return 2
    return {1: 0, 2: 1, 3: 1, 4: 1}.get(count % 10, 2)
