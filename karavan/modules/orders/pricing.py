"""What wanted goods cost, and what stands against ordering them: the same for a cart, a table and an order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.decimals import plain
from karavan.kit.documents.totals import (
    DocumentTotals,
    PricedLine,
    TaxCategory,
    TaxTreatment,
    compute_totals,
)
from karavan.kit.errors import invalid
from karavan.kit.money import AMOUNT_MAX, Money
from karavan.modules.catalogue.public import Goods, Tier, goods_and_prices, price_at


class Wanted(Struct, frozen=True):
    """A quantity of a product, in its unit of measure."""

    product_id: UUID
    quantity: Decimal


class Offer(Struct, frozen=True):
    """Goods as one buyer gets them; `tiers` are never empty."""

    goods: Goods
    tiers: Sequence[Tier]


class Obstacle(Struct, frozen=True):
    """Why a line cannot be ordered as it stands. `code` is stable; `facts` say how to mend it."""

    code: str
    detail: str
    facts: Mapping[str, Any]


async def offers_of(
    session: AsyncSession, supplier_id: UUID, buyer_id: UUID, product_ids: Iterable[UUID]
) -> dict[UUID, Offer]:
    """What the supplier sells of these products at this moment, and at which prices to this buyer."""
    wanted = list(dict.fromkeys(product_ids))
    found = await goods_and_prices(session, supplier_id, buyer_id, wanted)
    return {product_id: Offer(goods, tiers) for product_id, (goods, tiers) in found.items()}


def summed(lines: Iterable[Wanted]) -> dict[UUID, Decimal]:
    """Quantities by product: several lines of one product are priced, checked and taken from stock together."""
    totals: dict[UUID, Decimal] = defaultdict(Decimal)
    for line in lines:
        totals[line.product_id] += line.quantity
    return dict(totals)


def obstacle_of(offer: Offer | None, quantity: Decimal) -> Obstacle | None:
    """What forbids ordering so much, whatever is in stock."""
    if offer is None:
        return Obstacle("unavailable", "The supplier does not sell this any more.", {})
    goods = offer.goods
    if goods.has_variants:
        return Obstacle("choose_variant", "Choose one of its variants.", {})
    if quantity < goods.minimum_order:
        least = plain(goods.minimum_order)
        return Obstacle("minimum", f"At least {least} must be ordered.", {"minimum": least})
    if quantity % goods.pack_size:
        pack = plain(goods.pack_size)
        return Obstacle("pack_size", f"It is sold in packs of {pack}.", {"pack_size": pack})
    return None


def source_of(tier: Tier) -> dict[str, Any]:
    """Where a price came from, as it is kept with the line."""
    if tier.list_id is None:
        return {"kind": "product"}
    return {
        "kind": "price_list",
        "list_id": str(tier.list_id),
        "from_quantity": plain(tier.from_quantity),
    }


def tier_of(offer: Offer, quantity: Decimal) -> Tier:
    """The price that holds for a quantity."""
    return price_at(offer.tiers, quantity)


def list_price_of(offer: Offer, tier: Tier) -> int:
    """What everybody pays for one; the tier's own amount where the list price is in another currency."""
    goods = offer.goods
    return goods.price_amount if goods.currency == tier.currency else tier.amount


class Priced(Struct, frozen=True):
    """A line with its price; amounts are minor units without tax."""

    quantity: Decimal
    unit_price_amount: int
    list_price_amount: int
    tax_rate: Decimal


class Sums(Struct, frozen=True):
    """What lines come to. `discount` is what the buyer's own prices save against the list prices, without tax."""

    totals: DocumentTotals
    discount: int


def sums_of(lines: Sequence[Priced], currency: str) -> Sums:
    """Add up lines: one rounding per line, half up, and one per rate of tax, as invoices do.

    Raises:
        ValidationError: the sum is larger than the platform can hold.
    """
    totals = compute_totals(
        [
            PricedLine(
                line.quantity, Money(line.unit_price_amount, currency), _taxed(line.tax_rate)
            )
            for line in lines
        ],
        currency=currency,
    )
    if totals.tax_inclusive.amount > AMOUNT_MAX:
        raise invalid("#/lines", "too_large", "The total is larger than can be stored.")
    undiscounted = sum(
        Money(line.list_price_amount, currency).times(line.quantity).amount for line in lines
    )
    return Sums(totals, max(0, undiscounted - totals.tax_exclusive.amount))


def _taxed(rate: Decimal) -> TaxTreatment:
    return TaxTreatment(TaxCategory.STANDARD if rate > 0 else TaxCategory.ZERO, rate)
