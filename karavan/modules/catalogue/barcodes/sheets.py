"""Sheets and rolls of labels, as they are sold."""

from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct


class SheetName(StrEnum):
    """What can be printed on: columns × rows on A4, or a roll by the size of its label in millimetres."""

    A4_3X8 = "a4-3x8"
    A4_5X13 = "a4-5x13"
    A4_2X7 = "a4-2x7"
    ROLL_58X40 = "roll-58x40"
    ROLL_43X25 = "roll-43x25"


class Sheet(Struct, frozen=True):
    """Where labels lie on a page; everything in millimetres.

    Attributes:
        pitch_x, pitch_y: from the edge of a label to that of the next one.
        dot: side of the printer's dot, when bars have to be whole dots; rolls are printed at 203 dots an inch.
        padding: white margin inside a label that nothing but a quiet zone may use.
    """

    page_width: float
    page_height: float
    columns: int
    rows: int
    label_width: float
    label_height: float
    left: float = 0
    top: float = 0
    pitch_x: float = 0
    pitch_y: float = 0
    dot: float = 0
    padding: float = 1.5

    @property
    def labels(self) -> int:
        """How many labels a page holds."""
        return self.columns * self.rows

    def place(self, index: int) -> tuple[float, float]:
        """Left and upper edge of the `index`-th label of a page, from 0, row by row."""
        row, column = divmod(index, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


def _roll(width: float, height: float) -> Sheet:
    return Sheet(width, height, 1, 1, width, height, dot=25.4 / 203)


SHEETS = MappingProxyType(
    {
        SheetName.A4_3X8: Sheet(210, 297, 3, 8, 70, 37, top=0.5, pitch_x=70, pitch_y=37, padding=4),
        SheetName.A4_5X13: Sheet(
            210, 297, 5, 13, 38.1, 21.2, left=4.75, top=10.7, pitch_x=40.6, pitch_y=21.2
        ),
        SheetName.A4_2X7: Sheet(
            210, 297, 2, 7, 99.1, 38.1, left=4.65, top=15.15, pitch_x=101.6, pitch_y=38.1, padding=3
        ),
        SheetName.ROLL_58X40: _roll(58, 40),
        SheetName.ROLL_43X25: _roll(43, 25),
    }
)
"""Geometry of each: 70 × 37 mm without gaps (24 on a sheet), and the usual grids of 65 and 14."""
