"""Tiers: the shelf cut by quality into parts that double, each with its own index of words.

A search opens them from the best down and stops when it has found enough, so that common words cost no more in a market
of millions. Where a tier begins is measured now and then; a document that stands in a wrong one is found all the same,
only sooner or later than its quality deserves.
"""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from karavan.kit.db import Database, read_row
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.models.search import TIERS

FIRST_TIER = 4_096
"""Products of the first tier."""
_MOVED_AT_ONCE = 2_000
_OFF_TIMES_MAX = 2

TIER_ENDS = tuple(FIRST_TIER << n for n in range(TIERS - 1))
"""How many products there are down to the end of each tier but the last."""

_MEASURE = """
with wanted as (
  select n, ends, (select quality from catalogue_search order by quality desc offset ends - 1 limit 1) as quality
  from unnest($1::bigint[]) with ordinality as w(ends, n)
)
select coalesce(array_agg(quality order by n) filter (where quality is not null), '{}'),
  array(select (select count(*) from catalogue_search s where s.quality >= t.quality_from)
    from catalogue_search_tiers t order by t.tier)
from wanted
"""
_SET = """
with gone as (delete from catalogue_search_tiers where tier >= cardinality($1::real[])),
set_anew as (
  insert into catalogue_search_tiers (tier, quality_from)
  select n - 1, quality from unnest($1::real[]) with ordinality as q(quality, n)
  on conflict (tier) do update set quality_from = excluded.quality_from
  returning 1
)
select count(*) from set_anew
"""
# Whoever writes a document at this moment places it anew anyway, and must not be waited for.
_MOVE = """
with following as materialized (
  select s.product_id, s.quality, s.tier,
    (select count(*) from catalogue_search_tiers t where t.quality_from > s.quality) as wanted
  from catalogue_search s
  where s.quality <= $1::real and (s.quality < $1::real or s.product_id > $2::uuid)
  order by s.quality desc, s.product_id limit $3
), free as materialized (
  select f.product_id, f.wanted from following f join catalogue_search s on s.product_id = f.product_id
  where f.tier <> f.wanted for no key update of s skip locked
), moved as (
  update catalogue_search s set tier = free.wanted from free where s.product_id = free.product_id
  returning 1
)
select (select count(*) from moved), last.quality, last.product_id
from (select quality, product_id from following order by quality, product_id desc limit 1) last
"""
_BEYOND_ALL = (2.0, UUID(int=0))


def ends_of(best_first: Sequence[float], every: int = 1) -> list[float]:
    """Where tiers end: their lowest qualities.

    Args:
        best_first: qualities of all products, or of each `every`-th, falling.
    """
    places = [end // every - 1 for end in TIER_ENDS]
    return [best_first[place] for place in places if 0 <= place < len(best_first)]


async def place_tiers(database: Database) -> AsyncIterator[int]:
    """Measure where tiers should end and, where they are twice or half as large as meant, move documents.

    Yields:
        How many documents have been moved so far, after each batch.
    """
    async with database.transaction(SYSTEM) as session:
        measured = await read_row(session, _MEASURE, list(TIER_ENDS))
        assert measured is not None
        wanted, found = measured
        if _fits(len(wanted), found):
            return
        await read_row(session, _SET, wanted)
    (after, product_id), moved = _BEYOND_ALL, 0
    while True:
        async with database.transaction(SYSTEM) as session:
            row = await read_row(session, _MOVE, after, product_id, _MOVED_AT_ONCE)
        if row is None:
            break
        count, after, product_id = row
        moved += count
        yield moved


def _fits(count: int, found: Sequence[int]) -> bool:
    """Whether tiers that end after so many products are near enough to what is meant."""
    return len(found) == count and all(
        end <= held * _OFF_TIMES_MAX and held <= end * _OFF_TIMES_MAX
        for held, end in zip(found, TIER_ENDS, strict=False)
    )
