"""Accept an invitation: as the person who is signed in, by signing in, or as somebody new."""

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, Credentials, Role
from karavan.kit.clock import database_now
from karavan.kit.errors import NotFoundError, invalid
from karavan.kit.scopes import SYSTEM
from karavan.modules.identity.public import (
    Doorway,
    InvalidCredentialsError,
    Login,
    SessionTokens,
    check_new_password,
    confirm_email,
    email_key,
    find_login,
    hash_password,
    login_of,
    register_user,
    switch_session,
    token_hash,
    verify_password,
)
from karavan.modules.organisations.actions.join import Place, join
from karavan.modules.organisations.actions.sign_in import enter
from karavan.modules.organisations.errors import (
    InviteForOtherError,
    InviteUnusableError,
)
from karavan.modules.organisations.models import Invite
from karavan.modules.organisations.queries import state_of


async def accept_as_member(door: Doorway, token: str, credentials: Credentials) -> SessionTokens:
    """Accept as the signed-in person, whose session then acts for the organisation.

    Raises:
        NotFoundError, InviteUnusableError: see `_open_invite`.
        InviteForOtherError: the invitation went to another address.
        AlreadyMemberError: they belong to the organisation already.
        UnauthenticatedError: the session has ended.
    """
    async with door.database.transaction(SYSTEM) as session:
        invite = await _open_invite(session, token, lock=True)
        login = await login_of(session, credentials.user_id)
        if login is None or email_key(login.email) != invite.email_key:
            raise InviteForOtherError
        actor = await _join(session, door, invite, login)
        actor = replace(actor, session_id=credentials.session_id)
        return await switch_session(session, door.settings, actor, invite.organisation_id)


async def accept_with_password(
    door: Doorway,
    token: str,
    *,
    password: str,
    display_name: str | None,
) -> SessionTokens:
    """Accept with the password of the invited address's account, or, when it has none, with a new account.

    The token came by mail, so the address counts as verified.

    Raises:
        NotFoundError, InviteUnusableError: see `_open_invite`.
        InvalidCredentialsError: the address has an account and this is not its password.
        ValidationError: a new person gave a weak password or no name.
        AlreadyMemberError: they belong to the organisation already.
    """
    async with door.database.transaction(SYSTEM) as session:
        invite = await _open_invite(session, token)
        login = await find_login(session, invite.email)
    hashed: str | None = None
    if login is None:
        if not display_name:
            raise invalid("#/display_name", "missing", "Say what you are called.")
        check_new_password(password, email=invite.email)
        hashed = await hash_password(password)
    else:
        right, _ = await verify_password(password, login.password_hash)
        if not right:
            raise InvalidCredentialsError
    async with door.database.transaction(SYSTEM) as session:
        invite = await _open_invite(session, token, lock=True)
        if login is None:
            user = await register_user(
                session,
                email=invite.email,
                password_hash=hashed,
                display_name=display_name or "",
                locale=invite.locale,
                email_verified=True,
                organisation_id=invite.organisation_id,
            )
            if (
                user is None
            ):  # registered between the two transactions, with a password we have not checked
                raise InvalidCredentialsError
            login = await login_of(session, user.id)
            assert login is not None
        await _join(session, door, invite, login)
        return await enter(session, door, login, invite.organisation_id)


async def read_invite(session: AsyncSession, token: str) -> Invite:
    """The invitation of a token, in whatever state; the transaction must be the system's.

    Raises:
        NotFoundError: no invitation has this token.
    """
    return await _by_token(session, token, lock=False)


async def _by_token(session: AsyncSession, token: str, *, lock: bool) -> Invite:
    wanted = select(Invite).where(Invite.token_hash == token_hash(token))
    if lock:
        wanted = wanted.with_for_update(key_share=True)
    invite = (await session.execute(wanted)).scalar_one_or_none()
    if invite is None:
        raise NotFoundError
    return invite


async def _open_invite(session: AsyncSession, token: str, *, lock: bool = False) -> Invite:
    """An invitation that can be accepted now.

    Raises:
        NotFoundError: no invitation has this token.
        InviteUnusableError: it was accepted, revoked, or has expired.
    """
    invite = await _by_token(session, token, lock=lock)
    state = state_of(invite, await database_now(session))
    if state != "pending":
        raise InviteUnusableError(state=state)
    return invite


async def _join(session: AsyncSession, door: Doorway, invite: Invite, login: Login) -> Actor:
    place = Place(
        organisation_id=invite.organisation_id,
        role=Role(invite.role),
        invite_id=invite.id,
        invited_by_user_id=invite.invited_by_user_id,
    )
    actor = await join(session, door.visitor, place, login)
    invite.accepted_at = await database_now(session)
    invite.accepted_by_user_id = login.user_id
    await confirm_email(session, login.user_id)
    return actor
