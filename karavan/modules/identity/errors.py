"""What identity refuses. Refusals that touch on whether an account exists say the same in every case."""

from http import HTTPStatus

from karavan.kit.errors import DomainError


class InvalidCredentialsError(DomainError):
    """The address is unknown or the password is wrong: nobody is told which."""

    status = HTTPStatus.UNAUTHORIZED
    code = "identity.invalid_credentials"
    title = "The e-mail address or the password is not right."


class RegistrationRefusedError(DomainError):
    """The address has an account and the password is not that account's."""

    status = HTTPStatus.FORBIDDEN
    code = "identity.registration_refused"
    title = "We could not register you with these details. Sign in, or reset your password."


class RefreshRefusedError(DomainError):
    """The refresh token is unknown, used up, or its session has ended."""

    status = HTTPStatus.UNAUTHORIZED
    code = "identity.session_ended"
    title = "The session has ended. Sign in again."


class InvalidCodeError(DomainError):
    """The code is wrong, expired, used, tried too often, or was never sent."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "identity.invalid_code"
    title = "The code is not right or no longer valid. Check it, or ask for a new one."


class InvalidResetTokenError(DomainError):
    """The reset token is unknown, expired or used."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "identity.invalid_reset_token"
    title = "The reset has expired. Ask for a new code."


class WrongPasswordError(DomainError):
    """The present password, asked again before a change, is wrong."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "identity.wrong_password"
    title = "The current password is not right."


class OAuthStateError(DomainError):
    """The answer of a provider belongs to no sign-in that this browser began."""

    status = HTTPStatus.BAD_REQUEST
    code = "identity.oauth_state"
    title = "This sign-in has expired or was begun in another browser. Start again."


class OAuthDeniedError(DomainError):
    """The person declined at the provider."""

    status = HTTPStatus.FORBIDDEN
    code = "identity.oauth_denied"
    title = "The sign-in was declined."


class OAuthRefusedError(DomainError):
    """The provider refused the code, or its answer did not prove who the person is."""

    status = HTTPStatus.FORBIDDEN
    code = "identity.oauth_refused"
    title = "The provider did not confirm the sign-in. Start again."


class OAuthUnavailableError(DomainError):
    """The provider does not answer."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "identity.oauth_unavailable"
    title = "The provider does not answer at the moment. Try again, or sign in with a password."


class OAuthLinkRequiredError(DomainError):
    """An account with the address exists, but its owner has never proved to us that the address is theirs."""

    status = HTTPStatus.CONFLICT
    code = "identity.oauth_link_required"
    title = "An account with this address exists. Sign in with its password to connect the two."


class RegistrationTokenError(DomainError):
    """The token that a sign-in at a provider gave is forged, expired or already used."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "identity.registration_token"
    title = "The registration has expired. Sign in with the provider again."
