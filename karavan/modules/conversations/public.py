"""What other modules may use of conversations.

A module that has something to talk about opens a thread with `open_thread` and names the organisations that take part.
Its own routes may then read and post through `read_messages` and `post_message`.
"""

from karavan.modules.conversations.actions.mark_read import mark_read
from karavan.modules.conversations.actions.open_thread import Participant, open_thread
from karavan.modules.conversations.actions.post_message import post_message, post_system_message
from karavan.modules.conversations.permissions import MESSAGE_READ, MESSAGE_WRITE
from karavan.modules.conversations.queries import (
    Direction,
    MessageFacts,
    message_facts,
    message_view,
    read_messages,
    thread_and_unread,
    thread_of,
)
from karavan.modules.conversations.schemas import (
    MarkReadBody,
    MessageFeed,
    MessageView,
    PostMessageBody,
)

__all__ = [
    "MESSAGE_READ",
    "MESSAGE_WRITE",
    "Direction",
    "MarkReadBody",
    "MessageFacts",
    "MessageFeed",
    "MessageView",
    "Participant",
    "PostMessageBody",
    "mark_read",
    "message_facts",
    "message_view",
    "open_thread",
    "post_message",
    "post_system_message",
    "read_messages",
    "thread_and_unread",
    "thread_of",
]
