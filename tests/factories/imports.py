"""Imports of products for tests, made through the public API."""

from tests.factories.files import upload
from tests.factories.procurement import ok
from tests.factories.products import PRODUCTS

IMPORTS = f"{PRODUCTS}/import"


async def begin(account, content: bytes, name: str = "Прайс.csv", **body) -> dict:
    file = ok(await upload(account.client, content, name, "import"), 201)
    return ok(await account.client.post(IMPORTS, json={"media_id": file["id"], **body}), 201)


async def view(account, run: dict) -> dict:
    return ok(await account.client.get(f"{IMPORTS}/{run['id']}"))


async def do(account, run: dict, transition: str, **body) -> dict:
    return ok(await account.client.post(f"{IMPORTS}/{run['id']}/{transition}", json=body))


async def bring_in(
    account, drain, content: bytes, name: str = "Прайс.csv", *, is_checked: bool = False, **body
) -> dict:
    run = await begin(account, content, name, **body)
    await drain()
    if is_checked:
        await do(account, run, "check")
        await drain()
    await do(account, run, "start")
    await drain()
    return await view(account, run)


def counts(report: dict) -> tuple[int, ...]:
    return tuple(report[k] for k in ("created", "updated", "unchanged", "refused", "ignored"))


async def products_of(owner, account) -> dict[str, dict]:
    rows = await owner.fetch(
        "select * from catalogue_products where organisation_id = $1", account.organisation_id
    )
    return {row["sku"]: dict(row) for row in rows}
