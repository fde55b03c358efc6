"""Heads of public pages, put into the web app's one page; `robots.txt` and `sitemap.xml`."""

import json
import re
from collections.abc import Sequence
from datetime import datetime

from fastapi import Request
from fastapi.responses import PlainTextResponse, Response

from karavan.kit.public_pages import (
    PageHead,
    PublicPages,
    accepted_locale,
    head_tags,
    sitemap,
)
from karavan.kit.unit_of_work import database_of

_SITEMAP_MAX = 50_000
"""Addresses that one sitemap may hold (sitemaps.org)."""
_FIXED = ("/", "/catalogue", "/requests", "/legal/terms", "/legal/privacy")
_FROM, _TO = b"<!--head-->", b"<!--/head-->"


class PageHeads:
    """Knows what every public page is about.

    Args:
        base_url: the address that people use, without a slash at the end.
        kinds: pages that stand for rows of the database.
    """

    def __init__(self, base_url: str, kinds: Sequence[PublicPages]) -> None:
        self._base_url = base_url
        self._kinds = kinds

    async def for_searchers(self, request: Request, name: str) -> Response | None:
        """`robots.txt` or `sitemap.xml`; nothing for any other name."""
        if name == "robots.txt":
            lines = ["User-agent: *", *(f"Disallow: /{one}/" for one in ("api", "app", "dev"))]
            lines.append(f"Sitemap: {self._base_url}/sitemap.xml")
            return PlainTextResponse("\n".join(lines) + "\n")
        if name != "sitemap.xml":
            return None
        addresses: list[tuple[str, datetime | None]] = [(path, None) for path in _FIXED]
        async with database_of(request).transaction() as session:
            for kind in self._kinds:
                addresses += await kind.addresses(session, _SITEMAP_MAX - len(addresses))
        content = sitemap([(self._base_url + path, changed) for path, changed in addresses])
        return Response(content, media_type="application/xml")

    async def put_into(
        self, page: bytes, texts: bytes, request: Request
    ) -> tuple[bytes | None, int]:
        """The page with the head of its address, and the status to answer with.

        Args:
            page: the built page, in which two comments mark what is common to all pages.
            texts: titles and descriptions by language and path, as the build wrote them.

        Returns:
            Nothing and 200 for pages that are not public; nothing and 404 for one that is not there.
        """
        before, marked, rest = page.partition(_FROM)
        _, ended, after = rest.partition(_TO)
        if not marked or not ended:
            return None, 200
        path = request.url.path.rstrip("/") or "/"
        locale = accepted_locale(request.headers.get("accept-language", ""))
        fixed = json.loads(texts).get(locale, {}).get(path)
        if fixed is not None:
            head: PageHead | None = PageHead(title=fixed[0], description=fixed[1])
        else:
            matched = self._kind_of(path)
            if matched is None:
                return None, 200
            kind, found = matched
            async with database_of(request).transaction() as session:
                head = await kind.read(session, found, locale)
        if head is None:
            return None, 404
        tags = head_tags(head, base_url=self._base_url, path=path, locale=locale)
        before = before.replace(b'<html lang="en">', f'<html lang="{locale}">'.encode())
        return before + tags.encode() + after, 200

    def _kind_of(self, path: str) -> tuple[PublicPages, re.Match[str]] | None:
        for kind in self._kinds:
            if found := kind.path.fullmatch(path):
                return kind, found
        return None
