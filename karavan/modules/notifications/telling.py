"""Telling: rows for everybody in one statement, news on their streams, and jobs for their mail."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.ids import new_id
from karavan.kit.jobs import enqueue
from karavan.kit.realtime import publish
from karavan.modules.notifications.audiences import Member
from karavan.modules.notifications.facts import Facts, request_id_of
from karavan.modules.notifications.rules import SEALED, Rule

SEND_MAIL = "notifications.send_mail"
CREATED = "notification.created"
READ = "notification.read"
_MAILS_PER_JOB = 100
# Nothing about these names a quote's vendor.
_SEALED_PARAMS = ("request", "title", "due")

_TELL = """
insert into notifications_items
  (id, user_id, organisation_id, event_sequence, kind, group_name, params, link, subject_type, subject_id,
   actor_name, collapse_key, in_feed, by_mail, created_at)
select told.id, told.user_id, told.organisation_id, :event_sequence, :kind, :group_name, cast(:params as jsonb),
       :link, :subject_type, :subject_id, told.actor_name, cast(:collapse_key as varchar),
       coalesce(chosen.in_app, true),
       :mails and coalesce(chosen.by_mail, :mailed_by_default), :created_at
  from unnest(cast(:ids as uuid[]), cast(:user_ids as uuid[]), cast(:organisation_ids as uuid[]),
              cast(:actor_names as varchar[])) as told (id, user_id, organisation_id, actor_name)
  left join notifications_preferences chosen
    on chosen.user_id = told.user_id and chosen.group_name = :group_name
 where (coalesce(chosen.in_app, true) or (:mails and coalesce(chosen.by_mail, :mailed_by_default)))
   {condition}
on conflict {conflict}
returning id, user_id, organisation_id, in_feed, by_mail and xmax = 0 as to_mail
"""
_TELL_EACH = text(
    _TELL.format(
        condition="", conflict="(user_id, event_sequence, organisation_id, kind) do nothing"
    )
)
# A repeated event must not count again, even when the row was read in between and another would be made.
_TELL_COLLAPSED = text(
    _TELL.format(
        condition="""and not exists (
         select from notifications_items earlier
          where earlier.user_id = told.user_id and earlier.organisation_id = told.organisation_id
            and earlier.collapse_key = :collapse_key and earlier.event_sequence >= :event_sequence)""",
        conflict="""(user_id, organisation_id, collapse_key) where read_at is null and collapse_key is not null
  do update set sequence = default, event_sequence = excluded.event_sequence, params = excluded.params,
     actor_name = excluded.actor_name, created_at = excluded.created_at,
     occurrences = notifications_items.occurrences + 1""",
    )
)


async def tell(session: AsyncSession, facts: Facts, rule: Rule) -> int:
    """Tell the rule's audience, each person once for this event, as they wish to be told.

    Returns:
        How many people were told.
    """
    if not rule.when(facts):
        return 0
    members = _without_actor(await rule.audience(session, facts), facts, rule)
    if not members:
        return 0
    collapses = rule.collapses is not None
    rows = await session.execute(
        _TELL_COLLAPSED if collapses else _TELL_EACH, _values(facts, rule, members)
    )
    told = rows.all()
    for row in told:
        if row.in_feed:
            await publish(
                session,
                organisation_id=row.organisation_id,
                user_id=row.user_id,
                topic=CREATED,
                payload={"id": str(row.id)},
            )
    to_mail = [str(row.id) for row in told if row.to_mail]
    for start in range(0, len(to_mail), _MAILS_PER_JOB):
        chunk = to_mail[start : start + _MAILS_PER_JOB]
        await enqueue(session, SEND_MAIL, notification_ids=chunk)
    return len(told)


def _without_actor(members: Iterable[Member], facts: Facts, rule: Rule) -> list[Member]:
    return [
        member
        for member in dict.fromkeys(members)
        if rule.tells_actor or member[1] != facts.actor_user_id
    ]


def _values(facts: Facts, rule: Rule, members: list[Member]) -> dict[str, Any]:
    event = facts.event
    hidden = rule.hides_vendor and facts.sealed
    places = {
        **{key: value for key, value in facts.data.items() if isinstance(value, str)},
        **{key: value for key, value in event.payload.items() if isinstance(value, str)},
        "id": str(event.aggregate_id),
        "request_id": str(request_id_of(event) or ""),
    }
    link = "/app/requests/{request_id}" if hidden else rule.link
    subject_type, subject_id = _subject(facts, hidden=hidden)
    params = {
        name: value for name, value in facts.params.items() if not hidden or name in _SEALED_PARAMS
    }
    return {
        "ids": [new_id() for _ in members],
        "organisation_ids": [organisation_id for organisation_id, _ in members],
        "user_ids": [user_id for _, user_id in members],
        "actor_names": [
            None if hidden else facts.actor_name_for(organisation_id)
            for organisation_id, _ in members
        ],
        "event_sequence": event.sequence,
        "kind": rule.kind + SEALED if hidden else rule.kind,
        "group_name": rule.group.value,
        "params": json.dumps(params),
        "link": link.format_map(places),
        "subject_type": subject_type,
        "subject_id": subject_id,
        "collapse_key": rule.collapses and rule.collapses.format_map(places),
        "mails": rule.mails,
        "mailed_by_default": rule.group.mailed_by_default,
        "created_at": event.occurred_at,
    }


def _subject(facts: Facts, *, hidden: bool) -> tuple[str, UUID]:
    """What it is about: a sealed quote is only something about its request."""
    if hidden and facts.request is not None:
        return "request", facts.request.id
    event = facts.event
    subject_type = event.payload.get("subject_type") or event.type.partition(".")[0]
    return subject_type, UUID(event.payload.get("subject_id") or str(event.aggregate_id))


_READ_THREAD = text(
    """
    update notifications_items set read_at = now()
     where user_id = :user_id and organisation_id = :organisation_id and collapse_key = :collapse_key
       and read_at is null and (params->>'sequence')::bigint <= :sequence
    returning id
    """
)


async def mark_thread_read(
    session: AsyncSession, *, user_id: UUID, organisation_id: UUID, thread_id: str, sequence: int
) -> None:
    """Whoever has read a conversation up to `sequence` need not be told of it any more."""
    rows = await session.execute(
        _READ_THREAD,
        {
            "user_id": user_id,
            "organisation_id": organisation_id,
            "collapse_key": f"thread:{thread_id}",
            "sequence": sequence,
        },
    )
    for row in rows.all():
        await publish(
            session,
            organisation_id=organisation_id,
            user_id=user_id,
            topic=READ,
            payload={"id": str(row.id)},
        )
