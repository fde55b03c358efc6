"""Routes of conversations."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from karavan.kit.authz import Actor, requires
from karavan.kit.pagination import Cursor, Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import Line, View
from karavan.kit.unit_of_work import Tx
from karavan.modules.conversations import (
    queries,
    sockets,  # noqa: F401  # registers what clients say over the WebSocket
)
from karavan.modules.conversations.actions.mark_read import mark_read
from karavan.modules.conversations.actions.post_message import post_message
from karavan.modules.conversations.permissions import MESSAGE_READ, MESSAGE_WRITE
from karavan.modules.conversations.queries import Direction
from karavan.modules.conversations.schemas import (
    MarkReadBody,
    MessageFeed,
    MessageView,
    PostMessageBody,
    ThreadView,
)

router = make_router("/conversations", "conversations")


class Unread(View):
    """What remains unread."""

    unread: int


@router.get("")
async def list_conversations(
    session: Tx,
    actor: Annotated[Actor, requires(MESSAGE_READ)],
    paging: Paging,
    q: Annotated[Line | None, Query(description="In the title or a participant's name.")] = None,
    subject_type: Annotated[Line | None, Query(description="Such as `deal`.")] = None,
    *,
    unread: Annotated[bool, Query(description="Only those with something unread.")] = False,
) -> Page[ThreadView]:
    """The organisation's conversations, the most recently used first."""
    return await queries.list_threads(
        session, actor, paging, text=q, subject_type=subject_type, unread_only=unread
    )


@router.get("/{thread_id}/messages")
async def list_messages(
    thread_id: UUID,
    session: Tx,
    actor: Annotated[Actor, requires(MESSAGE_READ)],
    cursor: Cursor,
    direction: Direction = Direction.OLDER,
) -> MessageFeed:
    """A stretch of the conversation in the order in which it was said. Begins with the newest stretch."""
    return await queries.read_messages(session, actor, thread_id, cursor, direction=direction)


@router.post("/{thread_id}/messages", status_code=201)
async def create_message(
    thread_id: UUID,
    body: PostMessageBody,
    session: Tx,
    actor: Annotated[Actor, requires(MESSAGE_WRITE)],
) -> MessageView:
    """Say something. The same `client_id` again answers with the first message again."""
    return queries.message_view(actor, await post_message(session, actor, thread_id, body))


@router.post("/{thread_id}/read")
async def read(
    thread_id: UUID,
    body: MarkReadBody,
    session: Tx,
    actor: Annotated[Actor, requires(MESSAGE_READ)],
) -> Unread:
    """Mark as read up to a message. The mark never moves back."""
    return Unread(unread=await mark_read(session, actor, thread_id, body.sequence))
