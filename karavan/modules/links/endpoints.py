"""Routes of trading links."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from karavan.kit.authz import Actor, requires
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import CountryCode, Line
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import versioned
from karavan.modules.links import queries
from karavan.modules.links.actions.decide import accept, block, deny, unblock
from karavan.modules.links.actions.end import leave, withdraw
from karavan.modules.links.actions.note import write_note
from karavan.modules.links.actions.request import request_link
from karavan.modules.links.actions.set_status import set_status
from karavan.modules.links.actions.terms import change_terms
from karavan.modules.links.lifecycle import LINK
from karavan.modules.links.permissions import LINK_DECIDE, LINK_READ, LINK_REQUEST
from karavan.modules.links.queries import LINK_SORTS
from karavan.modules.links.schemas import (
    AcceptLinkBody,
    ChangeLinkTermsBody,
    LinkDetails,
    LinkListItem,
    LinkNoteBody,
    LinkStatusBody,
    RequestLinkBody,
    Side,
    SupplierCard,
)
from karavan.modules.links.states import LinkState
from karavan.modules.organisations.public import DIRECTORY_SORTS

router = make_router("/links", "links")

Reader = Annotated[Actor, requires(LINK_READ)]
Decider = Annotated[Actor, requires(LINK_DECIDE)]
Sort = Annotated[list[str], LINK_SORTS.parameter()]
States = Annotated[list[LinkState] | None, Query()]
Search = Annotated[Line | None, Query(description="In the name of either side.")]
NewTerms = Annotated[ChangeLinkTermsBody, versioned(ChangeLinkTermsBody)]


@router.get("")
async def list_links(
    session: Tx,
    actor: Reader,
    paging: Paging,
    sort: Sort,
    side: Annotated[
        Side | None, Query(description="The organisation's own side; both by default.")
    ] = None,
    state: States = None,
    q: Search = None,
    partner_id: Annotated[
        UUID | None, Query(description="The organisation on the other side.")
    ] = None,
) -> Page[LinkListItem]:
    """The organisation's trading links, those that it asked for and those that it was asked for."""
    return await queries.list_links(
        session, actor, paging, sort, side=side, states=state or (), text=q, partner_id=partner_id
    )


@router.get("/incoming")
async def list_incoming(
    session: Tx, actor: Reader, paging: Paging, sort: Sort, state: States = None, q: Search = None
) -> Page[LinkListItem]:
    """Links that others asked the organisation for."""
    return await queries.list_links(
        session, actor, paging, sort, side="supplier", states=state or (), text=q
    )


@router.get("/outgoing")
async def list_outgoing(
    session: Tx, actor: Reader, paging: Paging, sort: Sort, state: States = None, q: Search = None
) -> Page[LinkListItem]:
    """Links that the organisation asked for."""
    return await queries.list_links(
        session, actor, paging, sort, side="consumer", states=state or (), text=q
    )


@router.get("/suppliers")
async def list_suppliers(
    session: Tx,
    actor: Reader,
    paging: Paging,
    sort: Annotated[list[str], DIRECTORY_SORTS.parameter()],
    q: Annotated[str | None, Query(max_length=200)] = None,
    category: Annotated[Line | None, Query()] = None,
    country: CountryCode | None = None,
) -> Page[SupplierCard]:
    """Companies that sell, each with how the organisation stands to it. Every word of `q` must begin a word of their
    name, place or description.
    """
    return await queries.list_suppliers(
        session, actor, paging, sort, words=q, category=category, country=country
    )


@router.post("/requests", status_code=201)
async def create_request(
    body: RequestLinkBody, session: Tx, actor: Annotated[Actor, requires(LINK_REQUEST)]
) -> LinkDetails:
    """Ask a supplier for a trading link. Unanswered, the request lapses after 60 days; denied, it may be repeated after
    7 days (409 `links.cooling_period` says when).
    """
    return await queries.details(session, actor, await request_link(session, actor, body))


@router.get("/{link_id}")
async def read(link_id: UUID, session: Tx, actor: Reader) -> LinkDetails:
    """A link with its terms and history. A blocked buyer learns its state alone."""
    return await queries.read_link(session, actor, link_id)


@router.patch("/{link_id}/status")
async def change_status(
    link_id: UUID,
    body: Annotated[LinkStatusBody, versioned(LinkStatusBody)],
    session: Tx,
    actor: Reader,
) -> LinkDetails:
    """Move a link to a state by its transition: a blocked link that is `accepted` is unblocked."""
    return await queries.details(session, actor, await set_status(session, actor, link_id, body))


@router.put("/{link_id}/terms")
async def put_terms(link_id: UUID, body: NewTerms, session: Tx, actor: Decider) -> LinkDetails:
    """Grant a new version of the terms. The buyer is told."""
    return await queries.details(session, actor, await change_terms(session, actor, link_id, body))


@router.post("/{link_id}/terms")
async def post_terms(link_id: UUID, body: NewTerms, session: Tx, actor: Decider) -> LinkDetails:
    """The same as PUT."""
    return await queries.details(session, actor, await change_terms(session, actor, link_id, body))


@router.post("/{link_id}/notes", status_code=201)
async def create_note(
    link_id: UUID, body: LinkNoteBody, session: Tx, actor: Decider
) -> LinkDetails:
    """Note something about a buyer, for the supplier's own people alone."""
    return await queries.details(session, actor, await write_note(session, actor, link_id, body))


add_transition_routes(
    router,
    LINK,
    {
        "accept": Command(accept, AcceptLinkBody),
        "deny": Command(deny),
        "block": Command(block),
        "unblock": Command(unblock),
        "withdraw": Command(withdraw),
        "leave": Command(leave),
    },
    view=queries.details,
    response_model=LinkDetails,
)
