"""Invitations, from the dialog of the owner through the mail to the new colleague's workspace."""

import re
from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Account, Site, Window
from tests.browser.mailbox import newest_mail

pytestmark = pytest.mark.browser


@pytest.fixture
def owner(site: Site, window: Callable[..., Window]) -> tuple[Account, Page]:
    """Somebody who may invite, on the page of the team."""
    account = site.register("buyer", f"Inviting {uuid4().hex[:6]}")
    one = window()
    one.sign_in(site, account)
    one.page.goto(f"{site.url}/app/team")
    return account, one.page


def invite(page: Page, email: str, role: str = "Manager") -> None:
    page.get_by_role("button", name="Invite somebody").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail", exact=True).fill(email)
    dialog.get_by_role("radio", name=re.compile(role)).check()
    dialog.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text(f"Invitation sent to {email}.")).to_be_visible()


def link_of(one: Window, site: Site, email: str) -> str:
    """The link in the mail."""
    mail = newest_mail(one.context.new_page(), site, email, "Inviting")
    found = re.search(r"https?://\S+/invite/\S+", mail)
    assert found is not None, mail
    return found[0]


def new_address() -> str:
    return f"colleague-{uuid4().hex[:10]}@example.org"


def test_a_new_person_joins_by_the_link(
    site: Site, window: Callable[..., Window], owner: tuple[Account, Page]
) -> None:
    email = new_address()
    invite(owner[1], email)
    one = window()
    page = one.page
    page.goto(link_of(one, site, email))
    expect(page.get_by_role("heading", level=1, name=re.compile("Join Inviting"))).to_be_visible()
    expect(page.get_by_text("Your role: Manager.")).to_be_visible()
    page.get_by_label("Your name").fill("Yerlan Ospanov")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/app")
    expect(page.get_by_text("Inviting").first).to_be_visible()
    team = owner[1]
    team.get_by_role("tab", name=re.compile("Members")).click()
    expect(team.get_by_text("Yerlan Ospanov").first).to_be_visible()
    page.goto(f"{site.url}/app/settings/profile")
    expect(page.get_by_text(re.compile("Manager, Inviting"))).to_be_visible()


def test_somebody_with_an_account_joins_and_changes_between_organisations(
    site: Site, window: Callable[..., Window], owner: tuple[Account, Page]
) -> None:
    guest = site.register("vendor", "Own House")
    invite(owner[1], guest.email, role="Viewer")
    one = window()
    page = one.page
    page.goto(link_of(one, site, guest.email))
    expect(page.get_by_text("You have an account with this address.")).to_be_visible()
    page.get_by_label("Password", exact=True).fill("not-the-password")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Password", exact=True).fill(guest.password)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/app")
    switcher = page.get_by_role("button", name=re.compile("Change organisation: Inviting"))
    switcher.click()
    page.get_by_role("menuitemradio", name=re.compile("Own House")).click()
    expect(page.get_by_role("button", name="Change organisation: Own House")).to_be_visible()


def test_a_signed_in_person_joins_with_one_press(
    site: Site, window: Callable[..., Window], owner: tuple[Account, Page]
) -> None:
    guest = site.register("vendor", "Pressing House")
    invite(owner[1], guest.email, role="Viewer")
    one = window()
    one.sign_in(site, guest)
    one.page.goto(link_of(one, site, guest.email))
    one.page.get_by_role("button", name="Join").click()
    one.page.wait_for_url("**/app")
    expect(one.page.get_by_text("Welcome to Inviting")).to_be_visible()


def test_a_signed_in_stranger_is_told_whose_invitation_it_is(
    site: Site, window: Callable[..., Window], owner: tuple[Account, Page]
) -> None:
    email = new_address()
    invite(owner[1], email)
    stranger = site.register("vendor", "Stranger House")
    one = window()
    one.sign_in(site, stranger)
    one.page.goto(link_of(one, site, email))
    expect(one.page.get_by_text(f"You are signed in as {stranger.email}")).to_be_visible()
    expect(one.page.get_by_role("button", name="Join")).to_have_count(0)
    one.page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(one.page.get_by_label("Your name")).to_be_visible()


def test_an_invitation_taken_back_says_so(
    site: Site, window: Callable[..., Window], owner: tuple[Account, Page]
) -> None:
    email = new_address()
    team = owner[1]
    invite(team, email)
    one = window()
    link = link_of(one, site, email)
    team.get_by_role("tab", name=re.compile("Invitations")).click()
    team.get_by_role("row").filter(has_text=email).get_by_role("button").last.click()
    menu_item = team.get_by_role("menuitem", name="Take the invitation back")
    if menu_item.is_visible():
        menu_item.click()
    confirm = team.get_by_role("alertdialog").or_(team.get_by_role("dialog"))
    confirm.get_by_role("button", name="Take the invitation back").click()
    expect(team.get_by_text("The invitation is taken back.")).to_be_visible()
    one.page.goto(link)
    expect(one.page.get_by_text("This invitation was taken back")).to_be_visible()
    expect(one.page.get_by_role("button", name="Join")).to_have_count(0)


def test_an_invitation_that_has_run_out_says_so(
    site: Site, window: Callable[..., Window], owner: tuple[Account, Page]
) -> None:
    email = new_address()
    invite(owner[1], email)
    one = window()
    link = link_of(one, site, email)
    with psycopg.connect(site.owner_url, autocommit=True) as connection:
        connection.execute(
            "update organisations_invites set created_at = now() - interval '8 days',"
            " expires_at = now() - interval '1 day' where email = %s",
            (email,),
        )
    one.page.goto(link)
    expect(one.page.get_by_text("This invitation has run out")).to_be_visible()
    # Another token, and one that was cut short on its way.
    for broken in (f"{link[:-1]}{'a' if link[-1] != 'a' else 'b'}", link[:-30]):
        one.page.goto(broken)
        expect(one.page.get_by_text("There is no such invitation")).to_be_visible()
