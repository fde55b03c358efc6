"""The doors: sign-in, registration, other accounts, a forgotten password, sessions."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, Site, Window

pytestmark = pytest.mark.browser


def test_register_and_land_in_the_workspace(site: Site, window: Callable[..., Window]) -> None:
    page = window().page
    page.goto(f"{site.url}/sign-in?tab=register")
    panel = page.get_by_role("tabpanel", name="Register")
    panel.get_by_role("radio", name=re.compile("Selling to companies")).check()
    panel.get_by_label("Your name").fill("Aigerim Nurlanova")
    panel.get_by_label("Organisation").fill("Silk Road Coffee")
    panel.get_by_label("E-mail").fill("first@silk.example")
    panel.get_by_label("Password", exact=True).fill(PASSWORD)
    panel.get_by_role("button", name="Create the account").click()
    page.wait_for_url("**/app**")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_wrong_password_says_so_and_nothing_more(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Door Ltd")
    page = window().page
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("E-mail").first.fill(person.email)
    page.get_by_label("Password", exact=True).first.fill("not-the-password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert "/sign-in" in page.url


def test_a_guarded_page_asks_to_sign_in_and_comes_back(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Return Ltd")
    one = window()
    one.page.goto(f"{site.url}/app/requests")
    one.page.wait_for_url(re.compile(r"/sign-in\?next="))
    one.page.get_by_label("E-mail").first.fill(person.email)
    one.page.get_by_label("Password", exact=True).first.fill(person.password)
    one.page.get_by_role("button", name="Sign in", exact=True).click()
    one.page.wait_for_url("**/app/requests**")
