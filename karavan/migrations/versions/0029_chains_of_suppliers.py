"""What a buyer pays several suppliers, found for all of them at once: a page of a search has goods of twenty."""

from alembic import op

from karavan.kit.tenancy import CURRENT_ORGANISATION, SYSTEM_ROLE

revision = "0029"
down_revision = "0028"

# Which lists a buyer has of each supplier at a moment, the first first. A blocked buyer has those of everybody alone. The
# same text stands in both functions: a call for each page would cost more than the look itself.
_CHAINS = """
  with link as materialized (
    select supplier_organisation_id as supplier, id, state, price_list_id from links_links
    where consumer_organisation_id = buyer and supplier_organisation_id = any(suppliers)
      and state in ('accepted', 'blocked')
  ), assigned as (
    select a.organisation_id as supplier, a.list_id,
      case a.kind when 'link' then 1 when 'organisation' then 2 when 'group' then 3 else 4 end as distance
    from catalogue_price_assignments a left join link on link.supplier = a.organisation_id
    where a.organisation_id = any(suppliers) and (
      a.kind = 'everybody'
      or link.state is distinct from 'blocked' and (
        a.kind = 'organisation' and a.target_id = buyer
        or a.kind = 'link' and a.target_id = link.id
        or a.kind = 'group' and exists (
          select from catalogue_customer_group_members m
          where m.group_id = a.target_id and m.organisation_id = a.organisation_id
            and m.member_organisation_id = buyer)))
    union all
    select supplier, price_list_id, 0 from link where state = 'accepted' and price_list_id is not null
  ), placed as (
    select a.supplier, l.id, l.revision, row_number() over (
      partition by a.supplier order by l.priority desc, min(a.distance), l.id) as place
    from assigned a join catalogue_price_lists l on l.id = a.list_id and l.organisation_id = a.supplier
    where l.active
      and (l.valid_from is null or l.valid_from <= moment)
      and (l.valid_to is null or l.valid_to > moment)
    group by a.supplier, l.id
  ), chain as (
    select supplier, array_agg(id order by place) as lists, array_agg(revision order by place) as revisions,
      md5(string_agg(id::text, ',' order by place))::uuid as key,
      md5(string_agg(id::text || ':' || revision, ',' order by place))::uuid as stamp
    from placed group by supplier
  )"""

CHAIN = f"""
create or replace function catalogue_price_chain(
  supplier uuid, buyer uuid, moment timestamptz,
  out lists uuid[], out revisions bigint[], out key uuid, out stamp uuid)
language sql stable set search_path = public, pg_temp as $$
{_CHAINS.replace("any(suppliers)", "catalogue_price_chain.supplier")}
  select lists, revisions, key, stamp from (select) as always left join chain on true
$$
"""

# As before: what was worked out is used while it is fresh, else the lists themselves. It runs as the tables' owner, because
# nobody but the supplier may read the lists: so it answers a buyer for themselves, a supplier for their own goods, handlers and
# jobs for anybody, and a visitor what everybody gets.
BUYER_STEPS = f"""
create or replace function catalogue_buyer_steps(buyer uuid, products uuid[])
returns table (product_id uuid, steps jsonb)
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  caller uuid := {CURRENT_ORGANISATION};
  moment timestamptz := statement_timestamp();
  suppliers uuid[] := array(
    select distinct p.organisation_id from catalogue_products p
    where p.id = any(products) and (
      buyer is null or buyer = caller or p.organisation_id = caller
      or current_setting('role', true) = '{SYSTEM_ROLE}'));
  found record;
  fresh uuid[];
begin
  for found in
{_CHAINS}
    select key, lists, exists (
      select 1 from catalogue_price_chains f
      where f.organisation_id = chain.supplier and f.key = chain.key and f.stamp = chain.stamp) as is_fresh
    from chain
  loop
    if found.is_fresh then
      fresh := fresh || found.key;
    else
      return query select s.product_id, jsonb_agg(jsonb_build_object(
          'from_quantity', trim_scale(s.from_quantity)::text, 'amount', s.amount, 'currency', s.currency,
          'list_id', s.list_id) order by s.from_quantity)
        from catalogue_price_steps(found.lists, products, false) s
        where s.outcome = 'won' group by s.product_id;
    end if;
  end loop;
  return query select r.product_id, r.steps from catalogue_resolved_prices r
    where r.chain_key = any(fresh) and r.product_id = any(products);
end
$$
"""


def upgrade() -> None:
    op.execute(CHAIN)
    op.execute(BUYER_STEPS)
