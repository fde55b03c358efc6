"""A browser that goes through the sandbox's consent page as a person would."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import httpx


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "input" and facts.get("type") == "hidden":
            self.hidden[facts["name"]] = facts["value"]


async def consent(
    browser: httpx.AsyncClient,
    provider: str,
    *,
    email: str = "aigerim@example.org",
    name: str = "Aigerim Nurlanova",
    verified: bool = True,
    decision: str = "allow",
    next_path: str | None = None,
) -> str:
    """Start, choose who to be, decide; returns the callback address that the sandbox sends the browser to."""
    start = await browser.get(
        f"/api/v1/auth/oauth/{provider}/start", params={"next": next_path} if next_path else {}
    )
    assert start.status_code == 303, start.text
    page = await browser.get(start.headers["location"])
    assert page.status_code == 200, page.text
    form = _Form()
    form.feed(page.text)
    answer = await browser.post(
        f"/dev/oauth/{provider}/authorize",
        data={
            **form.hidden,
            "email": email,
            "name": name,
            "decision": decision,
            **({"verified": "yes"} if verified else {}),
        },
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def land(browser: httpx.AsyncClient, provider: str, **choice) -> dict[str, str]:
    """The whole way; returns what the web application reads from the fragment of the landing page."""
    return fragment_of(await browser.get(await consent(browser, provider, **choice)))


def fragment_of(answer: httpx.Response) -> dict[str, str]:
    """What came of a sign-in, by the address that the browser lands on."""
    assert answer.status_code == 303, answer.text
    parts = urlsplit(answer.headers["location"])
    assert (parts.netloc, parts.path, parts.query) == ("", "/oauth/callback", "")
    return {name: values[0] for name, values in parse_qs(parts.fragment).items()}


def code_and_state(callback: str) -> dict[str, str]:
    """The parameters of a callback address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(callback).query).items()}
