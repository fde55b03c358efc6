"""Requests for quotation: drafts, publication and what follows, invitations."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, requires
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import Moment
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import IfMatch, versioned
from karavan.modules.procurement.actions.invitations import invite as invitations
from karavan.modules.procurement.actions.invitations.respond import decline, note_viewed
from karavan.modules.procurement.actions.requests.amend import amend
from karavan.modules.procurement.actions.requests.award import award, reaward
from karavan.modules.procurement.actions.requests.create import create
from karavan.modules.procurement.actions.requests.deadline import extend
from karavan.modules.procurement.actions.requests.duplicate import duplicate
from karavan.modules.procurement.actions.requests.edit import delete, edit
from karavan.modules.procurement.actions.requests.end import (
    cancel,
    close,
    close_without_award,
    reopen,
)
from karavan.modules.procurement.actions.requests.publish import publish
from karavan.modules.procurement.actions.requests.shortlist import shortlist
from karavan.modules.procurement.categories import Category
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Request
from karavan.modules.procurement.permissions import QUOTE_SUBMIT, REQUEST_READ, REQUEST_WRITE
from karavan.modules.procurement.queries.requests import (
    REQUEST_SORTS,
    list_requests,
    request_page,
)
from karavan.modules.procurement.schemas.awards import AwardBody, ReawardBody, ShortlistBody
from karavan.modules.procurement.schemas.requests import (
    AmendBody,
    DeclineBody,
    ExtendBody,
    InviteVendorsBody,
    RequestBody,
    RequestPatch,
    RequestSummary,
    RequestView,
)
from karavan.modules.procurement.states import RequestState, Visibility

router = make_router("/requests", "requests")

JSON = "application/json"


async def page_answer(session: AsyncSession, actor: Actor, request: Request) -> Response:
    """The request as its page shows it: one statement that builds the answer."""
    return Response(await request_page(session, actor, request.id), media_type=JSON)


@router.get("", response_model=Page[RequestSummary])
async def list_own_requests(
    actor: Annotated[Actor, requires(REQUEST_READ)],
    session: Tx,
    paging: Paging,
    sort: Annotated[list[str], REQUEST_SORTS.parameter()],
    state: Annotated[list[RequestState] | None, Query()] = None,
    category: Annotated[list[Category] | None, Query()] = None,
    visibility: Visibility | None = None,
    q: Annotated[str | None, Query(max_length=200, description="Words or a number.")] = None,
    created_from: Moment | None = None,
    created_to: Annotated[Moment | None, Query(description="Exclusive.")] = None,
    due_from: Moment | None = None,
    due_to: Annotated[Moment | None, Query(description="Exclusive.")] = None,
) -> Response:
    """Requests of your own organisation, in every state."""
    body = await list_requests(
        session,
        actor,
        states=[one.value for one in state or ()],
        categories=[one.value for one in category or ()],
        visibility=visibility.value if visibility else None,
        words=q,
        created_from=created_from,
        created_to=created_to,
        due_from=due_from,
        due_to=due_to,
        sort=sort,
        paging=paging,
    )
    return Response(body, media_type=JSON)


@router.post("", response_model=RequestView, status_code=HTTPStatus.CREATED)
async def create_request(
    body: RequestBody, actor: Annotated[Actor, requires(REQUEST_WRITE)], session: Tx
) -> Response:
    """Start a draft. Only a title is needed; `publish` says what is missing."""
    request = await create(session, actor, body)
    page = await request_page(session, actor, request.id)
    return Response(page, status_code=HTTPStatus.CREATED, media_type=JSON)


@router.get("/{request_id}", response_model=RequestView)
async def get_request(
    request_id: UUID, actor: Annotated[Actor, requires(REQUEST_READ)], session: Tx
) -> Response:
    """A request: all of it for its buyer; for a vendor what was published, with their own invitation and quote."""
    return Response(await request_page(session, actor, request_id), media_type=JSON)


@router.patch("/{request_id}", response_model=RequestView)
async def edit_request(
    request_id: UUID,
    body: Annotated[RequestPatch, versioned(RequestPatch)],
    actor: Annotated[Actor, requires(REQUEST_WRITE)],
    session: Tx,
) -> Response:
    """Change a draft. `lines` replace all lines; those that name their `id` keep it."""
    return await page_answer(session, actor, await edit(session, actor, request_id, body))


@router.delete("/{request_id}", status_code=HTTPStatus.NO_CONTENT)
async def delete_request(
    request_id: UUID,
    actor: Annotated[Actor, requires(REQUEST_WRITE)],
    session: Tx,
    version: IfMatch,
) -> None:
    """Throw a draft away."""
    await delete(session, actor, request_id, version=version)


@router.post("/{request_id}/duplicate", response_model=RequestView, status_code=HTTPStatus.CREATED)
async def duplicate_request(
    request_id: UUID, actor: Annotated[Actor, requires(REQUEST_WRITE)], session: Tx
) -> Response:
    """A new draft with the content of a request, without its dates."""
    request = await duplicate(session, actor, request_id)
    page = await request_page(session, actor, request.id)
    return Response(page, status_code=HTTPStatus.CREATED, media_type=JSON)


@router.post("/{request_id}/invitations", response_model=RequestView)
async def invite_vendors(
    request_id: UUID,
    body: InviteVendorsBody,
    actor: Annotated[Actor, requires(REQUEST_WRITE)],
    session: Tx,
) -> Response:
    """Invite vendors. They hear of it when the request is published, or at once if it is."""
    request = await invitations.invite(session, actor, request_id, body)
    return await page_answer(session, actor, request)


@router.delete("/{request_id}/invitations/{organisation_id}", status_code=HTTPStatus.NO_CONTENT)
async def withdraw_invitation(
    request_id: UUID,
    organisation_id: UUID,
    actor: Annotated[Actor, requires(REQUEST_WRITE)],
    session: Tx,
) -> None:
    """Take an invitation to a draft back."""
    await invitations.withdraw_invitation(session, actor, request_id, organisation_id)


@router.post("/{request_id}/viewed", status_code=HTTPStatus.NO_CONTENT)
async def note_request_viewed(
    request_id: UUID, actor: Annotated[Actor, requires(REQUEST_READ)], session: Tx
) -> None:
    """Note that your organisation has opened a request that it was invited to."""
    await note_viewed(session, actor, request_id)


@router.post("/{request_id}/decline", response_model=RequestView)
async def decline_request(
    request_id: UUID,
    body: DeclineBody,
    actor: Annotated[Actor, requires(QUOTE_SUBMIT)],
    session: Tx,
) -> Response:
    """Decline an invitation, with a reason that the buyer reads."""
    return await page_answer(session, actor, await decline(session, actor, request_id, body))


add_transition_routes(
    router,
    REQUEST,
    {
        "publish": Command(publish),
        "amend": Command(amend, AmendBody),
        "extend": Command(extend, ExtendBody),
        "shortlist": Command(shortlist, ShortlistBody),
        "reopen": Command(reopen),
        "award": Command(award, AwardBody),
        "reaward": Command(reaward, ReawardBody),
        "close": Command(close),
        "close-without-award": Command(close_without_award),
        "cancel": Command(cancel),
    },
    view=page_answer,
    response_model=RequestView,
)
