"""Export of products: what goes out comes back unchanged."""

import pytest

from tests.factories.accounts import register
from tests.factories.imports import begin, bring_in, counts, do, products_of, view
from tests.factories.products import PRODUCTS, make_product
from tests.factories.tables import PRICE_LIST, xlsx_bytes


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Dala Coffee")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_what_goes_out_comes_back_unchanged(supplier, owner, drain, kind):
    await make_product(
        supplier, sku="=A-1", weight_grams=250, country="BR", barcode="4006381333931",
        descriptions={"ru": "-20 % до конца недели,\nне позже"},
    )  # fmt: skip
    await bring_in(supplier, drain, xlsx_bytes(PRICE_LIST), "Прайс.xlsx")
    before = await products_of(owner, supplier)
    file = await supplier.client.get(f"{PRODUCTS}/export?format={kind}")
    assert file.status_code == 200
    assert file.headers["content-disposition"] == f'attachment; filename="products.{kind}"'
    if kind == "csv":
        assert "'=A-1" in file.text
        assert file.text.count("\r\n") == 5
        only = await supplier.client.get(f"{PRODUCTS}/export?q=K-1")
        assert only.text.count("\r\n") == 2
    run = await begin(supplier, file.content, f"products.{kind}")
    await drain()
    mapping = (await view(supplier, run))["mapping"]["columns"]
    assert all(column["field"] for column in mapping), mapping
    await do(supplier, run, "start")
    await drain()
    report = (await view(supplier, run))["report"]
    # A SKU that a spreadsheet would run as a formula cannot come in as bare text; shielded as CSV it can.
    assert counts(report) == ((0, 0, 4, 0, 0) if kind == "csv" else (0, 0, 3, 1, 0))
    assert await products_of(owner, supplier) == before
    stranger = await register(supplier.app, role="vendor")
    empty = await stranger.client.get(f"{PRODUCTS}/export")
    assert empty.text.count("\r\n") == 1
