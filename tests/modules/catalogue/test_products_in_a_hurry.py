"""What people in a hurry do to goods: a price of nought, the same variant at once, words that look like other words."""

import asyncio

import pytest

from tests.factories.accounts import register
from tests.factories.categories import category_desk, make_category, put_attribute
from tests.factories.imports import bring_in, counts, products_of
from tests.factories.procurement import kzt, ok, problem
from tests.factories.products import PRODUCTS, make_product, make_published
from tests.factories.tables import csv_bytes


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Dala Coffee")


async def test_goods_that_buyers_see_are_never_given_away(supplier, owner, drain):
    shown = await make_published(supplier, owner, sku="A-1", price=kzt(10_000))
    draft = await make_product(supplier, sku="D-1", price=kzt(10_000))
    client, nothing = supplier.client, {"price": kzt(0)}
    answer = await client.patch(f"{PRODUCTS}/{shown['id']}", json=nothing)
    refused = problem(answer, 422, "catalogue.price_nought")
    assert [one["pointer"] for one in refused["errors"]] == ["#/price"]
    ok(await client.patch(f"{PRODUCTS}/{draft['id']}", json=nothing))
    free = {"sku": "A-1-S", "options": {"size": "S"}, **nothing}
    problem(
        await client.post(f"{PRODUCTS}/{shown['id']}/variants", json=free),
        422,
        "catalogue.price_nought",
    )
    head = ["Артикул", "Артикул родителя", "Размер", "Цена"]
    run = await bring_in(
        supplier, drain, csv_bytes([["Артикул", "Цена"], ["A-1", "0"]]), mode="prices"
    )
    assert counts(run["report"]) == (0, 0, 0, 1, 0)
    rows = [head, ["A-1-M", "A-1", "M", "0"]]
    run = await bring_in(supplier, drain, csv_bytes(rows), is_checked=True)
    assert counts(run["check_report"])[3] == counts(run["report"])[3] == 1
    found = await products_of(owner, supplier)
    assert {sku: one["price_amount"] for sku, one in found.items()} == {"A-1": 10_000, "D-1": 0}


async def test_variants_with_the_same_options_are_made_once(supplier, owner):
    path = f"{PRODUCTS}/{(await make_product(supplier, sku='TEE'))['id']}/variants"

    async def add(sku: str, size: str) -> int:
        body = {"sku": sku, "options": {"size": size}}
        return (await supplier.client.post(path, json=body)).status_code

    assert await add("TEE-0", "S") == 201
    answers = await asyncio.gather(*(add(f"TEE-{n}", "M") for n in range(1, 6)))
    assert sorted(answers) == [201, 422, 422, 422, 422]
    assert await add("TEE-6", "m") == 422


async def test_values_that_look_alike_get_skus_of_their_own(supplier):
    product = await make_product(supplier, sku="BOLT")
    axes = [{"name": "size", "values": ["1.5", "15", "+", "-", "W" * 17, "W" * 18]}]
    path = f"{PRODUCTS}/{product['id']}/variants/generate"
    page = ok(await supplier.client.post(path, json={"axes": axes}))
    skus = [one["sku"] for one in page["variants"]]
    assert skus == ["BOLT-15", "BOLT-15-2", "BOLT-", "BOLT--2", f"BOLT-{'W' * 16}", f"BOLT-{'W' * 16}-2"]  # fmt: skip
    long = await make_product(supplier, sku="X" * 64)
    page = ok(
        await supplier.client.post(
            f"{PRODUCTS}/{long['id']}/variants/generate",
            json={"axes": [{"name": "size", "values": ["S", "M"]}]},
        )
    )
    assert [one["sku"] for one in page["variants"]] == ["X" * 62 + "-2", "X" * 62 + "-3"]


async def test_an_sku_is_found_again_in_its_own_export(supplier, owner, drain):
    await make_published(supplier, owner, sku="A  1", price=kzt(10_000))
    answer = await supplier.client.post(
        PRODUCTS, json={"sku": "A \u00a01", "names": {"ru": "Чай"}, "price": kzt(1)}
    )
    problem(answer, 409, "catalogue.sku_taken")
    gone = await make_published(supplier, owner, sku="OLD")
    ok(await supplier.client.post(f"{PRODUCTS}/{gone['id']}/archive", json={}))
    table = (await supplier.client.get(f"{PRODUCTS}/export")).content
    run = await bring_in(supplier, drain, table, is_checked=True)
    # What is archived stands in the export too, and says nothing that it is not.
    assert counts(run["check_report"]) == counts(run["report"]) == (0, 0, 2, 0, 0)
    assert set(await products_of(owner, supplier)) == {"A 1", "OLD"}


async def test_watts_do_not_become_kilowatts_in_another_category(app, owner, supplier):
    desk = await category_desk(app, owner)
    small, large = await make_category(desk, "Drills"), await make_category(desk, "Engines")
    for category, unit in ((small, "WTT"), (large, "KWT")):
        await put_attribute(desk, category, "force", "number", unit=unit)
        await put_attribute(desk, category, "brand")
    product = await make_product(
        supplier, category_id=small["id"], attributes={"force": 1500, "brand": "Ural"}
    )
    path = f"{PRODUCTS}/{product['id']}"
    moved = ok(await supplier.client.patch(path, json={"category_id": large["id"]}))
    assert moved["attributes"] == {"brand": "Ural"}


async def test_a_range_that_is_used_up_says_so(supplier, owner):
    product = await make_product(supplier, sku="A-1")
    await owner.execute(
        "insert into kit_number_series (organisation_id, name, year, last_number)"
        " values ($1, 'BARCODE', 0, 9999999999)",
        supplier.organisation_id,
    )
    answer = await supplier.client.post(f"{PRODUCTS}/{product['id']}/barcode")
    problem(answer, 409, "catalogue.barcodes_used_up")
