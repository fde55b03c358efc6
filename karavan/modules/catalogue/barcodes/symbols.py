"""A symbol as a pattern of modules, whatever draws it."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct


class Symbology(StrEnum):
    """Kinds of code that we draw."""

    EAN_13 = "ean13"
    EAN_8 = "ean8"
    UPC_A = "upca"
    CODE_128 = "code128"
    QR = "qr"


class Caption(Struct, frozen=True):
    """Characters under the bars, spread from module `start` to module `end`; before 0 is the left quiet zone."""

    text: str
    start: int
    end: int


class Symbol(Struct, frozen=True):
    """A code ready to be drawn.

    Attributes:
        rows: lines of `1` (dark) and `0`; a linear code has one.
        quiet_left, quiet_right, quiet_y: white modules that must surround it.
        guards: modules of bars that reach down between the digits, as start and end.
        content: what a reader will say.
    """

    symbology: Symbology
    rows: tuple[str, ...]
    content: str
    quiet_left: int
    quiet_right: int
    quiet_y: int = 0
    captions: tuple[Caption, ...] = ()
    guards: tuple[tuple[int, int], ...] = ()

    @property
    def is_linear(self) -> bool:
        """Whether it is made of bars."""
        return len(self.rows) == 1

    @property
    def width(self) -> int:
        """Modules from quiet zone to quiet zone, both included."""
        return self.quiet_left + len(self.rows[0]) + self.quiet_right

    def is_guard(self, start: int) -> bool:
        """Whether the bar that begins at module `start` reaches down between the digits."""
        return any(first <= start < last for first, last in self.guards)


def runs(row: str) -> Iterator[tuple[int, int]]:
    """Dark stretches of a row, as start and width in modules."""
    start = row.find("1")
    while start >= 0:
        end = row.find("0", start)
        end = len(row) if end < 0 else end
        yield start, end - start
        start = row.find("1", end)
