"""From a kind and its parameters to a title and a body in a reader's language."""

import json
import string
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from karavan.kit.documents.formatting import Language, format_date, format_moment, format_money
from karavan.kit.money import Money
from karavan.modules.notifications.groups import Group

LOCALES = ("en", "ru", "kk")
_TEXTS = Path(__file__).resolve().parent / "texts"


class Wording(Struct, frozen=True):
    """What a person reads."""

    title: str
    body: str


@cache
def texts_of(locale: str) -> dict[str, Any]:
    """Every text of a language: `kinds`, `groups`, `words`, `causes` and `unsubscribe`."""
    texts: dict[str, Any] = json.loads((_TEXTS / f"{locale}.json").read_text("utf-8"))
    return texts


def locale_or_english(locale: str) -> str:
    """A language that there are texts in."""
    return locale if locale in LOCALES else "en"


def placeholders(text: str) -> set[str]:
    """Names of the parameters that a text mentions."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def word(
    kind: str,
    params: Mapping[str, Any],
    *,
    locale: str,
    actor: str | None = None,
    count: int = 1,
) -> Wording:
    """The words of a notification.

    A body is a list of sentences; one that mentions something unknown, such as a reason that nobody gave, is left out.

    Args:
        actor: who did it, as the reader may know them.
        count: how often it has happened since it was last read; said only when more than once.
    """
    locale = locale_or_english(locale)
    texts = texts_of(locale)
    values = {
        name: shown for name, value in params.items() if (shown := _shown(name, value, locale))
    }
    # Goods are called as they are in the reader's language; the label is what they are called in the first one.
    if own := (params.get("names") or {}).get(locale):
        values["label"] = own
    if actor:
        values["actor"] = actor
    if count > 1:
        values["count"] = str(count)
    text = texts["kinds"].get(kind)
    if text is None:
        # Told by a later version of the program than the one that reads.
        return Wording(str(params.get("label") or params.get("title") or kind), "")
    sentences = [one for one in text["body"] if placeholders(one) <= values.keys()]
    title = next(one for one in text["title"] if placeholders(one) <= values.keys())
    return Wording(title.format_map(values), " ".join(one.format_map(values) for one in sentences))


def group_label(group: Group, locale: str) -> str:
    """A group's name."""
    return str(texts_of(locale_or_english(locale))["groups"][group.value])


def _moment(value: Any, locale: str) -> str:
    return format_moment(datetime.fromisoformat(value), Language(locale))


def _day(value: Any, locale: str) -> str:
    return format_date(date.fromisoformat(value), Language(locale))


def _money(value: Any, locale: str) -> str:
    return format_money(Money(value["amount"], value["currency"]), Language(locale))


def _named(value: Any, locale: str) -> str:
    return str(texts_of(locale)["words"].get(value, value))


def _caused(value: Any, locale: str) -> str:
    # A cause without words of its own goes unsaid: the page behind the notification shows what is known.
    return str(texts_of(locale)["causes"].get(value, ""))


_FORMATS: dict[str, Callable[[Any, str], str]] = {
    "due": _moment,
    "due_date": _day,
    "total": _money,
    "amount": _money,
    "role": _named,
    "new_role": _named,
    "purpose": _named,
    "cause": _caused,
}


def _shown(name: str, value: Any, locale: str) -> str:
    formatted = _FORMATS.get(name)
    return str(value) if formatted is None else formatted(value, locale)
