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


def test_files_dropped_among_the_pictures_are_taken_but_for_those_that_are_none(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("vendor", "Dala Coffee")
    body = {
        "sku": "KOFE-2",
        "unit": "H87",
        "tax_rate": "12",
        "names": {"en": "Robusta beans"},
        "price": {"amount": 150_000, "currency": "KZT"},
    }
    made = person.client.post("/products", json=body)
    assert made.status_code == 201, made.text
    one = window()
    one.sign_in(site, person)
    page = one.page
    page.goto(f"{site.url}/app/products/{made.json()['id']}?tab=images")
    # The file that is no picture comes first: it must not keep the other two away.
    files = page.evaluate_handle(
        """async () => {
          const canvas = document.createElement('canvas');
          canvas.width = canvas.height = 64;
          const drawn = (colour) => new Promise((done) => {
            const brush = canvas.getContext('2d');
            brush.fillStyle = colour;
            brush.fillRect(0, 0, 64, 64);
            canvas.toBlob(done, 'image/png');
          });
          const dropped = new DataTransfer();
          dropped.items.add(new File(['%PDF-1.4'], 'price.jpg', { type: 'image/jpeg' }));
          for (const colour of ['red', 'blue']) {
            dropped.items.add(new File([await drawn(colour)], colour + '.png', { type: 'image/png' }));
          }
          return dropped;
        }"""
    )
    zone = page.get_by_text("No pictures yet").first
    zone.dispatch_event("dragover", {"dataTransfer": files})
    zone.dispatch_event("drop", {"dataTransfer": files})
    expect(page.get_by_role("tabpanel").locator("li")).to_have_count(2)
    expect(page.get_by_text("price.jpg was not uploaded")).to_be_visible()
    kept = person.client.get(f"/products/{made.json()['id']}").json()["images"]
    assert len(kept) == 2


def test_the_grid_of_a_price_list_is_written_by_keys_alone(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("vendor", "Dala Coffee")
    body = {
        "sku": "KOFE-3",
        "names": {"en": "Liberica beans"},
        "price": {"amount": 150_000, "currency": "KZT"},
    }
    product = person.client.post("/products", json=body)
    assert product.status_code == 201, product.text
    made = person.client.post("/price-lists", json={"name": "Cafes", "currency": "KZT"})
    assert made.status_code == 201, made.text
    one = window()
    one.sign_in(site, person)
    page = one.page
    page.goto(f"{site.url}/app/price-lists/{made.json()['id']}")
    cell = page.get_by_role("button", name="Price of Liberica beans from 1", exact=True)
    cell.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("1400")
    page.keyboard.press("Enter")
    expect(cell).to_contain_text("1,400")
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()
