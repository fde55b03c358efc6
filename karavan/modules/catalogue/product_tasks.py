"""What the clock does for products."""

from sqlalchemy import select, text

from karavan.kit.jobs import JobContext, scheduled
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.product_handlers import review_product
from karavan.modules.catalogue.states import ProductState

AT_ONCE = 100


@scheduled("*/5 * * * *", name="catalogue.review_pending_pictures")
async def review_pending_pictures(context: JobContext) -> None:
    """Look again at products that wait for a picture whose check ended while they were being proposed."""
    async with context.database.transaction(SYSTEM) as session:
        found = await session.scalars(
            select(Product.id)
            .where(
                Product.state == ProductState.PROPOSED,
                Product.parent_id.is_(None),
                text('findings @> \'[{"code": "picture.pending"}]\'::jsonb'),
                text("proposed_at < now() - interval '1 minute'"),
            )
            .order_by(Product.proposed_at)
            .limit(AT_ONCE)
        )
        waiting = found.all()
    for product_id in waiting:
        async with context.database.transaction(SYSTEM) as session:
            await review_product(session, product_id)
