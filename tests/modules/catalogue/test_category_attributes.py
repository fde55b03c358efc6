"""Attributes: inherited downwards, never of another type, and what they make of a product's values."""

import pytest

from karavan.kit.errors import ValidationError
from karavan.kit.scopes import PUBLIC
from karavan.modules.catalogue.public import (
    branch_of,
    category_named,
    checked_attributes,
    filters_of,
)
from tests.factories.accounts import register
from tests.factories.categories import (
    CATEGORIES,
    category_desk,
    make_category,
    names,
    put_attribute,
)
from tests.factories.imports import bring_in, counts
from tests.factories.procurement import ok, pointers, problem
from tests.factories.products import PRODUCTS, make_product
from tests.factories.tables import csv_bytes


@pytest.fixture
async def desk(app, owner):
    return await category_desk(app, owner)


@pytest.fixture
async def tea(desk):
    """Goods → tea → green tea, each with an attribute of its own."""
    goods = await make_category(desk, "Goods")
    tea = await make_category(desk, "Brew", goods)
    green = await make_category(desk, "Jade brew", tea)
    await put_attribute(desk, goods, "brand", required=True, filterable=True)
    await put_attribute(
        desk, tea, "mass", "number", unit="GRM", min="0.5", max="5000", filterable=True
    )
    await put_attribute(desk, tea, "organic", "boolean")
    leaves = [{"code": code, "names": names(code)} for code in ("whole", "broken")]
    await put_attribute(desk, green, "leaf", "choice", options=leaves, position=3)
    return {"goods": goods, "tea": tea, "green": green}


async def attributes(client, category):
    page = ok(await client.get(f"{CATEGORIES}/{category['id']}"))
    return {
        one["code"]: (one["inherited_from"] and one["inherited_from"]["code"])
        for one in page["attributes"]
    }


async def test_are_inherited_and_said_again_in_other_words(desk, tea):
    assert await attributes(desk.client, tea["green"]) == {
        "brand": "goods",
        "mass": "brew",
        "organic": "brew",
        "leaf": None,
    }
    page = await put_attribute(
        desk, tea["green"], "mass", "number", unit="GRM", max="100", required=True
    )
    own = next(one for one in page["attributes"] if one["code"] == "mass")
    assert own == {
        "code": "mass",
        "kind": "number",
        "names": names("mass"),
        "unit": "GRM",
        "options": [],
        "required": True,
        "filterable": False,
        "position": 0,
        "min": None,
        "max": 100,
        "inherited_from": None,
    }
    assert page["version"] == 3
    ok(await desk.client.delete(f"{CATEGORIES}/{tea['green']['id']}/attributes/mass"))
    assert (await attributes(desk.client, tea["green"]))["mass"] == "brew"
    gone = await desk.client.delete(f"{CATEGORIES}/{tea['green']['id']}/attributes/mass")
    problem(gone, 404, "not_found")


async def test_never_change_their_type(desk, tea, owner):
    other = await make_category(desk, "Other goods")
    await put_attribute(desk, other, "leaf", "text")
    before = await owner.fetch("select * from catalogue_category_attributes order by id")
    for category, code, body in (
        ("green", "mass", {"kind": "text"}),
        ("green", "mass", {"kind": "number", "unit": "KGM"}),
        ("goods", "leaf", {"kind": "number"}),
        ("tea", "organic", {"kind": "text"}),
    ):
        answer = await desk.client.put(
            f"{CATEGORIES}/{tea[category]['id']}/attributes/{code}",
            json={"names": names(code), **body},
        )
        problem(answer, 409, "catalogue.attribute_type")
    moved = await desk.client.post(
        f"{CATEGORIES}/{tea['tea']['id']}/move", json={"parent_id": other["id"]}
    )
    assert problem(moved, 409, "catalogue.attribute_type")["meta"] == {"attribute": "leaf"}
    assert (await owner.fetch("select * from catalogue_category_attributes order by id")) == before


async def test_say_what_is_wrong_with_them(desk, tea, owner):
    count = "select count(*) from catalogue_category_attributes where category_id = $1"
    path = f"{CATEGORIES}/{tea['goods']['id']}/attributes"
    option = {"code": "a", "names": names("A")}
    for code, body in (
        ("Wrong-code", {"kind": "text"}),
        ("size", {"kind": "colour"}),
        ("size", {"kind": "choice"}),
        ("size", {"kind": "text", "options": [option]}),
        ("size", {"kind": "choice", "options": [option, option]}),
        ("size", {"kind": "text", "unit": "GRM"}),
        ("size", {"kind": "number", "min": "2", "max": "1"}),
        ("size", {"kind": "number", "min": "NaN"}),
        ("size", {"kind": "number", "unit": "grams"}),
    ):
        answer = await desk.client.put(f"{path}/{code}", json={"names": names("S"), **body})
        assert pointers(answer), body
    stale = await desk.client.put(
        f"{path}/size", json={"kind": "text", "names": names("S"), "version": 9}
    )
    problem(stale, 409, "conflict")
    assert await owner.fetchval(count, tea["goods"]["id"]) == 1


async def test_values_of_a_product_are_checked(desk, tea, database):
    async with database.transaction(PUBLIC) as session:
        green = tea["green"]["id"]
        values = await checked_attributes(
            session,
            green,
            {"brand": " Qazaq  shai ", "mass": "12,50", "organic": False, "leaf": "whole"},
        )
        assert values == {"brand": "Qazaq shai", "mass": 12.5, "organic": False, "leaf": "whole"}
        draft = await checked_attributes(session, green, {"mass": 7, "leaf": None}, complete=False)
        assert draft == {"mass": 7}
        wrong = {
            "mass": "0.1",
            "organic": "yes",
            "leaf": "torn",
            "a/b~c": 1,
        }
        with pytest.raises(ValidationError) as refused:
            await checked_attributes(session, green, wrong, pointer="#/attributes")
        assert [(error.pointer, error.code) for error in refused.value.errors] == [
            ("#/attributes/a~1b~0c", "unknown"),
            ("#/attributes/brand", "required"),
            ("#/attributes/leaf", "choice"),
            ("#/attributes/mass", "min"),
            ("#/attributes/organic", "boolean"),
        ]
        for mass, code in (
            (5001, "max"),
            (True, "number"),
            ("NaN", "number"),
            ("1e999999", "number"),
            ("1.0000001", "digits"),
            ([], "number"),
        ):
            with pytest.raises(ValidationError) as refused:
                await checked_attributes(session, green, {"brand": "x", "mass": mass})
            assert [error.code for error in refused.value.errors] == [code], mass
        for brand, code in (("x" * 501, "length"), ("a\x00b", "text"), ("\ud800", "text")):
            with pytest.raises(ValidationError) as refused:
                await checked_attributes(session, green, {"brand": brand})
            assert [error.code for error in refused.value.errors] == [code]
        assert [one.code for one in await filters_of(session, green)] == ["brand", "mass"]


async def test_a_branch_and_a_path_of_names(desk, tea, database):
    async with database.transaction(PUBLIC) as session:
        branch = await branch_of(session, tea["tea"]["id"])
        assert {str(one) for one in branch} == {tea["tea"]["id"], tea["green"]["id"]}
        twin = ["Goods", "JADE BREW ру"]
        assert str(await category_named(session, twin)) == tea["green"]["id"]
        assert await category_named(session, ["Nothing"]) is None
        assert await category_named(session, [" "]) is None
    elsewhere = await make_category(desk, "Elsewhere")
    await make_category(desk, "Jade brew", elsewhere, code="jade-brew-again")
    async with database.transaction(PUBLIC) as session:
        assert await category_named(session, ["Jade brew ру"]) is None
        assert str(await category_named(session, twin)) == tea["green"]["id"]


async def test_come_back_only_with_the_meaning_that_products_gave_them(desk, tea, app):
    supplier = await register(app, role="vendor")
    product = await make_product(
        supplier, category_id=tea["green"]["id"], attributes={"mass": 250, "brand": "Ural"}
    )
    place = f"{CATEGORIES}/{tea['tea']['id']}/attributes/mass"
    ok(await desk.client.delete(place))
    for category in ("tea", "goods", "green"):
        answer = await desk.client.put(
            f"{CATEGORIES}/{tea[category]['id']}/attributes/mass",
            json={"kind": "number", "unit": "KGM", "names": names("mass")},
        )
        problem(answer, 409, "catalogue.attribute_left_behind")
    await put_attribute(desk, tea["tea"], "mass", "number", unit="GRM")
    page = ok(await supplier.client.get(f"{PRODUCTS}/{product['id']}"))
    assert page["attributes"] == {"mass": 250, "brand": "Ural"}
    ok(await desk.client.delete(place))
    # Nobody says it any more: the code may mean something else.
    path = f"{PRODUCTS}/{product['id']}"
    ok(await supplier.client.patch(path, json={"attributes": {"brand": "Ural"}}))
    await put_attribute(desk, tea["tea"], "mass", "number", unit="KGM")


def leaves(*codes):
    return [{"code": code, "names": names(code)} for code in codes]


async def test_an_option_stays_as_long_as_products_have_it(desk, tea, app):
    supplier = await register(app, role="vendor")
    attributes = {"leaf": "whole"}
    product = await make_product(supplier, category_id=tea["green"]["id"], attributes=attributes)
    path = f"{PRODUCTS}/{product['id']}"
    place = f"{CATEGORIES}/{tea['green']['id']}/attributes/leaf"

    def asked(*codes):
        return {"kind": "choice", "names": names("leaf"), "options": leaves(*codes)}

    refused = await desk.client.put(place, json=asked("broken", "dust"))
    assert problem(refused, 409, "catalogue.option_in_use")["meta"] == {
        "attribute": "leaf",
        "options": ["whole"],
        "products": 1,
    }
    assert ok(await supplier.client.get(path))["attributes"] == attributes
    ok(await desk.client.put(place, json=asked("dust", "whole")))
    # Below, the same code means the options of the nearest category that asks for it.
    below = await make_category(desk, "Rare brew", tea["green"])
    ok(await supplier.client.patch(path, json={"category_id": below["id"]}))
    narrower = await desk.client.put(
        f"{CATEGORIES}/{below['id']}/attributes/leaf", json=asked("dust")
    )
    problem(narrower, 409, "catalogue.option_in_use")
    own = f"{CATEGORIES}/{below['id']}/attributes/leaf"
    ok(await desk.client.put(own, json=asked("whole")))
    ok(await desk.client.put(place, json=asked("dust")))
    problem(await desk.client.delete(own), 409, "catalogue.option_in_use")
    ok(await supplier.client.patch(path, json={"attributes": {}}))
    ok(await desk.client.delete(own))
    # Asked for anew under a code that products still have, it has what they say among its options.
    ok(await supplier.client.patch(path, json={"attributes": {"leaf": "dust"}}))
    ok(await desk.client.delete(place))
    problem(await desk.client.put(place, json=asked("whole")), 409, "catalogue.option_in_use")
    ok(await desk.client.put(place, json=asked("whole", "dust")))


@pytest.fixture
async def kettles(desk):
    """Two branches that ask for power, each in a unit of its own, and for a grade with options of its own."""
    found = []
    for name, unit, codes in (("Kettle", "WTT", ("a", "b")), ("Boiler", "KWT", ("b", "c"))):
        category = await make_category(desk, name)
        await put_attribute(desk, category, "power", "number", unit=unit)
        await put_attribute(desk, category, "grade", "choice", options=leaves(*codes))
        found.append(category)
    return found


async def test_products_of_an_archived_category_keep_what_means_the_same(desk, kettles, app, drain):
    kettle, boiler = kettles
    supplier = await register(app, role="vendor")
    made = [
        await make_product(
            supplier, sku=f"K-{grade}", category_id=kettle["id"],
            attributes={"power": 1500, "grade": grade},
        )
        for grade in ("a", "b")
    ]  # fmt: skip
    ok(
        await desk.client.post(
            f"{CATEGORIES}/{kettle['id']}/archive", json={"target_id": boiler["id"]}
        )
    )
    await drain()
    found = [ok(await supplier.client.get(f"{PRODUCTS}/{one['id']}")) for one in made]
    assert [one["category"]["id"] for one in found] == [boiler["id"]] * 2
    assert [one["attributes"] for one in found] == [{}, {"grade": "b"}]


async def test_a_row_that_moves_a_product_takes_no_value_of_another_meaning_along(
    kettles, app, drain
):
    kettle, boiler = kettles
    supplier = await register(app, role="vendor")
    product = await make_product(
        supplier, category_id=kettle["id"], attributes={"power": 1500, "grade": "b"}
    )
    rows = [["SKU", "Name", "Category", "grade"], ["KOFE-1", "Boiler", "Boiler", "c"]]
    run = await bring_in(supplier, drain, csv_bytes(rows))
    assert counts(run["report"]) == (0, 1, 0, 0, 0)
    page = ok(await supplier.client.get(f"{PRODUCTS}/{product['id']}"))
    assert (page["category"]["id"], page["attributes"]) == (boiler["id"], {"grade": "c"})
