"""Words of tables in English, Russian and Kazakh, and how they are compared."""

import re
from functools import lru_cache

from karavan.kit.units import UNITS

_SEPARATORS = re.compile(r"[^\w%₸$€₽£¥#№]+")
_TOTALS = re.compile(
    r"(итого|всего|общий итог|промежуточный итог|сумма|total|grand total|sub-?total|sum"
    r"|барлығы|жиыны|жиынтығы|қорытынды)( (по|на|за|сумма|к оплате|без ндс|с ндс|due|for|бойынша)\b.*)?"
)
_WITH_TAX = re.compile(
    r"\b((с|вкл|включая|в т ч) ндс|(incl|inc|including|with) (vat|tax)|(vat|tax) (incl|included|inclusive)"
    r"|ққс (пен|мен|қоса|қосылған))\b"
)
_STOP_WORDS = frozenset(
    "за в на по для из the of per in a руб rub тг тенге теңге kzt usd eur rur без с ндс including vat incl excl"
    " товара товар product item тауар тауардың тауары өнім өнімнің".split()
)

CURRENCY_WORDS: dict[str, str] = {
    "₸": "KZT", "тг": "KZT", "тенге": "KZT", "теңге": "KZT", "тнг": "KZT", "kzt": "KZT", "tenge": "KZT",
    "₽": "RUB", "р": "RUB", "руб": "RUB", "рублей": "RUB", "рубль": "RUB", "rub": "RUB", "rur": "RUB",
    "рубл": "RUB", "$": "USD", "usd": "USD", "долл": "USD", "доллар": "USD", "долларов": "USD", "us$": "USD",
    "€": "EUR", "eur": "EUR", "евро": "EUR", "euro": "EUR", "£": "GBP", "gbp": "GBP",
    "¥": "CNY", "cny": "CNY", "юань": "CNY", "юаней": "CNY", "сом": "KGS", "kgs": "KGS", "сум": "UZS",
    "сўм": "UZS", "uzs": "UZS", "byn": "BYN", "try": "TRY", "tl": "TRY", "aed": "AED",
}  # fmt: skip

_UNIT_NAMES: dict[str, str] = {
    "H87": "шт штук штука штуки шту ед единица единиц экз экземпляр pcs pc piece pieces unit units each item"
    " дана данасы h87 u",
    "KGM": "кг килограмм килограммов килограмма kg kgs kilo kilogram kilograms келі килограм kgm",
    "GRM": "г гр грамм граммов грамма g gr gram grams grm",
    "TNE": "т тн тонна тонн тонны t ton tons tonne tonnes tne",
    "LTR": "л литр литров литра l lt liter litre liters litres ltr",
    "MLT": "мл миллилитр ml mlt",
    "MTR": "м метр метров метра m meter metre meters mtr",
    "LM": "пм погм погонныйметр погонныхметров lm",
    "CMT": "см сантиметр cm cmt",
    "MMT": "мм миллиметр mm mmt",
    "MTK": "м2 м² квм кв.м квадратныйметр m2 m² sqm mtk шаршыметр",
    "MTQ": "м3 м³ кубм куб.м кубометр m3 m³ cbm mtq текшеметр",
    "PR": "пара пар пары pair pairs pr жұп",
    "SET": "компл комплект комплектов набор наборов set sets kit kits жинақ жиынтық",
    "XPK": "уп упак упаковка упаковок пачка пачек пач pack packs package қаптама бума xpk",
    "XBX": "кор коробка коробок короб ящик ящиков box boxes қорап жәшік xbx",
    "XCT": "картон carton cartons xct",
    "XBG": "меш мешок мешков bag bags sack sacks қап xbg",
    "XRO": "рул рулон рулонов roll rolls орам xro",
    "XPX": "палл паллета паллет поддон pallet pallets палета палет xpx",
    "E48": "усл услуга услуг service services қызмет e48",
    "HUR": "ч час часов hour hours h сағат hur",
}
_UNITS = {word: code for code, words in _UNIT_NAMES.items() for word in words.split()}

_TRUE = frozenset(
    "1 + да д yes y true истина иә активен активный active есть вкл on бар ия".split()
)
_FALSE = frozenset("0 - нет н no n false ложь жоқ неактивен неактивный inactive выкл off".split())


@lru_cache(maxsize=8192)
def normalised(text: str) -> str:
    """Lower case, `ё` as `е`, signs as single spaces: how words are compared."""
    return _SEPARATORS.sub(" ", text.lower().replace("ё", "е").replace("_", " ")).strip()


@lru_cache(maxsize=4096)
def significant(text: str) -> tuple[str, ...]:
    """The words of a normalised text that carry its meaning: not those that only say in which unit."""
    words = [
        word for word in text.split() if word not in _STOP_WORDS and word not in CURRENCY_WORDS
    ]
    return tuple(word for word in words if word not in _UNITS) or tuple(words)


def is_total(text: str) -> bool:
    """Whether a cell begins a line of totals."""
    return _TOTALS.fullmatch(normalised(text)) is not None


TOTAL_STARTS = frozenset(
    word[:2] for word in _TOTALS.pattern[1 : _TOTALS.pattern.index(")")].replace("|", " ").split()
)
"""The first two letters of whatever begins a line of totals: most rows need no closer look."""


@lru_cache(maxsize=1024)
def unit_word(text: str) -> str | None:
    """The code of UN/ECE Recommendation 20 or 21 for a unit as people write it, in words."""
    return _UNITS.get(re.sub(r"[\s.\-·]+", "", text.lower().replace("ё", "е")))


@lru_cache(maxsize=1024)
def unit_code(text: str) -> str | None:
    """The code for a unit as people write it, or the code itself: what an export wrote means what it meant.

    Words come first: “KGS” are kilograms to whoever writes a price list, and kilograms a second to the Recommendation.
    """
    code = text.strip().upper()
    return unit_word(text) or (code if code in UNITS else None)


@lru_cache(maxsize=1024)
def currency_code(text: str) -> str | None:
    """The ISO 4217 code for a currency as people write it."""
    word = text.strip().lower().rstrip(".")
    known = CURRENCY_WORDS.get(word)
    if known is None and len(word) == 3 and word.isascii() and word.isalpha():
        return word.upper()
    return known


def currency_in(text: str) -> str | None:
    """The currency that a heading such as `Цена, ₸` names."""
    for word in normalised(text).split():
        if (code := CURRENCY_WORDS.get(word)) is not None:
            return code
    return next((CURRENCY_WORDS[sign] for sign in "₸₽$€£¥" if sign in text), None)


def says_with_tax(heading: str) -> bool:
    """Whether a heading such as `Цена с НДС` says that its prices hold the tax."""
    return _WITH_TAX.search(normalised(heading)) is not None


def truth(text: str) -> bool | None:
    """Yes, no, or neither."""
    word = text.strip().lower()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None
