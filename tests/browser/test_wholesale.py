"""Wholesale trade on the screen: from a supplier's catalogue to the delivery, standing orders, complaints and reviews."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Account, Site, Window
from tests.browser.goods import platform_person, product, send
from tests.browser.test_pages import examine

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Trade:
    """A supplier with two products in stock, and a buyer who is linked with them."""

    vendor: Account
    buyer: Account
    beans: str
    tea: str

    def order(self) -> dict[str, Any]:
        """A delivered order of the beans, made through the API."""
        body = {
            "supplier_organisation_id": self.vendor.organisation_id,
            "lines": [{"product_id": self.beans, "quantity": "3"}],
        }
        order: dict[str, Any] = send(self.buyer, "/orders", body)
        path = f"/orders/{order['id']}"
        for step in ("confirm", "process", "ship", "deliver"):
            order = send(self.vendor, f"{path}/{step}", {})
        return order


@pytest.fixture(scope="module")
def trade(site: Site) -> Trade:
    vendor = site.register("vendor", "Wholesale Roastery")
    buyer = site.register("buyer", "Wholesale Cafes")
    category = vendor.client.get("/categories/search", params={"q": "coffee"}).json()["items"][-1]
    place = send(vendor, "/stock-locations", {"name": "Store", "address": "", "position": 1})
    made = []
    for sku, name, price in (("WB-1", "House beans", 850_000), ("WT-1", "Green leaves", 520_000)):
        body = product(sku, name, price, category_id=category["id"])
        one = send(vendor, "/products", body)["id"]
        received = {"kind": "receive", "quantity": "100", "location_id": place["id"]}
        send(vendor, f"/products/{one}/stock", received)
        assert send(vendor, f"/products/{one}/propose", {})["state"] == "published"
        made.append(one)
    trade_with(vendor, buyer)
    return Trade(vendor, buyer, *made)


def trade_with(vendor: Account, buyer: Account) -> None:
    """A trading link that both sides agreed upon."""
    link = send(buyer, "/links/requests", {"supplier_organisation_id": vendor.organisation_id})
    terms = {"payment_days": 14, "delivery_days": 3}
    send(vendor, f"/links/{link['id']}/accept", {"terms": terms})


def signed_in(site: Site, window: Callable[..., Window], account: Account) -> Window:
    one = window()
    one.sign_in_by_api(site, account)
    return one


def test_from_the_catalogue_to_the_delivery(
    site: Site, trade: Trade, window: Callable[..., Window]
) -> None:
    # Of their own, for other tests leave things in the other's cart.
    buyer = site.register("buyer", "Patient Cafes")
    trade_with(trade.vendor, buyer)
    buying = signed_in(site, window, buyer).page
    buying.goto(f"{site.url}/app/catalogue?supplier={trade.vendor.organisation_id}")
    buying.get_by_role("button", name="Price", exact=True).click()
    prices = buying.get_by_role("dialog", name="Price")
    prices.get_by_label("From", exact=True).fill("8000")
    prices.get_by_role("button", name="Apply").click()
    buying.wait_for_url("**price_min=800000**")
    expect(buying.get_by_role("link", name="Green leaves")).to_have_count(0)
    buying.get_by_role("button", name="Add to the cart").click()
    buying.goto(f"{site.url}/app/cart")
    expect(buying.get_by_role("link", name="House beans")).to_be_visible()
    buying.get_by_role("button", name="Place the order").click()
    buying.get_by_role("dialog").get_by_role("button", name="Place the order").click()
    buying.wait_for_url("**/app/orders/*")
    expect(buying.get_by_text("Waiting for the seller to confirm.")).to_be_visible()

    selling = signed_in(site, window, trade.vendor).page
    selling.goto(buying.url)
    for action in ("Confirm", "Take in hand", "Ship", "Delivered"):
        selling.get_by_role("button", name=action, exact=True).click()
        if action in {"Confirm", "Ship"}:
            selling.get_by_role("dialog").get_by_role("button", name=action).click()
        expect(selling.get_by_role("dialog")).to_have_count(0)
    expect(selling.get_by_text("The buyer looks at the goods.")).to_be_visible()

    # Nobody has reloaded the buyer's page: the stream has told it.
    accept = buying.get_by_role("button", name="Accept the delivery")
    accept.click()
    expect(accept).to_have_count(0)
    order = buyer.client.get(f"/orders/{buying.url.rsplit('/', 1)[-1]}").json()
    shipped = [(line["sku"], line["shipped_quantity"]) for line in order["lines"]]
    assert (order["state"], shipped) == ("completed", [("WB-1", "1")])


def test_a_standing_order_is_set_up_changed_and_left_out_once(
    site: Site, trade: Trade, window: Callable[..., Window]
) -> None:
    page = signed_in(site, window, trade.buyer).page
    page.goto(f"{site.url}/app/standing-orders")
    page.get_by_role("button", name="New standing order").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("Supplier").select_option(label="Wholesale Roastery")
    form.get_by_label("Name").fill("Beans for the week")
    form.get_by_label("Add goods").click()
    page.get_by_placeholder("Search").last.fill("WB-1")
    page.get_by_role("option", name="House beans").click()
    quantity = form.get_by_role("textbox", name="House beans")
    quantity.fill("5")
    quantity.press("Enter")
    form.get_by_role("button", name="Set it up").click()
    page.wait_for_url("**/app/standing-orders/*")
    path = f"/standing-orders/{page.url.rsplit('/', 1)[-1]}"
    made = trade.buyer.client.get(path).json()
    assert [(one["sku"], one["quantity"]) for one in made["lines"]] == [("WB-1", "5")]
    page.get_by_role("button", name="Skip the next turn").click()
    expect(page.get_by_text("Left out")).to_be_visible()
    page.get_by_role("button", name="Change", exact=True).click()
    form.get_by_role("button", name="Thu").click()
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Every week: Mon, Thu · 08:00")).to_be_visible()
    changed = trade.buyer.client.get(path).json()
    assert (changed["days"], len(changed["runs"])) == ([1, 4], 1)
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("dialog").get_by_role("button", name="Pause").click()
    expect(page.get_by_text("It orders nothing until resumed.")).to_be_visible()


def test_a_complaint_and_a_review_with_its_answer(
    site: Site, trade: Trade, window: Callable[..., Window]
) -> None:
    order = trade.order()
    page = signed_in(site, window, trade.buyer).page
    page.goto(f"{site.url}/app/orders/{order['id']}")
    page.get_by_role("button", name="Complain").click()
    form = page.get_by_role("dialog")
    form.get_by_label("What happened?").fill("One bag was torn.")
    form.get_by_role("button", name="Open the complaint").click()
    page.wait_for_url("**/app/complaints/*")
    expect(page.get_by_text("One bag was torn.")).to_be_visible()

    completed = trade.order()
    send(trade.buyer, f"/orders/{completed['id']}/complete", {})
    page.goto(f"{site.url}/products/{trade.beans}")
    write = page.get_by_role("button", name="Write a review")
    for _ in range(20):
        # The right to review comes with an event.
        if write.count() > 0:
            break
        page.wait_for_timeout(500)
        page.reload()
        page.get_by_role("heading", name="Reviews").wait_for()
    write.click()
    form.get_by_role("radio").nth(3).check(force=True)
    form.get_by_role("textbox").first.fill("Even roast.")
    form.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Even roast.")).to_be_visible()

    selling = signed_in(site, window, trade.vendor).page
    selling.goto(f"{site.url}/app/reviews?answered=false")
    selling.get_by_role("button", name="Answer", exact=True).click()
    answer = selling.get_by_role("dialog")
    answer.get_by_label("Your answer").fill("Thank you.")
    answer.get_by_role("button", name="Answer").click()
    expect(selling.get_by_text("None of these")).to_be_visible()
    selling.goto(f"{site.url}/app/reviews")
    expect(selling.get_by_text("Thank you.")).to_be_visible()
    selling.get_by_role("button", name="Report").click()
    report = selling.get_by_role("dialog")
    report.get_by_role("textbox").fill("Of another product.")
    report.get_by_role("button", name="Report").click()
    expect(report).to_have_count(0)

    desk = signed_in(site, window, platform_person(site)).page
    desk.goto(f"{site.url}/app/admin/moderation?tab=reviews")
    expect(desk.get_by_text("Reported: Of another product.")).to_be_visible()
    desk.get_by_role("button", name="Let it stand").click()
    expect(desk.get_by_text("No review is waiting")).to_be_visible()


@pytest.mark.parametrize("side", ["buyer", "vendor", "platform"])
def test_every_page_of_wholesale_trade(
    site: Site, trade: Trade, window: Callable[..., Window], side: str
) -> None:
    order = f"/app/orders/{trade.order()['id']}"
    shared = ["/app/orders", "/app/orders?view=board", order, f"{order}?tab=history"]
    if side == "buyer":
        send(trade.buyer, "/cart/items", {"product_id": trade.tea, "quantity": "2"})
        send(trade.buyer, "/wishlist/items", {"product_id": trade.tea})
        paths = [
            *shared,
            "/app/cart",
            f"/app/cart/quick?supplier={trade.vendor.organisation_id}",
            "/app/standing-orders",
            "/app/complaints",
            "/app/wishlist",
            f"/app/catalogue?supplier={trade.vendor.organisation_id}",
        ]
        account = trade.buyer
    elif side == "vendor":
        made = send(trade.vendor, "/price-lists", {"name": f"Sale {order}", "currency": "KZT"})
        price_list = f"/app/price-lists/{made['id']}"
        paths = [
            *shared,
            "/app/reviews",
            "/app/price-lists",
            price_list,
            f"{price_list}?tab=buyers",
            f"{price_list}?tab=explain",
            "/app/settings/working-hours",
        ]
        account = trade.vendor
    else:
        paths = ["/app/admin/moderation", "/app/admin/moderation?tab=reviews"]
        account = platform_person(site)
    assert examine(signed_in(site, window, account), site, paths) == []
