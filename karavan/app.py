"""The web application's composition root: settings in, a FastAPI application out."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from karavan import __version__
from karavan.adapters.email.pages import json_router as mail_json_router
from karavan.adapters.email.pages import router as mail_router
from karavan.adapters.oauth import SANDBOX_PATH, sandbox_app
from karavan.api import route_table
from karavan.api_document import serve_document
from karavan.first_paint import FirstPaint
from karavan.kit.db import Database
from karavan.kit.operation import router as operation_router
from karavan.kit.ratelimit import PostgresLimitStore, RateLimiter, RateLimitMiddleware
from karavan.kit.realtime import Hub, socket_router, streams_end_on_signals
from karavan.kit.routing import API_PREFIX, RouteTable, declare_problem
from karavan.kit.telemetry import (
    OPERATION_PATHS,
    MetricsMiddleware,
    configure_logging,
    configure_tracing,
)
from karavan.kit.wakeups import Waker
from karavan.kit.web import EdgeMiddleware, install_error_handlers, problem_response
from karavan.modules.catalogue.public_pages import CATALOGUE_FACTS, CATALOGUE_PAGES
from karavan.modules.identity.public import credentials_reader
from karavan.modules.organisations.public import resolve_actor
from karavan.modules.procurement.public_pages import REQUEST_PAGES
from karavan.settings import Settings
from karavan.web_app import WebApp
from karavan.web_heads import PageHeads
from karavan.wiring import services_for

_DESCRIPTION = """One open trade platform: companies find each other, request and compare quotes, sign deals, invoice,
and talk, through this API. The web application uses nothing else."""


SIGN_IN_PATHS = re.compile(
    rf"{API_PREFIX}/(?:auth/(?:login|register|refresh|request-password-reset|verify-reset-code|reset-password"
    r"|change-password|oauth/complete-registration)|invites/[^/]+/accept)"
)
"""Doors at which somebody could try many passwords, codes or addresses."""

PICTURE_PATHS = re.compile(rf"{API_PREFIX}/media/pictures/[^/]+/[^/]+")
"""Pictures of goods, of which one page shows dozens."""


def create_app(settings: Settings) -> FastAPI:
    """Build the application. `settings.database_url` names a database that has been migrated."""
    configure_logging(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = Database(settings.database_url, pool_size=settings.database_pool_size)
        app.state.database = database
        app.state.rate_limiter = RateLimiter(PostgresLimitStore(database))
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
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        separate_input_output_schemas=False,
        redirect_slashes=False,
        telemetry={"exclude": lambda scope: scope["path"] in OPERATION_PATHS},
    )
    serve_document(app)
    app.state.settings = settings
    app.state.services = services_for(settings)
    app.state.resolve_actor = resolve_actor
    app.state.credentials_from = credentials_reader(settings)
    app.include_router(socket_router, prefix=API_PREFIX)
    app.router.routes.append(route_table())
    app.include_router(operation_router)
    if settings.development:
        app.include_router(mail_json_router)
        app.include_router(mail_router)
        app.mount(SANDBOX_PATH, sandbox_app(settings))
    pages = WebApp(
        settings.web_dist,
        PageHeads(settings.base_url, [REQUEST_PAGES, *CATALOGUE_PAGES], CATALOGUE_FACTS),
        FirstPaint(),
    )
    app.add_route("/{path:path}", pages.serve, ["GET", "HEAD"], include_in_schema=False)
    install_error_handlers(app)
    _surround(app, settings)
    configure_tracing(settings)
    app.openapi = lambda: openapi_document(app)  # type: ignore[method-assign]  # FastAPI's own extension point
    return app


def _surround(app: FastAPI, settings: Settings) -> None:
    """Put around the routes what every request passes through."""
    # The last one added stands outermost: measure, then the edge, then the limits that need the edge's credentials.
    app.add_middleware(
        RateLimitMiddleware,
        limiter=lambda scope: scope["app"].state.rate_limiter,
        settings=settings,
        sign_in_paths=SIGN_IN_PATHS,
        picture_paths=PICTURE_PATHS,
        refuse=problem_response,
    )
    app.add_middleware(
        EdgeMiddleware,
        credentials_from=app.state.credentials_from,
        base_url=settings.base_url,
        body_max_bytes=settings.body_max_bytes,
        files_max_bytes={
            # What a file is for stands in its form: the route itself asks for the limit of each purpose.
            f"{API_PREFIX}/media": max(settings.upload_max_bytes, settings.import_max_bytes),
            f"{API_PREFIX}/requests/import": settings.upload_max_bytes,
        },
        hsts=settings.secure_cookies,
    )
    app.add_middleware(MetricsMiddleware)


def flat_routes(app: FastAPI) -> list[BaseRoute]:
    """The application's routes, with those of the table one by one."""
    return [
        one
        for route in app.routes
        for one in (route.routes if isinstance(route, RouteTable) else [route])
    ]


def openapi_document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with problems declared instead of FastAPI's default validation answer."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=flat_routes(app),
            separate_input_output_schemas=False,
        )
        declare_problem(schema)
        for unused in ("HTTPValidationError", "ValidationError"):
            schema["components"]["schemas"].pop(unused, None)
        app.openapi_schema = schema
    return app.openapi_schema
