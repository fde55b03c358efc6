"""What a session is called in the list of one's sessions."""

import re

_BROWSERS = (
    ("Edge", r"\bEdg(?:A|iOS)?/"),
    ("Opera", r"\b(?:OPR|Opera)/"),
    ("Yandex Browser", r"\bYaBrowser/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Chrome|CriOS|Chromium)/"),
    ("Safari", r"\bVersion/[\d.]+ .*Safari/"),
    ("curl", r"^curl/"),
    ("Python", r"^python-(?:httpx|requests|urllib3)|^Python-urllib|aiohttp/"),
    ("Postman", r"^PostmanRuntime/"),
)
_SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows NT\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("macOS", r"\bMac OS X\b|\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)

USER_AGENT_MAX_LENGTH = 512


def device_label(user_agent: str) -> str:
    """A short name for a device: `Firefox on Windows`, `curl`, or `Unknown device`."""
    text = user_agent[:USER_AGENT_MAX_LENGTH]
    browser = _first(_BROWSERS, text)
    system = _first(_SYSTEMS, text)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown device"


def _first(patterns: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for name, pattern in patterns if re.search(pattern, text)), None)
