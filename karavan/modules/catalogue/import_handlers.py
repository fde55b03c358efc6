"""What follows when many products have changed at once: for the search index, and for those to be published."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.kit.jobs import enqueue
from karavan.modules.catalogue.search_handlers import wake_indexer

PROPOSE = "catalogue.propose_imported"

_QUEUE = text("""
insert into catalogue_search_queue (product_id)
select distinct coalesce(p.parent_id, p.id) from catalogue_products p
where p.id = any(:ids) and p.state in ('published', 'archived')
on conflict (product_id) do nothing
returning product_id
""")


@handles("products.imported")
async def queue_imported(session: AsyncSession, event: Event) -> None:
    """Put what buyers see of an imported batch into the queue of the search index."""
    payload = event.payload
    ids = {
        *payload["updated"],
        *payload["restocked"],
        *(one["product_id"] for one in payload["repriced"]),
    }
    if not ids:
        return
    queued = (await session.execute(_QUEUE, {"ids": [UUID(one) for one in sorted(ids)]})).first()
    if queued is not None:
        await wake_indexer(session)


@handles("products.imported")
async def propose_created(session: AsyncSession, event: Event) -> None:
    """Let new products be proposed for publication, when the person who imports has asked for it."""
    payload = event.payload
    if payload["propose"] and payload["created"]:
        await enqueue(
            session, PROPOSE, import_id=payload["import_id"], product_ids=payload["created"]
        )
