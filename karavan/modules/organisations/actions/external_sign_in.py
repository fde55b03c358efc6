"""Sign in, or register, with an account at another provider."""

from msgspec import Struct
from msgspec.structs import asdict, replace

from karavan.kit.errors import invalid
from karavan.kit.scopes import SYSTEM
from karavan.modules.identity.public import (
    Doorway,
    ExternalIdentity,
    OAuthLinkRequiredError,
    RegistrationRefusedError,
    RegistrationTokenError,
    SessionTokens,
    account_exists_wording,
    find_linked_login,
    find_login,
    link_identity,
    login_of,
    send_notice,
    signed,
    start_session,
    unsigned,
)
from karavan.modules.organisations.actions.open_account import NewAccount, open_account
from karavan.modules.organisations.actions.sign_in import enter
from karavan.settings import Settings

TOKEN_TTL_S = 15 * 60
_PURPOSE = "oauth-registration"


class RegistrationOffer(Struct, frozen=True):
    """Somebody whom a provider has identified and whom we do not know yet."""

    token: str
    identity: ExternalIdentity


async def sign_in_externally(
    door: Doorway, identity: ExternalIdentity
) -> SessionTokens | RegistrationOffer:
    """Sign in whoever is known by this provider's subject, or by an address that both sides have verified.

    An address that the provider does not vouch for identifies nobody: it neither signs in nor tells whether it has an
    account.

    Raises:
        OAuthLinkRequiredError: the verified address has an account whose owner never proved it to us. Signing the
            visitor in would hand them what somebody else may have registered under their address, and the other
            way round (account pre-hijacking). `meta.token` connects the two at sign-in by password.
    """
    async with door.database.transaction(SYSTEM) as session:
        login = await find_linked_login(session, identity.provider, identity.subject)
        if login is not None:
            return await enter(session, door, login)
        if identity.email is not None and identity.email_verified:
            login = await find_login(session, identity.email)
        if login is not None and login.email_verified:
            tokens = await enter(session, door, login)
            await link_identity(session, login, identity, tokens.organisation_id)
            return tokens
    token = offer_token(door.settings, identity)
    if login is not None:
        raise OAuthLinkRequiredError(token=token, email=identity.email)
    return RegistrationOffer(token, identity)


def offer_token(settings: Settings, identity: ExternalIdentity) -> str:
    """What the provider said, signed by us for a quarter of an hour."""
    return signed(settings, _PURPOSE, {"identity": asdict(identity)}, ttl_s=TOKEN_TTL_S)


def offered_identity(settings: Settings, token: str) -> ExternalIdentity:
    """The identity in a token of `offer_token`.

    Raises:
        RegistrationTokenError: it is forged or expired.
    """
    claims = unsigned(settings, _PURPOSE, token)
    if claims is None:
        raise RegistrationTokenError
    return ExternalIdentity(**claims["identity"])


async def complete_registration(
    door: Doorway,
    *,
    token: str,
    email: str | None,
    new: NewAccount,
) -> SessionTokens:
    """Create the account that a sign-in at a provider was for.

    Args:
        email: asked for only when the provider gave none; then it counts as unverified.
        new: its address is replaced by the identity's.

    Raises:
        RegistrationTokenError: the token is forged or expired, or the provider's account was connected meanwhile.
        RegistrationRefusedError: the address has an account.
        ValidationError: neither the provider nor the person gave an address.
    """
    identity = offered_identity(door.settings, token)
    address = identity.email or email
    if address is None:
        raise invalid("#/email", "missing", "The provider gave no address: say which to use.")
    verified = identity.email_verified and identity.email is not None
    name = new.display_name or identity.display_name or address.partition("@")[0]
    new = replace(
        new,
        email=address,
        email_verified=verified,
        display_name=name,
        organisation=replace(new.organisation, name=new.organisation.name or name),
    )
    async with door.database.transaction(SYSTEM) as session:
        if await find_linked_login(session, identity.provider, identity.subject) is not None:
            raise RegistrationTokenError
        opened = await open_account(session, door.settings, door.visitor, new)
        if opened is not None:
            login = await login_of(session, opened.user_id)
            assert login is not None
            if not await link_identity(session, login, identity, opened.organisation_id):
                raise RegistrationTokenError
            return await start_session(
                session,
                door.settings,
                door.visitor,
                user_id=opened.user_id,
                organisation_id=opened.organisation_id,
            )
        taken = await find_login(session, address)
        if taken is not None:
            await send_notice(
                session,
                door.settings,
                taken,
                account_exists_wording(taken.locale),
                key=f"account-exists:{identity.provider}:{identity.subject}:{taken.user_id}",
            )
    raise RegistrationRefusedError
