"""Bodies of requests and answers about organisations."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, field_validator

from karavan.kit.authz import Role
from karavan.kit.money import AMOUNT_MAX, Currency, MoneyBody
from karavan.kit.schemas import Body, CountryCode, Line, Text, Title, View
from karavan.kit.versions import VersionedBody
from karavan.modules.identity.public import Email, PasswordText
from karavan.modules.organisations.roles import Interest

Locale = Literal["en", "ru", "kk"]
DisplayName = Annotated[Title, Field(max_length=100)]
Category = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]


Website = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^https?://[^\s<>\"]{1,290}$")
]
Phone = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^\+?[0-9][0-9 ()\-]{4,30}$")
]


class TradingProfileBody(Body):
    """How one trades on a side; what is left out stays."""

    payment_terms: Line | None = None
    delivery_terms: Line | None = None
    delivery_place: Line | None = None
    delivery_countries: list[CountryCode] | None = Field(None, max_length=100)
    lead_time_days: int | None = Field(None, ge=0, le=3650)
    minimum_order_amount: int | None = Field(
        None, ge=0, le=AMOUNT_MAX, description="Minor units of the organisation's currency."
    )


class TradingProfileView(View):
    """How an organisation trades on a side."""

    payment_terms: str
    delivery_terms: str
    delivery_place: str
    delivery_countries: list[str]
    lead_time_days: int | None
    minimum_order: MoneyBody | None


class OrganisationBody(VersionedBody):
    """Changes to an organisation; what is left out stays, `null` clears what may be empty."""

    name: Title | None = None
    buys: bool | None = None
    sells: bool | None = None
    country: CountryCode | None = None
    city: Line | None = None
    description: Text | None = None
    categories: list[Category] | None = Field(None, max_length=100)
    website: Website | None = None
    legal_name: Line | None = None
    tax_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 \-/.]{0,40}$")] | None = None
    vat_number: Annotated[Line, Field(max_length=40)] | None = Field(
        None, description="Kept as that country writes it; empty for those who are not registered."
    )
    address: Line | None = None
    postal_code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 \-]{0,16}$")] | None = None
    email: Email | None = None
    phone: Phone | None = None
    locale: Locale | None = None
    currency: Currency | None = None
    buyer_profile: TradingProfileBody | None = None
    vendor_profile: TradingProfileBody | None = None

    @field_validator("categories")
    @classmethod
    def _once_each(cls, categories: list[str] | None) -> list[str] | None:
        return None if categories is None else sorted(set(categories))


class OrganisationCardView(View):
    """An organisation in the directory."""

    id: UUID
    name: str
    slug: str
    country: str
    city: str
    description: str
    categories: list[str]
    logo_url: str | None
    buys: bool
    sells: bool


class OrganisationDetailsView(View):
    """What only members see."""

    interest: Interest
    email: str | None
    phone: str | None
    locale: str
    version: int
    updated_at: datetime


class OrganisationView(OrganisationCardView):
    """An organisation's profile."""

    kind: Literal["company", "personal"]
    website: str | None
    legal_name: str
    tax_id: str
    vat_number: str
    address: str
    postal_code: str
    currency: str
    created_at: datetime
    buyer_profile: TradingProfileView | None
    vendor_profile: TradingProfileView | None
    details: OrganisationDetailsView | None = Field(description="Present for members only.")


class OpenOrganisationBody(Body):
    """Another organisation of one's own."""

    name: Title
    role: Interest
    country: CountryCode = "KZ"


class SettingsBody(VersionedBody):
    """Changes to what only members know; what is left out stays."""

    bank_name: Line | None = None
    bank_code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{0,20}$")] | None = None
    bank_account: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 ]{0,40}$")] | None = None
    beneficiary_code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{0,20}$")] | None = (
        None
    )


class SettingsView(View):
    """What only members know of their organisation."""

    bank_name: str
    bank_code: str
    bank_account: str
    beneficiary_code: str
    version: int
    updated_at: datetime


class MemberView(View):
    """A colleague."""

    user_id: UUID
    display_name: str
    email: str
    avatar_url: str | None
    role: Role
    joined_at: datetime
    is_me: bool


class RoleBody(Body):
    """A role."""

    role: Role


class InviteBody(Body):
    """Whom to invite, and as what."""

    email: Email
    role: Role
    locale: Locale | None = Field(None, description="Language of the mail; one's own by default.")


InviteState = Literal["pending", "accepted", "revoked", "expired"]


class InviteView(View):
    """An invitation."""

    id: UUID
    email: str
    role: Role
    state: InviteState
    invited_by_name: str
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None


class InvitePreviewView(View):
    """What the holder of an invitation's link may know."""

    organisation_id: UUID
    organisation_name: str
    email: str
    role: Role
    state: InviteState
    invited_by_name: str
    expires_at: datetime
    has_account: bool = Field(description="Whether the address signs in, or registers, to accept.")


class AcceptInviteBody(Body):
    """How somebody who is not signed in accepts: with their password, or with a new one and their name."""

    password: PasswordText | None = None
    display_name: DisplayName | None = None
