"""Write, change and delete a review."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import as_system
from karavan.kit.errors import NotFoundError
from karavan.kit.ids import new_id
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.actions.products.review import findings_in, needs_moderator
from karavan.modules.catalogue.actions.products.writing import pictures
from karavan.modules.catalogue.actions.reviews.rows import facts_of, locked_review
from karavan.modules.catalogue.errors import AlreadyReviewedError, NotBoughtError
from karavan.modules.catalogue.lifecycles import REVIEW
from karavan.modules.catalogue.models import Product, Review, ReviewRight
from karavan.modules.catalogue.schemas.products import ImageInput
from karavan.modules.catalogue.schemas.reviews import ReviewBody, ReviewPut
from karavan.modules.catalogue.states import ReviewState
from karavan.modules.media.public import release


async def write_review(session: AsyncSession, actor: Actor, body: ReviewBody) -> Review:
    """Review a product that the actor's organisation has had. It is published at once unless the checks find something, or a
    moderator has refused what was taken back.

    Raises:
        NotFoundError: the actor may not know of the product.
        NotBoughtError: there is no completed order of it.
        AlreadyReviewedError: the organisation has a review of it.
        ValidationError: a picture is none of the organisation's.
    """
    product = await _root(session, body.product_id)
    own = actor.organisation_id
    right = await session.get(ReviewRight, (own, product.id))
    if right is None:
        raise NotBoughtError
    kept = await _pictures(session, actor, body.images)
    made: Review | None = await session.scalar(
        insert(Review)
        .values(
            id=new_id(),
            product_id=product.id,
            product_name=product.name,
            organisation_id=product.organisation_id,
            organisation_name=product.organisation_name,
            buyer_organisation_id=own,
            buyer_name=actor.organisation_name,
            author_user_id=actor.user_id,
            state=ReviewState.PROPOSED,
            rejection_reason=right.refused_for,
            rating=body.rating,
            text=body.text,
            images=kept,
            version=1,
        )
        .on_conflict_do_nothing(constraint="uq_catalogue_reviews_buyer_product")
        .returning(Review)
    )
    if made is None:
        taken = await session.scalar(
            select(Review.id).where(
                Review.product_id == product.id, Review.buyer_organisation_id == own
            )
        )
        raise AlreadyReviewedError(review_id=str(taken))
    _audit(session, actor, made, "create", after={"rating": made.rating})
    await publish_or_wait(session, made)
    return made


async def change_review(
    session: AsyncSession, actor: Actor, review_id: UUID, body: ReviewPut
) -> Review:
    """Write a review anew; it is looked at again, by a moderator when one has refused it.

    Raises:
        NotFoundError: it is not the actor's organisation's.
        ConflictError: somebody else changed it since the caller read it.
        ValidationError: a picture is none of the organisation's.
    """
    review = await locked_review(session, review_id, buyer=actor.organisation_id)
    refuse_stale(review, body.version)
    before = {"rating": review.rating, "text": review.text}
    gone = {str(one["id"]) for one in review.images} - {str(one.id) for one in body.images}
    review.images = await _pictures(session, actor, body.images)
    review.rating, review.text = body.rating, body.text
    review.edited_at = await database_now(session)
    move = REVIEW.check(review, "revise", None, review.edited_at, consequence=True)
    REVIEW.apply(session, move, data=facts_of(review))
    _audit(session, actor, review, "edit", before=before, after={"rating": review.rating})
    await session.flush()
    await release(session, actor.organisation_id, [UUID(one) for one in sorted(gone)])
    await publish_or_wait(session, review)
    return review


async def delete_review(
    session: AsyncSession, actor: Actor, review_id: UUID, *, version: int | None = None
) -> None:
    """Take a review back.

    Raises:
        NotFoundError: it is not the actor's organisation's.
        ConflictError: somebody else changed it since the caller read it.
    """
    review = await locked_review(session, review_id, buyer=actor.organisation_id)
    refuse_stale(review, version)
    REVIEW.record(session, review, "removed", actor, data=facts_of(review))
    _audit(session, actor, review, "delete", before={"rating": review.rating})
    await release(session, actor.organisation_id, [UUID(str(one["id"])) for one in review.images])
    await session.delete(review)
    async with as_system(session):
        # Who takes a refused review back and writes it again has to wait for a moderator as well.
        await session.execute(
            update(ReviewRight)
            .where(
                ReviewRight.buyer_organisation_id == review.buyer_organisation_id,
                ReviewRight.product_id == review.product_id,
            )
            .values(refused_for=review.rejection_reason)
        )


async def publish_or_wait(session: AsyncSession, review: Review) -> None:
    """Look at a locked review that is proposed: published when nothing is found, else left to a moderator.

    What a moderator has refused is left to one even so: the checks may have found nothing in it the first time either.
    """
    review.findings = await findings_in(
        session,
        names={},
        descriptions={},
        attributes={"text": review.text},
        images=review.images,
    )
    if review.rejection_reason is None and not needs_moderator(review.findings):
        await publish(session, review)
    elif review.version == 1:
        REVIEW.record(session, review, "proposed", None, data=facts_of(review))
    await session.flush()


async def publish(session: AsyncSession, review: Review, *, version: int | None = None) -> None:
    """Let everybody read a locked review."""
    refuse_stale(review, version)
    now = await database_now(session)
    move = REVIEW.check(review, "approve", None, now, consequence=True)
    first = review.published_at is None
    review.published_at = review.published_at or now
    review.rejection_reason = None
    REVIEW.apply(session, move, data={**facts_of(review), "first": first})


async def _root(session: AsyncSession, product_id: UUID) -> Product:
    """The product, or the head of its family; by the policies only what the actor may see."""
    product = await session.get(Product, product_id)
    if product is not None and product.parent_id is not None:
        product = await session.get(Product, product.parent_id)
    if product is None:
        raise NotFoundError
    return product


async def _pictures(
    session: AsyncSession, actor: Actor, images: Sequence[ImageInput]
) -> list[dict[str, Any]]:
    return await pictures(session, actor, images) if images else []


def _audit(
    session: AsyncSession,
    actor: Actor,
    review: Review,
    verb: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record_audit(
        session,
        actor,
        f"review.{verb}",
        target_type="review",
        target_id=review.id,
        target_label=review.product_name,
        before=before,
        after=after,
    )
