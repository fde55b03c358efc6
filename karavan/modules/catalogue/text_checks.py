"""What a text of a product must not say: ways past the platform, and words that the operator forbids.

The checks are generous with what people write in good faith (articles, sizes, codes of goods) and read through the usual
disguises: letters of another script that look alike, spelt-out signs, digits with anything between them.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Literal

from msgspec import Struct, field

# Latin letters that look like Cyrillic ones, so that “нapкoтик” with Latin a, p and o is read as it is meant.
_LOOK_ALIKE = str.maketrans("aceopxykmthb", "асеорхукмтнв")

_EMAIL = re.compile(
    r"[\w.+-]{2,}\s?(?:@|\(at\)|\[at\]|\(собака\))\s?[\w-]+\s?(?:\.|\(dot\))\s?[a-zа-я]{2,}"
)
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]{2,}\.(?:kz|ru|com|net|org|su|info|shop|store|online|site|me|қаз|рф)\b(?!\w)"
)
_MESSENGER = re.compile(
    r"\b(?:whats\s?app|watsap|вотс?апп?|ватс?апп?|телеграмм?|telegram|viber|вайбер|wechat|instagram|инстаграмм?)\b"
    r"|\b(?:t|wa)\.me/\S+|(?<![\w.])@[a-z]\w{3,}"
)
# A country code or a long-distance prefix, then ten digits with spaces, dots, dashes or parentheses between them.
_PHONE = re.compile(r"(?<![\w.,-])(?:\+\s?\d{1,3}|8)(?:[\s().-]{0,3}\d){10}(?![\w])")

FORBIDDEN_BY_DEFAULT = (
    "наркотик", "гашиш", "кокаин", "героин", "есірткі", "narcotic", "cocaine", "heroin",
    "взрывчатк", "тротил", "жарылғыш зат", "explosive",
    "контрафакт", "реплика люкс", "counterfeit",
)  # fmt: skip
"""Beginnings of words; the operator's own list replaces them."""


class Fault(StrEnum):
    """What was found in a text."""

    EMAIL = "email"
    LINK = "link"
    MESSENGER = "messenger"
    PHONE = "phone"
    FORBIDDEN_WORD = "forbidden_word"


class ReviewPolicy(Struct, frozen=True):
    """When a moderator is asked.

    Attributes:
        review: `flagged` asks when a check has found something, `all` always.
        forbidden_words: beginnings of words that no text may have, in any case and script.
    """

    review: Literal["flagged", "all"] = "flagged"
    forbidden_words: tuple[str, ...] = field(default=FORBIDDEN_BY_DEFAULT)


_policy = ReviewPolicy()


def use_review_policy(policy: ReviewPolicy) -> None:
    """Set the operator's choice; the composition root does it once per process."""
    global _policy  # noqa: PLW0603  # the process's, set at start
    _policy = policy


def review_policy() -> ReviewPolicy:
    """The operator's choice."""
    return _policy


def finding(code: str, field_name: str, detail: str) -> dict[str, str]:
    """One reason to ask a moderator, as products keep it."""
    return {"code": code, "field": field_name, "detail": detail[:200]}


def check_texts(
    texts: Mapping[str, str], policy: ReviewPolicy | None = None
) -> list[dict[str, str]]:
    """Everything that is wrong with texts.

    Args:
        texts: by the name of their field, such as `names/ru`.

    Returns:
        Findings in the order of the texts: `{"code", "field", "detail"}`, the detail being what was found.
    """
    words = (policy or _policy).forbidden_words
    return [
        finding(fault.value, name, found)
        for name, text in texts.items()
        for fault, found in _faults(text, words)
    ]


def _faults(text: str, forbidden: Iterable[str]) -> Iterable[tuple[Fault, str]]:
    lowered = " ".join(text.casefold().split())
    for fault, pattern in (
        (Fault.EMAIL, _EMAIL),
        (Fault.LINK, _LINK),
        (Fault.MESSENGER, _MESSENGER),
        (Fault.PHONE, _PHONE),
    ):
        if match := pattern.search(lowered):
            yield fault, match[0].strip()
    alike = lowered.translate(_LOOK_ALIKE)
    for word in forbidden:
        wanted = word.casefold().strip()
        readings = ((lowered, wanted), (alike, wanted.translate(_LOOK_ALIKE)))
        if wanted and any(_begins_a_word(reading, start) for reading, start in readings):
            yield Fault.FORBIDDEN_WORD, wanted


def _begins_a_word(text: str, start: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(start)}", text) is not None
