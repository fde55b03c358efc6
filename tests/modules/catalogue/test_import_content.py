"""What rows say beyond the columns of every product: attributes of categories, variants of families, sections as categories."""

import json
from uuid import UUID

import pytest

from tests.factories.accounts import register
from tests.factories.files import picture, upload
from tests.factories.imports import IMPORTS, begin, bring_in, counts, do, products_of, view
from tests.factories.procurement import ok, pointers
from tests.factories.products import PRODUCTS
from tests.factories.tables import csv_bytes, zip_bytes

NAMES = [
    {"en": code, "ru": name, "kk": name} for code, name in (("red", "Красный"), ("blue", "Синий"))
]


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor", organisation_name="Dala Coffee")


@pytest.fixture
async def cups(owner) -> UUID:
    """A category that asks for a volume, a colour, a maker, and whether it goes into the dishwasher."""
    category = await owner.fetchval(
        """insert into catalogue_categories (id, code, names, position, version)
           values (gen_random_uuid(), 'test-cups', '{"en": "Test cups", "ru": "Проверочные чашки", "kk": "Тест шыны"}',
             999, 1) returning id"""
    )
    asked = [
        ("test_volume", "number", "Вместимость", "MLT", []),
        ("test_glaze", "choice", "Глазурь", None,
         [{"code": one["en"], "names": one} for one in NAMES]),
        ("test_maker", "text", "Мастер", None, []),
        ("test_washable", "boolean", "Посудомойка", None, []),
    ]  # fmt: skip
    for code, kind, name, unit, options in asked:
        await owner.execute(
            """insert into catalogue_category_attributes (id, category_id, code, kind, names, unit, options, number_max)
               values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, case when $3::varchar = 'number' then 2000 end)""",
            category, code, kind, json.dumps({"en": code, "ru": name, "kk": name}), unit,
            json.dumps(options),
        )  # fmt: skip
    return category


HEAD = [
    "Артикул",
    "Наименование",
    "Категория",
    "Цена",
    "Вместимость, л",
    "Глазурь",
    "Мастер",
    "Посудомойка",
]


async def test_attributes_are_recognised_checked_and_kept(supplier, owner, drain, cups):
    rows = [
        HEAD,
        ["C-1", "Чашка", "Проверочные чашки", "900", "0,25", "красный", "Айгуль", "да"],
        ["C-2", "Чашка", "Проверочные чашки", "900", "350 мл", "blue", None, "нет"],
        ["C-3", "Чашка", "Проверочные чашки", "900", "5 кг", "зелёный", None, "как-нибудь"],
        ["C-4", "Чашка", "Проверочные чашки", "900", "3", None, None, None],
        ["C-5", "Чашка", None, "900", "0,3", "blue", None, None],
        ["C-6", "Чашка", "Электроника", "900", "0,3", None, None, None],
    ]
    run = await begin(supplier, csv_bytes(rows))
    await drain()
    run = await view(supplier, run)
    fields = [column["field"] for column in run["mapping"]["columns"]]
    # Another branch of the tree asks for a volume by the same name: each row's category decides which is meant.
    assert fields[4:] == [
        f"attribute:{code}" for code in ("capacity_ml", "test_glaze", "test_maker", "test_washable")
    ]
    named = {
        one["name"]: one["label"]
        for one in ok(await supplier.client.get(f"{IMPORTS}/fields"))["fields"]
    }
    assert (named["attribute:test_maker"], named["sku"]) == ("test_maker", None)
    await do(supplier, run, "check")
    await drain()
    checked = await view(supplier, run)
    assert counts(checked["check_report"]) == (3, 0, 0, 3, 0)
    assert [(one["path"], one["rows"]) for one in checked["check_report"]["sections"]] == [
        ("Проверочные чашки", 4), ("", 1), ("Электроника", 1),
    ]  # fmt: skip
    assert checked["check_report"]["sections"][0]["match"] == str(cups)
    assert checked["check_report"]["sections"][1]["match"] is None
    await do(supplier, run, "start")
    await drain()
    assert counts((await view(supplier, run))["report"]) == (3, 0, 0, 3, 0)
    found = {
        sku: json.loads(row["attributes"])
        for sku, row in (await products_of(owner, supplier)).items()
    }
    assert found == {
        "C-1": {"test_volume": 250, "test_glaze": "red", "test_maker": "Айгуль", "test_washable": True},
        "C-2": {"test_volume": 350, "test_glaze": "blue", "test_washable": False},
        # Without a category there is nothing that asks: the report says how many rows that are.
        "C-5": {},
    }  # fmt: skip
    errors = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}/errors"))["items"]
    assert [(e["row"], [(x["field"], x["column"], x["code"]) for x in e["errors"]]) for e in errors] == [
        (4, [("attribute:capacity_ml", 4, "unit"), ("attribute:test_glaze", 5, "attribute_choice"),
             ("attribute:test_washable", 7, "boolean")]),
        (5, [("attribute:capacity_ml", 4, "attribute_max")]),
        (7, [("attribute:capacity_ml", 4, "attribute_unknown")]),
    ]  # fmt: skip
    # An empty cell changes nothing, another value does, and the same file again is no change.
    again = await bring_in(
        supplier, drain, csv_bytes([HEAD, ["C-1", "Чашка", "Проверочные чашки", "900", None, "синий", None, None],
                                    ["C-2", "Чашка", "Проверочные чашки", "900", "350 мл", "синий", None, "нет"]])
    )  # fmt: skip
    assert counts(again["report"]) == (0, 1, 1, 0, 0)
    after = (await products_of(owner, supplier))["C-1"]
    assert json.loads(after["attributes"]) == {
        "test_volume": 250, "test_glaze": "blue", "test_maker": "Айгуль", "test_washable": True,
    }  # fmt: skip


FAMILY = [
    ["Артикул", "Артикул модели", "Размер", "Цвет", "Наименование", "Цена", "Остаток"],
    ["F-1", None, None, None, "Футболка", "5000", None],
    ["F-1-S", "F-1", "S", "Белый", "Футболка белая S", "4900", "3"],
    ["F-1-M", "F-1", "M", "Белый", "Футболка белая M", None, "4"],
    ["F-1-X", "F-1", "S", "Белый", "То же ещё раз", "100", None],
    ["F-2-S", "F-2", "S", "Белый", "Без модели", "100", None],
    ["F-3-S", "F-1", None, None, "Без отличий", "100", None],
]


async def test_variants_belong_to_the_family_that_their_row_names(supplier, owner, drain):
    run = await begin(supplier, csv_bytes(FAMILY))
    await drain()
    fields = [c["field"] for c in (await view(supplier, run))["mapping"]["columns"]]
    assert fields == ["sku", "parent_sku", "option", "option", "name", "price", "stock"]
    await do(supplier, run, "check")
    await drain()
    assert counts((await view(supplier, run))["check_report"]) == (3, 0, 0, 3, 0)
    await do(supplier, run, "start")
    await drain()
    done = await view(supplier, run)
    assert counts(done["report"]) == (3, 0, 0, 3, 0)
    errors = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}/errors"))["items"]
    assert [(e["row"], e["errors"][0]["field"]) for e in errors] == [
        (5, "option"), (6, "parent_sku"), (7, "option"),
    ]  # fmt: skip
    found = await products_of(owner, supplier)
    head, small, medium = (found[sku] for sku in ("F-1", "F-1-S", "F-1-M"))
    assert (head["has_variants"], head["price_amount"], head["available"]) == (True, 490_000, 7)
    assert {axis["name"] for axis in json.loads(head["option_axes"])} == {"Размер", "Цвет"}
    assert json.loads(small["options"]) == {"Размер": "S", "Цвет": "Белый"}
    assert (small["parent_id"], medium["parent_id"]) == (head["id"], head["id"])
    assert (small["price_amount"], medium["price_amount"]) == (490_000, 500_000)
    assert json.loads(small["names"]) == {"ru": "Футболка"}
    moved = await owner.fetch("select product_id, quantity from catalogue_stock_movements")
    assert {tuple(row) for row in moved} == {(small["id"], 3), (medium["id"], 4)}
    # The same again changes nothing; a variant keeps what it differs in, and its family.
    again = await bring_in(supplier, drain, csv_bytes(FAMILY[:4]))
    assert counts(again["report"]) == (0, 0, 3, 0, 0)
    assert await products_of(owner, supplier) == found
    other = [
        FAMILY[0],
        ["F-1-S", "F-1", "XXL", "Белый", "x", "1", None],
        ["F-1", "F-9", "S", "Белый", "x", "1", None],
    ]
    refused = await bring_in(supplier, drain, csv_bytes(other))
    assert counts(refused["report"]) == (0, 0, 0, 2, 0)
    assert await products_of(owner, supplier) == found
    pictured = [[*FAMILY[0], "Фото"], [*FAMILY[1], "http://127.0.0.1/a.png"], [*FAMILY[2], "b.png"]]
    warned = await bring_in(supplier, drain, csv_bytes(pictured))
    assert (counts(warned["report"]), warned["report"]["warned"]) == ((0, 0, 2, 0, 0), 1)
    told = ok(await supplier.client.get(f"{IMPORTS}/{warned['id']}/errors"))["items"]
    assert [(e["row"], [x["code"] for x in e["errors"]]) for e in told] == [
        (3, ["picture_of_variant"])
    ]
    priced = [
        FAMILY[0],
        ["F-1-S", "F-1", None, None, None, "4500", "1"],
        ["F-1-L", "F-1", "L", "Белый", None, "6000", None],
    ]
    changed = await bring_in(supplier, drain, csv_bytes(priced))
    assert counts(changed["report"]) == (1, 1, 0, 0, 0)
    assert (await products_of(owner, supplier))["F-1"]["price_amount"] == 450_000


async def test_what_goes_out_with_attributes_and_variants_comes_back(supplier, owner, drain, cups):
    await bring_in(supplier, drain, csv_bytes(FAMILY[:4]))
    await bring_in(
        supplier, drain,
        csv_bytes([HEAD, ["C-1", "Чашка", "Проверочные чашки", "900", "0,25", "красный", "Айгуль", "да"]]),
    )  # fmt: skip
    before = await products_of(owner, supplier)
    for kind in ("csv", "xlsx"):
        file = await supplier.client.get(f"{PRODUCTS}/export?format={kind}")
        run = await begin(supplier, file.content, f"products.{kind}")
        await drain()
        mapping = (await view(supplier, run))["mapping"]["columns"]
        assert all(column["field"] for column in mapping), mapping
        assert {c["field"] for c in mapping} >= {"parent_sku", "option", "attribute:test_volume"}
        await do(supplier, run, "start")
        await drain()
        assert counts((await view(supplier, run))["report"]) == (0, 0, 4, 0, 0)
        assert await products_of(owner, supplier) == before


async def test_stock_is_read_as_price_lists_write_it(supplier, owner, drain):
    written = [">100", "100+", "более 1 000", "нет", "Под заказ", "7 шт", "много", ""]
    rows = [["Артикул", "Наименование", "Цена", "Кол-во на складе"]]
    rows += [[f"K-{i}", "Кения", "900", one] for i, one in enumerate(written, 1)]
    run = await bring_in(supplier, drain, csv_bytes(rows))
    errors = ok(await supplier.client.get(f"{IMPORTS}/{run['id']}/errors"))["items"]
    assert [(one["row"], one["errors"][0]["field"]) for one in errors] == [(8, "stock")]
    levels = await owner.fetch(
        "select p.sku, coalesce(sum(l.on_hand), 0)::int from catalogue_products p"
        " left join catalogue_stock_levels l on l.product_id = p.id group by 1 order by 1"
    )
    assert [row[1] for row in levels] == [100, 100, 1000, 0, 0, 7, 0]


async def test_tax_is_taken_out_of_prices_that_hold_it(supplier, owner, drain):
    head = ["Артикул", "Наименование", "Цена с НДС", "НДС, %"]
    rows = [head, ["A-1", "Болт", "112,00", "12"], ["A-2", "Гайка", "99,99", "20"], ["A-3", "Шайба", "50", None]]  # fmt: skip
    await bring_in(supplier, drain, csv_bytes(rows))
    found = await products_of(owner, supplier)
    assert {sku: (row["price_amount"], row["tax_rate"]) for sku, row in found.items()} == {
        # 112 / 1.12; 99.99 / 1.2 is 83.325; without a rate there is no tax to be taken out.
        "A-1": (10_000, 12), "A-2": (8_333, 20), "A-3": (5_000, 0),
    }  # fmt: skip
    # New prices of known products hold the tax of those, whatever rate the file writes.
    rows = [head, ["A-1", None, "224", "20"], ["A-3", None, "60", "20"]]
    await bring_in(supplier, drain, csv_bytes(rows), mode="prices")
    found = await products_of(owner, supplier)
    assert [found[sku]["price_amount"] for sku in ("A-1", "A-3")] == [20_000, 6_000]
    # A person knows better than the heading.
    plain = csv_bytes([["sku", "price"], ["A-1", "336"]])
    await bring_in(supplier, drain, plain, mode="update", options={"prices_include_tax": True})
    assert (await products_of(owner, supplier))["A-1"]["price_amount"] == 30_000


async def test_an_address_that_does_not_answer_keeps_no_other_picture_waiting(
    supplier, owner, drain
):
    album = ok(
        await upload(supplier.client, zip_bytes({"K-2.png": picture()}), "a.zip", "import"), 201
    )
    rows = [["Артикул", "Наименование", "Цена", "Фото"], ["K-1", "Кения", "9", "http://shop.invalid/x.png"], ["K-2", "Сантос", "9", ""]]  # fmt: skip
    run = await begin(supplier, csv_bytes(rows), archive_media_id=album["id"])
    await drain()
    await do(supplier, run, "start")
    await drain(allow_failures=True)
    states = await owner.fetch(
        "select p.sku, i.state from catalogue_import_pictures i join catalogue_products p on p.id = i.product_id"
        " order by 1"
    )
    # The first will be asked for again.
    assert [tuple(row) for row in states] == [("K-1", "waiting"), ("K-2", "done")]


async def test_a_section_is_the_category_below_that_is_called_much_the_same(supplier, owner, drain):
    rows = [["Артикул", "Наименование", "Цена"], ["Кофе"], ["Зерновой"], ["K-1", "Кения", "900"],
            ["Кофе → Молотый"], ["K-2", "Утренний", "700"], ["Кофе → Посуда"], ["K-3", "Чашка", "100"]]  # fmt: skip
    await bring_in(supplier, drain, csv_bytes(rows))
    filed = await owner.fetch(
        "select p.sku, c.code from catalogue_products p left join catalogue_categories c on c.id = p.category_id"
        " order by p.sku"
    )
    # Nothing below coffee is called like crockery, and a guess would file cups with coffee.
    assert [tuple(row) for row in filed] == [
        ("K-1", "coffee-beans"), ("K-2", "ground-coffee"), ("K-3", None),
    ]  # fmt: skip


async def test_a_chosen_category_is_remembered_for_the_section(supplier, owner, drain, cups):
    table = csv_bytes(
        [["Артикул", "Наименование", "Цена"], ["Наша посуда"], ["C-1", "Чашка", "900"]]
    )
    run = await begin(supplier, table)
    await drain()
    await do(supplier, run, "check")
    await drain()
    sections = (await view(supplier, run))["check_report"]["sections"]
    assert sections == [{"path": "Наша посуда", "rows": 1, "match": None}]
    wrong = {"categories": {"Наша посуда": str(supplier.user_id)}}
    refused = await supplier.client.post(f"{IMPORTS}/{run['id']}/map", json={"options": wrong})
    assert pointers(refused) == [("#/options/categories/Наша посуда", "unknown")]
    chosen = {"categories": {"Наша посуда": str(cups)}}
    ok(await supplier.client.post(f"{IMPORTS}/{run['id']}/map", json={"options": chosen}))
    await do(supplier, run, "check")
    await drain()
    sections = (await view(supplier, run))["check_report"]["sections"]
    assert sections == [{"path": "Наша посуда", "rows": 1, "match": str(cups)}]
    await do(supplier, run, "start")
    await drain()
    assert (await products_of(owner, supplier))["C-1"]["category_id"] == cups
    # The next file of the same supplier needs nobody to say it again; another supplier knows nothing of it.
    rows = [["Артикул", "Наименование", "Цена"], ["НАША  посуда"], ["C-2", "Чашка", "900"]]
    await bring_in(supplier, drain, csv_bytes(rows))
    assert (await products_of(owner, supplier))["C-2"]["category_id"] == cups
    other = await register(supplier.app, role="vendor")
    await bring_in(other, drain, csv_bytes(rows))
    assert (await products_of(owner, other))["C-2"]["category_id"] is None
