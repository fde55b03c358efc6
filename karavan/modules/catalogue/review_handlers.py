"""Events in, for reviews: who has had what, what all of them say in numbers, pictures that have been looked at."""

import json
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles, record_event
from karavan.modules.catalogue.actions.reviews.write import publish_or_wait
from karavan.modules.catalogue.models import Product, Review, ReviewRight
from karavan.modules.catalogue.states import ReviewState
from karavan.modules.organisations.public import keep_name

_COUNT = text("""
with counted as (
  select rating, count(*) as count from catalogue_reviews
  where product_id = :product_id and state = 'published' group by 1
), gone as (
  delete from catalogue_rating_counts n where n.product_id = :product_id
    and not exists (select 1 from counted c where c.rating = n.rating)
), kept as (
  insert into catalogue_rating_counts (product_id, rating, count)
  select :product_id, rating, count from counted
  on conflict (product_id, rating) do update set count = excluded.count
)
select coalesce(sum(rating * count), 0)::bigint as sum, coalesce(sum(count), 0)::bigint as count from counted
""")


@handles("order.completed")
async def let_buyer_review(session: AsyncSession, event: Event) -> None:
    """Who has had goods in a completed order may review them; a family is reviewed as one."""
    payload = event.payload
    buyer = UUID(payload["parties"]["buyer"])
    named = {UUID(line["product_id"]) for line in payload["data"].get("lines", ())}
    found = await session.execute(
        select(Product.id, Product.parent_id).where(Product.id.in_(named))
    )
    roots = sorted({row.parent_id or row.id for row in found})
    if roots:
        await session.execute(
            insert(ReviewRight)
            .values(
                [
                    {
                        "buyer_organisation_id": buyer,
                        "product_id": one,
                        "order_id": event.aggregate_id,
                    }
                    for one in roots
                ]
            )
            .on_conflict_do_nothing()
        )


@handles("review.published", "review.rejected", "review.revised", "review.removed")
async def count_ratings(session: AsyncSession, event: Event) -> None:
    """Keep the average and the distribution of a product; what is counted is what is there, however often."""
    product_id = UUID(event.payload["data"]["product_id"])
    # Two reviews of one product at once are counted one after the other, each with all that is there by then.
    product = await session.scalar(
        select(Product)
        .where(Product.id == product_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if product is None:
        return
    counted = (await session.execute(_COUNT, {"product_id": product_id})).one()
    stars, reviews = int(counted[0]), int(counted[1])
    if (product.rating_sum, product.rating_count) == (stars, reviews):
        return
    product.rating_sum, product.rating_count = stars, reviews
    record_event(
        session,
        "product.rated",
        organisation_id=product.organisation_id,
        aggregate_id=product.id,
        payload={
            "product_id": str(product.id),
            "organisation_id": str(product.organisation_id),
            "parent_id": None,
            "rating_sum": stars,
            "rating_count": reviews,
        },
    )


@handles("picture.checked")
async def look_at_reviews_again(session: AsyncSession, event: Event) -> None:
    """A review that waited for its pictures alone is published when all of them are in order."""
    image = json.dumps([{"id": event.payload["media_id"]}])
    waiting = await session.scalars(
        select(Review)
        .where(
            Review.state == ReviewState.PROPOSED,
            Review.buyer_organisation_id == event.organisation_id,
            text("images @> cast(:image as jsonb)").bindparams(image=image),
        )
        .order_by(Review.id)
        .with_for_update(key_share=True)
    )
    for review in waiting.all():
        await publish_or_wait(session, review)


@handles("organisation.updated")
async def follow_reviewers_name(session: AsyncSession, event: Event) -> None:
    """Keep the names that reviews show."""
    await keep_name(
        session,
        event,
        (Review.buyer_organisation_id, Review.buyer_name),
        (Review.organisation_id, Review.organisation_name),
    )
