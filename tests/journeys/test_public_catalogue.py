"""What searchers and messengers read of products, categories and sellers, and what they must not."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import httpx
import pytest

from karavan.modules.catalogue.public_pages import CATALOGUE_PAGES
from karavan.settings import Settings
from tests.factories.accounts import register, visitor
from tests.factories.procurement import kzt, ok
from tests.factories.products import PRODUCTS, make_published, put_stock, some_category

PAGE = '<!doctype html>\n<html lang="en"><head><!--head--><!--/head--></head><body></body></html>'
TEXTS = {
    "en": {"/": ["Trade", "All."], "/catalogue": ["Goods", "All."], "/search": ["Search", "All."]},
    "ru": {"/": ["Торг", "Весь."], "/catalogue": ["Товары", "Все."], "/search": ["Поиск", "Все."]},
}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
async def site(settings: Settings, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    from karavan.app import create_app

    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "heads.json").write_text(json.dumps(TEXTS))
    app = create_app(settings.model_copy(update={"web_dist": tmp_path}))
    async with app.router.lifespan_context(app), visitor(app) as client:
        client.app = app  # type: ignore[attr-defined]  # so that a test can register people
        yield client


def facts_of(page: httpx.Response) -> list[dict[str, Any]]:
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    found = json.loads(block)
    assert found["@context"] == "https://schema.org"
    return found.get("@graph", [found])


async def listed(site: httpx.AsyncClient, address: str) -> list[str]:
    """Addresses in a map or an index of maps."""
    answer = await site.get(address)
    return [str(one.text) for one in ET.fromstring(answer.content).iter(f"{SITEMAP}loc")]


def content_of(page: httpx.Response, name: str) -> str:
    [content] = re.findall(f'<meta (?:name|property)="{name}" content="(.*?)">', page.text)
    return content


async def test_a_product_tells_its_price_stock_place_and_seller(site, owner) -> None:
    seller = await register(site.app, role="vendor", organisation_name='Beans & "Sons"')
    product = await make_published(
        seller,
        owner,
        names={"en": "Arabica </script>", "ru": "Арабика"},
        descriptions={"en": "Washed,\n medium roast."},
        category_id=await some_category(owner, "smartphones"),
        barcode="4006381333931",
        price=kzt(150_050),
    )
    await put_stock(seller, product["id"], "7")
    await owner.execute(
        "update catalogue_products set rating_sum = 14, rating_count = 3 where id = $1",
        product["id"],
    )
    page = await site.get(f"/products/{product['id']}", headers={"accept-language": "ru"})
    assert page.status_code == 200
    assert "<title>Арабика · Karavan</title>" in page.text
    page = await site.get(f"/products/{product['id']}")
    assert content_of(page, "og:title") == "Arabica &lt;/script&gt;"
    assert content_of(page, "description") == (
        "Arabica &lt;/script&gt;, Beans &amp; &quot;Sons&quot;. Washed, medium roast."
    )
    about, crumbs = facts_of(page)
    seller_url = f"http://test/sellers/{seller.organisation_id}"
    url = f"http://test/products/{product['id']}"
    assert about == {
        "@type": "Product",
        "@id": url,
        "name": "Arabica </script>",
        "description": "Washed,\n medium roast.",
        "sku": product["sku"],
        "gtin": "04006381333931",
        "category": "Electronics > Smartphones and phones > Smartphones",
        "offers": {
            "@type": "Offer",
            "price": "1500.50",
            "priceCurrency": "KZT",
            "url": url,
            "availability": "https://schema.org/InStock",
            "seller": {"@type": "Organization", "name": 'Beans & "Sons"', "url": seller_url},
        },
        "aggregateRating": {"@type": "AggregateRating", "ratingValue": "4.7", "ratingCount": 3},
    }
    assert [(one["name"], one["item"]) for one in crumbs["itemListElement"]] == [
        ("Electronics", "http://test/catalogue/electronics"),
        ("Smartphones and phones", "http://test/catalogue/smartphones-and-phones"),
        ("Smartphones", "http://test/catalogue/smartphones"),
        ("Arabica </script>", url),
    ]


async def test_a_family_tells_the_range_of_its_prices(site, owner) -> None:
    seller = await register(site.app, role="vendor")
    head = await make_published(seller, owner, price=kzt(100_000))
    axes = [{"name": "Size", "values": ["S", "M"]}]
    family = ok(
        await seller.client.post(f"{PRODUCTS}/{head['id']}/variants/generate", json={"axes": axes})
    )
    await owner.execute(
        "update catalogue_products set state = 'published', price_amount = 130000 where id = $1",
        family["variants"][1]["id"],
    )
    offer = facts_of(await site.get(f"/products/{head['id']}"))[0]["offers"]
    assert offer["@type"] == "AggregateOffer"
    assert (offer["lowPrice"], offer["highPrice"]) == ("1000.00", "1300.00")
    assert offer["availability"] == "https://schema.org/OutOfStock"


async def test_a_category_and_a_seller_tell_what_they_are(site, owner) -> None:
    seller = await register(site.app, role="vendor", organisation_name="Steppe Phones")
    await make_published(seller, owner)
    page = await site.get("/catalogue/smartphones", headers={"accept-language": "kk"})
    assert content_of(page, "og:title") == "Смартфондар"
    collection, crumbs = facts_of(page)
    assert collection["url"] == "http://test/catalogue/smartphones"
    assert len(crumbs["itemListElement"]) == 3
    page = await site.get(f"/sellers/{seller.organisation_id}")
    [about] = facts_of(page)
    assert (about["@type"], about["name"]) == ("Organization", "Steppe Phones")
    assert about["address"]["addressCountry"] == "KZ"


async def test_lists_tell_their_goods_and_the_home_page_how_to_search(site, owner) -> None:
    seller = await register(site.app, role="vendor")
    category = await some_category(owner, "smartphones")
    for sku, name, visibility, filed in (
        ("A", "Phone </script>", "public", category),
        ("B", "Second phone", "both", category),
        ("C", "Secret phone", "linked", category),
        ("D", "Flour", "public", await some_category(owner, "flour")),
    ):
        made = await make_published(
            seller, owner, sku=sku, names={"en": name, "ru": f"{name} (ru)"}, visibility=visibility,
            category_id=filed,
        )  # fmt: skip
    silent = await make_published(seller, owner, sku="E", names={"en": "Silent phone"})
    ok(await seller.client.post(f"{PRODUCTS}/{silent['id']}/deactivate", json={}))

    async def goods(path: str, **headers: str) -> list[str]:
        collection, crumbs = facts_of(await site.get(path, headers=headers))
        assert (collection["@type"], crumbs["@type"]) == ("CollectionPage", "BreadcrumbList")
        items = collection["mainEntity"]["itemListElement"]
        assert [one["position"] for one in items] == list(range(1, len(items) + 1))
        assert all(one["url"].startswith("http://test/products/") for one in items)
        return [one["name"] for one in items]

    assert await goods("/catalogue") == ["Flour", "Second phone", "Phone </script>"]
    in_russian = {"accept-language": "ru"}
    assert await goods("/catalogue/electronics", **in_russian) == [
        "Second phone (ru)",
        "Phone </script> (ru)",
    ]
    # Whoever may see more reads the same page as everybody.
    assert "Secret" not in (await seller.client.get("/catalogue")).text
    empty = facts_of(await site.get("/catalogue/furniture"))[0]
    assert "mainEntity" not in empty
    assert made["id"] in (await site.get("/catalogue")).text
    [home] = facts_of(await site.get("/", headers=in_russian))
    assert (home["@type"], home["inLanguage"]) == ("WebSite", "ru")
    assert home["potentialAction"]["target"]["urlTemplate"] == (
        "http://test/search?q={search_term_string}"
    )
    results = await site.get("/search", params={"q": "</script><b>phone"})
    assert "<b>" not in results.text
    about, _ = facts_of(results)
    assert (about["@type"], about["name"]) == ("SearchResultsPage", "Search: </script><b>phone")


async def test_what_is_not_public_is_not_there(site, owner) -> None:
    seller = await register(site.app, role="vendor", organisation_name="Hidden Trade")
    linked = await make_published(seller, owner, sku="L-1", visibility="linked")
    silent = await make_published(seller, owner, sku="L-2")
    ok(await seller.client.post(f"{PRODUCTS}/{silent['id']}/deactivate", json={}))
    nobody = "0192a000-0004-7000-8000-000000000004"
    for path in (
        f"/products/{linked['id']}",
        f"/products/{silent['id']}",
        f"/products/{nobody}",
        f"/sellers/{seller.organisation_id}",
        f"/sellers/{nobody}",
        "/catalogue/there-is-none",
    ):
        page = await site.get(path)
        assert page.status_code == 404, path
        assert "Arabica" not in page.text
        assert "Hidden" not in page.text
    assert "products" not in (await site.get("/sitemap.xml")).text
    assert "/sellers/" not in (await site.get("/sitemap-pages.xml")).text


async def test_the_sitemap_lists_filled_categories_sellers_and_products(site, owner) -> None:
    category = await some_category(owner, "smartphones")
    first = await register(site.app, role="vendor")
    second = await register(site.app, role="vendor")
    products = [
        await make_published(seller, owner, category_id=category, sku=f"S-{place}")
        for place, seller in enumerate((first, second, second))
    ]
    found = await listed(site, "/sitemap-pages.xml")
    assert found[:5] == [
        f"http://test{path}"
        for path in ["/", "/catalogue", "/requests", "/legal/terms", "/legal/privacy"]
    ]
    assert [one for one in found if "/catalogue/" in one] == ["http://test/catalogue/smartphones"]
    assert {one for one in found if "/sellers/" in one} == {
        f"http://test/sellers/{one.organisation_id}" for one in (first, second)
    }
    ids = [one["id"] for one in products]
    pages, goods = await listed(site, "/sitemap.xml")
    assert pages == "http://test/sitemap-pages.xml"
    assert goods == f"http://test/sitemap-products-{ids[0]}.xml"
    assert await listed(site, goods) == [f"http://test/products/{one}" for one in ids]
    assert await listed(site, goods.replace(ids[0], ids[2])) == [f"http://test/products/{ids[2]}"]


async def test_a_map_begins_where_the_one_before_is_full(site, owner) -> None:
    seller = await register(site.app, role="vendor")
    made = [await make_published(seller, owner, sku=f"S-{place}") for place in range(5)]
    ids = [UUID(one["id"]) for one in made]
    [parts] = [kind.parts for kind in CATALOGUE_PAGES if kind.parts is not None]
    async with site.app.state.database.transaction() as session:
        assert await parts.starts(session, 2) == [ids[0], ids[2], ids[4]]
        assert [path for path, _ in await parts.read(session, ids[2], 2)] == [
            f"/products/{one}" for one in ids[2:4]
        ]


@pytest.mark.parametrize("name", ["products-1", "goods-" + "0" * 8, "products-" + "g" * 36])
async def test_other_maps_there_are_none(site, name) -> None:
    answer = await site.get(f"/sitemap-{name}.xml")
    assert answer.headers["content-type"] != "application/xml"
