"""Organisations: the directory, profiles, settings, members."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import StringConstraints

from karavan.kit.authz import Actor, Role, requires
from karavan.kit.errors import NotFoundError
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import CountryCode
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import versioned
from karavan.modules.identity.public import VisitorOf, accounts_of
from karavan.modules.organisations.actions.change_members import change_role, remove_member
from karavan.modules.organisations.actions.open_another import open_another
from karavan.modules.organisations.actions.update_organisation import (
    update_organisation,
    update_settings,
)
from karavan.modules.organisations.changes import changes_of
from karavan.modules.organisations.models import Membership, OrganisationSettings
from karavan.modules.organisations.permissions import (
    DIRECTORY_READ,
    MEMBERS_MANAGE,
    MEMBERS_READ,
    ORGANISATION_LEAVE,
    ORGANISATION_OPEN,
    ORGANISATION_UPDATE,
    SETTINGS_READ,
    SETTINGS_UPDATE,
)
from karavan.modules.organisations.queries import (
    DIRECTORY_SORTS,
    page_of_members,
    search_directory,
    visible_organisation,
)
from karavan.modules.organisations.roles import Side
from karavan.modules.organisations.schemas import (
    Category,
    MemberView,
    OpenOrganisationBody,
    OrganisationBody,
    OrganisationCardView,
    OrganisationView,
    RoleBody,
    SettingsBody,
    SettingsView,
)
from karavan.modules.organisations.views import card_view, organisation_view

router = make_router("/organisations", "organisations")

_NULLABLE = frozenset({"website", "email", "phone"})
_NULLABLE_IN_PROFILE = frozenset({"lead_time_days", "minimum_order_amount"})


def _require_own(actor: Actor, organisation_id: UUID) -> None:
    if organisation_id != actor.organisation_id:
        raise NotFoundError


@router.get("", dependencies=[requires(DIRECTORY_READ)])
async def list_organisations(
    session: Tx,
    paging: Paging,
    sort: Annotated[list[str], DIRECTORY_SORTS.parameter()],
    q: Annotated[str | None, StringConstraints(max_length=200), Query()] = None,
    category: Annotated[Category | None, Query()] = None,
    country: Annotated[CountryCode | None, Query()] = None,
    side: Annotated[Side, Query(description="Who sells, or who buys.")] = Side.VENDOR,
) -> Page[OrganisationCardView]:
    """The directory of companies. Every word of `q` must begin a word of their name, place or description."""
    rows, total = await search_directory(
        session, paging, words=q, category=category, country=country, side=side, sort=sort
    )
    return paging.answer([card_view(row) for row in rows], total)


@router.post("", status_code=201)
async def open_organisation(
    body: OpenOrganisationBody,
    actor: Annotated[Actor, requires(ORGANISATION_OPEN)],
    session: Tx,
    visitor: VisitorOf,
) -> OrganisationView:
    """Open another organisation and own it. `POST /auth/switch` acts for it."""
    organisation = await open_another(
        session, actor, visitor, name=body.name, interest=body.role, country=body.country
    )
    return await organisation_view(session, organisation, member_id=organisation.id)


@router.get("/{organisation_id}")
async def read_organisation(
    organisation_id: UUID, actor: Annotated[Actor, requires(DIRECTORY_READ)], session: Tx
) -> OrganisationView:
    """An organisation's public profile; members also see its details."""
    organisation = await visible_organisation(session, actor, organisation_id)
    return await organisation_view(session, organisation, member_id=actor.organisation_id)


@router.patch("/{organisation_id}")
async def change_organisation(
    organisation_id: UUID,
    body: Annotated[OrganisationBody, versioned(OrganisationBody)],
    actor: Annotated[Actor, requires(ORGANISATION_UPDATE)],
    session: Tx,
) -> OrganisationView:
    """Change the profile of one's organisation."""
    _require_own(actor, organisation_id)
    profile_fields = {"buyer_profile": Side.BUYER, "vendor_profile": Side.VENDOR}
    changes = changes_of(body, nullable=_NULLABLE, without=frozenset({"version", *profile_fields}))
    profiles = {
        side: changes_of(
            profile, nullable=_NULLABLE_IN_PROFILE, without=frozenset(), pointer=f"#/{field}"
        )
        for field, side in profile_fields.items()
        if (profile := getattr(body, field)) is not None
    }
    organisation = await update_organisation(
        session, actor, changes, profiles=profiles, version=body.version
    )
    await session.flush()
    await session.refresh(organisation)
    return await organisation_view(session, organisation, member_id=actor.organisation_id)


@router.get("/{organisation_id}/settings")
async def read_settings(
    organisation_id: UUID, actor: Annotated[Actor, requires(SETTINGS_READ)], session: Tx
) -> SettingsView:
    """Bank account of one's organisation."""
    _require_own(actor, organisation_id)
    return SettingsView.model_validate(await session.get_one(OrganisationSettings, organisation_id))


@router.patch("/{organisation_id}/settings")
async def change_settings(
    organisation_id: UUID,
    body: Annotated[SettingsBody, versioned(SettingsBody)],
    actor: Annotated[Actor, requires(SETTINGS_UPDATE)],
    session: Tx,
) -> SettingsView:
    """Change the bank account of one's organisation."""
    _require_own(actor, organisation_id)
    changes = changes_of(body, nullable=frozenset(), without=frozenset({"version"}))
    settings = await update_settings(session, actor, changes, version=body.version)
    await session.refresh(settings)
    return SettingsView.model_validate(settings)


async def _member_views(session: Tx, actor: Actor, members: list[Membership]) -> list[MemberView]:
    accounts = await accounts_of(session, [member.user_id for member in members])
    return [
        MemberView(
            user_id=member.user_id,
            display_name=account.display_name,
            email=account.email,
            avatar_url=account.avatar_url,
            role=Role(member.role),
            joined_at=member.joined_at,
            is_me=member.user_id == actor.user_id,
        )
        for member in members
        if (account := accounts.get(member.user_id)) is not None
    ]


@router.get("/{organisation_id}/members")
async def list_members(
    organisation_id: UUID,
    actor: Annotated[Actor, requires(MEMBERS_READ)],
    session: Tx,
    paging: Paging,
) -> Page[MemberView]:
    """Members of one's organisation: owners first, then in the order in which they joined."""
    _require_own(actor, organisation_id)
    members, total = await page_of_members(session, organisation_id, paging)
    return paging.answer(await _member_views(session, actor, list(members)), total)


@router.patch("/{organisation_id}/members/{user_id}")
async def change_member_role(
    organisation_id: UUID,
    user_id: UUID,
    body: RoleBody,
    actor: Annotated[Actor, requires(MEMBERS_MANAGE)],
    session: Tx,
) -> MemberView:
    """Give a member another role. Nobody grants or changes a role above their own."""
    _require_own(actor, organisation_id)
    member = await change_role(session, actor, user_id, body.role)
    return (await _member_views(session, actor, [member]))[0]


@router.delete("/{organisation_id}/members/{user_id}", status_code=204)
async def delete_member(
    organisation_id: UUID,
    user_id: UUID,
    actor: Annotated[Actor, requires(ORGANISATION_LEAVE)],
    session: Tx,
) -> Response:
    """Remove a member, or leave by naming oneself. The last owner stays."""
    _require_own(actor, organisation_id)
    await remove_member(session, actor, user_id)
    return Response(status_code=204)
