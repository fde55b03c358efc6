"""Buyers who have had goods, and what they say of them."""

from typing import Any
from uuid import UUID

from karavan.kit.db import Database
from karavan.kit.events import record_event
from karavan.kit.ids import new_id
from karavan.kit.scopes import SYSTEM
from tests.factories.accounts import Account
from tests.factories.procurement import ok

REVIEWS = "/api/v1/reviews"


async def complete_order(
    database: Database, seller: Account, buyer: Account, *products: dict[str, Any]
) -> UUID:
    """The fact that an order of these products was completed, as orders tell it."""
    order_id = new_id()
    async with database.transaction(SYSTEM) as session:
        record_event(
            session,
            "order.completed",
            organisation_id=buyer.organisation_id,
            aggregate_id=order_id,
            payload={
                "label": "ORD-2026-000001",
                "state": "completed",
                "parties": {
                    "seller": str(seller.organisation_id),
                    "buyer": str(buyer.organisation_id),
                },
                "actor_user_id": None,
                "actor_organisation_id": None,
                "data": {
                    "kind": "wholesale",
                    "number": "ORD-2026-000001",
                    "buyer_name": buyer.organisation_name,
                    "seller_name": seller.organisation_name,
                    "lines": [
                        {"product_id": one["id"], "parent_id": one["parent_id"], "quantity": "1"}
                        for one in products
                    ],
                },
            },
        )
    return order_id


async def write_review(
    account: Account, product: dict[str, Any], rating: int = 5, text: str = "Fresh and fragrant."
) -> dict[str, Any]:
    """A review that nothing stands against."""
    body = {"product_id": product["id"], "rating": rating, "text": text}
    return ok(await account.client.post(REVIEWS, json=body), 201)


async def reviews_of(who: Any, product: dict[str, Any], **params: Any) -> dict[str, Any]:
    """What somebody reads about a product."""
    return ok(await who.get(REVIEWS, params={"product_id": product["id"], **params}))
