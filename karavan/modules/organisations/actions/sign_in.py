"""Sign in and register. Hashes are computed between transactions, never inside one."""

from uuid import UUID

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor, Role
from karavan.kit.clock import utc_now
from karavan.kit.scopes import SYSTEM
from karavan.modules.identity.public import (
    Doorway,
    ExternalIdentity,
    InvalidCredentialsError,
    Login,
    RegistrationRefusedError,
    SessionTokens,
    account_exists_wording,
    check_new_password,
    find_login,
    hash_password,
    link_identity,
    send_notice,
    start_session,
    store_hash,
    verify_password,
)
from karavan.modules.organisations.actions.open_account import NewAccount, open_account
from karavan.modules.organisations.actions.open_organisation import (
    Founder,
    NewOrganisation,
    open_organisation,
)
from karavan.modules.organisations.queries import membership_to_enter
from karavan.modules.organisations.roles import Interest
from karavan.settings import Settings


async def sign_in(
    door: Doorway,
    *,
    email: str,
    password: str,
    link: ExternalIdentity | None = None,
) -> SessionTokens:
    """Sign in with a password.

    Args:
        link: an account at a provider to connect once the password has proved who this is.

    Raises:
        InvalidCredentialsError: unknown address or wrong password; a hash is computed in both cases.
    """
    async with door.database.transaction(SYSTEM) as session:
        login = await find_login(session, email)
    right, renewed = await verify_password(password, login.password_hash if login else None)
    if login is None or not right:
        raise InvalidCredentialsError
    async with door.database.transaction(SYSTEM) as session:
        if renewed is not None:
            await store_hash(session, login, renewed)
        tokens = await enter(session, door, login)
        if link is not None:
            await link_identity(session, login, link, tokens.organisation_id)
        return tokens


async def register(door: Doorway, new: NewAccount, password: str) -> SessionTokens:
    """Create an account and sign it in.

    An address that has an account signs in when the password is that account's: the person is who they say. With
    another password the refusal tells as little as it can, and the owner of the address is told by mail.
    `docs/subsystems/sign-in.md` weighs this.

    Raises:
        RegistrationRefusedError: the address has an account with another password.
        ValidationError: the password is too weak.
    """
    check_new_password(password, email=new.email)
    async with door.database.transaction(SYSTEM) as session:
        login = await find_login(session, new.email)
    if login is None:
        hashed = await hash_password(password)
        async with door.database.transaction(SYSTEM) as session:
            opened = await open_account(
                session, door.settings, door.visitor, replace(new, password_hash=hashed)
            )
            if opened is not None:
                return await start_session(
                    session,
                    door.settings,
                    door.visitor,
                    user_id=opened.user_id,
                    organisation_id=opened.organisation_id,
                )
            # Somebody registered the address while the hash was being computed.
            login = await find_login(session, new.email)
    right, _ = await verify_password(password, login.password_hash if login else None)
    async with door.database.transaction(SYSTEM) as session:
        if login is not None and right:
            return await enter(session, door, login)
        if login is not None:
            await _tell_owner(session, door.settings, login)
    raise RegistrationRefusedError


async def _tell_owner(session: AsyncSession, settings: Settings, login: Login) -> None:
    # One mail a day: a stranger must not be able to fill somebody's mailbox through us.
    today = utc_now().date().isoformat()
    key = f"account-exists:{login.user_id}:{today}"
    await send_notice(session, settings, login, account_exists_wording(login.locale), key=key)


async def enter(
    session: AsyncSession,
    door: Doorway,
    login: Login,
    organisation_id: UUID | None = None,
) -> SessionTokens:
    """Start a session for somebody whose identity is established; the transaction must be the system's.

    They enter the organisation they used last, else the one they joined first. Whoever belongs to none any more gets
    a personal one: every session acts for an organisation.
    """
    wanted = organisation_id or login.last_organisation_id
    entered = await membership_to_enter(session, login.user_id, wanted)
    if entered is None:
        founder = Founder(
            user_id=login.user_id,
            display_name=login.display_name,
            email=login.email,
            visitor=door.visitor,
        )
        new = NewOrganisation(
            name=login.display_name, interest=Interest.CUSTOMER, locale=login.locale
        )
        entered = ((await open_organisation(session, founder, new)).id, Role.OWNER)
    tokens = await start_session(
        session, door.settings, door.visitor, user_id=login.user_id, organisation_id=entered[0]
    )
    actor = Actor(
        user_id=login.user_id,
        organisation_id=entered[0],
        role=entered[1],
        display_name=login.display_name,
        ip=door.visitor.ip,
        request_id=door.visitor.request_id,
    )
    record_audit(
        session,
        actor,
        "session.start",
        target_type="session",
        target_id=tokens.session_id,
        target_label=login.display_name,
    )
    return tokens
