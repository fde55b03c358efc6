"""Prices of nought in price lists: refused wherever one can be written."""

from uuid import UUID

from tests.factories.accounts import register
from tests.factories.files import upload
from tests.factories.prices import LISTS, cell, make_list, put
from tests.factories.procurement import kzt, ok, pointers
from tests.factories.products import make_product, make_published
from tests.factories.tables import csv_bytes


async def test_nothing_is_given_away_by_a_list(app, owner, drain):
    """A standing offer at nought is a slip of the keyboard; a sample is agreed on in a quote."""
    supplier = await register(app, role="vendor")
    product = await make_published(supplier, owner)
    draft = await make_product(supplier, sku="NEW", price=kzt(0))
    made = await make_list(supplier, "Wholesale", cell(product, 90))
    other = await make_list(supplier, "Other", cell(product, 90))
    path = f"{LISTS}/{made['id']}"
    refused = await put(supplier, made, cell(product, 80), cell(product, 0, "10"))
    assert pointers(refused) == [("#/prices/1/price", "nought")]
    for body in (
        {"action": "change", "amount": -90},
        {"action": "change", "percent": "-99.9"},
        {"action": "change", "percent": "-50", "round_to": 100},
        {"action": "copy", "from_list_id": other["id"], "amount": -100},
    ):
        answer = await supplier.client.post(f"{path}/adjust", json=body)
        assert pointers(answer) == [("#/amount", "nought")], body
    nought = {"action": "set", "amount": 0, "product_ids": [product["id"]]}
    assert pointers(await supplier.client.post(f"{path}/adjust", json=nought))
    rows = csv_bytes([["SKU", "Price, KZT"], ["KOFE-1", "0"], ["NEW", "5"]])
    file = ok(await upload(supplier.client, rows, "List.csv", "import"), 201)
    body = {"media_id": file["id"], "options": {"list_id": made["id"]}}
    run = ok(await supplier.client.post(f"{LISTS}/import", json=body), 201)
    await drain()
    ok(await supplier.client.post(f"{LISTS}/import/{run['id']}/start", json={}))
    await drain()
    errors = ok(await supplier.client.get(f"{LISTS}/import/{run['id']}/errors"))["items"]
    assert [(one["row"], one["errors"][0]["code"]) for one in errors] == [(2, "nought")]
    # Goods whose price nobody has given yet are left out of a copy of the goods' own prices.
    ok(await supplier.client.post(f"{path}/adjust", json={"action": "copy"}))
    found = await owner.fetch(
        "select product_id, amount from catalogue_list_prices where list_id = $1 order by 2",
        UUID(made["id"]),
    )
    assert [tuple(row) for row in found] == [
        (UUID(draft["id"]), 500), (UUID(product["id"]), 150_000),
    ]  # fmt: skip
