"""Routes of deals."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Request, Response

from karavan.kit.authz import Actor, requires
from karavan.kit.clock import database_now
from karavan.kit.lifecycle_routes import Command, add_transition_routes
from karavan.kit.pagination import Cursor, Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import Line
from karavan.kit.storage import STORAGE
from karavan.kit.unit_of_work import Tx, database_of
from karavan.modules.conversations.public import (
    MESSAGE_WRITE,
    Direction,
    MessageFeed,
    MessageView,
    PostMessageBody,
    message_view,
    post_message,
    read_messages,
    thread_of,
)
from karavan.modules.procurement.actions.deals.contract import contract_view, signed_contract
from karavan.modules.procurement.actions.deals.end import archive, cancel, refuse
from karavan.modules.procurement.actions.deals.invoice import create_invoice, mark_paid
from karavan.modules.procurement.actions.deals.propose_terms import propose_terms
from karavan.modules.procurement.actions.deals.rows import terms_of, visible_deal
from karavan.modules.procurement.actions.deals.sign import sign
from karavan.modules.procurement.lifecycles import DEAL
from karavan.modules.procurement.permissions import DEAL_READ
from karavan.modules.procurement.queries import deals as queries
from karavan.modules.procurement.queries.deals import DEAL_SORTS, Side
from karavan.modules.procurement.rendering import render_contract
from karavan.modules.procurement.schemas.deals import (
    DealInvoiceBody,
    DealListItem,
    DealView,
    MarkPaidBody,
    ProposeTermsBody,
    SignBody,
    TermsView,
)
from karavan.modules.procurement.states import DealState

router = make_router("/deals", "deals")

Reader = Annotated[Actor, requires(DEAL_READ)]


@router.get("")
async def list_deals(
    session: Tx,
    actor: Reader,
    paging: Paging,
    sort: Annotated[list[str], DEAL_SORTS.parameter()],
    side: Annotated[Side | None, Query(description="Both by default.")] = None,
    state: Annotated[list[DealState] | None, Query()] = None,
    q: Annotated[
        Line | None, Query(description="In the number, the title or a party's name.")
    ] = None,
    request_id: UUID | None = None,
) -> Page[DealListItem]:
    """The organisation's deals."""
    return await queries.list_deals(
        session,
        actor,
        paging,
        sort,
        side=side,
        states=state or (),
        text=q,
        request_id=request_id,
    )


@router.get("/{deal_id}")
async def read(deal_id: UUID, session: Tx, actor: Reader) -> DealView:
    """A deal with its terms, signatures, contract, invoice and conversation."""
    return await queries.read_deal(session, actor, deal_id)


@router.get("/{deal_id}/terms/{number}", dependencies=[requires(DEAL_READ)])
async def read_terms(
    deal_id: UUID, number: Annotated[int, Path(ge=1, le=1_000_000)], session: Tx
) -> TermsView:
    """One version of the terms."""
    return await queries.read_terms(session, deal_id, number)


@router.get(
    "/{deal_id}/contract.pdf",
    dependencies=[requires(DEAL_READ)],
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def read_contract(deal_id: UUID, session: Tx, request: Request) -> Response:
    """The contract: as it was signed, checked against its hash; before that a preview of the present terms, marked as
    a draft.
    """
    deal = await visible_deal(session, deal_id)
    if deal.contract_media_id is not None:
        storage = request.app.state.services[STORAGE]
        content = await signed_contract(session, database_of(request), storage, deal)
    else:
        terms = await terms_of(session, deal.id, deal.terms_number)
        view = await contract_view(session, deal, terms, await database_now(session), is_draft=True)
        content = await asyncio.to_thread(render_contract, view)
    return Response(
        content,
        media_type="application/pdf",
        headers={"content-disposition": f'inline; filename="{deal.number}.pdf"'},
    )


@router.get("/{deal_id}/messages")
async def list_messages(
    deal_id: UUID,
    session: Tx,
    actor: Reader,
    cursor: Cursor,
    direction: Direction = Direction.OLDER,
) -> MessageFeed:
    """A stretch of the deal's conversation in the order in which it was said. Begins with the newest stretch."""
    thread_id = await thread_of(session, "deal", deal_id)
    return await read_messages(session, actor, thread_id, cursor, direction=direction)


@router.post("/{deal_id}/messages", status_code=201)
async def create_message(
    deal_id: UUID,
    body: PostMessageBody,
    session: Tx,
    actor: Annotated[Actor, requires(MESSAGE_WRITE)],
) -> MessageView:
    """Say something to the other side. The same `client_id` again answers with the first message again."""
    thread_id = await thread_of(session, "deal", deal_id)
    return message_view(actor, await post_message(session, actor, thread_id, body))


add_transition_routes(
    router,
    DEAL,
    {
        "propose-terms": Command(propose_terms, ProposeTermsBody),
        "sign": Command(sign, SignBody),
        "refuse": Command(refuse),
        "create-invoice": Command(create_invoice, DealInvoiceBody),
        "mark-paid": Command(mark_paid, MarkPaidBody),
        "archive": Command(archive),
        "cancel": Command(cancel),
    },
    view=queries.details,
    response_model=DealView,
)
