"""Jobs of the search index."""

from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import Database
from karavan.kit.jobs import JobContext, job, scheduled
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.search.category_book import CategoryBook
from karavan.modules.catalogue.search.indexing import index_products
from karavan.modules.catalogue.search.ports import SEARCH_INDEX
from karavan.modules.catalogue.search.tiers import place_tiers
from karavan.modules.catalogue.search_handlers import INDEX_JOB, wake_indexer

INDEXED_AT_ONCE = 500
_REBUILT_AT_ONCE = 2_000

_TAKE = text(
    """
    delete from catalogue_search_queue where product_id in (
      select product_id from catalogue_search_queue order by queued_at, product_id limit :most
      for update skip locked)
    returning product_id
    """
)
_WAITING = text("select exists (select from catalogue_search_queue)")
_SHOWN = text(
    """
    select id from catalogue_products
    where id > :after and state = 'published' and active and parent_id is null
    order by id limit :most
    """
)
# Whoever writes documents counts their words last: those who have not counted yet wait, and add theirs afterwards.
_HOLD_WORDS = text("lock table catalogue_search_words in share row exclusive mode")
_COUNT_ANEW = text(
    """
    with counted as (
      select word, count(*) as frequency from catalogue_search s cross join lateral unnest(s.words) as w(word)
      group by word
    ), gone as (
      delete from catalogue_search_words w
      where not exists (select from counted c where c.word = w.word)
    )
    update catalogue_search_words w set frequency = c.frequency from counted c
    where c.word = w.word and w.frequency <> c.frequency
    """
)


@job(INDEX_JOB, timeout_s=1800)
async def index_queued(context: JobContext) -> None:
    """Empty the queue, a batch in each transaction: what is taken and what is written commit together."""
    index = context.services[SEARCH_INDEX]
    taken = INDEXED_AT_ONCE
    while taken == INDEXED_AT_ONCE:
        async with context.database.transaction(SYSTEM) as session:
            ids = list(await session.scalars(_TAKE, {"most": INDEXED_AT_ONCE}))
            taken = len(ids)
            await index.index(session, ids)


@scheduled("*/5 * * * *", name="catalogue.index_forgotten")
async def index_forgotten(context: JobContext) -> None:
    """Start the job for whatever waits, should one have been given up."""
    async with context.database.transaction(SYSTEM) as session:
        if await session.scalar(_WAITING):
            await wake_indexer(session)


@scheduled("17 * * * *", name="catalogue.place_search_tiers", timeout_s=3600)
async def place_search_tiers(context: JobContext) -> None:
    """Follow the shelf as it grows: tiers double with it."""
    async for _ in place_tiers(context.database):
        pass


async def rebuild(database: Database) -> AsyncIterator[int]:
    """Make PostgreSQL's documents and vocabulary anew from the products; searches go on meanwhile with what is there, and
    a document that comes out as it was is not written.

    Yields:
        How many documents have been written so far, after each batch.
    """
    async with database.transaction(SYSTEM) as session:
        book = await CategoryBook.read(session)
        await _drop_hidden(session)
    after, done = UUID(int=0), 0
    while True:
        async with database.transaction(SYSTEM) as session:
            ids = list(await session.scalars(_SHOWN, {"after": after, "most": _REBUILT_AT_ONCE}))
            if not ids:
                break
            done += await index_products(session, ids, book=book)
            after = ids[-1]
        yield done
    async with database.transaction(SYSTEM) as session:
        await session.execute(_HOLD_WORDS)
        await session.execute(_COUNT_ANEW)
    async for _ in place_tiers(database):
        pass


async def _drop_hidden(session: AsyncSession) -> None:
    await session.execute(
        text(
            """
            delete from catalogue_search s where not exists (
              select from catalogue_products p where p.id = s.product_id
                and p.state = 'published' and p.active and p.parent_id is null)
            """
        )
    )
