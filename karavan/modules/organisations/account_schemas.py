"""Bodies of requests and answers of signing in and of one's own account."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from karavan.kit.authz import Role
from karavan.kit.schemas import Body, CountryCode, Title, View
from karavan.kit.versions import VersionedBody
from karavan.modules.identity.public import Email, PasswordText
from karavan.modules.organisations.roles import Interest
from karavan.modules.organisations.schemas import DisplayName, Locale

Theme = Literal["light", "dark", "system"]
OpaqueToken = Annotated[str, StringConstraints(min_length=1, max_length=4096)]


class RegisterBody(Body):
    """A person and their organisation, created together."""

    email: Email
    password: PasswordText = Field(description="At least ten characters.")
    organisation_name: Title | None = Field(
        None, description="Needed for every role but `customer`."
    )
    role: Interest
    display_name: DisplayName | None = None
    country: CountryCode = "KZ"
    locale: Locale = "en"

    @model_validator(mode="after")
    def _company_has_a_name(self) -> Self:
        require_organisation_name(self.role, self.organisation_name)
        return self


def require_organisation_name(role: Interest, name: str | None) -> None:
    """Refuse a company without a name.

    Raises:
        PydanticCustomError: it has none.
    """
    if role is not Interest.CUSTOMER and name is None:
        raise PydanticCustomError(
            "organisation_name_missing", "Say what the organisation is called."
        )


class CompleteRegistrationBody(Body):
    """What a provider could not say about somebody new."""

    token: OpaqueToken
    role: Interest
    organisation_name: Title | None = None
    display_name: DisplayName | None = None
    email: Email | None = Field(None, description="Needed when the provider gave no address.")
    country: CountryCode = "KZ"
    locale: Locale = "en"

    @model_validator(mode="after")
    def _company_has_a_name(self) -> Self:
        require_organisation_name(self.role, self.organisation_name)
        return self


class LoginBody(Body):
    """An address and its password."""

    email: Email
    password: PasswordText
    link_token: OpaqueToken | None = Field(
        None, description="From `identity.oauth_link_required`: connects the provider's account."
    )


class RefreshBody(Body):
    """A refresh token; browsers send it as a cookie instead."""

    refresh_token: OpaqueToken | None = None


class SwitchBody(Body):
    """The organisation to act for."""

    organisation_id: UUID


class TokensView(View):
    """What a signed-in client holds. The same tokens are set as cookies."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  # a scheme, not a secret
    expires_in: int = Field(description="Seconds until the access token expires.")
    refresh_token: str | None = Field(
        description="Good once. Missing where the client keeps the one it has, or has it as a cookie."
    )
    refresh_expires_in: int
    user_id: UUID
    organisation_id: UUID


class CallbackBody(Body):
    """What the provider sent back to the browser."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=4096)]
    state: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class CallbackView(View):
    """What came of a sign-in at a provider."""

    status: Literal["signed_in", "registration_required"]
    tokens: TokensView | None
    registration_token: str | None
    email: str | None
    display_name: str | None


class UserView(View):
    """Oneself."""

    id: UUID
    email: str
    email_verified: bool
    display_name: str
    locale: Locale
    theme: Theme
    avatar_url: str | None
    created_at: datetime
    version: int


class CurrentOrganisationView(View):
    """The organisation that one acts for."""

    id: UUID
    name: str
    slug: str
    kind: Literal["company", "personal"]
    interest: Interest
    buys: bool
    sells: bool
    country: str
    currency: str
    logo_url: str | None


class MembershipView(View):
    """An organisation that one belongs to."""

    organisation_id: UUID
    organisation_name: str
    role: Role


class MeView(View):
    """Who is signed in, for whom, and what they may do."""

    user: UserView
    organisation: CurrentOrganisationView
    role: Role
    permissions: list[str]
    memberships: list[MembershipView]
    platform_role: str | None


class ProfileView(UserView):
    """One's profile."""

    role: Role
    platform_role: str | None
    organisation: CurrentOrganisationView


class ProfileBody(VersionedBody):
    """Changes to one's profile; what is left out stays."""

    display_name: DisplayName | None = None
    locale: Locale | None = None
    theme: Theme | None = None
    avatar: Annotated[str, StringConstraints(max_length=2_000_000)] | None = Field(
        None, description="A picture as a data URL; `null` removes it."
    )


class DemoAccountView(View):
    """An account of the demonstration."""

    email: str
    password: str
    display_name: str
    role: Role
    platform_role: str | None
    organisation_name: str


class DemoAccountsView(View):
    """The accounts of the demonstration."""

    items: list[DemoAccountView]
