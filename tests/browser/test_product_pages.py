"""Products on the screen: made, priced and stocked where they stand, and offered."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Window, shot

pytestmark = pytest.mark.browser


def test_a_supplier_makes_prices_and_stocks_a_product(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("vendor", "Dala Coffee")
    one = window()
    one.sign_in(site, person)
    page = one.page
    page.goto(f"{site.url}/app/products")
    shot(page, "products-empty")
    page.get_by_role("link", name="New product").first.click()
    page.get_by_label("Name in English").fill("Arabica beans")
    page.get_by_label("SKU", exact=True).fill("KOFE-1")
    page.get_by_label("Price per unit, without tax").fill("1500")
    page.get_by_role("button", name="Create draft").click()
    expect(page.get_by_role("heading", name="Arabica beans")).to_be_visible()
    shot(page, "products-page")
    page.get_by_role("tab", name="Variants").click()
    shot(page, "products-variants")
    page.get_by_role("tab", name="Stock").click()
    page.get_by_role("button", name="Change stock").click()
    page.get_by_label("How much has arrived").fill("12.5")
    shot(page, "products-stock-dialog")
    page.get_by_role("button", name="Goods have arrived").click()
    expect(page.get_by_text("Received")).to_be_visible()
    page.goto(f"{site.url}/app/products")
    page.get_by_role("button", name="Change the price of Arabica beans").click()
    field = page.get_by_label("Change the price of Arabica beans")
    expect(field).to_be_focused()
    page.keyboard.type("1400")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The price is changed.")).to_be_visible()
    expect(page.get_by_role("button", name="Change the price of Arabica beans")).to_contain_text(
        "1,400"
    )
    expect(page.get_by_role("button", name="Change the price of Arabica beans")).to_be_focused()
    shot(page, "products-table")
    listed = person.client.get("/products").json()["items"][0]
    assert (listed["price"]["amount"], listed["available"]) == (140_000, "12.5")
