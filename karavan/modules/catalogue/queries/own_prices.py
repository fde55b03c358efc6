"""Lists for buyers with what the reader would pay: one more statement for the goods of the page."""

from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_rows
from karavan.modules.catalogue.prices import Tier, prices_for
from karavan.modules.catalogue.queries.product_json import OFFERED

# A family is bought by its variants: it is offered from the lowest of their prices on.
_VARIANTS = f"""
select p.parent_id, p.id from catalogue_products p
where p.parent_id = any($1) and p.state = 'published' and p.active and {OFFERED}
"""


async def with_own_prices(session: AsyncSession, buyer: UUID | None, body: bytes) -> bytes:
    """A page of goods with `your_tiers` filled in for a buyer, or with what everybody gets for a visitor.

    Args:
        buyer: the reader's organisation; nothing for a visitor, who learns of no tiers where there is only the
            product's own price.
        body: JSON with `items` that have `id`, `has_variants` and `your_tiers`.
    """
    page = msgspec.json.decode(body)
    ids = [UUID(item["id"]) for item in page["items"]]
    if not ids:
        return body
    heads = [UUID(item["id"]) for item in page["items"] if item["has_variants"]]
    families: dict[UUID, list[UUID]] = {}
    if heads:
        for head, variant in await read_rows(session, _VARIANTS, heads):
            families.setdefault(head, []).append(variant)
    wanted = [*ids, *(one for variants in families.values() for one in variants)]
    prices = await prices_for(session, None, buyer, wanted)
    for item, product_id in zip(page["items"], ids, strict=True):
        members = [prices[one] for one in families.get(product_id, [product_id]) if one in prices]
        if not members:
            continue
        lowest = min(members, key=lambda one: one[0].amount)
        if buyer is not None or any(tier.list_id is not None for tier in lowest):
            item["your_tiers"] = [_told(one) for one in lowest]
    return msgspec.json.encode(page)


def _told(tier: Tier) -> dict[str, object]:
    return {
        "from_quantity": f"{tier.from_quantity.normalize():f}",
        "price": {"amount": tier.amount, "currency": tier.currency},
    }
