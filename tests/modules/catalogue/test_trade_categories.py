"""The tree that the platform ships with."""

import sqlalchemy

from karavan.modules.catalogue.trade_categories import load_trade_categories, read_table
from karavan.modules.procurement.public import Category as RequestCategory
from tests.factories.categories import CATEGORIES
from tests.factories.procurement import ok

RETAIL = {"electronics", "clothing", "food", "books", "toys", "sports", "home", "beauty", "other"}


async def test_is_there_in_three_languages(client, owner):
    count = await owner.fetchval("select count(*) from catalogue_categories")
    assert 900 <= count == len(read_table("categories.tsv")) <= 1100
    roots = ok(await client.get(CATEGORIES, params={"depth": 1}))["items"]
    codes = {root["code"] for root in roots}
    assert codes >= RETAIL | {category.value for category in RequestCategory}
    assert all(root["icon"] and root["child_count"] > 0 for root in roots)
    nameless = await owner.fetchval(
        "select count(*) from catalogue_categories where not (names ?& array['en', 'ru', 'kk'])"
        " or '' in (names ->> 'en', names ->> 'ru', names ->> 'kk')"
    )
    assert nameless == 0
    twins = await owner.fetch(
        "select parent_id, name.value from catalogue_categories, jsonb_each_text(names) name"
        " group by parent_id, name.key, name.value having count(*) > 1"
    )
    assert twins == []


async def test_asks_for_what_matters(client):
    page = ok(await client.get(f"{CATEGORIES}/coffee-beans"))
    assert [one["code"] for one in page["path"]] == ["beverages", "coffee"]
    assert page["names"] == {"en": "Coffee beans", "ru": "Кофе в зёрнах", "kk": "Дән кофе"}
    asked = {one["code"]: one for one in page["attributes"]}
    assert asked["roast"]["inherited_from"] is None
    assert [option["names"]["ru"] for option in asked["roast"]["options"]][:2] == [
        "Светлая",
        "Средняя",
    ]
    assert asked["net_weight_g"]["inherited_from"]["code"] == "beverages"
    assert (asked["net_weight_g"]["unit"], asked["net_weight_g"]["max"]) == ("GRM", 1_000_000)
    hits = ok(await client.get(f"{CATEGORIES}/search", params={"q": "дән"}))
    assert hits["items"][0]["code"] == "coffee-beans"


def test_never_contradicts_itself():
    parents = {row["code"]: row["parent"] for row in read_table("categories.tsv")}
    said = {
        (row["category"], row["code"]): (row["kind"], row["unit"])
        for row in read_table("attributes.tsv")
    }
    for (category, code), meaning in said.items():
        above = parents[category]
        while above:
            assert said.get((above, code), meaning) == meaning, (category, above, code)
            above = parents[above]
    for row in read_table("attributes.tsv"):
        assert (row["kind"] == "choice") == bool(row["options"]), row


async def test_is_loaded_again_without_harm(owner_url, owner):
    await owner.execute("update catalogue_categories set names = '{}' where code = 'food'")
    await owner.execute(
        "delete from catalogue_categories where code in ('wool-and-hides', 'irrigation')"
    )
    engine = sqlalchemy.create_engine(owner_url.replace("postgresql://", "postgresql+psycopg://"))
    for added in (2, 0):
        with engine.begin() as connection:
            assert load_trade_categories(connection) == added
    engine.dispose()
    food = await owner.fetchval("select names::text from catalogue_categories where code = 'food'")
    assert food == "{}"
    count = await owner.fetchval("select count(*) from catalogue_category_attributes")
    assert count == len(read_table("attributes.tsv"))
