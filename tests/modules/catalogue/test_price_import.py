"""Import of a price list through the platform's one mechanism."""

from decimal import Decimal
from uuid import UUID

from tests.factories.accounts import add_member, register
from tests.factories.files import upload
from tests.factories.prices import LISTS, make_list
from tests.factories.procurement import ok, pointers, problem
from tests.factories.products import make_product
from tests.factories.tables import csv_bytes

IMPORTS = f"{LISTS}/import"


async def test_rows_become_steps_and_dear_ones_are_named(app, owner, drain):
    supplier = await register(app, role="vendor")
    coffee = await make_product(supplier)
    await make_product(supplier, sku="TEA-1")
    made = await make_list(supplier, "Wholesale")
    rows = [
        ["Артикул", "От количества", "Цена, ₸"],
        ["KOFE-1", "1", "1 400,00"],
        ["kofe-1", "10", "1 300"],
        ["KOFE-1", "50", "1 350"],
        ["TEA-1", "", "900 ₸"],
        ["TEA-1", "5", "$2"],
        ["NONE-1", "1", "10"],
        ["TEA-1", "1", "800"],
    ]
    file = ok(await upload(supplier.client, csv_bytes(rows), "Опт.csv", "import"), 201)
    body = {"media_id": file["id"], "options": {"list_id": made["id"]}}
    run = ok(await supplier.client.post(IMPORTS, json=body), 201)
    await drain()
    address = f"{IMPORTS}/{run['id']}"
    read = ok(await supplier.client.get(address))
    assert [one["field"] for one in read["mapping"]["columns"]] == ["sku", "from_quantity", "price"]
    ok(await supplier.client.post(f"{address}/check", json={}))
    await drain()
    expected = {"created": 3, "updated": 0, "unchanged": 0, "refused": 4}
    report = ok(await supplier.client.get(address))["check_report"]
    assert {name: report[name] for name in expected} == expected
    assert await owner.fetchval("select count(*) from catalogue_list_prices") == 0
    ok(await supplier.client.post(f"{address}/start", json={}))
    await drain()
    assert ok(await supplier.client.get(address))["report"]["created"] == 3
    found = await owner.fetch(
        "select from_quantity, amount from catalogue_list_prices where product_id = $1 order by 1",
        UUID(coffee["id"]),
    )
    assert [tuple(row) for row in found] == [(Decimal(1), 140_000), (Decimal(10), 130_000)]
    errors = ok(await supplier.client.get(f"{address}/errors"))["items"]
    assert [(one["row"], one["errors"][0]["code"]) for one in errors] == [
        (4, "dearer"), (6, "currency"), (7, "unknown"), (8, "duplicate"),
    ]  # fmt: skip
    told = ok(await supplier.client.get("/api/v1/notifications"))["items"]
    assert [(one["kind"], one["link"]) for one in told if "import" in one["kind"]] == [
        ("price_import.finished", f"/app/price-lists/{made['id']}")
    ]
    other = await make_list(await register(app, role="vendor"), "Theirs")
    refused = await supplier.client.post(
        IMPORTS, json={"media_id": file["id"], "options": {"list_id": other["id"]}}
    )
    assert pointers(refused) == [("#/options/list_id", "unknown")]
    sales = await add_member(supplier, "sales")
    problem(await sales.client.get(address), 403, "forbidden")
    stranger = await register(app, role="vendor")
    problem(await stranger.client.get(address), 404, "not_found")


async def test_tax_is_taken_out_of_steps_that_hold_it(app, owner, drain):
    supplier = await register(app, role="vendor")
    coffee = await make_product(supplier, tax_rate="12")
    made = await make_list(supplier, "Wholesale")
    rows = [["Артикул", "От количества", "Цена с НДС"], ["KOFE-1", "1", "1 120"], ["KOFE-1", "10", "999,99"]]  # fmt: skip
    file = ok(await upload(supplier.client, csv_bytes(rows), "Опт.csv", "import"), 201)
    body = {"media_id": file["id"], "options": {"list_id": made["id"]}}
    run = ok(await supplier.client.post(IMPORTS, json=body), 201)
    await drain()
    ok(await supplier.client.post(f"{IMPORTS}/{run['id']}/start", json={}))
    await drain()
    found = await owner.fetch(
        "select from_quantity, amount from catalogue_list_prices where product_id = $1 order by 1",
        UUID(coffee["id"]),
    )
    # 1120 / 1.12; 999.99 / 1.12 is 892.848.
    assert [tuple(row) for row in found] == [(1, 100_000), (10, 89_285)]


async def test_columns_are_called_as_in_every_other_table(app, drain):
    supplier = await register(app, role="vendor")
    made = await make_list(supplier, "Wholesale")
    for codes, quantities in (("Item no", "Колич."), ("Код номенклатуры", "Мөлшері")):
        rows = csv_bytes([[codes, quantities, "Price, KZT"], ["A-1", "1", "10"]])
        file = ok(await upload(supplier.client, rows, "Опт.csv", "import"), 201)
        body = {"media_id": file["id"], "options": {"list_id": made["id"]}}
        run = ok(await supplier.client.post(IMPORTS, json=body), 201)
        await drain()
        columns = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}"))["mapping"]["columns"]
        assert [one["field"] for one in columns] == ["sku", "from_quantity", "price"]
