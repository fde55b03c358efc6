"""Invoices and credit notes on paper, read back from the finished file."""

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from invoice_views import SELLER, STANDARD_12, STANDARD_20, credit_note, invoice, line
from msgspec.structs import fields, replace
from pypdf import PdfReader

from karavan.kit.documents.formatting import (
    Language,
    format_date,
    format_moment,
    format_money,
    format_number,
    format_percent,
)
from karavan.kit.documents.labels import SHARED_LABELS, tax_id_name, unit_name
from karavan.kit.documents.priced_labels import PRICED_LABELS
from karavan.kit.documents.totals import Adjustment, TaxCategory, TaxTreatment
from karavan.kit.documents.words import amount_in_words
from karavan.kit.money import Money
from karavan.modules.invoicing.rendering.labels import INVOICE_LABELS
from karavan.modules.invoicing.rendering.pdf import render_invoice_pdf
from karavan.modules.invoicing.rendering.view import DocumentMark, InvoiceView

KAZAKH_LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
NBSP = "\N{NO-BREAK SPACE}"


def pages(view: InvoiceView) -> list[str]:
    reader = PdfReader(io.BytesIO(render_invoice_pdf(view)))
    return [page.extract_text().replace(NBSP, " ") for page in reader.pages]


def text(view: InvoiceView) -> str:
    return "\n".join(pages(view))


def many(count: int) -> list:
    return [
        line("2", f"{index}.50", STANDARD_12, name=f"Item-{index:03d}", description="In stock")
        for index in range(1, count + 1)
    ]


class TestWords:
    @pytest.mark.parametrize(
        ("amount", "currency", "language", "words"),
        [
            (
                12345050,
                "KZT",
                "en",
                "One hundred and twenty-three thousand, four hundred and fifty tenge 50 tiyn",
            ),
            (100, "USD", "en", "One US dollar 00 cents"),
            (201, "USD", "en", "Two US dollars 01 cent"),
            (0, "EUR", "en", "Zero euros 00 cents"),
            (100000001, "RUB", "en", "One million roubles 01 kopeck"),
            (12345050, "KZT", "ru", "Сто двадцать три тысячи четыреста пятьдесят тенге 50 тиынов"),
            (100101, "KZT", "ru", "Одна тысяча один тенге 01 тиын"),
            (2102, "RUB", "ru", "Двадцать один рубль 02 копейки"),
            (1211, "RUB", "ru", "Двенадцать рублей 11 копеек"),
            (200321, "RUB", "ru", "Две тысячи три рубля 21 копейка"),
            (100000000, "USD", "ru", "Один миллион долларов США 00 центов"),
            (302, "USD", "ru", "Три доллара США 02 цента"),
            (500, "EUR", "ru", "Пять евро 00 центов"),
            (12345050, "KZT", "kk", "Жүз жиырма үш мың төрт жүз елу теңге 50 тиын"),
            (100001, "RUB", "kk", "Бір мың рубль 01 копейка"),
            (2900, "USD", "kk", "Жиырма тоғыз АҚШ доллары 00 цент"),
            (4099, "EUR", "kk", "Қырық еуро 99 цент"),
        ],
    )
    def test_are_right_in_number_and_gender(
        self, amount: int, currency: str, language: str, words: str
    ) -> None:
        assert amount_in_words(Money(amount, currency), Language(language)) == words

    @pytest.mark.parametrize("amount", [Money(-1, "KZT"), Money(10**15, "KZT"), Money(5, "JPY")])
    def test_are_left_out_rather_than_wrong(self, amount: Money) -> None:
        assert [amount_in_words(amount, language) for language in Language] == [None] * 3


class TestFormatting:
    def test_numbers_follow_the_language(self) -> None:
        value = Decimal("-1234567.5")
        assert format_number(value, Language.ENGLISH, 2) == "−1,234,567.50"
        assert format_number(value, Language.RUSSIAN) == f"−1{NBSP}234{NBSP}567,5"
        assert format_number(Decimal("1E+3"), Language.KAZAKH) == f"1{NBSP}000"
        assert format_percent(Decimal("12.50"), Language.ENGLISH) == "12.5%"
        assert format_percent(Decimal(12), Language.RUSSIAN) == f"12{NBSP}%"

    def test_money_has_the_digits_of_its_currency(self) -> None:
        assert format_money(Money(123450, "KZT"), Language.RUSSIAN) == f"1{NBSP}234,50{NBSP}KZT"
        assert format_money(Money(1500, "JPY"), Language.ENGLISH) == f"1,500{NBSP}JPY"
        assert format_money(Money(1234, "KWD"), Language.ENGLISH) == f"1.234{NBSP}KWD"

    def test_days_are_written_in_words(self) -> None:
        moment = datetime(2025, 3, 8, 23, 5, tzinfo=UTC)
        assert format_date(moment.date(), Language.ENGLISH) == "8 March 2025"
        assert format_date(moment.date(), Language.RUSSIAN) == "8 марта 2025 г."
        assert format_date(moment.date(), Language.KAZAKH) == "2025 жылғы 8 наурыз"
        assert format_moment(moment, Language.ENGLISH) == "8 March 2025, 23:05 UTC"

    def test_units_and_tax_numbers_have_names_and_unknown_ones_show_their_code(self) -> None:
        assert [unit_name("H87", one) for one in Language] == ["pcs", "шт.", "дана"]
        assert unit_name("4K", Language.RUSSIAN) == "4K"
        assert tax_id_name("KZ", Language.KAZAKH) == "БСН/ЖСН"
        assert tax_id_name("DE", Language.ENGLISH) == "Tax ID"


class TestLabels:
    @pytest.mark.parametrize("catalogue", [SHARED_LABELS, PRICED_LABELS, INVOICE_LABELS])
    def test_are_complete_and_keep_their_places_in_every_language(self, catalogue: dict) -> None:
        english = catalogue[Language.ENGLISH]
        for language in Language:
            for one in fields(english):
                ours, theirs = getattr(catalogue[language], one.name), getattr(english, one.name)
                assert set(_placeholders(ours)) == set(_placeholders(theirs)), (language, one.name)
                assert all(_flat(ours)), (language, one.name)


def _flat(value: object) -> Iterator[str]:
    yield from value.values() if isinstance(value, dict) else [str(value)]


def _placeholders(value: object) -> Iterator[str]:
    for one in _flat(value):
        yield from (part.split("}")[0] for part in one.split("{")[1:])


class TestInvoice:
    def test_says_who_what_how_much_and_where_to_pay(self) -> None:
        freight = Adjustment(Money(500, "EUR"), STANDARD_20, "Freight")
        content = text(invoice(charges=(freight,), prepaid=Money(1000, "EUR")))
        for expected in (
            "Invoice No. 2025-000123",
            "Dated 21 November 2025",
            "ТОО «Қарағанды Құрылыс Жабдықтау»",
            "051140012345",
            "ООО «Горизонт»",
            "780101001",
            "5 December 2025",
            "C-2025-0012",
            "PO-7781",
            "Портландцемент ПЦ 400-Д0",
            "Charge: Freight",
            "VAT 20% of 134.99 EUR",
            "27.00 EUR",
            "161.99 EUR",
            "−10.00 EUR",
            "151.99 EUR",
            "One hundred and fifty-one euros 99 cents",
            "KZ86 125K ZT50 0410 0100",
            "HSBKKZKX",
            "INV-2025-000123",
            "Page 1 of 1",
        ):
            assert expected in content, expected

    @pytest.mark.parametrize("language", list(Language))
    def test_every_kazakh_letter_survives_in_every_language(self, language: Language) -> None:
        view = invoice([line("1", "1", name=f"Шкаф {KAZAKH_LETTERS} ₸ №")], language=language)
        assert f"Шкаф {KAZAKH_LETTERS} ₸ №" in text(view)

    def test_speaks_russian_and_kazakh(self) -> None:
        russian = text(invoice(many(1), "KZT", language=Language.RUSSIAN))
        assert "Счёт на оплату № 2025-000123" in russian
        assert "НДС 12 % от 3,00 KZT" in russian
        assert "Три тенге 36 тиынов" in russian
        kazakh = text(invoice(many(1), "KZT", language=Language.KAZAKH))
        assert "Төлем шоты № 2025-000123" in kazakh
        assert "ҚҚС-сыз жиыны" in kazakh
        assert "1-бет, барлығы 1" in kazakh

    def test_states_why_no_tax_is_charged(self) -> None:
        exempt = TaxTreatment(TaxCategory.EXEMPT, Decimal(0), "Art. 394 of the Tax Code")
        content = text(invoice([line("1", "100", exempt)]))
        assert "Exempt on 100.00 EUR" in content
        assert "Art. 394 of the Tax Code" in content

    @pytest.mark.parametrize(
        ("mark", "word"), [(DocumentMark.DRAFT, "DRAFT"), (DocumentMark.VOID, "VOID")]
    )
    def test_a_draft_and_a_void_one_are_marked(self, mark: DocumentMark, word: str) -> None:
        assert word in text(invoice(mark=mark))
        assert word not in text(invoice())

    def test_currency_without_minor_unit_has_no_decimals_and_no_words(self) -> None:
        content = text(invoice([line("3", "500", STANDARD_20)], "JPY"))
        assert "1,800 JPY" in content
        assert "Amount in words" not in content

    def test_letters_that_the_font_lacks_leave_a_visible_mark(self) -> None:
        assert "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} ok" in text(
            invoice(note="漢字 ok")
        )


class TestPages:
    def test_sixty_lines_repeat_the_header_and_number_the_pages(self) -> None:
        content = pages(invoice(many(60)))
        assert len(content) > 2
        for index, page in enumerate(content, 1):
            assert f"Page {index} of {len(content)}" in page
            assert "Goods, works, services" in page
        assert all(f"Item-{index:03d}" in "\n".join(content) for index in range(1, 61))
        assert all("Invoice No. 2025-000123 · ТОО" in page for page in content[1:])

    @pytest.mark.parametrize("count", range(11, 19))
    def test_sums_never_stand_without_a_line(self, count: int) -> None:
        content = pages(invoice(many(count)))
        (sums,) = [page for page in content if "Amount due" in page]
        assert f"Item-{count:03d}" in sums

    def test_a_row_taller_than_a_page_goes_on_over_pages(self) -> None:
        words = [f"token{index}" for index in range(1500)]
        content = pages(invoice([line("1", "5", description=" ".join(words))]))
        assert len(content) > 1
        assert [one for one in "\n".join(content).split() if one.startswith("token")] == words

    def test_words_without_spaces_are_broken_and_figures_are_not(self) -> None:
        view = invoice(
            [line("999999.123456", "89999999.123456", STANDARD_12, name="Х" * 300)], "KZT"
        )
        content = text(view)
        assert content.count("Х") == 300
        assert "89,999,920,234,496.77" in content


class TestFile:
    def test_carries_title_author_language_and_outline(self) -> None:
        reader = PdfReader(io.BytesIO(render_invoice_pdf(invoice(language=Language.KAZAKH))))
        assert reader.xmp_metadata is not None
        assert reader.xmp_metadata.dc_title == {"x-default": "Төлем шоты № 2025-000123"}
        assert reader.xmp_metadata.dc_creator == [SELLER.legal_name]
        assert reader.xmp_metadata.dc_language == ["kk"]
        assert reader.trailer["/Root"]["/Lang"] == "kk"
        assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
        assert [one.title for one in reader.outline] == [
            "Төлем шоты № 2025-000123",
            "Төлем деректемелері",
        ]

    def test_embeds_its_fonts_and_declares_pdf_a(self) -> None:
        reader = PdfReader(io.BytesIO(render_invoice_pdf(invoice())))
        fonts = reader.pages[0]["/Resources"]["/Font"]
        for font in fonts.values():
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/FontFile2" in descriptor
            assert "/ToUnicode" in font
        xmp = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
        assert "<pdfaid:part>2</pdfaid:part>" in xmp
        assert "<pdfaid:conformance>U</pdfaid:conformance>" in xmp
        assert 'xmp:ModifyDate="2025-11-21T09:30:00+00:00"' in xmp

    def test_is_the_same_to_the_byte_in_another_process_at_another_time(self) -> None:
        here = hashlib.sha256(render_invoice_pdf(invoice(many(40)))).hexdigest()
        script = (
            "import hashlib, test_invoice_pdf as t;"
            "print(hashlib.sha256(t.render_invoice_pdf(t.invoice(t.many(40)))).hexdigest())"
        )
        root = Path(__file__).parents[3]
        environment = os.environ | {
            "PYTHONHASHSEED": "7",
            "TZ": "Asia/Almaty",
            "PYTHONPATH": os.pathsep.join([str(root), str(Path(__file__).parent)]),
        }
        there = subprocess.run(
            [sys.executable, "-c", script],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert there.stdout.strip() == here

    def test_differs_when_the_document_does(self) -> None:
        base = render_invoice_pdf(invoice())
        assert render_invoice_pdf(invoice(number="2025-000124")) != base
        later = replace(invoice(), issued_at=datetime(2025, 11, 21, 9, 31, tzinfo=UTC))
        assert render_invoice_pdf(later) != base

    def test_markup_and_controls_in_names_do_no_harm(self) -> None:
        nasty = replace(SELLER, legal_name="A\x00\x1b <b>&</b> ](x) **bold** {nb} \\(")
        content = text(invoice(seller=nasty))
        assert "A <b>&</b> ](x) **bold**" in content


class TestCreditNote:
    def test_names_the_invoice_it_corrects(self) -> None:
        content = text(credit_note())
        assert "Credit note No. 2025-000123" in content
        assert "№ 2025-000100, 1 October 2025" in content
        assert "Amount credited" in content
        assert "Amount due" not in content
