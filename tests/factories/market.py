"""Two companies in the middle of everything: one of every kind of resource, and the identifiers by which routes name them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fastapi import FastAPI

from tests.factories.accounts import Account, add_member
from tests.factories.deals import Pair, make_invoice, make_pair
from tests.factories.files import picture, upload
from tests.factories.links import make_invitation, make_link
from tests.factories.mails import link_token_of
from tests.factories.market_goods import goods_of
from tests.factories.procurement import (
    invite,
    kzt,
    make_request,
    ok,
    submit_quote,
)

API = "/api/v1"
MARK = "Zhasyryn"

# Parameters that name nothing of a market's own.
_NOBODYS = "00000000-0000-7000-8000-000000000000"
_FURTHER = {
    "number": "1",
    "provider": "google",
    "sequence": "1",
    "handler": "none",
    "job_id": "1",
    "key": "none",
    "variant": "160.webp",
    "category_id": _NOBODYS,
    "code": "none",
    "synonym_id": _NOBODYS,
    "base": "KZT",
    "quote": "USD",
    "effective_on": "2026-01-01",
}


@dataclass
class Market:
    """What two companies have together."""

    pair: Pair
    ids: dict[str, str] = field(default_factory=dict)
    """Values of path parameters and body fields: `request_id`, `quote_id`, …"""
    sku: str = ""
    """Of the goods: in paths alone, for a body that names it would give strangers rows with the mark."""
    resources: dict[str, str] = field(default_factory=dict)
    """Values of `resource_id` by the first segment of the path: `requests`, `deals`, …"""

    @property
    def buyer(self) -> Account:
        """Who asks and pays."""
        return self.pair.buyer

    @property
    def vendor(self) -> Account:
        """Who offers and sells."""
        return self.pair.vendor

    def path_values(self, path: str) -> dict[str, str]:
        """Values for the parameters of a path template."""
        area = path.removeprefix(f"{API}/").split("/")[0]
        values = {name: value for name, value in self.ids.items() if f"{{{name}}}" in path}
        if "{resource_id}" in path:
            of_import = "/import/" in path
            values["resource_id"] = self.ids["import_id"] if of_import else self.resources[area]
        if area == "order-templates" and "{template_id}" in path:
            values["template_id"] = self.ids["order_template_id"]
        if "/by-barcode/" in path:
            values["code"] = self.sku
        if "/members/" in path:
            values["user_id"] = str(self.buyer.user_id)
        if "/invitations/" in path:
            values["organisation_id"] = str(self.vendor.organisation_id)
        return values

    def address(self, path: str, **values: str) -> str:
        """A path template filled in; `values` go before the market's own."""
        return path.format(**{**_FURTHER, **self.path_values(path), **values})


async def make_market(app: FastAPI, drain: Callable[..., Awaitable[int]]) -> Market:
    """A market in which every private text contains `MARK`; one request, since awarded, was public."""
    pair = await make_pair(app)
    market = Market(pair)
    await _sell(market, MARK)
    await _ask(market, MARK)
    await _equip(market, MARK)
    await _link(market, drain, MARK)
    await drain()
    told = ok(await pair.buyer.client.get(f"{API}/notifications"))["items"]
    market.ids["notification_id"] = told[0]["id"]
    return market


async def _sell(market: Market, mark: str) -> None:
    deal, invoice = await make_invoice(
        market.pair, title="Beams that everybody may see", quote={"note": f"{mark} price"}
    )
    post = market.vendor.client.post
    message = {"body": f"{mark} is loaded", "client_id": "first-message"}
    ok(await post(f"{API}/deals/{deal['id']}/messages", json=message), 201)
    thread = ok(await market.buyer.client.get(f"{API}/conversations"))["items"][0]
    market.ids |= {
        "deal_id": deal["id"],
        "public_request_id": deal["request_id"],
        "invoice_id": invoice["id"],
        "thread_id": thread["id"],
        "line_id": invoice["lines"][0]["id"],
        "buyer_organisation_id": str(market.buyer.organisation_id),
    }
    market.resources |= {"deals": deal["id"], "invoices": invoice["id"]}


async def _ask(market: Market, mark: str) -> None:
    buyer, vendor = market.buyer.client, market.vendor.client
    request = await make_request(
        market.buyer, title=f"{mark} pipes", visibility="invited", description=f"{mark} walls"
    )
    await invite(market.buyer, request, market.vendor)
    path = f"{API}/requests/{request['id']}"
    request = ok(await buyer.post(f"{path}/publish", json={}))
    quote = await submit_quote(market.vendor, request, note=f"{mark} discount")
    question = ok(await vendor.post(f"{path}/questions", json={"text": f"{mark} steel?"}), 201)
    weights = {"criteria": [{"name": f"{mark} quality", "kind": "manual", "weight": 10}]}
    criteria = ok(await buyer.put(f"{path}/criteria", json=weights))["criteria"]
    market.ids |= {
        "request_id": request["id"],
        "request_line_id": request["lines"][0]["id"],
        "quote_id": quote["id"],
        "question_id": question["id"],
        "criterion_id": criteria[0]["id"],
    }
    market.resources |= {"requests": request["id"], "quotes": quote["id"]}


async def _link(market: Market, drain: Callable[..., Awaitable[int]], mark: str) -> None:
    link = await make_link(market.buyer, market.vendor)
    path = f"{API}/links/{link['id']}"
    ok(await market.vendor.client.post(f"{path}/notes", json={"text": f"{mark} pays late"}), 201)
    invitation = await make_invitation(market.vendor, name=f"{mark} fair")
    market.ids |= {"link_id": link["id"], "invitation_id": invitation["id"]}
    market.resources["links"] = link["id"]
    ids, resources = await goods_of(market.buyer, market.vendor, link, drain, mark)
    market.ids |= ids
    market.resources |= resources
    market.sku = f"{mark}-2"


async def _equip(market: Market, mark: str) -> None:
    buyer = market.buyer
    post = buyer.client.post
    file = ok(await upload(buyer.client, picture(), f"{mark}.png"), 201)
    body = {"name": f"{mark} template", "request_id": market.ids["request_id"]}
    template = ok(await post(f"{API}/request-templates", json=body), 201)
    email = f"{mark.lower()}-guest@example.org"
    invitation = ok(await post(f"{API}/invites", json={"email": email, "role": "viewer"}), 201)
    rules = [{"purpose": "publish", "above": kzt(10**9), "approver_role": "owner"}]
    ok(await buyer.client.put(f"{API}/approval-rules", json={"rules": rules}))
    draft = await make_request(buyer, title=f"{mark} crane", budget=kzt(10**10))
    path = f"{API}/requests/{draft['id']}/approvals"
    colleague = await add_member(buyer, "buyer")
    approval = ok(await colleague.client.post(path, json={"purpose": "publish"}), 201)
    sessions = ok(await buyer.client.get(f"{API}/auth/sessions"))
    listed = sessions["items"] if isinstance(sessions, dict) else sessions
    market.ids |= {
        "media_id": file["id"],
        "template_id": template["id"],
        "invite_id": invitation["id"],
        "token": await link_token_of(buyer.app, email),
        "approval_id": approval["id"],
        "session_id": listed[0]["id"],
        "user_id": str(buyer.user_id),
        "organisation_id": str(buyer.organisation_id),
        "draft_id": draft["id"],
    }
    market.resources["approvals"] = approval["id"]
