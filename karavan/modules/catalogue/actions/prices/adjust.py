"""One change of many prices of a list, by few statements."""

from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import read_row
from karavan.kit.errors import invalid
from karavan.kit.money import AMOUNT_MAX
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.actions.prices.rows import locked_lists, one_of, record
from karavan.modules.catalogue.actions.prices.steps import sellable
from karavan.modules.catalogue.actions.prices.told import refuse_faults
from karavan.modules.catalogue.errors import STEP_NOUGHT
from karavan.modules.catalogue.models import PriceList
from karavan.modules.catalogue.queries.categories import branch_sql
from karavan.modules.catalogue.schemas.prices import AdjustBody

# What is wanted, as one parameter: `o` has it in every statement.
_WANTED = """
o as materialized (
  select * from json_to_record($1::json) as o(
    organisation_id uuid, list_id uuid, currency text, source_id uuid, percent numeric, amount numeric,
    round_to numeric, from_quantity numeric, product_ids uuid[], category_id uuid)
)"""
_CHOSEN = f"""{_WANTED}, chosen as (
  select p.id, p.price_amount, p.currency from o join catalogue_products p
    on p.organisation_id = o.organisation_id and not p.has_variants and p.state <> 'archived'
  where (o.product_ids is null or p.id = any(o.product_ids))
    and (o.category_id is null
         or p.category_id = any({branch_sql("array[(select category_id from o)]")}))
)"""
# Rounded once, half away from nought, to a multiple: `round` of a numeric does so.
_ADJUSTED = (
    "(round(({amount} * (100 + o.percent) / 100 + o.amount) / o.round_to) * o.round_to)::bigint"
)
_OLD, _OWN = _ADJUSTED.format(amount="s.amount"), _ADJUSTED.format(amount="c.price_amount")
_CHANGE = f"""
with {_CHOSEN}, changed as (
  update catalogue_list_prices s set amount = {_OLD} from o, chosen c
  where s.list_id = o.list_id and s.product_id = c.id and s.amount <> {_OLD}
  returning 1
) select count(*) from changed
"""
_SOURCE = f"""source as (
  select s.product_id, s.from_quantity, {_OLD} as amount
  from o join catalogue_list_prices s on s.list_id = o.source_id
  join chosen c on c.id = s.product_id
  union all
  select c.id, 1, {_OWN} from o join chosen c on c.currency = o.currency
  where o.source_id is null and c.price_amount > 0
)"""
_COPY = f"""
with {_CHOSEN}, {_SOURCE}, gone as (
  delete from catalogue_list_prices t using o where t.list_id = o.list_id
    and t.product_id in (select product_id from source)
    and not exists (select 1 from source s
      where s.product_id = t.product_id and s.from_quantity = t.from_quantity)
  returning 1
), made as (
  insert into catalogue_list_prices as t (list_id, product_id, from_quantity, organisation_id, amount)
  select o.list_id, s.product_id, s.from_quantity, o.organisation_id, s.amount from o, source s
  on conflict (list_id, product_id, from_quantity) do update set amount = excluded.amount
    where t.amount <> excluded.amount
  returning 1
) select (select count(*) from gone) + (select count(*) from made)
"""
_REMOVE = f"""
with {_CHOSEN}, gone as (
  delete from catalogue_list_prices t using o, chosen c
  where t.list_id = o.list_id and t.product_id = c.id
  returning 1
) select count(*) from gone
"""
_SET = f"""
with {_CHOSEN}, made as (
  insert into catalogue_list_prices as t (list_id, product_id, from_quantity, organisation_id, amount)
  select o.list_id, c.id, o.from_quantity, o.organisation_id, o.amount from o, chosen c
  on conflict (list_id, product_id, from_quantity) do update set amount = excluded.amount
    where t.amount <> excluded.amount
  returning 1
) select count(*) from made
"""
_STATEMENTS = {"change": _CHANGE, "copy": _COPY, "remove": _REMOVE, "set": _SET}
_OUT_OF_BOUNDS = (
    "select exists (select 1 from catalogue_list_prices where list_id = $1 and amount > $2)"
)


async def adjust(
    session: AsyncSession, actor: Actor, list_id: UUID, body: AdjustBody
) -> tuple[PriceList, int]:
    """Change, copy, set or remove prices of a list; see `AdjustBody`.

    Returns:
        The list, and how many of its steps are different now.

    Raises:
        NotFoundError: it, or the list that is copied, is not the actor's organisation's.
        ConflictError: somebody else changed it since the caller read it.
        ValidationError: the lists are in different currencies, a product is unknown, or a price would fall to nought
            or below.
        MorePiecesDearerError: some buyer would pay more for each piece by buying more.
    """
    lists = await locked_lists(session, actor.organisation_id)
    price_list = one_of(lists, list_id)
    refuse_stale(price_list, body.version)
    if body.from_list_id is not None:
        source = one_of(lists, body.from_list_id)
        if source.currency != price_list.currency:
            raise invalid("#/from_list_id", "currency", f"That list is in {source.currency}.")
        if source is price_list:
            raise invalid("#/from_list_id", "same", "A list is not copied into itself.")
    if body.product_ids is not None:
        known = await sellable(session, actor, set(body.product_ids))
        for index, product_id in enumerate(body.product_ids):
            if product_id not in known:
                raise invalid(
                    f"#/product_ids/{index}", "unknown", "None of your products has this id."
                )
    changed = await _run(session, price_list, body)
    if not changed:
        return price_list, 0
    price_list.revision += 1
    price_list.whole_revision = price_list.revision
    price_list.version += 1
    await session.flush()
    await refuse_faults(session, price_list, lists, await database_now(session))
    record(
        session,
        actor,
        price_list,
        "adjust",
        "prices_changed",
        after=body.model_dump(mode="json", exclude={"version", "product_ids"})
        | {"changed": changed},
        products=body.product_ids or (),
    )
    return price_list, changed


async def _run(session: AsyncSession, price_list: PriceList, body: AdjustBody) -> int:
    wanted = msgspec.json.encode(
        {
            "organisation_id": price_list.organisation_id,
            "list_id": price_list.id,
            "currency": price_list.currency,
            "source_id": body.from_list_id if body.action == "copy" else None,
            "percent": body.percent,
            "amount": body.amount,
            "round_to": body.round_to,
            "from_quantity": body.from_quantity,
            "product_ids": body.product_ids,
            "category_id": body.category_id,
        }
    ).decode()
    if body.action in _NOUGHT:
        row = await read_row(session, _NOUGHT[body.action], wanted)
        if row is not None and row[0]:
            raise invalid("#/amount", "nought", STEP_NOUGHT)
    row = await read_row(session, _STATEMENTS[body.action], wanted)
    assert row is not None
    bounds = await read_row(session, _OUT_OF_BOUNDS, price_list.id, AMOUNT_MAX)
    if bounds is not None and bounds[0]:
        raise invalid("#/percent", "range", "A price would be larger than money can be.")
    return int(row[0])


# What a slip would give away: a standing offer is for more than nought. Steps that were at nought before that was so may stay.
_NOUGHT = {
    "change": f"""
with {_CHOSEN} select exists (select 1 from o join catalogue_list_prices s on s.list_id = o.list_id
  join chosen c on c.id = s.product_id where {_OLD} < case when s.amount > 0 then 1 else 0 end)""",
    "copy": f"with {_CHOSEN}, {_SOURCE} select exists (select 1 from source where amount <= 0)",
}
