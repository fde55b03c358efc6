"""What searchers and messengers read of public pages, and what they must not."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest

from karavan.kit.public_pages import PageHead, accepted_locale, head_tags
from karavan.settings import Settings
from tests.factories.accounts import register, visitor
from tests.factories.procurement import (
    invite,
    make_published,
    make_request,
    pass_deadline,
    publish,
)

PAGE = (
    '<!doctype html>\n<html lang="en"><head><!--head--><title>Karavan</title><!--/head--></head>'
    '<body><div id="root"></div></body></html>'
)
TEXTS = {
    "en": {"/": ["Trade", "All of it."], "/requests": ["Open requests", "What is wanted."]},
    "ru": {"/": ["Торговля", "Вся сразу."], "/requests": ["Открытые запросы", "Что нужно."]},
}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
async def site(settings: Settings, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    from karavan.app import create_app

    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "index.html").write_text(PAGE)
    (dist / "heads.json").write_text(json.dumps(TEXTS))
    app = create_app(settings.model_copy(update={"web_dist": dist}))
    async with app.router.lifespan_context(app), visitor(app) as client:
        client.app = app  # type: ignore[attr-defined]  # so that a test can register people
        yield client


def title_of(page: httpx.Response) -> str:
    [title] = re.findall("<title>(.*)</title>", page.text)
    return title


async def test_fixed_pages_speak_the_readers_language(site) -> None:
    page = await site.get("/", headers={"accept-language": "ru-RU,ru;q=0.9,en;q=0.5"})
    assert (page.status_code, title_of(page)) == (200, "Торговля · Karavan")
    assert '<html lang="ru">' in page.text
    assert '<meta name="description" content="Вся сразу.">' in page.text
    assert '<meta property="og:locale" content="ru_RU">' in page.text
    assert '<link rel="canonical" href="http://test/">' in page.text
    assert "accept-language" in page.headers["vary"].lower()
    assert title_of(await site.get("/requests/")) == "Open requests · Karavan"
    again = await site.get("/", headers={"if-none-match": page.headers["etag"]})
    assert again.status_code == 200


async def test_a_public_request_tells_what_it_is_about(site) -> None:
    buyer = await register(site.app, organisation_name='Steppe & "Sons"')
    request = await make_published(
        buyer, title="Cement</script><b>", description="Five wagons\n of <it>."
    )
    page = await site.get(f"/requests/{request['id']}")
    assert page.status_code == 200
    assert title_of(page) == "Cement&lt;/script&gt;&lt;b&gt; · Karavan"
    description = f"{request['number']}, Steppe &amp; &quot;Sons&quot;: Five wagons of &lt;it&gt;."
    assert f'<meta property="og:description" content="{description}">' in page.text
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    facts = json.loads(block)
    assert (facts["@type"], facts["name"]) == ("Demand", "Cement</script><b>")
    assert facts["validThrough"][:16] == request["quotes_due_at"][:16]


async def test_what_is_not_public_is_not_there(site) -> None:
    buyer = await register(site.app)
    draft = await make_request(buyer, title="A secret plan", visibility="public")
    invited = await make_request(buyer, title="A secret plan", visibility="invited")
    await invite(buyer, invited, await register(site.app, role="vendor"))
    await publish(buyer, invited)
    for hidden in (draft["id"], invited["id"], "0192a000-0004-7000-8000-000000000004"):
        page = await site.get(f"/requests/{hidden}")
        assert (page.status_code, title_of(page)) == (404, "Karavan"), hidden
        assert "secret" not in page.text
    for other, status in (
        ("/app/x", 200),
        ("/join/x", 200),
        ("/requests/not-an-id", 404),
        ("/nothing", 404),
    ):
        page = await site.get(other)
        assert (page.status_code, title_of(page)) == (status, "Karavan"), other


async def test_the_sitemap_lists_what_is_open_to_everybody(site, owner) -> None:
    buyer = await register(site.app)
    await make_request(buyer)
    invited = await make_request(buyer, visibility="invited")
    await invite(buyer, invited, await register(site.app, role="vendor"))
    await publish(buyer, invited)
    passed = await make_published(buyer)
    await pass_deadline(owner, passed)
    listed = await make_published(buyer)
    index = await site.get("/sitemap.xml")
    maps = [one.text for one in ET.fromstring(index.content).iter(f"{SITEMAP}loc")]
    assert maps == ["http://test/sitemap-pages.xml"]
    answer = await site.get("/sitemap-pages.xml")
    assert {one.headers["content-type"] for one in (index, answer)} == {"application/xml"}
    found = [one.text for one in ET.fromstring(answer.content).iter(f"{SITEMAP}loc")]
    fixed = ["/", "/catalogue", "/requests", "/legal/terms", "/legal/privacy"]
    assert found == [f"http://test{path}" for path in [*fixed, f"/requests/{listed['id']}"]]


async def test_robots_find_the_sitemap_and_stay_out_of_the_workspace(site) -> None:
    answer = await site.get("/robots.txt")
    assert answer.text.splitlines() == [
        "User-agent: *",
        "Disallow: /api/",
        "Disallow: /app/",
        "Disallow: /dev/",
        "Sitemap: http://test/sitemap.xml",
    ]


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("", "en"),
        ("kk-KZ", "kk"),
        ("de, ru;q=0.3", "ru"),
        ("en;q=0.2, kk;q=0.9", "kk"),
        ("ru;q=0", "en"),
        ("ru;q=much, kk;q=0.001", "kk"),
        (";;;,,,q", "en"),
        ("*", "en"),
    ],
)
def test_the_language_of_a_reader(header: str, locale: str) -> None:
    assert accepted_locale(header) == locale


def test_a_long_description_ends_with_a_word() -> None:
    head = PageHead(title="T", description="word " * 100)
    tags = head_tags(head, base_url="http://test", path="/", locale="en")
    [description] = re.findall('name="description" content="(.*)"', tags)
    assert description == " ".join(["word"] * 60) + "…"
