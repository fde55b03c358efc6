"""Open contracting data in the browser: a dropped file, its report, and the way out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site, Window, shot
from tests.factories.ocds import package, planning_release, release, tender, tender_release

pytestmark = pytest.mark.browser

DROP = """(target, text) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], 'desks.json', { type: 'application/json' }));
  for (const type of ['dragover', 'drop'])
    target.dispatchEvent(
      new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


def rows(page: Page) -> Locator:
    return page.get_by_role("main").locator("ol > li")


def test_a_dropped_file_is_reported_release_by_release(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Desks Ltd")
    one = window()
    one.sign_in(site, person)
    page = one.page
    page.goto(f"{site.url}/app/ocds")
    bad = release(
        "r-bad",
        "2040-01-05T00:00:00Z",
        "tender",
        tender=tender(value={"amount": 1, "currency": "ZZZ"}),
    )
    content = json.dumps(package(planning_release(), tender_release(), bad))
    door = page.get_by_role("button", name="Drop a release or record package here")
    door.evaluate(DROP, content)
    expect(rows(page)).to_have_count(3)
    for row, word in zip(rows(page).all(), ("Created", "Updated", "Refused"), strict=True):
        expect(row).to_contain_text(word)
    expect(rows(page).nth(1)).to_contain_text("The unit has no UN/ECE code; pieces were taken.")
    expect(rows(page).nth(2)).to_contain_text("/tender/value/currency")
    shot(page, "ocds-report")

    file = {"name": "again.json", "mimeType": "application/json", "buffer": content.encode()}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("heading", name="again.json")).to_be_visible()
    expect(rows(page).nth(0)).to_contain_text("Unchanged")

    with page.expect_download() as download:
        page.get_by_role("link", name="Export your requests").click()
    exported = json.loads(Path(download.value.path()).read_text())
    assert [one["tender"]["title"] for one in exported["releases"]] == ["School desks"]

    rows(page).nth(0).get_by_role("link", name="School desks").click()
    page.wait_for_url("**/app/requests/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("School desks")


def test_what_is_no_package_is_said_so_on_a_narrow_dark_page(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Nothing Ltd")
    one = window(width=390, dark=True)
    one.sign_in(site, person)
    page = one.page
    page.goto(f"{site.url}/app/ocds")
    file = {"name": "x.json", "mimeType": "application/json", "buffer": b"{}"}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("main").get_by_role("alert")).to_be_visible()
    expect(rows(page)).to_have_count(0)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    shot(page, "ocds-refused")
