"""An A4 document: type, colours, header, footer, and blocks that know where a page ends."""

from datetime import UTC, datetime
from html import escape
from importlib.resources import as_file, files

from fpdf import FPDF, XPos, YPos
from fpdf.enums import DocumentCompliance
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences
from msgspec import Struct

from karavan.kit.documents.formatting import Language, clean_text
from karavan.kit.documents.glyphs import shown
from karavan.kit.documents.labels import SHARED_LABELS

Colour = tuple[int, int, int]

INK: Colour = (24, 33, 38)
MUTED: Colour = (92, 104, 110)
ACCENT: Colour = (15, 107, 100)
RULE: Colour = (212, 219, 218)
TINT: Colour = (242, 246, 245)
ALARM: Colour = (170, 40, 40)

_FAMILY = "Roboto"
_FONT_FILES = {"": "Roboto-Regular.ttf", "B": "Roboto-Bold.ttf"}
_MARGIN_MM = 18.0
_TOP_FIRST_MM = 18.0
_TOP_NEXT_MM = 26.0
_BOTTOM_MM = 22.0
_LINE_RATIO = 0.47
"""Line height in millimetres for each point of type: a little over a third of airy leading."""


class DocumentFrame(Struct, frozen=True):
    """What surrounds the content: metadata, and the line that names the document on later pages."""

    title: str
    author: str
    subject: str
    running_title: str
    language: Language
    created_at: datetime


class DocumentPdf(FPDF):
    """A document under construction; `finish` gives its bytes.

    The same calls with the same `DocumentFrame` give the same bytes: the dates come from the frame and
    the file id from the content, because the hash of a contract is stored and signed. The file is
    declared PDF/A-2u (embedded fonts, sRGB, text that can be extracted), as archives ask.
    """

    def __init__(self, frame: DocumentFrame) -> None:
        super().__init__(format="A4", enforce_compliance=DocumentCompliance.PDFA_2U)
        self.frame = frame
        created_at = frame.created_at.astimezone(UTC).replace(microsecond=0)
        self.set_creation_date(created_at)
        self.set_title(clean_text(frame.title))
        self.set_author(clean_text(frame.author))
        self.set_subject(clean_text(frame.subject))
        self.set_creator("Karavan")
        self.set_producer("Karavan")
        self.set_lang(frame.language.value)
        self.set_xmp_metadata(_xmp(frame, created_at))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        for style, name in _FONT_FILES.items():
            with as_file(files("font_roboto") / "files" / name) as path:
                self.add_font(_FAMILY, style, path)
        self.set_margins(_MARGIN_MM, _TOP_FIRST_MM)
        self.set_auto_page_break(True, _BOTTOM_MM)
        self.c_margin = 0
        self.style()
        self.add_page()

    # Page furniture, called by fpdf2.

    def header(self) -> None:
        """Name the document on every page but the first, which has its own title."""
        if self.page_no() == 1:
            return
        self.set_y(14)
        self.style(8, MUTED)
        self.cell(0, 4, self.fitted(self.frame.running_title, self.epw))
        self.rule(20)
        self.set_y(_TOP_NEXT_MM)

    def footer(self) -> None:
        """Number the page; the total is filled in when the document is finished."""
        label = SHARED_LABELS[self.frame.language].page.format(
            page=self.page_no(), total=self.str_alias_nb_pages
        )
        self.rule(self.h - 15)
        self.set_y(-13)
        self.style(8, MUTED)
        self.cell(self.epw * 0.8, 4, self.fitted(self.frame.title, self.epw * 0.75))
        # The total is not known yet, so the text cannot be aligned by its right edge.
        self.set_x(self.w - self.r_margin - self.get_string_width(label.replace("{nb}", "00")))
        self.cell(0, 4, label)

    # Type.

    def style(self, size: float = 9, colour: Colour = INK, *, bold: bool = False) -> None:
        """Choose size in points, colour and weight for what is written next."""
        self.set_font(_FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)

    @property
    def line_mm(self) -> float:
        """Height of a line in the current size."""
        return self.font_size_pt * _LINE_RATIO

    def printable(self, text: str) -> str:
        """Text as the font can show it; see `shown`."""
        return shown(text, self.current_font.cmap if isinstance(self.current_font, TTFFont) else {})

    def fitted(self, text: str, width_mm: float) -> str:
        """Text cut with an ellipsis to one line of `width_mm`; only for page furniture."""
        text = self.printable(text).replace("\n", " ")
        if self.get_string_width(text) <= width_mm:
            return text
        while text and self.get_string_width(text + "…") > width_mm:
            text = text[:-1]
        return text.rstrip() + "…"

    def wrapped(self, text: str, width_mm: float) -> list[str]:
        """The lines that text takes in the current style; words that are too long are broken."""
        if not text.strip():
            return []
        lines = self.multi_cell(
            width_mm, self.line_mm, self.printable(text), dry_run=True, output="LINES", align="L"
        )
        return [line.rstrip() for line in lines] if isinstance(lines, list) else []

    # Blocks.

    def rule(self, y_mm: float, colour: Colour = RULE, width_mm: float = 0.2) -> None:
        """A line across the type area."""
        self.set_draw_color(*colour)
        self.set_line_width(width_mm)
        self.line(self.l_margin, y_mm, self.w - self.r_margin, y_mm)

    @property
    def space_left_mm(self) -> float:
        """What remains of the page above the footer."""
        return self.h - _BOTTOM_MM - self.get_y()

    @property
    def page_height_mm(self) -> float:
        """What an empty page after the first holds."""
        return self.h - _BOTTOM_MM - _TOP_NEXT_MM

    def keep_together(self, height_mm: float) -> bool:
        """Start a page if less than `height_mm` is left, and say whether it did."""
        if self.space_left_mm >= height_mm or self.get_y() <= _TOP_NEXT_MM:
            return False
        self.add_page()
        return True

    def gap(self, height_mm: float) -> None:
        """White space, which is dropped at the end of a page."""
        self.set_y(min(self.get_y() + height_mm, self.h - _BOTTOM_MM))

    def paragraph(self, text: str, width_mm: float = 0, *, x_mm: float | None = None) -> None:
        """Wrapped text in the current style, line by line over page breaks."""
        left = self.l_margin if x_mm is None else x_mm
        width = width_mm or self.w - self.r_margin - left
        for line in self.wrapped(text, width):
            if self.space_left_mm < self.line_mm:
                self.add_page()
            self.set_x(left)
            self.cell(width, self.line_mm, line, new_x=XPos.LEFT, new_y=YPos.NEXT)

    def section(self, title: str, keep_mm: float = 14) -> None:
        """A heading with an outline entry; never the last thing on a page."""
        self.gap(4)
        self.keep_together(keep_mm + 6)
        self.start_section(clean_text(title))
        self.style(10.5, ACCENT, bold=True)
        self.paragraph(title)
        self.gap(1.2)
        self.style()

    def title_block(self, title: str, subtitle: str, mark: str = "") -> None:
        """The name of the document, large, with a state such as “Draft” at the right."""
        self.start_section(clean_text(title))
        top = self.get_y()
        self.style(9, ALARM, bold=True)
        mark_mm = self.get_string_width(mark) + 6 if mark else 0.0
        if mark:
            self.set_draw_color(*ALARM)
            self.set_line_width(0.4)
            self.set_xy(self.w - self.r_margin - mark_mm, top + 1)
            self.cell(mark_mm, 7, mark, border=1, align="C")
        self.set_y(top)
        self.style(19, INK, bold=True)
        self.paragraph(title, self.epw - mark_mm - (4 if mark else 0))
        self.style(10, MUTED)
        self.paragraph(subtitle)
        self.gap(2.5)
        self.rule(self.get_y(), ACCENT, 0.6)
        self.gap(4)
        self.style()

    def finish(self) -> bytes:
        """The finished file."""
        return bytes(self.output())


def _xmp(frame: DocumentFrame, created_at: datetime) -> str:
    """Metadata that repeats the document's own dates; fpdf2 would stamp the present moment into it.

    Source: XMP as ISO 19005-2 § 6.6 asks of PDF/A-2.
    """
    moment = created_at.isoformat()
    language = frame.language.value

    def text(value: str) -> str:
        return escape(clean_text(value), quote=True)

    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmp:CreatorTool="Karavan" xmp:CreateDate="{moment}" xmp:ModifyDate="{moment}"
    xmp:MetadataDate="{moment}" pdf:Producer="Karavan">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>U</pdfaid:conformance>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{text(frame.title)}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text(frame.subject)}</rdf:li></rdf:Alt></dc:description>
   <dc:creator><rdf:Seq><rdf:li>{text(frame.author)}</rdf:li></rdf:Seq></dc:creator>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>"""
