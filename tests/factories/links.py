"""Trading links for tests, made through the public API."""

from typing import Any

from tests.factories.accounts import Account
from tests.factories.procurement import kzt, ok

API = "/api/v1/links"
INVITATIONS = "/api/v1/link-invitations"

TERMS: dict[str, Any] = {
    "credit_limit": kzt(500_000_00),
    "payment_days": 30,
    "minimum_order": kzt(20_000_00),
    "delivery_days": 3,
}


async def ask(buyer: Account, supplier: Account, **body: Any) -> dict[str, Any]:
    """A pending link."""
    asked = {"supplier_organisation_id": str(supplier.organisation_id), **body}
    return ok(await buyer.client.post(f"{API}/requests", json=asked), 201)


async def move(account: Account, link: dict[str, Any], name: str, **body: Any) -> dict[str, Any]:
    """The link after a transition."""
    return ok(await account.client.post(f"{API}/{link['id']}/{name}", json=body))


async def make_link(buyer: Account, supplier: Account, **terms: Any) -> dict[str, Any]:
    """An accepted link, as the supplier sees it."""
    link = await ask(buyer, supplier)
    return await move(supplier, link, "accept", terms={**TERMS, **terms})


async def read(account: Account, link: dict[str, Any]) -> dict[str, Any]:
    """The link as one side sees it now."""
    return ok(await account.client.get(f"{API}/{link['id']}"))


async def make_invitation(supplier: Account, **body: Any) -> dict[str, Any]:
    """An invitation, with its address and the token in it."""
    made = ok(await supplier.client.post(INVITATIONS, json={"name": "Fair", **body}), 201)
    return {**made, "token": made["url"].rpartition("/")[2]}
