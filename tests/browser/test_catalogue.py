"""The public catalogue on the screen: found, narrowed, looked at, and bought through a trading link."""

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.browser.conftest import Account, Site, Window
from tests.browser.test_pages import ALL_RULES, IS_SETTLED, examine

pytestmark = pytest.mark.browser

FILED_WITHIN_S = 20


@dataclass(frozen=True)
class Shop:
    """A supplier with goods, and a buyer whose trading link they have accepted."""

    vendor: Account
    buyer: Account
    products: dict[str, str]
    category: str


def send(account: Account, path: str, body: dict[str, Any], method: str = "POST") -> Any:
    answer = account.client.request(method, path, json=body)
    assert answer.is_success, f"{path}: {answer.text}"
    return answer.json()


def picture(seed: int) -> bytes:
    image = Image.new("RGB", (900, 900), (246, 242, 234))
    draw = ImageDraw.Draw(image)
    colour = (70 + seed * 47 % 150, 80 + seed * 61 % 120, 60 + seed * 31 % 150)
    draw.rounded_rectangle((230, 140, 670, 780), 60, fill=colour)
    draw.rectangle((270, 330 + seed * 23 % 120, 630, 560), fill=(246, 242, 234))
    draw.ellipse((390, 380, 510, 500), fill=colour)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def put_on_sale(vendor: Account, sku: str, name: str, price: int, seed: int, **more: Any) -> str:
    body = {
        "sku": sku,
        "names": {"en": name, "ru": more.pop("russian", name)},
        "descriptions": {"en": "Washed, medium roast.\nPacked the day it is roasted."},
        "price": {"amount": price, "currency": "KZT"},
        "tax_rate": "12",
        "unit": "KGM",
        **more,
    }
    product_id = str(send(vendor, "/products", body)["id"])
    sent = vendor.client.post(
        "/media",
        files={"file": (f"{sku}.png", picture(seed), "image/png")},
        data={"purpose": "image"},
    )
    second = vendor.client.post(
        "/media",
        files={"file": (f"{sku}-2.png", picture(seed + 50), "image/png")},
        data={"purpose": "image"},
    )
    images = [{"id": one.json()["id"], "alt": ""} for one in (sent, second)]
    send(vendor, f"/products/{product_id}/images", {"images": images}, "PUT")
    return product_id


@pytest.fixture(scope="module")
def shop(site: Site) -> Shop:
    vendor = site.register("vendor", "Dala Roastery")
    buyer = site.register("buyer", "Caravan Cafes")
    found = vendor.client.get("/categories/search", params={"q": "coffee"}).json()["items"]
    category = found[-1]
    place = send(vendor, "/stock-locations", {"name": "Store", "address": "", "position": 1})
    products = {}
    goods = [("Ethiopia arabica beans", 850_000, "Арабика Эфиопия кофе в зёрнах"),
             ("Vietnam robusta beans", 520_000, "Робуста Вьетнам кофе в зёрнах"),
             ("Colombia arabica beans", 910_000, "Арабика Колумбия кофе в зёрнах")]  # fmt: skip
    for at, (name, price, russian) in enumerate(goods):
        more = {"category_id": category["id"], "russian": russian, "pack_size": "6"}
        made = put_on_sale(vendor, f"K-{at}", name, price, at, **more)
        products[name] = made
        if at < 2:
            received = {"kind": "receive", "quantity": "60", "location_id": place["id"]}
            send(vendor, f"/products/{made}/stock", received)
    shirt = put_on_sale(
        vendor, "S-1", "Barista apron", 450_000, 9, category_id=category["id"], unit="H87"
    )
    axes = [{"name": "Size", "values": ["S", "M"]}, {"name": "Colour", "values": ["red", "blue"]}]
    send(vendor, f"/products/{shirt}/variants/generate", {"axes": axes})
    products["Barista apron"] = shirt
    publish_with_pictures(site, vendor)
    link = send(buyer, "/links/requests", {"supplier_organisation_id": vendor.organisation_id})
    terms = {"payment_days": 14, "delivery_days": 3}
    send(vendor, f"/links/{link['id']}/accept", {"terms": terms})
    wait_until_found(site, "кофе", len(goods))
    return Shop(vendor, buyer, products, category["code"])


def wait_until_found(site: Site, words: str, count: int) -> None:
    """A worker files what was published; a page that asked before would show what was known then."""
    end = time.monotonic() + FILED_WITHIN_S
    with site.visitor() as visitor:
        while len(visitor.get("/search", params={"q": words}).json()["items"]) < count:
            assert time.monotonic() < end, "The goods were not filed."
            time.sleep(0.1)


def publish_with_pictures(site: Site, vendor: Account) -> None:
    """Publish what the vendor has; what the checks say of drawn pictures is told by other tests."""
    with psycopg.connect(site.owner_url, autocommit=True) as connection:
        held = connection.execute(
            "select id, images::text from catalogue_products where organisation_id = %s",
            [vendor.organisation_id],
        ).fetchall()
        hold = "update catalogue_products set images = %s::jsonb, has_image = %s where id = %s"
        for product_id, _ in held:
            connection.execute(hold, ["[]", False, product_id])
        for row in vendor.client.get("/products", params={"size": 100}).json()["items"]:
            published = send(vendor, f"/products/{row['id']}/propose", {})
            assert published["state"] == "published", published
        for product_id, images in held:
            connection.execute(hold, [images, images != "[]", product_id])


def settle(page: Page) -> None:
    page.wait_for_function(IS_SETTLED)


def test_a_visitor_finds_narrows_and_looks(
    site: Site, shop: Shop, window: Callable[..., Window]
) -> None:
    page = window().page
    page.goto(site.url)
    settle(page)
    box = page.get_by_role("combobox", name="Search the catalogue").first
    box.fill("rjat")
    box.press("Enter")
    page.wait_for_url("**/search?q=rjat")
    expect(page.get_by_text("Shown for “кофе”.")).to_be_visible()
    expect(page.get_by_role("link", name="Ethiopia arabica beans")).to_be_visible()
    filters = page.get_by_role("complementary", name="Filters")
    filters.get_by_label("In stock").check()
    page.wait_for_url("**in_stock=true**")
    expect(page.get_by_role("link", name="Colombia arabica beans")).to_have_count(0)
    filters.get_by_role("textbox", name="To", exact=True).fill("6000")
    filters.get_by_role("button", name="Apply").click()
    page.wait_for_url("**price_max=600000**")
    expect(page.get_by_role("link", name="Ethiopia arabica beans")).to_have_count(0)
    page.reload()
    chosen = page.get_by_role("list", name="Chosen filters")
    expect(chosen.get_by_role("listitem")).to_have_count(3)
    chosen.get_by_role("button", name="Clear all").click()
    expect(page.get_by_role("link", name="Ethiopia arabica beans")).to_be_visible()
    page.get_by_role("link", name="Ethiopia arabica beans").click()
    page.wait_for_url(f"**/products/{shop.products['Ethiopia arabica beans']}")
    expect(page).to_have_title("Ethiopia arabica beans · Karavan")
    expect(page.get_by_text("In stock: 60 kg")).to_be_visible()
    page.get_by_role("button", name="Enlarge the picture").press("ArrowRight")
    page.get_by_role("button", name="Enlarge the picture").click()
    enlarged = page.get_by_role("dialog")
    expect(enlarged.get_by_text("2 / 2")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(enlarged.get_by_text("1 / 2")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Sign in to order").click()
    page.wait_for_url("**/sign-in?next=**")


def test_a_linked_buyer_fills_the_cart_and_others_ask_for_a_link(
    site: Site, shop: Shop, window: Callable[..., Window]
) -> None:
    product_id = shop.products["Ethiopia arabica beans"]
    one = window()
    one.sign_in_by_api(site, shop.buyer)
    page = one.page
    page.goto(f"{site.url}/products/{product_id}")
    quantity = page.get_by_role("textbox", name="Quantity: Ethiopia arabica beans")
    expect(quantity).to_have_value("6")
    page.get_by_role("button", name="More").click()
    expect(quantity).to_have_value("12")
    quantity.fill("13")
    expect(page.get_by_text("Only in packs of 6 kg.")).to_be_visible()
    quantity.press("ArrowUp")
    page.get_by_role("button", name="Add to the cart").click()
    expect(page.get_by_text("In the cart: Ethiopia arabica beans")).to_be_visible()
    page.goto(f"{site.url}/app/catalogue?supplier={shop.vendor.organisation_id}")
    card = page.get_by_role("listitem").filter(has_text="Vietnam robusta beans")
    card.get_by_role("button", name="Add to the cart").click()
    expect(page.get_by_text("In the cart: Vietnam robusta beans")).to_be_visible()
    [cart] = shop.buyer.client.get("/cart").json()["carts"]
    assert {(line["name"], float(line["quantity"])) for line in cart["lines"]} == {
        ("Ethiopia arabica beans", 18),
        ("Vietnam robusta beans", 6),
    }
    page.goto(f"{site.url}/products/{shop.products['Barista apron']}")
    page.get_by_role("radio", name="M", exact=False).first.check(force=True)
    page.wait_for_url("**variant=**")
    stranger = site.register("buyer", "Lone Buyer")
    other = window()
    other.sign_in_by_api(site, stranger)
    other.page.goto(f"{site.url}/sellers/{shop.vendor.organisation_id}")
    other.page.get_by_role("button", name="Ask for a trading link").click()
    other.page.get_by_role("button", name="Send").click()
    expect(other.page.get_by_text("Your request waits for the supplier's answer.")).to_be_visible()


def test_pages_of_the_catalogue_have_nothing_to_find_fault_with(
    site: Site, shop: Shop, window: Callable[..., Window]
) -> None:
    seller = shop.vendor.organisation_id
    seen_by_everybody = [
        "/",
        "/catalogue",
        f"/catalogue/{shop.category}",
        "/search?q=rjat&in_stock=true",
        "/search?q=zzzzzzzzqq",
        f"/products/{shop.products['Ethiopia arabica beans']}",
        f"/sellers/{seller}",
    ]
    seen_by_the_buyer = [
        f"/products/{shop.products['Barista apron']}",
        f"/products/{shop.products['Ethiopia arabica beans']}",
        f"/app/catalogue?supplier={seller}",
        "/app/catalogue",
    ]
    buyer = window()
    buyer.sign_in_by_api(site, shop.buyer)
    assert examine(window(), site, seen_by_everybody, ALL_RULES) == []
    assert examine(buyer, site, seen_by_the_buyer, ALL_RULES) == []
