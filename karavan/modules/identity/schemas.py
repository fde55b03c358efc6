"""Bodies of requests and answers about one's own account."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from karavan.kit.schemas import Body, View
from karavan.modules.identity.emails import Email
from karavan.modules.identity.passwords import PasswordText

OpaqueToken = Annotated[str, StringConstraints(min_length=1, max_length=4096)]


class RequestResetBody(Body):
    """Whose password is to be reset."""

    email: Email


class VerifyResetCodeBody(Body):
    """The code that came by mail."""

    email: Email
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=16)]


class ResetTokenView(View):
    """What a right code is exchanged for."""

    reset_token: str = Field(description="Good once, for ten minutes.")


class ResetPasswordBody(Body):
    """A new password, by a reset token."""

    reset_token: OpaqueToken
    password: PasswordText


class ChangePasswordBody(Body):
    """A new password, by the present one."""

    current_password: PasswordText | None = Field(
        None, description="Left out only by somebody who has no password yet."
    )
    new_password: PasswordText


class LogoutBody(Body):
    """A refresh token whose session is to end, for programs whose access token has expired."""

    refresh_token: OpaqueToken | None = None


class AcceptedView(View):
    """The request was taken; what follows comes by mail, if at all."""

    status: str = "accepted"


class SessionView(View):
    """One signed-in browser or program."""

    id: UUID
    device: str = Field(examples=["Firefox on Windows"])
    ip: str | None
    created_at: datetime
    last_used_at: datetime = Field(description="When it was last used, to within five minutes.")
    expires_at: datetime
    current: bool = Field(description="Whether it is the session of this very request.")


class SessionsView(View):
    """One's sessions, the latest used first."""

    items: list[SessionView]


class ProviderLinkView(View):
    """A provider at which one can sign in."""

    name: str
    label: str
    url: str = Field(description="Where to send the browser.")


class ProvidersView(View):
    """The providers that are set up."""

    providers: list[ProviderLinkView]
