"""Work without a mouse: nothing here is clicked, and whatever has the focus shows it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site, Window

pytestmark = pytest.mark.browser

STEPS_MAX = 60
HAS_VISIBLE_FOCUS = """
() => {
  const one = document.activeElement;
  if (one === null || one === document.body) return 'nothing has the focus';
  const box = one.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return `${one.outerHTML.slice(0, 120)} is not on the screen`;
  const outlined = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
  // A field may leave its ring to what encloses it.
  for (let node = one, steps = 0; node !== null && steps < 3; node = node.parentElement, steps += 1)
    if (outlined(getComputedStyle(node))) return '';
  // The palette is nothing but its one field, whose caret is seen.
  if (one.closest('[cmdk-root]') !== null) return '';
  return `${one.outerHTML.slice(0, 160)} does not show its focus`;
}
"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; every stop on the way must be visible."""
    for _ in range(STEPS_MAX):
        page.keyboard.press("Tab")
        complaint = page.evaluate(HAS_VISIBLE_FOCUS)
        assert complaint == ""
        if target.evaluate("node => node === document.activeElement"):
            return
    pytest.fail(f"{target} is out of reach of {STEPS_MAX} presses of Tab.")


def choose(page: Page, words: str, option: str) -> None:
    """Open the palette, type, and take what is marked."""
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search and commands")).to_be_focused()
    page.keyboard.type(words)
    expect(page.get_by_role("option", name=option).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_from_the_door_to_a_drafted_request(site: Site, window: Callable[..., Window]) -> None:
    person = site.register("buyer", "Keys Only")
    due = (datetime.now(UTC) + timedelta(days=7)).isoformat()
    made = person.client.post(
        "/requests",
        json={
            "title": "Galvanised roofing sheets",
            "category": "construction",
            "currency": "KZT",
            "quotes_due_at": due,
            "lines": [{"name": "Sheet", "quantity": "10", "unit": "H87"}],
        },
    )
    assert made.status_code == 201, made.text
    page = window().page
    page.goto(f"{site.url}/sign-in")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    tab_to(page, page.get_by_label("E-mail").first)
    page.keyboard.type(person.email)
    tab_to(page, page.get_by_label("Password", exact=True).first)
    page.keyboard.type(person.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/app")
    expect(page.get_by_role("navigation", name="Main navigation")).to_be_visible()

    # By a word of its title, which no page is called by.
    choose(page, "roofing", "Galvanised roofing sheets")
    page.wait_for_url(f"**/app/requests/{made.json()['id']}**")
    expect(page.get_by_role("heading", level=1, name=re.compile("Galvanised"))).to_be_visible()

    choose(page, "new request", "New request")
    page.wait_for_url("**/app/requests/new**")
    sentence = page.get_by_label("Describe it in a sentence")
    expect(sentence).to_be_visible()
    if not sentence.evaluate("node => node === document.activeElement"):
        tab_to(page, sentence)
    page.keyboard.type("40 office chairs to Astana within 20 days")
    tab_to(page, page.get_by_role("button", name="Draft it for me"))
    page.keyboard.press("Enter")
    take = page.get_by_role("button", name="Take this draft")
    expect(take).to_be_visible()
    tab_to(page, take)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/app/requests/[0-9a-f-]{36}/edit"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    drafts = person.client.get("/requests").json()["items"]
    assert [one["state"] for one in drafts] == ["draft", "draft"]


def test_a_removed_line_leaves_the_focus_at_its_neighbour(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Second Thoughts")
    lines = [{"name": name, "quantity": "1", "unit": "H87"} for name in ("Desk", "Lamp")]
    body = {"title": "Office", "category": "furniture", "currency": "KZT", "lines": lines}
    made = person.client.post("/requests", json=body)
    assert made.status_code == 201, made.text
    one = window()
    one.sign_in_by_api(site, person)
    page = one.page
    page.goto(f"{site.url}/app/requests/{made.json()['id']}/edit?step=lines")
    removal = page.get_by_role("button", name="Remove line 2")
    expect(removal).to_be_visible()
    tab_to(page, removal)
    page.keyboard.press("Enter")
    expect(removal).to_have_count(0)
    expect(page.locator("[name='lines.0.name']")).to_be_focused()


def test_the_skip_link_leads_to_the_content(site: Site, window: Callable[..., Window]) -> None:
    person = site.register("buyer", "Skipping Ltd")
    one = window()
    one.sign_in_by_api(site, person)
    for path in ("/", "/app"):
        one.page.goto(f"{site.url}{path}")
        expect(one.page.get_by_role("heading", level=1)).to_be_visible()
        one.page.keyboard.press("Tab")
        skip = one.page.get_by_role("link", name="Skip to the content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        one.page.keyboard.press("Enter")
        expect(one.page.locator("main#content")).to_be_focused()
        one.page.keyboard.press("Tab")
        assert one.page.evaluate("document.activeElement.closest('main') !== null")


def test_the_palette_lists_pages_settings_and_recent_things(
    site: Site, window: Callable[..., Window]
) -> None:
    person = site.register("buyer", "Palette Ltd")
    due = (datetime.now(UTC) + timedelta(days=7)).isoformat()
    lines = [{"name": "Beam", "quantity": "3", "unit": "H87"}]
    body = {"category": "construction", "currency": "KZT", "quotes_due_at": due, "lines": lines}
    titles = ["Larch beams", "Pine planks"]
    for title in titles:
        answer = person.client.post("/requests", json={**body, "title": title})
        assert answer.status_code == 201, answer.text
    one = window()
    one.sign_in_by_api(site, person)
    page = one.page
    page.goto(f"{site.url}/app")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    recent = page.get_by_role("group", name="Recent").get_by_role("option")
    expect(recent).to_have_text([re.compile("Pine planks"), re.compile("Larch beams")])
    names = {
        "Pages": ["Dashboard", "Requests", "Deals", "Invoices", "Team", "Settings"],
        "Settings": ["Profile", "Security", "Notifications", "Organisation", "Spending limits"],
        "Actions": ["New request", "Theme: Dark", "Русский", "Sign out"],
    }
    for group, options in names.items():
        for option in options:
            listed = page.get_by_role("group", name=group, exact=True).get_by_role("option")
            expect(listed.filter(has_text=option).first).to_be_attached()
    page.keyboard.type("zzzz")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.get_by_text("Nothing has that name.")).to_be_visible()
    # Escape gives the focus back to where it was.
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    choose(page, "secur", "Security")
    page.wait_for_url("**/app/settings/security")
