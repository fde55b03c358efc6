"""Events in, for products: names that are kept with them, and pictures that have been looked at."""

import json
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.events import Event, handles
from karavan.modules.catalogue.actions.products.moderate import approve, family_findings
from karavan.modules.catalogue.actions.products.review import needs_moderator
from karavan.modules.catalogue.models import ChangeRequest, Product
from karavan.modules.catalogue.queries.product_rows import locked_family
from karavan.modules.catalogue.search_handlers import queue_supplier
from karavan.modules.catalogue.states import ProductState
from karavan.modules.organisations.public import keep_name


@handles("organisation.updated")
async def follow_name(session: AsyncSession, event: Event) -> None:
    """Keep the supplier's name with its products, so that a list needs no join."""
    renamed = await keep_name(
        session,
        event,
        (Product.organisation_id, Product.organisation_name),
        (ChangeRequest.organisation_id, ChangeRequest.organisation_name),
    )
    if renamed:
        await queue_supplier(session, event.aggregate_id)


@handles("picture.checked")
async def review_again(session: AsyncSession, event: Event) -> None:
    """A product that waited for its pictures alone is published when all of them are in order."""
    image = json.dumps([{"id": event.payload["media_id"]}])
    waiting = await session.scalars(
        select(Product.id)
        .where(
            Product.state == ProductState.PROPOSED,
            Product.parent_id.is_(None),
            Product.organisation_id == event.organisation_id,
            text("images @> cast(:image as jsonb)").bindparams(image=image),
        )
        .order_by(Product.id)
    )
    for product_id in waiting.all():
        await review_product(session, product_id)


async def review_product(session: AsyncSession, product_id: UUID) -> None:
    """Look once more at a product that waits: its findings are what the checks say now."""
    family = await locked_family(session, product_id)
    product = family.root
    if product.state != ProductState.PROPOSED:
        return
    findings = await family_findings(session, family)
    if findings == product.findings:
        return
    product.findings = findings
    if not needs_moderator(findings):
        approve(session, None, family, await database_now(session))
    await session.flush()
