"""Suppliers fill their shops: pictures, goods, variants, and stock in two places, counted in by import."""

import asyncio
import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field

from karavan.demo.errors import DemoError
from karavan.demo.goods import ASSORTMENTS, Article, Look, articles_of
from karavan.demo.packshots import packshot
from karavan.demo.people import Person
from karavan.demo.steps import Json, tenge
from karavan.demo.story import ALTYN, KASPI, Cast

SELLERS = {"altyn": ALTYN, "volga": "owner@volga.example", "kaspi_office": KASPI}
"""Who keeps each supplier's shop."""

# Numbers that begin with 952 are kept by GS1 for demonstrations: no real product has one.
_PREFIXES = {"altyn": "95210001", "volga": "95210002", "kaspi_office": "95210003"}
_PLACES = {
    "altyn": (("Көкшетау элеваторы", "Көкшетау, Абылай хан 9"), ("Алматы қоймасы", "Алматы, Рысқұлов 101")),
    "volga": (("Склад «Порт»", "Казань, ул. Портовая 4"), ("Склад Алматы", "Алматы, ул. Северное кольцо 12")),
    "kaspi_office": (("Склад Актау", "Ақтау, 14 мкр., дом 8"), ("Шоурум", "Ақтау, 9 мкр., дом 2")),
}  # fmt: skip
_COLOUR = "colour"
_NOT_PUBLIC_EACH = 11
_SOLD_OUT_EACH = 19


class Shop(Struct):
    """A supplier with its goods: ids by SKU, of variants as `SKU/value`, in their first colour where there are several."""

    keeper: Person
    articles: dict[str, Article]
    ids: dict[str, str] = field(default_factory=dict)
    families: dict[str, list[str]] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)

    def line(self, sku: str, packs: int = 1) -> Json:
        """So many times the smallest order of something."""
        kind = self.articles[sku.partition("/")[0]].kind
        return {"product_id": self.ids[sku], "quantity": str(packs * max(kind.minimum, kind.pack))}


async def open_shops(cast: Cast) -> dict[str, Shop]:
    """Fill the three shops and offer everything to buyers."""
    shops = {
        key: Shop(cast[email], {one.sku: one for one in articles_of(ASSORTMENTS[key], prefix=_PREFIXES[key])})
        for key, email in SELLERS.items()
    }  # fmt: skip
    pictures = {key: await _photograph(key, shop) for key, shop in shops.items()}
    await asyncio.gather(*(_describe(shop, pictures[key]) for key, shop in shops.items()))
    imports = [one for key, shop in shops.items() for one in await _count_stock(key, shop)]
    await cast.settle()
    for keeper, run in imports:
        await keeper.post(f"/products/import/{run}/start")
    await cast.settle()
    for keeper, run in imports:
        done = await keeper.get(f"/products/import/{run}")
        if done["state"] != "finished" or done["report"]["refused"]:
            raise DemoError(f"stock was not counted in: {done['state']} {done['report']}")
    for shop in shops.values():
        heads = [shop.ids[sku] for sku in shop.articles]
        done = await shop.keeper.post("/products/bulk", {"ids": heads, "action": "propose"})
        if done["refused"]:
            raise DemoError(f"not proposed: {[row for row in done['rows'] if not row['ok']][:3]}")
    return shops


async def _photograph(key: str, shop: Shop) -> dict[Look, str]:
    """Draw and upload the pictures that the shop's goods share."""
    uploaded: dict[Look, str] = {}
    for one in shop.articles.values():
        for look in one.all_looks:
            if look in uploaded:
                continue
            shape, colour, label = look
            picture = await asyncio.to_thread(packshot, shape, colour, label=label, scene=key)
            name = f"{one.kind.category}-{colour.lstrip('#')}.png"
            uploaded[look] = await shop.keeper.upload(name, picture, "image/png", purpose="image")
    return uploaded


async def _describe(shop: Shop, pictures: dict[Look, str]) -> None:
    categories: dict[str, str] = {}
    for number, (sku, one) in enumerate(shop.articles.items(), 1):
        code = one.kind.category
        if code not in categories:
            categories[code] = (await shop.keeper.get(f"/categories/{code}"))["id"]
        body = _body(one, categories[code], [pictures[look] for look in one.all_looks])
        body["visibility"] = "linked" if number % _NOT_PUBLIC_EACH == 0 else "both"
        made = await shop.keeper.post("/products", body)
        shop.ids[sku] = made["id"]
        if one.kind.option:
            await _add_variants(shop, sku, one, pictures)


def _body(one: Article, category_id: str, pictures: list[str]) -> Json:
    kind = one.kind
    return {
        "sku": one.sku,
        "names": one.names,
        "descriptions": one.descriptions,
        "category_id": category_id,
        "attributes": one.attributes,
        "price": tenge(one.price),
        "tax_rate": "12",
        "unit": kind.unit,
        "pack_size": str(kind.pack),
        "minimum_order": str(kind.minimum),
        "weight_grams": one.grams or None,
        "barcode": one.barcode,
        "country": one.country,
        "images": [{"id": picture, "alt": one.names["en"]} for picture in pictures],
    }


async def _add_variants(shop: Shop, sku: str, one: Article, pictures: dict[Look, str]) -> None:
    axes = [{"name": one.kind.option, "values": list(one.kind.option_values)}]
    if one.looks:
        axes.append({"name": _COLOUR, "values": list(one.looks)})
    path = f"/products/{shop.ids[sku]}/variants/generate"
    family = await shop.keeper.post(path, {"axes": axes})
    shop.families[sku] = []
    for variant in family["variants"]:
        options = variant["options"]
        shop.ids.setdefault(f"{sku}/{options[one.kind.option]}", variant["id"])
        shop.families[sku].append(variant["sku"])
        if one.looks:
            face = {"picture_id": pictures[one.looks[options[_COLOUR]]]}
            await shop.keeper.call("PATCH", f"/products/{variant['id']}", face)


async def _count_stock(key: str, shop: Shop) -> list[tuple[Person, str]]:
    """Two places, and a table of what lies in each. Returns the imports, which are read behind the scenes."""
    begun = []
    for position, (name, address) in enumerate(_PLACES[key]):
        place = await shop.keeper.post(
            "/stock-locations", {"name": name, "address": address, "position": position}
        )
        shop.places.append(place["id"])
        table = _table(("Артикул", "Остаток"), _counts(shop, position))
        file = await shop.keeper.upload(
            f"ostatki-{position + 1}.csv", table, "text/csv", purpose="import"
        )
        options = {"location_id": place["id"], "reason": "Инвентаризация"}
        run = await shop.keeper.post(
            "/products/import", {"media_id": file, "mode": "stock", "options": options}
        )
        begun.append((shop.keeper, run["id"]))
    return begun


def _counts(shop: Shop, position: int) -> Iterator[tuple[str, int]]:
    """How much lies in a place: the first holds most of it, and some goods are sold out everywhere."""
    number = 0
    for sku, one in shop.articles.items():
        lot = max(one.kind.minimum, one.kind.pack)
        for name in shop.families.get(sku, [sku]):
            number += 1
            if number % _SOLD_OUT_EACH == 0:
                continue
            lots = 40 + number * 37 % 160 if position == 0 else number * 13 % 50
            yield name, lots * lot


def _table(head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
