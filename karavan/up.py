"""`karavan up` and `karavan serve`: the processes of one machine."""

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
import uvicorn

from karavan.kit.embedded_postgres import EmbeddedPostgresError
from karavan.kit.migrate import is_current, upgrade
from karavan.kit.startup import build_models_when_used, postpone_collection, resume_collection
from karavan.local import (
    UnusableAddressError,
    bind,
    child,
    child_environment,
    contents,
    kept_running,
    open_database,
    with_secrets,
)
from karavan.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

_BACKLOG = 2048


def run_everything(settings: Settings, *, demo: bool) -> None:
    """Database, migrations, demo data, worker, API and web app; returns after Ctrl-C or SIGTERM with all of it stopped.

    Raises:
        typer.Exit: something cannot start; what and how to mend it has been printed.
    """
    # Who asks politely is heeded as Ctrl-C is: without this the process would end there and then, and stop nothing.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # The application's modules are read while the database starts: each waits for the other only at the end.
    threading.Thread(target=_read_in, daemon=True).start()
    try:
        with ExitStack() as stack:
            listener = stack.enter_context(_listen(settings))
            settings = stack.enter_context(open_database(settings))
            if not asyncio.run(is_current(settings.database_url)):
                owner_url = settings.database_owner_url or settings.database_url
                upgrade(owner_url, app_url=settings.database_url)
            found = contents(settings)
            wants_demo = demo and settings.development and found.empty

            def started(app: "FastAPI") -> None:
                # It reads in the same modules: two that do so at once would slow each other down.
                stack.enter_context(kept_running(settings, "worker"))
                if wants_demo:
                    # It loads behind the first page, which would wait for a processor otherwise.
                    loading = stack.enter_context(child(settings, "demo"))
                    app.state.preparations = {"demo": lambda: loading.poll() is not None}
                _announce(settings, demo_in_part=found.demo_in_part)

            _serve(settings, listener, started)
    except EmbeddedPostgresError as error:
        typer.echo(f"{error}\n{error.remedy}", err=True)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        return


def _read_in() -> None:
    build_models_when_used()
    import_module("karavan.app")


def serve_forever(settings: Settings) -> None:
    """Serve with `settings.workers` processes until told to stop."""
    if not settings.database_url:
        raise typer.BadParameter("set KARAVAN_DATABASE_URL, or use `karavan up`")
    _reach(settings.database_url)
    settings = with_secrets(settings)
    build_models_when_used()
    if settings.workers == 1:
        with _listen(settings) as listener:
            _serve(settings, listener, lambda _: None)
        return
    from karavan.kit.telemetry import prepare_metrics

    os.environ.update(child_environment(settings))
    prepare_metrics(settings.data_dir / "metrics")
    uvicorn.run(
        "karavan.up:application",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        **_OPTIONS,
    )


def _reach(database_url: str) -> None:
    """Fail here, where it is told in one line, rather than in each of the processes.

    Raises:
        psycopg.OperationalError: there is no database to serve from.
    """
    import psycopg

    psycopg.connect(database_url, connect_timeout=10).close()


_OPTIONS: dict[str, Any] = {
    "access_log": False,
    "log_config": None,
    "server_header": False,
    "proxy_headers": False,
    "timeout_graceful_shutdown": 10,
    "ws_max_size": 64 * 1024,
}


def _listen(settings: Settings) -> socket.socket:
    """Take the port first: a taken port is said at once, before anything has been started."""
    try:
        listener = bind(settings)
    except UnusableAddressError as error:
        typer.echo(f"{error} {error.remedy}", err=True)
        raise typer.Exit(1) from error
    listener.listen(_BACKLOG)
    return listener


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the application and the sockets, then tell."""
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._on_started()


def _serve(
    settings: Settings, listener: socket.socket, started: Callable[["FastAPI"], None]
) -> None:
    from karavan.app import create_app

    app = create_app(settings)
    resume_collection()
    _Server(uvicorn.Config(app, **_OPTIONS), lambda: started(app)).run(sockets=[listener])


def application() -> "FastAPI":
    """The application of one of several server processes, which was given its settings by its environment."""
    postpone_collection()
    build_models_when_used()
    from karavan.app import create_app

    app = create_app(Settings())
    resume_collection()
    return app


def _announce(settings: Settings, *, demo_in_part: bool) -> None:
    lines = ["", f"  Karavan serves at {settings.base_url}", ""]
    if settings.development:
        from karavan.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD

        width = max(len(account.email) for account in DEMO_ACCOUNTS)
        lines += [
            f"    {account.email:<{width}}  {account.platform_role or account.role:<10}  {account.organisation}"
            for account in DEMO_ACCOUNTS
        ]
        lines += [
            "",
            f"    Password of all: {DEMO_PASSWORD}",
            f"    Sent mail: {settings.base_url}/dev/mail",
        ]
    if demo_in_part:
        lines += ["", "  Loading the demo data was broken off: `make demo-reset` loads it anew."]
    lines += ["", "  Ctrl-C stops everything.", ""]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
