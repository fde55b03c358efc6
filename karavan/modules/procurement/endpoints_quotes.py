"""Quotes: given by vendors, read and turned down by buyers."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response
from fastapi.responses import Response as RawResponse

from karavan.kit.authz import Actor, requires
from karavan.kit.errors import NotFoundError
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import versioned
from karavan.modules.procurement.actions.quotes.change import reconfirm, update, withdraw
from karavan.modules.procurement.actions.quotes.reject import reject
from karavan.modules.procurement.actions.quotes.submit import submit
from karavan.modules.procurement.lifecycles import QUOTE
from karavan.modules.procurement.permissions import QUOTE_READ, QUOTE_SUBMIT
from karavan.modules.procurement.queries.quote_views import quote_versions, quote_view, view_of
from karavan.modules.procurement.queries.quotes import QUOTE_SORTS, list_quotes, quotes_of_request
from karavan.modules.procurement.queries.rows import visible_quote
from karavan.modules.procurement.schemas.quotes import (
    OfferBody,
    QuoteSummary,
    QuoteVersionHistory,
    QuoteView,
    ReconfirmBody,
    RequestQuotes,
    UpdateQuoteBody,
)
from karavan.modules.procurement.states import QuoteState

of_requests = make_router("/requests", "quotes")
router = make_router("/quotes", "quotes")
routers = [of_requests, router]

_JSON = "application/json"


@of_requests.get("/{request_id}/quotes", response_model=RequestQuotes)
async def list_of_request(
    request_id: UUID, session: Tx, actor: Annotated[Actor, requires(QUOTE_READ)]
) -> Response:
    """The quotes for a request: the buyer's to compare, or the vendor's own.

    Until the deadline of a sealed tender the buyer learns only how many there are.
    """
    body = await quotes_of_request(session, actor, request_id)
    if body is None:
        raise NotFoundError
    return RawResponse(body, media_type=_JSON)


@of_requests.post("/{request_id}/quotes", status_code=201)
async def submit_quote(
    request_id: UUID,
    body: OfferBody,
    session: Tx,
    actor: Annotated[Actor, requires(QUOTE_SUBMIT)],
) -> QuoteView:
    """Submit a quote. Every line of the request is answered: priced, replaced by an alternative, or not available."""
    made = await submit(session, actor, request_id, body)
    return view_of(actor, made.quote, made.request, made.version, made.lines, now=made.at)


@router.get("", response_model=Page[QuoteSummary])
async def list_all(
    session: Tx,
    actor: Annotated[Actor, requires(QUOTE_READ)],
    paging: Paging,
    sort: Annotated[list[str], QUOTE_SORTS.parameter()],
    side: Annotated[Literal["vendor", "buyer"] | None, Query()] = None,
    state: Annotated[list[QuoteState] | None, Query()] = None,
    request_id: UUID | None = None,
    q: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Quotes that the organisation gave (`side=vendor`), got (`side=buyer`), or both."""
    body = await list_quotes(
        session,
        actor,
        side=side,
        states=state or [],
        request_id=request_id,
        words=q,
        sort=sort,
        paging=paging,
    )
    return RawResponse(body, media_type=_JSON)


@router.get("/{quote_id}")
async def get(
    quote_id: UUID, session: Tx, actor: Annotated[Actor, requires(QUOTE_READ)]
) -> QuoteView:
    """A quote with its present version."""
    return await quote_view(session, actor, await visible_quote(session, quote_id))


@router.get("/{quote_id}/versions")
async def versions(
    quote_id: UUID,
    session: Tx,
    actor: Annotated[Actor, requires(QUOTE_READ)],  # noqa: ARG001  # the guard; rows obey row-level security
) -> list[QuoteVersionHistory]:
    """Every version, the newest first, with what changed in it."""
    return await quote_versions(session, quote_id)


@router.patch("/{quote_id}")
async def patch(
    quote_id: UUID,
    body: Annotated[UpdateQuoteBody, versioned(UpdateQuoteBody)],
    session: Tx,
    actor: Annotated[Actor, requires(QUOTE_SUBMIT)],
) -> QuoteView:
    """The same as `POST /quotes/{id}/update`: a new version of the offer."""
    quote = await update(session, actor, quote_id, body)
    await session.flush()
    return await quote_view(session, actor, quote)


add_transition_routes(
    router,
    QUOTE,
    {
        "update": Command(update, UpdateQuoteBody),
        "reconfirm": Command(reconfirm, ReconfirmBody),
        "withdraw": Command(withdraw),
        "reject": Command(reject),
    },
    view=quote_view,
    response_model=QuoteView,
)
