"""What is wrong with a cell, in the reader's language.

A row keeps the code of what is wrong, the English sentence, and the facts that it names, such as a row or a number. The
other languages have a sentence for each code, which names the same facts.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field


class Remarks(Struct, frozen=True, kw_only=True):
    """The sentences of one kind of import, beside those that all kinds share.

    Attributes:
        sentences: Russian and Kazakh by code, or by `field.code` where a field says it in another way; each fact stands
            in braces by its name.
        headings: of fields that no column of the file holds, by language and field.
    """

    sentences: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def said(self, error: Mapping[str, Any], locale: str) -> str:
        """What is wrong, in a language; the English sentence where there is no other.

        Args:
            error: a fault as its row keeps it; rows of old may keep no facts.
        """
        code, detail = str(error["code"]), str(error["detail"])
        column = _COLUMN.get(locale)
        keys = (f"{error['field']}.{code}", code)
        known = next((found for key in keys if (found := self._sentence(key))), None)
        if column is None or known is None:
            return detail
        try:
            return known[column].format_map(error.get("facts") or {})
        except KeyError:
            return detail

    def heading(self, name: str, locale: str) -> str:
        """What a field is called that has no column."""
        return self.headings.get(locale, {}).get(name, name)

    def _sentence(self, key: str) -> tuple[str, str] | None:
        return self.sentences.get(key) or SENTENCES.get(key)


_COLUMN = {"ru": 0, "kk": 1}

SENTENCES: dict[str, tuple[str, str]] = {
    "required": ("Это обязательно.", "Бұл міндетті."),
    "duplicate": ("То же значение уже стоит в строке {row}.", "Дәл осы мән {row}-жолда тұр."),
    "number": (
        "Это не число. Напишите, например, 1250,50.",
        "Бұл сан емес. Мысалы, 1250,50 деп жазыңыз.",
    ),
    "negative": ("Не может быть меньше нуля.", "Нөлден кем болмайды."),
    "too_precise": ("Слишком много знаков после запятой.", "Үтірден кейін таңба тым көп."),
    "unit": (
        "Неизвестная единица измерения. Напишите, например, шт, кг, л, м или упак.",
        "Белгісіз өлшем бірлігі. Мысалы, дана, кг, л, м деп жазыңыз.",
    ),
    "currency": (
        "Неизвестная валюта. Напишите её код, например KZT.",
        "Белгісіз валюта. Кодын жазыңыз, мысалы KZT.",
    ),
    "percent": ("Ставка — от 0 до 100.", "Мөлшерлеме 0 мен 100 аралығында."),
    "formula": (
        "Формулы не принимаются. Напишите сам текст или само число.",
        "Формулалар қабылданбайды. Мәтіннің немесе санның өзін жазыңыз.",
    ),
    "digits_lost": (
        "Таблица сократила число. Задайте ячейке текстовый формат и напишите его снова.",
        "Кесте санды қысқартқан. Ұяшыққа мәтін пішімін беріп, санды қайта жазыңыз.",
    ),
    "too_long": (
        "Слишком длинно: не больше {limit} знаков.",
        "Тым ұзын: {limit} таңбадан аспасын.",
    ),
    "whole": ("Нужно целое число.", "Бүтін сан керек."),
    "price": (
        "Цена не может быть отрицательной или такой большой.",
        "Баға теріс немесе мұнша үлкен болмайды.",
    ),
    "boolean": ("Напишите да или нет.", "Иә немесе жоқ деп жазыңыз."),
    "url": (
        "Это не адрес картинки: он начинается с http:// или https://.",
        "Бұл сурет мекенжайы емес: ол http:// немесе https:// деп басталады.",
    ),
    "date": ("Напишите день, например 31.12.2026.", "Күнді жазыңыз, мысалы 31.12.2026."),
    "too_many": ("Картинок не больше двадцати.", "Сурет жиырмадан аспасын."),
}
"""What is wrong with cells of any kind: Russian, Kazakh."""

NO_REMARKS = Remarks()
