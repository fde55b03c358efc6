"""Sentences of three languages, read by rules."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karavan.kit.money import Money
from karavan.modules.assistant.language.sentence import read_sentence

TODAY = date(2026, 11, 21)


def lines(text: str) -> list[tuple[str, Decimal, str]]:
    return [(line.name, line.quantity, line.unit) for line in read_sentence(text, TODAY).lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Нужно 200 кг арабики и 50 коробок стаканов до 15 декабря в Алматы, бюджет 2 млн тенге",
            [("арабики", Decimal(200), "KGM"), ("стаканов", Decimal(50), "XBX")],
        ),
        (
            "We need 30 office chairs and 10 desks delivered to Astana by March",
            [("office chairs", Decimal(30), "H87"), ("desks", Decimal(10), "H87")],
        ),
        ("Алматыға 500 дана қалқан керек", [("қалқан", Decimal(500), "H87")]),
        (
            "1 200 мешков цемента М500, 3,5 т арматуры 12 мм",
            [("цемента М500", Decimal(1200), "XBG"), ("арматуры 12 мм", Decimal("3.5"), "TNE")],
        ),
        (
            "coffee 20 kg, cups 1000 pcs",
            [("coffee", Decimal(20), "KGM"), ("cups", Decimal(1000), "H87")],
        ),
        (
            "Need two laptops and ten monitors",
            [("laptops", Decimal(2), "H87"), ("monitors", Decimal(10), "H87")],
        ),
        ("Хотим закупить бумагу А4", [("бумагу А4", Decimal(1), "H87")]),
        ("5 тыс шт. перчаток", [("перчаток", Decimal(5000), "H87")]),
        ("1,000 gloves", [("gloves", Decimal(1000), "H87")]),
        ("1,500 т цемента", [("цемента", Decimal("1.5"), "TNE")]),
        ("1.000 перчаток", [("перчаток", Decimal(1000), "H87")]),
        ("10-15 стульев", [("стульев", Decimal(15), "H87")]),
        (
            "саморезы 3,5х25 – 5000 шт; дюбели 6x40 2000 шт",
            [("саморезы 3,5х25", Decimal(5000), "H87"), ("дюбели 6x40", Decimal(2000), "H87")],
        ),
        ("!!! ???", []),
    ],
)
def test_lines(text: str, expected: list[tuple[str, Decimal, str]]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 столов, бюджет 2 млн тенге", Money(200_000_000, "KZT")),
        ("10 столов за 1 500 000 руб.", Money(150_000_000, "RUB")),
        ("ten desks, max $5k", Money(500_000, "USD")),
        ("ten desks up to €1,250.50", Money(125_050, "EUR")),
        ("бюджет до $5,000: 10 ноутбуков", Money(500_000, "USD")),
        ("10 столов, бюджет 1.234.567,89 тенге", Money(123_456_789, "KZT")),
        ("20 орындық, бюджеті 800 мың теңге", Money(80_000_000, "KZT")),
        ("10 принтеров, не дороже 300 тыс", Money(30_000_000, "KZT")),
        ("10 столов", None),
    ],
)
def test_budget(text: str, expected: Money | None) -> None:
    assert read_sentence(text, TODAY).budget == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 столов до 15 декабря", date(2026, 12, 15)),
        ("10 столов к 1 марта", date(2027, 3, 1)),
        ("10 desks by March", date(2027, 3, 1)),
        ("10 desks by December 5th, 2027", date(2027, 12, 5)),
        ("10 столов до 20.01.2027", date(2027, 1, 20)),
        ("10 desks until 2027-01-20", date(2027, 1, 20)),
        ("10 столов через 2 недели", date(2026, 12, 5)),
        ("10 desks within 10 days", date(2026, 12, 1)),
        ("15 желтоқсанға дейін 10 үстел", date(2026, 12, 15)),
        ("завтра 10 столов", date(2026, 11, 22)),
        ("10 столов до пятницы", date(2026, 11, 27)),
        ("10 desks by Friday", date(2026, 11, 27)),
        ("жұмаға дейін 10 үстел", date(2026, 11, 27)),
        ("10 столов через две недели", date(2026, 12, 5)),
        ("10 столов к 01.12", date(2026, 12, 1)),
        ("до конца месяца 10 столов", date(2026, 11, 30)),
        ("10 desks by the end of the year", date(2026, 12, 31)),
        ("к концу января 10 столов", date(2027, 1, 31)),
        ("10 столов до конца декабря", date(2026, 12, 31)),
        ("10 desks by the end of February 2028", date(2028, 2, 29)),
        ("желтоқсанның соңына дейін 10 үстел", date(2026, 12, 31)),
        ("желтоқсан айының соңына дейін 10 үстел", date(2026, 12, 31)),
        ("10 столов до 31 февраля", None),
        ("10 столов, бюджет до 1.12 млн тенге", None),
        ("10 столов", None),
    ],
)
def test_needed_by(text: str, expected: date | None) -> None:
    sentence = read_sentence(text, TODAY)
    assert sentence.needed_by == expected
    assert [line.quantity for line in sentence.lines] == [10]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Цемент М500, 20 тонн, доставка в Астану", [("Цемент М500", 20, "TNE")]),
        ("cement, by 5 December, 20 tonnes", [("cement", 20, "TNE")]),
        ("sand 5 t, 20 tonnes", [("sand", 5, "TNE")]),
        ("3 tonnes of coffee and 200 boxes", [("coffee", 3, "TNE"), ("boxes", 200, "H87")]),
        ("100 мешков и 20 коробок", [("мешков", 100, "H87"), ("коробок", 20, "H87")]),
        ("laptops x20", [("laptops", 20, "H87")]),
        ("саморез 3,5х25", [("саморез 3,5х25", 1, "H87")]),
    ],
)
def test_a_quantity_alone_belongs_to_what_was_named(text: str, wanted: list[object]) -> None:
    lines = read_sentence(text, TODAY).lines
    assert [(line.name, line.quantity, line.unit) for line in lines] == wanted


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("10 столов в Алматы", "Almaty", "KZ"),
        ("Астанаға 10 үстел", "Astana", "KZ"),
        ("10 desks to Kazan", "Kazan", "RU"),
        ("10 столов с доставкой в Санкт-Петербург", "Saint Petersburg", "RU"),
        ("10 столов", None, None),
    ],
)
def test_place(text: str, city: str | None, country: str | None) -> None:
    sentence = read_sentence(text, TODAY)
    assert (sentence.city, sentence.country) == (city, country)


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for line in read_sentence(text, TODAY).lines:
        assert line.name
        assert line.quantity > 0
