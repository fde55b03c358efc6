"""Bodies and answers of conversations."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from karavan.kit.pagination import Feed
from karavan.kit.schemas import Body, Line, Text, View
from karavan.modules.media.public import AttachmentView

ATTACHMENTS_MAX = 10


class PostMessageBody(Body):
    """A message: text, files, or both."""

    body: Text = ""
    media_ids: list[UUID] = Field(
        default_factory=list, max_length=ATTACHMENTS_MAX, description="Files from `POST /media`."
    )
    client_id: Annotated[Line, StringConstraints(min_length=1, max_length=100)] | None = Field(
        None, description="The sender's own id: the same one again is the same message again."
    )


class MarkReadBody(Body):
    """Up to where the person has read."""

    sequence: int = Field(ge=0, le=2**53)


class MessageView(View):
    """A message as a participant sees it."""

    id: UUID
    thread_id: UUID
    sequence: int
    author_user_id: UUID | None
    author_organisation_id: UUID | None
    author_name: str
    mine: bool
    body: str
    code: str | None = Field(description="Of a message by the platform, with `params` to fill in.")
    params: dict[str, Any]
    attachments: list[AttachmentView]
    client_id: str | None
    created_at: datetime


class ReadMarkView(View):
    """How far somebody has read."""

    user_id: UUID
    organisation_id: UUID
    last_read_sequence: int
    read_at: datetime


class MessageFeed(Feed[MessageView]):
    """A stretch of a thread in the order in which it was said, and who has read how far."""

    last_sequence: int
    read_marks: list[ReadMarkView]


class ThreadParty(View):
    """An organisation that takes part."""

    organisation_id: UUID
    name: str


class LastMessageView(View):
    """The newest message, in short."""

    sequence: int
    author_name: str
    author_organisation_id: UUID | None
    body: str
    code: str | None
    params: dict[str, Any]
    attachment_count: int
    created_at: datetime


class ThreadView(View):
    """A thread in the person's list."""

    id: UUID
    subject_type: str
    subject_id: UUID
    title: str
    parties: list[ThreadParty]
    last_sequence: int
    unread: int
    last_message: LastMessageView | None
    created_at: datetime
