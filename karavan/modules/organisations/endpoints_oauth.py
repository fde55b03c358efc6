"""Coming back from another provider."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse

from karavan.kit.errors import DomainError
from karavan.kit.routing import router as make_router
from karavan.modules.identity.public import (
    DoorwayOf,
    OAuthDeniedError,
    OAuthRefusedError,
    OAuthStateError,
    Providers,
    abandon_oauth,
    finish_oauth,
    oauth_browser_of,
    provider_named,
    set_session_cookies,
)
from karavan.modules.organisations.account_schemas import (
    CallbackBody,
    CallbackView,
    CompleteRegistrationBody,
    TokensView,
)
from karavan.modules.organisations.actions.external_sign_in import (
    RegistrationOffer,
    complete_registration,
    sign_in_externally,
)
from karavan.modules.organisations.actions.open_account import NewAccount
from karavan.modules.organisations.actions.open_organisation import NewOrganisation
from karavan.modules.organisations.views import tokens_view

router = make_router("/auth/oauth", "auth")

_LANDING = "/oauth/callback"
_Parameter = Annotated[str | None, Query(max_length=4096)]


def _landing(**facts: str | None) -> RedirectResponse:
    """Back to the web application. Facts stand in the fragment: it reaches neither a log nor a Referer header."""
    known = {name: value for name, value in facts.items() if value is not None}
    return RedirectResponse(f"{_LANDING}#{urlencode(known)}", status_code=303)


@router.get("/{provider}/callback", status_code=303, response_class=RedirectResponse)
async def return_from_provider(
    provider: str,
    request: Request,
    providers: Providers,
    door: DoorwayOf,
    code: _Parameter = None,
    state: _Parameter = None,
    error: _Parameter = None,
) -> RedirectResponse:
    """Where the provider sends the browser back to.

    Answers with a redirect to the web application's `/oauth/callback`, whose fragment says what came of it:
    `status=signed_in&next=`, `status=registration_required&token=&email=&name=`, or `status=error&code=`.
    """
    chosen = provider_named(providers, provider)
    browser = oauth_browser_of(request)
    try:
        if state is None:
            raise OAuthStateError
        if code is None:
            await abandon_oauth(door.database, chosen, browser=browser, state=state)
            raise OAuthDeniedError() if error == "access_denied" else OAuthRefusedError()
        answer = await finish_oauth(door.database, chosen, browser=browser, state=state, code=code)
        outcome = await sign_in_externally(door, answer.identity)
    except DomainError as refusal:
        return _landing(
            status="error",
            code=refusal.code,
            provider=provider,
            link_token=refusal.meta.get("token"),
            email=refusal.meta.get("email"),
        )
    if isinstance(outcome, RegistrationOffer):
        return _landing(
            status="registration_required",
            token=outcome.token,
            email=outcome.identity.email,
            name=outcome.identity.display_name,
            next=answer.return_to,
        )
    response = _landing(status="signed_in", next=answer.return_to)
    set_session_cookies(response, door.settings, outcome)
    return response


@router.post("/{provider}/callback")
async def exchange_code(
    provider: str,
    body: CallbackBody,
    request: Request,
    response: Response,
    providers: Providers,
    door: DoorwayOf,
) -> CallbackView:
    """The same for a client that takes the provider's answer itself. It must hold the cookie set by `start`."""
    chosen = provider_named(providers, provider)
    answer = await finish_oauth(
        door.database, chosen, browser=oauth_browser_of(request), state=body.state, code=body.code
    )
    outcome = await sign_in_externally(door, answer.identity)
    if isinstance(outcome, RegistrationOffer):
        return CallbackView(
            status="registration_required",
            tokens=None,
            registration_token=outcome.token,
            email=outcome.identity.email,
            display_name=outcome.identity.display_name,
        )
    set_session_cookies(response, door.settings, outcome)
    return CallbackView(
        status="signed_in",
        tokens=tokens_view(outcome),
        registration_token=None,
        email=None,
        display_name=None,
    )


@router.post("/complete-registration", status_code=201)
async def complete(
    body: CompleteRegistrationBody,
    response: Response,
    door: DoorwayOf,
) -> TokensView:
    """Create the account that a sign-in at a provider was for: choose a role and name the organisation."""
    name = body.display_name or ""
    new = NewAccount(
        email="",
        password_hash=None,
        display_name=name,
        email_verified=False,
        organisation=NewOrganisation(
            name=body.organisation_name or name,
            interest=body.role,
            country=body.country,
            locale=body.locale,
        ),
    )
    tokens = await complete_registration(door, token=body.token, email=body.email, new=new)
    set_session_cookies(response, door.settings, tokens)
    return tokens_view(tokens)
