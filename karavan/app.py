"""The web application's composition root: settings in, a FastAPI application out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from karavan import __version__
from karavan.adapters.oauth import SANDBOX_PATH, sandbox_app
from karavan.api import API_PREFIX, routers
from karavan.kit.db import Database
from karavan.kit.realtime import Hub, socket_router, streams_end_on_signals
from karavan.kit.routing import declare_problem
from karavan.kit.wakeups import Waker
from karavan.kit.web import EdgeMiddleware, install_error_handlers
from karavan.modules.identity.public import credentials_reader
from karavan.modules.organisations.public import resolve_actor
from karavan.settings import Settings
from karavan.wiring import services_for

_DESCRIPTION = """One open trade platform: companies find each other, request and compare quotes, sign deals, invoice,
and talk, through this API. The web application uses nothing else."""


def create_app(settings: Settings) -> FastAPI:
    """Build the application. `settings.database_url` names a database that has been migrated."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = Database(settings.database_url, pool_size=settings.database_pool_size)
        app.state.database = database
        waker, hub = Waker(database), Hub(database)
        waker.start()
        await hub.start()
        app.state.realtime = hub
        with streams_end_on_signals(hub):
            yield
        await hub.close()
        await waker.close()
        await database.close()

    app = FastAPI(
        title="Karavan",
        version=__version__,
        description=_DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url="/docs",
        redoc_url="/redoc",
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
        separate_input_output_schemas=False,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.services = services_for(settings)
    app.state.resolve_actor = resolve_actor
    app.state.credentials_from = credentials_reader(settings)
    app.include_router(socket_router, prefix=API_PREFIX)
    for router in routers():
        app.include_router(router, prefix=API_PREFIX)
    if settings.development:
        app.mount(SANDBOX_PATH, sandbox_app(settings))
    install_error_handlers(app)
    app.add_middleware(
        EdgeMiddleware,
        credentials_from=app.state.credentials_from,
        base_url=settings.base_url,
        body_max_bytes=settings.body_max_bytes,
        upload_max_bytes=settings.upload_max_bytes,
        hsts=settings.secure_cookies,
    )
    app.openapi = lambda: openapi_document(app)  # type: ignore[method-assign]  # FastAPI's own extension point
    return app


def from_environment() -> FastAPI:
    """The application of a server process that was given its settings by its environment."""
    return create_app(Settings())


def _operation_id(route: APIRoute) -> str:
    tag = str(route.tags[0]) if route.tags else "platform"
    return f"{tag}-{route.name}".replace("_", "-").replace(" ", "-")


def openapi_document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with problems declared instead of FastAPI's default validation answer."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            separate_input_output_schemas=False,
        )
        declare_problem(schema)
        for unused in ("HTTPValidationError", "ValidationError"):
            schema["components"]["schemas"].pop(unused, None)
        app.openapi_schema = schema
    return app.openapi_schema
