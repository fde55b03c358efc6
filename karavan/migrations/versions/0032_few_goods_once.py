"""Few goods are read once when they are put in the order of what a buyer pays, and variants are looked for of families alone.

A shelf of four hundred goods read each of them twice, asked every single one for its variants, and worked out what each costs up
to three times.
"""

from importlib import import_module

from alembic import op

revision = "0032"
down_revision = "0031"

_prices_in_order = import_module("karavan.migrations.versions.0026_prices_in_order")
_LISTED_AT = (
    "select o.first_amount from catalogue_resolved_prices o where o.chain_key = chain.key"
    " and o.product_id"
)
_OTHERWISE = _prices_in_order.OTHERWISE.replace(") priced", "offset 0) priced")

# Prices in order are soon read far enough for a whole catalogue. Of what they hold, a shelf is a small part: up to some
# ten thousand goods on it, pricing all of them is quicker than finding the first thousand among the others.
NEAR, NEAR_ON_SHELVES = 3_000, 10_000


def _near(on_shelves: str, most: int) -> str:
    return f"""select array_agg(p.id), array_agg(p.price_amount), array_agg(p.has_variants)
    into near, prices, families from (
      select p.id, p.price_amount, p.has_variants from catalogue_products p
      where p.organisation_id = supplier {on_shelves} and {_prices_in_order.offered("p")} and p.parent_id is null
        and {_prices_in_order.wanted("p", "stocked", "words")} limit {most + 1}) p"""


# As it was (0026), but for what becomes of few goods, and for `offset 0`: without it an amount would be worked out once for each
# of its bounds and once more for the answer.
GOODS = _prices_in_order.goods(
    declared=f"""few constant integer := case when categories is null then {NEAR} else {NEAR_ON_SHELVES} end;
  chain record;
  near uuid[];
  prices bigint[];
  families boolean[];""",
    near=f"""if categories is null then
    {_near("", NEAR)};
  else
    {_near("and p.category_id = any(categories)", NEAR_ON_SHELVES)};
  end if;""",
    is_few="coalesce(cardinality(near), 0) <= few",
    priced=f"""
      select g.id, coalesce(
        case when g.is_family then (
          select min(coalesce(({_LISTED_AT} = v.id), (listed ->> v.id::text)::bigint, v.price_amount, g.price))
          from catalogue_products v where v.parent_id = g.id and {_prices_in_order.offered("v")}) end,
        ({_LISTED_AT} = g.id), (listed ->> g.id::text)::bigint, g.price) as amount
      from unnest(near, prices, families) as g(id, price, is_family) offset 0""",
    otherwise=_OTHERWISE,
)


def upgrade() -> None:
    op.execute(GOODS)
