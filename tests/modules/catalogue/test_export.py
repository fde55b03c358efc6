"""Export of products: what goes out comes back unchanged."""

import pytest

from tests.factories.accounts import register
from tests.factories.imports import begin, bring_in, counts, do, products_of, view
from tests.factories.procurement import problem
from tests.factories.products import PRODUCTS, make_product, product_body
from tests.factories.tables import PRICE_LIST, xlsx_bytes


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Dala Coffee")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_what_goes_out_comes_back_unchanged(supplier, owner, drain, kind):
    await make_product(
        supplier, sku="=A-1", weight_grams=250, country="BR", barcode="4006381333931",
        descriptions={"ru": "-20 % до  конца\tнедели,\nне позже"}, names={"en": "'=Beans\u00a0and  more"},
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
    assert counts(report) == (0, 0, 4, 0, 0)
    assert await products_of(owner, supplier) == before
    stranger = await register(supplier.app, role="vendor")
    empty = await stranger.client.get(f"{PRODUCTS}/export")
    assert empty.text.count("\r\n") == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_every_unit_that_goods_may_have_comes_back_as_itself(supplier, owner, drain, kind):
    # Pieces have several codes, and so have people's words for them: a code stands for itself alone.
    units = ["H87", "C62", "EA", "DZN", "XRO", "10", "P1", "KWH"]
    for unit in units:
        await make_product(supplier, sku=f"U-{unit}", unit=unit)
    before = await products_of(owner, supplier)
    file = await supplier.client.get(f"{PRODUCTS}/export?format={kind}")
    run = await begin(supplier, file.content, f"products.{kind}")
    await drain()
    await do(supplier, run, "start")
    await drain()
    assert counts((await view(supplier, run))["report"]) == (0, 0, len(units), 0, 0)
    assert await products_of(owner, supplier) == before


@pytest.mark.parametrize(
    ("values", "pointer", "code", "allowed"),
    [
        ({"unit": "ZZZ"}, "#/unit", "unit", "Recommendation 20"),
        ({"unit": "NPR"}, "#/unit", "unit", "Recommendation 20"),
        ({"price": {"amount": 5, "currency": "NPR"}}, "#/price", "currency_unknown", "NGN, NOK"),
    ],
)
async def test_what_an_import_would_refuse_the_api_refuses_and_says_what_is_taken(
    supplier, values, pointer, code, allowed
):
    refused = await supplier.client.post(PRODUCTS, json=product_body(**values))
    [error] = problem(refused, 422, "validation")["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)
    assert allowed in error["detail"]
