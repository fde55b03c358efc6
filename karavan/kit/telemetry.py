"""What operators see: JSON logs, metrics for Prometheus, and traces when a collector is configured."""

import logging
import os
import sys
import time
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import REGISTRY
from sqlalchemy import text
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from karavan.kit.db import Database
from karavan.kit.jobs.maintenance import live_workers, queue_depths
from karavan.kit.scopes import SYSTEM
from karavan.settings import Settings

log = structlog.get_logger()

_HANDLER = "karavan"
_MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"
_SECRETS = frozenset(
    "password passwd new_password current_password token access_token refresh_token code secret client_secret "
    "authorization cookie signature api_key secret_key".split()
)
_SLOW_S = 1.0
OPERATION_PATHS = frozenset({"/health", "/ready", "/ping", "/metrics"})

REQUESTS = Counter(
    "karavan_http_requests", "Requests by route and status.", ["method", "route", "status"]
)
LATENCY = Histogram(
    "karavan_http_request_duration_seconds",
    "Time until an answer was sent.",
    ["method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at the moment of writing, as a process may redirect it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self.stream = sys.stderr
        super().emit(record)


def configure_logging(settings: Settings) -> None:
    """Send every log line, ours and the libraries', to standard error as JSON or, for eyes, as plain text.

    Calling it again changes the level and format and adds nothing.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        cache_logger_on_first_use=False,
    )
    # The console's own rich tracebacks print every local variable: slow, and not for anybody's eyes.
    renderer: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=str)]
        if settings.log_format == "json"
        else [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer],
    )
    root = logging.getLogger()
    handler = next((h for h in root.handlers if h.name == _HANDLER), None)
    if handler is None:
        handler = _StandardError()
        handler.name = _HANDLER
        root.addHandler(handler)
    handler.setFormatter(formatter)
    root.setLevel(settings.log_level)
    # Two lines for every job that went well would bury what a person looks for; metrics count them.
    for noisy in (
        *("httpx", "httpcore", "PIL", "fontTools"),
        *("alembic.runtime.migration", "procrastinate"),
    ):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def hide_secrets(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace values whose name says that they are secret, at the top of an event and one level below."""
    for name, value in event.items():
        if name.lower() in _SECRETS:
            event[name] = "***"
        elif isinstance(value, dict):
            event[name] = {
                key: "***" if str(key).lower() in _SECRETS else part for key, part in value.items()
            }
    return event


class MetricsMiddleware:
    """Counts and times answers by the route's template, never by its address: identifiers would make endless series."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Measure a request from its arrival to the start of its answer; streams would otherwise count by their length."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        measured = False

        async def send_measured(message: Message) -> None:
            nonlocal measured
            if message["type"] == "http.response.start" and not measured:
                measured = True
                _measure(scope, int(message["status"]), time.perf_counter() - started)
            await send(message)

        try:
            await self.app(scope, receive, send_measured)
        except Exception:
            # The server's own handler, which stands outside of all middleware, answers 500.
            if not measured:
                _measure(scope, 500, time.perf_counter() - started)
            raise


def _measure(scope: Scope, status: int, duration_s: float) -> None:
    method, route = scope["method"], route_of(scope)
    if method not in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}:
        method = "OTHER"
    REQUESTS.labels(method, route, status).inc()
    LATENCY.labels(method, route).observe(duration_s)
    # That something is not ready is what `/ready` was asked; whoever asks does so every second.
    failed = status >= 500 and scope["path"] != "/ready"
    if failed or duration_s >= _SLOW_S:
        log.warning(
            "request_failed" if failed else "request_slow",
            method=method,
            route=route,
            status=status,
            duration_ms=round(duration_s * 1000),
        )


def route_of(scope: Scope) -> str:
    """The template of the matched route, such as `/api/v1/requests/{request_id}`.

    Pages and files of the web app are one route, and so is everything that no route matches.
    """
    path: str = scope["path"]
    if path in OPERATION_PATHS:
        return path
    if not path.startswith("/api/"):
        return "web"
    return getattr(scope.get("route"), "path", None) or "unmatched"


def prepare_metrics(directory: Path) -> None:
    """Let several server processes share their counts, through files in `directory`.

    The parent calls it before it starts them and before anything imports this module, because the client library chooses
    its kind of storage when it is imported. Counts of an earlier run are forgotten.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for leftover in directory.glob("*.db"):
        leftover.unlink()
    os.environ[_MULTIPROCESS] = str(directory)


async def metrics_text(database: Database) -> bytes:
    """All metrics in Prometheus' text format: counts of every process, and what the database knows at this moment."""
    registry = REGISTRY
    if _MULTIPROCESS in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # untyped library
    momentary = CollectorRegistry()
    pool = Gauge("karavan_database_connections", "Of this process.", ["state"], registry=momentary)
    for state, count in _pool_counts(database):
        pool.labels(state).set(count)
    await _read_backlog(database, momentary)
    return generate_latest(registry) + generate_latest(momentary)


def _pool_counts(database: Database) -> Iterator[tuple[str, int]]:
    pool = database.engine.pool
    for state, method in (
        ("in_use", "checkedout"),
        ("idle", "checkedin"),
        ("overflow", "overflow"),
    ):
        count = getattr(pool, method, None)
        if count is not None:
            yield state, max(int(count()), 0)


_BACKLOG = text("""
select (select count(*) from kit_outbox_events where relayed_at is null) as events,
       (select coalesce(extract(epoch from now() - min(occurred_at)), 0)::float8
          from kit_outbox_events where relayed_at is null) as lag_s,
       (select count(*) from kit_outbox_deliveries where state = 'pending') as pending,
       (select count(*) from kit_outbox_deliveries where state = 'dead') as dead
""")


async def _read_backlog(database: Database, registry: CollectorRegistry) -> None:
    async with database.transaction(SYSTEM) as session:
        backlog = (await session.execute(_BACKLOG)).one()
        queues = await queue_depths(session)
        workers = await live_workers(session)
    for name, description, value in (
        ("karavan_outbox_events_waiting", "Events that the relay has not met.", backlog.events),
        ("karavan_outbox_lag_seconds", "Age of the oldest of them.", backlog.lag_s),
        ("karavan_outbox_deliveries_pending", "Deliveries to handlers to come.", backlog.pending),
        ("karavan_outbox_deliveries_dead", "Deliveries given up.", backlog.dead),
        ("karavan_workers", "Workers that are alive.", workers),
    ):
        Gauge(name, description, registry=registry).set(value)
    jobs = Gauge("karavan_jobs", "Jobs by queue and state.", ["queue", "state"], registry=registry)
    for depth in queues:
        jobs.labels(depth.queue, depth.state).set(depth.count)


def configure_tracing(settings: Settings) -> None:
    """Send traces to the configured collector; without one, do nothing and import nothing.

    The framework makes a span of every request as soon as there is somewhere to send it.
    """
    if not settings.otlp_endpoint:
        return
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "karavan"}))
    exporter = OTLPSpanExporter(endpoint=settings.otlp_endpoint.rstrip("/") + "/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    AsyncPGInstrumentor().instrument(tracer_provider=provider)  # type: ignore[no-untyped-call]  # untyped library
