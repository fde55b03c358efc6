"""What operators see, and what they must never see."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import httpx
import pytest
import structlog
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families

from karavan import __version__
from karavan.adapters.storage.object_store import memory_storage, open_storage
from karavan.kit.db import Database
from karavan.kit.ids import new_id
from karavan.kit.operation import needed_revision
from karavan.kit.operation import router as operation_router
from karavan.kit.routing import RouteTable
from karavan.kit.routing import router as module_router
from karavan.kit.services import Services
from karavan.kit.storage import STORAGE
from karavan.kit.telemetry import MetricsMiddleware, configure_logging
from karavan.kit.web import install_error_handlers
from karavan.settings import Settings

routes = module_router("/telemetry-test", "test")


@routes.get("/{thing_id}/parts/{part}")
async def part(thing_id: str, part: str) -> str:
    return f"{thing_id} {part}"


@routes.get("/broken")
async def broken() -> str:
    raise RuntimeError("a defect")


@pytest.fixture
def app(database: Database, settings: Settings) -> FastAPI:
    configure_logging(settings)
    app = FastAPI()
    app.state.database = database
    app.state.settings = settings
    app.state.services = Services()
    app.state.services.provide(STORAGE, memory_storage())
    app.include_router(operation_router)
    app.router.routes.append(RouteTable([routes]))
    install_error_handlers(app)
    app.add_middleware(MetricsMiddleware)
    return app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def samples(
    client: httpx.AsyncClient,
) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def requests(route: str, status: int) -> tuple[str, tuple[tuple[str, str], ...]]:
    labels = (("method", "GET"), ("route", route), ("status", str(status)))
    return ("karavan_http_requests_total", labels)


async def test_health_and_ping_touch_nothing(client, database) -> None:
    await database.close()
    database.url = "postgresql://nowhere"
    health = await client.get("/health")
    assert (health.status_code, health.json()) == (200, {"status": "ok", "version": __version__})
    assert (await client.get("/ping")).json() == {"ping": "pong"}


class TestReadiness:
    async def test_ready_when_every_part_is_there(self, client, owner) -> None:
        await owner.execute("update alembic_version set version_num = $1", needed_revision())
        answer = await client.get("/ready")
        assert (answer.status_code, answer.json()) == (
            200,
            {"ready": True, "checks": {"database": True, "migrations": True, "storage": True}},
        )

    async def test_not_ready_with_another_revision(self, client, owner) -> None:
        await owner.execute("update alembic_version set version_num = '0000'")
        answer = await client.get("/ready")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.json()["checks"] == {"database": True, "migrations": False, "storage": True}

    async def test_not_ready_while_something_is_prepared(self, client, app, owner) -> None:
        await owner.execute("update alembic_version set version_num = $1", needed_revision())
        loaded: list[bool] = []
        app.state.preparations = {"demo": lambda: bool(loaded)}
        with structlog.testing.capture_logs() as logged:
            answer = await client.get("/ready")
        assert (answer.status_code, answer.json()["checks"]["demo"]) == (503, False)
        assert logged == []
        loaded.append(True)
        assert (await client.get("/ready")).status_code == 200

    async def test_not_ready_without_a_database(self, client, app) -> None:
        app.state.database = Database("postgresql://nobody:x@127.0.0.1:1/none")
        answer = await client.get("/ready")
        assert answer.status_code == 503
        assert answer.json()["checks"]["database"] is False

    async def test_not_ready_while_files_cannot_be_kept(
        self, client, app, owner, tmp_path: Path
    ) -> None:
        await owner.execute("update alembic_version set version_num = $1", needed_revision())
        storage = open_storage(Settings(data_dir=tmp_path))
        app.state.services.provide(STORAGE, storage)
        (tmp_path / "files").rmdir()
        (tmp_path / "files").write_bytes(b"in the way")
        assert (await client.get("/ready")).json()["checks"]["storage"] is False
        (tmp_path / "files").unlink()
        (tmp_path / "files").mkdir()
        assert (await client.get("/ready")).status_code == 200


class TestMetrics:
    async def test_answers_are_counted_and_timed_by_template(self, client) -> None:
        template = "/api/v1/telemetry-test/{thing_id}/parts/{part}"
        before = await samples(client)
        for thing in ("1", "2", "parts"):
            await client.get(f"/api/v1/telemetry-test/{thing}/parts/{thing}")
        await client.get("/api/v1/telemetry-test/nothing/here")
        await client.get("/no/such/page")
        assert (await client.get("/api/v1/telemetry-test/broken")).status_code == 500
        after = await samples(client)

        def grown(route: str, status: int) -> float:
            return after.get(requests(route, status), 0) - before.get(requests(route, status), 0)

        assert grown(template, 200) == 3
        assert grown("unmatched", 404) == 1
        assert grown("web", 404) == 1
        assert grown("/api/v1/telemetry-test/broken", 500) == 1
        assert not any("/telemetry-test/1" in str(key) for key in after)
        timed = (
            "karavan_http_request_duration_seconds_count",
            (("method", "GET"), ("route", template)),
        )
        assert after[timed] - before.get(timed, 0) == 3

    async def test_the_backlog_is_shown(self, client, owner) -> None:
        await owner.execute(
            "insert into kit_outbox_events (type, aggregate_id, payload, occurred_at) "
            "values ('a.b', $1, '{}', now() - interval '90 seconds')",
            new_id(),
        )
        await owner.execute(
            "insert into kit_outbox_deliveries (event_sequence, handler, aggregate_id, state) "
            "select sequence, state, aggregate_id, state from kit_outbox_events, "
            "unnest(array['pending', 'dead', 'done']) as state"
        )
        found = await samples(client)
        assert found["karavan_outbox_events_waiting", ()] == 1
        assert 90 <= found["karavan_outbox_lag_seconds", ()] < 120
        assert found["karavan_outbox_deliveries_pending", ()] == 1
        assert found["karavan_outbox_deliveries_dead", ()] == 1
        assert found["karavan_workers", ()] == 0
        assert found["karavan_database_connections", (("state", "in_use"),)] >= 0

    async def test_a_token_closes_the_door(self, client, app, settings) -> None:
        app.state.settings = settings.model_copy(
            update={"metrics_token": Settings(metrics_token="t").metrics_token}
        )
        assert (await client.get("/metrics")).status_code == 401
        wrong = {"authorization": "Bearer x"}
        assert (await client.get("/metrics", headers=wrong)).status_code == 401
        right = {"authorization": "Bearer t"}
        assert (await client.get("/metrics", headers=right)).status_code == 200

    def test_processes_add_up(self, tmp_path: Path) -> None:
        """Two processes count; a third, which shares their directory, sees the sum."""
        program = (
            "import os\n"
            "from karavan.kit.telemetry import REQUESTS\n"
            "REQUESTS.labels('GET', '/x', 200).inc(2)\n"
            "from prometheus_client import CollectorRegistry, generate_latest, multiprocess\n"
            "registry = CollectorRegistry()\n"
            "multiprocess.MultiProcessCollector(registry)\n"
            "print(generate_latest(registry).decode())\n"
        )
        environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
        outputs = [
            subprocess.run(
                [sys.executable, "-c", program],
                env=environment,
                check=True,
                capture_output=True,
                text=True,
            ).stdout
            for _ in range(2)
        ]
        assert 'karavan_http_requests_total{method="GET",route="/x",status="200"} 4.0' in outputs[1]


class TestLogs:
    @pytest.fixture
    def lines(self, capsys) -> Callable[[], list[dict]]:
        configure_logging(Settings())
        return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    def test_a_line_is_json_with_its_context(self, lines) -> None:
        with structlog.contextvars.bound_contextvars(request_id="r-1"):
            structlog.get_logger("karavan.test").info("order_placed", order="ә")
        [line] = lines()
        assert line.pop("timestamp").endswith("Z")
        assert line == {
            "event": "order_placed",
            "order": "ә",
            "level": "info",
            "logger": "karavan.test",
            "request_id": "r-1",
        }

    def test_lines_of_libraries_look_the_same(self, lines) -> None:
        logging.getLogger("library").warning("careful %s", "now")
        [line] = lines()
        assert (line["event"], line["level"], line["logger"]) == (
            "careful now",
            "warning",
            "library",
        )

    def test_secrets_are_hidden(self, lines) -> None:
        structlog.get_logger().info(
            "sign_in", password="p", body={"code": "123456", "email": "a@b.kz"}, Token="t"
        )
        [line] = lines()
        assert line["password"] == line["Token"] == "***"
        assert line["body"] == {"code": "***", "email": "a@b.kz"}

    def test_an_exception_is_one_line_without_local_values(self, lines) -> None:
        secret = "value"

        def break_with(local: str) -> None:
            raise ValueError(len(local))

        try:
            break_with(f"hidden-{secret}")
        except ValueError:
            structlog.get_logger().exception("broke")
        [line] = lines()
        assert "ValueError: 12" in line["exception"]
        assert "hidden-value" not in line["exception"]

    def test_configuring_twice_writes_once(self, lines) -> None:
        configure_logging(Settings())
        structlog.get_logger().info("once")
        structlog.get_logger().debug("not at this level")
        assert [line["event"] for line in lines()] == ["once"]


class Collector(BaseHTTPRequestHandler):
    """A collector of traces that keeps what it is sent."""

    received: ClassVar[list[tuple[str, bytes]]] = []

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        self.received.append((self.path, self.rfile.read(length)))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_traces_reach_the_configured_collector() -> None:
    """In a process of its own, because instrumenting changes the libraries for good."""
    program = (
        "import asyncio, httpx, sys\n"
        "from fastapi import FastAPI\n"
        "from karavan.kit.routing import RouteTable, router\n"
        "from opentelemetry import trace\n"
        "from karavan.kit.telemetry import configure_tracing\n"
        "from karavan.settings import Settings\n"
        "app = FastAPI()\n"
        "things = router('/things', 'things')\n"
        "things.get('/{thing}')(lambda thing: thing)\n"
        "app.router.routes.append(RouteTable([things]))\n"
        "configure_tracing(Settings(otlp_endpoint=sys.argv[1]))\n"
        "async def ask():\n"
        "    transport = httpx.ASGITransport(app=app)\n"
        "    async with httpx.AsyncClient(transport=transport, base_url='http://test') as client:\n"
        "        await client.get('/api/v1/things/1')\n"
        "asyncio.run(ask())\n"
        "trace.get_tracer_provider().shutdown()\n"
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    subprocess.run([sys.executable, "-c", program, address], check=True, timeout=60)
    server.shutdown()
    server.server_close()
    [(path, body)] = Collector.received
    assert path == "/v1/traces"
    assert b"GET /api/v1/things/{thing}" in body
