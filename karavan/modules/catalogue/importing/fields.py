"""What a column of a price list can mean, in English, Russian and Kazakh."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from karavan.kit.countries import COUNTRIES
from karavan.kit.imports import headings, values
from karavan.kit.imports.faults import CellError
from karavan.kit.imports.readers import Cell, as_text
from karavan.kit.imports.records import parts_of
from karavan.kit.imports.target import Field, Target
from karavan.kit.imports.values import NO_HINTS, Hints
from karavan.kit.imports.words import currency_code, unit_word
from karavan.modules.catalogue.barcodes import gtin
from karavan.modules.catalogue.states import ProductVisibility

NAME_MAX = 200
DESCRIPTION_MAX = 10_000
SKU_MAX = 64
OPTION_MAX = 40

# Semicolons part options; one within a value has no equals sign behind it.
_OPTION_ENDS = re.compile(r";(?=[^;=]+=)")
_DIGITS = re.compile(r"\d{8}|\d{12,14}")
_CODE_128 = re.compile(r"[ -~]{1,80}")
_NO_STOCK = frozenset(
    (
        "нет",
        "нет в наличии",
        "отсутствует",
        "под заказ",
        "out of stock",
        "none",
        "жоқ",
        "қоймада жоқ",
    )
)
_AT_LEAST = re.compile(r"^(?:>=?|≥|более|больше|свыше|more than|over)\s*(?=\d)")
_VISIBILITY = {
    "public": ProductVisibility.PUBLIC,
    "linked": ProductVisibility.LINKED,
    "both": ProductVisibility.BOTH,
    "всем": ProductVisibility.BOTH,
    "публично": ProductVisibility.PUBLIC,
    "партнёрам": ProductVisibility.LINKED,
    "партнерам": ProductVisibility.LINKED,
    "серіктестерге": ProductVisibility.LINKED,
    "барлығына": ProductVisibility.BOTH,
}
_COUNTRIES = {
    "казахстан": "KZ", "қазақстан": "KZ", "kazakhstan": "KZ", "рк": "KZ",
    "россия": "RU", "рф": "RU", "russia": "RU", "ресей": "RU", "российская федерация": "RU",
    "китай": "CN", "кнр": "CN", "china": "CN", "қытай": "CN",
    "турция": "TR", "turkey": "TR", "türkiye": "TR", "түркия": "TR",
    "узбекистан": "UZ", "uzbekistan": "UZ", "өзбекстан": "UZ",
    "кыргызстан": "KG", "киргизия": "KG", "kyrgyzstan": "KG", "қырғызстан": "KG",
    "беларусь": "BY", "белоруссия": "BY", "belarus": "BY", "украина": "UA", "ukraine": "UA",
    "германия": "DE", "germany": "DE", "италия": "IT", "italy": "IT", "франция": "FR", "france": "FR",
    "испания": "ES", "spain": "ES", "польша": "PL", "poland": "PL", "сша": "US", "usa": "US",
    "великобритания": "GB", "uk": "GB", "индия": "IN", "india": "IN", "япония": "JP", "japan": "JP",
    "корея": "KR", "южная корея": "KR", "south korea": "KR", "вьетнам": "VN", "vietnam": "VN",
    "бразилия": "BR", "brazil": "BR", "эфиопия": "ET", "ethiopia": "ET", "колумбия": "CO",
    "colombia": "CO", "оаэ": "AE", "uae": "AE", "иран": "IR", "iran": "IR",
}  # fmt: skip


def _gtin(digits: str) -> str:
    body, last = digits[:-1], digits[-1:]
    if _DIGITS.fullmatch(digits) and body.strip("0") and str(gtin.check_digit(body)) == last:
        # By far the most codes are right.
        return digits.zfill(14)
    try:
        return gtin.normalise(digits)
    except gtin.CodeError as error:
        raise CellError(error.code, error.detail, **error.facts) from error


def _barcode(cell: Cell, hints: Hints) -> tuple[str | None, str | None] | None:
    """A GTIN as 14 digits, or any other text that Code 128 can carry."""
    if isinstance(cell, str) and _DIGITS.fullmatch(cell):
        return _gtin(cell), None
    written = _code(cell, hints)
    if written is None:
        return None
    if _DIGITS.fullmatch(written.replace(" ", "").replace("-", "")):
        return _gtin(written), None
    if not _CODE_128.fullmatch(written):
        raise CellError("barcode", "A barcode has digits, or Latin letters and signs.")
    return None, written


def _is_gtin(cell: Cell) -> bool:
    written = as_text(cell).strip()
    if not _DIGITS.fullmatch(written):
        return False
    try:
        _gtin(written)
    except CellError:
        return False
    return True


@lru_cache(maxsize=4096)
def _path(written: str) -> tuple[str, ...] | None:
    return tuple(parts_of(written)) or None


def _category(cell: Cell, hints: Hints) -> tuple[str, ...] | None:
    text = _category_text(cell, hints)
    return None if text is None else _path(text)


def _visibility(cell: Cell, hints: Hints) -> str | None:
    del hints
    written = as_text(cell).strip().lower()
    if not written:
        return None
    if written not in _VISIBILITY:
        raise CellError("visibility", "Write public, linked or both.")
    return _VISIBILITY[written].value


def _option(cell: Cell, hints: Hints) -> list[tuple[str, str]] | None:
    """What a variant differs in: `size=M; colour=Red`, or one value under a heading that names the option."""
    written = _option_text(cell, hints)
    if written is None:
        return None
    found = []
    for part in _OPTION_ENDS.split(written) if "=" in written else [written]:
        name, equals, value = part.partition("=")
        if not equals:
            name, value = hints.heading, part
        name, value = name.strip(), value.strip()
        if not 0 < len(name) <= OPTION_MAX or not 0 < len(value) <= OPTION_MAX or "=" in value:
            raise CellError("option", "Write what it differs in, such as `size=M; colour=Red`.")
        found.append((name, value))
    return found


def _country(cell: Cell, hints: Hints) -> str | None:
    del hints
    written = as_text(cell).strip().lower()
    if not written:
        return None
    if written.upper() in COUNTRIES:
        return written.upper()
    if written not in _COUNTRIES:
        raise CellError("country", "Write the country as a code of two letters, such as KZ.")
    return _COUNTRIES[written]


def _stock(cell: Cell, hints: Hints) -> Decimal | None:
    """What there is: a number, the number that there is more than, or that there is none."""
    if isinstance(cell, str) and not cell[:1].isdigit():
        written = " ".join(cell.lower().split())
        if written in _NO_STOCK:
            return Decimal(0)
        cell = _AT_LEAST.sub("", written)
    elif isinstance(cell, str):
        cell = cell.rstrip("+ ")
    return values.quantity(cell, hints)


def _positive(parse: Any) -> Any:
    def checked(cell: Cell, hints: Hints = NO_HINTS) -> Any:
        value = parse(cell, hints)
        if value is not None and value <= 0:
            raise CellError("positive", "This must be more than nothing.")
        return value

    return checked


_name = values.text(NAME_MAX)
_description = values.text(DESCRIPTION_MAX, lines=True)
_code = values.code(80)
_category_text = values.text(500)
_option_text = values.text(300)
_KILOS = {word: Decimal(1000) for word in ("кг", "kg", "килограмм", "kilogram")}
_LENGTHS = {
    **dict.fromkeys(("см", "cm"), Decimal(10)),
    **dict.fromkeys(("м", "m"), Decimal(1000)),
}

PRODUCTS = Target(
    name="products",
    key="sku",
    section="category",
    fields=[
        Field(
            name="sku",
            synonyms=headings.CODES,
            parse=values.code(SKU_MAX),
            required=True,
        ),
        Field(
            name="parent_sku",
            synonyms=["артикул модели", "parent sku", "модель артикул", "основной артикул", "артикул родителя", "parent",
                      "модель (артикул)", "group sku", "style code", "негізгі артикул", "модель артикулы"],
            parse=values.code(SKU_MAX),
        ),
        Field(
            name="option",
            synonyms=["вариант", "variant", "варианты", "variant options", "нұсқа", "нұсқасы", "размер", "size", "өлшемі",
                      "цвет", "colour", "color", "түсі"],
            parse=_option,
            repeated=True,
            needs="parent_sku",
        ),
        Field(
            name="name",
            synonyms=["наименование", "название", "name", "product name", "title", "товар", "номенклатура", "product",
                      "item", "item name", "наименование товара", "полное наименование", "атауы", "тауар", "тауар атауы",
                      "тауардың атауы", "ассортимент", "позиция"],
            parse=_name,
            required=True,
        ),
        Field(name="name_en", parse=_name, synonyms=["name en", "name english", "название en", "название на английском",
              "наименование англ", "english name", "ағылшынша атауы"]),
        Field(name="name_ru", parse=_name, synonyms=["name ru", "name russian", "название ru", "название на русском",
              "наименование рус", "russian name", "орысша атауы"]),
        Field(name="name_kk", parse=_name, synonyms=["name kk", "name kazakh", "название kk", "название на казахском",
              "наименование каз", "kazakh name", "name kz", "қазақша атауы"]),
        Field(
            name="description",
            synonyms=["описание", "description", "details", "сипаттама", "сипаттамасы", "характеристика",
                      "полное описание", "краткое описание", "примечание", "comment"],
            parse=_description,
        ),
        Field(name="description_en", parse=_description, synonyms=["description en", "описание en"]),
        Field(name="description_ru", parse=_description, synonyms=["description ru", "описание ru"]),
        Field(name="description_kk", parse=_description, synonyms=["description kk", "описание kk", "қазақша сипаттама"]),
        Field(
            name="category",
            synonyms=["категория", "раздел", "группа", "category", "group", "section", "товарная группа", "рубрика",
                      "санат", "санаты", "бөлім", "топ", "подкатегория", "subcategory", "category path", "вид"],
            parse=_category,
        ),
        Field(
            name="price",
            synonyms=["цена", "price", "стоимость", "розничная цена", "цена за единицу", "unit price", "бағасы", "баға",
                      "цена за ед", "цена розничная", "retail price", "прайс", "cost", "цена с ндс", "цена без ндс",
                      "цена продажи", "selling price", "құны", "оптовая цена", "wholesale price", "цена опт"],
            parse=values.amount,
        ),
        Field(
            name="currency",
            synonyms=["валюта", "currency", "ccy", "валютасы"],
            parse=values.currency,
            betrays=lambda cell: isinstance(cell, str) and currency_code(cell) is not None and not unit_word(cell),
        ),
        Field(
            name="stock",
            synonyms=[*headings.QUANTITIES, *headings.STOCKS, "склад", "on hand", "қолда бар", "inventory"],
            parse=_stock,
        ),
        Field(
            name="unit",
            synonyms=["ед изм", "единица измерения", "ед", "unit", "uom", "unit of measure", "единица", "еи", "measure",
                      "өлшем бірлігі", "бірлік", "өлшем"],
            parse=values.unit,
            betrays=lambda cell: isinstance(cell, str) and unit_word(cell) is not None,
        ),
        Field(
            name="tax_rate",
            synonyms=["ндс", "ставка ндс", "ндс %", "vat", "vat rate", "tax", "tax rate", "vat %", "налог", "ққс",
                      "ққс мөлшерлемесі"],
            parse=values.percent,
        ),
        Field(
            name="barcode",
            synonyms=headings.BARCODES,
            parse=_barcode,
            betrays=_is_gtin,
        ),
        Field(
            name="pack_size",
            synonyms=headings.PACKS,
            parse=_positive(values.quantity),
        ),
        Field(
            name="minimum_order",
            synonyms=headings.SMALLEST_ORDERS,
            parse=_positive(values.quantity),
        ),
        Field(
            name="weight",
            synonyms=["вес", "масса", "weight", "вес г", "weight g", "вес кг", "weight kg", "gross weight", "вес брутто",
                      "салмағы", "салмақ"],
            parse=_positive(values.whole),
            factors=_KILOS,
        ),
        Field(name="length", parse=_positive(values.whole), factors=_LENGTHS,
              synonyms=["длина", "length", "ұзындығы", "длина мм", "length mm", "глубина", "depth"]),
        Field(name="width", parse=_positive(values.whole), factors=_LENGTHS,
              synonyms=["ширина", "width", "ені", "ширина мм", "width mm"]),
        Field(name="height", parse=_positive(values.whole), factors=_LENGTHS,
              synonyms=["высота", "height", "биіктігі", "высота мм", "height mm"]),
        Field(
            name="country",
            synonyms=["страна", "страна происхождения", "country", "origin", "country of origin", "made in", "елі",
                      "шығарылған елі", "производство", "страна производства", "ел"],
            parse=_country,
        ),
        Field(name="visibility", parse=_visibility, synonyms=["видимость", "visibility", "көрінуі"]),
        Field(
            name="active",
            synonyms=["активен", "активность", "active", "статус", "enabled", "белсенді", "вкл", "в продаже"],
            parse=values.boolean,
        ),
        Field(
            name="images",
            synonyms=["фото", "изображение", "изображения", "картинка", "картинки", "image", "images", "photo", "photos",
                      "picture", "image url", "ссылка на фото", "ссылка на изображение", "сурет", "суреттер", "фотография",
                      "url изображения", "img"],
            parse=values.links,
            repeated=True,
            betrays=lambda cell: isinstance(cell, str) and cell.startswith(("http://", "https://")),
        ),
    ],
)  # fmt: skip
