"""The part of a market that sells from stock: goods that strangers may not see, prices, orders and what belongs to them."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.factories.accounts import Account
from tests.factories.files import upload
from tests.factories.prices import assign, cell, make_list
from tests.factories.procurement import ok
from tests.factories.products import PRODUCTS, product_body, put_stock
from tests.factories.tables import PRICE_LIST, csv_bytes

API = "/api/v1"


async def goods_of(
    buyer: Account,
    vendor: Account,
    link: dict[str, Any],
    drain: Callable[..., Awaitable[int]],
    mark: str,
) -> tuple[dict[str, str], dict[str, str]]:
    """Everything of two linked companies that is for them alone: `ids` and `resources` as in `Market`."""
    product = await _linked_product(vendor, mark)
    ids = {"product_id": product["id"]}
    ids |= await _prices(vendor, link, product, mark)
    ids |= await _waiting(vendor, product, mark)
    ids |= await _ordered(buyer, vendor, product, mark)
    ids |= await _used(buyer, vendor, product, drain, mark)
    draft = ok(
        await vendor.client.post(
            PRODUCTS, json=product_body(sku=f"{mark}-1", names={"en": f"{mark} draft"})
        ),
        201,
    )
    return ids, {
        "products": draft["id"],
        "orders": ids["order_id"],
        "change-requests": ids["change_request_id"],
        "standing-orders": ids["standing_id"],
        "complaints": ids["complaint_id"],
    }


async def _linked_product(vendor: Account, mark: str) -> dict[str, Any]:
    """Published for linked buyers alone, with a hundred pieces in a place of its own."""
    found = ok(await vendor.client.get(f"{API}/categories/search", params={"q": "coffee"}))
    rows = found if isinstance(found, list) else found["items"]
    body = product_body(
        sku=f"{mark}-2",
        names={"en": f"{mark} beans"},
        visibility="linked",
        category_id=rows[0]["id"],
        minimum_order="1",
    )
    product = ok(await vendor.client.post(PRODUCTS, json=body), 201)
    product = ok(await vendor.client.post(f"{PRODUCTS}/{product['id']}/propose", json={}))
    assert product["state"] == "published", product
    await put_stock(vendor, product["id"], "100")
    return product


async def _prices(
    vendor: Account, link: dict[str, Any], product: dict[str, Any], mark: str
) -> dict[str, str]:
    post = vendor.client.post
    made = await make_list(vendor, f"{mark} prices", cell(product, 140_000))
    assigned = ok(await assign(vendor, made, "link", link["id"]), 201)
    group = ok(await post(f"{API}/customer-groups", json={"name": f"{mark} friends"}), 201)
    return {
        "list_id": made["id"],
        "group_id": group["id"],
        "assignment_id": assigned["assignments"][0]["id"],
    }


async def _waiting(vendor: Account, product: dict[str, Any], mark: str) -> dict[str, str]:
    """A place, a change that a moderator has to look at, and an import that has only been read."""
    post = vendor.client.post
    place = ok(await post(f"{API}/stock-locations", json={"name": f"{mark} cellar"}), 201)
    names = {"names": {"en": f"{mark} beans, call +7 701 000 00 00"}}
    ok(await vendor.client.patch(f"{PRODUCTS}/{product['id']}", json=names))
    requests = ok(await vendor.client.get(f"{API}/change-requests"))["items"]
    file = ok(await upload(vendor.client, csv_bytes(PRICE_LIST), f"{mark}.csv", "import"), 201)
    run = ok(await post(f"{PRODUCTS}/import", json={"media_id": file["id"]}), 201)
    return {
        "location_id": place["id"],
        "change_request_id": requests[0]["id"],
        "import_id": run["id"],
    }


async def _ordered(
    buyer: Account, vendor: Account, product: dict[str, Any], mark: str
) -> dict[str, str]:
    """An order with a word on it, a cart, a template and a standing order."""
    post = buyer.client.post
    body = {
        "supplier_organisation_id": str(vendor.organisation_id),
        "lines": [{"product_id": product["id"], "quantity": "40"}],
    }
    order = ok(await post(f"{API}/orders", json={**body, "note": f"{mark} gate"}), 201)
    message = {"body": f"{mark} is expected", "client_id": "about-the-order"}
    ok(await post(f"{API}/orders/{order['id']}/messages", json=message), 201)
    ok(await post(f"{API}/cart/items", json=body["lines"][0]), 201)
    template = {"name": f"{mark} template", "order_id": order["id"]}
    kept = ok(await post(f"{API}/order-templates", json=template), 201)
    standing = {
        **body,
        "name": f"{mark} weekly",
        "schedule": "weekly",
        "days": [1],
    }
    placed = ok(await post(f"{API}/standing-orders", json=standing), 201)
    return {
        "order_id": order["id"],
        "order_template_id": kept["id"],
        "standing_id": placed["id"],
        "supplier_id": str(vendor.organisation_id),
    }


async def _used(
    buyer: Account,
    vendor: Account,
    product: dict[str, Any],
    drain: Callable[..., Awaitable[int]],
    mark: str,
) -> dict[str, str]:
    """Goods that have arrived: a complaint about one order, a review of what another one brought."""
    post = buyer.client.post
    arrived = [await _arrived(buyer, vendor, product) for _ in range(2)]
    claim = {
        "order_id": arrived[0]["id"],
        "line_id": arrived[0]["lines"][0]["id"],
        "kind": "damaged",
        "wanted": "credit",
        "text": f"{mark} sacks were torn.",
    }
    complaint = ok(await post(f"{API}/complaints", json=claim), 201)
    ok(await post(f"{API}/orders/{arrived[1]['id']}/complete", json={}))
    await drain()
    words = {"product_id": product["id"], "rating": 5, "text": f"{mark} smells of spring."}
    review = ok(await post(f"{API}/reviews", json=words), 201)
    return {"complaint_id": complaint["id"], "review_id": review["id"]}


async def _arrived(buyer: Account, vendor: Account, product: dict[str, Any]) -> dict[str, Any]:
    body = {
        "supplier_organisation_id": str(vendor.organisation_id),
        "lines": [{"product_id": product["id"], "quantity": "20"}],
    }
    order = ok(await buyer.client.post(f"{API}/orders", json=body), 201)
    for name in ("confirm", "process", "ship", "deliver"):
        ok(await vendor.client.post(f"{API}/orders/{order['id']}/{name}", json={}))
    return ok(await buyer.client.get(f"{API}/orders/{order['id']}"))
