"""Few goods are read once when they are put in the order of what a buyer pays, and variants are looked for of families alone.

A shelf of four hundred goods read each of them twice, asked every single one for its variants and worked out what each costs up
to three times: 5,500 pages of the database where 1,600 do.
"""

from importlib import import_module

from alembic import op

from karavan.kit.tenancy import CURRENT_ORGANISATION

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
GOODS = f"""
create or replace function catalogue_goods_at_prices(
  supplier uuid, buyer uuid, categories uuid[], stocked boolean, words text,
  low bigint, high bigint, sorting text, most bigint)
returns table (id uuid, amount bigint)
language plpgsql stable security definer set search_path = public, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  caller uuid := {CURRENT_ORGANISATION};
  few constant integer := case when categories is null then {NEAR} else {NEAR_ON_SHELVES} end;
  chain record;
  near uuid[];
  prices bigint[];
  families boolean[];
  listed jsonb;
  ids uuid[];
  amounts bigint[];
  sql text;
begin
  if caller is distinct from buyer or supplier <> buyer and not exists (
    select 1 from links_links where consumer_organisation_id = buyer
      and supplier_organisation_id = supplier and state = 'accepted') then
    return;
  end if;
  if categories is null then
    {_near("", NEAR)};
  else
    {_near("and p.category_id = any(categories)", NEAR_ON_SHELVES)};
  end if;
  chain := catalogue_price_chain(supplier, buyer, statement_timestamp());
  if coalesce(cardinality(near), 0) <= few then
    if chain.lists is not null and not exists (select 1 from catalogue_price_chains c
        where c.organisation_id = supplier and c.key = chain.key and c.stamp = chain.stamp) then
      chain.key := null;
      listed := (select jsonb_object_agg(s.product_id, s.amount) from catalogue_price_steps(chain.lists, array(
        select i.id from catalogue_products i where i.id = any(near) or i.parent_id = any(near)), false) s
        where s.outcome = 'won' and s.from_quantity = 1);
    end if;
    return query select * from (
      select g.id, coalesce(
        case when g.is_family then (
          select min(coalesce(({_LISTED_AT} = v.id), (listed ->> v.id::text)::bigint, v.price_amount, g.price))
          from catalogue_products v where v.parent_id = g.id and {_prices_in_order.offered("v")}) end,
        ({_LISTED_AT} = g.id), (listed ->> g.id::text)::bigint, g.price) as amount
      from unnest(near, prices, families) as g(id, price, is_family) offset 0) priced
      where priced.amount between low and high;
    return;
  end if;
  sql := $sql${_prices_in_order.by_price(descending=False)}$sql$;
  if sorting = '-price' then
    sql := $sql${_prices_in_order.by_price(descending=True)}$sql$;
  elsif sorting <> 'price' then
    execute 'select array_agg(id), array_agg(amount) from (' || sql || ') found' into ids, amounts
      using chain.key, supplier, categories, stocked, words, low, high, {_prices_in_order.RANGE + 1};
    if coalesce(cardinality(ids), 0) <= {_prices_in_order.RANGE} then
      return query select * from unnest(ids, amounts);
      return;
    end if;
    sql := format($sql${_OTHERWISE}$sql$, case sorting
        when '-name' then 'p.name desc' when 'published_at' then 'p.published_at'
        when '-published_at' then 'p.published_at desc' else 'p.name' end);
  end if;
  return query execute sql
    using chain.key, supplier, categories, stocked, words, low, high, most;
end
$$
"""


def upgrade() -> None:
    op.execute(GOODS)
