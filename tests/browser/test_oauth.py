"""Signing in with somebody else's account, through the sandbox provider and its consent page."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Account, Site, Window

pytestmark = pytest.mark.browser


def consent(page: Page, site: Site, provider: str, email: str, *, allow: bool = True) -> None:
    """From the sign-in page to the provider, and its person's decision."""
    page.goto(f"{site.url}/sign-in")
    page.get_by_role("link", name=provider).click()
    expect(page.get_by_role("heading", name=f"{provider} sandbox")).to_be_visible()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Name", exact=True).fill("Dana Serikova")
    page.get_by_role("button", name="Allow" if allow else "Deny").click()


def connect(
    page: Page, site: Site, window: Callable[..., Window], provider: str, person: Account
) -> Page:
    """With the password, asked for once, into the workspace; then into another window's by the provider's word alone."""
    page.get_by_label("Password", exact=True).fill(person.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/app")
    again = window().page
    consent(again, site, provider, person.email)
    again.wait_for_url("**/app")
    return again


def new_address() -> str:
    return f"oauth-{uuid4().hex[:10]}@example.org"


@pytest.mark.parametrize("provider", ["Google", "GitHub", "Facebook"])
def test_a_new_person_chooses_a_role_and_later_walks_straight_in(
    site: Site, window: Callable[..., Window], provider: str
) -> None:
    email = new_address()
    first = window().page
    consent(first, site, provider, email)
    expect(first.get_by_role("heading", name="Almost there")).to_be_visible()
    # The address of the page is shared and kept: it holds no token any more.
    assert first.url == f"{site.url}/oauth/callback"
    expect(first.get_by_label("Your name")).to_have_value("Dana Serikova")
    expect(first.get_by_label("E-mail")).to_have_value(email)
    first.get_by_role("radio", name=re.compile("Selling to companies")).check()
    first.get_by_role("button", name="Open the workspace").click()
    # A company is asked for by name, next to its field, and nothing was made without it.
    expect(first.get_by_label("Organisation")).to_have_attribute("aria-invalid", "true")
    first.get_by_label("Organisation").fill("Dana Textiles")
    first.get_by_role("button", name="Open the workspace").click()
    first.wait_for_url("**/app")
    expect(first.get_by_role("link", name="Open requests").first).to_be_visible()

    again = window().page
    consent(again, site, provider, email)
    again.wait_for_url("**/app")
    expect(again.get_by_text("Dana Textiles").first).to_be_visible()


def test_a_denied_consent_says_so_and_offers_the_way_back(
    site: Site, window: Callable[..., Window]
) -> None:
    page = window().page
    consent(page, site, "Google", new_address(), allow=False)
    expect(page.get_by_role("heading", name="Signing in did not work")).to_be_visible()
    expect(page.get_by_text("You did not allow the provider to sign you in.")).to_be_visible()
    page.get_by_role("link", name="Try again").click()
    page.wait_for_url("**/sign-in")
    assert page.request.get(f"{site.url}/api/v1/auth/me").status == 401


def test_the_wished_page_is_reached_through_the_provider(
    site: Site, window: Callable[..., Window]
) -> None:
    email = new_address()
    page = window().page
    page.goto(f"{site.url}/app/deals")
    page.wait_for_url(re.compile(r"/sign-in\?next="))
    page.get_by_role("link", name="GitHub").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Allow").click()
    page.get_by_label("Organisation").fill("Steppe Trading")
    page.get_by_role("button", name="Open the workspace").click()
    page.wait_for_url("**/app/deals")


def test_an_address_with_an_account_is_connected_by_its_password(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Connected Ltd")
    page = window().page
    # The account's owner never proved the address to us: the provider's word alone opens nothing.
    consent(page, site, "Google", person.email)
    expect(page.get_by_text("This address has an account already")).to_be_visible()
    again = connect(page, site, window, "Google", person)
    expect(again.get_by_text("Connected Ltd").first).to_be_visible()


def test_who_has_an_account_connects_it_instead_of_registering_another(
    site: Site, window: Callable[..., Window]
) -> None:
    """Facebook vouches for no address, so that people whom we know look new: the way to their account stands there."""
    person = site.register("buyer", "Known Ltd")
    page = window().page
    consent(page, site, "Facebook", person.email)
    page.get_by_label("Organisation").fill("Known Once More")
    page.get_by_role("button", name="Open the workspace").click()
    expect(page.get_by_text("If you have an account, sign in.")).to_be_visible()
    page.get_by_role("button", name="I have an account already").click()
    expect(page.get_by_role("heading", name="Connect the two accounts")).to_be_visible()
    again = connect(page, site, window, "Facebook", person)
    expect(again.get_by_text("Known Ltd").first).to_be_visible()
