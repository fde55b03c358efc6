"""From what people type to a text search query."""

import re

_WORD = re.compile(r"[^\W_]+")
_OPERATOR = re.compile(r"\"|(?:^|\s)-\w|\bor\b", re.IGNORECASE)
WORDS_MAX = 8


def prefix_query(typed: str) -> str:
    """A `to_tsquery` text in which every word must occur and the last one may be the beginning of a word.

    `bricks for ho` → `'bricks' & 'for' & 'ho':*`. Only letters and digits survive, so nothing in it is an operator.

    Returns:
        An empty text, which matches nothing, for words that exclude, quote or choose (`-x`, `"x y"`, `x or y`):
        `websearch_to_tsquery` alone knows those.
    """
    words = _WORD.findall(typed)[:WORDS_MAX]
    if not words or _OPERATOR.search(typed):
        return ""
    return " & ".join(f"'{word}'" for word in words) + ":*"


def matches(column: str, typed: str, prefix: str) -> str:
    """A condition on a text search vector.

    Args:
        typed: placeholder of what was typed.
        prefix: placeholder of its `prefix_query`.
    """
    return (
        f"{column} @@ (websearch_to_tsquery('russian', {typed}) || to_tsquery('russian', {prefix}))"
    )
