"""A forgotten password, the list of sessions, and what a person chooses for themselves."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Window
from tests.browser.mailbox import newest_mail

pytestmark = pytest.mark.browser

NEW_PASSWORD = "another-long-road-7"


def html_attribute(page: Page, name: str) -> str | None:
    return page.locator("html").get_attribute(name)


def ask_for_a_code(page: Page, site: Site, email: str) -> None:
    page.goto(f"{site.url}/sign-in")
    page.get_by_role("link", name="Forgot the password?").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Send the code").click()
    expect(page.get_by_text(f"If {email} has an account")).to_be_visible()


def test_a_forgotten_password_is_replaced_by_a_code_from_the_mail(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Forgetful Ltd")
    old = window()
    old.sign_in(site, person)
    new = window()
    page = new.page
    ask_for_a_code(page, site, person.email)
    mail = newest_mail(new.context.new_page(), site, person.email, "password")
    found = re.search(r"\b\d{6}\b", mail)
    assert found is not None, mail
    wrong = f"{(int(found[0]) + 1) % 1_000_000:06d}"
    code = page.get_by_label("Code from the e-mail")
    code.fill(wrong)
    page.get_by_role("button", name="Check the code").click()
    expect(page.get_by_text("The code is wrong or has run out.")).to_be_visible()
    code.fill(found[0])
    page.get_by_role("button", name="Check the code").click()
    password = page.get_by_role("textbox", name="New password")
    password.fill("short")
    page.get_by_role("button", name="Set the password").click()
    expect(password).to_have_attribute("aria-invalid", "true")
    password.fill(NEW_PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("The password is changed. Sign in with it.")).to_be_visible()

    # Whoever was signed in is out, without touching the page; the old password is worth nothing.
    old.page.wait_for_url(re.compile("/sign-in"))
    page.get_by_label("E-mail").first.fill(person.email)
    page.get_by_label("Password", exact=True).first.fill(person.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Password", exact=True).first.fill(NEW_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/app")


def test_an_unknown_address_is_answered_like_a_known_one(
    site: Site, window: Callable[..., Window]
) -> None:
    ask_for_a_code(window().page, site, "nobody-at-all@example.org")


def test_a_session_ended_from_another_window_is_over_there(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Two Windows Ltd")
    here, there = window(), window()
    there.sign_in(site, person)
    here.sign_in(site, person)
    there.page.goto(f"{site.url}/app/requests")
    expect(there.page.get_by_role("heading", level=1, name="Requests")).to_be_visible()
    page = here.page
    page.goto(f"{site.url}/app/settings/security")
    devices = page.get_by_role("listitem").filter(has_text="Last used")
    # The two windows, and the client that registered the person.
    expect(devices).to_have_count(3)
    expect(devices.filter(has_text="This device")).to_have_count(1)
    page.get_by_role("button", name="Sign out everywhere else").click()
    page.get_by_role("alertdialog").or_(page.get_by_role("dialog")).get_by_role(
        "button", name="Sign out"
    ).click()
    expect(devices).to_have_count(1)
    there.page.wait_for_url(re.compile(r"/sign-in\?next="))
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Security")).to_be_visible()


def test_theme_and_language_follow_the_person(site: Site, window: Callable[..., Window]) -> None:
    person = site.register("buyer", "Choosing Ltd")
    one = window()
    one.sign_in(site, person)
    page = one.page
    page.goto(f"{site.url}/app/settings/profile")
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("radio", name="Қазақша").check()
    page.get_by_label("Your name").or_(page.get_by_label("Name", exact=True)).fill("Айгүл Ә.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Профиль")).to_be_visible()
    page.wait_for_function("() => document.documentElement.lang === 'kk'")
    assert html_attribute(page, "data-theme") == "dark"
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    assert (html_attribute(page, "lang"), html_attribute(page, "data-theme")) == ("kk", "dark")

    # Another browser in another language: the profile decides once the person is known.
    other = window(locale="en-GB")
    other.sign_in(site, person)
    other.page.wait_for_function(
        "() => document.documentElement.lang === 'kk' && document.documentElement.dataset.theme === 'dark'"
    )
    expect(other.page.get_by_role("button", name=re.compile("Айгүл Ә."))).to_be_visible()


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("locale", ["en", "ru", "kk"])
def test_the_bar_under_the_thumb_shows_whole_words(
    site: Site, window: Callable[..., Window], locale: str, width: int
) -> None:
    cut = """links => links.flatMap(link => [...link.querySelectorAll('span')])
      .filter(word => word.scrollWidth > word.clientWidth || word.scrollHeight > word.clientHeight)
      .map(word => word.textContent)"""
    for role in ("buyer", "vendor"):
        opened = window(width=width, height=844)
        opened.sign_in_by_api(site, site.register(role, "Steppe Retail", locale=locale))
        opened.page.goto(f"{site.url}/app")
        bar = opened.page.get_by_role("navigation").last
        links = bar.get_by_role("link")
        expect(links).to_have_count(4)
        assert links.evaluate_all(cut) == []
        bar.evaluate(
            "bar => { if (bar.scrollWidth > bar.clientWidth) throw new Error('too wide') }"
        )
