"""Price lists: made, changed, thrown away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.errors import invalid
from karavan.kit.ids import new_id
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.actions.prices.rows import flush_named, locked_lists, one_of, record
from karavan.modules.catalogue.actions.prices.told import refuse_faults
from karavan.modules.catalogue.errors import PriceListInUseError, PriceListNameTakenError
from karavan.modules.catalogue.models import PriceList
from karavan.modules.catalogue.schemas.prices import PriceListBody, PriceListPatch
from karavan.modules.links.public import AgreedPriceList, links_with_price_list
from karavan.modules.organisations.public import changes_of

_ORDER = frozenset({"priority", "active", "merges", "valid_from", "valid_to"})


async def create_list(session: AsyncSession, actor: Actor, body: PriceListBody) -> PriceList:
    """A new list. It is for nobody yet.

    Raises:
        PriceListNameTakenError: there is one of this name.
    """
    price_list = PriceList(
        id=new_id(),
        organisation_id=actor.organisation_id,
        revision=1,
        whole_revision=1,
        version=1,
        **body.model_dump(),
    )
    session.add(price_list)
    await flush_named(session, PriceListNameTakenError)
    after = {"name": price_list.name, "currency": price_list.currency}
    record(session, actor, price_list, "create", "created", after=after)
    return price_list


async def edit_list(
    session: AsyncSession, actor: Actor, list_id: UUID, body: PriceListPatch
) -> PriceList:
    """Rename a list, or change when it holds and which lists it goes before.

    Raises:
        NotFoundError: it is not the actor's organisation's.
        ConflictError: somebody else changed it since the caller read it.
        PriceListNameTakenError: there is another one of this name.
        ValidationError: it would end before it begins.
        MorePiecesDearerError: with the lists around it, more pieces would become dearer for some buyer.
    """
    lists = await locked_lists(session, actor.organisation_id)
    price_list = one_of(lists, list_id)
    refuse_stale(price_list, body.version)
    given = changes_of(
        body, nullable=frozenset({"valid_from", "valid_to"}), without=frozenset({"version"})
    )
    changed = {name: value for name, value in given.items() if getattr(price_list, name) != value}
    if not changed:
        return price_list
    before = {name: getattr(price_list, name) for name in changed}
    for name, value in changed.items():
        setattr(price_list, name, value)
    begins, ends = price_list.valid_from, price_list.valid_to
    if begins is not None and ends is not None and begins >= ends:
        raise invalid("#/valid_to", "order", "The list must end after it begins.")
    price_list.version += 1
    if "merges" in changed:
        price_list.revision += 1
        price_list.whole_revision = price_list.revision
    await flush_named(session, PriceListNameTakenError)
    if _ORDER & changed.keys():
        await refuse_faults(session, price_list, lists, await database_now(session))
    record(
        session, actor, price_list, "edit", "changed", before=_plain(before), after=_plain(changed)
    )
    return price_list


async def remove_list(
    session: AsyncSession, actor: Actor, list_id: UUID, *, version: int | None = None
) -> None:
    """Throw a list away with its prices: buyers get what their other lists say.

    Raises:
        NotFoundError: it is not the actor's organisation's.
        ConflictError: somebody else changed it since the caller read it.
        PriceListInUseError: terms of trading links name it.
    """
    price_list = one_of(await locked_lists(session, actor.organisation_id), list_id)
    refuse_stale(price_list, version)
    used = await links_with_price_list(session, actor.organisation_id, list_id)
    if used:
        raise PriceListInUseError(links=used)
    record(session, actor, price_list, "delete", "removed", before={"name": price_list.name})
    await session.flush()
    await session.delete(price_list)
    await session.flush()


async def find_price_list(
    session: AsyncSession, supplier_organisation_id: UUID, price_list_id: UUID
) -> AgreedPriceList | None:
    """A supplier's list, for the terms of trading links; nothing when there is none."""
    found = await session.execute(
        select(PriceList.name, PriceList.currency).where(
            PriceList.id == price_list_id, PriceList.organisation_id == supplier_organisation_id
        )
    )
    row = found.one_or_none()
    return None if row is None else AgreedPriceList(row.name, row.currency)


async def count_lists(session: AsyncSession, organisation_id: UUID) -> int:
    """How many lists an organisation has."""
    found = await session.scalar(
        select(func.count())
        .select_from(PriceList)
        .where(PriceList.organisation_id == organisation_id)
    )
    return found or 0


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: rfc3339(value) if isinstance(value, datetime) else value
        for name, value in values.items()
    }
