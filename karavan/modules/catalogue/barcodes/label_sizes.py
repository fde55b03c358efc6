"""What a label says, and how large its code can be printed: known without the library that draws."""

from msgspec import Struct

from karavan.modules.catalogue.barcodes.sheets import Sheet
from karavan.modules.catalogue.barcodes.symbols import Symbol

_MODULE_MAX_MM = 0.33
_MODULE_MIN_MM = 0.19
"""Below this neither an office printer nor a cheap scanner is sure; it is 58 % of a nominal EAN."""
_QR_MODULE_MAX_MM, _QR_MODULE_MIN_MM = 0.75, 0.3


class Label(Struct, frozen=True):
    """What one label says. Empty texts are left out."""

    symbol: Symbol
    name: str = ""
    price: str = ""
    sku: str = ""


def fits(symbol: Symbol, sheet: Sheet) -> bool:
    """Whether the code can be printed on labels of this size so that it can be read."""
    return module_mm(symbol, sheet) > 0


def module_mm(symbol: Symbol, sheet: Sheet) -> float:
    """Width of a module on a label of this sheet, or 0 when it would be too fine.

    A linear code may use the padding at its sides for its quiet zones, since nothing else stands there.
    """
    if not symbol.is_linear:
        side = sheet.label_height - 2 * sheet.padding
        size = min(side / symbol.width, _QR_MODULE_MAX_MM)
        return whole_dots(size, sheet) if size >= _QR_MODULE_MIN_MM else 0
    room = sheet.label_width - 2 * min(
        sheet.padding, 1.0 if sheet.label_width < 60 else sheet.padding
    )
    size = whole_dots(min(room / symbol.width, max(_MODULE_MAX_MM, 3 * sheet.dot)), sheet)
    return size if size >= _MODULE_MIN_MM else 0


def whole_dots(size_mm: float, sheet: Sheet) -> float:
    """The largest whole number of the printer's dots in a length: bars neither differ by a dot nor begin between two."""
    return size_mm // sheet.dot * sheet.dot if sheet.dot else size_mm
