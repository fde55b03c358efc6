"""Invoices for tests, written through the public API."""

from typing import Any

from tests.factories.deals import Pair
from tests.factories.links import API as LINKS
from tests.factories.links import TERMS, move
from tests.factories.procurement import kzt, ok


def invoice_line(
    name: str = "Consulting",
    quantity: str = "3",
    price: int = 1_000,
    tax_rate: str = "20",
    **more: Any,
) -> dict[str, Any]:
    """A line of a draft; `price` in tiyn."""
    return {
        "name": name,
        "quantity": quantity,
        "unit_price": kzt(price),
        "tax_rate": tax_rate,
        **more,
    }


async def let_trade(pair: Pair) -> None:
    """A trading link between the two, unless they have one."""
    asked = {"supplier_organisation_id": str(pair.vendor.organisation_id)}
    answer = await pair.buyer.client.post(f"{LINKS}/requests", json=asked)
    if answer.status_code == 201:
        await move(pair.vendor, answer.json(), "accept", terms=TERMS)


async def make_draft(pair: Pair, **overrides: Any) -> dict[str, Any]:
    """A draft of the vendor to the buyer, who trade: 3 × 10.00 and 1 × 99.99 at 20 %."""
    await let_trade(pair)
    body = {
        "buyer_organisation_id": str(pair.buyer.organisation_id),
        "currency": "KZT",
        "lines": [invoice_line(), invoice_line("Delivery", "1", 9_999)],
        **overrides,
    }
    return ok(await pair.vendor.client.post("/api/v1/invoices", json=body), 201)


async def make_sent(pair: Pair, **overrides: Any) -> dict[str, Any]:
    """A sent invoice as the seller sees it."""
    draft = await make_draft(pair, **overrides)
    return ok(await pair.vendor.client.post(f"/api/v1/invoices/{draft['id']}/send"))


async def pay(pair: Pair, invoice: dict[str, Any], amount: int, reference: str, **more: Any) -> Any:
    """The answer to recording a payment."""
    body = {"amount": kzt(amount), "reference": reference, **more}
    return await pair.vendor.client.post(f"/api/v1/invoices/{invoice['id']}/payments", json=body)


async def credit(pair: Pair, invoice: dict[str, Any], **body: Any) -> Any:
    """The answer to asking for a credit note."""
    return await pair.vendor.client.post(
        f"/api/v1/invoices/{invoice['id']}/credit-notes", json={"reason": "Returned", **body}
    )


async def reread(account: Any, invoice: dict[str, Any]) -> dict[str, Any]:
    """The invoice as it stands."""
    return ok(await account.client.get(f"/api/v1/invoices/{invoice['id']}"))
