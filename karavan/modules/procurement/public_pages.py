"""Requests on the public board, as searchers and messengers see them."""

import re
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_row
from karavan.kit.public_pages import Address, PageHead, PublicPages

_HEAD = """
select r.title, r.number, r.organisation_name, r.description, r.delivery_country, r.published_at, r.quotes_due_at
from procurement_requests r
where r.id = $1 and r.visibility = 'public' and r.published_at is not null
"""
_OPEN = text("""
select r.id, r.published_at from procurement_requests r
where r.state = 'published' and r.visibility = 'public' and r.quotes_due_at > now()
order by r.published_at desc limit :wanted
""")


async def _read(session: AsyncSession, found: re.Match[str], _: str) -> PageHead | None:
    row = await read_row(session, _HEAD, UUID(found[1]))
    if row is None:
        return None
    title, number, organisation_name, description, country, published_at, due_at = row
    facts = {
        "@type": "Demand",
        "name": title,
        "identifier": number,
        "description": description,
        "areaServed": country,
        "validFrom": published_at.isoformat(),
        "validThrough": due_at.isoformat() if due_at else None,
    }
    return PageHead(
        title=title,
        description=f"{number}, {organisation_name}: {description or title}",
        facts={name: value for name, value in facts.items() if value},
    )


async def _addresses(session: AsyncSession, wanted: int) -> Sequence[Address]:
    rows = await session.execute(_OPEN, {"wanted": wanted})
    return [(f"/requests/{row.id}", row.published_at) for row in rows]


REQUEST_PAGES = PublicPages(
    path=re.compile(r"/requests/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"),
    read=_read,
    addresses=_addresses,
)
