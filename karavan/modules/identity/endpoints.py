"""One's own account: password, sessions, providers."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse

from karavan.kit.authz import Actor, Credentials, requires
from karavan.kit.errors import FieldError
from karavan.kit.routing import router as make_router
from karavan.kit.scopes import SYSTEM
from karavan.kit.unit_of_work import SystemTx, Tx
from karavan.modules.identity.actions import change_password as changing
from karavan.modules.identity.actions import reset_password as resetting
from karavan.modules.identity.actions.end_sessions import end_session, sign_out
from karavan.modules.identity.actions.oauth import begin_oauth, provider_named
from karavan.modules.identity.errors import InvalidCodeError
from karavan.modules.identity.permissions import ACCOUNT_MANAGE
from karavan.modules.identity.queries import live_sessions
from karavan.modules.identity.schemas import (
    AcceptedView,
    ChangePasswordBody,
    LogoutBody,
    ProviderLinkView,
    ProvidersView,
    RequestResetBody,
    ResetPasswordBody,
    ResetTokenView,
    SessionsView,
    SessionView,
    VerifyResetCodeBody,
)
from karavan.modules.identity.tasks import enqueue_reset_code
from karavan.modules.identity.web import (
    DatabaseOf,
    Providers,
    SettingsOf,
    clear_session_cookies,
    keep_oauth_browser,
    refresh_cookie_of,
)

router = make_router("/auth", "auth")

Me = Annotated[Actor, requires(ACCOUNT_MANAGE)]


@router.post("/request-password-reset", status_code=202)
async def request_password_reset(body: RequestResetBody, session: SystemTx) -> AcceptedView:
    """Have a six-digit code sent by mail. The answer is the same whether or not the address has an account."""
    await enqueue_reset_code(session, body.email)
    return AcceptedView()


@router.post("/verify-reset-code")
async def verify_reset_code(
    body: VerifyResetCodeBody, database: DatabaseOf, settings: SettingsOf
) -> ResetTokenView:
    """Exchange the code for a reset token. A code is good for ten minutes, one use and five tries."""
    async with database.transaction(SYSTEM) as session:
        token = await resetting.verify_reset_code(
            session, settings, email=body.email, code=body.code
        )
    if token is None:
        raise InvalidCodeError(
            errors=[
                FieldError(
                    pointer="#/code", code=InvalidCodeError.code, detail=InvalidCodeError.title
                )
            ]
        )
    return ResetTokenView(reset_token=token)


@router.post("/reset-password", status_code=204)
async def reset_password(
    body: ResetPasswordBody, database: DatabaseOf, settings: SettingsOf
) -> Response:
    """Choose a new password with a reset token. Every session ends."""
    await resetting.reset_password(database, settings, body.reset_token, body.password)
    return Response(status_code=204)


@router.post("/change-password", status_code=204)
async def change_password(
    body: ChangePasswordBody, actor: Me, database: DatabaseOf, settings: SettingsOf
) -> Response:
    """Change one's password. The other sessions end."""
    await changing.change_password(
        database,
        settings,
        actor,
        current_password=body.current_password,
        new_password=body.new_password,
    )
    return Response(status_code=204)


@router.post("/logout", status_code=204)
async def logout(
    request: Request, session: SystemTx, settings: SettingsOf, body: LogoutBody | None = None
) -> Response:
    """End the session and clear its cookies. Succeeds also when the tokens have expired."""
    credentials: Credentials | None = request.state.credentials
    await sign_out(
        session,
        session_id=credentials.session_id if credentials else None,
        refresh_token=(body.refresh_token if body else None) or refresh_cookie_of(request),
    )
    response = Response(status_code=204)
    clear_session_cookies(response, settings)
    return response


@router.get("/sessions")
async def list_sessions(actor: Me, session: Tx) -> SessionsView:
    """One's signed-in browsers and programs, the latest used first."""
    rows = await live_sessions(session, actor.user_id)
    return SessionsView(
        items=[
            SessionView(
                id=row.id,
                device=row.device,
                ip=row.ip,
                created_at=row.created_at,
                last_used_at=row.last_used_at,
                expires_at=row.expires_at,
                current=row.id == actor.session_id,
            )
            for row in rows
        ]
    )


@router.delete("/sessions/{session_id}", status_code=204)
async def end_one_session(session_id: UUID, actor: Me, session: Tx) -> Response:
    """End one of one's sessions. Its access token is refused from the next request on."""
    await end_session(session, actor, session_id)
    return Response(status_code=204)


@router.get("/oauth/urls")
async def list_providers(providers: Providers) -> ProvidersView:
    """The providers at which one can sign in."""
    return ProvidersView(
        providers=[
            ProviderLinkView(
                name=name, label=provider.label, url=f"/api/v1/auth/oauth/{name}/start"
            )
            for name, provider in providers.items()
        ]
    )


@router.get("/oauth/{provider}/start", status_code=303, response_class=RedirectResponse)
async def start_oauth(
    provider: str,
    request: Request,
    providers: Providers,
    database: DatabaseOf,
    settings: SettingsOf,
    next_path: Annotated[str, Query(alias="next", max_length=500)] = "/app",
) -> RedirectResponse:
    """Send the browser to the provider. `next` is where it comes back to in the web application."""
    chosen = provider_named(providers, provider)
    response = RedirectResponse("/", status_code=303)
    url = await begin_oauth(
        database,
        chosen,
        browser=keep_oauth_browser(request, response, settings),
        redirect_uri=redirect_uri_of(request, settings.public_url, provider),
        return_to=next_path,
    )
    response.headers["location"] = url
    return response


def redirect_uri_of(request: Request, public_url: str, provider: str) -> str:
    """Where the provider sends the browser back to.

    Without a public address it is the one that the browser used: the cookie of the sign-in belongs to it.
    """
    base = public_url.rstrip("/") or str(request.base_url).rstrip("/")
    return f"{base}/api/v1/auth/oauth/{provider}/callback"
