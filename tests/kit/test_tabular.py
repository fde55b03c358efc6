"""CSV that no spreadsheet runs."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karavan.kit.tabular import csv_text, safe_cell


@pytest.mark.parametrize(
    "dangerous",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\u00a0=1",
        "＝1+1",
        "-",
    ],
)
def test_text_that_could_run_is_defused(dangerous: str) -> None:
    assert safe_cell(dangerous) == "'" + dangerous


@pytest.mark.parametrize(
    "plain", ["steel = strong", "-5", "+77011234567", "1,5", "a@b.kz", "", "–"]
)
def test_ordinary_text_and_numbers_stay_as_they_are(plain: str) -> None:
    assert safe_cell(plain) == plain


def test_values_of_other_types() -> None:
    assert safe_cell(None) == ""
    assert safe_cell(-3) == "-3"
    assert safe_cell(date(2026, 1, 2)) == "2026-01-02"
    assert safe_cell(datetime(2026, 1, 2, 3, 4, tzinfo=UTC)) == "2026-01-02T03:04:00Z"


def test_quoting_follows_the_rfc() -> None:
    assert csv_text([["a", 'say "hi"', "x,y"], [1, "two\nlines", None]]) == (
        'a,"say ""hi""","x,y"\r\n1,"two\nlines",\r\n'
    )


@given(
    st.lists(
        st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")), min_size=2
    )
)
def test_every_cell_survives_the_round_trip(cells: list[str]) -> None:
    [row] = csv.reader(io.StringIO(csv_text([cells]), newline=""))
    assert [
        cell.removeprefix("'") if cell != original else cell
        for cell, original in zip(row, cells, strict=True)
    ] == cells
