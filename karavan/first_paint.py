"""What public pages show before the web app has come: the build has drawn it, here it gets its goods.

A visitor of a slow telephone sees the catalogue as soon as the page and its styles have come. The app then draws the same
from the same answers, which travel with the page.
"""

import html
import re
from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi import Request

from karavan.kit.routing import API_PREFIX
from karavan.kit.unit_of_work import database_of
from karavan.modules.catalogue.public import SEARCH_INDEX, front_of_catalogue
from karavan.web_heads import locale_of

_CATALOGUE = "/catalogue"
_ROOT = b'<div id="root"></div>'
_AT_ONCE = b'rel="preload" as="script" fetchpriority="low"'
_LATER = b'rel="later"'
"""No word of HTML: `start.js` makes a preload of it when there is something to see."""
_MARK = re.compile(r"KV-([a-z_]+)-VK")
_TILES_SHOWN = 12
_EAGER_COUNT = 4
"""As many pictures as stand in the first row of a wide screen; the others wait until they are scrolled to."""

Around = tuple[str, str, str, str, int]
"""What stands before an amount, between its thousands, before its fraction and behind it; digits of the fraction."""


class Painted(msgspec.Struct):
    """Pages and patterns in one language, as the build drew them.

    Attributes:
        pages: contents of `#root` by path.
        cards: of goods, by the parts that they show.
        units: short names by code.
    """

    pages: dict[str, str]
    cards: dict[str, str]
    money: dict[str, Around]
    units: dict[str, str]


class Loaded(msgspec.Struct):
    """What the app loads for a path whose variable parts begin with a dollar: scripts, and words by language."""

    path: str
    scripts: list[str]
    words: dict[str, list[str]]


class Drawn(msgspec.Struct):
    """`first-paint.json` of the build; `tiles` are of categories, by the names of icons."""

    routes: list[Loaded]
    tiles: dict[str, str]
    languages: dict[str, Painted]


class FirstPaint:
    """Puts into the page of a public address what can be seen at once, and names what the app will load."""

    def __init__(self) -> None:
        self._read: tuple[bytes, Drawn] | None = None

    async def put_into(self, page: bytes, told: bytes, request: Request) -> bytes:
        """The page with the scripts of its route named; for visitors, with its contents and first answers.

        Args:
            page: the built page with its head.
            told: `first-paint.json`.
        """
        if self._read is None or self._read[0] is not told:
            self._read = (told, msgspec.json.decode(told, type=Drawn))
        drawn = self._read[1]
        path, locale = request.url.path.rstrip("/") or "/", locale_of(request)
        page = _naming_scripts(page, drawn, path, locale)
        painted = drawn.languages[locale]
        # Who is signed in has other prices and another head of the page: theirs comes with the app.
        if path not in painted.pages or request.url.query or request.state.credentials is not None:
            return page
        contents, answers = painted.pages[path], b""
        if path == _CATALOGUE:
            index = request.app.state.services[SEARCH_INDEX]
            async with database_of(request).transaction() as session:
                found = await front_of_catalogue(session, index, locale)
            contents = _with_goods(contents, drawn, painted, locale, found)
            answers = b"".join(_answer(url, body) for url, body in found.items())
        page = page.replace(_AT_ONCE, _LATER)
        return page.replace(
            _ROOT, b'<div id="root" data-drawn>%b</div>%b' % (contents.encode(), answers), 1
        )


def _naming_scripts(page: bytes, drawn: Drawn, path: str, locale: str) -> bytes:
    for route in drawn.routes:
        if re.fullmatch(re.sub(r"\$\w+", "[^/]+", route.path), path):
            links = "".join(
                f'<link {_AT_ONCE.decode()} crossorigin href="/{name}">'
                for name in (*route.scripts, *route.words[locale])
            )
            return page.replace(b"</head>", links.encode() + b"</head>", 1)
    return page


def _answer(url: str, body: bytes) -> bytes:
    """An answer within the page: data, which no browser runs."""
    inert = body.replace(b"<", rb"\u003c")
    address = html.escape(API_PREFIX + url).encode()
    return b'<script type="application/json" data-answer="%b">%b</script>' % (address, inert)


def _with_goods(
    contents: str, drawn: Drawn, painted: Painted, locale: str, found: Mapping[str, bytes]
) -> str:
    goods, tree = (msgspec.json.decode(body) for body in found.values())
    tiles = "".join(
        _filled(
            drawn.tiles.get(one["icon"], drawn.tiles[""]),
            {"code": one["code"], "name": one["names"][locale]},
        )
        for one in tree["items"][:_TILES_SHOWN]
    )
    cards = "".join(
        _card(painted, item, locale, eager=place < _EAGER_COUNT)
        for place, item in enumerate(goods["items"])
    )
    return _MARK.sub(lambda found: {"tiles": tiles, "goods": cards}[found[1]], contents)


def _filled(pattern: str, values: Mapping[str, object]) -> str:
    return _MARK.sub(lambda found: html.escape(str(values[found[1]])), pattern)


def _card(painted: Painted, item: Mapping[str, Any], locale: str, *, eager: bool) -> str:
    """As `product-card.tsx` shows goods, without their stars."""
    listed, image = item["price"], item["image"]
    price = item["your_tiers"][0]["price"] if item["your_tiers"] else listed
    is_lower = price["currency"] == listed["currency"] and price["amount"] < listed["amount"]
    shown = {
        "image": image is not None,
        "from": item["has_variants"],
        "in_stock": item["in_stock"],
        "list_price": is_lower,
    }
    names = item["names"]
    name = next((names[one] for one in (locale, "en", "ru") if one in names), item["name"])
    values: dict[str, object] = {
        "id": item["id"],
        "name": name,
        "seller": item["organisation"]["name"],
        "unit": painted.units.get(item["unit"], item["unit"]),
        "price": _money(painted, price),
        "list_price": _money(painted, listed),
    }
    if image is not None:
        values |= _picture(image)
        # What has come with the first frame belongs into it.
        values |= (
            {"loading": "eager", "priority": "high", "decoding": "sync"}
            if eager
            else {"loading": "lazy", "priority": "auto", "decoding": "async"}
        )
    pattern = painted.cards[",".join(part for part, is_shown in shown.items() if is_shown)]
    return _filled(pattern, values)


def _picture(image: Mapping[str, Any]) -> dict[str, object]:
    """Attributes of a picture, as `picture-sources.ts` puts them together."""
    longest = max(image["width"], image["height"], 1)
    sizes = image["sizes"]

    def url(size: int, form: str) -> str:
        return f"{API_PREFIX}/media/pictures/{image['key']}/{size}.{form}"

    def listed(form: str) -> str:
        widths = ((size, max(1, round(image["width"] * min(1, size / longest)))) for size in sizes)
        return ", ".join(f"{url(size, form)} {width}w" for size, width in widths)

    return {
        "avif": listed("avif"),
        "webp": listed("webp"),
        "src": url(sizes[min(1, len(sizes) - 1)], "webp"),
        "alt": image["alt"],
        "width": image["width"],
        "height": image["height"],
    }


def _money(painted: Painted, money: Mapping[str, Any]) -> str:
    """As the web app writes it; a currency that no browser knows stands behind its minor units."""
    amount, currency = money["amount"], money["currency"]
    around = painted.money.get(currency)
    if around is None:
        return f"{amount} {currency}"
    before, group, point, after, digits = around
    whole, fraction = divmod(amount, 10**digits)
    figures = f"{whole:,}".replace(",", group)
    return (
        f"{before}{figures}{point}{fraction:0{digits}d}{after}"
        if digits
        else before + figures + after
    )
