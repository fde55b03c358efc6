"""A price list on its way in, on the screen: read, understood, checked, filed, written, and its refused rows taken away."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Window, shot

pytestmark = pytest.mark.browser

TABLE = """ТОО «Дала»;;;;
Артикул;Наименование;Цена, тг;Ед. изм.;Остаток
Наш кофе;;;;
K-101;Арабика Эфиопия, 1 кг;8 500,00;кг;12
K-102;Робуста Вьетнам, 1 кг;;кг;40
Чай;;;;
T-201;Чай зелёный, 500 г;1 250,50;шт;7
;Итого;9 750,50;;59
"""


def test_a_price_list_is_checked_filed_and_written(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("vendor", "Dala Coffee")
    one = window()
    one.sign_in(site, person)
    page = one.page
    page.goto(f"{site.url}/app/products/import")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "Прайс.csv", "mimeType": "text/csv", "buffer": TABLE.encode("cp1251")}
    )
    expect(page.get_by_text("Прайс.csv").first).to_be_visible()
    page.get_by_role("button", name="Read the file").click()
    price = page.get_by_label("What “Цена, тг” means")
    expect(price).to_have_value("price")
    shot(page, "import-mapping")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", name="Categories")).to_be_visible()
    expect(page.get_by_text("Наш кофе", exact=True)).to_be_visible()
    # The row without a price is told with its reason before anything is written.
    expect(page.get_by_text("Цена, тг").first).to_be_visible()
    assert person.client.get("/products").json()["total"] == 0
    shot(page, "import-check")
    page.get_by_label("Category for “Наш кофе”").click()
    page.get_by_role("searchbox").fill("Coffee beans")
    page.get_by_role("button", name=re.compile("^Coffee beans")).first.click()
    again = page.get_by_role("button", name="Save and check again")
    again.click()
    # The button is gone when the choice is the server's, not only the page's.
    expect(again).to_have_count(0)
    expect(page.get_by_label("Category for “Наш кофе”")).to_contain_text("Coffee beans")
    shot(page, "import-filed")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("link", name="Import another file")).to_be_visible()
    shot(page, "import-result")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the rows").click()
    written = Path(waiting.value.path()).read_text("utf-8-sig").splitlines()
    assert written[0].startswith("Артикул;Наименование;Цена, тг")
    assert written[1].startswith("Наш кофе")
    assert written[2].startswith("K-102;")
    listed = person.client.get("/products?sort=sku").json()["items"]
    assert [(row["sku"], row["price"]["amount"], row["available"]) for row in listed] == [
        ("K-101", 850_000, "12"),
        ("T-201", 125_050, "7"),
    ]
    page.reload()
    expect(page.get_by_role("link", name="Download the rows")).to_be_visible()
    assert one.complaints == []
