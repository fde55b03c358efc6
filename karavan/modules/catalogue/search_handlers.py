"""Events that put products into the queue of the search index."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.kit.jobs import enqueue
from karavan.modules.catalogue.queries.categories import branch_sql

INDEX_JOB = "catalogue.index_products"

_QUEUE = (
    "insert into catalogue_search_queue (product_id) {rows} on conflict (product_id) do nothing"
)
_QUEUE_ONE = text(_QUEUE.format(rows="values (:id)"))
_QUEUE_BRANCH = text(
    _QUEUE.format(
        rows="select s.product_id from catalogue_search s"
        f" where s.category_id = any({branch_sql('cast(:ids as uuid[])')})"
    )
)
_QUEUE_SUPPLIER = text(
    _QUEUE.format(rows="select product_id from catalogue_search where organisation_id = :id")
)


async def wake_indexer(session: AsyncSession) -> None:
    """See to it that a job empties the queue after this transaction."""
    await enqueue(session, INDEX_JOB, queueing_lock=INDEX_JOB, lock=INDEX_JOB)


@handles(
    "product.published",
    "product.changed",
    "product.price_changed",
    "product.stock_changed",
    "product.activated",
    "product.deactivated",
    "product.archived",
    "product.removed",
    "product.rated",
)
async def queue_product(session: AsyncSession, event: Event) -> None:
    """The product, or the family that it belongs to."""
    facts = event.payload.get("data") or event.payload
    parent = facts.get("parent_id")
    await session.execute(_QUEUE_ONE, {"id": UUID(parent) if parent else event.aggregate_id})
    await wake_indexer(session)


@handles("category.changed", "category.moved")
async def queue_branch(session: AsyncSession, event: Event) -> None:
    """Products say what their category and those above it are called."""
    await session.execute(_QUEUE_BRANCH, {"ids": [event.aggregate_id]})
    await wake_indexer(session)


async def queue_supplier(session: AsyncSession, organisation_id: UUID) -> None:
    """All goods of a supplier: they say who sells them."""
    await session.execute(_QUEUE_SUPPLIER, {"id": organisation_id})
    await wake_indexer(session)
