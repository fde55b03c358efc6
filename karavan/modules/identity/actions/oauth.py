"""Sign-in at another provider: begin it, take the answer, and connect the two accounts."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from msgspec import Struct
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.clock import database_now
from karavan.kit.db import Database
from karavan.kit.errors import NotFoundError
from karavan.kit.scopes import SYSTEM
from karavan.modules.identity.errors import OAuthStateError
from karavan.modules.identity.models import OAuthIdentity, OAuthState
from karavan.modules.identity.ports import Authorization, ExternalIdentity, OAuthProvider
from karavan.modules.identity.queries import Login
from karavan.modules.identity.tokens import new_opaque_token, token_hash

STATE_TTL = timedelta(minutes=10)


class OAuthAnswer(Struct, frozen=True):
    """What came of a sign-in at a provider."""

    identity: ExternalIdentity
    return_to: str


def provider_named(providers: Mapping[str, OAuthProvider], name: str) -> OAuthProvider:
    """The provider.

    Raises:
        NotFoundError: there is none of that name, or it is not set up.
    """
    if name not in providers:
        raise NotFoundError("This sign-in provider is not available.", provider=name[:50])
    return providers[name]


def local_path(path: str) -> str:
    """`path` when it is one of our own pages, else the workspace: no redirect ever leaves the site."""
    parts = urlsplit(path)
    safe = path.isprintable() and "\\" not in path and not parts.scheme and not parts.netloc
    return path if safe and path.startswith("/") and not path.startswith("//") else "/app"


async def begin_oauth(
    database: Database, provider: OAuthProvider, *, browser: str, redirect_uri: str, return_to: str
) -> str:
    """Begin a sign-in with state, nonce and PKCE (RFC 9700 § 2.1.1).

    Args:
        browser: a secret that the browser keeps in a cookie; the answer must come with it.

    Returns:
        the address to send the browser to.
    """
    state, nonce, verifier = new_opaque_token(), secrets.token_urlsafe(16), new_opaque_token()
    url = await provider.authorize_url(
        Authorization(redirect_uri, state, challenge_of(verifier), nonce)
    )
    async with database.transaction(SYSTEM) as session:
        now = await database_now(session)
        session.add(
            OAuthState(
                state_hash=token_hash(state),
                provider=provider.name,
                browser_hash=token_hash(browser),
                verifier=verifier,
                nonce=nonce,
                redirect_uri=redirect_uri,
                return_to=local_path(return_to),
                expires_at=now + STATE_TTL,
            )
        )
    return url


def challenge_of(verifier: str) -> str:
    """The PKCE challenge of a verifier, method S256 (RFC 7636 § 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


async def finish_oauth(
    database: Database, provider: OAuthProvider, *, browser: str | None, state: str, code: str
) -> OAuthAnswer:
    """Take a provider's answer: use up the state, then ask the provider who it is.

    Raises:
        OAuthStateError: the state is unknown, used, expired, of another provider or of another browser.
        OAuthRefusedError, OAuthUnavailableError: as the provider's adapter says.
    """
    row = await _used_up(database, provider, browser=browser, state=state)
    identity = await provider.identify(
        code=code, redirect_uri=row.redirect_uri, verifier=row.verifier, nonce=row.nonce
    )
    return OAuthAnswer(identity, row.return_to)


async def abandon_oauth(
    database: Database, provider: OAuthProvider, *, browser: str | None, state: str
) -> str:
    """Use up the state of a sign-in that the person declined; returns where it began.

    Raises:
        OAuthStateError: as in `finish_oauth`.
    """
    return (await _used_up(database, provider, browser=browser, state=state)).return_to


async def _used_up(
    database: Database, provider: OAuthProvider, *, browser: str | None, state: str
) -> OAuthState:
    async with database.transaction(SYSTEM) as session:
        now = await database_now(session)
        row = (
            await session.execute(
                delete(OAuthState)
                .where(OAuthState.state_hash == token_hash(state))
                .returning(OAuthState)
            )
        ).scalar_one_or_none()
    # Whoever presents a state has used it up, also from the wrong browser: the deletion has been committed.
    if (
        row is None
        or browser is None
        or row.browser_hash != token_hash(browser)
        or row.provider != provider.name
        or row.expires_at <= now
    ):
        raise OAuthStateError
    return row


async def link_identity(
    session: AsyncSession, login: Login, identity: ExternalIdentity, organisation_id: UUID
) -> bool:
    """Connect a provider's account with a person; the transaction must be the system's.

    Returns:
        whether it is connected to this person now; no when it already is to another.
    """
    await session.execute(
        insert(OAuthIdentity)
        .values(
            provider=identity.provider,
            subject=identity.subject,
            user_id=login.user_id,
            email=identity.email,
        )
        .on_conflict_do_nothing(index_elements=["provider", "subject"])
    )
    row = await session.get_one(OAuthIdentity, (identity.provider, identity.subject))
    if row.user_id != login.user_id:
        return False
    record_audit(
        session,
        None,
        "user.link_provider",
        target_type="user",
        target_id=login.user_id,
        target_label=login.display_name,
        organisation_id=organisation_id,
        after={"provider": identity.provider},
    )
    return True
