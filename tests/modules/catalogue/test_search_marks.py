"""Marks of prices: a range is covered by few of them, lets every price within in, and hardly any other."""

from hypothesis import given
from hypothesis import strategies as st

from karavan.kit.money import AMOUNT_MAX
from karavan.modules.catalogue.queries.search_filter import SearchFilter
from karavan.modules.catalogue.search.marks import price_cover, price_marks

AMOUNTS = st.integers(0, AMOUNT_MAX)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_range_is_covered_once_and_by_little_more(first, second, amount):
    low, high = sorted((first, second))
    cover = price_cover("KZT", low, high)
    assert len(cover) == len(set(cover)) <= 28
    shared = set(cover) & set(price_marks("KZT", amount))
    assert len(shared) <= 1
    if low <= amount <= high:
        assert shared
    # A step is a quarter of an octave: prices a quarter away are outside.
    if amount > high * 5 / 4 + 1 or amount < low * 3 / 4 - 1:
        assert not shared


def test_open_ranges_and_currencies():
    assert set(price_cover("KZT", None, None)) & set(price_marks("KZT", AMOUNT_MAX))
    assert not set(price_cover("KZT", 5, None)) & set(price_marks("KZT", 4))
    assert not set(price_cover("KZT", None, None)) & set(price_marks("USD", 100))
    assert price_cover("KZT", 200, 100) == []


def test_what_a_facet_offers_besides_its_choice_is_what_fails_it_alone():
    wanted = SearchFilter(
        currency="KZT", price_max=900, in_stock=True, attributes=(("tone", ("red", "blue")),)
    )
    assert wanted.asked("'a'") == "('a') & (('@ftone=red' | '@ftone=blue'))"
    assert wanted.beyond("'a'") == {"attribute:tone": "('a') & !('@ftone=red' | '@ftone=blue')"}
    alone = SearchFilter(attributes=(("tone", ("it's",)),))
    assert alone.beyond(None) == {"attribute:tone": "'@' & !('@ftone=it''s')"}
