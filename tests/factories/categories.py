"""Categories for tests, made through the public API by somebody of the platform's desk."""

from typing import Any

import asyncpg
from fastapi import FastAPI

from tests.factories.accounts import Account, register
from tests.factories.procurement import ok

CATEGORIES = "/api/v1/categories"


def names(text: str) -> dict[str, str]:
    """The same name in every language, told apart by it."""
    return {"en": text, "ru": f"{text} ру", "kk": f"{text} қаз"}


async def category_desk(app: FastAPI, owner: asyncpg.Connection, role: str = "admin") -> Account:
    """Somebody with a platform role."""
    account = await register(app)
    await owner.execute(
        "update identity_users set platform_role = $2 where id = $1", account.user_id, role
    )
    return account


async def make_category(
    desk: Account, name: str, parent: dict[str, Any] | None = None, **fields: Any
) -> dict[str, Any]:
    """A category below `parent`, or a root."""
    body = {"names": names(name), "parent_id": parent and parent["id"], **fields}
    return ok(await desk.client.post(CATEGORIES, json=body), 201)


async def put_attribute(
    desk: Account, category: dict[str, Any], code: str, kind: str = "text", **fields: Any
) -> dict[str, Any]:
    """The category with a further attribute of its own."""
    body = {"kind": kind, "names": names(code), **fields}
    path = f"{CATEGORIES}/{category['id']}/attributes/{code}"
    return ok(await desk.client.put(path, json=body))


async def category_called(app_client: Any, code: str) -> dict[str, Any]:
    """A category of the platform's own tree."""
    return ok(await app_client.get(f"{CATEGORIES}/{code}"))
