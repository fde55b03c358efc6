"""Without a network: it is said, nothing typed is lost, and what is known stays on the screen."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Window

pytestmark = pytest.mark.browser

OFFLINE = "You are offline."


def test_the_notice_comes_and_goes_and_the_page_stays(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Tunnel Ltd")
    one = window()
    one.sign_in(site, person)
    page = one.page
    page.goto(f"{site.url}/app/requests")
    heading = page.get_by_role("heading", level=1, name="Requests")
    expect(heading).to_be_visible()
    expect(page.get_by_text(OFFLINE)).to_have_count(0)
    one.context.set_offline(True)
    expect(page.get_by_role("status").filter(has_text=OFFLINE)).to_be_visible()
    expect(heading).to_be_visible()
    one.context.set_offline(False)
    expect(page.get_by_text(OFFLINE)).to_have_count(0)


def test_a_server_that_is_gone_is_told_in_the_readers_language(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Stopped Ltd", locale="ru")
    one = window(locale="ru-RU")
    one.sign_in_by_api(site, person)
    page = one.page
    page.goto(f"{site.url}/app")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.route(re.compile("/(api|assets)/"), lambda route: route.abort())
    page.get_by_role("link", name="Запросы", exact=True).first.click()
    said = page.get_by_role("alert").filter(has_text="Сервер недоступен. Проверьте соединение")
    expect(said).to_be_visible()
    expect(page.get_by_text("dynamically")).to_have_count(0)
    page.unroute_all()
    page.get_by_role("button", name="Повторить").click()
    expect(page.get_by_role("heading", level=1, name="Запросы")).to_be_visible()
    # The code that did not come is told in the console as well.
    one.complaints[:] = [said for said in one.complaints if "imported module" not in said]


def test_a_form_that_cannot_be_sent_keeps_its_words_and_sends_them_later(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Dropped Ltd")
    one = window()
    one.sign_in(site, person)
    page = one.page
    page.goto(f"{site.url}/app/settings/profile")
    name = page.get_by_role("textbox", name="Name")
    expect(name).to_have_value("Aigerim Nurlanova")
    one.context.set_offline(True)
    name.fill("Aigerim of the Steppe")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(name).to_have_value("Aigerim of the Steppe")
    assert person.client.get("/auth/me").json()["user"]["display_name"] == "Aigerim Nurlanova"
    one.context.set_offline(False)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    assert person.client.get("/auth/me").json()["user"]["display_name"] == "Aigerim of the Steppe"


def test_a_draft_edited_without_a_network_is_saved_when_it_returns(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Drafting Offline")
    due = (datetime.now(UTC) + timedelta(days=7)).isoformat()
    made = person.client.post(
        "/requests",
        json={
            "title": "Sacks of flour",
            "category": "food",
            "currency": "KZT",
            "quotes_due_at": due,
            "lines": [{"name": "Sack", "quantity": "10", "unit": "H87"}],
        },
    )
    assert made.status_code == 201, made.text
    path = f"/requests/{made.json()['id']}"
    one = window()
    one.sign_in_by_api(site, person)
    page = one.page
    page.goto(f"{site.url}/app{path}/edit")
    title = page.get_by_label(re.compile("Title"))
    expect(title).to_have_value("Sacks of flour")
    one.context.set_offline(True)
    title.fill("Sacks of rye flour")
    page.wait_for_timeout(3_000)
    assert person.client.get(path).json()["title"] == "Sacks of flour"
    expect(title).to_have_value("Sacks of rye flour")
    one.context.set_offline(False)
    page.wait_for_function(
        """async ([url, title]) => (await (await fetch(url)).json()).title === title""",
        arg=[f"{site.url}/api/v1{path}", "Sacks of rye flour"],
    )
    expect(title).to_have_value("Sacks of rye flour")
