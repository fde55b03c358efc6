"""From rows to answers."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, Role
from karavan.kit.errors import UnauthenticatedError
from karavan.kit.money import MoneyBody
from karavan.modules.identity.public import Account, SessionTokens, account_of
from karavan.modules.organisations.account_schemas import (
    CurrentOrganisationView,
    MembershipView,
    MeView,
    ProfileView,
    TokensView,
    UserView,
)
from karavan.modules.organisations.models import Organisation, TradingProfile
from karavan.modules.organisations.queries import (
    memberships_of,
    own_organisation,
    trading_profiles,
)
from karavan.modules.organisations.roles import Side
from karavan.modules.organisations.schemas import (
    OrganisationCardView,
    OrganisationDetailsView,
    OrganisationView,
    TradingProfileView,
)


def tokens_view(tokens: SessionTokens, *, with_refresh: bool = True) -> TokensView:
    """The tokens as an answer.

    Args:
        with_refresh: whether the refresh token stands in the body; a browser that sent it as a cookie gets it as one.
    """
    return TokensView(
        access_token=tokens.access_token,
        expires_in=tokens.access_ttl_s,
        refresh_token=tokens.refresh_token if with_refresh else None,
        refresh_expires_in=tokens.refresh_ttl_s,
        user_id=tokens.user_id,
        organisation_id=tokens.organisation_id,
    )


def _user_values(account: Account) -> dict[str, object]:
    return {
        "id": account.user_id,
        "email": account.email,
        "email_verified": account.email_verified,
        "display_name": account.display_name,
        "locale": account.locale,
        "theme": account.theme,
        "avatar_url": account.avatar_url,
        "created_at": account.created_at,
        "version": account.version,
    }


async def _own_account(session: AsyncSession, actor: Actor) -> Account:
    account = await account_of(session, actor.user_id)
    if account is None:
        raise UnauthenticatedError
    return account


async def me_view(session: AsyncSession, actor: Actor) -> MeView:
    """Who is signed in, for whom, and what they may do."""
    account = await _own_account(session, actor)
    memberships = await memberships_of(session, actor.user_id)
    current = next((o for m, o in memberships if m.organisation_id == actor.organisation_id), None)
    if current is None:  # removed between the guard and now
        raise UnauthenticatedError
    return MeView(
        user=UserView.model_validate(_user_values(account)),
        organisation=CurrentOrganisationView.model_validate(current),
        role=actor.role,
        permissions=sorted(actor.permissions),
        memberships=[
            MembershipView(
                organisation_id=organisation.id,
                organisation_name=organisation.name,
                role=Role(membership.role),
            )
            for membership, organisation in memberships
        ],
        platform_role=actor.platform_role,
    )


async def profile_view(session: AsyncSession, actor: Actor) -> ProfileView:
    """The actor's own profile."""
    account = await _own_account(session, actor)
    organisation = await own_organisation(session, actor)
    return ProfileView.model_validate(
        {
            **_user_values(account),
            "role": actor.role,
            "platform_role": actor.platform_role,
            "organisation": CurrentOrganisationView.model_validate(organisation),
        }
    )


def card_view(organisation: Organisation) -> OrganisationCardView:
    """An organisation in the directory."""
    return OrganisationCardView.model_validate(organisation)


async def organisation_view(
    session: AsyncSession, organisation: Organisation, *, member_id: UUID | None
) -> OrganisationView:
    """An organisation's profile.

    Args:
        member_id: the organisation that the reader acts for; its members see the details.
    """
    profiles = await trading_profiles(session, organisation.id)
    card = card_view(organisation)
    return OrganisationView(
        **card.model_dump(),
        kind=organisation.kind,
        website=organisation.website,
        legal_name=organisation.legal_name,
        tax_id=organisation.tax_id,
        vat_number=organisation.vat_number,
        address=organisation.address,
        postal_code=organisation.postal_code,
        currency=organisation.currency,
        created_at=organisation.created_at,
        buyer_profile=_profile_view(organisation, profiles, Side.BUYER),
        vendor_profile=_profile_view(organisation, profiles, Side.VENDOR),
        details=OrganisationDetailsView.model_validate(organisation)
        if member_id == organisation.id
        else None,
    )


def _profile_view(
    organisation: Organisation, profiles: dict[Side, TradingProfile], side: Side
) -> TradingProfileView | None:
    trades = organisation.buys if side is Side.BUYER else organisation.sells
    profile = profiles.get(side)
    if profile is None or not trades:
        return None
    amount = profile.minimum_order_amount
    return TradingProfileView(
        payment_terms=profile.payment_terms,
        delivery_terms=profile.delivery_terms,
        delivery_place=profile.delivery_place,
        delivery_countries=profile.delivery_countries,
        lead_time_days=profile.lead_time_days,
        minimum_order=None if amount is None else MoneyBody.of(amount, organisation.currency),
    )
