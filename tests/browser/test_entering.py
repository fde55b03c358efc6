"""The doors: sign-in, registration, other accounts, a forgotten password, sessions."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import INSECURE_HOST, PASSWORD, Site, Window

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("choice", "page_of_work"),
    [("Buying for a company", "Requests"), ("Selling to companies", "Open requests")],
)
def test_register_and_land_in_the_workspace(
    site: Site, window: Callable[..., Window], choice: str, page_of_work: str
) -> None:
    page = window().page
    page.goto(f"{site.url}/sign-in")
    page.get_by_role("tab", name="Register").click()
    panel = page.get_by_role("tabpanel", name="Register")
    panel.get_by_role("radio", name=re.compile(choice)).check()
    panel.get_by_label("Your name").fill("Aigerim Nurlanova")
    panel.get_by_label("Organisation").fill("Silk Road Coffee")
    panel.get_by_label("E-mail").fill(f"first-{uuid4().hex[:8]}@silk.example")
    panel.get_by_label("Password", exact=True).fill(PASSWORD)
    panel.get_by_role("button", name="Create the account").click()
    page.wait_for_url("**/app")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Silk Road Coffee").first).to_be_visible()
    expect(
        page.get_by_role("navigation", name="Main navigation").get_by_role(
            "link", name=page_of_work, exact=True
        )
    ).to_be_visible()


def error_beside(field: Locator) -> str:
    """What a screen reader says about the field after its name: its hint and its error."""
    expect(field).to_have_attribute("aria-invalid", "true")
    words = field.evaluate(
        """field => (field.getAttribute('aria-describedby') ?? '').split(' ')
            .map(id => document.getElementById(id)?.innerText ?? '').join(' ')"""
    )
    return str(words)


def test_what_is_wrong_stands_beside_its_field(site: Site, window: Callable[..., Window]) -> None:
    taken = site.register("buyer", "Taken Ltd")
    page = window().page
    page.goto(f"{site.url}/sign-in?tab=register")
    panel = page.get_by_role("tabpanel", name="Register")
    send = panel.get_by_role("button", name="Create the account")
    send.click()
    name = panel.get_by_label("Your name")
    organisation = panel.get_by_label("Organisation")
    email = panel.get_by_label("E-mail")
    password = panel.get_by_label("Password", exact=True)
    for field in (name, organisation, email, password):
        assert error_beside(field) != ""
    # Whoever sent it is taken to the first thing to mend.
    expect(name).to_be_focused()
    name.fill("Aigerim Nurlanova")
    organisation.fill("Silk Road Tea")
    email.fill("not an address")
    password.fill("short")
    send.click()
    assert error_beside(email) != ""
    assert "10" in error_beside(password)
    expect(name).not_to_have_attribute("aria-invalid", "true")
    # What only the server knows lands beside the fields too, in the reader's words.
    email.fill(taken.email)
    password.fill("password123")
    send.click()
    assert "common" in error_beside(password)
    # An address that is taken says no more than that, and opens nothing.
    password.fill("some-other-password-1")
    send.click()
    expect(
        panel.get_by_role("alert").or_(panel.locator("[aria-invalid=true]")).first
    ).to_be_visible()
    assert page.url == f"{site.url}/sign-in?tab=register"
    assert page.request.get(f"{site.url}/api/v1/auth/me").status == 401


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


@pytest.mark.parametrize("path", ["/no/such/page", "/app/no-such-page"])
def test_an_unknown_page_says_so_and_leads_back(
    site: Site, window: Callable[..., Window], path: str
) -> None:
    person = site.register("buyer", "Lost Ltd")
    one = window()
    one.sign_in_by_api(site, person)
    one.page.goto(f"{site.url}{path}")
    expect(one.page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    assert one.page.title() == "There is nothing here · Karavan"
    one.page.get_by_role("link", name="To the home page").click()
    one.page.wait_for_url(f"{site.url}/")


def test_somebody_elses_request_looks_like_none(site: Site, window: Callable[..., Window]) -> None:
    owner, stranger = site.register("buyer", "Owner Ltd"), site.register("buyer", "Stranger Ltd")
    made = owner.client.post("/requests", json={"title": "Secret plans", "currency": "KZT"})
    assert made.status_code == 201, made.text
    one = window()
    one.sign_in_by_api(site, stranger)
    one.page.goto(f"{site.url}/app/requests/{made.json()['id']}")
    expect(one.page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    expect(one.page.get_by_text("Secret plans")).to_have_count(0)


def test_whoever_comes_to_sell_need_not_say_so_twice(
    site: Site, window: Callable[..., Window]
) -> None:
    page = window(width=390).page
    page.goto(site.url)
    page.get_by_role("link", name="Sell to companies").click()
    expect(page.get_by_role("radio", name=re.compile("Selling to companies"))).to_be_checked()
    page.goto(f"{site.url}/sign-in?tab=register&role=owner")
    expect(page.get_by_role("radio", name=re.compile("Buying for a company"))).to_be_checked()


def test_an_address_without_https_opens_everything(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Next Room Ltd")
    one = window()
    page = one.page
    there = site.url.replace("localhost", INSECURE_HOST)
    page.goto(f"{there}/sign-in")
    assert page.evaluate("isSecureContext") is False
    page.get_by_label("E-mail").first.fill(person.email)
    page.get_by_label("Password", exact=True).first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/app")
    page.goto(f"{there}/app/codes")
    page.get_by_role("button", name="Scan").click()
    expect(page.get_by_text("The camera needs a secure address")).to_be_visible()
    # The browser itself says of such an address that a header of ours is of no use there.
    one.complaints[:] = [said for said in one.complaints if "Opener-Policy" not in said]
