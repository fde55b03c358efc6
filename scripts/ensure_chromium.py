"""Finds a Chromium for the browser tests, installing one if need be, and prints its path.

    python scripts/ensure_chromium.py

In this order: the one named by KARAVAN_TEST_CHROMIUM, the system's, Debian's package (as root or with
a sudo that asks no password), Playwright's own. A headless shell comes before a whole browser: it draws the
same pages, and opens a window with a quarter of the work, for it has no frame around the page.
What is printed on standard output is the path alone.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    *("chromium-headless-shell", "chrome-headless-shell"),
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
)
DEBIAN_PACKAGES = ("chromium-headless-shell", "chromium")
"""Older releases know the second alone."""
MACOS_PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
VERSION_LIMIT_S = 30


def find_installed() -> str | None:
    """The path of a Chromium that is named or installed and runs, or None."""
    named = os.environ.get("KARAVAN_TEST_CHROMIUM")
    on_path = [path for name in NAMES if (path := shutil.which(name))]
    for candidate in ([named] if named else []) + on_path + list(MACOS_PATHS):
        if runs(candidate):
            return candidate
    return None


def runs(path: str) -> bool:
    """Whether a program starts: some systems ship a `chromium` that only tells how to get one."""
    if not Path(path).is_file():
        return False
    try:
        check = subprocess.run(
            [path, "--version"], capture_output=True, timeout=VERSION_LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return check.returncode == 0


def install_debian_package() -> str | None:
    """Install Debian's Chromium; None where this is not Debian or we may not."""
    release = Path("/etc/os-release")
    is_debian = release.exists() and "ID=debian" in release.read_text().splitlines()
    apt = shutil.which("apt-get")
    if not is_debian or apt is None:
        return None
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and (shutil.which("sudo") is None or not succeeds([*prefix, "true"])):
        return None
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    install = [*prefix, *environment, apt, "install", "--yes", "-qq", "--no-install-recommends"]
    for package in DEBIAN_PACKAGES:
        say(f"installing Debian's package {package}")
        if succeeds([*install, package]):
            break
        succeeds([*prefix, apt, "update", "-qq"])
        if succeeds([*install, package]):
            break
    return find_installed()


def install_playwright_browser() -> str | None:
    """Let Playwright fetch its own Chromium into the virtual environment."""
    directory = Path(sys.prefix, "browsers")
    os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(directory)
    path = playwright_path()
    if path is None or not runs(path):
        say("fetching Playwright's chromium")
        succeeds([sys.executable, "-m", "playwright", "install", "chromium"])
        path = playwright_path()
    return path if path is not None and runs(path) else None


def playwright_path() -> str | None:
    """Where Playwright keeps its Chromium, or None when Playwright is not installed."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def succeeds(command: list[str]) -> bool:
    """Run a command with its output kept off our standard output."""
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0


def say(what: str) -> None:
    """Tell the person who waits what is happening."""
    print(f"karavan: {what}", file=sys.stderr, flush=True)


def main() -> int:
    """Print the path of a Chromium that runs; 1 when there is no way to get one."""
    path = find_installed() or install_debian_package() or install_playwright_browser()
    if path is None:
        say("no Chromium: install the package chromium, or set KARAVAN_TEST_CHROMIUM to its path")
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
