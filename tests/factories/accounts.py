"""Signed-in people for tests: made through the public API, with password hashes that cost little."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI
from pwdlib.hashers.argon2 import Argon2Hasher

from karavan.modules.identity.public import PasswordHasher, use_hasher

# The same algorithm with the smallest profile: what is tested is the way of a password, not how slow it is.
CHEAP_ARGON2 = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
use_hasher(PasswordHasher(CHEAP_ARGON2))

PASSWORD = "steppe-caravan-42"


@dataclass(kw_only=True)
class Account:
    """A person who is signed in with a client of their own."""

    client: httpx.AsyncClient
    app: FastAPI
    user_id: UUID
    organisation_id: UUID
    email: str
    role: str
    access_token: str
    refresh_token: str | None
    display_name: str
    organisation_name: str
    password: str = field(default=PASSWORD)


def visitor(app: FastAPI, **headers: str) -> httpx.AsyncClient:
    """A client of its own, signed in as nobody."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers)


async def register(
    app: FastAPI,
    *,
    role: str = "buyer",
    organisation_name: str | None = None,
    email: str | None = None,
    display_name: str = "Aigerim Nurlanova",
    locale: str = "en",
    country: str = "KZ",
) -> Account:
    """A new person who owns a new organisation; `role` as in registration."""
    email = email or f"person-{uuid4().hex[:12]}@example.org"
    organisation_name = organisation_name or f"Company {uuid4().hex[:8]}"
    client = visitor(app)
    answer = await client.post(
        "/api/v1/auth/register",
        json={
            "email": email,
            "password": PASSWORD,
            "organisation_name": organisation_name,
            "role": role,
            "display_name": display_name,
            "locale": locale,
            "country": country,
        },
    )
    assert answer.status_code == 201, answer.text
    return signed_in(
        app,
        answer.json(),
        email=email,
        role="owner",
        display_name=display_name,
        organisation_name=organisation_name,
    )


def signed_in(app: FastAPI, tokens: dict, **facts: str) -> Account:
    """An account whose client sends the access token of `tokens`."""
    return Account(
        client=visitor(app, authorization=f"Bearer {tokens['access_token']}"),
        app=app,
        user_id=UUID(tokens["user_id"]),
        organisation_id=UUID(tokens["organisation_id"]),
        access_token=tokens["access_token"],
        refresh_token=tokens["refresh_token"],
        **facts,
    )


async def add_member(
    account: Account, role: str, *, email: str | None = None, display_name: str = "Timur Akhmetov"
) -> Account:
    """A new colleague of `account` with an organisation role, invited and accepted through the API."""
    from tests.factories.mails import (
        link_token_of,  # here, because it reads mail through the same app
    )

    email = email or f"colleague-{uuid4().hex[:12]}@example.org"
    invited = await account.client.post("/api/v1/invites", json={"email": email, "role": role})
    assert invited.status_code == 201, invited.text
    token = await link_token_of(account.app, email)
    accepted = await visitor(account.app).post(
        f"/api/v1/invites/{token}/accept", json={"password": PASSWORD, "display_name": display_name}
    )
    assert accepted.status_code == 200, accepted.text
    return signed_in(
        account.app,
        accepted.json(),
        email=email,
        role=role,
        display_name=display_name,
        organisation_name=account.organisation_name,
    )


async def sign_in(account: Account) -> Account:
    """The same person in another session."""
    answer = await visitor(account.app).post(
        "/api/v1/auth/login", json={"email": account.email, "password": account.password}
    )
    assert answer.status_code == 200, answer.text
    return signed_in(
        account.app,
        answer.json(),
        email=account.email,
        role=account.role,
        display_name=account.display_name,
        organisation_name=account.organisation_name,
    )
