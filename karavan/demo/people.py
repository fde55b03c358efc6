"""The people of the demonstration, signed in: they act through the API, as anybody else does."""

import re
from typing import Any

import httpx
from fastapi import FastAPI
from msgspec import Struct

from karavan.demo.accounts import DEMO_PASSWORD, DemoAccount
from karavan.demo.errors import DemoError

API = "/api/v1"


class Person(Struct, frozen=True):
    """Somebody with a client of their own."""

    account: DemoAccount
    client: httpx.AsyncClient
    organisation_id: str

    async def call(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """The answer's body.

        Raises:
            DemoError: the API refused; that is a defect of the demonstration.
        """
        answer = await self.client.request(method, f"{API}{path}", json=body, **options)
        return read(answer, f"{self.account.email} {method} {path}")

    async def get(self, path: str) -> Any:
        """Read."""
        return await self.call("GET", path)

    async def post(self, path: str, body: Any = None) -> Any:
        """Make or move something."""
        return await self.call("POST", path, body if body is not None else {})

    async def upload(
        self, name: str, content: bytes, content_type: str, *, purpose: str = "attachment"
    ) -> str:
        """Upload a file; returns its id."""
        answer = await self.client.post(
            f"{API}/media",
            files={"file": (name, content, content_type)},
            data={"purpose": purpose},
        )
        return str(read(answer, f"{self.account.email} uploads {name}")["id"])


def read(answer: httpx.Response, what: str) -> Any:
    """The body of a successful answer.

    Raises:
        DemoError: it was none.
    """
    if not answer.is_success:
        raise DemoError(f"{what}: {answer.status_code} {answer.text[:600]}")
    if answer.content and answer.headers.get("content-type", "").startswith("application/json"):
        return answer.json()
    return None


def visitor(app: FastAPI, token: str | None = None) -> httpx.AsyncClient:
    """A client on the application itself, without a network."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://demo", headers=headers
    )


async def found_company(
    app: FastAPI, account: DemoAccount, *, interest: str, country: str
) -> Person:
    """Register the founder together with their company."""
    body = {
        "email": account.email,
        "password": DEMO_PASSWORD,
        "display_name": account.display_name,
        "organisation_name": account.organisation,
        "role": interest,
        "country": country,
        "locale": account.locale,
    }
    answer = read(
        await visitor(app).post(f"{API}/auth/register", json=body), f"{account.email} registers"
    )
    return _person(app, account, answer)


async def join(app: FastAPI, leader: Person, account: DemoAccount) -> Person:
    """Invite somebody, read their mail, and accept for them."""
    await leader.post(
        "/invites", {"email": account.email, "role": account.role.value, "locale": account.locale}
    )
    mails = read(await visitor(app).get("/dev/mail.json", params={"to": account.email}), "the mail")
    token = re.search(r"/invite/([A-Za-z0-9_-]+)", str(mails))
    if token is None:
        raise DemoError(f"no invitation reached {account.email}")
    answer = await visitor(app).post(
        f"{API}/invites/{token[1]}/accept",
        json={"password": DEMO_PASSWORD, "display_name": account.display_name},
    )
    person = _person(app, account, read(answer, f"{account.email} joins"))
    await person.call("PATCH", "/auth/profile", {"locale": account.locale})
    return person


def _person(app: FastAPI, account: DemoAccount, tokens: dict[str, Any]) -> Person:
    return Person(account, visitor(app, tokens["access_token"]), str(tokens["organisation_id"]))
