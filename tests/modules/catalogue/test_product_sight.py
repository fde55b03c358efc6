"""Who sees which products: by the queries, and by the policies alone."""

import pytest

from tests.factories.accounts import add_member, register, visitor
from tests.factories.links import make_link, move
from tests.factories.procurement import ok, problem
from tests.factories.products import (
    PRODUCTS,
    make_product,
    make_published,
    product_body,
)


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Dala Coffee")


async def count(owner, table: str) -> int:
    return await owner.fetchval(f"select count(*) from {table}")


async def test_who_sees_a_product(app, supplier, owner, drain):
    buyer, stranger = await register(app), await register(app)
    public = await make_published(supplier, owner, sku="P", visibility="public")
    linked = await make_published(supplier, owner, sku="L", visibility="linked")
    draft = await make_product(supplier, sku="D")
    link = await make_link(buyer, supplier)
    readers = {"buyer": buyer.client, "stranger": stranger.client, "visitor": visitor(app)}

    async def seen() -> dict[str, str]:
        found = {}
        for name, client in readers.items():
            answers = [
                await client.get(f"{PRODUCTS}/{one['id']}") for one in (public, linked, draft)
            ]
            found[name] = "".join("y" if one.status_code == 200 else "n" for one in answers)
        return found

    assert await seen() == {"buyer": "yyn", "stranger": "ynn", "visitor": "ynn"}
    body = ok(await readers["buyer"].get(f"{PRODUCTS}/{linked['id']}"))
    assert (body["own"], body["actions"]) == (None, [])
    catalog = f"/api/v1/catalog?supplier_id={supplier.organisation_id}"
    page = ok(await buyer.client.get(catalog))
    assert sorted(one["sku"] for one in page["items"]) == ["L", "P"]
    problem(await stranger.client.get(catalog), 404, "links.not_linked")
    problem(await visitor(app).get(catalog), 401, "unauthenticated")
    seller = f"/api/v1/sellers/{supplier.organisation_id}"
    counts = {name: ok(await client.get(seller)) for name, client in readers.items()}
    assert {name: (one["products_count"], one["linked"]) for name, one in counts.items()} == {
        "buyer": (2, True), "stranger": (1, False), "visitor": (1, False),
    }  # fmt: skip
    problem(await visitor(app).get(f"/api/v1/sellers/{buyer.organisation_id}"), 404, "not_found")
    # Blocking hides at once, whatever was seen before.
    await move(supplier, link, "block", reason="Unpaid")
    assert (await seen())["buyer"] == "ynn"
    problem(await buyer.client.get(catalog), 404, "links.not_linked")
    ok(await supplier.client.post(f"{PRODUCTS}/{public['id']}/deactivate"))
    assert await seen() == {"buyer": "nnn", "stranger": "nnn", "visitor": "nnn"}
    for method, path in (
        ("patch", ""), ("put", ""), ("delete", ""), ("post", "/propose"), ("post", "/archive"),
        ("post", "/activate"), ("get", "/price-changes"), ("put", "/images"),
        ("post", "/variants"),
    ):  # fmt: skip
        sent = {
            "put": product_body() if not path else {"images": []},
            "post": {"sku": "V", "options": {"a": "b"}} if path == "/variants" else {},
        }
        kwargs = {"json": sent.get(method, {})} if method not in {"get", "delete"} else {}
        answer = await stranger.client.request(method, f"{PRODUCTS}/{linked['id']}{path}", **kwargs)
        problem(answer, 404, "not_found")
    viewer = await add_member(supplier, "viewer")
    problem(await viewer.client.patch(f"{PRODUCTS}/{draft['id']}", json={}), 403, "forbidden")
    ok(await viewer.client.get(f"{PRODUCTS}/{draft['id']}"))


async def test_the_policies_alone_hide_what_is_not_offered(app, supplier, owner, database):
    """Without any condition of a query: row-level security by itself."""
    from karavan.kit.db import read_row
    from karavan.kit.scopes import PUBLIC, Scope

    buyer, stranger = await register(app), await register(app)
    await make_published(supplier, owner, sku="P", visibility="public")
    await make_published(supplier, owner, sku="L", visibility="linked")
    await make_product(supplier, sku="D")
    link = await make_link(buyer, supplier)

    async def skus(scope: Scope) -> str:
        async with database.transaction(scope) as session:
            row = await read_row(
                session, "select string_agg(sku, '' order by sku) from catalogue_products"
            )
        return row[0] or ""

    scopes = {
        "supplier": Scope(supplier.organisation_id),
        "buyer": Scope(buyer.organisation_id),
        "stranger": Scope(stranger.organisation_id),
        "visitor": PUBLIC,
    }
    seen = {name: await skus(scope) for name, scope in scopes.items()}
    assert seen == {"supplier": "DLP", "buyer": "LP", "stranger": "P", "visitor": "P"}
    await move(supplier, link, "block", reason="Unpaid")
    assert await skus(scopes["buyer"]) == "P"
    for table in (
        "catalogue_stock_levels",
        "catalogue_stock_movements",
        "catalogue_price_changes",
        "catalogue_change_requests",
        "catalogue_stock_locations",
    ):
        async with database.transaction(scopes["stranger"]) as session:
            assert (await read_row(session, f"select count(*) from {table}"))[0] == 0
