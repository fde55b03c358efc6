"""What the reader of a list would pay for its goods: parts of SQL, and one more statement where another index made the list."""

from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_json
from karavan.modules.catalogue.queries.product_json import OFFERED

# The same rule as in `prices.with_own_price`: the own price holds below the first step of the lists, and of steps in its
# currency those that would then be dearer are left out. Few products have steps, so the others are not looked through.
_TIERS = """case when s.steps is null then json_build_array(json_build_object('from_quantity', '1',
    'price', json_build_object('amount', sold.price_amount, 'currency', sold.currency)))
  else (select json_agg(json_build_object('from_quantity', step -> 'from_quantity',
      'price', json_build_object('amount', step -> 'amount', 'currency', step -> 'currency')) order by place)
    from (
      select jsonb_build_object('from_quantity', '1', 'amount', sold.price_amount,
        'currency', sold.currency) as step, 0 as place
      where s.steps -> 0 ->> 'from_quantity' <> '1'
      union all
      select step, place from jsonb_array_elements(s.steps) with ordinality as e(step, place)
      where s.steps -> 0 ->> 'from_quantity' = '1' or step ->> 'currency' <> sold.currency
        or (step ->> 'amount')::bigint <= sold.price_amount
    ) kept) end"""
_OFFERED_VARIANT = OFFERED.replace("p.", "v.")


def own_tiers(buyer: str, *, for_visitors: bool = False) -> str:
    """Common table expressions after `page`, whose last is `own(item_id, tiers)`: what the reader pays for what is on it.

    A family is bought by its variants: it is offered from the lowest of their prices on.

    Args:
        buyer: the placeholder of the reader's organisation.
        for_visitors: it may be null. Visitors learn of no tiers where there is only the product's own price.
    """
    told = f"where {buyer}::uuid is not null or from_one or json_array_length(tiers) > 1"
    return f"""
sold as materialized (
  select page.id as item_id, coalesce(variant.id, page.id) as id,
    coalesce(variant.price_amount, page.price_amount) as price_amount,
    coalesce(variant.currency, page.currency) as currency
  from page left join (
    select v.parent_id, v.id, v.price_amount, v.currency from catalogue_products v
    where v.parent_id = any(array(select page.id from page where page.has_variants)) and {_OFFERED_VARIANT}
  ) variant on variant.parent_id = page.id
),
tiered as (
  select sold.item_id, sold.id, s.steps -> 0 ->> 'from_quantity' = '1' as from_one, {_TIERS} as tiers,
    case when s.steps -> 0 ->> 'from_quantity' = '1' then (s.steps -> 0 ->> 'amount')::bigint
      else sold.price_amount end as amount
  from sold left join catalogue_buyer_steps({buyer}::uuid, array(select sold.id from sold)) s
    on s.product_id = sold.id
),
own as materialized (
  select distinct on (item_id) item_id, tiers from tiered {told if for_visitors else ""}
  order by item_id, amount, id
)"""


_OF_ITEMS = f"""
with page as materialized (
  select p.id, p.has_variants, p.price_amount, p.currency from catalogue_products p
  where p.id = any($1::uuid[])
),
{own_tiers("$2", for_visitors=True)}
select json_object_agg(item_id, tiers)::text from own
"""


async def with_own_prices(session: AsyncSession, buyer: UUID | None, body: bytes) -> bytes:
    """A page of goods with `your_tiers` filled in for a buyer, or with what everybody gets for a visitor.

    Args:
        buyer: the reader's organisation; nothing for a visitor.
        body: JSON with `items` that have `id` and `your_tiers`.
    """
    page = msgspec.json.decode(body)
    ids = [UUID(item["id"]) for item in page["items"]]
    if not ids:
        return body
    told = await read_json(session, _OF_ITEMS, ids, buyer)
    if told is None:
        return body
    tiers = msgspec.json.decode(told)
    for item in page["items"]:
        item["your_tiers"] = tiers.get(item["id"])
    return msgspec.json.encode(page)
