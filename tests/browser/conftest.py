"""A real server, a real worker and a browser once for every process that runs browser tests."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.conftest import OWNER_URL, TEMPLATE, app_url, with_database

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "steppe-caravan-42"
START_LIMIT_S = 60
# Patience for a machine that does other things as well; what is there is seen at once.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)
INSECURE_HOST = "karavan.test"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A machine in the next room by plain HTTP, where browsers keep half of their abilities back.
    f"--host-resolver-rules=MAP {INSECURE_HOST} 127.0.0.1",
]


@dataclass(frozen=True)
class Running:
    """A browser, and what speaks with it."""

    playwright: Playwright
    browser: Browser


_running: pytest.StashKey[Running] = pytest.StashKey()


@dataclass(frozen=True)
class Site:
    """The running platform."""

    url: str
    owner_url: str

    def visitor(self) -> httpx.Client:
        """A client of the API that is not signed in."""
        return httpx.Client(base_url=f"{self.url}/api/v1", timeout=30)

    def register(self, role: str, organisation_name: str, **more: Any) -> "Account":
        """A person who owns a new organisation, made through the API."""
        email = f"{role}-{uuid4().hex[:10]}@example.org"
        body = {
            "email": email,
            "password": PASSWORD,
            "organisation_name": organisation_name,
            "role": role,
            "display_name": more.pop("display_name", "Aigerim Nurlanova"),
            "country": "KZ",
            "locale": more.pop("locale", "en"),
        }
        client = self.visitor()
        answer = client.post("/auth/register", json=body)
        assert answer.status_code == 201, answer.text
        tokens = answer.json()
        client.cookies.clear()
        client.headers["authorization"] = f"Bearer {tokens['access_token']}"
        return Account(email, client, str(tokens["organisation_id"]))


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in; `client` speaks for them by API."""

    email: str
    client: httpx.Client
    organisation_id: str
    password: str = PASSWORD


@dataclass
class Window:
    """A browser context of one person, with all that its console complained about."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, site: Site, account: Account) -> None:
        """Sign in through the page."""
        self.page.goto(f"{site.url}/sign-in")
        self.page.get_by_label("E-mail").first.fill(account.email)
        self.page.get_by_label("Password", exact=True).first.fill(account.password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url("**/app**")

    def sign_in_by_api(self, site: Site, account: Account) -> None:
        """Sign in without the page, whatever its language."""
        answer = self.context.request.post(
            f"{site.url}/api/v1/auth/login",
            data={"email": account.email, "password": account.password},
        )
        assert answer.ok, answer.text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The platform on a database of its own, with a worker."""
    if not (ROOT / "web" / "dist" / "index.html").exists():
        pytest.fail("The web app has not been built: run make build.")
    server_url = os.environ[OWNER_URL]
    name = f"browser_{uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"create database {name} template {TEMPLATE} strategy file_copy")
    owner_url = with_database(server_url, name)
    port = free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "KARAVAN_DATABASE_URL": app_url(owner_url),
        "KARAVAN_DATABASE_OWNER_URL": owner_url,
        "KARAVAN_DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "KARAVAN_LIMITS__ENABLED": "false",
        "KARAVAN_ENVIRONMENT": "development",
    }
    log = tmp_path_factory.mktemp("log") / "platform.log"
    with log.open("wb") as output, running(environment, output, "serve", "worker"):
        url = f"http://localhost:{port}"
        wait_until_ready(url, log)
        yield Site(url, owner_url)


@contextmanager
def running(environment: dict[str, str], output: Any, *commands: str) -> Iterator[None]:
    """Run `karavan` commands beside the tests, and stop exactly those."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "karavan", command],
            env=environment,
            stdout=output,
            stderr=output,
            cwd=ROOT,
        )
        for command in commands
    ]
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_ready(url: str, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/ready", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    pytest.fail(f"The platform did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium."""
    return (
        os.environ.get("KARAVAN_TEST_CHROMIUM")
        or subprocess.run(
            [sys.executable, str(ROOT / "scripts" / "ensure_chromium.py")],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    )


@pytest.fixture
def browser(chromium: str, request: pytest.FixtureRequest) -> Browser:
    """The browser of the tests that follow one another; every window of a test has a profile of its own."""
    stash = request.session.stash
    running = stash.get(_running, None)
    if running is None or not running.browser.is_connected():
        # A Playwright that was stopped leaves no place for another one in the middle of a test: a browser that died gets
        # a successor from the same.
        playwright = sync_playwright().start() if running is None else running.playwright
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        running = stash[_running] = Running(playwright, browser)
    return running.browser


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """End the browser before a test of another kind.

    Playwright leaves its event loop running in this thread until it is stopped, and no asynchronous test could run
    meanwhile.
    """
    if nextitem is None or not nextitem.get_closest_marker("browser"):
        stop_browser(item.session)


def stop_browser(session: pytest.Session) -> None:
    """End the browser, if one runs."""
    if (running := session.stash.get(_running, None)) is not None:
        del session.stash[_running]
        running.browser.close()
        running.playwright.stop()


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Window]]:
    """Opens windows: `window(width=390, dark=True, locale="ru-RU")`. Complaints of any console fail the test."""
    opened: list[Window] = []

    def open_window(
        *, width: int = 1440, height: int = 900, dark: bool = False, locale: str = "en-GB"
    ) -> Window:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=locale,
            bypass_csp=False,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        made = Window(context.new_page(), context)

        def listen(message: ConsoleMessage) -> None:
            # A 401 of a visitor and a refused form are answers, which the browser logs as errors.
            if message.type == "error" and "Failed to load resource" not in message.text:
                made.complaints.append(message.text)

        made.page.on("console", listen)
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        opened.append(made)
        return made

    yield open_window
    for one in opened:
        one.context.close()
    assert [complaint for one in opened for complaint in one.complaints] == []


def shot(page: Page, name: str) -> None:
    """Keep a picture where somebody asks for pictures."""
    if directory := os.environ.get("KARAVAN_TEST_PICTURES"):
        page.screenshot(path=Path(directory) / f"{name}.png", full_page=True)
