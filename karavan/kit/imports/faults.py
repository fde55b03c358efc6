"""What is wrong with a value of a row, with the facts that its sentence names."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Fault(Struct, frozen=True):
    """What is wrong with one value.

    Attributes:
        field: in which the value stands.
        code: stable name of what is wrong.
        detail: tells a person how to mend it, in English.
        facts: what the sentence names, by the names that the sentences of other languages call it.
    """

    field: str
    code: str
    detail: str
    facts: Mapping[str, str] = {}

    def stored(self, *, is_warning: bool) -> dict[str, Any]:
        """As it is kept with its row."""
        return {
            "field": self.field,
            "code": self.code,
            "detail": self.detail,
            "facts": dict(self.facts),
            "warning": is_warning,
        }


class CellError(Exception):
    """A cell's value cannot be used; the attributes are those of `Fault`."""

    def __init__(self, code: str, detail: str, **facts: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.facts: Mapping[str, str] = facts
