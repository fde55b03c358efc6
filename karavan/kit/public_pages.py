"""What searchers and messengers are told of a public page: the server says it, as they run no script."""

import html
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct, field
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import Database

DESCRIPTION_MAX = 300


class PageHead(Struct, frozen=True, kw_only=True):
    """The head of one page.

    Attributes:
        title: without the platform's name.
        description: plain text; longer ones are cut at a word.
        facts: schema.org properties, without `@context`. Addresses of pages and pictures are paths of this platform; they
            become whole where they are written.
        picture: the path of a picture of what the page is about; the platform's own sign by default.
    """

    title: str
    description: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    picture: str | None = None


Address = tuple[str, datetime | None]
"""A page's path or whole address, and when it last changed."""


class AddressParts(Struct, frozen=True, kw_only=True):
    """Addresses of pages by the hundred thousand, in parts that keep their beginning while pages come and go.

    Attributes:
        name: of the kind, as it stands in the names of its maps: small letters.
        starts: the identifier that each part of so many pages begins with, in order. It reads them all.
        read: a part: at most so many pages from an identifier on.
    """

    name: str
    starts: Callable[[AsyncSession, int], Awaitable[Sequence[UUID]]]
    read: Callable[[AsyncSession, UUID, int], Awaitable[Sequence[Address]]]


class PublicPages(Struct, frozen=True, kw_only=True):
    """A kind of public page, such as that of a request.

    Attributes:
        path: matches the whole path, from `/` on.
        read: the head of a matched page in a language (`en`, `ru` or `kk`); nothing when there is no such page for a
            visitor.
        addresses: pages worth finding, newest first, at most as many as asked for; nothing where `parts` tells them.
        parts: the same for pages of which there may be more than one map holds.
    """

    path: re.Pattern[str]
    read: Callable[[AsyncSession, re.Match[str], str], Awaitable[PageHead | None]]
    addresses: Callable[[AsyncSession, int], Awaitable[Sequence[Address]]] | None = None
    parts: AddressParts | None = None


class FixedFacts(Struct, frozen=True, kw_only=True):
    """What searchers are told of a page that stands for no row, besides its title and description.

    Attributes:
        path: of the page.
        read: schema.org properties as `PageHead.facts` has them, from the page's head, what was searched for on it (`q`),
            and its language; most need nothing of the database.
    """

    path: str
    read: Callable[[Database, PageHead, str, str], Awaitable[Mapping[str, Any]]]


def head_tags(head: PageHead, *, base_url: str, path: str, locale: str) -> str:
    """Title, description, Open Graph (ogp.me) and JSON-LD, as HTML.

    Args:
        base_url: the platform's address, without a slash at the end.
        path: of the page.
        locale: `en`, `ru` or `kk`.
    """
    picture_url = base_url + (head.picture or "/icon-512.png")
    title = html.escape(f"{head.title} · Karavan")
    description = html.escape(_cut(" ".join(head.description.split())))
    url = html.escape(base_url + path)
    tags = [
        f"<title>{title}</title>",
        f'<meta name="description" content="{description}">',
        f'<link rel="canonical" href="{url}">',
        '<meta property="og:type" content="website">',
        '<meta property="og:site_name" content="Karavan">',
        f'<meta property="og:title" content="{html.escape(head.title)}">',
        f'<meta property="og:description" content="{description}">',
        f'<meta property="og:url" content="{url}">',
        f'<meta property="og:locale" content="{_REGIONS[locale]}">',
        f'<meta property="og:image" content="{html.escape(picture_url)}">',
        f'<meta name="twitter:card" content="{"summary_large_image" if head.picture else "summary"}">',
    ]
    if head.facts:
        whole = {"@context": "https://schema.org", **_with_whole_addresses(head.facts, base_url)}
        # A data block, which no policy of scripts concerns; `<` could end it.
        facts = json.dumps(whole, ensure_ascii=False)
        escaped = facts.replace("<", "\\u003c").replace("\u2028", "\\u2028")
        tags.append(f'<script type="application/ld+json">{escaped}</script>')
    return "\n    ".join(tags)


_ADDRESSES = frozenset({"@id", "url", "item", "image", "logo", "urlTemplate"})


def _with_whole_addresses(facts: Mapping[str, Any], base_url: str) -> dict[str, Any]:
    """The facts with whole addresses: searchers do not put relative ones together reliably."""

    def whole(name: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: whole(key, one) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [whole(name, one) for one in value]
        if name in _ADDRESSES and isinstance(value, str) and value.startswith("/"):
            return base_url + value
        return value

    return {key: whole(key, value) for key, value in facts.items()}


def sitemap(addresses: Sequence[Address]) -> str:
    """Whole addresses as a sitemap (sitemaps.org, protocol 0.9)."""
    return _listed("urlset", "url", addresses)


def sitemap_index(addresses: Sequence[str]) -> str:
    """Addresses of sitemaps as an index of them (sitemaps.org, protocol 0.9)."""
    return _listed("sitemapindex", "sitemap", [(one, None) for one in addresses])


def _listed(whole: str, one: str, addresses: Sequence[Address]) -> str:
    entries = "".join(
        f"<{one}><loc>{html.escape(url)}</loc>"
        + (f"<lastmod>{changed:%Y-%m-%d}</lastmod>" if changed else "")
        + f"</{one}>\n"
        for url, changed in addresses
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{whole} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</{whole}>\n'
    )


_REGIONS = {"en": "en_GB", "ru": "ru_RU", "kk": "kk_KZ"}


LANGUAGE_COOKIE = "karavan_language"
"""What somebody has chosen on this device; the web app sets it."""


def reader_locale(cookie: str, accept_language: str) -> str:
    """The language that somebody chose before (`Cookie`), else the best for their browser (`Accept-Language`)."""
    found = re.search(rf"(?:^|;)\s*{LANGUAGE_COOKIE}=(en|ru|kk)\s*(?:;|$)", cookie)
    return found[1] if found else accepted_locale(accept_language)


def accepted_locale(header: str) -> str:
    """The best of our languages for an `Accept-Language` header (RFC 9110 § 12.5.4); English when none is wanted."""
    best, best_weight = "en", 0.0
    for part in header.split(",")[:20]:
        name, _, parameters = part.strip().partition(";")
        found = re.fullmatch(r"\s*q=([01](?:\.\d{1,3})?)\s*", parameters) if parameters else None
        weight = float(found[1]) if found else (0.0 if parameters else 1.0)
        language = name.strip().lower().split("-")[0]
        if language in _REGIONS and weight > best_weight:
            best, best_weight = language, weight
    return best


def _cut(text: str) -> str:
    if len(text) <= DESCRIPTION_MAX:
        return text
    return text[:DESCRIPTION_MAX].rsplit(" ", 1)[0] + "…"
