"""Heads of public pages, put into the web app's one page; `robots.txt` and sitemaps."""

import json
import re
from collections.abc import Sequence
from time import monotonic
from uuid import UUID

from fastapi import Request
from fastapi.responses import PlainTextResponse, Response

from karavan.kit.public_pages import (
    Address,
    FixedFacts,
    PageHead,
    PublicPages,
    head_tags,
    reader_locale,
    sitemap,
    sitemap_index,
)
from karavan.kit.unit_of_work import database_of

_SITEMAP_MAX = 50_000
"""Addresses that one sitemap may hold (sitemaps.org)."""
_PAGES = "sitemap-pages.xml"
_PART = re.compile(
    r"sitemap-(?P<kind>[a-z]+)-(?P<start>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.xml"
)
_KEPT_S = 300
_FIXED = ("/", "/catalogue", "/requests", "/legal/terms", "/legal/privacy")
# Pages for one person, which searchers are not told of; whatever else nobody knows is not there.
_UNLISTED = re.compile(r"/(?:app|design|invites?|join|oauth)(?:/.*)?")
_FROM, _TO = b"<!--head-->", b"<!--/head-->"


def locale_of(request: Request) -> str:
    """The language of a page's reader: `en`, `ru` or `kk`."""
    headers = request.headers
    return reader_locale(headers.get("cookie", ""), headers.get("accept-language", ""))


class PageHeads:
    """Knows what every public page is about.

    Args:
        base_url: the address that people use, without a slash at the end.
        kinds: pages that stand for rows of the database.
        fixed: what is told of the others.
    """

    def __init__(
        self, base_url: str, kinds: Sequence[PublicPages], fixed: Sequence[FixedFacts] = ()
    ) -> None:
        self._base_url = base_url
        self._kinds = kinds
        self._fixed = {one.path: one for one in fixed}
        self._kept: tuple[float | None, list[str]] = (None, [])

    async def for_searchers(self, request: Request, name: str) -> Response | None:
        """`robots.txt`, `sitemap.xml`, or one of the maps that it names; nothing for any other name."""
        if name == "robots.txt":
            lines = ["User-agent: *", *(f"Disallow: /{one}/" for one in ("api", "app", "dev"))]
            lines.append(f"Sitemap: {self._base_url}/sitemap.xml")
            return PlainTextResponse("\n".join(lines) + "\n")
        if name == "sitemap.xml":
            names = [_PAGES, *await self._parts(request)]
            content = sitemap_index([f"{self._base_url}/{one}" for one in names])
        elif (addresses := await self._addresses(request, name)) is not None:
            content = sitemap([(self._base_url + path, changed) for path, changed in addresses])
        else:
            return None
        return Response(content, media_type="application/xml")

    async def _parts(self, request: Request) -> list[str]:
        """Names of the maps of kinds that need several. To find where they begin costs a reading of all, so it is kept."""
        kept_at, names = self._kept
        if kept_at is not None and monotonic() - kept_at < _KEPT_S:
            return names
        names = []
        async with database_of(request).transaction() as session:
            for kind in self._kinds:
                if kind.parts is not None:
                    starts = await kind.parts.starts(session, _SITEMAP_MAX)
                    names += [f"sitemap-{kind.parts.name}-{start}.xml" for start in starts]
        self._kept = (monotonic(), names)
        return names

    async def _addresses(self, request: Request, name: str) -> Sequence[Address] | None:
        """What a map of this name lists; nothing when it is none of ours."""
        if name == _PAGES:
            addresses: list[Address] = [(path, None) for path in _FIXED]
            async with database_of(request).transaction() as session:
                for kind in self._kinds:
                    if kind.addresses is not None:
                        addresses += await kind.addresses(session, _SITEMAP_MAX - len(addresses))
            return addresses
        found = _PART.fullmatch(name)
        for kind in self._kinds:
            if found and kind.parts is not None and kind.parts.name == found["kind"]:
                async with database_of(request).transaction() as session:
                    return await kind.parts.read(session, UUID(found["start"]), _SITEMAP_MAX)
        return None

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
        locale = locale_of(request)
        written = json.loads(texts)
        fixed = written.get(locale, {}).get(path)
        if fixed is not None:
            head = await self._fixed_head(request, path, fixed, locale)
        else:
            matched = self._kind_of(path)
            if matched is None:
                is_known = not written or _UNLISTED.fullmatch(path) is not None
                return None, 200 if is_known else 404
            kind, found = matched
            async with database_of(request).transaction() as session:
                head = await kind.read(session, found, locale)
        if head is None:
            return None, 404
        tags = head_tags(head, base_url=self._base_url, path=path, locale=locale)
        before = before.replace(b'<html lang="en">', f'<html lang="{locale}">'.encode())
        return before + tags.encode() + after, 200

    async def _fixed_head(
        self, request: Request, path: str, texts: Sequence[str], locale: str
    ) -> PageHead | None:
        head = PageHead(title=texts[0], description=texts[1])
        told = self._fixed.get(path)
        if told is None:
            return head
        words = request.query_params.get("q", "").strip()
        facts = await told.read(database_of(request), head, words, locale)
        return PageHead(title=head.title, description=head.description, facts=facts)

    def _kind_of(self, path: str) -> tuple[PublicPages, re.Match[str]] | None:
        for kind in self._kinds:
            if found := kind.path.fullmatch(path):
                return kind, found
        return None
