"""A supplier's goods in the order of what a buyer pays, and within bounds of it."""

import sqlalchemy as sa
from alembic import op

from karavan.kit.tenancy import APP_ROLE, CURRENT_ORGANISATION, SYSTEM_ROLE

revision = "0026"
down_revision = "0025"

FIRST = """case when steps -> 0 ->> 'from_quantity' = '1'
  then (steps -> 0 ->> 'amount')::bigint end"""


def upgrade() -> None:
    op.add_column(
        "catalogue_resolved_prices",
        sa.Column("first_amount", sa.BigInteger(), sa.Computed(FIRST, persisted=True)),
    )
    op.create_index(
        "ix_catalogue_resolved_prices_first",
        "catalogue_resolved_prices",
        ["chain_key", "first_amount", "product_id"],
        postgresql_where=sa.text("first_amount is not null"),
    )
    op.create_index(
        "ix_catalogue_products_offered_price",
        "catalogue_products",
        ["organisation_id", "price_amount", "id"],
        postgresql_where=sa.text("state = 'published' and active"),
    )
    op.drop_index("ix_catalogue_products_shop_price", "catalogue_products")
    for statement in _functions():
        op.execute(statement)


NEAR, RANGE = 3_000, 5_000


def offered(alias: str) -> str:
    return f"{alias}.state = 'published' and {alias}.active"


def wanted(alias: str, stocked: str, words: str) -> str:
    return f"""({stocked}::boolean is null or ({alias}.available > 0) = {stocked})
      and ({words}::text is null or {alias}.sku ilike {words} or {alias}.names::text ilike {words})"""


# $1 chain, $2 supplier, $3 categories, $4 whether in stock, $5 words, $6 and $7 bounds, $8 how many.
_WANTED = wanted("p", "$4", "$5")
_LISTED_AT = (
    "select o.first_amount from catalogue_resolved_prices o where o.chain_key = $1 and o.product_id"
)


def _one_of_a_family(amount: str) -> str:
    """A family stands where the cheapest of its variants stands, and by itself while none is offered."""
    return f"""i.organisation_id = $2 and {offered("i")}
      and ($3::uuid[] is null or i.category_id = any($3)) and case
      when i.parent_id is not null then exists (
          select 1 from catalogue_products p where p.id = i.parent_id and {offered("p")} and {_WANTED})
        and not exists (
          select 1 from catalogue_products v where v.parent_id = i.parent_id and {offered("v")}
            and (coalesce(({_LISTED_AT} = v.id), v.price_amount), v.id) < ({amount}, i.id))
      when i.has_variants then {_WANTED.replace("p.", "i.")} and not exists (
        select 1 from catalogue_products v where v.parent_id = i.id and {offered("v")})
      else {_WANTED.replace("p.", "i.")} end"""


def by_price(*, descending: bool) -> str:
    """What lists say and what goods cost by themselves are two indexes, read as far as the first `$8` of both together.

    Goods beyond the last of so many listed ones are not among the first, so the second index is read no further.
    """
    order, last = ("desc", "min") if descending else ("asc", "max")
    low, high = "$6", "$7"
    reach = f"(select case when count(*) >= $8 then {last}(amount) end from listed)"
    if descending:
        low = f"coalesce({reach}, $6)"
    else:
        high = f"coalesce({reach}, $7)"
    return f"""
    with listed as materialized (
      select coalesce(i.parent_id, i.id) as id, r.first_amount as amount
      from catalogue_resolved_prices r join catalogue_products i on i.id = r.product_id
      where r.chain_key = $1 and r.first_amount between $6 and $7 and {_one_of_a_family("r.first_amount")}
      order by r.first_amount {order} fetch first $8 rows with ties
    ), own as (
      select coalesce(i.parent_id, i.id) as id, i.price_amount as amount from catalogue_products i
      where i.price_amount between {low} and {high} and {_one_of_a_family("i.price_amount")}
        and ({_LISTED_AT} = i.id) is null
      order by i.price_amount {order} fetch first $8 rows with ties
    )
    select id, amount from (select * from listed union all select * from own) found
    order by amount {order} fetch first $8 rows with ties"""


# Where a range holds very many goods, those that are looked for come soon in any other order.
OTHERWISE = f"""
    select p.id, priced.amount from catalogue_products p cross join lateral (
      select coalesce(
        case when p.has_variants then (
          select min(coalesce(({_LISTED_AT} = v.id), v.price_amount)) from catalogue_products v
          where v.parent_id = p.id and {offered("v")}) end,
        ({_LISTED_AT} = p.id), p.price_amount) as amount
    ) priced
    where p.organisation_id = $2 and {offered("p")} and p.parent_id is null
      and ($3::uuid[] is null or p.category_id = any($3)) and {_WANTED}
      and priced.amount between $6 and $7
    order by %s fetch first $8 rows with ties"""


# It runs as the tables' owner, as `catalogue_buyer_steps` does, and answers a linked buyer for themselves and a supplier
# for their own goods. Few goods are priced each; of many, indexes are read in order, by plans of their own: a plan for any
# category would be wrong for most. What was worked out is used while it is fresh. Where it is not, few goods are priced by
# the lists themselves; many are put in order by what was worked out last, until the job that is on its way has been.
def goods(*, declared: str, near: str, is_few: str, priced: str, otherwise: str) -> str:
    """The statement that makes the function.

    Args:
        declared: variables for the goods that may be few.
        near: puts them into `near`.
        is_few: whether all that match are among them.
        priced: `id` and `amount` of each of the few.
        otherwise: a range of very many, in another order than that of prices; `%s` stands for the order.
    """
    return f"""
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
  {declared}
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
  {near}
  chain := catalogue_price_chain(supplier, buyer, statement_timestamp());
  if {is_few} then
    if chain.lists is not null and not exists (select 1 from catalogue_price_chains c
        where c.organisation_id = supplier and c.key = chain.key and c.stamp = chain.stamp) then
      chain.key := null;
      listed := (select jsonb_object_agg(s.product_id, s.amount) from catalogue_price_steps(chain.lists, array(
        select i.id from catalogue_products i where i.id = any(near) or i.parent_id = any(near)), false) s
        where s.outcome = 'won' and s.from_quantity = 1);
    end if;
    return query select * from ({priced}) priced
      where priced.amount between low and high;
    return;
  end if;
  sql := $sql${by_price(descending=False)}$sql$;
  if sorting = '-price' then
    sql := $sql${by_price(descending=True)}$sql$;
  elsif sorting <> 'price' then
    execute 'select array_agg(id), array_agg(amount) from (' || sql || ') found' into ids, amounts
      using chain.key, supplier, categories, stocked, words, low, high, {RANGE + 1};
    if coalesce(cardinality(ids), 0) <= {RANGE} then
      return query select * from unnest(ids, amounts);
      return;
    end if;
    sql := format($sql${otherwise}$sql$, case sorting
        when '-name' then 'p.name desc' when 'published_at' then 'p.published_at'
        when '-published_at' then 'p.published_at desc' else 'p.name' end);
  end if;
  return query execute sql
    using chain.key, supplier, categories, stocked, words, low, high, most;
end
$$
"""


def _near(on_shelves: str) -> str:
    return f"""near := array(select p.id from catalogue_products p where p.organisation_id = supplier
      {on_shelves}
      and {offered("p")} and p.parent_id is null and {wanted("p", "stocked", "words")} limit {NEAR + 1});"""


GOODS = goods(
    declared="""chain record;
  near uuid[];""",
    near=f"""if categories is null then
    {_near("")}
  else
    {_near("and p.category_id = any(categories)")}
  end if;""",
    is_few=f"cardinality(near) <= {NEAR}",
    priced=f"""
      select p.id, min(coalesce(
        (select o.first_amount from catalogue_resolved_prices o
         where o.chain_key = chain.key and o.product_id = coalesce(v.id, p.id)),
        (listed ->> coalesce(v.id, p.id)::text)::bigint, v.price_amount, p.price_amount)) as amount
      from catalogue_products p
      left join catalogue_products v on v.parent_id = p.id and {offered("v")}
      where p.id = any(near)
      group by p.id""",
    otherwise=OTHERWISE,
)


def _functions() -> list[str]:
    signature = (
        "catalogue_goods_at_prices(uuid, uuid, uuid[], boolean, text, bigint, bigint, text, bigint)"
    )
    return [
        GOODS,
        f"revoke all on function {signature} from public",
        f"grant execute on function {signature} to {APP_ROLE}, {SYSTEM_ROLE}",
    ]
