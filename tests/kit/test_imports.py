"""Reading and recognising table files: the same price list in every kind of file says the same."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from karavan.kit.imports.errors import TableRefusal, TableRefusedError
from karavan.kit.imports.faults import CellError
from karavan.kit.imports.readers import open_table
from karavan.kit.imports.recognising import recognise
from karavan.kit.imports.records import Reader, parts_of
from karavan.kit.imports.seen import SeenKeys
from karavan.kit.imports.target import Field, Target
from karavan.kit.imports.values import (
    Hints,
    amount,
    boolean,
    code,
    number,
    percent,
    quantity,
    text,
    unit,
    whole,
)
from tests.factories.tables import (
    HEAD,
    PRICE_LIST,
    csv_bytes,
    ods_bytes,
    xlsx_bytes,
    zip_bytes,
)

GOODS = Target(
    name="goods",
    key="sku",
    section="group",
    fields=[
        Field(name="sku", synonyms=["артикул", "item code", "тауар коды"], parse=code(40), required=True),
        Field(name="name", synonyms=["наименование", "product name", "атауы"], parse=text(100)),
        Field(name="price", synonyms=["цена", "price", "бағасы"], parse=amount),
        Field(name="stock", synonyms=["остаток", "in stock", "қалдық"], parse=quantity),
        Field(
            name="unit", synonyms=["ед изм", "unit", "өлшем бірлігі"], parse=unit,
            betrays=lambda cell: cell in {"шт", "кг"},
        ),
        Field(
            name="weight", synonyms=["вес", "weight", "салмағы"], parse=whole,
            factors={"кг": Decimal(1000), "kg": Decimal(1000)},
        ),
        Field(name="group", synonyms=["группа"], parse=lambda cell, _: parts_of(str(cell))),
    ],
)  # fmt: skip

EXPECTED = [
    (6, "K-1", (Decimal("4500.50"), "KZT"), Decimal(12), "H87", 1500, ("Кофе", "Зерновой")),
    (7, "K-2", (Decimal(5200), None), Decimal(7), "XPK", 250, ("Кофе", "Зерновой")),
    (10, "T-1", (Decimal(1200), "KZT"), Decimal(0), "XPK", 100, ("Чай", "Чёрный")),
]
# What the old code page has no letters for is written otherwise.
OLD_SIGNS = [
    [cell.replace("₸", "тг").replace("→", ">") if isinstance(cell, str) else cell for cell in row]
    for row in PRICE_LIST
]
OLD_WORKBOOK = Path(__file__).parent / "price_list.xls"


def read(content: bytes, remembered: dict[str, str | None] | None = None):
    table = open_table(io.BytesIO(content))
    try:
        found = recognise(table, GOODS, remembered or {})
        reader = Reader(table, GOODS, found.mapping)
        return table, found, [record for _, record in reader.records()], reader
    finally:
        table.close()


def said(records):
    return [
        (
            r.number,
            r.values.get("sku"),
            r.values.get("price"),
            r.values.get("stock"),
            r.values.get("unit"),
            r.values.get("weight"),
            r.values.get("group"),
        )
        for r in records
    ]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("csv", csv_bytes(PRICE_LIST)),
        ("csv", csv_bytes(PRICE_LIST, delimiter=",", encoding="utf-8-sig")),
        ("csv", csv_bytes(PRICE_LIST, delimiter="\t", encoding="utf-16")),
        ("csv", csv_bytes(PRICE_LIST, encoding="utf-16-le")),
        ("csv", csv_bytes(PRICE_LIST, delimiter="|", encoding="utf-16-be")),
        ("csv", csv_bytes(OLD_SIGNS, encoding="cp1251")),
        ("xlsx", xlsx_bytes(PRICE_LIST)),
        ("ods", ods_bytes(PRICE_LIST)),
    ],
)  # fmt: skip
def test_a_price_list_says_the_same_in_every_kind_of_file(kind: str, content: bytes) -> None:
    table, found, records, reader = read(content)
    assert table.kind == kind
    assert found.mapping.header_row == 4
    assert found.mapping.currency == "KZT"
    assert [column.field for column in found.mapping.columns[:6]] == [
        "sku",
        "name",
        "price",
        "stock",
        "unit",
        "weight",
    ]
    assert all(column.confidence >= 0.7 for column in found.mapping.columns[:6])
    assert said(records) == EXPECTED
    assert [record.errors for record in records] == [[], [], []]
    assert reader.ignored == 1  # the totals


def test_headings_are_recognised_in_three_languages_and_remembered() -> None:
    for head in (
        ["Item code", "Product name", "Price (USD)", "In stock", "Unit"],
        ["Тауар коды", "Атауы", "Бағасы, ₸", "Қалдық", "Өлшем бірлігі"],
    ):
        _, found, records, _ = read(csv_bytes([head, ["A-1", "Nut", "10", "5", "шт"]]))
        fields = [column.field for column in found.mapping.columns]
        assert fields == ["sku", "name", "price", "stock", "unit"]
        assert records[0].values["price"] == (Decimal(10), None)
    assert found.mapping.currency == "KZT"
    strange = csv_bytes([["Ref", "What", "Their price"], ["A-1", "Nut", "10"]])
    remembered = {"ref": "sku", "what": "name", "their price": None}
    _, found, _, _ = read(strange, remembered)
    assert [(c.field, c.confidence) for c in found.mapping.columns] == [
        ("sku", 1.0),
        ("name", 1.0),
        (None, 1.0),
    ]
    # Values betray a column without a name.
    _, found, _, _ = read(
        csv_bytes([["Артикул", "", "Цена"], *[[f"A{i}", "шт", i] for i in range(5)]])
    )
    assert [c.field for c in found.mapping.columns] == ["sku", "unit", "price"]


def test_hidden_rows_sheets_and_merged_cells() -> None:
    rows = [
        ["Артикул", "Группа", "Цена"],
        ["A-1", "Орехи", 100],
        ["A-2", None, 200],
        ["A-3", None, 300],
        ["A-4", "Чай", 400],
    ]
    content = xlsx_bytes(
        rows,
        hidden_rows=[3],
        merged=["B2:B4"],
        hidden_sheet=[["Артикул", "Цена"], *[[f"X-{i}", i] for i in range(50)]],
    )
    table, found, records, _ = read(content)
    assert [(s.name, s.hidden) for s in table.sheets] == [("Скрытый", True), ("Прайс", False)]
    assert found.mapping.sheet == 1
    assert [(r.values["sku"], r.values["group"], r.values["price"][0]) for r in records] == [
        ("A-1", ["Орехи"], Decimal("100.0")),
        ("A-3", ["Орехи"], Decimal("300.0")),
        ("A-4", ["Чай"], Decimal("400.0")),
    ]
    _, _, records, _ = read(ods_bytes(rows, hidden_rows=[3]))
    assert [r.values["sku"] for r in records] == ["A-1", "A-3", "A-4"]


SHEET = "xl/worksheets/sheet1.xml"
UNUSUAL = [
    # (of the sheet or the texts, what is written, how it might be written as well)
    (SHEET, "<sheetData>", "<!-- by hand --><sheetData>"),
    (SHEET, "</row></sheetData>", '</row><row r="90" hidden="1"/><row r="91"/></sheetData>'),
    (SHEET, '<row r="3"', '<row r="2"/><row\n r="3"'),
    (SHEET, 'r="D6"><v>12</v>', 'r="D6"><v>12.0</v><extLst/>'),
    (SHEET, 'r="D6"><v>12</v>', 'r="D6"><f>6*2</f><v>1.2E1</v>'),
    ("xl/sharedStrings.xml", "Арабика Бразилия", "<![CDATA[Арабика]]> Бразилия"),
    ("xl/sharedStrings.xml", "<t>K-1</t>", "<r><t>K</t></r><r><rPr><b/></rPr><t>-1</t></r>"),
    ("xl/sharedStrings.xml", "<t>K-1</t>", "<t>&#75;-1</t>"),
    ("xl/sharedStrings.xml", "</si></sst>", "</si><si/></sst>"),
]  # fmt: skip


def rewritten(part: str, written: str, otherwise: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(PRICE_LIST))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert written.encode() in parts[part], parts[part]
    parts[part] = parts[part].replace(written.encode(), otherwise.encode())
    return zip_bytes(parts)


@pytest.mark.parametrize(("part", "written", "otherwise"), UNUSUAL)
def test_a_workbook_says_the_same_however_it_is_written(part, written, otherwise) -> None:
    _, _, records, _ = read(rewritten(part, written, otherwise))
    assert said(records) == EXPECTED


def test_rows_of_changing_shapes_say_the_same_as_to_the_parser() -> None:
    rows = [HEAD, *[
        [f"A-{i}", None if i % 3 else f"Имя {i}", i if i % 2 else str(i), None if i % 5 else i / 4, "шт" if i % 7 else True]
        for i in range(120)
    ]]  # fmt: skip
    content = xlsx_bytes(rows)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[SHEET] = parts[SHEET].replace(b"<sheetData>", b"<!-- by hand --><sheetData>")
    tables = [open_table(io.BytesIO(one)) for one in (content, zip_bytes(parts))]
    quickly, slowly = ([row.cells for row in table.rows(0)] for table in tables)
    for table in tables:
        table.close()
    assert len(quickly) == 121
    assert quickly == slowly
    assert quickly[1:3] == [["A-0", "Имя 0", "0", 0.0, True], ["A-1", None, 1.0, None, "шт"]]


@pytest.mark.parametrize(
    ("part", "written", "otherwise"),
    [
        (SHEET, "</worksheet>", ""),
        (SHEET, "</sheetData>", ""),
        (SHEET, "</row></sheetData>", "</row><row></sheetData>"),
        (SHEET, "<v>12</v>", "<v>twelve</v>"),
        (SHEET, "<v>12</v>", "<v>12</w>"),
        (SHEET, "<v>12</v>", "<v>&none;</v>"),
        (SHEET, '<row r="7"', '<row r="2"'),
        ("xl/sharedStrings.xml", "</si></sst>", "</sst>"),
        ("xl/sharedStrings.xml", "K-1", "K\x01"),
        ("xl/sharedStrings.xml", "<si><t>K-2</t></si>", ""),
    ],
)
def test_a_damaged_workbook_is_refused_wherever_the_damage_is(part, written, otherwise) -> None:
    with pytest.raises(TableRefusedError) as refused:
        read(rewritten(part, written, otherwise))
    assert refused.value.reason is TableRefusal.DAMAGED


def test_the_binary_workbook_of_old() -> None:
    _, found, records, _ = read(OLD_WORKBOOK.read_bytes())
    assert found.mapping.header_row == 4
    assert said(records) == EXPECTED


def test_sections_follow_one_another() -> None:
    rows = [
        HEAD,
        ["Кофе"], ["Зерновой"], ["K-1", "Арабика", 1], ["Молотый"], ["K-2", "Робуста", 1],
        ["Чай"], ["Чёрный"], ["T-1", "Ассам", 1], HEAD, ["Посуда / Чашки"], ["P-1", "Чашка", 1],
        ["ИТОГО:", None, 4], ["Всего на сумму", None, 4],
    ]  # fmt: skip
    _, _, records, reader = read(csv_bytes(rows))
    assert [(r.values["sku"], r.values["group"]) for r in records] == [
        ("K-1", ("Кофе", "Зерновой")),
        ("K-2", ("Кофе", "Молотый")),
        ("T-1", ("Чай", "Чёрный")),
        ("P-1", ("Посуда", "Чашки")),
    ]
    assert reader.ignored == 3


@pytest.mark.parametrize(
    ("cell", "hints", "expected"),
    [
        ("1 234,50 ₸", Hints(), ("1234.50", "KZT")),
        ("1\u00a0234.5 руб.", Hints(), ("1234.5", "RUB")),
        ("$1,234.56", Hints(), ("1234.56", "USD")),
        ("1.234,56 €", Hints(), ("1234.56", "EUR")),
        ("1,234", Hints(), ("1234", None)),
        ("1,234", Hints(decimal=","), ("1.234", None)),
        ("0,125", Hints(), ("0.125", None)),
        ("12 500 KZT", Hints(), ("12500", "KZT")),
        ("1.234.567,89", Hints(), ("1234567.89", None)),
        ("12.50", Hints(decimal=","), ("12.50", None)),
        ("1'250.50", Hints(), ("1250.50", None)),
        ("15000тг", Hints(), ("15000", "KZT")),
        (1500.1, Hints(), ("1500.1", None)),
        ("—", Hints(), (None, None)),
    ],
)
def test_prices_as_people_write_them(cell, hints, expected) -> None:
    value, currency = amount(cell, hints)
    assert (None if value is None else str(value), currency) == expected


def test_values_that_are_refused_say_why() -> None:
    def refusal(parse, cell) -> str:
        with pytest.raises(CellError) as refused:
            parse(cell, Hints())
        return refused.value.code

    assert refusal(number, "по запросу") == "number"
    for parted in ("01.02.2026", "1 50", "100 2000", "1,23,456", "12.34,5"):
        assert refusal(number, parted) == "number", parted
    assert refusal(quantity, "-1") == "negative"
    assert refusal(quantity, "1,2345") == "too_precise"
    assert refusal(percent, "120") == "percent"
    assert refusal(boolean, "может быть") == "boolean"
    assert refusal(unit, "горсть") == "unit"
    assert refusal(text(5), "слишком") == "too_long"
    assert refusal(text(99), '=HYPERLINK("http://x")') == "formula"
    assert refusal(text(99), "@SUM(A1)") == "formula"
    assert refusal(code(40), "4,87E+12") == "digits_lost"
    assert refusal(code(40), 4.5e17) == "digits_lost"
    assert text(99)("'-20 % на кофе", Hints()) == "-20 % на кофе"
    assert text(99)("  Кофе \u00a0 в\nзёрнах ", Hints()) == "Кофе в зёрнах"
    assert code(40)(4870001234567.0, Hints()) == "4870001234567"
    assert percent(0.12, Hints()) == Decimal("12.00")


def bomb() -> bytes:
    return zip_bytes({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})


def entities() -> bytes:
    return zip_bytes(
        {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'}
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", TableRefusal.EMPTY),
        (b"\n\n \n", TableRefusal.EMPTY),
        (b"%PDF-1.7\n", TableRefusal.TYPE),
        (b"<html><table><tr><td>1</td></tr></table></html>", TableRefusal.TYPE),
        (bytes(range(256)) * 40, TableRefusal.TYPE),
        (b"PK\x03\x04 no archive", TableRefusal.DAMAGED),
        (zip_bytes({"word/document.xml": b"<a/>"}), TableRefusal.TYPE),
        (zip_bytes({"xl/workbook.xml": b"<a", "xl/_rels/workbook.xml.rels": b"<a/>"}), TableRefusal.DAMAGED),
        (zip_bytes({"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"}), TableRefusal.ACTIVE_CONTENT),
        (zip_bytes({"xl/workbook.xml": b"<a/>", "../../etc/cron": b"x"}), TableRefusal.CLIMBS),
        (bomb(), TableRefusal.BOMB),
        (entities(), TableRefusal.ACTIVE_CONTENT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, TableRefusal.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), TableRefusal.ENCRYPTED),
        (csv_bytes([["a"] * 600]), TableRefusal.TOO_WIDE),
        (xlsx_bytes([["a"] * 501]), TableRefusal.TOO_WIDE),
        (b'sku;name\n1;"' + b"x" * 200_000 + b'"\n', TableRefusal.TOO_WIDE),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_its_reason(content: bytes, reason: TableRefusal) -> None:
    with pytest.raises(TableRefusedError) as refused:
        read(content)
    assert refused.value.reason is reason


def test_repeated_keys_are_told_with_their_first_row() -> None:
    seen = SeenKeys()
    assert seen.add([("a", 2), ("b", 3), ("a", 4)]) == {4: 2}
    assert seen.add([("b", 5), ("c", 6)]) == {5: 3}
    seen.close()


def test_the_progress_of_a_file_of_some_thousand_rows_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("".join(f"S-{row};Good number {row};100\n" for row in range(20_000)))
    table = open_table(path)
    seen = [row.fraction for row in table.rows(0)]
    assert seen == sorted(seen)
    assert seen[2_000] < 0.25 < 0.45 < seen[10_000] < 0.65
