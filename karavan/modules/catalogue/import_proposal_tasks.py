"""Products of an import are proposed for publication afterwards, by the same rule as single ones."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import DomainError
from karavan.kit.imports.models import ImportRun
from karavan.kit.jobs import JobContext, job
from karavan.kit.lifecycle import TransitionBody
from karavan.kit.scopes import SYSTEM, Scope
from karavan.modules.catalogue.actions.products.moderate import propose
from karavan.modules.catalogue.import_handlers import PROPOSE
from karavan.modules.catalogue.importing.kind import actor_of
from karavan.modules.catalogue.permissions import PRODUCT_WRITE

log = structlog.get_logger()

PRODUCTS_PER_TRANSACTION = 50


@job(PROPOSE, retries=5, timeout_s=3600)
async def propose_imported(
    context: JobContext, *, import_id: str, product_ids: Sequence[str]
) -> None:
    """Propose the products of one batch. One that is not complete stays a draft; so does one that was changed since.

    Done a second time, it finds nothing left to propose.
    """
    async with context.database.transaction(SYSTEM) as session:
        run = await session.get(ImportRun, UUID(import_id))
        if run is None:
            return
        # Who may import may propose, and was asked for that when the import began.
        actor = replace(await actor_of(session, run), permissions=frozenset({PRODUCT_WRITE}))
    refused: dict[str, int] = {}
    for ids in _groups(product_ids):
        async with context.database.transaction(
            Scope(actor.organisation_id, actor.user_id)
        ) as session:
            for product_id in ids:
                code = await _proposed(session, actor, product_id)
                if code is not None:
                    refused[code] = refused.get(code, 0) + 1
    if refused:
        log.info("import_left_drafts", import_id=import_id, refused=refused)


def _groups(product_ids: Sequence[str]) -> list[list[UUID]]:
    """The identifiers in ascending order, as many together as one transaction takes."""
    ids = sorted(map(UUID, product_ids))
    return [
        ids[start : start + PRODUCTS_PER_TRANSACTION]
        for start in range(0, len(ids), PRODUCTS_PER_TRANSACTION)
    ]


async def _proposed(session: AsyncSession, actor: Actor, product_id: UUID) -> str | None:
    """The code of a refusal, or nothing."""
    try:
        async with savepoint(session):
            await propose(session, actor, product_id, TransitionBody())
    except DomainError as refusal:
        return refusal.code
    return None
