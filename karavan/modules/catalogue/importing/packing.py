"""Columns of values as single texts: the driver looks at every element of an array, and at a text once.

PostgreSQL takes them apart with `string_to_array`.
"""

from collections.abc import Sequence

_SEPARATOR, _NULL = "\x1f", "\x1e"
_FIELDS = "E'\\x1f', E'\\x1e'"


def packed(values: Sequence[object]) -> str:
    """Values in their text form, one after another; `None` is null.

    Raises:
        ValueError: a value holds one of the two control characters, which no cell may.
    """
    text = _SEPARATOR.join(
        [
            value if type(value) is str else _NULL if value is None else str(value)
            for value in values
        ]
    )
    if text.count(_SEPARATOR) != len(values) - 1 or (_NULL in text and None not in values):
        raise ValueError("a value holds a separator")
    return text


def unpacked(parameter: str, kind: str) -> str:
    """The SQL expression that makes an array of a packed parameter.

    Args:
        parameter: such as `$1`.
        kind: type of the elements.
    """
    array = f"string_to_array({parameter}::text, {_FIELDS})"
    return array if kind == "text" else f"{array}::{kind}[]"
