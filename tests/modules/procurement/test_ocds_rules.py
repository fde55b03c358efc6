"""The rules of OCDS 1.1, the merging of releases, and values that need reading."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from karavan.kit.errors import ValidationError
from karavan.modules.procurement.ocds.mapping import map_request
from karavan.modules.procurement.ocds.merging import compile_releases
from karavan.modules.procurement.ocds.reading import LIST_MAX, RELEASES_MAX, parse, read_package
from karavan.modules.procurement.ocds.rules import check_release_package, parse_moment
from karavan.modules.procurement.ocds.tidying import tidy
from tests.factories.ocds import (
    MAKER,
    OCID,
    award_release,
    contract_release,
    money,
    package,
    planning_release,
    release,
    tender,
    tender_release,
)

SAMPLES = sorted(
    (Path(__file__).parents[4] / "shared" / "data" / "ocds").glob("*.json")
)  # Published sample data lie beside a checkout, not in it.


def exact(value: Any) -> Any:
    return parse(json.dumps(value))


def found(value: Any) -> set[tuple[str, str]]:
    return {(one.path, one.code) for one in check_release_package(exact(value))}


def changed(path: str, value: Any) -> dict[str, Any]:
    """A package in order but for one value of its award release; `...` takes the value away."""
    whole = package(award_release())
    holder: Any = whole
    *steps, last = path.strip("/").split("/")
    for step in steps:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    if value is ...:
        del holder[last]
    else:
        holder[int(last) if isinstance(holder, list) else last] = value
    return whole


def test_packages_in_order_break_no_rule():
    whole = package(planning_release(), tender_release(), award_release(), contract_release())
    assert found(whole) == set()


@pytest.mark.skipif(not SAMPLES, reason="the published samples are not here")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_published_samples_break_no_rule(sample):
    assert check_release_package(parse(sample.read_text())) == []


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("/uri", ..., "required"),
        ("/uri", "not a uri", "uri"),
        ("/version", ..., "required"),
        ("/publishedDate", "yesterday", "date"),
        ("/publisher/name", ..., "required"),
        ("/releases", [], "empty"),
        ("/releases/0/ocid", ..., "required"),
        ("/releases/0/ocid", "", "empty"),
        ("/releases/0/id", 7, "type"),
        ("/releases/0/id", "a#b", "code_list"),
        ("/releases/0/date", "2040-02-10", "date"),
        ("/releases/0/date", "2040-02-30T00:00:00Z", "date"),
        ("/releases/0/tag", [], "empty"),
        ("/releases/0/tag/0", "news", "code_list"),
        ("/releases/0/initiationType", ..., "required"),
        ("/releases/0/initiationType", "auction", "code_list"),
        ("/releases/0/tender", [], "type"),
        ("/releases/0/tender/id", ..., "required"),
        ("/releases/0/tender/status", "open", "code_list"),
        ("/releases/0/tender/numberOfTenderers", 1.5, "type"),
        ("/releases/0/tender/numberOfTenderers", True, "type"),
        ("/releases/0/awards/0/status", "won", "code_list"),
        ("/releases/0/awards/0/value/amount", "11000", "type"),
        ("/releases/0/awards/0/value/currency", "EURO", "currency"),
        ("/releases/0/awards/0/suppliers/0/id", "XX-NOBODY", "reference"),
        ("/releases/0/buyer/id", "XX-NOBODY", "reference"),
        ("/releases/0/parties/1/id", "XX-TOWN", "duplicate"),
    ],
)
def test_a_broken_rule_is_named_with_its_place(path, value, code):
    assert (path, code) in found(changed(path, value))


def test_a_contract_names_an_award():
    lost = contract_release()
    lost["awards"][0]["id"] = "A-2"
    assert found(package(lost)) == {("/releases/0/contracts/0/awardID", "reference")}


class TestMerging:
    def test_later_values_win_whatever_the_order_of_the_file(self):
        forwards = compile_releases([planning_release(), tender_release(), award_release()])
        backwards = compile_releases([award_release(), tender_release(), planning_release()])
        assert forwards == backwards
        assert (forwards["ocid"], forwards["tag"]) == (OCID, ["compiled"])
        assert forwards["date"] == "2040-02-10T10:00:00Z"
        assert forwards["tender"]["title"] == "School desks"
        assert forwards["tender"]["status"] == "complete"
        assert forwards["planning"]["rationale"] == "Old desks break."
        assert [one["id"] for one in forwards["parties"]] == ["XX-TOWN", "XX-MAKER"]

    def test_lists_merge_by_identifier_and_null_takes_away(self):
        items = [{"id": "2", "quantity": 3, "unit": None}, {"id": "3", "description": "Lamp"}]
        later = release(
            "r-9",
            "2040-01-02T00:00:00Z",
            "tenderUpdate",
            tender={"id": "T-1", "description": None, "submissionMethod": ["inPerson"]},
        )
        later["tender"]["items"] = items
        merged = compile_releases([tender_release(), later])["tender"]
        assert "description" not in merged
        assert [one["id"] for one in merged["items"]] == ["1", "2", "3"]
        assert merged["items"][1] == {"id": "2", "description": "Delivery", "quantity": 3}
        assert merged["submissionMethod"] == ["inPerson"]


class TestReading:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "json"),
            (b"[" * 200_000, "too_deep"),
            (b'{"releases": [NaN]}', "json"),
            (b"\xff\xfe", "json"),
            (b"[]", "type"),
            (b"{}", "required"),
            (b'{"releases": []}', "empty"),
            (b'{"releases": [' + b'{"a":' * 60 + b"1" + b"}" * 60 + b"]}", "too_deep"),
            (b'{"releases": [' + b",".join([b"1"] * (RELEASES_MAX + 1)) + b"]}", "too_many"),
            (b'{"releases": [' + b"9" * 5000 + b"]}", "json"),
        ],
    )
    def test_what_is_no_package_is_refused_as_a_whole(self, content, code):
        with pytest.raises(ValidationError) as refusal:
            read_package(content)
        assert [one.code for one in refusal.value.errors] == [code]

    @pytest.mark.parametrize(
        ("patch", "path", "code"),
        [
            ({"title": "a\0b"}, "/tender/title", "characters"),
            ({"title": "\ud800"}, "/tender/title", "characters"),
            ({"numberOfTenderers": 10**25}, "/tender/numberOfTenderers", "number"),
            ({"extra": [0] * (LIST_MAX + 1)}, "/tender/extra", "too_many"),
            ({"value": {"amount": 1, "currency": "XXX"}}, "/tender/value/currency", "currency"),
            ({"items": {"id": "1"}}, "/tender/items", "type"),
        ],
    )
    def test_a_release_that_cannot_be_kept_is_refused_alone(self, patch, path, code):
        bad = release("r-1", "2040-01-01T00:00:00Z", "tender", tender=tender(**patch))
        content = json.dumps(package(bad, tender_release())).encode()
        first, second = read_package(content).releases
        assert [(one.path, one.code) for one in first.refused] == [(path, code)]
        assert second.refused == []

    def test_a_monstrous_exponent_is_refused(self):
        content = json.dumps(package(tender_release())).replace("12345.67", "1e999999999")
        (read,) = read_package(content.encode()).releases
        assert [(one.path, one.code) for one in read.refused] == [
            ("/tender/value/amount", "number")
        ]

    def test_a_record_counts_with_its_releases_or_its_compiled_release(self):
        records = {
            "records": [
                {"ocid": OCID, "releases": [planning_release(), tender_release()]},
                {"ocid": "x", "releases": [{"url": "https://x.example"}]},
                {"ocid": OCID, "compiledRelease": {**award_release(), "tag": ["compiled"]}},
            ]
        }
        reads = read_package(json.dumps(records).encode()).releases
        assert [(one.id, bool(one.refused)) for one in reads] == [
            ("r-1", False),
            ("r-2", False),
            (None, True),
            ("r-3", False),
        ]


class TestMapping:
    def lines(self, *items: dict[str, Any]):
        return map_request(
            exact(release("r", "2040-01-01T00:00:00Z", "tender", tender=tender(items=items))), "KZT"
        )

    def test_units_quantities_and_prices(self):
        mapped = self.lines(
            {"id": "1", "description": "A", "quantity": 1.23456789, "unit": {"id": "kgm"}},
            {"id": "2", "description": "B", "quantity": -4, "unit": {"scheme": "QUDT", "id": "M"}},
            {"id": "3", "unit": {"value": money(10.005)}, "quantity": 2},
            {"id": "4", "description": "D", "quantity": 1, "unit": {"value": money(5, "USD")}},
        )
        assert [(one.name, one.quantity, one.unit) for one in mapped.body.lines] == [
            ("A", Decimal("1.234568"), "KGM"),
            ("B", Decimal(1), "H87"),
            ("3", Decimal(2), "H87"),
            ("D", Decimal(1), "H87"),
        ]
        assert mapped.body.lines[2].target_price.amount == 1001
        assert mapped.body.lines[3].target_price is None
        assert {(one.path, one.code) for one in mapped.notes} == {
            ("/tender/items/0/quantity", "rounded"),
            ("/tender/items/1/quantity", "quantity"),
            ("/tender/items/1/unit", "unit"),
            ("/tender/items/2/description", "required"),
            ("/tender/items/2/unit/value/amount", "rounded"),
            ("/tender/items/3/unit/value", "currency"),
        }

    def test_currencies_have_their_own_minor_units(self):
        for currency, amount in (("JPY", 150), ("EUR", 15000), ("KWD", 150000)):
            value = {"value": money(150, currency), "items": []}
            mapped = map_request(
                exact(release("r", "2040-01-01T00:00:00Z", "tender", tender=tender(**value))), "KZT"
            )
            assert (mapped.body.currency, mapped.body.budget.amount) == (currency, amount)

    @pytest.mark.parametrize(
        ("status", "state"),
        [
            ("planned", "draft"),
            ("active", "draft"),
            ("complete", "closed"),
            ("unsuccessful", "closed"),
            ("cancelled", "cancelled"),
            ("withdrawn", "cancelled"),
        ],
    )
    def test_the_state_follows_the_tender(self, status, state):
        value = exact(release("r", "2040-01-01T00:00:00Z", "tender", tender=tender(status=status)))
        assert map_request(value, "KZT").state == state


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2040-02-01T23:00:00-05:00", 2040),
        ("2040-02-01", 2040),
        ("1900-01-01T00:00:00+14:00", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("2040-13-01T00:00:00Z", None),
        ("soon", None),
    ],
)
def test_dates_that_cannot_be_kept_are_nothing(written, year):
    moment = parse_moment(written)
    assert (moment.year if moment else None) == year


def test_tidying_takes_out_what_breaks_a_rule_and_no_more():
    broken = award_release()
    broken["awards"][0]["date"] = "soon"
    broken["awards"].append({"title": "An award without an identifier"})
    broken["tender"]["tenderers"].append({"id": "XX-NOBODY", "name": "Nobody"})
    tidied = tidy(exact(broken))
    assert check_release_package(exact_package(tidied)) == []
    assert tidied["tender"]["tenderers"] == [MAKER]
    assert len(tidied["awards"]) == 1
    assert tidied["awards"][0]["title"] == "Award to Desk Makers"
    assert "date" not in tidied["awards"][0]


def exact_package(one: dict[str, Any]) -> dict[str, Any]:
    return {**package(), "releases": [one]}
