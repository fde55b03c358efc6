"""Routes of notifications."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from karavan.kit.authz import Actor, requires
from karavan.kit.errors import NotFoundError
from karavan.kit.events import record_event
from karavan.kit.pagination import Cursor
from karavan.kit.realtime import stream_response
from karavan.kit.routing import router as module_router
from karavan.kit.unit_of_work import Tx
from karavan.modules.identity.public import SettingsOf
from karavan.modules.notifications.groups import Group
from karavan.modules.notifications.permissions import NOTIFICATION_READ
from karavan.modules.notifications.preferences import Channels, channels_of, choose
from karavan.modules.notifications.queries import count_unread, read_feed, view_of
from karavan.modules.notifications.reading import mark_all_read, mark_read
from karavan.modules.notifications.schemas import (
    JobTaken,
    NotificationFeed,
    NotificationView,
    PreferencesBody,
    PreferencesView,
    PreferenceView,
    ReadCount,
    UnreadCount,
)
from karavan.modules.notifications.wording import group_label

router = module_router("/notifications", "notifications")

Reader = Annotated[Actor, requires(NOTIFICATION_READ)]


@router.get("")
async def list_notifications(
    session: Tx,
    actor: Reader,
    cursor: Cursor,
    *,
    unread: Annotated[bool, Query(description="Only what has not been read.")] = False,
    kind: Annotated[
        str | None,
        Query(max_length=60, pattern=r"^[a-z_.]+$", description="Such as `quote.submitted`."),
    ] = None,
    group: Group | None = None,
) -> NotificationFeed:
    """What the person was told in the organisation that they act for, newest first."""
    return await read_feed(session, actor, cursor, unread_only=unread, kind=kind, group=group)


@router.get("/unread-count")
async def read_unread_count(session: Tx, actor: Reader) -> UnreadCount:
    """The number at the bell."""
    return UnreadCount(count=await count_unread(session, actor))


@router.get(
    "/stream",
    response_class=Response,
    responses={
        200: {
            "description": "Server-sent events; resumed by `Last-Event-ID`.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def stream_news(request: Request, actor: Reader) -> Response:
    """Everything that concerns the person, as it happens: notifications, messages, and what has changed."""
    return stream_response(request, actor)


@router.get("/preferences")
async def read_preferences(session: Tx, actor: Reader) -> PreferencesView:
    """How the person wishes to be told, in all of their organisations."""
    return await _preferences(session, actor)


@router.put("/preferences")
async def replace_preferences(body: PreferencesBody, session: Tx, actor: Reader) -> PreferencesView:
    """Choose how to be told from now on; groups that are left out return to their defaults."""
    wanted = {one.group: Channels(one.in_app, one.email) for one in body.groups}
    await choose(session, actor.user_id, wanted)
    return await _preferences(session, actor)


async def _preferences(session: Tx, actor: Actor) -> PreferencesView:
    channels = await channels_of(session, actor.user_id)
    return PreferencesView(
        groups=[
            PreferenceView(
                group=group,
                label=group_label(group, actor.locale),
                in_app=one.in_app,
                email=one.email,
            )
            for group, one in channels.items()
        ]
    )


@router.patch("/{notification_id}/read")
async def read_notification(notification_id: UUID, session: Tx, actor: Reader) -> NotificationView:
    """Mark one as read."""
    return view_of(await mark_read(session, actor, notification_id), actor.locale)


@router.post("/read-all")
async def read_all_notifications(session: Tx, actor: Reader) -> ReadCount:
    """Mark everything as read."""
    return ReadCount(read=await mark_all_read(session, actor))


@router.post("/emit-job", status_code=202)
async def emit_test_notification(session: Tx, actor: Reader, settings: SettingsOf) -> JobTaken:
    """Development only: have a worker send the caller a notification, through everything a real one goes through."""
    if not settings.development:
        raise NotFoundError
    record_event(
        session,
        "notification.requested",
        organisation_id=actor.organisation_id,
        aggregate_id=actor.user_id,
        payload={"user_id": str(actor.user_id), "organisation_id": str(actor.organisation_id)},
    )
    return JobTaken()
