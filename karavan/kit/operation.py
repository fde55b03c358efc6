"""Routes for those who run the platform: is it alive, does it serve, how is it doing."""

import asyncio
import hmac
import time
from functools import lru_cache

import structlog
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from karavan import __version__
from karavan.kit.errors import UnauthenticatedError
from karavan.kit.migrate import head
from karavan.kit.routing import PROBLEM_RESPONSES
from karavan.kit.storage import STORAGE, Storage
from karavan.kit.telemetry import metrics_text
from karavan.kit.unit_of_work import database_of

log = structlog.get_logger()

router = APIRouter(tags=["operation"])

_STORAGE_CHECK_INTERVAL_S = 30.0
_CHECK_TIMEOUT_S = 5.0

needed_revision = lru_cache(maxsize=1)(head)


class Health(BaseModel):
    """The process answers."""

    status: str
    version: str


class Readiness(BaseModel):
    """Whether requests can be served, and which part is missing."""

    ready: bool
    checks: dict[str, bool]


@router.get("/health")
async def health() -> Health:
    """Whether this process lives. Touches nothing else, so that a broken database does not get it restarted."""
    return Health(status="ok", version=__version__)


@router.get("/ping")
async def ping() -> dict[str, str]:
    """The shortest answer."""
    return {"ping": "pong"}


@router.get("/ready", responses={503: {"model": Readiness}})
async def ready(request: Request, response: Response) -> Readiness:
    """Whether database, migrations, file store and what else is being prepared are there; 503 while one is not."""
    revision = await _revision(request)
    checks = {
        "database": revision is not None,
        "migrations": revision == await asyncio.to_thread(needed_revision),
        "storage": await _storage_works(request),
    }
    preparations = getattr(request.app.state, "preparations", {})
    prepared = {name: done() for name, done in preparations.items()}
    if not all(checks.values()):
        log.warning("not_ready", checks=checks)
    checks |= prepared
    if not all(checks.values()):
        response.status_code = 503
        response.headers["retry-after"] = "5"
    return Readiness(ready=all(checks.values()), checks=checks)


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}, 401: PROBLEM_RESPONSES[401]},
)
async def metrics(request: Request) -> Response:
    """Metrics for Prometheus; with `KARAVAN_METRICS_TOKEN` set, only to its bearer."""
    token = request.app.state.settings.metrics_token.get_secret_value()
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and not hmac.compare_digest(given.encode(), token.encode()):
        raise UnauthenticatedError
    content = await metrics_text(database_of(request))
    return Response(content, media_type="text/plain; version=0.0.4; charset=utf-8")


async def _revision(request: Request) -> str | None:
    try:
        async with asyncio.timeout(_CHECK_TIMEOUT_S), database_of(request).transaction() as session:
            found = await session.execute(text("select version_num from alembic_version"))
            return str(found.scalar_one())
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.warning("database_unreachable", error=repr(error)[:300])
        return None


async def _storage_works(request: Request) -> bool:
    """The last answer of the store, asked again when it is older than half a minute or was no."""
    checked_at, works = getattr(request.app.state, "storage_checked", (0.0, False))
    if works and time.monotonic() - checked_at < _STORAGE_CHECK_INTERVAL_S:
        return True
    storage: Storage = request.app.state.services[STORAGE]
    try:
        async with asyncio.timeout(_CHECK_TIMEOUT_S):
            await storage.check()
        works = True
    except (OSError, TimeoutError) as error:
        log.warning("storage_unusable", error=str(error)[:300])
        works = False
    request.app.state.storage_checked = (time.monotonic(), works)
    return works
