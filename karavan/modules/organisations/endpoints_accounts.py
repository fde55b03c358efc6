"""Signing in and registering, and who one is."""

from typing import Annotated

from fastapi import Request, Response

from karavan.kit.authz import Actor, PlatformRole, Role, requires
from karavan.kit.errors import NotFoundError
from karavan.kit.routing import router as make_router
from karavan.kit.scopes import SYSTEM
from karavan.kit.unit_of_work import SystemTx, Tx
from karavan.modules.identity.public import (
    ACCOUNT_MANAGE,
    DoorwayOf,
    RefreshRefusedError,
    SettingsOf,
    accounts_of,
    demo_user_ids,
    refresh_cookie_of,
    refresh_session,
    set_session_cookies,
    switch_session,
)
from karavan.modules.organisations.account_schemas import (
    DemoAccountsView,
    DemoAccountView,
    LoginBody,
    MeView,
    ProfileView,
    RefreshBody,
    RegisterBody,
    SwitchBody,
    TokensView,
)
from karavan.modules.organisations.actions.external_sign_in import offered_identity
from karavan.modules.organisations.actions.open_account import NewAccount
from karavan.modules.organisations.actions.open_organisation import NewOrganisation
from karavan.modules.organisations.actions.sign_in import register as register_account
from karavan.modules.organisations.actions.sign_in import sign_in
from karavan.modules.organisations.demo import DEMO_PASSWORD
from karavan.modules.organisations.queries import is_member, memberships_of
from karavan.modules.organisations.views import me_view, profile_view, tokens_view

router = make_router("/auth", "auth")
users = make_router("/users", "users")
routers = [router, users]

Me = Annotated[Actor, requires(ACCOUNT_MANAGE)]


@router.post("/register", status_code=201)
async def register(
    body: RegisterBody,
    response: Response,
    door: DoorwayOf,
) -> TokensView:
    """Create a person, their organisation and its trading profile together, and sign in.

    An address that has an account signs in when the password is right.
    """
    name = body.display_name or body.email.partition("@")[0]
    new = NewAccount(
        email=body.email,
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
    tokens = await register_account(door, new, body.password)
    set_session_cookies(response, door.settings, tokens)
    return tokens_view(tokens)


@router.post("/login")
async def login(
    body: LoginBody,
    response: Response,
    door: DoorwayOf,
) -> TokensView:
    """Sign in with a password. The tokens stand in the answer and in cookies."""
    link = None if body.link_token is None else offered_identity(door.settings, body.link_token)
    tokens = await sign_in(door, email=body.email, password=body.password, link=link)
    set_session_cookies(response, door.settings, tokens)
    return tokens_view(tokens)


@router.post("/refresh")
async def refresh(
    request: Request,
    response: Response,
    door: DoorwayOf,
    body: RefreshBody | None = None,
) -> TokensView:
    """Exchange a refresh token, from the body or the cookie, for new tokens.

    A refresh token that was used before ends its session: somebody else may hold a copy.
    """
    given = body.refresh_token if body else None
    presented = given or refresh_cookie_of(request)
    tokens = None
    if presented is not None:
        async with door.database.transaction(SYSTEM) as session:
            tokens = await refresh_session(
                session, door.settings, door.visitor, presented, by_cookie=given is None
            )
    if tokens is None:
        raise RefreshRefusedError
    set_session_cookies(response, door.settings, tokens)
    return tokens_view(tokens, with_refresh=given is not None)


@router.post("/switch")
async def switch(
    body: SwitchBody, actor: Me, session: Tx, response: Response, settings: SettingsOf
) -> TokensView:
    """Act for another organisation that one belongs to. The refresh token stays as it is."""
    if not await is_member(session, actor.user_id, body.organisation_id):
        raise NotFoundError
    tokens = await switch_session(session, settings, actor, body.organisation_id)
    set_session_cookies(response, settings, tokens)
    return tokens_view(tokens)


@router.get("/me")
async def me(actor: Me, session: Tx) -> MeView:
    """Who is signed in, for whom, and what they may do."""
    return await me_view(session, actor)


@users.get("/me", name="read-user")
async def user_me(actor: Me, session: Tx) -> MeView:
    """The same as `GET /auth/me`."""
    return await me_view(session, actor)


@router.get("/profile")
async def read_profile(actor: Me, session: Tx) -> ProfileView:
    """One's profile."""
    return await profile_view(session, actor)


@router.get("/demo-accounts")
async def list_demo_accounts(session: SystemTx, settings: SettingsOf) -> DemoAccountsView:
    """The accounts of the demonstration and their password. Exists in development only."""
    if not settings.development:
        raise NotFoundError
    ids = await demo_user_ids(session)
    accounts = await accounts_of(session, ids)
    items = []
    for user_id in ids:
        memberships = await memberships_of(session, user_id)
        if not memberships:
            continue
        membership, organisation = memberships[0]
        account = accounts[user_id]
        items.append(
            DemoAccountView(
                email=account.email,
                password=DEMO_PASSWORD,
                display_name=account.display_name,
                role=Role(membership.role),
                platform_role=PlatformRole(account.platform_role)
                if account.platform_role
                else None,
                organisation_name=organisation.name,
            )
        )
    return DemoAccountsView(items=items)
