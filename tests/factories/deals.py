"""Deals for tests, brought about through the public API: request, quote, award, signatures, invoice."""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

from tests.factories.accounts import Account, register
from tests.factories.procurement import make_published, ok, submit_quote

SELLER_DETAILS = {
    "legal_name": "Silk Road Supply LLP",
    "tax_id": "123456789012",
    "address": "12 Abay Avenue",
    "city": "Almaty",
    "postal_code": "050000",
    "email": "billing@silk.example",
    "phone": "+7 727 123 45 67",
}
BUYER_DETAILS = {
    "legal_name": "Steppe Retail JSC",
    "tax_id": "987654321098",
    "address": "5 Mangilik El",
    "city": "Astana",
    "postal_code": "010000",
    "email": "accounts@steppe.example",
}
BANK = {
    "bank_name": "Halyk Bank",
    "bank_code": "HSBKKZKX",
    "bank_account": "KZ86125KZT5004100100",
    "beneficiary_code": "17",
}


@dataclass
class Pair:
    """A buyer and a vendor."""

    buyer: Account
    vendor: Account


async def make_pair(app: FastAPI, *, locale: str = "en") -> Pair:
    """Two companies with the details that their documents need."""
    buyer = await register(app, role="buyer", organisation_name="Steppe Retail", locale=locale)
    vendor = await register(
        app,
        role="vendor",
        organisation_name="Silk Road Supply",
        display_name="Timur Akhmetov",
        locale=locale,
    )
    for account, details in ((buyer, BUYER_DETAILS), (vendor, SELLER_DETAILS)):
        path = f"/api/v1/organisations/{account.organisation_id}"
        ok(await account.client.patch(path, json=details))
    path = f"/api/v1/organisations/{vendor.organisation_id}/settings"
    ok(await vendor.client.patch(path, json=BANK))
    return Pair(buyer, vendor)


async def award(buyer: Account, request: dict[str, Any], *quotes: dict[str, Any]) -> dict[str, Any]:
    """Shortlist quotes and award the whole request to the first."""
    path = f"/api/v1/requests/{request['id']}"
    ok(
        await buyer.client.post(
            f"{path}/shortlist", json={"quote_ids": [quote["id"] for quote in quotes]}
        )
    )
    body = {"allocations": [{"quote_id": quotes[0]["id"], "lines": None}]}
    return ok(await buyer.client.post(f"{path}/award", json=body))


async def deal_of(account: Account, request: dict[str, Any]) -> dict[str, Any]:
    """The newest deal of a request, in full."""
    deals = ok(await account.client.get("/api/v1/deals", params={"request_id": request["id"]}))
    return await read(account, deals["items"][0])


async def read(account: Account, deal: dict[str, Any]) -> dict[str, Any]:
    """A deal in full, as it stands."""
    return ok(await account.client.get(f"/api/v1/deals/{deal['id']}"))


async def make_deal(
    pair: Pair, *, quote: dict[str, Any] | None = None, **request: Any
) -> dict[str, Any]:
    """A deal in negotiation."""
    published = await make_published(pair.buyer, **request)
    offered = await submit_quote(pair.vendor, published, **(quote or {}))
    await award(pair.buyer, published, offered)
    return await deal_of(pair.buyer, published)


def signature(deal: dict[str, Any]) -> dict[str, Any]:
    """The body that signs the terms that `deal` shows."""
    terms = deal["terms"]
    return {"terms_number": terms["number"], "content_sha256": terms["content_sha256"]}


async def act(account: Account, deal: dict[str, Any], name: str, **body: Any) -> dict[str, Any]:
    """Take a transition of a deal that must be allowed."""
    return ok(await account.client.post(f"/api/v1/deals/{deal['id']}/{name}", json=body))


async def make_contract(pair: Pair, **wishes: Any) -> dict[str, Any]:
    """A deal that both sides have signed."""
    deal = await make_deal(pair, **wishes)
    await act(pair.vendor, deal, "sign", **signature(deal))
    return await act(pair.buyer, deal, "sign", **signature(deal))


async def make_invoice(pair: Pair, **wishes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """An invoiced deal, and its invoice as the seller sees it."""
    deal = await make_contract(pair, **wishes)
    deal = await act(pair.vendor, deal, "create-invoice")
    answer = await pair.vendor.client.get(f"/api/v1/invoices/{deal['invoice']['id']}")
    return deal, ok(answer)
