"""Wholesale orders in every state, with what was said about them."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from karavan.demo.assortment import Shop
from karavan.demo.partners import BUYER
from karavan.demo.steps import Json, in_days, move
from karavan.demo.story import ALTYN, KASPI, OWNER, STEPPE, VOLGA, Cast

MANAGER = "manager@demo.example"
AYGUL = "vendor@altyn.example"
_SELLS = {"altyn": AYGUL, "volga": VOLGA, "kaspi_office": KASPI}
_ROAD = ("confirm", "process", "ship", "deliver", "complete")

Lines = Sequence[tuple[str, int]]
"""SKUs (of a variant `SKU/value`), each with how many times its smallest order."""


class Market(Struct):
    """The shops, and the orders that later stories come back to, by name."""

    cast: Cast
    shops: Mapping[str, Shop]
    orders: dict[str, Json]

    async def order(
        self, buyer: str, supplier: str, lines: Lines, *, until: str | None = None, **more: object
    ) -> Json:
        """Place an order and move it along its road.

        Args:
            until: the last transition on the road; nothing leaves the order pending.
        """
        shop = self.shops[supplier]
        body = {
            "supplier_organisation_id": self.cast.companies[supplier],
            "lines": [shop.line(sku, packs) for sku, packs in lines],
            "delivery_address": "Almaty, Abay Ave 52, warehouse 3",
            **more,
        }
        order: Json = await self.cast[buyer].post("/orders", body)
        for step in _ROAD[: _ROAD.index(until) + 1] if until else ():
            parcel = {
                "carrier": "Steppe Logistics",
                "tracking_number": f"SL-{order['number'][-5:]}",
            }
            who = buyer if step == "complete" else _SELLS[supplier]
            order = await move(
                self.cast[who], "orders", order, step, **(parcel if step == "ship" else {})
            )
        return order

    async def say(self, email: str, order: Json, text: str) -> None:
        """Write to the other side of an order."""
        await self.cast[email].post(f"/orders/{order['id']}/messages", {"body": text})

    async def bill(self, order: Json, supplier: str, *, paid: bool) -> str:
        """Send the invoice of an order, and note its payment. Returns the invoice's id."""
        seller = self.cast[_SELLS[supplier] if supplier != "altyn" else ALTYN]
        shown = await seller.post(f"/orders/{order['id']}/invoice")
        invoice = shown["invoice"]
        if paid:
            payment = {"amount": invoice["due"], "reference": f"PP-{order['number'][-4:]}"}
            await seller.post(f"/invoices/{invoice['id']}/payments", payment)
        return str(invoice["id"])


async def orders_on_their_way(market: Market) -> None:
    """Pending, confirmed in part, processing, and shipped in part."""
    coffee: Lines = (("CB-012", 6), ("CB-062", 10), ("TB-011", 4))
    fresh = await market.order(
        BUYER,
        "altyn",
        coffee,
        note="Обжарка не старше двух недель, пожалуйста.",
        wanted_on=in_days(6)[:10],
    )
    await market.say(BUYER, fresh, "Добрый день! Сможете привезти во вторник до полудня?")
    await market.say(AYGUL, fresh, "Сәлеметсіз бе! Иә, сейсенбіде сағат 11-де жеткіземіз.")
    await market.order(
        OWNER, "volga", (("CE-022", 40), ("PL-012", 24)), buyer_reference="RF-2026-11"
    )
    in_part = await market.order(MANAGER, "altyn", (("FL-022", 30), ("RI-022", 20)))
    line = in_part["lines"][0]
    cut = [{"line_id": line["id"], "quantity": "18"}]
    in_part = await move(market.cast[AYGUL], "orders", in_part, "confirm", lines=cut)
    await market.say(AYGUL, in_part, "Ұнның 18 қабы дайын, қалғаны келесі аптада түседі.")
    await market.order(
        BUYER, "kaspi_office", (("CP-011", 20), ("PE-011", 4), ("FO-012", 6)), until="process"
    )
    parts = await market.order(
        OWNER, "volga", (("DW-012", 60), ("SC-011", 20), ("IP-012", 12)), until="process"
    )
    first, second, _ = parts["lines"]
    sent = [{"line_id": first["id"], "quantity": "40"}, {"line_id": second["id"], "quantity": "20"}]
    await move(
        market.cast[VOLGA],
        "orders",
        parts,
        "ship",
        lines=sent,
        carrier="Волга Транс",
        tracking_number="VT-20418",
    )
    await market.say(VOLGA, parts, "Первая машина вышла, остальное поедет в четверг.")
    await market.order(STEPPE, "altyn", (("CI-012", 1), ("SU-011", 20)), until="confirm")


async def orders_delivered(market: Market) -> None:
    """Shipped, delivered and completed, with invoices open, paid and overdue."""
    orders = market.orders
    orders["shipped"] = await market.order(
        BUYER, "altyn", (("TG-011", 6), ("HO-011", 8), ("NU-011", 12)), until="ship"
    )
    orders["delivered"] = await market.order(
        MANAGER,
        "volga",
        (("WS-011/L", 12), ("WS-011/XL", 8), ("GL-021/L", 40), ("HV-011/L", 20)),
        until="deliver",
    )
    await market.bill(orders["delivered"], "volga", paid=False)
    orders["towels"] = await market.order(
        MANAGER, "kaspi_office", (("TW-011/50×90", 40), ("BL-011/Euro", 10)), until="deliver"
    )
    orders["groceries"] = await market.order(
        BUYER,
        "altyn",
        (("CB-011", 12), ("CB-031", 8), ("TB-011", 6), ("BW-011", 40), ("HO-012", 6)),
        until="complete",
    )
    await market.bill(orders["groceries"], "altyn", paid=True)
    orders["paint"] = await market.order(
        OWNER,
        "volga",
        (("IP-011", 30), ("EN-031", 20), ("DR-021", 4), ("CE-011", 60)),
        until="complete",
    )
    await market.bill(orders["paint"], "volga", paid=True)
    orders["office"] = await market.order(
        BUYER,
        "kaspi_office",
        (("CP-011", 40), ("MK-011", 6), ("CH-021", 3), ("TP-012", 24)),
        until="complete",
    )
    await market.bill(orders["office"], "kaspi_office", paid=False)
    orders["steppe"] = await market.order(
        STEPPE, "altyn", (("CB-011", 3), ("TB-011", 2), ("BW-011", 20)), until="complete"
    )
    market.cast.overdue_invoices.append(await market.bill(orders["steppe"], "altyn", paid=False))
    orders["kaspi"] = await market.order(
        KASPI, "altyn", (("CB-011", 3), ("TB-011", 2), ("CG-011", 2)), until="complete"
    )
    await market.bill(orders["kaspi"], "altyn", paid=True)
    orders["paper"] = await market.order(
        ALTYN, "kaspi_office", (("CP-011", 10), ("NB-012", 20)), until="complete"
    )


async def orders_ended(market: Market) -> None:
    """Rejected, cancelled, and one whose buyer has asked to cancel it."""
    cast = market.cast
    refused = await market.order(MANAGER, "volga", (("BR-011", 4),))
    await move(
        cast[VOLGA],
        "orders",
        refused,
        "reject",
        reason="Кирпич на этом поддоне отложен другому заказчику до конца недели.",
    )
    recalled = await market.order(BUYER, "altyn", (("DF-012", 4),))
    await move(
        cast[BUYER], "orders", recalled, "cancel", reason="Заказали вдвое больше, чем нужно."
    )
    waiting = await market.order(
        OWNER, "kaspi_office", (("DK-011", 2), ("CH-011", 2)), until="process"
    )
    await move(
        cast[OWNER],
        "orders",
        waiting,
        "request-cancel",
        reason="The new office opens in spring only.",
    )
    await market.say(
        OWNER, waiting, "Could you still stop it, please? We would order again in March."
    )


async def habits(market: Market) -> None:
    """What is ordered again and again: a standing order, a template, and carts that wait."""
    cast, shops = market.cast, market.shops
    altyn, kaspi, volga = shops["altyn"], shops["kaspi_office"], shops["volga"]
    weekly = {
        "name": "Кофе в магазины, по понедельникам",
        "supplier_organisation_id": cast.companies["altyn"],
        "lines": [altyn.line("CB-062", 6), altyn.line("TB-021", 4), altyn.line("SU-031", 10)],
        "schedule": "weekly",
        "days": [1],
        "hour": 9,
        "delivery_address": "Almaty, Abay Ave 52, warehouse 3",
    }
    await cast[BUYER].post("/standing-orders", weekly)
    monthly = {
        **weekly,
        "name": "Qazan office",
        "supplier_organisation_id": cast.companies["kaspi_office"],
    }
    monthly |= {
        "lines": [kaspi.line("CP-011", 20), kaspi.line("TP-012", 10)],
        "schedule": "monthly",
        "days": [1, 15],
    }
    paused = await cast[MANAGER].post("/standing-orders", {**monthly, "name": "Кеңсеге қағаз"})
    await move(cast[MANAGER], "standing-orders", paused, "pause")
    await cast[BUYER].post(
        "/order-templates",
        {"name": "Кухня офиса", "order_id": market.orders["groceries"]["id"]},
    )
    items = [
        altyn.line("CG-011", 3),
        altyn.line("CI-011"),
        volga.line("HM-031", 5),
        volga.line("ME-011", 10),
    ]
    await cast[BUYER].post("/cart/bulk", {"items": items})
