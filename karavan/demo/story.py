"""The trade of the demonstration: requests, quotes, deals and invoices in every state, one small story each."""

from collections.abc import Awaitable, Callable, Mapping
from decimal import Decimal

from msgspec import Struct, field

from karavan.demo.people import Person
from karavan.demo.requests import REQUESTS
from karavan.demo.steps import Json, award, draft, move, offer, quote, say, sign, tenge


class Cast(Struct):
    """Who plays, by e-mail; ids of companies by key; how to wait until handlers and jobs have done their part; and what
    must lie in the past afterwards.
    """

    people: Mapping[str, Person]
    companies: Mapping[str, str]
    settle: Callable[[], Awaitable[None]]
    overdue_requests: list[str] = field(default_factory=list)
    expiring_quotes: list[str] = field(default_factory=list)
    overdue_invoices: list[str] = field(default_factory=list)

    def __getitem__(self, email: str) -> Person:
        return self.people[email]

    async def ask(self, key: str, *, publish: bool = True) -> tuple[Person, Json]:
        """The buyer and their request, published."""
        wanted = next(one for one in REQUESTS if one.key == key)
        buyer = self[wanted.asked_by]
        request = await draft(buyer, wanted)
        if wanted.invited:
            await buyer.post(
                f"/requests/{request['id']}/invitations",
                {"organisation_ids": [self.companies[one] for one in wanted.invited]},
            )
        if publish:
            # An owner publishes what a limit keeps the buyer from publishing alone.
            leader = self["owner@demo.example"] if buyer.account.company == "demo" else buyer
            request = await move(leader, "requests", request, "publish")
        return buyer, request


ALTYN, VOLGA, STEPPE, KASPI = (
    "owner@altyn.example",
    "sales@volga.example",
    "owner@steppe.example",
    "owner@kaspi-office.example",
)
OWNER = "owner@demo.example"


async def spending_limits(cast: Cast) -> None:
    """From which amounts on somebody else must agree."""
    rules = [
        {"purpose": "publish", "above": tenge(20_000_000), "approver_role": "manager"},
        {"purpose": "award", "above": tenge(10_000_000), "approver_role": "manager"},
        {"purpose": "award", "above": tenge(50_000_000), "approver_role": "owner"},
    ]
    await cast[OWNER].call("PUT", "/approval-rules", {"rules": rules})


async def drafts(cast: Cast) -> None:
    """A draft that waits, and a template made from it."""
    buyer, request = await cast.ask("generator", publish=False)
    await buyer.post(
        "/request-templates", {"name": "Cold store equipment", "request_id": request["id"]}
    )


async def open_with_questions(cast: Cast) -> None:
    """A public request with questions, two quotes in two versions, and one withdrawn."""
    buyer, request = await cast.ask("coffee")
    path = f"/requests/{request['id']}/questions"
    asked = await cast[STEPPE].post(path, {"text": "Можно ли поставить весь объём одной партией?"})
    await buyer.post(
        f"{path}/{asked['id']}/answer", {"answer": "Да, если срок годности не менее 10 месяцев."}
    )
    await cast[VOLGA].post(path, {"text": "Подойдёт ли чай в пачках по 200 г?"})
    first = await quote(
        cast[VOLGA],
        request,
        "1.02",
        lead_days=12,
        payment_days=14,
        instead={2: "Чай чёрный, Кения BP1"},
    )
    await move(
        cast[VOLGA],
        "quotes",
        first,
        "update",
        offer=offer(request, "0.97", lead_days=12, payment_days=14),
    )
    await quote(cast[STEPPE], request, "1.04", lead_days=7, absent=2, delivery=tenge(45_000))
    late = await quote(cast[KASPI], request, "1.15", lead_days=20)
    await move(cast[KASPI], "quotes", late, "withdraw", reason="Не подтвердил поставщик зёрен.")


async def amended(cast: Cast) -> None:
    """A request that was amended: one vendor has reconfirmed, the other is asked to."""
    buyer, request = await cast.ask("boxes")
    await quote(cast[STEPPE], request, "0.99", lead_days=9)
    confirmed = await quote(cast[KASPI], request, "1.05", lead_days=5, payment_days=10)
    lines = [
        {
            "id": line["id"],
            "name": line["name"],
            "specification": line["specification"],
            "quantity": "9500" if line["position"] == 1 else line["quantity"],
            "unit": line["unit"],
            "target_price": line["target_price"],
        }
        for line in request["lines"]
    ]
    changed = await move(
        buyer, "requests", request, "amend", lines=lines, note="Қорап саны 8000-нан 9500-ге өсті."
    )
    await move(
        cast[KASPI],
        "quotes",
        confirmed,
        "reconfirm",
        offer=offer(changed, "1.03", lead_days=5, payment_days=10),
    )


async def invited_only(cast: Cast) -> None:
    """A request by invitation: one vendor quotes, the other has only looked."""
    _, request = await cast.ask("furniture")
    await cast[KASPI].post(f"/requests/{request['id']}/viewed")
    await quote(cast[STEPPE], request, "0.98", lead_days=28, delivery=tenge(180_000))


async def sealed(cast: Cast) -> None:
    """Two sealed tenders: one still closed, one past its deadline and ready to be opened."""
    _, closed = await cast.ask("cement")
    await quote(cast[VOLGA], closed, "1.01", lead_days=21)
    await quote(cast[STEPPE], closed, "0.96", lead_days=25, payment_days=7)
    buyer, opened = await cast.ask("workwear")
    await quote(cast[VOLGA], opened, "0.94", lead_days=18)
    await quote(cast[KASPI], opened, "1.00", lead_days=10, payment_days=15)
    await quote(cast[ALTYN], opened, "1.08", lead_days=6, absent=2)
    cast.overdue_requests.append(opened["id"])
    await buyer.call(
        "PUT",
        f"/requests/{opened['id']}/criteria",
        {
            "criteria": [
                {"name": "Баға", "kind": "price", "weight": 60},
                {"name": "Мерзім", "kind": "lead_time", "weight": 40},
            ]
        },
    )


async def shortlisted(cast: Cast) -> None:
    """A shortlist with weighted criteria and scores, and an award that waits for approval."""
    _, request = await cast.ask("laptops")
    offers = [
        await quote(cast[KASPI], request, "0.99", lead_days=14, payment_days=30),
        await quote(cast[STEPPE], request, "0.95", lead_days=30),
        await quote(cast[VOLGA], request, "1.03", lead_days=21, payment_days=14),
    ]
    admin = cast["admin@demo.example"]
    path = f"/requests/{request['id']}"
    criteria = [
        {"name": "Price", "kind": "price", "weight": 50},
        {"name": "Delivery time", "kind": "lead_time", "weight": 20},
        {"name": "Service network", "kind": "manual", "weight": 30},
    ]
    shown = await admin.call("PUT", f"{path}/criteria", {"criteria": criteria})
    service = shown["criteria"][2]["id"]
    for one, points in zip(offers, ("90", "55", "70"), strict=True):
        await admin.call(
            "PUT",
            f"{path}/scores",
            {"criterion_id": service, "quote_id": one["id"], "value": points},
        )
    await move(
        admin, "requests", request, "shortlist", quote_ids=[offers[0]["id"], offers[1]["id"]]
    )
    buyer = cast["buyer@demo.example"]
    wish = {"purpose": "award", "award": {"allocations": [{"quote_id": offers[0]["id"]}]}}
    await buyer.post(f"{path}/approvals", wish)


async def negotiating(cast: Cast) -> None:
    """A deal under negotiation: terms in two versions, one signature, a conversation."""
    buyer, request = await cast.ask("paper")
    winner = await quote(cast[KASPI], request, "0.98", lead_days=4, payment_days=14)
    await quote(cast[VOLGA], request, "1.04", lead_days=9)
    (deal,) = await award(cast[OWNER], request, winner)
    vendor = cast[KASPI]
    await say(buyer, deal, "Добрый день! Сможете доставлять в пять офисов по вторникам?")
    await say(vendor, deal, "Да, по вторникам и пятницам. Включили это в новую редакцию условий.")
    shown = await vendor.get(f"/deals/{deal['id']}")
    terms = {
        name: shown["terms"][name]
        for name in (
            "delivery_terms",
            "delivery_place",
            "delivery_date",
            "lead_time_days",
            "payment_terms",
            "payment_days",
            "warranty",
            "penalties",
            "notes",
            "valid_until",
        )
    }
    keys = ("request_line_id", "name", "quantity", "unit", "unit_price", "tax_rate")
    terms["lines"] = [{key: line[key] for key in keys} for line in shown["terms"]["lines"]]
    terms["notes"] = "Доставка по вторникам и пятницам в пять офисов Алматы."
    await move(
        vendor, "deals", deal, "propose-terms", terms=terms, note="Добавлен график доставки."
    )
    await sign(vendor, deal)
    await say(vendor, deal, "Подписали со своей стороны.")


async def split_award(cast: Cast) -> None:
    """An award split between two vendors: one deal is a contract, the other is invoiced and paid in part."""
    _, request = await cast.ask("catering")
    plates = await quote(cast[STEPPE], request, "0.93", lead_days=16, absent=2)
    cutlery = await quote(cast[KASPI], request, "0.97", lead_days=8, payment_days=10)
    deals = await award(cast[OWNER], request, (plates, [1, 3]), (cutlery, [2]))
    by_vendor = {deal["vendor"]["organisation_id"]: deal for deal in deals}
    contract = by_vendor[cast.companies["steppe"]]
    await sign(cast[STEPPE], contract)
    await sign(cast["manager@demo.example"], contract)
    invoiced = by_vendor[cast.companies["kaspi_office"]]
    await sign(cast["manager@demo.example"], invoiced)
    await sign(cast[KASPI], invoiced)
    shown = await move(cast[KASPI], "deals", invoiced, "create-invoice")
    invoice = await cast[KASPI].get(f"/invoices/{shown['invoice']['id']}")
    half = {"amount": invoice["total"]["amount"] // 2, "currency": "KZT"}
    await cast[KASPI].post(
        f"/invoices/{invoice['id']}/payments", {"amount": half, "reference": "PP-000418"}
    )
    cast.overdue_invoices.append(invoice["id"])


async def paid(cast: Cast) -> None:
    """A deal that was paid, with a credit note for damaged goods; and one that is archived, which closes its request."""
    _, request = await cast.ask("pallets")
    deal = await _to_invoice(cast, request, VOLGA, "0.96")
    await move(cast[VOLGA], "deals", deal, "mark-paid", reference="PP-000377")
    shown = await cast[VOLGA].get(f"/deals/{deal['id']}")
    invoice = await cast[VOLGA].get(f"/invoices/{shown['invoice']['id']}")
    line = invoice["lines"][0]["id"]
    note = {
        "lines": [{"line_id": line, "quantity": "12"}],
        "reason": "Двенадцать поддонов пришли с трещинами.",
    }
    await cast[VOLGA].post(f"/invoices/{invoice['id']}/credit-notes", note)
    _, second = await cast.ask("cleaning")
    archived = await _to_invoice(cast, second, KASPI, "0.9")
    await move(cast[KASPI], "deals", archived, "mark-paid", reference="PP-000352")
    await move(cast[OWNER], "deals", archived, "archive")


async def _to_invoice(cast: Cast, request: Json, vendor: str, factor: str) -> Json:
    winner = await quote(cast[vendor], request, factor, lead_days=10, payment_days=5)
    (deal,) = await award(cast[OWNER], request, winner)
    await sign(cast[OWNER], deal)
    await sign(cast[vendor], deal)
    await move(cast[vendor], "deals", deal, "create-invoice")
    return deal


async def ended(cast: Cast) -> None:
    """A tender that found no winner and one that was called off."""
    buyer, banners = await cast.ask("banners")
    await quote(cast[VOLGA], banners, "1.6", lead_days=14)
    await move(
        buyer,
        "requests",
        banners,
        "close-without-award",
        reason="Все предложения выше бюджета выставки.",
    )
    owner, trucks = await cast.ask("trucks")
    await quote(cast[STEPPE], trucks, "0.99", lead_days=3, tax_rate="0")
    await move(owner, "requests", trucks, "cancel", reason="Маршрут закрыт до весны.")


async def refused_and_awarded_again(cast: Cast) -> None:
    """The winner refuses, the runner-up on standby gets the deal; an expired quote remains behind."""
    buyer, request = await cast.ask("grain")
    first = await quote(cast[VOLGA], request, "0.92", lead_days=12)
    second = await quote(cast[STEPPE], request, "0.98", lead_days=15)
    expired = await quote(cast[KASPI], request, "1.2", lead_days=40)
    cast.expiring_quotes.append(expired["id"])
    (deal,) = await award(buyer, request, first)
    await move(cast[VOLGA], "deals", deal, "refuse", reason="Элеватор не подтвердил объём.")
    await move(buyer, "requests", request, "reaward", allocations=[{"quote_id": second["id"]}])


async def invoices_apart(cast: Cast) -> None:
    """Invoices that follow from no deal: a draft, and one that was void before payment."""
    vendor = cast[STEPPE]
    body = {
        "buyer_organisation_id": cast.companies["demo"],
        "currency": "KZT",
        "lines": [
            {
                "name": "Pallet storage, November",
                "quantity": "30",
                "unit": "DAY",
                "unit_price": tenge(Decimal(4200)),
                "tax_rate": "12",
            }
        ],
        "notes": "Storage agreement of 3 March.",
    }
    await vendor.post("/invoices", body)
    mistaken = await vendor.post("/invoices", body)
    await move(vendor, "invoices", mistaken, "send")
    await move(vendor, "invoices", mistaken, "void", reason="Issued twice by mistake.")


STORIES: tuple[Callable[[Cast], Awaitable[None]], ...] = (
    spending_limits,
    drafts,
    open_with_questions,
    amended,
    invited_only,
    sealed,
    shortlisted,
    negotiating,
    split_award,
    paid,
    ended,
    refused_and_awarded_again,
    invoices_apart,
)
