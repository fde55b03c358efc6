"""Where a benchmark runs: its own PostgreSQL with durable settings, its data set, and `karavan serve` in front of it."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

from bench.dataset import Sizes, load
from bench.identifiers import ORGANISATION, SESSION, USER, identifier
from bench.trade.loading import load_market
from bench.trade.sizes import TradeSizes
from karavan.kit.embedded_postgres import EmbeddedPostgres
from karavan.kit.migrate import upgrade
from karavan.kit.tenancy import APP_ROLE
from karavan.modules.identity.tokens import issue_access_token
from karavan.settings import Settings

PROCESSES = 2
READY_LIMIT_S = 120.0


@dataclass(frozen=True, slots=True)
class Stage:
    """A server under measurement.

    Attributes:
        seconds: how long a measured run lasts.
        directory: scratch space, deleted at the end.
        trade: the market that was loaded as well.
    """

    address: str
    settings: Settings
    sizes: Sizes
    seconds: float
    directory: Path
    trade: TradeSizes | None = None

    @property
    def market(self) -> TradeSizes:
        """The market, for measures that need one.

        Raises:
            ValueError: none was loaded.
        """
        if self.trade is None:
            raise ValueError("this stage has no market")
        return self.trade

    @property
    def stride(self) -> int:
        """How far apart the numbers of two runs begin, so that no two write the same rows."""
        return 10 * self.sizes.published or 10_000_000

    @property
    def warm_up_s(self) -> float:
        """How long caches, plans and connections are given to settle: in a market, where there is most to be read, longer."""
        return self.seconds if self.trade is not None else max(self.seconds / 5, 2.0)

    def token(self, person: int) -> str:
        """An access token that outlives the benchmark."""
        return issue_access_token(
            self.settings,
            user_id=identifier(USER, person),
            organisation_id=identifier(ORGANISATION, self.sizes.organisation_of(person)),
            session_id=identifier(SESSION, person),
        )


@contextmanager
def opened(sizes: Sizes, seconds: float, trade: TradeSizes | None = None) -> Iterator[Stage]:
    """Everything that the measures of requests need; all of it is gone when the block ends.

    Args:
        trade: a market to be loaded; its suppliers and buyers are the first organisations of `sizes`.
    """
    directory = Path(tempfile.mkdtemp(prefix="karavan-bench-"))
    directory.chmod(0o755)
    try:
        with EmbeddedPostgres(directory / "postgres") as server:
            address = server.start()
            owner_url = address.url("postgres")
            app_url = for_application(owner_url)
            upgrade(owner_url, app_url=app_url)
            started = time.monotonic()
            asyncio.run(load(owner_url, sizes))
            say(f"data set of {sizes.requests:,} requests in {time.monotonic() - started:.1f} s")
            if trade is not None:
                _load_market(owner_url, app_url, trade)
            settings = Settings(
                data_dir=directory,
                database_url=app_url,
                database_owner_url=owner_url,
                port=free_port(),
                secret_key="a secret of the benchmarks alone, 32 characters or more",
                access_token_ttl_s=24 * 3600,
                workers=PROCESSES,
                limits={"enabled": False},
                log_level="ERROR",
            )
            with serving(settings) as at:
                yield Stage(at, settings, sizes, seconds, directory, trade)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _load_market(owner_url: str, app_url: str, trade: TradeSizes) -> None:
    started = time.monotonic()
    took = load_market(owner_url, app_url, trade)
    say(
        f"market of {trade.products:,} products and {trade.order_lines:,} order lines in "
        f"{time.monotonic() - started:.1f} s"
    )
    say(", ".join(f"{name} {seconds:.1f} s" for name, seconds in took.items()))


def for_application(owner_url: str) -> str:
    parts = urlsplit(owner_url)
    place = f"{APP_ROLE}:password-of-the-benchmarks@{parts.hostname}:{parts.port}"
    return urlunsplit(parts._replace(netloc=place))


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """`karavan serve` as a process of its own, from ready to stopped; yields its address."""
    environment = {
        **os.environ,
        "KARAVAN_DATABASE_URL": settings.database_url,
        "KARAVAN_SECRET_KEY": settings.secret_key.get_secret_value(),
        "KARAVAN_DATA_DIR": str(settings.data_dir),
        "KARAVAN_WORKERS": str(settings.workers),
        "KARAVAN_LIMITS__ENABLED": "false",
        "KARAVAN_LOG_LEVEL": settings.log_level,
        "PORT": str(settings.port),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "karavan", "serve"], env=environment, start_new_session=True
    )
    address = f"http://127.0.0.1:{settings.port}"
    try:
        wait_until_answers(f"{address}/ready", process)
        yield address
    finally:
        stop(process)


def wait_until_answers(
    url: str,
    process: subprocess.Popen[bytes],
    *,
    every_s: float = 0.01,
    limit_s: float = READY_LIMIT_S,
) -> bytes:
    """Ask until the answer is 200.

    Raises:
        RuntimeError: the process has ended, or the time is over.
    """
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        with suppress(URLError, OSError), urlopen(url, timeout=5) as answer:
            body: bytes = answer.read()
            return body
        time.sleep(every_s)
    raise RuntimeError(f"{url} did not answer within {limit_s:.0f} s")


@contextmanager
def karavan_up(directory: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`karavan up` on a data directory, as a person starts it: the process, which need not answer yet, and its address."""
    port = free_port()
    environment = {**os.environ, "KARAVAN_DATA_DIR": str(directory), "PORT": str(port)}
    environment.pop("KARAVAN_DATABASE_URL", None)
    # As `make run`: Python keeps what it has compiled, whatever the machine's own setting.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "karavan", "up"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process, f"http://localhost:{port}"
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a server to stop, and see to it that it does."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def say(what: str) -> None:
    """Tell the person who waits what is happening; results alone go to standard output."""
    print(f"bench: {what}", file=sys.stderr, flush=True)
