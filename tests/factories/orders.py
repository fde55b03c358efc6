"""Orders for tests: a buyer and a supplier with an accepted link, goods in stock, and what is made of them by the API."""

from dataclasses import dataclass, field
from typing import Any

import asyncpg
from fastapi import FastAPI

from tests.factories.accounts import Account
from tests.factories.deals import make_pair
from tests.factories.links import make_link
from tests.factories.procurement import kzt, ok
from tests.factories.products import make_published, put_stock

ORDERS = "/api/v1/orders"

OPEN_TERMS: dict[str, Any] = {
    "credit_limit": None,
    "minimum_order": None,
    "payment_days": 14,
}


@dataclass
class Trade:
    """A buyer and a supplier who trade. `products` are coffee at 1,000.00 and tea at 500.00 without 12 % of tax."""

    buyer: Account
    seller: Account
    link: dict[str, Any]
    products: list[dict[str, Any]] = field(default_factory=list)

    def lines(self, *quantities: str) -> list[dict[str, Any]]:
        """Lines of the first products."""
        return [
            {"product_id": product["id"], "quantity": quantity}
            for product, quantity in zip(self.products, quantities, strict=False)
        ]

    def body(self, *quantities: str, **fields: Any) -> dict[str, Any]:
        """The body of an order."""
        return {
            "supplier_organisation_id": str(self.seller.organisation_id),
            "lines": self.lines(*quantities),
            **fields,
        }


async def make_trade(
    app: FastAPI, owner: asyncpg.Connection, *, stock: str = "100", **terms: Any
) -> Trade:
    """Two companies, their link, and two products in stock."""
    pair = await make_pair(app)
    link = await make_link(pair.buyer, pair.vendor, **{**OPEN_TERMS, **terms})
    trade = Trade(pair.buyer, pair.vendor, link)
    for sku, name, price, pack in (
        ("COFFEE-1", "Arabica beans", 100_000, "1"),
        ("TEA-1", "Green tea", 50_000, "0.005"),
    ):
        product = await make_published(
            pair.vendor,
            owner,
            sku=sku,
            names={"en": name},
            price=kzt(price),
            minimum_order=pack,
            pack_size=pack,
        )
        await put_stock(pair.vendor, product["id"], stock)
        trade.products.append(product)
    return trade


async def place(trade: Trade, *quantities: str, **fields: Any) -> dict[str, Any]:
    """A pending order, as the buyer sees it."""
    answer = await trade.buyer.client.post(ORDERS, json=trade.body(*quantities, **fields))
    return ok(answer, 201)


async def move(account: Account, order: dict[str, Any], name: str, **body: Any) -> dict[str, Any]:
    """The order after a transition."""
    return ok(await account.client.post(f"{ORDERS}/{order['id']}/{name}", json=body))


async def read(account: Account, order: dict[str, Any]) -> dict[str, Any]:
    """The order as one side sees it now."""
    return ok(await account.client.get(f"{ORDERS}/{order['id']}"))


async def stock_of(owner: asyncpg.Connection, product: dict[str, Any]) -> tuple[str, str, str]:
    """On hand and allocated over all places, and what the product says is available."""
    from uuid import UUID

    row = await owner.fetchrow(
        """select trim_scale(sum(l.on_hand))::text, trim_scale(sum(l.allocated))::text,
             trim_scale(p.available)::text
           from catalogue_stock_levels l join catalogue_products p on p.id = l.product_id
           where p.id = $1 group by p.available""",
        UUID(product["id"]),
    )
    return tuple(row)
