"""Numbers that are checked, and symbols that other people's readers understand."""

import io
import random
import re
import string
from datetime import UTC, datetime

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from karavan.modules.catalogue.barcodes import gtin
from karavan.modules.catalogue.barcodes.code128 import FUNCTION_1, code128_values, encode_code128
from karavan.modules.catalogue.barcodes.drawing import draw_png, draw_svg, total_height
from karavan.modules.catalogue.barcodes.gtin import CodeError
from karavan.modules.catalogue.barcodes.label_sizes import Label, fits
from karavan.modules.catalogue.barcodes.labels import LabelTooSmallError, render_labels
from karavan.modules.catalogue.barcodes.quick_response import encode_qr
from karavan.modules.catalogue.barcodes.retail import encode_gtin
from karavan.modules.catalogue.barcodes.sheets import SHEETS, SheetName
from karavan.modules.catalogue.barcodes.symbols import Symbol, Symbology


def read(content: bytes) -> list[tuple[str, str]]:
    """What an independent reader makes of a picture."""
    found = zxingcpp.read_barcodes(
        Image.open(io.BytesIO(content)), text_mode=zxingcpp.TextMode.Plain
    )
    return [(str(one.format), one.text) for one in found]


class TestNumbers:
    @pytest.mark.parametrize(
        ("body", "digit"),
        [("400638133393", 1), ("460123456789", 3), ("03600029145", 2), ("9638507", 4)],
    )
    def test_check_digits_of_the_standard(self, body: str, digit: int) -> None:
        assert gtin.check_digit(body) == digit

    @pytest.mark.parametrize(
        ("written", "expected", "printed"),
        [
            ("4006381333931", "04006381333931", "4006381333931"),
            (" 0-36000-29145-2 ", "00036000291452", "036000291452"),
            ("0036000291452", "00036000291452", "036000291452"),
            ("00036000291452", "00036000291452", "036000291452"),
            ("9638 5074", "00000096385074", "96385074"),
            ("14006381333938", "14006381333938", "14006381333938"),
        ],
    )
    def test_all_kinds_become_fourteen_digits(self, written, expected, printed) -> None:
        assert gtin.normalise(written) == expected
        assert gtin.printed(expected) == printed

    @pytest.mark.parametrize(
        ("written", "code", "advice"),
        [
            ("4006381333932", "barcode.check_digit", "should be 1 (4006381333931)"),
            ("400638133393", "barcode.check_digit", "should be 0"),
            ("03600029145", "barcode.length", "it is 036000291452"),
            ("123", "barcode.length", "this one has 3"),
            ("KAFE-1", "barcode.characters", "Code 128 or a QR code"),
            ("٤٠٠٦٣٨١٣٣٣٩٣١", "barcode.characters", "digits only"),
            ("", "barcode.characters", "digits only"),
            ("0000000000000", "barcode.zero", "names nothing"),
        ],
    )
    def test_mistakes_say_how_to_mend_them(self, written, code, advice) -> None:
        with pytest.raises(CodeError) as refused:
            gtin.normalise(written)
        assert refused.value.code == code
        assert advice in refused.value.detail

    def test_scans_of_many_kinds_mean_one_number(self) -> None:
        number = "14006381333938"
        for scan in (number, f"(01){number}", f"]C101{number}", f"01{number}\x1d10LOT"):
            assert gtin.find_in_scan(scan) == number
        for other in ("KAFE-0042", "4006381333932", "", "01"):
            assert gtin.find_in_scan(other) is None

    def test_the_range_of_a_firm(self) -> None:
        assert gtin.in_store(1) == "02900000000018"
        assert gtin.is_in_store(gtin.in_store(gtin.IN_STORE_MAX))
        assert not gtin.is_in_store("04006381333931")
        assert gtin.normalise(gtin.in_store(77)) == gtin.in_store(77)
        with pytest.raises(CodeError, match="used up"):
            gtin.in_store(gtin.IN_STORE_MAX + 1)


class TestSymbols:
    @pytest.mark.parametrize(
        ("written", "symbology", "modules", "quiet", "said"),
        [
            ("4006381333931", Symbology.EAN_13, 95, (11, 7), ("EAN-13", "4006381333931")),
            ("96385074", Symbology.EAN_8, 67, (7, 7), ("EAN-8", "96385074")),
            ("036000291452", Symbology.UPC_A, 95, (9, 9), ("EAN-13", "0036000291452")),
            ("14006381333938", Symbology.CODE_128, 134, (10, 10), ("Code 128", "0114006381333938")),
        ],
    )
    def test_retail(self, written, symbology, modules, quiet, said) -> None:
        symbol = encode_gtin(gtin.normalise(written))
        assert symbol.symbology is symbology
        assert len(symbol.rows[0]) == modules
        assert (symbol.quiet_left, symbol.quiet_right) == quiet
        for scale in (1, 2, 5):
            (found,) = read(draw_png(symbol, scale=scale))
            assert found == said

    def test_every_first_digit_of_an_ean(self) -> None:
        for first in range(1, 10):
            number = gtin.with_check_digit(f"{first}12345678905"[:12])
            assert read(draw_png(encode_gtin(number.zfill(14)))) == [("EAN-13", number)]

    def test_code_128_of_the_standard(self) -> None:
        assert code128_values("LOT-42") == [104, 44, 47, 52, 13, 20, 18, 40, 106]
        assert code128_values("123456") == [105, 12, 34, 56, 44, 106]
        assert code128_values(f"{FUNCTION_1}0195012345678903") == [
            105, 102, 1, 95, 1, 23, 45, 67, 89, 3, 31, 106,
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "symbols"),
        [
            ("AB", 2), ("1234", 2), ("12345", 4), ("A1234", 4), ("A123456B", 7), ("\x01a", 4 - 1),
            ("\x01ab\x02", 6), ("a\x01b", 4), ("00000a", 5),
        ],
    )  # fmt: skip
    def test_code_128_is_as_short_as_can_be(self, text: str, symbols: int) -> None:
        """Data and switches, without start, check and stop."""
        assert len(code128_values(text)) - 3 == symbols

    def test_code_128_reads_back_whatever_it_says(self) -> None:
        chance = random.Random(7)
        kinds = [string.digits, string.ascii_lowercase, string.ascii_uppercase, "\t\n\x01\x1f-/ ~"]
        for _ in range(60):
            length = chance.randint(1, 24)
            text = "".join(chance.choice(chance.choice(kinds)) for _ in range(length))
            assert read(draw_png(encode_code128(text), scale=2)) == [("Code 128", text)]

    @pytest.mark.parametrize(
        ("text", "code"),
        [("", "barcode.empty"), ("кофе", "barcode.characters"), ("x" * 81, "barcode.length")],
    )
    def test_what_code_128_cannot_say(self, text: str, code: str) -> None:
        with pytest.raises(CodeError) as refused:
            code128_values(text)
        assert refused.value.code == code

    @pytest.mark.parametrize("text", ["KAFE-1", "https://karavan.example/p/1", "Қазақ қағазы №1"])
    def test_qr(self, text: str) -> None:
        symbol = encode_qr(text)
        assert symbol.quiet_left == symbol.quiet_y == 4
        assert read(draw_png(symbol, scale=3)) == [("QR Code", text)]

    def test_svg_has_the_same_bars_as_png(self) -> None:
        symbol = encode_gtin("04006381333931")
        svg = draw_svg(symbol).decode()
        assert f'viewBox="0 0 113 {total_height(symbol)}" width="37.29mm"' in svg
        assert "<script" not in draw_svg(encode_qr('"><script>')).decode()
        drawn = Image.new("L", (symbol.width, total_height(symbol)), 255)
        for x, y, w, h in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", svg)[1:]:
            drawn.paste(0, (int(x), int(y), int(x) + int(w), int(y) + int(h)))
        buffer = io.BytesIO()
        drawn.resize((symbol.width * 3, drawn.height * 3), 0).save(buffer, "PNG")
        assert read(buffer.getvalue()) == [("EAN-13", "4006381333931")]


NAME = "Кофе зерновой «Эфиопия Иргачеффе», 1 кг, средняя обжарка"
MADE_AT = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def labels() -> list[Label]:
    symbols: list[Symbol] = [
        encode_gtin("04006381333931"),
        encode_gtin("00000096385074"),
        encode_gtin("00036000291452"),
        encode_code128("KAFE-42"),
        encode_qr("Қаз-0042"),
    ]
    return [Label(symbol, NAME, "12 490,00 KZT", "KAFE-42") for symbol in symbols]


def pages_of(pdf: bytes, dots_per_inch: int) -> list[Image.Image]:
    """The pages as a printer would see them: a dot is black when half of it is covered."""
    with pypdfium2.PdfDocument(pdf) as document:
        fine = [
            page.render(scale=4 * dots_per_inch / 72, grayscale=True).to_pil() for page in document
        ]
        return [page.reduce(4).point(lambda light: 255 * (light >= 128)) for page in fine]


class TestLabels:
    @pytest.mark.parametrize("name", list(SheetName))
    def test_are_read_from_every_sheet_and_stay_on_their_places(self, name) -> None:
        sheet = SHEETS[name]
        pdf = render_labels(
            labels(), sheet, start=2, title="Labels", language="en", created_at=MADE_AT
        )
        density = 203 if sheet.dot else 300
        pages = pages_of(pdf, density)
        assert len(pages) == (5 if sheet.labels == 1 else 1)
        said = []
        for index in range(5):
            page = pages[index if sheet.labels == 1 else 0]
            x, y = sheet.place(0 if sheet.labels == 1 else index + 1)
            box = (x, y, x + sheet.label_width, y + sheet.label_height)
            label = page.crop(tuple(round(edge / 25.4 * density) for edge in box))
            said += [one.text for one in zxingcpp.read_barcodes(label)]
        assert said == ["4006381333931", "96385074", "0036000291452", "KAFE-42", "Қаз-0042"]
        if sheet.labels > 1:
            x, y = sheet.place(0)
            edges = (x, y, x + sheet.label_width, y + sheet.label_height)
            first = pages[0].crop(tuple(round(edge / 25.4 * density) for edge in edges))
            assert first.getextrema() == (255, 255)

    def test_bars_are_whole_dots_of_a_label_printer(self) -> None:
        sheet = SHEETS[SheetName.ROLL_43X25]
        pdf = render_labels(
            labels()[:1], sheet, start=1, title="", language="en", created_at=MADE_AT
        )
        (page,) = pages_of(pdf, 203)
        row = [page.getpixel((x, page.height * 6 // 10)) < 128 for x in range(page.width)]
        widths = re.findall("1+|0+", "".join("1" if dark else "0" for dark in row).strip("0"))
        assert {len(width) for width in widths} == {2, 4, 6, 8}
        assert row.index(True) >= 11 * 2
        assert row[::-1].index(True) >= 7 * 2

    def test_go_on_over_pages_and_are_the_same_bytes_again(self) -> None:
        sheet = SHEETS[SheetName.A4_2X7]
        one = labels()[3]
        made = [
            render_labels(
                [one] * 16, sheet, start=14, title="Labels", language="en", created_at=MADE_AT
            )
            for _ in range(2)
        ]
        assert made[0] == made[1]
        assert [len(zxingcpp.read_barcodes(page)) for page in pages_of(made[0], 300)] == [
            1,
            14,
            1,
        ]

    def test_a_code_that_would_be_too_fine_is_not_printed(self) -> None:
        sheet = SHEETS[SheetName.ROLL_43X25]
        long = encode_code128("A-VERY-LONG-ARTICLE-NUMBER-0001")
        assert not fits(long, sheet)
        assert fits(long, SHEETS[SheetName.A4_2X7])
        with pytest.raises(LabelTooSmallError):
            render_labels(
                [Label(long)], sheet, start=1, title="", language="en", created_at=MADE_AT
            )
