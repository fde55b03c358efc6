"""What buyers think: reviews with answers, wishlists and complaints; and what waits for a moderator."""

import asyncio

from karavan.demo.packshots import complaint_photograph
from karavan.demo.partners import BUYER
from karavan.demo.steps import Json, move, tenge
from karavan.demo.story import ALTYN, KASPI, OWNER, STEPPE, VOLGA
from karavan.demo.wholesale import MANAGER, Market

PLATFORM = "platform@karavan.example"

_REVIEWS = (
    (BUYER, "altyn", "CB-011", 5, "Свежая обжарка, ровный помол на всех кофемашинах. Берём третий месяц.", "Рақмет! Келесі партия бейсенбіде қуырылады."),
    (STEPPE, "altyn", "CB-011", 4, "Good beans for the price; one pouch came without the valve.", "Sorry for that: a new pouch goes with your next order."),
    (KASPI, "altyn", "CB-011", 5, "Клиентам в шоуруме нравится.", None),
    (BUYER, "altyn", "CB-031", 5, "Цитрус и жасмин, как и обещано.", None),
    (BUYER, "altyn", "TB-011", 4, "Крепкий чай, но пачки мнутся в дороге.", "Қорапты қалыңдаттық, рақмет."),
    (STEPPE, "altyn", "TB-011", 5, "The drivers ask for nothing else.", None),
    (KASPI, "altyn", "TB-011", 3, "Обычный чай.", None),
    (STEPPE, "altyn", "BW-011", 5, "", None),
    (BUYER, "altyn", "HO-012", 5, "Балы қою, иісі керемет.", None),
    (KASPI, "altyn", "CG-011", 4, "Для турки крупноват, для фильтра отлично.", None),
    (OWNER, "volga", "IP-011", 4, "Covers in two coats, no smell after a day.", "Спасибо! На тёмное основание советуем грунт PR-01."),
    (OWNER, "volga", "DR-021", 2, "The second battery lasts half as long as the first.", "Пришлите, пожалуйста, номер с аккумулятора: заменим."),
    (OWNER, "volga", "CE-011", 5, "Dry bags, exact weight.", None),
    (BUYER, "kaspi_office", "CP-011", 5, "Не пылит и не застревает в принтерах.", "Спасибо, что вернулись!"),
    (ALTYN, "kaspi_office", "CP-011", 4, "Қағазы жақсы, жеткізу бір күнге кешікті.", None),
    (BUYER, "kaspi_office", "CH-021", 3, "Собирать долго, сидеть удобно.", None),
)  # fmt: skip
_SELLERS = {"altyn": ALTYN, "volga": "owner@volga.example", "kaspi_office": KASPI}


async def review(market: Market) -> None:
    """Reviews of what was bought, some with the seller's answer, and one that waits for a moderator."""
    cast = market.cast
    for buyer, supplier, sku, rating, text, answer in _REVIEWS:
        body = {"product_id": market.shops[supplier].ids[sku], "rating": rating, "text": text}
        made = await cast[buyer].post("/reviews", body)
        if answer:
            await cast[_SELLERS[supplier]].post(f"/reviews/{made['id']}/reply", {"text": answer})
    advert = "Лучше берите у нас на складе, пишите в WhatsApp, дешевле на треть."
    body = {"product_id": market.shops["kaspi_office"].ids["NB-012"], "rating": 1, "text": advert}
    await cast[ALTYN].post("/reviews", body)


async def wish(market: Market) -> None:
    """Things to keep an eye on: one gets cheaper, one comes back into stock."""
    cast, volga, altyn = market.cast, market.shops["volga"], market.shops["altyn"]
    grinder, honey = volga.ids["AG-011"], altyn.ids["HO-041"]
    empty = await _sold_out(market, "altyn")
    for product in (grinder, honey, volga.ids["DR-011"], altyn.ids["NU-022"], empty):
        await cast[BUYER].post("/wishlist/items", {"product_id": product})
    cheaper = volga.articles["AG-011"].price * 85 // 100
    body = {"price": tenge(cheaper), "price_reason": "Осенняя распродажа инструмента"}
    await volga.keeper.call("PATCH", f"/products/{grinder}", body)
    arrived = {
        "kind": "receive",
        "quantity": "120",
        "location_id": altyn.places[0],
        "reason": "Жаңа түсім",
    }
    await altyn.keeper.post(f"/products/{empty}/stock", arrived)


async def _sold_out(market: Market, key: str) -> str:
    shown = await market.shops[key].keeper.get("/products?in_stock=false&size=1")
    return str(shown["items"][0]["id"])


async def complain(market: Market) -> None:
    """Complaints: open, answered, escalated, resolved, appealed against and withdrawn."""
    await _complain_of_what_waits(market)
    await _complain_of_what_is_settled(market)


async def _complain_of_what_waits(market: Market) -> None:
    cast, orders = market.cast, market.orders
    await _complain(
        market,
        MANAGER,
        orders["towels"],
        0,
        "damaged",
        "replacement",
        "Сегіз сүлгінің шеті сөгілген, суреттері бар.",
        shown_from="kaspi_office",
    )
    answered = await _complain(
        market,
        MANAGER,
        orders["delivered"],
        2,
        "missing",
        "credit",
        "Қолғаптың екі қорабы жетіспейді.",
    )
    await move(
        cast[VOLGA], "complaints", answered, "answer", proposal="credit", amount=_share(orders["delivered"], 2, 10),
        text="Пересчитали на складе: двух коробок действительно нет. Предлагаем зачёт.",
    )  # fmt: skip
    escalated = await _complain(
        market,
        OWNER,
        orders["paint"],
        2,
        "quality",
        "refund",
        "Two of four drivers stop under load.",
    )
    await move(
        cast[VOLGA],
        "complaints",
        escalated,
        "answer",
        text="Наша мастерская готова посмотреть их в декабре.",
    )
    await move(
        cast[OWNER],
        "complaints",
        escalated,
        "escalate",
        reason="December is too late: the works go on now.",
    )


async def _complain_of_what_is_settled(market: Market) -> None:
    cast, orders = market.cast, market.orders
    resolved = await _complain(
        market,
        BUYER,
        orders["groceries"],
        3,
        "quality",
        "credit",
        "В одном мешке гречки сор.",
        shown_from="altyn",
    )
    await move(
        cast[ALTYN], "complaints", resolved, "answer", text="Фото үшін рақмет, тексеріп жатырмыз."
    )
    await move(cast[BUYER], "complaints", resolved, "escalate", reason="Ждём решения руководителя.")
    credit = {"outcome": "credit", "amount": _share(orders["groceries"], 3, 20)}
    resolved = await move(
        cast[ALTYN],
        "complaints",
        resolved,
        "resolve",
        text="Кредит-нота жібереміз, кешіріңіз.",
        **credit,
    )
    await move(cast[BUYER], "complaints", resolved, "accept")
    dropped = await _complain(
        market, BUYER, orders["office"], None, "late", "credit", "Машина опоздала на день."
    )
    await move(cast[BUYER], "complaints", dropped, "withdraw", reason="Договорились по телефону.")


async def _complain(
    market: Market,
    buyer: str,
    order: Json,
    line: int | None,
    kind: str,
    wanted: str,
    text: str,
    *,
    shown_from: str | None = None,
) -> Json:
    """Open a complaint, with a photograph of the line's product where the shop that it came from is named."""
    photographs = []
    if line is not None and shown_from is not None:
        sku = order["lines"][line]["sku"]
        photographs.append(await _photograph(market, buyer, shown_from, sku))
    body = {
        "order_id": order["id"],
        "line_id": None if line is None else order["lines"][line]["id"],
        "kind": kind,
        "wanted": wanted,
        "text": text,
        "attachment_ids": photographs,
    }
    made: Json = await market.cast[buyer].post("/complaints", body)
    return made


async def _photograph(market: Market, buyer: str, shop: str, sku: str) -> str:
    """A photograph of what came of a shop, uploaded by the buyer; its id. SKUs of variants begin with their family's."""
    article = next(
        one for known, one in market.shops[shop].articles.items() if sku.startswith(known)
    )
    shape, colour, label = article.look
    picture = await asyncio.to_thread(complaint_photograph, shape, colour, label=label, scene=shop)
    return await market.cast[buyer].upload(
        f"IMG_{sku}.jpg", picture, "image/jpeg", purpose="attachment"
    )


def _share(order: Json, line: int, percent: int) -> Json:
    net = order["lines"][line]["net"]
    return {"amount": net["amount"] * percent // 100, "currency": net["currency"]}


async def moderate(market: Market) -> None:
    """What sellers have tried: a draft, a product and a change that wait, one refused, one archived."""
    cast, shops = market.cast, market.shops
    await _offer(market, "volga", "NEW-001", "Бетономешалка 180 л", "construction-machinery")
    waiting = await _offer(
        market,
        "altyn",
        "NEW-001",
        "Ет консервісі, тапсырыс: +7 701 000 11 22",
        "other-cereals-and-groats",
    )
    await move(shops["altyn"].keeper, "products", waiting, "propose")
    refused = await _offer(
        market,
        "kaspi_office",
        "NEW-001",
        "Сувениры, каталог на www.kaspi-office.example",
        "notebooks-and-diaries",
    )
    refused = await move(shops["kaspi_office"].keeper, "products", refused, "propose")
    await cast[PLATFORM].post(
        f"/admin/moderation/products/{refused['id']}/reject",
        {"reason": "Ссылки на другие сайты в названии не допускаются."},
    )
    gone = await _offer(market, "volga", "OLD-001", "Рубероид РКП-350, остатки", "roofing")
    gone = await move(shops["volga"].keeper, "products", gone, "propose")
    await move(shops["volga"].keeper, "products", gone, "archive")
    change = {"names": {"ru": "Мёд горный, заказ в Telegram", "kk": "Тау балы, Telegram арқылы"}}
    await shops["altyn"].keeper.call("PATCH", f"/products/{shops['altyn'].ids['HO-011']}", change)


async def _offer(market: Market, key: str, sku: str, name: str, category: str) -> Json:
    keeper = market.shops[key].keeper
    found = await keeper.get(f"/categories/{category}")
    body = {
        "sku": sku,
        "names": {"ru": name},
        "category_id": found["id"],
        "price": tenge(24_000),
        "tax_rate": "12",
    }
    made: Json = await keeper.post("/products", body)
    return made
