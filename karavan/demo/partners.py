"""Who trades with whom: price lists, trading links in every state, and groups of customers."""

from datetime import UTC, datetime, timedelta

from karavan.demo.assortment import SELLERS, Shop
from karavan.demo.steps import Json, in_days, move, tenge
from karavan.demo.story import ALTYN, KASPI, OWNER, STEPPE, Cast

VOLGA_OWNER = SELLERS["volga"]
BUYER = "buyer@demo.example"

_ROWS_MAX = 900


async def write_price_lists(shops: dict[str, Shop]) -> dict[str, str]:
    """For everybody steps by quantity; for the retail chain a list of its own. Returns the ids of the latter."""
    own = {}
    for key, shop in shops.items():
        names = {"altyn": "Көтерме баға", "volga": "Опт от объёма", "kaspi_office": "Опт"}
        volume = await _list(shop, names[key], priority=0, percents=(None, 96, 92))
        await shop.keeper.post(f"/price-lists/{volume['id']}/assignments", {"kind": "everybody"})
        made = await _list(shop, "Demo Inc 2026", priority=10, percents=(94, 91, 88), merges=False)
        own[key] = made["id"]
    altyn = shops["altyn"]
    sale = await altyn.keeper.post(
        "/price-lists",
        {
            "name": "Күзгі шай апталығы",
            "currency": "KZT",
            "priority": 20,
            "merges": False,
            "valid_from": (datetime.now(UTC) - timedelta(days=2)).isoformat(),
            "valid_to": in_days(21),
        },
    )
    teas = [altyn.ids[sku] for sku in altyn.articles if sku.startswith(("TB-", "TG-"))]
    copied = {"action": "copy", "percent": "-15", "round_to": 100, "product_ids": teas}
    await altyn.keeper.post(f"/price-lists/{sale['id']}/adjust", copied)
    await altyn.keeper.post(f"/price-lists/{sale['id']}/assignments", {"kind": "everybody"})
    return own


async def _list(
    shop: Shop,
    name: str,
    *,
    priority: int,
    percents: tuple[int | None, int, int],
    merges: bool = True,
) -> Json:
    """A list with up to three steps for every article, in per cent of its own price."""
    body = {"name": name, "currency": "KZT", "priority": priority, "merges": merges}
    made: Json = await shop.keeper.post("/price-lists", body)
    rows = [
        {
            "product_id": shop.ids[sku],
            "from_quantity": str(quantity),
            "price": {"amount": one.price * percent, "currency": "KZT"},
        }
        for sku, one in shop.articles.items()
        if one.kind.tiers and not one.kind.option
        for quantity, percent in zip((1, *one.kind.tiers), percents, strict=True)
        if percent is not None
    ]
    for start in range(0, len(rows), _ROWS_MAX):
        part = {"prices": rows[start : start + _ROWS_MAX]}
        made = await shop.keeper.call("PUT", f"/price-lists/{made['id']}/prices", part)
    return made


async def link_up(cast: Cast, shops: dict[str, Shop], lists: dict[str, str]) -> None:
    """Links in every state, with terms where they are accepted, and a group of regular customers."""
    representative = (await cast["vendor@altyn.example"].get("/auth/me"))["user"]["id"]
    seller = (await cast["sales@volga.example"].get("/auth/me"))["user"]["id"]
    await _linked(
        cast, BUYER, "altyn", "Сорок магазинов и кофейни при них: берём зерно, чай и бакалею.",
        price_list_id=lists["altyn"], credit_limit=tenge(12_000_000), payment_days=14, minimum_order=tenge(50_000),
        delivery_days=2, representative_user_id=representative,
    )  # fmt: skip
    await _linked(
        cast, OWNER, "volga", "We are refitting eleven stores next year.",
        price_list_id=lists["volga"], payment_days=7, delivery_days=6, representative_user_id=seller,
    )  # fmt: skip
    await _linked(
        cast, "manager@demo.example", "kaspi_office", "Кеңселерге тұрақты жеткізілім қажет.",
        price_list_id=lists["kaspi_office"], credit_limit=tenge(3_000_000), payment_days=10, minimum_order=tenge(20_000), delivery_days=4,
    )  # fmt: skip
    for consumer in (STEPPE, KASPI):
        await _linked(cast, consumer, "altyn", "", payment_days=5, credit_limit=tenge(2_000_000))
    await _linked(cast, ALTYN, "kaspi_office", "Қағаз бен кеңсе тауарлары.", payment_days=10)
    await _other_states(cast)
    members = [cast.companies["steppe"], cast.companies["kaspi_office"]]
    group = await shops["altyn"].keeper.post(
        "/customer-groups", {"name": "Тұрақты сатып алушылар", "member_ids": members}
    )
    regular = await _list(
        shops["altyn"], "Тұрақтыларға", priority=5, percents=(97, 94, 91), merges=False
    )
    await shops["altyn"].keeper.post(
        f"/price-lists/{regular['id']}/assignments", {"kind": "group", "target_id": group["id"]}
    )
    await shops["altyn"].keeper.post(
        "/link-invitations",
        {"name": "Астана жәрмеңкесі", "accepts_at_once": False, "uses_max": 200},
    )


async def _other_states(cast: Cast) -> None:
    """Pending, denied, blocked, withdrawn and left."""
    steppe = cast.companies["steppe"]
    first = await cast[OWNER].post("/links/requests", {"supplier_organisation_id": steppe})
    await move(cast[OWNER], "links", first, "withdraw", reason="Sent without a word by mistake.")
    again = {
        "supplier_organisation_id": steppe,
        "message": "Pallets and storage for our new warehouse.",
    }
    await cast[OWNER].post("/links/requests", again)
    await _asked(cast, ALTYN, "volga", "Қоймаға құрылыс материалдары керек.")
    await _asked(cast, VOLGA_OWNER, "kaspi_office", "Бумага и хозтовары для офиса в Казани.")
    denied = await _asked(cast, STEPPE, "volga", "Stretch film against plasterboard?")
    reason = "Работаем только с розничными сетями и строителями."
    await move(cast[VOLGA_OWNER], "links", denied, "deny", reason=reason)
    blocked = await _linked(cast, KASPI, "volga", "Ремонт склада.", payment_days=3)
    await move(cast[VOLGA_OWNER], "links", blocked, "block", reason="Два счёта не оплачены.")
    left = await _linked(cast, STEPPE, "kaspi_office", "", payment_days=5)
    await move(cast[STEPPE], "links", left, "leave", reason="We buy through head office now.")


async def _asked(cast: Cast, consumer: str, supplier: str, message: str) -> Json:
    body = {"supplier_organisation_id": cast.companies[supplier], "message": message}
    made: Json = await cast[consumer].post("/links/requests", body)
    return made


async def _linked(cast: Cast, consumer: str, supplier: str, message: str, **terms: object) -> Json:
    """Asked for, and accepted with terms."""
    asked = await _asked(cast, consumer, supplier, message)
    return await move(cast[SELLERS[supplier]], "links", asked, "accept", terms=terms)
