"""From what people type to a text search query."""

import re

_WORD = re.compile(r"[^\W_]+")
WORDS_MAX = 8


def prefix_query(typed: str) -> str | None:
    """A `to_tsquery` text in which every word must occur and the last one may be the beginning of a word.

    `bricks for ho` → `'bricks' & 'for' & 'ho':*`. Only letters and digits survive, so nothing in it is an operator.
    """
    words = _WORD.findall(typed)[:WORDS_MAX]
    if not words:
        return None
    return " & ".join(f"'{word}'" for word in words) + ":*"


def matches(column: str, typed: str, prefix: str) -> str:
    """A condition on a text search vector.

    Args:
        typed: placeholder of what was typed, for quotes, `or` and `-`.
        prefix: placeholder of its `prefix_query`.
    """
    return (
        f"{column} @@ websearch_to_tsquery('russian', {typed})"
        f" or {column} @@ to_tsquery('russian', {prefix})"
    )
