"""Facets stay open on what was chosen, filters combine, pages and sorts are stable, and the answer is what is declared."""

import json

import pytest

from karavan.modules.catalogue.schemas.search import SearchPage
from tests.factories.accounts import register
from tests.factories.procurement import ok, pointers, problem
from tests.factories.search import category_id_of, index_now, put_product

API = "/api/v1/search"


@pytest.fixture
async def shirts(app, owner, database):
    """Six shirts of two suppliers in two categories, in red, blue and green."""
    sellers = [
        await register(app, role="vendor", organisation_name=name) for name in ("Alma", "Bata")
    ]
    men = await category_id_of(owner, "men-s-shirts")
    women = await category_id_of(owner, "blouses-and-shirts")
    await owner.execute(
        "insert into catalogue_category_attributes (id, category_id, code, kind, names, options, filterable)"
        " values (gen_random_uuid(), (select id from catalogue_categories where code = 'clothing'), 'tone',"
        """ 'choice', '{"en": "Tone", "ru": "Тон", "kk": "Реңк"}', $1, true)""",
        json.dumps(
            [
                {"code": code, "names": {"en": code, "ru": code, "kk": code}}
                for code in ("red", "blue", "green")
            ]
        ),
    )
    ids = []
    for number, tone in enumerate(["red", "red", "red", "blue", "blue", "green"]):
        ids.append(
            await put_product(
                owner,
                sellers[number % 2].organisation_id,
                f"Рубашка {number}",
                organisation_name=sellers[number % 2].organisation_name,
                category_id=women if number == 5 else men,
                attributes={"tone": tone},
                price_amount=1_000 * (number + 1),
                available=number,
                rating_sum=4 * number,
                rating_count=number,
            )
        )
    await index_now(database, *ids)
    return sellers


def counts(page, code="tone"):
    facet = next(one for one in page["facets"]["attributes"] if one["code"] == code)
    return {one["value"]: (one["count"], one["chosen"]) for one in facet["values"]}


async def test_a_facet_is_counted_without_its_own_choice(client, owner, shirts):
    params = {"q": "рубашка"}
    page = SearchPage.model_validate(ok(await client.get(API, params=params))).model_dump(
        mode="json"
    )
    assert page == ok(await client.get(API, params=params))
    assert counts(page) == {"red": (3, False), "blue": (2, False), "green": (1, False)}
    red = ok(await client.get(API, params={**params, "attribute": "tone:red"}))
    assert red["total"] == 3
    assert counts(red) == {"red": (3, True), "blue": (2, False), "green": (1, False)}
    assert {one["name"]: one["count"] for one in red["facets"]["suppliers"]["items"]} == {
        "Alma": 2,
        "Bata": 1,
    }
    either = ok(
        await client.get(
            API,
            params={
                **params,
                "attribute": ["tone:red", "tone:blue"],
                "supplier_id": str(shirts[1].organisation_id),
            },
        )
    )
    assert {item["name"] for item in either["items"]} == {"Рубашка 1", "Рубашка 3"}
    assert counts(either) == {"red": (1, True), "blue": (1, True), "green": (1, False)}
    assert {
        one["name"]: (one["count"], one["chosen"]) for one in either["facets"]["suppliers"]["items"]
    } == {
        "Alma": (3, False),
        "Bata": (2, True),
    }


async def test_categories_hold_what_is_below_and_prices_their_range(client, owner, shirts):
    clothing = await category_id_of(owner, "clothing")
    men = await category_id_of(owner, "men-s-shirts")
    page = ok(await client.get(API, params={"category_id": str(clothing)}))
    assert page["total"] == 6
    page = ok(await client.get(API, params={"category_id": str(men)}))
    by_code = {one["code"]: one for one in page["facets"]["categories"]["items"]}
    assert page["total"] == 5
    assert {
        code: by_code[code]["count"] for code in ("clothing", "men-s-shirts", "blouses-and-shirts")
    } == {
        "clothing": 6,
        "men-s-shirts": 5,
        "blouses-and-shirts": 1,
    }
    assert [code for code, one in by_code.items() if one["chosen"]] == ["men-s-shirts"]
    priced = {"currency": "KZT", "price_min": 2_000, "price_max": 4_000, "in_stock": True}
    page = ok(await client.get(API, params=priced))
    assert {item["price"]["amount"] for item in page["items"]} == {2_000, 3_000, 4_000}
    assert page["facets"]["prices"]["items"] == [
        {"currency": "KZT", "min": 2_000, "max": 6_000, "count": 5}
    ]
    assert page["facets"]["in_stock"]["count"] == 3


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("price", [0, 1, 2, 3, 4, 5]),
        ("-price", [5, 4, 3, 2, 1, 0]),
        ("newest", [0, 1, 2, 3, 4, 5]),
    ],
)
async def test_sorts_and_pages(client, owner, shirts, sort, expected):
    await owner.execute(
        "update catalogue_search set published_at = now() - price_amount * interval '1 second'"
    )
    names = []
    for page in (1, 2, 3):
        body = ok(
            await client.get(API, params={"q": "рубашка", "sort": sort, "page": page, "size": 2})
        )
        assert (body["total"], body["pages"], body["total_is_capped"]) == (6, 3, False)
        names += [int(item["name"][-1]) for item in body["items"]]
    assert names == expected
    assert ok(await client.get(API, params={"page": 10_000, "size": 100}))["items"] == []


async def test_what_cannot_be_asked_is_refused(client):
    assert pointers(await client.get(API, params={"price_min": 1})) == [
        ("#/query/currency", "required")
    ]
    for wrong in ({"attribute": "red"}, {"category_id": "x"}, {"q": "a" * 201}, {"sort": "name"}):
        problem(await client.get(API, params=wrong), 422, "validation")
    for strange in (
        "'",
        "\\",
        "a & | !",
        '"',
        "«",
        "-",
        "' or 1=1 --",
        "%_",
        "😀",
        ":*",
        "<->",
        "\u200b",
        "и",
    ):
        assert ok(await client.get(API, params={"q": strange}))["total"] == 0, strange
        assert ok(await client.get(f"{API}/suggest", params={"q": strange}))["products"] == []
