"""Who may do what: roles, permissions, and the guard that stands in every endpoint's signature."""

from collections.abc import Awaitable, Callable, Iterable
from enum import StrEnum
from typing import Annotated, Any, Protocol
from uuid import UUID

from fastapi import Depends, Request
from msgspec import Struct, field
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import ForbiddenError, UnauthenticatedError
from karavan.kit.idempotency import claim
from karavan.kit.unit_of_work import open_transaction


class Role(StrEnum):
    """A person's role in one organisation."""

    OWNER = "owner"
    ADMIN = "admin"
    MANAGER = "manager"
    SALES = "sales"
    BUYER = "buyer"
    VENDOR = "vendor"
    VIEWER = "viewer"


class PlatformRole(StrEnum):
    """A person's role on the platform itself."""

    SUPERADMIN = "superadmin"
    ADMIN = "admin"
    MODERATOR = "moderator"
    ANALYST = "analyst"
    SUPPORT = "support"
    ACCOUNT_MANAGER = "account_manager"


EVERY_ROLE = frozenset(Role)
LEADERS = frozenset({Role.OWNER, Role.ADMIN})

_granted_to: dict[str, frozenset[Role | PlatformRole]] = {}


class Permission(str):
    """The name of a permission, such as `requests:write`. Made by `permission()` alone."""

    __slots__ = ()


def permission(name: str, roles: Iterable[Role | PlatformRole]) -> Permission:
    """Declare a permission together with the roles that carry it.

    Every module declares its own, so a new capability changes no central table.

    Raises:
        ValueError: the name is already taken.
    """
    if name in _granted_to:
        raise ValueError(f"permission {name} is declared twice")
    _granted_to[name] = frozenset(roles)
    return Permission(name)


def declared_permissions() -> dict[str, frozenset[Role | PlatformRole]]:
    """Every permission and the roles that carry it."""
    return dict(_granted_to)


def permissions_of(role: Role | None, platform_role: PlatformRole | None) -> frozenset[str]:
    """What somebody with these roles may do. Roles of the two kinds never stand in for one another."""
    return frozenset(
        name
        for name, roles in _granted_to.items()
        if any(
            type(granted) is type(held) and granted == held
            for granted in roles
            for held in (role, platform_role)
            if held is not None
        )
    )


class Actor(Struct, frozen=True, kw_only=True):
    """Who is asking, for which organisation, and what they may do.

    Attributes:
        organisation_sells: whether it says of itself that it sells; it may sell without having a product yet.
    """

    user_id: UUID
    organisation_id: UUID
    role: Role
    session_id: UUID | None = None
    platform_role: PlatformRole | None = None
    display_name: str = ""
    email: str = ""
    locale: str = "en"
    organisation_name: str = ""
    organisation_sells: bool = True
    ip: str | None = None
    request_id: str | None = None
    permissions: frozenset[str] = field(default_factory=frozenset)

    def may(self, wanted: Permission) -> bool:
        """Whether the roles carry `wanted`."""
        return wanted in self.permissions

    def require(self, wanted: Permission) -> None:
        """Refuse unless the roles carry `wanted`.

        Raises:
            ForbiddenError: they do not.
        """
        if not self.may(wanted):
            raise ForbiddenError(permission=str(wanted), role=self.role.value)


class Credentials(Struct, frozen=True):
    """What a verified access token says, before the database is asked."""

    user_id: UUID
    organisation_id: UUID
    session_id: UUID


class ActorResolver(Protocol):
    """Turns credentials into an actor in one round trip. The composition root provides it."""

    async def __call__(
        self, session: AsyncSession, credentials: Credentials, request: Request
    ) -> Actor | None:
        """The actor, or nothing when the session has ended or the membership is gone."""


async def current_actor(request: Request, session: AsyncSession) -> Actor:
    """The signed-in actor.

    Raises:
        UnauthenticatedError: nobody is signed in, or the session has ended.
    """
    credentials: Credentials | None = request.state.credentials
    if credentials is None:
        raise UnauthenticatedError
    resolve: ActorResolver = request.app.state.resolve_actor
    actor = await resolve(session, credentials, request)
    if actor is None:
        raise UnauthenticatedError
    request.state.actor = actor
    await claim(session, request, organisation_id=actor.organisation_id, user_id=actor.user_id)
    return actor


async def signed_in(request: Request) -> Actor:
    """The signed-in actor, in the request's own transaction.

    A guard asks for neither by FastAPI's means: each level of dependencies costs a read as much as its statement.

    Raises:
        UnauthenticatedError: nobody is signed in, or the session has ended.
    """
    known: Actor | None = getattr(request.state, "actor", None)
    if known is not None:
        return known
    return await current_actor(request, await open_transaction(request))


async def optional_actor(request: Request) -> Actor | None:
    """The signed-in actor on a public page, or nothing."""
    if request.state.credentials is None:
        return None
    try:
        return await signed_in(request)
    except UnauthenticatedError:
        return None


CurrentActor = Annotated[Actor, Depends(signed_in)]
OptionalActor = Annotated[Actor | None, Depends(optional_actor)]


def requires(wanted: Permission) -> Any:
    """A guard for an endpoint's signature: `actor: Annotated[Actor, requires(QUOTE_SUBMIT)]`."""

    async def guard(request: Request) -> Actor:
        actor = await signed_in(request)
        actor.require(wanted)
        return actor

    guard.permission = wanted  # type: ignore[attr-defined]  # read by the test that every route has a guard
    return Depends(guard)


Guard = Callable[..., Awaitable[Actor]]
