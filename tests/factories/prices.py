"""Price lists for tests, made through the public API."""

from decimal import Decimal
from typing import Any

from tests.factories.accounts import Account
from tests.factories.procurement import kzt, ok

LISTS = "/api/v1/price-lists"
GROUPS = "/api/v1/customer-groups"


def cell(product: dict[str, Any], amount: int | None, from_quantity: str = "1") -> dict[str, Any]:
    """One cell of the grid, in tiyn."""
    price = None if amount is None else kzt(amount)
    return {"product_id": product["id"], "from_quantity": from_quantity, "price": price}


async def make_list(
    account: Account,
    name: str,
    *cells: dict[str, Any],
    for_everybody: bool = False,
    **fields: Any,
) -> dict[str, Any]:
    """A list with prices."""
    body = {"name": name, "currency": "KZT", **fields}
    made = ok(await account.client.post(LISTS, json=body), 201)
    if cells:
        made = ok(await put(account, made, *cells))
    if for_everybody:
        made = ok(await assign(account, made, "everybody"), 201)
    return made


async def put(account: Account, made: dict[str, Any], *cells: dict[str, Any]) -> Any:
    """The answer to writing cells."""
    return await account.client.put(f"{LISTS}/{made['id']}/prices", json={"prices": list(cells)})


async def assign(
    account: Account, made: dict[str, Any], kind: str, target: object | None = None
) -> Any:
    """The answer to assigning a list."""
    body = {"kind": kind, "target_id": None if target is None else str(target)}
    return await account.client.post(f"{LISTS}/{made['id']}/assignments", json=body)


async def price_of(account: Account, product: dict[str, Any], **params: Any) -> dict[str, Any]:
    """What somebody is told about a price."""
    path = f"/api/v1/products/{product['id']}/price"
    return ok(await account.client.get(path, params=params))


def tiers(view: dict[str, Any]) -> list[tuple[Decimal, int]]:
    """Quantities and amounts."""
    return [(Decimal(one["from_quantity"]), one["price"]["amount"]) for one in view["tiers"]]


def reasons(view: dict[str, Any]) -> list[tuple[str | None, str]]:
    """Names of lists and what became of them."""
    return [(one["list_name"], one["outcome"]) for one in view["explanation"]]
