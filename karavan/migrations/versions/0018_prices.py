"""Price lists, who they are for, and the prices that follow from them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from karavan.kit.tenancy import APP_ROLE, CURRENT_ORGANISATION, SYSTEM_ROLE, belongs_to, protect

revision = "0018"
down_revision = "0017"

NOW = sa.func.now()


def upgrade() -> None:
    _lists()
    _prices()
    _buyers()
    _resolved()
    for statement in [*_policies(), *_functions()]:
        op.execute(statement)


def _moments() -> list[sa.Column[Any]]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
    ]


def _organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id"],
        ["organisations_organisations.id"],
        name=f"fk_{table}_organisation_id",
    )


def _list_of(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["list_id"],
        ["catalogue_price_lists.id"],
        name=f"fk_{table}_list_id",
        ondelete="CASCADE",
    )


def _lists() -> None:
    table = "catalogue_price_lists"
    one = sa.text("1")
    op.create_table(
        table,
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("priority", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("merges", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.BigInteger(), server_default=one, nullable=False),
        sa.Column("whole_revision", sa.BigInteger(), server_default=one, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *_moments(),
        sa.CheckConstraint("valid_to > valid_from", name=f"ck_{table}_validity"),
        _organisation(table),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("organisation_id", "name", name=f"uq_{table}_organisation_id_name"),
    )


def _prices() -> None:
    table = "catalogue_list_prices"
    op.create_table(
        table,
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("from_quantity", sa.Numeric(precision=18, scale=3), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0 and from_quantity >= 1", name=f"ck_{table}_step"),
        _list_of(table),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["catalogue_products.id"],
            name=f"fk_{table}_product_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("list_id", "product_id", "from_quantity", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_product_id", table, ["product_id"], unique=False)
    table = "catalogue_price_touches"
    op.create_table(
        table,
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        _list_of(table),
        sa.PrimaryKeyConstraint("list_id", "product_id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_revision", table, ["list_id", "revision"], unique=False)


def _buyers() -> None:
    table = "catalogue_price_assignments"
    op.create_table(
        table,
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("target_name", sa.String(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _list_of(table),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("list_id", "kind", "target_id", name=f"uq_{table}_target"),
    )
    op.create_index(
        f"ix_{table}_target", table, ["organisation_id", "kind", "target_id"], unique=False
    )
    table = "catalogue_customer_groups"
    op.create_table(
        table,
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *_moments(),
        _organisation(table),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("organisation_id", "name", name=f"uq_{table}_organisation_id_name"),
    )
    table = "catalogue_customer_group_members"
    op.create_table(
        table,
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("member_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("member_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["catalogue_customer_groups.id"],
            name=f"fk_{table}_group_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "member_organisation_id", name=f"pk_{table}"),
    )
    op.create_index(
        f"ix_{table}_member", table, ["organisation_id", "member_organisation_id"], unique=False
    )


def _resolved() -> None:
    op.create_table(
        "catalogue_price_chains",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("lists", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("revisions", sa.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("stamp", sa.Uuid(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "key", name="pk_catalogue_price_chains"),
    )
    op.create_table(
        "catalogue_resolved_prices",
        sa.Column("chain_key", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("steps", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("chain_key", "product_id", name="pk_catalogue_resolved_prices"),
    )


def _policies() -> list[str]:
    own = belongs_to("organisation_id")
    seen = belongs_to("organisation_id", command="select")
    return [
        *protect("catalogue_price_lists", [own]),
        *protect("catalogue_list_prices", [own]),
        *protect("catalogue_price_touches", [own]),
        *protect("catalogue_price_assignments", [own]),
        *protect("catalogue_customer_groups", [own]),
        *protect("catalogue_customer_group_members", [own]),
        *protect("catalogue_price_chains", [seen], app="select"),
        *protect("catalogue_resolved_prices", [seen], app="select"),
    ]


# Which lists a buyer has of a supplier at a moment, the first first. A blocked buyer has those of everybody alone.
CHAIN = """
create function catalogue_price_chain(
  supplier uuid, buyer uuid, moment timestamptz,
  out lists uuid[], out revisions bigint[], out key uuid, out stamp uuid)
language sql stable set search_path = public, pg_temp as $$
  with link as (
    select id, state, price_list_id from links_links
    where consumer_organisation_id = buyer and supplier_organisation_id = supplier
      and state in ('accepted', 'blocked')
  ), assigned as (
    select a.list_id, case a.kind when 'link' then 1 when 'organisation' then 2
                                  when 'group' then 3 else 4 end as distance
    from catalogue_price_assignments a
    where a.organisation_id = supplier and (
      a.kind = 'everybody'
      or not exists (select 1 from link where state = 'blocked') and (
        a.kind = 'organisation' and a.target_id = buyer
        or a.kind = 'link' and a.target_id = (select id from link)
        or a.kind = 'group' and a.target_id in (
          select m.group_id from catalogue_customer_group_members m
          where m.organisation_id = supplier and m.member_organisation_id = buyer)))
    union all
    select price_list_id, 0 from link where state = 'accepted' and price_list_id is not null
  ), chain as (
    select l.id, l.revision, row_number() over (order by l.priority desc, min(a.distance), l.id) as place
    from assigned a join catalogue_price_lists l on l.id = a.list_id
    where l.organisation_id = supplier and l.active
      and (l.valid_from is null or l.valid_from <= moment)
      and (l.valid_to is null or l.valid_to > moment)
    group by l.id
  )
  select array_agg(id order by place), array_agg(revision order by place),
    md5(string_agg(id::text, ',' order by place))::uuid,
    md5(string_agg(id::text || ':' || revision, ',' order by place))::uuid
  from chain
$$
"""

# Every order of lists that some buyer of a supplier has, whatever the moment: whoever asks leaves out those that do not
# hold yet or any more. One of them is what visitors and buyers without any assignment have.
CHAINS = """
create function catalogue_price_chains_of(supplier uuid) returns table (lists uuid[])
language sql stable set search_path = public, pg_temp as $$
  with linked as (
    select consumer_organisation_id as buyer, id, price_list_id from links_links
    where supplier_organisation_id = supplier and state = 'accepted'
  ), blocked as (
    select consumer_organisation_id as buyer from links_links
    where supplier_organisation_id = supplier and state = 'blocked'
  ), own as (
    select target_id as buyer, list_id, 2 as distance from catalogue_price_assignments
    where organisation_id = supplier and kind = 'organisation'
    union all
    select m.member_organisation_id, a.list_id, 3 from catalogue_price_assignments a
    join catalogue_customer_group_members m on m.group_id = a.target_id
    where a.organisation_id = supplier and a.kind = 'group'
    union all
    select l.buyer, a.list_id, 1 from catalogue_price_assignments a
    join linked l on l.id = a.target_id where a.organisation_id = supplier and a.kind = 'link'
    union all
    select buyer, price_list_id, 0 from linked where price_list_id is not null
  ), buyers as (
    select distinct buyer from own where buyer not in (select buyer from blocked)
    union all select null
  ), assigned as (
    select buyer, list_id, distance from own where buyer in (select buyer from buyers)
    union all
    select b.buyer, a.list_id, 4 from buyers b, catalogue_price_assignments a
    where a.organisation_id = supplier and a.kind = 'everybody'
  ), nearest as (
    select buyer, list_id, min(distance) as distance from assigned group by 1, 2
  )
  select distinct array_agg(l.id order by l.priority desc, n.distance, l.id)
  from nearest n join catalogue_price_lists l on l.id = n.list_id and l.organisation_id = supplier
  where l.active group by n.buyer
$$
"""

# Every step that lists offer for products, and what becomes of it. The product's own price is the last of all lists, with
# a step from one piece; it goes where no list has such a step, in whatever currency.
STEPS = """
create function catalogue_price_steps(lists uuid[], products uuid[], with_own boolean)
returns table (product_id uuid, list_id uuid, place bigint, from_quantity numeric, amount bigint,
               currency text, outcome text)
language sql stable set search_path = public, pg_temp as $$
  with offered as (
    select s.product_id, s.list_id, w.place, s.from_quantity, s.amount, l.currency, l.merges
    from unnest(lists) with ordinality w(list_id, place)
    join catalogue_price_lists l on l.id = w.list_id
    join catalogue_list_prices s on s.list_id = w.list_id and s.product_id = any(products)
    union all
    select p.id, null, null, 1, p.price_amount, p.currency, true
    from catalogue_products p where with_own and p.id = any(products) and not p.has_variants
  ), first as (
    select o.product_id, (array_agg(o.currency order by o.place))[1] as currency,
      min(o.place) filter (where not o.merges) as alone
    from offered o where o.list_id is not null group by 1
  ), judged as (
    select o.*, case
      when o.list_id is null then null
      when o.currency <> f.currency then 'other_currency'
      when o.place > f.alone then 'stands_alone' end as fault
    from offered o left join first f using (product_id)
  ), ranked as (
    select j.*, row_number() over (
      partition by j.product_id, j.from_quantity, j.fault is null order by j.place nulls last) as rank
    from judged j
  ), priced as (
    select r.*, r.fault is null and r.rank = 1 as goes,
      min(r.amount) filter (where r.fault is null and r.rank = 1) over (
        partition by r.product_id, r.currency order by r.from_quantity
        groups between unbounded preceding and 1 preceding) as cheapest
    from ranked r
  )
  select product_id, list_id, place, from_quantity, amount, currency,
    case when fault is not null then fault when rank > 1 then 'outranked'
      when amount > cheapest then 'dearer' else 'won' end
  from priced
$$
"""

# What a buyer gets, of what was worked out where that is fresh, else from the lists themselves. It runs as the tables'
# owner, because nobody but the supplier may read the lists: so it answers a buyer for themselves, a supplier for their
# own goods, handlers and jobs for anybody, and a visitor what everybody gets.
BUYER_STEPS = f"""
create function catalogue_buyer_steps(buyer uuid, products uuid[])
returns table (product_id uuid, steps jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  caller uuid := {CURRENT_ORGANISATION};
  supplier uuid;
  chain record;
begin
  for supplier in
    select distinct p.organisation_id from catalogue_products p
    where p.id = any(products) and (
      buyer is null or buyer = caller or p.organisation_id = caller
      or current_setting('role', true) = '{SYSTEM_ROLE}')
  loop
    chain := catalogue_price_chain(supplier, buyer, statement_timestamp());
    continue when chain.lists is null;
    if exists (select 1 from catalogue_price_chains c
               where c.organisation_id = supplier and c.key = chain.key and c.stamp = chain.stamp) then
      return query select r.product_id, r.steps from catalogue_resolved_prices r
        where r.chain_key = chain.key and r.product_id = any(products);
    else
      return query select s.product_id, catalogue_steps_json(s) from (
        select t.* from catalogue_price_steps(chain.lists, products, false) t
        where t.outcome = 'won') s group by s.product_id;
    end if;
  end loop;
end
$$
"""


def _functions() -> list[str]:
    json = (
        "jsonb_agg(jsonb_build_object('from_quantity', trim_scale(s.from_quantity)::text,"
        " 'amount', s.amount, 'currency', s.currency, 'list_id', s.list_id) order by s.from_quantity)"
    )
    statements = [
        CHAIN,
        CHAINS,
        STEPS,
        BUYER_STEPS.replace("catalogue_steps_json(s)", json),
    ]
    rights = {
        "catalogue_price_chain(uuid, uuid, timestamptz)": SYSTEM_ROLE,
        "catalogue_price_chains_of(uuid)": f"{APP_ROLE}, {SYSTEM_ROLE}",
        "catalogue_price_steps(uuid[], uuid[], boolean)": f"{APP_ROLE}, {SYSTEM_ROLE}",
        "catalogue_buyer_steps(uuid, uuid[])": f"{APP_ROLE}, {SYSTEM_ROLE}",
    }
    for signature, roles in rights.items():
        statements.append(f"revoke all on function {signature} from public")
        statements.append(f"grant execute on function {signature} to {roles}")
    return statements
