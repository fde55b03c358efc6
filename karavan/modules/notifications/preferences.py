"""How people wish to be told."""

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.notifications.groups import Group
from karavan.modules.notifications.models import Preference


class Channels(Struct, frozen=True):
    """Where a group of notifications is shown."""

    in_app: bool
    email: bool


def default_channels(group: Group) -> Channels:
    """What holds for who has chosen nothing."""
    return Channels(in_app=True, email=group.mailed_by_default)


async def channels_of(session: AsyncSession, user_id: UUID) -> dict[Group, Channels]:
    """What a person has chosen, and the defaults for the rest."""
    rows = await session.execute(select(Preference).where(Preference.user_id == user_id))
    chosen = {row.group_name: Channels(row.in_app, row.by_mail) for row in rows.scalars()}
    return {group: chosen.get(group, default_channels(group)) for group in Group}


async def choose(session: AsyncSession, user_id: UUID, wanted: Mapping[Group, Channels]) -> None:
    """Replace a person's choices. Groups that are left out return to their defaults."""
    await session.execute(
        delete(Preference).where(
            Preference.user_id == user_id, Preference.group_name.not_in(list(wanted))
        )
    )
    if not wanted:
        return
    rows = [
        {
            "user_id": user_id,
            "group_name": group.value,
            "in_app": channels.in_app,
            "by_mail": channels.email,
        }
        for group, channels in sorted(wanted.items())
    ]
    statement = insert(Preference)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["user_id", "group_name"],
            set_={
                "in_app": statement.excluded.in_app,
                "by_mail": statement.excluded.by_mail,
                "updated_at": func.now(),
            },
        ),
        rows,
    )


async def stop_mail(session: AsyncSession, user_id: UUID, group: Group) -> None:
    """Send a person no more mail of a group; repeating it changes nothing. The feed stays as it is."""
    await session.execute(
        insert(Preference)
        .values(user_id=user_id, group_name=group.value, in_app=True, by_mail=False)
        .on_conflict_do_update(
            index_elements=["user_id", "group_name"],
            set_={"by_mail": False, "updated_at": func.now()},
        )
    )
