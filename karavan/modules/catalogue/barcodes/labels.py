"""Labels for goods as PDF, with bars of vectors: whatever prints them, edges stay sharp."""

from collections.abc import Sequence
from datetime import datetime
from importlib.resources import as_file, files

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from karavan.kit.documents.glyphs import shown
from karavan.modules.catalogue.barcodes.label_sizes import Label, module_mm, whole_dots
from karavan.modules.catalogue.barcodes.sheets import Sheet
from karavan.modules.catalogue.barcodes.symbols import Symbol, runs

_FAMILY = "Roboto"
_POINT_MM = 25.4 / 72
_BARS_MIN_MM, _BARS_MAX_MM = 6.0, 18.0
_CAPTION_RATIO = 9.0
"""Height of the digits' line in modules."""
_SIDE_BY_SIDE_MM = 36.0
"""Below this width price and SKU stand on two lines."""


class LabelTooSmallError(ValueError):
    """The code would be printed too fine to be scanned."""


def render_labels(
    labels: Sequence[Label],
    sheet: Sheet,
    *,
    start: int,
    title: str,
    language: str,
    created_at: datetime,
) -> bytes:
    """Labels in order, each on the next free place.

    Args:
        start: place of the first label on the first page, from 1, for a sheet that was begun.
        created_at: stands in the file, so that the same call gives the same bytes.

    Raises:
        LabelTooSmallError: a code does not fit on a label; ask `fits` first.
    """
    pdf = _LabelPdf(sheet, title, language, created_at)
    position = start - 1 if sheet.labels > 1 else 0
    pdf.add_page()
    for label in labels:
        if position == sheet.labels:
            pdf.add_page()
            position = 0
        pdf.label(label, *sheet.place(position))
        position += 1
    return bytes(pdf.output())


class _LabelPdf(FPDF):
    def __init__(self, sheet: Sheet, title: str, language: str, created_at: datetime) -> None:
        super().__init__(format=(sheet.page_width, sheet.page_height))
        self.sheet = sheet
        self.set_creation_date(created_at)
        self.set_title(title)
        self.set_lang(language)
        self.set_producer("Karavan")
        for style, name in {"": "Roboto-Regular.ttf", "B": "Roboto-Bold.ttf"}.items():
            with as_file(files("font_roboto") / "files" / name) as path:
                self.add_font(_FAMILY, style, path)
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        self.set_fill_color(0)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def label(self, label: Label, x: float, y: float) -> None:
        """Draw one label whose upper left corner is at x, y."""
        module = module_mm(label.symbol, self.sheet)
        if not module:
            raise LabelTooSmallError(label.symbol.content)
        if label.symbol.is_linear:
            self._with_bars(label, x, y, module)
        else:
            self._with_square(label, x, y, module)

    def _with_bars(self, label: Label, x: float, y: float, module: float) -> None:
        """Name above, price and SKU on a line below it, the bars at the bottom over the whole width."""
        sheet, symbol = self.sheet, label.symbol
        left, width = x + sheet.padding, sheet.label_width - 2 * sheet.padding
        caption = _CAPTION_RATIO * module if symbol.captions else 0.0
        bottom = y + sheet.label_height - min(sheet.padding, 2.0)
        space = bottom - y - min(sheet.padding, 2.0) - caption - _BARS_MIN_MM
        text_top = y + min(sheet.padding, 2.0)
        text_mm = self._texts(label, left, text_top, width, space)
        bars = min(bottom - caption - text_top - text_mm - 0.6, _BARS_MAX_MM)
        symbol_left = whole_dots(x + (sheet.label_width - symbol.width * module) / 2, sheet)
        self._bars(symbol, symbol_left, bottom - caption - bars, module, bars)

    def _with_square(self, label: Label, x: float, y: float, module: float) -> None:
        """The square left, texts beside it, or alone in the middle when nothing fits beside it."""
        sheet, symbol = self.sheet, label.symbol
        side = symbol.width * module
        # The quiet zone of four modules is part of the symbol's width and may reach into the padding.
        square_left = x + max(0.0, sheet.padding - symbol.quiet_left * module / 2)
        beside = x + sheet.label_width - sheet.padding - (square_left + side)
        if beside < 12:
            square_left = x + (sheet.label_width - side) / 2
        square_left = whole_dots(square_left, sheet)
        top = whole_dots(y + (sheet.label_height - side) / 2, sheet)
        for index, row in enumerate(symbol.rows):
            for start, length in runs(row):
                self.rect(
                    square_left + (symbol.quiet_left + start) * module,
                    top + (symbol.quiet_y + index) * module,
                    length * module,
                    module,
                    style="F",
                )
        if beside >= 12:
            space = sheet.label_height - 2 * sheet.padding
            self._texts(label, square_left + side, y + sheet.padding, beside, space)

    def _bars(self, symbol: Symbol, left: float, top: float, module: float, height: float) -> None:
        origin = left + symbol.quiet_left * module
        for start, length in runs(symbol.rows[0]):
            drop = 4 * module if symbol.is_guard(start) else 0
            self.rect(origin + start * module, top, length * module, height + drop, style="F")
        for caption in symbol.captions:
            room = (caption.end - caption.start) * module
            size = min(6.5 * module / (0.72 * _POINT_MM), 9.0)
            self.set_font(_FAMILY, "", size)
            if (needed := self.get_string_width(caption.text)) > room:
                self.set_font(_FAMILY, "", size * room / needed)
            middle = origin + (caption.start + caption.end) / 2 * module
            self.text(
                middle - self.get_string_width(caption.text) / 2,
                top + height + (_CAPTION_RATIO - 1) * module,
                caption.text,
            )

    def _texts(self, label: Label, x: float, y: float, width: float, space: float) -> float:
        """Name, price and SKU within `space` millimetres of height; gives what they took.

        Large labels have larger type. The price is never cut; the name is, and it gives way before the price does.
        """
        size = 8.5 if self.sheet.label_height >= 30 else 6.0
        line = size * _POINT_MM * 1.2
        foot = bool(label.price or label.sku)
        stacked = bool(label.price and label.sku) and width < _SIDE_BY_SIDE_MM
        foot_mm = line * (2.25 if stacked else 1.25) if foot else 0.0
        taken = 0.0
        self.set_font(_FAMILY, "", size)
        names = self._wrapped(label.name, width, int(max(0.0, space - foot_mm) // line))
        for text in names:
            taken += line
            self.text(x, y + taken - line * 0.25, text)
        if foot and space >= foot_mm:
            taken += foot_mm
            baseline = y + taken - line * 0.3
            if stacked:
                self._foot(Label(label.symbol, price=label.price), x, baseline - line, width, size)
                self._foot(Label(label.symbol, sku=label.sku), x, baseline, width, size)
            else:
                self._foot(label, x, baseline, width, size)
        return taken

    def _foot(self, label: Label, x: float, baseline: float, width: float, size: float) -> None:
        """The price at the left and the SKU at the right; alone, it stands left."""
        price_mm = 0.0
        if label.price:
            self.set_font(_FAMILY, "B", size * 1.2)
            if (needed := self.get_string_width(label.price)) > width:
                self.set_font(_FAMILY, "B", size * 1.2 * width / needed)
            price_mm = self.get_string_width(label.price)
            self.text(x, baseline, label.price)
        if label.sku:
            self.set_font(_FAMILY, "", size * 0.85)
            room = width - price_mm - (1.5 if price_mm else 0)
            if room > 5:
                text = self._cut(self._shown(label.sku), room)
                indent = width - self.get_string_width(text) if price_mm else 0
                self.text(x + indent, baseline, text)

    def _wrapped(self, text: str, width: float, lines_max: int) -> list[str]:
        """At most `lines_max`, and no more than two, lines of the text in the current font; the last one is cut."""
        words = self._shown(text).split()
        lines_max = min(lines_max, 2)
        lines: list[str] = []
        while words and len(lines) < lines_max:
            if len(lines) == lines_max - 1:
                lines.append(self._cut(" ".join(words), width))
                break
            taken = 1
            while (
                taken < len(words) and self.get_string_width(" ".join(words[: taken + 1])) <= width
            ):
                taken += 1
            lines.append(self._cut(" ".join(words[:taken]), width))
            words = words[taken:]
        return lines

    def _shown(self, text: str) -> str:
        return shown(text, self.current_font.cmap if isinstance(self.current_font, TTFFont) else {})

    def _cut(self, text: str, width: float) -> str:
        if self.get_string_width(text) <= width:
            return text
        while text and self.get_string_width(f"{text}…") > width:
            text = text[:-1]
        return f"{text.rstrip()}…"
