"""What others do about a review: the seller answers, readers report, moderators decide."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import as_system
from karavan.kit.errors import ForbiddenError, invalid
from karavan.kit.lifecycle import TransitionBody
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.actions.reviews.rows import facts_of, locked_review
from karavan.modules.catalogue.actions.reviews.write import publish
from karavan.modules.catalogue.errors import AlreadyReportedError
from karavan.modules.catalogue.lifecycles import REVIEW
from karavan.modules.catalogue.models import Review, ReviewReport
from karavan.modules.catalogue.queries.barcodes import visible_product
from karavan.modules.catalogue.schemas.moderation import RejectBody
from karavan.modules.catalogue.schemas.reviews import ReplyBody, ReportBody
from karavan.modules.catalogue.text_checks import check_texts


async def reply(session: AsyncSession, actor: Actor, review_id: UUID, body: ReplyBody) -> Review:
    """Answer a published review of one's own product; an empty text takes the answer away.

    Raises:
        NotFoundError: there is no such review, or it is of somebody else's product.
        ConflictError: somebody else changed it since the caller read it.
        ValidationError: the answer holds what no text may hold: ways past the platform, forbidden words.
    """
    review = await locked_review(session, review_id, seller=actor.organisation_id, published=True)
    refuse_stale(review, body.version)
    faults = check_texts({"text": body.text})
    if faults:
        raise invalid("#/text", faults[0]["code"], f"Leave this out: {faults[0]['detail']}")
    first = review.reply is None
    review.reply = body.text or None
    review.reply_by_name = actor.display_name if body.text else None
    review.replied_at = await database_now(session) if body.text else None
    review.version += 1
    record_audit(
        session,
        actor,
        "review.reply",
        target_type="review",
        target_id=review.id,
        target_label=review.product_name,
        after={"reply": review.reply},
    )
    if first and review.reply is not None:
        REVIEW.record(session, review, "replied", actor, data=facts_of(review))
    await session.flush()
    return review


async def report(session: AsyncSession, actor: Actor, review_id: UUID, body: ReportBody) -> None:
    """Ask a moderator to look at a review. It stands until they have.

    Raises:
        NotFoundError: there is no such published review.
        ForbiddenError: it is the actor's own.
        AlreadyReportedError: the actor's organisation has reported it.
    """
    async with as_system(session):
        review = await locked_review(session, review_id, published=True)
        if review.buyer_organisation_id == actor.organisation_id:
            raise ForbiddenError("This is your own review: change or delete it.")
        made = await session.scalar(
            insert(ReviewReport)
            .values(
                review_id=review.id,
                organisation_id=actor.organisation_id,
                user_id=actor.user_id,
                reason=body.reason,
            )
            .on_conflict_do_nothing()
            .returning(ReviewReport.review_id)
        )
        if made is None:
            raise AlreadyReportedError
        review.reports_count += 1
        await session.flush()
    # Who may not know of the goods may not know of their reviews: what was written above is rolled back.
    await visible_product(session, actor, review.product_id)
    record_audit(
        session,
        actor,
        "review.report",
        target_type="review",
        target_id=review.id,
        target_label=review.product_name,
        reason=body.reason,
    )


# Moderators work in a transaction of the system: the rows are other organisations'.


async def approve_review(
    session: AsyncSession, actor: Actor, review_id: UUID, *, version: int | None
) -> Review:
    """Publish a review that waits, or keep one that was reported.

    Raises:
        NotFoundError: there is none.
        InvalidTransitionError: it was refused.
        ConflictError: its author changed it since the moderator read it.
    """
    review = await locked_review(session, review_id)
    await publish(session, review, version=version)
    review.reports_count, review.findings = 0, []
    _decided(session, actor, review, "approve", None)
    await session.flush()
    return review


async def reject_review(
    session: AsyncSession, actor: Actor, review_id: UUID, body: RejectBody
) -> Review:
    """Hide a review; its author reads the reason. Otherwise as `approve_review`."""
    review = await locked_review(session, review_id)
    move = REVIEW.check(
        review,
        "reject",
        None,
        await database_now(session),
        TransitionBody(version=body.version, reason=body.reason),
        consequence=True,
    )
    review.rejection_reason, review.reports_count = body.reason, 0
    REVIEW.apply(session, move, data=facts_of(review))
    _decided(session, actor, review, "reject", body.reason)
    await session.flush()
    return review


def _decided(
    session: AsyncSession, actor: Actor, review: Review, verb: str, reason: str | None
) -> None:
    """The moderator's own trail names the moderator."""
    record_audit(
        session,
        actor,
        f"review.{verb}",
        target_type="review",
        target_id=review.id,
        target_label=review.product_name,
        after={"state": str(review.state)},
        reason=reason,
    )
