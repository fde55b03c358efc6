"""What other modules may use of organisations."""

from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.organisations.account_schemas import ProfileBody, ProfileView
from karavan.modules.organisations.actions.accept_invite import accept_with_password
from karavan.modules.organisations.actions.create_platform_admin import create_platform_admin
from karavan.modules.organisations.actions.invite import invite_member
from karavan.modules.organisations.actions.join import NewPerson, Place, add_person
from karavan.modules.organisations.actions.open_account import (
    NewAccount,
    OpenedAccount,
    open_account,
)
from karavan.modules.organisations.actions.open_organisation import NewOrganisation
from karavan.modules.organisations.actions.update_organisation import (
    set_logo,
    update_organisation,
    update_settings,
)
from karavan.modules.organisations.changes import changes_of
from karavan.modules.organisations.demo import DEMO_PASSWORD
from karavan.modules.organisations.models import Organisation, OrganisationSettings
from karavan.modules.organisations.permissions import ORGANISATION_UPDATE
from karavan.modules.organisations.queries import (
    DIRECTORY_SORTS,
    is_member,
    member_ids,
    people_of,
    search_directory,
    vendors_for_categories,
)
from karavan.modules.organisations.renaming import keep_name, new_name
from karavan.modules.organisations.resolver import resolve_actor
from karavan.modules.organisations.roles import Interest, Side
from karavan.modules.organisations.schemas import OrganisationView
from karavan.modules.organisations.views import organisation_view, profile_view

__all__ = [
    "DEMO_PASSWORD",
    "DIRECTORY_SORTS",
    "ORGANISATION_UPDATE",
    "BankDetails",
    "Interest",
    "NewAccount",
    "NewOrganisation",
    "NewPerson",
    "OpenedAccount",
    "OrganisationCard",
    "OrganisationView",
    "Place",
    "ProfileBody",
    "ProfileView",
    "Side",
    "accept_with_password",
    "add_person",
    "bank_details",
    "changes_of",
    "create_platform_admin",
    "invite_member",
    "is_member",
    "keep_name",
    "member_ids",
    "new_name",
    "open_account",
    "organisation_card",
    "organisation_cards",
    "organisation_view",
    "people_of",
    "profile_view",
    "resolve_actor",
    "search_directory",
    "set_logo",
    "update_organisation",
    "update_settings",
    "vendors_for_categories",
]


class OrganisationCard(Struct, frozen=True, kw_only=True):
    """Who an organisation is, as its partners and its documents need to know."""

    id: UUID
    name: str
    slug: str
    kind: str
    buys: bool
    sells: bool
    country: str
    city: str
    categories: tuple[str, ...]
    legal_name: str
    tax_id: str
    vat_number: str
    address: str
    postal_code: str
    email: str | None
    phone: str | None
    website: str | None
    locale: str
    currency: str
    logo_url: str | None
    description: str


def _card(row: Organisation) -> OrganisationCard:
    return OrganisationCard(
        id=row.id,
        name=row.name,
        slug=row.slug,
        kind=row.kind,
        buys=row.buys,
        sells=row.sells,
        country=row.country,
        city=row.city,
        categories=tuple(row.categories),
        legal_name=row.legal_name or row.name,
        tax_id=row.tax_id,
        vat_number=row.vat_number,
        address=row.address,
        postal_code=row.postal_code,
        email=row.email,
        phone=row.phone,
        website=row.website,
        locale=row.locale,
        currency=row.currency,
        logo_url=row.logo_url,
        description=row.description,
    )


async def organisation_card(
    session: AsyncSession, organisation_id: UUID
) -> OrganisationCard | None:
    """One organisation."""
    row = await session.get(Organisation, organisation_id)
    return None if row is None else _card(row)


async def organisation_cards(
    session: AsyncSession, organisation_ids: Iterable[UUID]
) -> dict[UUID, OrganisationCard]:
    """Several organisations by id."""
    rows = await session.execute(
        select(Organisation).where(Organisation.id.in_(set(organisation_ids)))
    )
    return {row.id: _card(row) for row in rows.scalars()}


class BankDetails(Struct, frozen=True, kw_only=True):
    """Where an organisation is paid."""

    bank_name: str
    bank_code: str
    bank_account: str
    beneficiary_code: str


async def bank_details(session: AsyncSession, organisation_id: UUID) -> BankDetails | None:
    """Where an organisation is paid; nothing for strangers, whose transaction cannot see it."""
    row = await session.get(OrganisationSettings, organisation_id)
    if row is None:
        return None
    return BankDetails(
        bank_name=row.bank_name,
        bank_code=row.bank_code,
        bank_account=row.bank_account,
        beneficiary_code=row.beneficiary_code,
    )
