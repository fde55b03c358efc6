"""SKUs of an import: matched whatever their case, kept as they are spelled."""

import pytest

from tests.factories.accounts import register
from tests.factories.imports import IMPORTS, bring_in, counts
from tests.factories.procurement import ok
from tests.factories.products import make_product
from tests.factories.tables import csv_bytes

HEAD = ["SKU", "Parent SKU", "Variant", "Name", "Price, KZT"]


@pytest.mark.parametrize("is_checked", [False, True])
async def test_rows_mean_the_goods_that_are_there_in_any_case(app, owner, drain, is_checked):
    supplier = await register(app, role="vendor")
    await make_product(supplier, sku="Kofe-1")
    await make_product(supplier, sku="Ж-7")
    rows = [
        HEAD,
        ["KOFE-1", "", "", "Renamed", "9"],
        ["ж-7", "", "", "Beetle", "9"],
        ["Shirt", "", "", "Shirt", "5"],
        ["SHIRT-S", "SHIRT", "size=S", "", "5"],
        ["shirt-s", "shirt", "size=M", "", "5"],
    ]
    run = await bring_in(supplier, drain, csv_bytes(rows), is_checked=is_checked)
    if is_checked:
        assert counts(run["check_report"]) == counts(run["report"])
    assert counts(run["report"]) == (2, 2, 0, 1, 0)
    refused = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}/errors"))["items"]
    assert [(one["row"], one["errors"][0]["code"]) for one in refused] == [(6, "duplicate")]
    found = await owner.fetch(
        'select sku, price_amount from catalogue_products order by sku collate "C"'
    )
    assert [tuple(row) for row in found] == [
        ("Kofe-1", 900), ("SHIRT-S", 500), ("Shirt", 500), ("Ж-7", 900),
    ]  # fmt: skip
