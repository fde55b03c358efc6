"""Import of products: recognised, mapped, checked, written, resumed; and what may not happen."""

import io
import json
from uuid import UUID

import msgspec
import pytest

from karavan.kit.imports import running
from karavan.kit.imports.kinds import kind_named
from karavan.modules.catalogue.importing.kind import PRODUCT_IMPORTS
from tests.factories.accounts import register
from tests.factories.files import upload
from tests.factories.imports import IMPORTS, begin, bring_in, counts, do, products_of, view
from tests.factories.procurement import ok, pointers, problem
from tests.factories.products import PRODUCTS, make_product, make_published
from tests.factories.tables import PRICE_LIST, csv_bytes, xlsx_bytes, zip_bytes

HEAD = ["Артикул", "Наименование", "Категория", "Цена, ₸", "Остаток", "Ед. изм."]


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Dala Coffee")


async def test_a_price_list_becomes_products(supplier, owner, drain):
    run = await begin(supplier, xlsx_bytes(PRICE_LIST), "Прайс.xlsx")
    assert (run["state"], run["mapping"], run["progress"]) == ("reading", None, 0)
    await drain()
    run = await view(supplier, run)
    assert (run["state"], run["file_kind"], run["mapping"]["header_row"]) == ("draft", "xlsx", 4)
    assert [c["field"] for c in run["mapping"]["columns"]] == [
        "sku", "name", "price", "stock", "unit", "weight",
    ]  # fmt: skip
    assert run["preview"][0] == {"number": 1, "cells": ["ТОО «Караван Кофе»"]}
    assert {a["name"] for a in run["actions"]} == {"map", "check", "start", "cancel"}
    await do(supplier, run, "check")
    await drain()
    checked = await view(supplier, run)
    assert (checked["state"], counts(checked["check_report"])) == ("checked", (3, 0, 0, 0, 1))
    assert await products_of(owner, supplier) == {}
    await do(supplier, run, "start")
    await drain()
    done = await view(supplier, run)
    assert (done["state"], counts(done["report"]), done["progress"]) == (
        "finished", (3, 0, 0, 0, 1), 1,
    )  # fmt: skip
    found = await products_of(owner, supplier)
    first = found["K-1"]
    assert (first["price_amount"], first["currency"], first["unit"], first["weight_grams"]) == (
        450_050, "KZT", "H87", 1500,
    )  # fmt: skip
    assert (first["state"], json.loads(first["names"]), first["available"]) == (
        "draft", {"ru": "Арабика Бразилия"}, 12,
    )  # fmt: skip
    moved = await owner.fetch(
        "select kind, quantity, on_hand, reason, actor_user_id from catalogue_stock_movements order by sequence"
    )
    assert [tuple(row)[:3] for row in moved] == [("adjusted", 12, 12), ("adjusted", 7, 7)]
    assert {(row["reason"], row["actor_user_id"]) for row in moved} == {
        ("Import: Прайс.xlsx", supplier.user_id)
    }
    prices = await owner.fetch(
        "select before_amount, after_amount, reason from catalogue_price_changes"
    )
    assert sorted(row["after_amount"] for row in prices) == [120_000, 450_050, 520_000]
    events = await owner.fetch(
        "select payload from kit_outbox_events where type = 'products.imported'"
    )
    assert len(events) == 1
    assert set(json.loads(events[0]["payload"])["created"]) == {
        str(p["id"]) for p in found.values()
    }
    trail = await owner.fetch(
        "select action from kit_audit_entries where target_type = 'product_import' order by sequence"
    )
    assert [row["action"] for row in trail] == [
        f"product_import.{verb}"
        for verb in ("create", "recognise", "check", "report", "start", "finish")
    ]
    # The same file again changes nothing.
    again = await bring_in(supplier, drain, xlsx_bytes(PRICE_LIST), "Прайс.xlsx")
    assert counts(again["report"]) == (0, 0, 3, 0, 1)
    assert await products_of(owner, supplier) == found
    assert await owner.fetchval("select count(*) from catalogue_stock_movements") == 2


async def test_rows_that_are_refused_come_back_with_remarks(supplier, owner, drain):
    rows = [
        HEAD,
        ["A-1", "Орехи", None, "100", "5", "кг"],
        ["A-2", "Изюм", None, "по запросу", "5", "горсть"],
        ["A-1", "Снова орехи", None, "100", "5", "кг"],
        ["A-3", None, None, "100", "-1", "кг"],
        [None, "Без артикула", None, "100", "1", "кг"],
        ["A-4", "=HYPERLINK(1)", None, "100", "1", "кг"],
        ["A-5", "Курага", None, "100,5555", "1", "кг"],
    ]
    run = await bring_in(supplier, drain, csv_bytes(rows), is_checked=True)
    assert counts(run["check_report"]) == counts(run["report"]) == (1, 0, 0, 6, 0)
    assert set(await products_of(owner, supplier)) == {"A-1"}
    errors = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}/errors"))["items"]
    assert [(e["row"], [(x["field"], x["column"], x["code"]) for x in e["errors"]]) for e in errors] == [
        (3, [("price", 3, "number"), ("unit", 5, "unit")]),
        (4, [("sku", 0, "duplicate")]),
        (5, [("stock", 4, "negative")]),
        (6, [("sku", 0, "required")]),
        (7, [("name", 1, "formula")]),
        (8, [("price", 3, "too_precise")]),
    ]  # fmt: skip
    assert errors[1]["errors"][0]["detail"] == "Row 2 has the same value."
    paged = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}/errors?size=4"))
    more = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}/errors?cursor={paged['next']}"))
    assert [e["row"] for e in paged["items"] + more["items"]] == [3, 4, 5, 6, 7, 8]
    file = await supplier.client.get(f"{IMPORTS}/{run['id']}/errors/file")
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == ";".join([*HEAD, "What is wrong"])
    assert lines[3] == "A-3;;;100;-1;кг;Остаток: This cannot be less than nothing."
    assert lines[5].split(";")[1] == "'=HYPERLINK(1)"
    # Who reads Russian is told in Russian, on the screen and in the file, with the row or number that is meant.
    ok(await supplier.client.patch("/api/v1/users/profile", json={"locale": "ru"}))
    told = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}/errors"))["items"]
    assert told[1]["errors"][0]["detail"] == "То же значение уже стоит в строке 2."
    written = await supplier.client.get(f"{IMPORTS}/{run['id']}/errors/file")
    assert written.headers["content-disposition"].endswith(
        "filename*=UTF-8''%D0%9F%D1%80%D0%B0%D0%B9%D1%81%20-%20errors.csv"
    )
    lines = written.content.decode("utf-8-sig").splitlines()
    assert lines[0].endswith(";Что не так")
    assert lines[3] == "A-3;;;100;-1;кг;Остаток: Не может быть меньше нуля."
    # Mended, it can be imported as it is.
    mended = file.content.replace("по запросу".encode(), b"250").replace(
        "горсть".encode(), "кг".encode()
    )
    again = await bring_in(supplier, drain, mended)
    assert set(await products_of(owner, supplier)) >= {"A-1", "A-2"}
    assert [c["field"] for c in again["mapping"]["columns"]][-1] is None


async def test_the_errors_of_a_workbook_are_a_workbook_with_their_sections(supplier, drain):
    from karavan.kit.imports.readers import open_table

    rows = [*PRICE_LIST[:6], ["K-2", "Без цены", None, 1, "шт", "1"], *PRICE_LIST[7:]]
    run = await bring_in(supplier, drain, xlsx_bytes(rows), "Прайс.xlsx")
    assert counts(run["report"])[3] == 1
    file = await supplier.client.get(f"{IMPORTS}/{run['id']}/errors/file")
    table = open_table(io.BytesIO(file.content))
    cells = [row.cells for row in table.rows(0)]
    assert cells[0][-1] == "What is wrong"
    assert cells[1] == ["Кофе → Зерновой"]
    assert cells[2][:2] == ["K-2", "Без цены"]
    assert cells[2][-1] == "Цена, тг: A new product needs this."


async def test_each_mode_does_what_it_says(supplier, owner, drain):
    product = await make_product(supplier, sku="A-1")
    before = (await products_of(owner, supplier))["A-1"]
    table = csv_bytes(
        [HEAD, ["A-1", "Новое имя", None, "777", "9", "кг"], ["B-1", "Чай", None, "5", "1", "кг"]]
    )
    expected = {
        "create": ((1, 0, 0, 1, 0), {"B-1"}),
        "prices": ((0, 1, 1, 0, 0), {"price_amount"}),
        "stock": ((0, 1, 1, 0, 0), {"available"}),
        "update": ((0, 1, 1, 0, 0), {"names"}),
        "upsert": ((0, 0, 2, 0, 0), set()),
    }
    first = await bring_in(supplier, drain, table, mode="prices")
    assert counts(first["report"]) == (0, 1, 0, 1, 0)  # there is no B-1 yet
    for mode, (report, changed) in expected.items():
        if mode == "prices":
            await owner.execute("update catalogue_products set price_amount = 1 where sku = 'A-1'")
            before = (await products_of(owner, supplier))["A-1"]
        run = await bring_in(supplier, drain, table, mode=mode)
        after = await products_of(owner, supplier)
        assert counts(run["report"]) == report, mode
        if mode == "create":
            assert changed <= after.keys()
            before = after["A-1"]
            continue
        moved = {k for k in before if before[k] != after["A-1"][k]} - {
            "version",
            "updated_at",
            "search",
        }
        assert moved == changed, mode
        before = after["A-1"]
    assert UUID(product["id"]) == before["id"]
    rows = await owner.fetch(
        "select before_amount, after_amount from catalogue_price_changes where product_id = $1 order by id",
        before["id"],
    )
    assert [tuple(row) for row in rows][-1] == (1, 77_700)


async def test_published_content_goes_the_way_of_an_edit(supplier, owner, drain):
    product = await make_published(supplier, owner, sku="A-1")
    table = csv_bytes([HEAD, ["A-1", "Звоните +7 701 123 45 67", None, "777", None, None]])
    run = await bring_in(supplier, drain, table)
    assert counts(run["report"]) == (0, 1, 0, 0, 0)
    after = (await products_of(owner, supplier))["A-1"]
    assert json.loads(after["names"]) == product["names"]
    assert after["price_amount"] == 77_700
    waiting = await owner.fetchrow("select state, changes from catalogue_change_requests")
    assert waiting["state"] == "proposed"
    assert "names" in json.loads(waiting["changes"])
    await owner.execute("update catalogue_products set state = 'archived'")
    run = await bring_in(supplier, drain, table)
    assert counts(run["report"]) == (0, 0, 0, 1, 0)


async def test_what_is_imported_can_be_proposed_at_once(supplier, owner, drain):
    category = await owner.fetchval(
        "select id from catalogue_categories where parent_id is null order by position limit 1"
    )
    table = csv_bytes(
        [
            HEAD,
            ["A-1", "Орехи", "Еда", "100", "5", "кг"],
            ["A-2", "Звоните +7 701 123 45 67", "Еда", "100", "5", "кг"],
            ["A-3", "Без категории", None, "100", "5", "кг"],
        ]
    )
    options = {"propose": True, "categories": {"Еда": str(category)}}
    run = await bring_in(supplier, drain, table, options=options)
    assert counts(run["report"]) == (3, 0, 0, 0, 0)
    states = {sku: row["state"] for sku, row in (await products_of(owner, supplier)).items()}
    # Published, to be looked at, and not complete: what a person's own proposal would have come to.
    assert states == {"A-1": "published", "A-2": "proposed", "A-3": "draft"}
    trail = await owner.fetch(
        "select actor_user_id from kit_audit_entries where action = 'product.propose'"
    )
    assert [row["actor_user_id"] for row in trail] == [supplier.user_id] * 2
    told = ok(await supplier.client.get("/api/v1/notifications"))["items"]
    mine = [one for one in told if one["kind"].startswith("product_import.")]
    assert [(one["kind"], one["link"]) for one in mine] == [
        ("product_import.finished", f"/app/products/import/{run['id']}")
    ]


async def test_a_person_decides_and_is_remembered(supplier, drain):
    table = csv_bytes([["Ref", "What", "Their price", "Mine"], ["A-1", "Nut", "10", "12"]])
    run = await begin(supplier, table)
    await drain()
    run = await view(supplier, run)
    mapping = run["mapping"]["columns"]
    wrong = [{**c, "field": "sku"} for c in mapping[:2]]
    refused = await supplier.client.put(f"{IMPORTS}/{run['id']}/mapping", json={"columns": wrong})
    assert pointers(refused) == [("#/columns/1/field", "duplicate")]
    for column, field in zip(mapping, ("sku", "name", None, "price"), strict=True):
        column["field"] = field
    changed = ok(
        await supplier.client.put(
            f"{IMPORTS}/{run['id']}/mapping",
            json={"columns": mapping, "currency": "USD", "options": {"language": "en"}},
        )
    )
    assert changed["mapping"]["currency"] == "USD"
    await do(supplier, run, "start")
    await drain()
    found = ok(await supplier.client.get(PRODUCTS))["items"]
    assert (found[0]["price"], found[0]["name"]) == ({"amount": 1200, "currency": "USD"}, "Nut")
    again = await begin(supplier, table)
    await drain()
    columns = (await view(supplier, again))["mapping"]["columns"]
    assert [(c["field"], c["remembered"]) for c in columns] == [
        ("sku", True), ("name", True), (None, True), ("price", True),
    ]  # fmt: skip
    # Another head is read anew.
    moved = await do(supplier, again, "map", header_row=2)
    assert moved["state"] == "reading"
    await drain()
    assert (await view(supplier, again))["mapping"]["columns"][0]["header"] == "A-1"


async def test_a_killed_import_goes_on_where_it_stopped(supplier, owner, drain, monkeypatch):
    rows = [HEAD, *[[f"S-{i}", f"Товар {i}", None, str(i + 1), "1", "шт"] for i in range(25)], ["S-3", "x", None, "1", "1", "шт"]]  # fmt: skip
    monkeypatch.setitem(
        __import__("karavan.kit.imports.kinds", fromlist=["_kinds"])._kinds,
        "products",
        msgspec.structs.replace(PRODUCT_IMPORTS, batch_rows=10),
    )
    assert kind_named("products").batch_rows == 10
    run = await begin(supplier, csv_bytes(rows))
    await drain()
    await do(supplier, run, "start")
    kept = running._Importing._write
    written = []

    async def dies(self, batch, fraction):
        if len(written) == 2:
            raise RuntimeError("the worker was killed")
        written.append(len(batch))
        await kept(self, batch, fraction)

    monkeypatch.setattr(running._Importing, "_write", dies)
    with pytest.raises(RuntimeError):
        await drain()
    half = await view(supplier, run)
    assert (half["state"], half["report"]["rows"], len(await products_of(owner, supplier))) == (
        "running", 20, 20,
    )  # fmt: skip
    monkeypatch.setattr(running._Importing, "_write", kept)
    await owner.execute(
        "update jobs.procrastinate_jobs set scheduled_at = null where status = 'todo'"
    )
    await drain()
    done = await view(supplier, run)
    assert (done["state"], counts(done["report"])) == ("finished", (25, 0, 0, 1, 0))
    assert await owner.fetchval("select count(*) from catalogue_stock_movements") == 25
    assert await owner.fetchval("select count(*) from catalogue_price_changes") == 25


async def test_what_is_no_table_is_refused_at_the_door(supplier):
    bomb = zip_bytes({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})
    for content, reason in ((bomb, "bomb"), (b"%PDF-1.7 x", "type"), (b"<html></html>", "type")):
        answer = await upload(supplier.client, content, "a.xlsx", "import")
        assert problem(answer, 422, "import.file_refused")["meta"] == {"reason": reason}
    other = ok(await upload(supplier.client, purpose="attachment"), 201)
    refused = await supplier.client.post(IMPORTS, json={"media_id": other["id"]})
    assert pointers(refused) == [("#/media_id", "media.unknown")]
