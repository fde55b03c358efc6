"""What a buyer pays: steps by quantity, of price lists and of the product's own price (docs/subsystems/prices.md)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_row
from karavan.kit.money import Money

ONE = Decimal(1)


class Tier(Struct, frozen=True):
    """What one piece costs from a quantity on.

    Attributes:
        from_quantity: at least 1; the first tier of a product is from 1 and holds for any smaller quantity too.
        amount: minor units of `currency`, for one unit of the product.
        list_id: of the price list; nothing when it is the product's own price.
    """

    from_quantity: Decimal
    amount: int
    currency: str
    list_id: UUID | None

    @property
    def price(self) -> Money:
        """Of one unit."""
        return Money(self.amount, self.currency)


def price_at(tiers: Sequence[Tier], quantity: Decimal) -> Tier:
    """The tier that holds for a quantity: the last one that begins at or below it.

    Args:
        tiers: of one product, rising, as `prices_for` gives them: never empty.
    """
    holding = tiers[0]
    for tier in tiers[1:]:
        if tier.from_quantity > quantity:
            break
        holding = tier
    return holding


def with_own_price(steps: Sequence[Mapping[str, Any]], amount: int, currency: str) -> list[Tier]:
    """The tiers that follow from a chain's steps and the product's own price.

    The own price holds below the first step of the lists. Steps in its currency that would then be dearer than fewer
    pieces are left out: nobody pays more for each piece by buying more.

    Args:
        steps: rising and never dearer, as `catalogue_buyer_steps` yields them.
        amount, currency: the product's own price.
    """
    tiers = [
        Tier(
            Decimal(step["from_quantity"]),
            step["amount"],
            step["currency"],
            UUID(step["list_id"]),
        )
        for step in steps
    ]
    if tiers and tiers[0].from_quantity == ONE:
        return tiers
    kept = [tier for tier in tiers if tier.currency != currency or tier.amount <= amount]
    return [Tier(ONE, amount, currency, None), *kept]


_PRICES = """
select coalesce(json_agg(json_build_array(p.id, p.price_amount, p.currency, s.steps)), '[]'::json)::text
from catalogue_products p left join catalogue_buyer_steps($1, $2) s on s.product_id = p.id
where p.id = any($2) and ($3::uuid is null or p.organisation_id = $3)
"""


async def prices_for(
    session: AsyncSession, supplier: UUID | None, buyer: UUID | None, product_ids: Sequence[UUID]
) -> dict[UUID, list[Tier]]:
    """What a buyer pays for products, by quantity, by the database's clock.

    Args:
        supplier: whose products they must be; nothing for anybody's.
        buyer: the caller's organisation; any buyer when the supplier asks, or a handler or job; nothing for what
            everybody gets.
        product_ids: sellable products. A head of variants has its own price, the lowest of its variants.

    Returns:
        Tiers by product, rising, never empty. Products that the transaction may not see, or of another supplier, are
        absent. The tiers of one product are in one currency unless a list in another one has no price from one piece.
    """
    row = await read_row(session, _PRICES, buyer, list(product_ids), supplier)
    assert row is not None
    return {
        UUID(product_id): with_own_price(steps or (), amount, currency)
        for product_id, amount, currency, steps in msgspec.json.decode(row[0])
    }
