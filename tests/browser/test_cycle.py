"""The whole cycle as two companies in two browsers: from a sentence to a paid and archived deal, live on both sides."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Window

pytestmark = pytest.mark.browser

SENTENCE = "20 tonnes of cement M500 and 500 bricks to Almaty within 30 days, up to 8 million tenge"
REQUISITES = {
    "legal_name": "Vendor LLP",
    "tax_id": "123456789012",
    "address": "12 Abay Avenue",
    "city": "Almaty",
    "postal_code": "050000",
    "email": "billing@vendor.example",
}


def publish_a_request(buyer: Page, site: Site) -> str:
    """Draft by a sentence, look the draft over, publish; returns the request's id."""
    buyer.goto(f"{site.url}/app/requests/new")
    buyer.get_by_label("Describe it in a sentence").fill(SENTENCE)
    buyer.get_by_role("button", name="Draft it for me").click()
    buyer.get_by_role("button", name="Take this draft").click()
    buyer.wait_for_url(re.compile(r"/app/requests/[0-9a-f-]{36}"))
    for _ in range(6):
        if buyer.get_by_role("button", name="In a week").is_visible():
            buyer.get_by_role("button", name="In a week").click()
        if buyer.get_by_role("button", name="Publish", exact=True).is_visible():
            break
        buyer.get_by_role("button", name="Next", exact=True).click()
        buyer.wait_for_timeout(400)
    buyer.get_by_role("button", name="Publish", exact=True).click()
    expect(buyer.get_by_text("Collecting quotes").first).to_be_visible()
    found = re.search(r"/app/requests/([0-9a-f-]{36})", buyer.url)
    assert found is not None
    return found[1]


def submit_a_quote(vendor: Page, site: Site, request_id: str) -> None:
    """Price every line and send it."""
    vendor.goto(f"{site.url}/app/board/{request_id}")
    vendor.get_by_role("link", name="Prepare a quote").click()
    prices = vendor.get_by_label(re.compile(r"Price without VAT"))
    expect(prices.first).to_be_visible()
    for index in range(prices.count()):
        prices.nth(index).fill("30000")
    vendor.get_by_label("VAT for all lines, %").fill("12")
    vendor.get_by_role("button", name="Apply").click()
    vendor.get_by_label("Lead time, days").fill("12")
    vendor.get_by_role("button", name="Submit the quote").click()
    vendor.wait_for_url(re.compile(r"/app/quotes/[0-9a-f-]{36}"))


def award(buyer: Page, site: Site, request_id: str) -> None:
    """Shortlist and award the only quote as a whole."""
    buyer.goto(f"{site.url}/app/requests/{request_id}/comparison")
    buyer.get_by_role("checkbox", name=re.compile("hortlist")).first.check()
    buyer.get_by_role("button", name="Shortlist (1)").click()
    dialog = buyer.get_by_role("dialog")
    if dialog.is_visible():
        dialog.get_by_role("button", name=re.compile("Shortlist")).click()
    expect(buyer.get_by_text("The shortlist is made.")).to_be_visible()
    award_button = buyer.get_by_role("button", name="Award…")
    buyer.wait_for_timeout(600)
    said = buyer.locator("[data-sonner-toast]").filter(has_text="The shortlist is made.")
    if said.is_visible():
        # What was said stands above what is pressed next, for somebody in a hurry.
        word, button = said.bounding_box(), award_button.bounding_box()
        assert word is not None
        assert button is not None
        assert word["y"] + word["height"] <= button["y"]
    buyer.get_by_role("button", name=re.compile("Choose everything")).first.click()
    award_button.click()
    buyer.get_by_role("dialog").get_by_role("button", name="Award", exact=True).click()
    expect(buyer.get_by_text("Awarded. The deals are open.")).to_be_visible()


def sign(page: Page) -> None:
    """Read and sign the present terms."""
    page.get_by_role("button", name="Sign", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Sign", exact=True).click()
    expect(dialog).to_be_hidden()


def say(page: Page, text: str) -> None:
    """Write to the other side."""
    page.get_by_label("Message", exact=True).fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def test_from_a_sentence_to_an_archived_deal(site: Site, window: Callable[..., Window]) -> None:
    buying = site.register("buyer", "Steppe Retail")
    selling = site.register("vendor", "Silk Road Supply", display_name="Timur Akhmetov")
    path = f"/organisations/{selling.organisation_id}"
    assert selling.client.patch(path, json=REQUISITES).status_code == 200
    left, right = window(), window(dark=True)
    left.sign_in(site, buying)
    right.sign_in(site, selling)
    buyer, vendor = left.page, right.page

    request_id = publish_a_request(buyer, site)
    vendor.goto(f"{site.url}/app/board")
    expect(vendor.get_by_role("link", name=re.compile("ement")).first).to_be_visible()
    submit_a_quote(vendor, site, request_id)

    buyer.goto(f"{site.url}/app/requests/{request_id}?tab=quotes")
    expect(buyer.get_by_text("Silk Road Supply").first).to_be_visible()
    award(buyer, site, request_id)

    deals = selling.client.get("/deals").json()["items"]
    assert len(deals) == 1
    deal_url = f"{site.url}/app/deals/{deals[0]['id']}"
    buyer.goto(f"{deal_url}?tab=chat")
    vendor.goto(f"{deal_url}?tab=chat")
    say(buyer, "Can you deliver on Tuesday?")
    # Nobody reloads: the message and its answer arrive while both look.
    expect(vendor.get_by_text("Can you deliver on Tuesday?")).to_be_visible()
    say(vendor, "Yes, before noon.")
    expect(buyer.get_by_text("Yes, before noon.")).to_be_visible()

    sign(vendor)
    expect(buyer.get_by_text(re.compile("has signed these terms"))).to_be_visible()
    sign(buyer)
    expect(vendor.get_by_role("button", name="Create an invoice")).to_be_visible()
    vendor.get_by_role("button", name="Create an invoice").click()
    vendor.get_by_role("dialog").get_by_role("button", name=re.compile("Create")).click()
    vendor.get_by_role("button", name="Mark as paid").click()
    vendor.get_by_role("dialog").get_by_label("Payment reference").fill("PP-000001")
    vendor.get_by_role("dialog").get_by_role("button", name=re.compile("aid")).click()
    expect(buyer.get_by_role("button", name="Archive")).to_be_visible()
    buyer.get_by_role("button", name="Archive").click()
    confirm = buyer.get_by_role("dialog").or_(buyer.get_by_role("alertdialog"))
    if confirm.is_visible():
        confirm.get_by_role("button", name="Archive").click()
    # The seller's page hears of it too: what was the last thing to do is gone.
    expect(buyer.get_by_role("button", name="Archive")).to_have_count(0)
    expect(vendor.get_by_role("button", name="Archive")).to_have_count(0)
    deal = buying.client.get(f"/deals/{deals[0]['id']}").json()
    assert deal["state"] == "archived"
    contract = buying.client.get(f"/deals/{deals[0]['id']}/contract.pdf", follow_redirects=True)
    assert contract.content.startswith(b"%PDF")
