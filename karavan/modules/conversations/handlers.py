"""Events in: what happens in a thread reaches everybody who takes part, and those who are renamed are called so there."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event, handles
from karavan.kit.realtime import publish
from karavan.modules.organisations.public import new_name

_PUBLISHED = ("thread_id", "subject_type", "subject_id", "sequence")
_IDENTIFIERS = {
    "message.posted": ("message_id", "author_user_id", "author_organisation_id"),
    "message.announced": ("message_id",),
    "thread.read": ("user_id", "organisation_id"),
}
_RENAME = text("""
update conversations_threads t set parties = (
  select jsonb_agg(case when party ->> 'organisation_id' = cast(:id as text)
    then party || jsonb_build_object('name', cast(:name as text)) else party end order by place)
  from jsonb_array_elements(t.parties) with ordinality as listed(party, place))
where t.id in (select p.thread_id from conversations_participants p where p.organisation_id = cast(:id as uuid))
""")


@handles("message.posted", "message.announced", "thread.read")
async def publish_to_participants(session: AsyncSession, event: Event) -> None:
    """Put the news on the stream of every organisation that takes part."""
    payload = {key: event.payload[key] for key in (*_PUBLISHED, *_IDENTIFIERS[event.type])}
    topic = "thread.read" if event.type == "thread.read" else "message.posted"
    for organisation_id in event.payload["organisation_ids"]:
        await publish(session, organisation_id=UUID(organisation_id), topic=topic, payload=payload)


@handles("organisation.updated")
async def follow_name(session: AsyncSession, event: Event) -> None:
    """Call the participants of every thread what they are called now."""
    renamed = await new_name(session, event)
    if renamed is not None:
        organisation_id, name = renamed
        await session.execute(_RENAME, {"id": str(organisation_id), "name": name})
