"""Changes of published products: the supplier's list, and the moderators' desk."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, requires
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import SystemTx, Tx
from karavan.kit.versions import VersionedBody, versioned
from karavan.modules.catalogue.actions.moderation import decide
from karavan.modules.catalogue.actions.products.change_requests import withdraw
from karavan.modules.catalogue.lifecycles import CHANGE_REQUEST
from karavan.modules.catalogue.models import ChangeRequest
from karavan.modules.catalogue.permissions import MODERATION_DECIDE, PRODUCT_READ
from karavan.modules.catalogue.queries.moderation import (
    CHANGE_REQUEST_SORTS,
    change_request_page,
    list_change_requests,
    moderation_queue,
)
from karavan.modules.catalogue.schemas.moderation import (
    Decision,
    ModerationItem,
    ModerationKind,
    RejectBody,
)
from karavan.modules.catalogue.schemas.products import ChangeRequestView
from karavan.modules.catalogue.states import ChangeRequestState

changes = make_router("/change-requests", "products")
desk = make_router("/admin/moderation", "moderation")
routers = [changes, desk]

JSON = "application/json"
Reader = Annotated[Actor, requires(PRODUCT_READ)]
Moderator = Annotated[Actor, requires(MODERATION_DECIDE)]
Approval = Annotated[VersionedBody, versioned(VersionedBody, optional=True)]
Refusal = Annotated[RejectBody, versioned(RejectBody)]


async def page_answer(session: AsyncSession, actor: Actor, change: ChangeRequest) -> Response:
    """The change as its supplier sees it."""
    return Response(await change_request_page(session, actor, change.id), media_type=JSON)


@changes.get("", response_model=Page[ChangeRequestView])
async def list_own_change_requests(
    actor: Reader,
    session: Tx,
    paging: Paging,
    sort: Annotated[list[str], CHANGE_REQUEST_SORTS.parameter()],
    state: Annotated[list[ChangeRequestState] | None, Query()] = None,
    product_id: UUID | None = None,
) -> Response:
    """Changes of your published products: those that wait, and what became of the others."""
    body = await list_change_requests(
        session,
        actor,
        states=[one.value for one in state or ()],
        product_id=product_id,
        sort=sort,
        paging=paging,
    )
    return Response(body, media_type=JSON)


@changes.get("/{change_request_id}", response_model=ChangeRequestView)
async def get_change_request(change_request_id: UUID, actor: Reader, session: Tx) -> Response:
    """A change of one of your published products."""
    return Response(await change_request_page(session, actor, change_request_id), media_type=JSON)


add_transition_routes(
    changes,
    CHANGE_REQUEST,
    {"withdraw": Command(withdraw)},
    view=page_answer,
    response_model=ChangeRequestView,
)


@desk.get("", response_model=Page[ModerationItem])
async def list_waiting(
    _: Moderator, session: SystemTx, paging: Paging, kind: ModerationKind | None = None
) -> Response:
    """What waits for a moderator, with the reasons; the longest waiting first."""
    body = await moderation_queue(session, kind.value if kind else None, paging)
    return Response(body, media_type=JSON)


@desk.post("/products/{product_id}/approve")
async def approve_product(
    product_id: UUID, body: Approval, actor: Moderator, session: SystemTx
) -> Decision:
    """Publish a product that waits."""
    product = await decide.approve_product(session, actor, product_id, version=body.version)
    return Decision(
        kind=ModerationKind.PRODUCT, id=product.id, state=product.state, version=product.version
    )


@desk.post("/products/{product_id}/reject")
async def reject_product(
    product_id: UUID, body: Refusal, actor: Moderator, session: SystemTx
) -> Decision:
    """Refuse a product that waits; its seller reads the reason."""
    product = await decide.reject_product(session, actor, product_id, body)
    return Decision(
        kind=ModerationKind.PRODUCT, id=product.id, state=product.state, version=product.version
    )


@desk.post("/change-requests/{change_request_id}/approve")
async def approve_change_request(
    change_request_id: UUID, body: Approval, actor: Moderator, session: SystemTx
) -> Decision:
    """Make a change that waits."""
    change = await decide.approve_change(session, actor, change_request_id, version=body.version)
    return Decision(
        kind=ModerationKind.CHANGE_REQUEST,
        id=change.id,
        state=change.state,
        version=change.version,
    )


@desk.post("/change-requests/{change_request_id}/reject")
async def reject_change_request(
    change_request_id: UUID, body: Refusal, actor: Moderator, session: SystemTx
) -> Decision:
    """Refuse a change that waits; its seller reads the reason."""
    change = await decide.reject_change(session, actor, change_request_id, body)
    return Decision(
        kind=ModerationKind.CHANGE_REQUEST,
        id=change.id,
        state=change.state,
        version=change.version,
    )
