"""What identity needs from outside: providers at which people already have an account."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from karavan.kit.services import Port


class ExternalIdentity(Struct, frozen=True):
    """Who a provider says somebody is.

    Attributes:
        subject: the provider's stable id of the person; never an e-mail address or a name.
        email: nothing when the person has none there or did not share it.
        email_verified: whether the provider vouches that the address is theirs. Anything less than a clear yes is no.
    """

    provider: str
    subject: str
    email: str | None
    email_verified: bool
    display_name: str


class Authorization(Struct, frozen=True):
    """What a sign-in carries to the provider, and what must come back with it.

    Attributes:
        state: binds the answer to the browser that began.
        challenge: the PKCE code challenge (RFC 7636, S256).
        nonce: must stand in the ID token where there is one.
    """

    redirect_uri: str
    state: str
    challenge: str
    nonce: str


class OAuthProvider(Protocol):
    """A provider of sign-in by the authorization-code flow. Called with no transaction open."""

    name: str
    label: str

    async def authorize_url(self, authorization: Authorization) -> str:
        """The address at the provider to which the browser is sent.

        Raises:
            OAuthUnavailableError: the provider must be asked for it and does not answer.
        """

    async def identify(
        self, *, code: str, redirect_uri: str, verifier: str, nonce: str
    ) -> ExternalIdentity:
        """Exchange a code for who the person is.

        Raises:
            OAuthRefusedError: the code is refused, or the answer does not hold up.
            OAuthUnavailableError: the provider does not answer.
        """


OAUTH_PROVIDERS = Port[Mapping[str, OAuthProvider]]("OAuth providers")
