"""An EAN or UPC that is typed in stands on one product of a supplier."""

import asyncio
from uuid import UUID

import pytest
from msgspec.structs import replace

from karavan.kit.imports import kinds
from karavan.modules.catalogue.importing.kind import PRODUCT_IMPORTS
from tests.factories.accounts import register
from tests.factories.imports import IMPORTS, begin, do, products_of
from tests.factories.procurement import ok, problem
from tests.factories.products import PRODUCTS, make_product, product_body
from tests.factories.tables import csv_bytes


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Dala Coffee")


async def test_a_typed_barcode_stands_on_one_product_of_a_supplier(app, supplier, owner):
    first = await make_product(supplier, sku="C-1", barcode="4006381333931")
    # UPC-A and EAN-13 of one number are one code.
    answers = await asyncio.gather(
        *(
            supplier.client.post(PRODUCTS, json=product_body(sku=f"U-{n}", barcode="036000291452"))
            for n in range(4)
        )
    )
    assert sorted(one.status_code for one in answers) == [201] + [409] * 3
    refused = await supplier.client.post(
        PRODUCTS, json=product_body(sku="C-2", barcode="04006381333931")
    )
    meta = problem(refused, 409, "catalogue.barcode_taken")["meta"]
    assert meta["product"] == {"id": first["id"], "sku": "C-1", "name": "Arabica beans"}
    second = await make_product(supplier, sku="C-3")
    path = f"{PRODUCTS}/{second['id']}"
    for change in ({"barcode": "4006381333931"}, {"barcode": "0036000291452"}):
        problem(await supplier.client.patch(path, json=change), 409, "catalogue.barcode_taken")
    variant = {"sku": "C-4", "options": {"size": "S"}, "barcode": "4006381333931"}
    problem(
        await supplier.client.post(f"{path}/variants", json=variant), 409, "catalogue.barcode_taken"
    )
    kept = ok(await supplier.client.get(path))
    assert (kept["barcode"], kept["version"], kept["variants"]) == (None, 1, [])
    assert await owner.fetchval("select count(*) from catalogue_products") == 3
    # One's own stays, another company's is another matter, and what is archived lets go of it.
    ok(await supplier.client.patch(f"{PRODUCTS}/{first['id']}", json={"barcode": "4006381333931"}))
    other = await register(app, role="vendor")
    await make_product(other, barcode="4006381333931")
    await owner.execute(
        "update catalogue_products set state = 'archived' where id = $1", UUID(first["id"])
    )
    taken = ok(await supplier.client.patch(path, json={"barcode": "4006381333931"}))
    assert taken["barcode"] == "04006381333931"


TABLE_HEAD = ["SKU", "Name", "Price", "Barcode"]
ONE, TWO, THREE = "4006381333931", "0036000291452", "5901234123457"


async def test_rows_of_a_table_give_one_product_each_code(app, supplier, owner, drain, monkeypatch):
    """A check says what the import then does: in one batch, and with each row in a batch of its own."""
    for batch_rows in (1, PRODUCT_IMPORTS.batch_rows):
        kind = replace(PRODUCT_IMPORTS, batch_rows=batch_rows)
        monkeypatch.setitem(kinds._kinds, "products", kind)
        await owner.execute("delete from catalogue_products")
        await make_product(supplier, sku="HOLDS", barcode=ONE)
        await make_product(supplier, sku="MOVES", barcode=TWO)
        rows = [
            ["A", "First", "100", ONE],
            ["B", "Second", "100", TWO],
            ["MOVES", "Moves", "100", THREE],
            ["C", "Third", "100", THREE],
            ["D", "Fourth", "100", "036000291452"],
            ["E", "Fifth", "100", TWO],
            ["HOLDS", "Keeps", "100", ONE],
        ]
        run = await begin(supplier, csv_bytes([TABLE_HEAD, *rows]), "codes.csv")
        await drain()
        expected = [(row, "barcode_taken") for row in (2, 3, 5, 7)]
        for transition, checked in (("check", "true"), ("start", "false")):
            await do(supplier, run, transition)
            await drain()
            refused = ok(
                await supplier.client.get(f"{IMPORTS}/{run['id']}/errors?checked={checked}")
            )["items"]
            assert [(one["row"], one["errors"][0]["code"]) for one in refused] == expected, (
                batch_rows,
                transition,
            )
        assert {
            sku: one["barcode"] for sku, one in (await products_of(owner, supplier)).items()
        } == {"HOLDS": f"0{ONE}", "MOVES": f"0{THREE}", "D": f"0{TWO}"}
