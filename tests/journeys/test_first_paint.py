"""What visitors see of a public page before the app has come."""

import html
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from karavan.settings import Settings
from tests.factories.accounts import register, visitor
from tests.factories.procurement import kzt
from tests.factories.products import make_published, some_category
from tests.factories.search import index_now

PAGE = (
    '<!doctype html>\n<html lang="en"><head><!--head--><!--/head--></head>'
    '<body><div id="root"></div></body></html>'
)
CARD = "<li>KV-id-VK KV-name-VK KV-seller-VK KV-price-VK/KV-unit-VK</li>"


def painted(name: str, money: list[Any]) -> dict[str, Any]:
    return {
        "pages": {
            "/legal/terms": f"<h1>{name}</h1>",
            "/catalogue": "<nav>KV-tiles-VK</nav><ul>KV-goods-VK</ul>",
        },
        "cards": {"": CARD, "list_price": CARD + "<s>KV-list_price-VK</s>"},
        "money": {"KZT": money},
        "units": {"KGM": "kg" if name == "Terms" else "кг"},
    }


DRAWN = {
    "routes": [
        {
            "path": "/catalogue",
            "scripts": ["assets/catalogue.js"],
            "words": {"en": ["assets/en.js"], "ru": ["assets/ru.js"], "kk": ["assets/kk.js"]},
        },
        {
            "path": "/catalogue/$category",
            "scripts": ["assets/category.js"],
            "words": {"en": [], "ru": [], "kk": []},
        },
    ],
    "tiles": {"": "<a>KV-code-VK</a>", "cpu": "<b>KV-code-VK KV-name-VK</b>"},
    "languages": {
        "en": painted("Terms", ["₸", ",", ".", "", 2]),
        "ru": painted("Условия", ["", " ", ",", " ₸", 2]),
        "kk": painted("Шарттар", ["", " ", ",", " ₸", 2]),
    },
}


@pytest.fixture
async def site(settings: Settings, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    from karavan.app import create_app

    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "first-paint.json").write_text(json.dumps(DRAWN))
    titles = {"/catalogue": ["C", "c"], "/legal/terms": ["T", "t"]}
    heads = dict.fromkeys(("en", "ru", "kk"), titles)
    (tmp_path / "heads.json").write_text(json.dumps(heads))
    app = create_app(settings.model_copy(update={"web_dist": tmp_path}))
    async with app.router.lifespan_context(app), visitor(app) as client:
        client.app = app  # type: ignore[attr-defined]  # so that a test can register people
        yield client


def root_of(page: httpx.Response) -> str:
    return re.split('<div id="root"(?: data-drawn)?>', page.text)[1].partition("</body>")[0]


async def test_fixed_pages_are_drawn_in_the_readers_language(site) -> None:
    page = await site.get("/legal/terms", headers={"accept-language": "ru"})
    assert root_of(page) == "<h1>Условия</h1></div>"
    # What somebody has chosen on this device stands before what the browser is set to.
    cookie = {"accept-language": "ru", "cookie": "a=1; karavan_language=kk"}
    chosen = await site.get("/legal/terms", headers=cookie)
    assert root_of(chosen) == "<h1>Шарттар</h1></div>"
    assert '<html lang="kk">' in chosen.text
    assert {"cookie", "accept-language"} <= set(chosen.headers["vary"].lower().split(", "))
    forged = await site.get("/legal/terms", headers={"cookie": 'karavan_language="><script>'})
    assert root_of(forged) == "<h1>Terms</h1></div>"


async def test_the_catalogue_brings_its_goods_and_the_answers_they_were_read_from(
    site, owner
) -> None:
    seller = await register(site.app, role="vendor", organisation_name='Beans & "Sons"')
    product = await make_published(
        seller,
        owner,
        names={"en": "Arabica </script>", "ru": "Арабика"},
        category_id=await some_category(owner, "smartphones"),
        unit="KGM",
        price=kzt(123_456_705),
    )
    await index_now(site.app.state.database, product["id"])
    page = await site.get("/catalogue", headers={"accept-language": "en"})
    assert page.status_code == 200
    seen, answers = root_of(page).split("</ul></div>")
    card = f"<li>{product['id']} Arabica &lt;/script&gt; Beans &amp; &quot;Sons&quot; ₸1,234,567.05/kg</li>"
    assert seen.endswith(f"<ul>{card}")
    assert seen.startswith("<nav><b>electronics Electronics</b>")
    assert (seen.count("<b>") + seen.count("<a>")) == 12
    brought = dict(re.findall(r'data-answer="([^"]+)">(.*?)</script>', answers))
    for address, body in brought.items():
        asked = await site.get(html.unescape(address))
        assert json.loads(body) == asked.json(), address
    assert list(brought) == [
        "/api/v1/search",
        "/api/v1/categories?depth=1&amp;archived=false",
    ]
    assert "<" not in "".join(brought.values())
    head = page.text.partition("</head>")[0]
    named = re.findall('rel="later" crossorigin href="([^"]+)"', head)
    assert named == ["/assets/catalogue.js", "/assets/en.js"]
    russian = await site.get("/catalogue", headers={"accept-language": "ru"})
    assert "Арабика Beans &amp; &quot;Sons&quot; 1 234 567,05 ₸/кг</li>" in root_of(russian)


async def test_a_search_a_member_and_other_pages_get_no_more_than_the_names_of_scripts(
    site,
) -> None:
    empty = "</div>"
    assert root_of(await site.get("/catalogue?q=tea")) == empty
    assert root_of(await site.get("/sign-in")) == empty
    buyer = await register(site.app)
    signed_in = await buyer.client.get("/catalogue")
    assert root_of(signed_in) == empty
    at_once = (
        'rel="preload" as="script" fetchpriority="low" crossorigin href="/assets/catalogue.js"'
    )
    assert at_once in signed_in.text
    assert (await site.get("/catalogue/nothing-of-the-kind")).status_code == 404
