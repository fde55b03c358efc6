"""A bare application: chosen routers, and callers who simply say who they are.

For modules that stand below sign-in in a test. The edge, the guards, the transactions and the policies are the real ones.
"""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx
from fastapi import APIRouter, FastAPI, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import Headers

from karavan.kit.authz import Actor, Credentials, Role, permissions_of
from karavan.kit.db import Database
from karavan.kit.services import Services
from karavan.kit.signing import install_keys
from karavan.kit.telemetry import configure_logging
from karavan.kit.web import EdgeMiddleware, install_error_handlers
from karavan.settings import Settings


@dataclass(frozen=True)
class Person:
    """Somebody with a role in an organisation."""

    role: Role = Role.OWNER
    organisation_id: UUID = field(default_factory=uuid4)
    user_id: UUID = field(default_factory=uuid4)
    name: str = "Aigerim"

    @property
    def actor(self) -> Actor:
        """The person as actions see them."""
        return Actor(
            user_id=self.user_id,
            organisation_id=self.organisation_id,
            role=self.role,
            display_name=self.name,
            permissions=permissions_of(self.role, None),
        )


class BareApplication:
    """Builds clients for people: `client = bare.client_of(Person(role=Role.VIEWER))`."""

    def __init__(
        self, database: Database, settings: Settings, services: Services, *routers: APIRouter
    ) -> None:
        install_keys(settings)
        configure_logging(settings)
        self._people: dict[str, Person] = {}
        app = FastAPI()
        for router in routers:
            app.include_router(router)
        app.state.database = database
        app.state.settings = settings
        app.state.services = services
        app.state.resolve_actor = self._resolve
        install_error_handlers(app)
        app.add_middleware(
            EdgeMiddleware,
            credentials_from=self._credentials,
            base_url=settings.base_url,
            body_max_bytes=settings.body_max_bytes,
            files_max_bytes={"/api/v1/media": settings.upload_max_bytes},
            hsts=False,
        )
        self.app = app

    def client_of(self, person: Person | None) -> httpx.AsyncClient:
        """A client that speaks for `person`, or for nobody."""
        headers = {}
        if person is not None:
            self._people[str(person.user_id)] = person
            headers["authorization"] = f"Bearer {person.user_id}"
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers)

    def _credentials(self, headers: Headers) -> Credentials | None:
        person = self._people.get(headers.get("authorization", "").removeprefix("Bearer "))
        return person and Credentials(person.user_id, person.organisation_id, uuid4())

    async def _resolve(
        self, session: AsyncSession, credentials: Credentials, request: Request
    ) -> Actor:
        return self._people[str(credentials.user_id)].actor
