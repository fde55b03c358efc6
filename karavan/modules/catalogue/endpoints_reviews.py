"""Reviews of products: for everybody to read, for buyers to write, for sellers to answer, for moderators to decide."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from karavan.kit.authz import Actor, OptionalActor, requires
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import SystemTx, Tx
from karavan.kit.versions import IfMatch, VersionedBody, versioned
from karavan.modules.catalogue.actions.reviews import respond
from karavan.modules.catalogue.actions.reviews.write import (
    change_review,
    delete_review,
    write_review,
)
from karavan.modules.catalogue.permissions import (
    MODERATION_DECIDE,
    PRODUCT_READ,
    REVIEW_REPLY,
    REVIEW_WRITE,
)
from karavan.modules.catalogue.queries import reviews as queries
from karavan.modules.catalogue.schemas.moderation import RejectBody
from karavan.modules.catalogue.schemas.reviews import (
    ReplyBody,
    ReportBody,
    ReviewBody,
    ReviewDeskItem,
    ReviewPage,
    ReviewPut,
    ReviewView,
)

reviews = make_router("/reviews", "reviews")
desk = make_router("/admin/moderation", "moderation")
routers = [reviews, desk]

JSON = "application/json"
Writer = Annotated[Actor, requires(REVIEW_WRITE)]
Seller = Annotated[Actor, requires(REVIEW_REPLY)]
Reader = Annotated[Actor, requires(PRODUCT_READ)]
Moderator = Annotated[Actor, requires(MODERATION_DECIDE)]
Approval = Annotated[VersionedBody, versioned(VersionedBody, optional=True)]
Stars = Annotated[list[Annotated[int, Query(ge=1, le=5)]] | None, Query(max_length=5)]
Sort = Annotated[list[str], queries.REVIEW_SORTS.parameter()]


@reviews.get("", response_model=ReviewPage)
async def list_reviews(
    product_id: UUID,
    actor: OptionalActor,
    session: Tx,
    paging: Paging,
    sort: Sort,
    rating: Stars = None,
    *,
    with_images: bool | None = None,
) -> Response:
    """Published reviews of a product, of a family as a whole, with the average and how many have how many stars.

    Your own stands apart, also while it waits for a moderator.
    """
    body = await queries.product_reviews(
        session,
        actor,
        product_id,
        ratings=rating or (),
        with_images=with_images,
        sort=sort,
        paging=paging,
    )
    return Response(body, media_type=JSON)


@reviews.get("/received", response_model=Page[ReviewView])
async def list_received_reviews(
    actor: Reader,
    session: Tx,
    paging: Paging,
    sort: Sort,
    rating: Stars = None,
    *,
    answered: bool | None = None,
) -> Response:
    """Published reviews of your own products."""
    body = await queries.seller_reviews(
        session, actor, answered=answered, ratings=rating or (), sort=sort, paging=paging
    )
    return Response(body, media_type=JSON)


@reviews.post("", response_model=ReviewView, status_code=HTTPStatus.CREATED)
async def create_review(body: ReviewBody, actor: Writer, session: Tx) -> Response:
    """Review a product that your organisation has had in a completed order; once, changes are possible.

    It is published at once unless the checks find something in its text or pictures.
    """
    review = await write_review(session, actor, body)
    page = await queries.review_view(session, actor, review.id)
    return Response(page, status_code=HTTPStatus.CREATED, media_type=JSON)


@reviews.put("/{review_id}", response_model=ReviewView)
async def put_review(
    review_id: UUID, body: Annotated[ReviewPut, versioned(ReviewPut)], actor: Writer, session: Tx
) -> Response:
    """Write your review anew; it is looked at again."""
    review = await change_review(session, actor, review_id, body)
    return Response(await queries.review_view(session, actor, review.id), media_type=JSON)


@reviews.delete("/{review_id}", status_code=HTTPStatus.NO_CONTENT)
async def remove_review(review_id: UUID, actor: Writer, session: Tx, version: IfMatch) -> None:
    """Take your review back."""
    await delete_review(session, actor, review_id, version=version)


@reviews.post("/{review_id}/reply", response_model=ReviewView)
async def reply_to_review(
    review_id: UUID, body: Annotated[ReplyBody, versioned(ReplyBody)], actor: Seller, session: Tx
) -> Response:
    """Answer a review of your product, for everybody to read; an empty text takes the answer away."""
    review = await respond.reply(session, actor, review_id, body)
    return Response(await queries.review_view(session, actor, review.id), media_type=JSON)


@reviews.post("/{review_id}/report", status_code=HTTPStatus.NO_CONTENT)
async def report_review(review_id: UUID, body: ReportBody, actor: Reader, session: Tx) -> None:
    """Ask a moderator to look at a review."""
    await respond.report(session, actor, review_id, body)


@desk.get("/reviews", response_model=Page[ReviewDeskItem])
async def list_waiting_reviews(_: Moderator, session: SystemTx, paging: Paging) -> Response:
    """Reviews that wait for a moderator: those that the checks stopped, and those that readers reported."""
    return Response(await queries.waiting_reviews(session, paging), media_type=JSON)


@desk.post("/reviews/{review_id}/approve", status_code=HTTPStatus.NO_CONTENT)
async def approve_review(
    review_id: UUID, body: Approval, actor: Moderator, session: SystemTx
) -> None:
    """Publish a review that waits, or keep one that was reported."""
    await respond.approve_review(session, actor, review_id, version=body.version)


@desk.post("/reviews/{review_id}/reject", status_code=HTTPStatus.NO_CONTENT)
async def reject_review(
    review_id: UUID,
    body: Annotated[RejectBody, versioned(RejectBody)],
    actor: Moderator,
    session: SystemTx,
) -> None:
    """Hide a review; its author reads the reason."""
    await respond.reject_review(session, actor, review_id, body)
