"""Working out beforehand what the chains of a supplier say (docs/subsystems/prices.md)."""

import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.db import Database, read_row, read_rows
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.models import PriceList
from karavan.modules.catalogue.price_chains import AT_ONCE, Chain, chains_of

_RESOLVE = """
with fresh as (
  select s.product_id, jsonb_agg(jsonb_build_object('from_quantity', trim_scale(s.from_quantity)::text,
    'amount', s.amount, 'currency', s.currency, 'list_id', s.list_id) order by s.from_quantity) as steps
  from catalogue_price_steps($3, $4, false) s where s.outcome = 'won' group by s.product_id
), gone as (
  delete from catalogue_resolved_prices r where r.chain_key = $2 and r.product_id = any($4)
    and not exists (select 1 from fresh f where f.product_id = r.product_id)
  returning 1
), made as (
  insert into catalogue_resolved_prices as r (chain_key, product_id, organisation_id, steps)
  select $2, product_id, $1, steps from fresh
  on conflict (chain_key, product_id) do update set steps = excluded.steps
    where r.steps is distinct from excluded.steps
  returning 1
) select (select count(*) from gone) + (select count(*) from made)
"""
_KNOWN = (
    "select lists, revisions from catalogue_price_chains where organisation_id = $1 and key = $2"
)
_ALL_PRODUCTS = "select distinct product_id from catalogue_list_prices where list_id = any($1)"
_TOUCHED = """
select distinct t.product_id
from unnest($1::uuid[], $2::bigint[]) as known(list_id, revision)
join catalogue_price_touches t on t.list_id = known.list_id and t.revision > known.revision
"""
_STAMP = """
insert into catalogue_price_chains (organisation_id, key, lists, revisions, stamp)
values ($1, $2, $3, $4, $5)
on conflict (organisation_id, key) do update
set revisions = excluded.revisions, stamp = excluded.stamp, resolved_at = now()
returning 1
"""
_FORGET = """
with old as (
  delete from catalogue_price_chains where organisation_id = $1 and key <> all($2) returning key
), gone as (
  delete from catalogue_resolved_prices where chain_key in (select key from old) returning 1
) select count(*) from gone
"""


def key_of(chain: Chain) -> UUID:
    """The name of a chain: the MD5 of its lists, as `catalogue_price_chain` makes it."""
    return _digest(",".join(str(one) for one in chain))


def stamp_of(chain: Chain, lists: Mapping[UUID, PriceList]) -> UUID:
    """The MD5 of the lists with their revisions."""
    return _digest(",".join(f"{one}:{lists[one].revision}" for one in chain))


def _digest(text: str) -> UUID:
    return UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())


async def resolve_supplier(database: Database, organisation_id: UUID) -> int:
    """Work out every chain that some buyer of a supplier has now, as far as its lists have changed since.

    Revisions are read before prices: what changes meanwhile leaves a stamp behind that nobody takes for fresh. Done in
    parts, each a transaction of its own; until the last one readers go to the lists themselves.

    Returns:
        How many chains were worked out.
    """
    async with database.transaction(SYSTEM) as session:
        found = await session.scalars(
            select(PriceList).where(PriceList.organisation_id == organisation_id)
        )
        lists = {one.id: one for one in found}
        now = await database_now(session)
        chains = await chains_of(session, organisation_id, lists, now)
        await read_row(session, _FORGET, organisation_id, [key_of(one) for one in chains])
    worked = 0
    for chain in sorted(chains):
        worked += await _resolve(database, organisation_id, chain, lists)
    return worked


async def _resolve(
    database: Database, organisation_id: UUID, chain: Chain, lists: Mapping[UUID, PriceList]
) -> bool:
    key, stamp = key_of(chain), stamp_of(chain, lists)
    async with database.transaction(SYSTEM) as session:
        products = await _changed_products(session, organisation_id, key, chain, lists)
    if products is None:
        return False
    for begin in range(0, len(products), AT_ONCE):
        part = products[begin : begin + AT_ONCE]
        async with database.transaction(SYSTEM) as session:
            await read_row(session, _RESOLVE, organisation_id, key, list(chain), list(part))
    revisions = [lists[one].revision for one in chain]
    async with database.transaction(SYSTEM) as session:
        await read_row(session, _STAMP, organisation_id, key, list(chain), revisions, stamp)
    return True


async def _changed_products(
    session: AsyncSession,
    organisation_id: UUID,
    key: UUID,
    chain: Chain,
    lists: Mapping[UUID, PriceList],
) -> Sequence[UUID] | None:
    """Whose prices must be worked out; nothing when the chain is as fresh as its lists."""
    known = await read_row(session, _KNOWN, organisation_id, key)
    if known is None:
        return [row[0] for row in await read_rows(session, _ALL_PRODUCTS, list(chain))]
    before: dict[UUID, int] = dict(zip(known[0], known[1], strict=True))
    if all(lists[one].revision == before[one] for one in chain):
        return None
    if any(lists[one].whole_revision > before[one] for one in chain):
        # What a list no longer has stands in no list: all of what was worked out is looked at as well.
        rows = await read_rows(
            session,
            f"{_ALL_PRODUCTS} union select product_id from catalogue_resolved_prices"
            " where chain_key = $2",
            list(chain),
            key,
        )
        return [row[0] for row in rows]
    rows = await read_rows(session, _TOUCHED, list(before), list(before.values()))
    return [row[0] for row in rows]
