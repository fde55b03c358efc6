"""Change an organisation's profile."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.events import record_event
from karavan.kit.versions import refuse_stale
from karavan.modules.organisations.models import (
    Organisation,
    OrganisationSettings,
    TradingProfile,
)
from karavan.modules.organisations.queries import own_organisation
from karavan.modules.organisations.roles import Side
from karavan.modules.organisations.vat_numbers import written_vat_number


async def update_organisation(
    session: AsyncSession,
    actor: Actor,
    changes: dict[str, Any],
    *,
    profiles: dict[Side, dict[str, Any]],
    version: int | None = None,
) -> Organisation:
    """Change the actor's organisation.

    Args:
        changes: values by column.
        profiles: values by column of the trading profile of a side; a profile is made when the side is new.

    Raises:
        ConflictError: it has another version than the caller read.
        ValidationError: the VAT number has not the shape of those of the organisation's country.
    """
    organisation = await own_organisation(session, actor, lock=True)
    refuse_stale(organisation, version)
    if {"country", "vat_number"} & changes.keys():
        country = changes.get("country", organisation.country)
        typed = changes.get("vat_number", organisation.vat_number)
        changes = {**changes, "vat_number": written_vat_number(country, typed)}
    changed = _changed(organisation, changes)
    before, after = changed
    for name, value in after.items():
        setattr(organisation, name, value)
    if organisation.buys:
        profiles.setdefault(Side.BUYER, {})
    if organisation.sells:
        profiles.setdefault(Side.VENDOR, {})
    for side, values in profiles.items():
        await _change_profile(session, organisation, side, values, before, after)
    if not after:
        return organisation
    organisation.version += 1
    _record(session, actor, organisation, "organisation.update", before, after)
    record_event(
        session,
        "organisation.updated",
        organisation_id=organisation.id,
        aggregate_id=organisation.id,
        payload={"organisation_id": str(organisation.id), "changed": sorted(after)},
    )
    return organisation


async def update_settings(
    session: AsyncSession, actor: Actor, changes: dict[str, Any], *, version: int | None = None
) -> OrganisationSettings:
    """Change what only members know of the actor's organisation.

    Raises:
        ConflictError: the settings have another version than the caller read.
    """
    organisation = await own_organisation(session, actor, lock=True)
    settings = await session.get_one(OrganisationSettings, actor.organisation_id)
    refuse_stale(settings, version)
    before, after = _changed(settings, changes)
    if after:
        for name, value in after.items():
            setattr(settings, name, value)
        settings.version += 1
        _record(session, actor, organisation, "organisation.update_settings", before, after)
        await session.flush()
    return settings


async def set_logo(
    session: AsyncSession, actor: Actor, media_id: UUID | None
) -> tuple[Organisation, UUID | None]:
    """Point the actor's organisation at a picture that the media module keeps, or at none.

    Returns:
        the organisation, and the picture before.
    """
    replaced = (await own_organisation(session, actor, lock=True)).logo_media_id
    changes = {"logo_media_id": media_id}
    return await update_organisation(session, actor, changes, profiles={}), replaced


def _changed(row: object, changes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    after = {name: value for name, value in changes.items() if getattr(row, name) != value}
    return {name: getattr(row, name) for name in after}, after


async def _change_profile(
    session: AsyncSession,
    organisation: Organisation,
    side: Side,
    values: dict[str, Any],
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    await session.execute(
        insert(TradingProfile)
        .values(organisation_id=organisation.id, side=side.value)
        .on_conflict_do_nothing()
    )
    profile = (
        await session.execute(
            select(TradingProfile).where(
                TradingProfile.organisation_id == organisation.id,
                TradingProfile.side == side.value,
            )
        )
    ).scalar_one()
    old, new = _changed(profile, values)
    if new:
        for name, value in new.items():
            setattr(profile, name, value)
        before[f"{side}_profile"], after[f"{side}_profile"] = old, new


def _record(
    session: AsyncSession,
    actor: Actor,
    organisation: Organisation,
    action: str,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    record_audit(
        session,
        actor,
        action,
        target_type="organisation",
        target_id=organisation.id,
        target_label=organisation.name,
        before=_plain(before),
        after=_plain(after),
    )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: str(v) if isinstance(v, UUID) else v for name, v in values.items()}
