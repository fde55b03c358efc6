"""`karavan up` and `karavan serve`: the processes of one machine."""

import os
import socket
import sys
import threading
from contextlib import ExitStack
from importlib import import_module
from typing import Any

import typer
import uvicorn

from karavan.kit.embedded_postgres import EmbeddedPostgresError
from karavan.kit.migrate import upgrade
from karavan.local import child, child_environment, is_empty, open_database, with_secrets
from karavan.settings import Settings

_BACKLOG = 2048


def run_everything(settings: Settings, *, demo: bool) -> None:
    """Database, migrations, demo data, worker, API and web app; returns after Ctrl-C with all of it stopped.

    Raises:
        typer.Exit: something cannot start; what and how to mend it has been printed.
    """
    # The application's modules are read while the database starts: each waits for the other only at the end.
    threading.Thread(target=import_module, args=("karavan.app",), daemon=True).start()
    try:
        with ExitStack() as stack:
            listener = stack.enter_context(_listen(settings))
            settings = stack.enter_context(open_database(settings))
            upgrade(
                settings.database_owner_url or settings.database_url, app_url=settings.database_url
            )
            stack.enter_context(child(settings, "worker"))
            if demo and settings.development and is_empty(settings):
                stack.enter_context(child(settings, "demo"))
            _announce(settings)
            _serve(settings, listener)
    except EmbeddedPostgresError as error:
        typer.echo(f"{error}\n{error.remedy}", err=True)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        return


def serve_forever(settings: Settings) -> None:
    """Serve with `settings.workers` processes until told to stop."""
    if not settings.database_url:
        raise typer.BadParameter("set KARAVAN_DATABASE_URL, or use `karavan up`")
    settings = with_secrets(settings)
    if settings.workers == 1:
        with _listen(settings) as listener:
            _serve(settings, listener)
        return
    from karavan.kit.telemetry import prepare_metrics

    os.environ.update(child_environment(settings))
    prepare_metrics(settings.data_dir / "metrics")
    uvicorn.run(
        "karavan.app:from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        **_OPTIONS,
    )


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
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        typer.echo(
            f"Port {settings.port} cannot be used: {error.strerror}. "
            f"Stop what runs there, or choose another: PORT={settings.port + 1} make run",
            err=True,
        )
        raise typer.Exit(1) from error
    listener.listen(_BACKLOG)
    return listener


def _serve(settings: Settings, listener: socket.socket) -> None:
    from karavan.app import create_app

    config = uvicorn.Config(create_app(settings), **_OPTIONS)
    uvicorn.Server(config).run(sockets=[listener])


def _announce(settings: Settings) -> None:
    lines = ["", f"  Karavan serves at {settings.base_url}", ""]
    if settings.development:
        from karavan.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD

        width = max(len(account.email) for account in DEMO_ACCOUNTS)
        lines += [
            f"    {account.email:<{width}}  {account.role:<8} {account.organisation}"
            for account in DEMO_ACCOUNTS
        ]
        lines += [
            "",
            f"    Password of all: {DEMO_PASSWORD}",
            f"    Sent mail: {settings.base_url}/dev/mail",
        ]
    lines += ["", "  Ctrl-C stops everything.", ""]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
