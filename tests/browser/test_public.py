"""What searchers and people who share an address learn, and the way to the small print."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Site, Window

pytestmark = pytest.mark.browser

DRAWN_WITHIN_MS = 60_000
DESCRIPTION = "[...document.querySelectorAll('meta[name=description]')].map(tag => tag.content)"


def test_every_public_page_has_a_title_and_a_description_of_its_own(
    site: Site, window: Callable[..., Window]
) -> None:
    buyer = site.register("buyer", "Public Buying")
    body = {
        "title": "Copper cable",
        "category": "metals",
        "currency": "KZT",
        "quotes_due_at": (datetime.now(UTC) + timedelta(days=7)).isoformat(),
        "lines": [{"name": "Cable", "quantity": "10", "unit": "MTR"}],
    }
    made = buyer.client.post("/requests", json=body)
    assert made.status_code == 201, made.text
    request_id = made.json()["id"]
    assert buyer.client.post(f"/requests/{request_id}/publish", json={}).status_code == 200
    page = window().page
    page.goto(site.url)
    said: dict[str, tuple[str, str]] = {}
    for path in [
        "/",
        "/sign-in",
        "/sign-in?tab=register",
        "/sign-in?tab=reset",
        "/requests",
        f"/requests/{request_id}",
        "/legal/privacy",
        "/legal/terms",
        "/invite/unknown",
    ]:
        page.goto(f"{site.url}{path}")
        # The server names the page first; what counts is what stays once the app has drawn it.
        page.get_by_role("heading", level=1).first.wait_for()
        page.wait_for_function("() => document.querySelector('.animate-shimmer') === null")
        descriptions = page.evaluate(DESCRIPTION)
        assert len(descriptions) == 1, path
        said[path] = (page.title(), descriptions[0])
    assert said[f"/requests/{request_id}"][0] == "Copper cable · Karavan"
    assert "Public Buying" in said[f"/requests/{request_id}"][1]
    titles = [title for title, _ in said.values()]
    descriptions = [description for _, description in said.values()]
    assert len(set(titles)) == len(titles), titles
    assert len(set(descriptions)) == len(descriptions), descriptions
    assert all(len(description) > 20 for description in descriptions), descriptions


@pytest.mark.parametrize("width", [1440, 390])
def test_the_footer_leads_to_the_legal_pages(
    site: Site, window: Callable[..., Window], width: int
) -> None:
    page = window(width=width).page
    page.goto(site.url)
    footer = page.get_by_role("contentinfo")
    for name, path in [("Privacy", "/legal/privacy"), ("Terms", "/legal/terms")]:
        footer.get_by_role("link", name=name).click()
        page.wait_for_url(f"**{path}")
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    assert footer.get_by_role("link", name="API").get_attribute("href") == "/docs"
    footer.get_by_role("link", name="Request board").click()
    page.wait_for_url("**/requests")


def test_what_is_typed_before_the_app_has_come_is_searched_for(
    site: Site, window: Callable[..., Window]
) -> None:
    page = window().page
    held: list[Route] = []
    page.route("**/start.js", lambda route: held.append(route))
    page.goto(f"{site.url}/catalogue", wait_until="commit")
    box = page.get_by_role("combobox", name="Search the catalogue").first
    box.fill("early coffee")
    assert page.locator("#root[data-drawn]").count() == 1
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.locator("#root:not([data-drawn])").wait_for()
    expect(box).to_be_focused()
    box.press("End")
    box.type("s")
    expect(box).to_have_value("early coffees")
    box.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q=early(%20|\+)coffees$"))

    without = window().page
    without.route("**/start.js", lambda route: route.abort())
    without.goto(f"{site.url}/catalogue")
    without.get_by_role("combobox", name="Search the catalogue").first.fill("tea")
    without.keyboard.press("Enter")
    without.wait_for_url("**/search?q=tea")


@pytest.fixture
def hosts(window: Callable[..., Window]) -> tuple[Window, set[str]]:
    """A window, and whom it has asked for anything."""
    one, asked = window(), set[str]()
    one.page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    return one, asked


def test_the_api_can_be_tried_without_another_host(
    site: Site, hosts: tuple[Window, set[str]]
) -> None:
    page, asked = hosts[0].page, hosts[1]
    page.goto(f"{site.url}/docs")
    page.get_by_role("link", name="invoices").first.click(timeout=DRAWN_WITHIN_MS)
    operation = page.locator(".opblock", has_text="/api/v1/invoices/{invoice_id}").first
    operation.get_by_role("button").first.click()
    expect(operation.get_by_text("Responses", exact=True)).to_be_visible()
    assert asked == {site.url.split("/")[2]}


def test_the_api_reference_is_drawn_an_area_at_a_time_without_another_host(
    site: Site, hosts: tuple[Window, set[str]]
) -> None:
    page, asked = hosts[0].page, hosts[1]
    page.goto(f"{site.url}/redoc#tag/price-lists")
    area = page.get_by_label("Area of the API")
    drawn = page.locator("#reference h2")
    expect(drawn.filter(has_text="price lists").first).to_be_attached(timeout=DRAWN_WITHIN_MS)
    expect(area).to_have_value("price lists")
    area.select_option("invoices")
    page.wait_for_url("**/redoc?area=invoices")
    expect(drawn.filter(has_text="List Invoices")).to_be_attached(timeout=DRAWN_WITHIN_MS)
    expect(drawn.filter(has_text="price lists")).to_have_count(0)
    assert asked == {site.url.split("/")[2]}


@pytest.mark.parametrize("noun", ["products", "sellers"])
@pytest.mark.parametrize("key", ["01a20311-0000-7000-8000-000000000000", "nonsense"])
def test_what_is_gone_says_so_and_leads_on(
    site: Site, window: Callable[..., Window], noun: str, key: str
) -> None:
    page = window().page
    page.goto(f"{site.url}/{noun}/{key}")
    expect(page.get_by_role("heading", level=1, name="There is nothing here")).to_be_attached()
    expect(page.get_by_role("link", name="To the home page")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
