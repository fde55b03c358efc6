"""A supplier with something on every page of the catalogue, for the tests that look at pages."""

import io
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from PIL import Image, ImageDraw

from tests.browser.conftest import Account, Site

WAIT_LIMIT_S = 60
TABLE = """ТОО «Дала»;;;;
Прайс-лист от 1 ноября;;;;
;;;;
Артикул;Наименование;Цена, тг;Ед. изм.;Остаток
Кофе;;;;
K-101;Арабика Эфиопия, 1 кг;8 500,00;кг;12
K-102;Робуста Вьетнам, 1 кг;;кг;40
Чай;;;;
T-201;Чай зелёный, 500 г;1 250,50;шт;7
;Итого;9 750,50;;59
"""


@dataclass(frozen=True)
class Goods:
    """What was made, by the part of the addresses that names it."""

    product_id: str
    family_id: str
    import_id: str
    link_id: str
    invitation: str

    @property
    def selling(self) -> list[str]:
        """The supplier's pages."""
        product = f"/app/products/{self.product_id}"
        return [
            "/app/products",
            "/app/products/new",
            product,
            f"{product}?tab=images",
            f"{product}?tab=stock",
            f"{product}?tab=history",
            f"/app/products/{self.family_id}?tab=variants",
            "/app/products/stock-places",
            "/app/products/import",
            f"/app/products/import/{self.import_id}",
            "/app/codes",
            "/app/links",
            "/app/links?tab=decided",
            "/app/links?tab=invitations",
            f"/app/links/{self.link_id}",
            f"/app/links/{self.link_id}?tab=versions",
            f"/app/links/{self.link_id}?tab=notes",
        ]

    @property
    def buying(self) -> list[str]:
        """The buyer's pages."""
        return [
            "/app/suppliers",
            "/app/suppliers?tab=mine",
            f"/app/links/{self.link_id}",
            f"/app/links/{self.link_id}?tab=history",
            f"/join/{self.invitation}",
        ]


PLATFORM_PAGES = ["/app/admin/moderation", "/app/admin/categories", "/app/admin/synonyms"]


def picture(seed: int) -> bytes:
    """A drawn pack, no two alike."""
    image = Image.new("RGB", (900, 900), (244, 241, 236))
    draw = ImageDraw.Draw(image)
    colour = (60 + seed * 37 % 160, 90 + seed * 53 % 120, 70 + seed * 29 % 140)
    for step in range(6):
        inset = 90 + step * 60
        draw.rectangle((inset, inset - 40, 900 - inset, 900 - inset), outline=colour, width=24)
    draw.ellipse((330, 300 + seed * 17 % 90, 570, 560), fill=colour)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def send(account: Account, path: str, body: dict[str, Any], *, method: str = "POST") -> Any:
    answer = account.client.request(method, path, json=body)
    assert answer.is_success, f"{path}: {answer.text}"
    return answer.json()


def product(sku: str, name: str, price: int, **more: Any) -> dict[str, Any]:
    return {
        "sku": sku,
        "names": {"en": name, "ru": more.pop("russian", name)},
        "price": {"amount": price, "currency": "KZT"},
        "tax_rate": "12",
        "unit": "KGM",
        **more,
    }


def stock_goods(vendor: Account, buyer: Account) -> Goods:
    """Products in several states, stock in two places, links, an invitation and an import that waits for its mapping."""
    places = [
        send(
            vendor,
            "/stock-locations",
            {"name": name, "address": "Almaty, Raiymbek 221", "position": at},
        )
        for at, name in enumerate(("Main store", "Shop on Abay street"), start=1)
    ]
    long = (
        "Arabica beans from the highlands of Ethiopia, medium roast, whole, in a bag with a valve"
    )
    bodies = [
        product("KOFE-1", long, 850_000, russian="Арабика Эфиопия, зерно"),
        product("KOFE-2", "Robusta beans", 520_000),
        product("TEA-1", "Green tea, call +7 701 555 12 34", 125_050),
        product("CUP-1", "Paper cup", 2_500, unit="H87"),
    ]
    found = vendor.client.get("/categories/search", params={"q": "coffee"}).json()["items"]
    category_id = found[1]["id"]
    made = [
        send(vendor, "/products", {**body, "category_id": category_id})["id"] for body in bodies
    ]
    for at, product_id in enumerate(made[:2]):
        sent = vendor.client.post(
            "/media",
            files={"file": (f"{at}.png", picture(at), "image/png")},
            data={"purpose": "image"},
        )
        assert sent.is_success, sent.text
        images = {"images": [{"id": sent.json()["id"], "alt": ""}]}
        send(vendor, f"/products/{product_id}/images", images, method="PUT")
        for place in places:
            received = {"kind": "receive", "quantity": "12.5", "location_id": place["id"]}
            send(vendor, f"/products/{product_id}/stock", received)
    axes = [{"name": "size", "values": ["200 ml", "300 ml"]}, {"name": "colour", "values": ["red"]}]
    send(vendor, f"/products/{made[3]}/variants/generate", {"axes": axes})
    for product_id in made[:3]:
        send(vendor, f"/products/{product_id}/propose", {})
    send(
        vendor,
        f"/products/{made[0]}",
        {"price": {"amount": 830_000, "currency": "KZT"}, "price_reason": "Harvest"},
        method="PATCH",
    )
    return Goods(made[0], made[3], begin_import(vendor), *trade_links(vendor, buyer))


def begin_import(vendor: Account) -> str:
    """A table with a letterhead, sections and a total, read as far as its mapping."""
    sent = vendor.client.post(
        "/media",
        files={"file": ("прайс.csv", TABLE.encode("cp1251"), "text/csv")},
        data={"purpose": "import"},
    )
    assert sent.is_success, sent.text
    run = send(
        vendor, "/products/import", {"media_id": sent.json()["id"], "archive_media_id": None}
    )
    import_id = str(run["id"])
    end = time.monotonic() + WAIT_LIMIT_S
    while vendor.client.get(f"/products/import/{import_id}").json()["state"] == "uploaded":
        assert time.monotonic() < end, "The table was not read."
        time.sleep(0.1)
    return import_id


def trade_links(vendor: Account, buyer: Account) -> tuple[str, str]:
    """A link with terms, and an invitation; their addresses."""
    terms = {
        "credit_limit": {"amount": 50_000_000, "currency": "KZT"},
        "payment_days": 14,
        "minimum_order": {"amount": 1_000_000, "currency": "KZT"},
        "delivery_days": 2,
    }
    asked = {"supplier_organisation_id": vendor.organisation_id, "message": "For our two shops."}
    link = send(buyer, "/links/requests", asked)
    send(vendor, f"/links/{link['id']}/accept", {"terms": terms})
    send(vendor, f"/links/{link['id']}/notes", {"text": "Pays on time."})
    invitation = {
        "name": "Trade fair",
        "accepts_at_once": False,
        "terms": None,
        "expires_at": (datetime.now(UTC) + timedelta(days=30)).isoformat(),
        "uses_max": 10,
    }
    made = send(vendor, "/link-invitations", invitation)
    return link["id"], made["url"].rsplit("/", 1)[-1]


def platform_person(site: Site) -> Account:
    """Somebody of the platform who may decide everything."""
    person = site.register("buyer", "Platform Desk", display_name="Aru Platform")
    with psycopg.connect(site.owner_url, autocommit=True) as connection:
        connection.execute(
            "update identity_users set platform_role = 'superadmin' where email = %s",
            (person.email,),
        )
    return person
