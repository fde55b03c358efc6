"""The data set: companies that all buy and sell, their requests in every state, and the quotes for them.

Deterministic and loaded by COPY, because what is measured is the reading and writing that comes after.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import asyncpg

from bench.identifiers import (
    ORGANISATION,
    QUOTE,
    QUOTE_LINE,
    REQUEST,
    REQUEST_LINE,
    SESSION,
    USER,
    VERSION,
    identifier,
)

LINES = 3
QUOTES = 2
FIRST_FREE_VENDOR = 10
"""A published request of company `o` is quoted by `o + 1` and `o + 2`; measures may quote from `o + 10` on."""

_STATES = ("draft", "published", "published", "published", "published")
_CATEGORIES = ("construction", "food", "metals", "machinery", "chemicals")
_GOODS = ("Cement M500", "Sand", "Steel beam", "Copper wire", "Flour", "Pump", "Paint", "Glass")
_LISTENERS = 500


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything."""

    requests: int = 50_000
    organisations: int = 200

    @property
    def published(self) -> int:
        """Requests that take quotes."""
        return self.requests // len(_STATES) * (len(_STATES) - 1)

    @property
    def people(self) -> int:
        """One for each company, and colleagues in the first one who listen to its news."""
        return self.organisations + _LISTENERS

    def organisation_of(self, person: int) -> int:
        """The company of a person."""
        return person if person < self.organisations else 0


def published_request(index: int) -> int:
    """The number of a published request, from its place among the published ones."""
    each = len(_STATES) - 1
    return index // each * len(_STATES) + 1 + index % each


async def load(owner_url: str, sizes: Sizes) -> None:
    """Fill a migrated, empty database and let PostgreSQL look at it.

    Args:
        owner_url: the owner, whom no policy restricts.
    """
    now = datetime.now(UTC)
    connection = await asyncpg.connect(owner_url)
    try:
        for table, columns, rows in (
            *_people(sizes, now),
            *_requests(sizes, now),
            *_quotes(sizes, now),
        ):
            await connection.copy_records_to_table(table, columns=columns, records=rows)
        await connection.execute("vacuum analyze")
        await connection.execute("checkpoint")
    finally:
        await connection.close()


Part = tuple[str, list[str], Iterator[tuple[Any, ...]]]


def _people(sizes: Sizes, now: datetime) -> Iterator[Part]:
    people, companies = range(sizes.people), range(sizes.organisations)
    yield (
        "organisations_organisations",
        "id name slug kind interest buys sells country city currency version".split(),
        (
            (
                identifier(ORGANISATION, o),
                f"Company {o}",
                f"company-{o}",
                "company",
                "buyer",
                True,
                True,
                "KZ",
                "Almaty",
                "KZT",
                1,
            )
            for o in companies
        ),
    )
    yield (
        "identity_users",
        "id email email_key email_verified_at display_name last_organisation_id version".split(),
        (
            (
                identifier(USER, u),
                f"person-{u}@example.org",
                f"person-{u}@example.org",
                now,
                f"Person {u}",
                identifier(ORGANISATION, sizes.organisation_of(u)),
                1,
            )
            for u in people
        ),
    )
    yield (
        "organisations_memberships",
        ["organisation_id", "user_id", "role"],
        (
            (
                identifier(ORGANISATION, sizes.organisation_of(u)),
                identifier(USER, u),
                "owner" if u < sizes.organisations else "buyer",
            )
            for u in people
        ),
    )
    yield (
        "identity_sessions",
        "id user_id organisation_id device user_agent expires_at".split(),
        (
            (
                identifier(SESSION, u),
                identifier(USER, u),
                identifier(ORGANISATION, sizes.organisation_of(u)),
                "Benchmark",
                "wrk",
                now + timedelta(days=7),
            )
            for u in people
        ),
    )


def _requests(sizes: Sizes, now: datetime) -> Iterator[Part]:
    yield (
        "procurement_requests",
        (
            "id organisation_id organisation_name number state title description category visibility currency "
            "budget_amount quotes_due_at needed_by delivery_country delivery_place revision created_by "
            "created_by_name published_at created_at line_names version"
        ).split(),
        (_request(sizes, r, now) for r in range(sizes.requests)),
    )
    yield (
        "procurement_request_lines",
        "id request_id organisation_id position name specification quantity unit".split(),
        (
            (
                identifier(REQUEST_LINE, r * LINES + place),
                identifier(REQUEST, r),
                identifier(ORGANISATION, r % sizes.organisations),
                place + 1,
                _GOODS[(r + place) % len(_GOODS)],
                "By the standard that applies, packed for the road.",
                Decimal(10 + r % 90),
                "TNE",
            )
            for r in range(sizes.requests)
            for place in range(LINES)
        ),
    )


def _request(sizes: Sizes, r: int, now: datetime) -> tuple[Any, ...]:
    company, state = r % sizes.organisations, _STATES[r % len(_STATES)]
    made = now - timedelta(minutes=sizes.requests - r)
    names = [_GOODS[(r + place) % len(_GOODS)] for place in range(LINES)]
    return (
        identifier(REQUEST, r),
        identifier(ORGANISATION, company),
        f"Company {company}",
        f"RFQ-2026-{r:06d}",
        state,
        f"{names[0]} and more for site {r % 977}",
        "Delivery in two batches, unloading by the supplier, certificates with the goods.",
        _CATEGORIES[r // sizes.organisations % len(_CATEGORIES)],
        "public",
        "KZT",
        1_000_000 + _noise(r) % 90_000_000,
        now + timedelta(days=7, seconds=_noise(r) % 600_000),
        (now + timedelta(days=60)).date(),
        "KZ",
        "Almaty",
        1,
        identifier(USER, company),
        f"Person {company}",
        None if state == "draft" else made,
        made,
        "\n".join(names),
        1,
    )


def _noise(number: int) -> int:
    return int.from_bytes(hashlib.blake2b(str(number).encode(), digest_size=4).digest())


def _quotes(sizes: Sizes, now: datetime) -> Iterator[Part]:
    given = [
        (number * QUOTES + nth, published_request(number), nth)
        for number in range(sizes.published)
        for nth in range(QUOTES)
    ]
    yield (
        "procurement_quotes",
        (
            "id request_id organisation_id organisation_name buyer_organisation_id number state current_version "
            "request_revision valid_until submitted_by submitted_by_name version"
        ).split(),
        (_quote(sizes, now, *one) for one in given),
    )
    yield (
        "procurement_quote_versions",
        (
            "id quote_id request_id organisation_id buyer_organisation_id number currency valid_until lead_time_days "
            "net_amount tax_amount total_amount submitted_by submitted_by_name"
        ).split(),
        (_version(sizes, now, *one) for one in given),
    )
    yield (
        "procurement_quote_lines",
        (
            "id version_id request_line_id request_id organisation_id buyer_organisation_id position kind name "
            "quantity unit unit_price_amount tax_rate net_amount"
        ).split(),
        (
            (
                identifier(QUOTE_LINE, q * LINES + place),
                identifier(VERSION, q),
                identifier(REQUEST_LINE, r * LINES + place),
                identifier(REQUEST, r),
                identifier(ORGANISATION, (r + nth + 1) % sizes.organisations),
                identifier(ORGANISATION, r % sizes.organisations),
                place + 1,
                "offered",
                _GOODS[(r + place) % len(_GOODS)],
                Decimal(10 + r % 90),
                "TNE",
                100_000,
                Decimal(12),
                100_000 * (10 + r % 90),
            )
            for q, r, nth in given
            for place in range(LINES)
        ),
    )


def _quote(sizes: Sizes, now: datetime, q: int, r: int, nth: int) -> tuple[Any, ...]:
    vendor = (r + nth + 1) % sizes.organisations
    return (
        identifier(QUOTE, q),
        identifier(REQUEST, r),
        identifier(ORGANISATION, vendor),
        f"Company {vendor}",
        identifier(ORGANISATION, r % sizes.organisations),
        f"QUO-2025-{q:06d}",
        "submitted",
        1,
        1,
        now + timedelta(days=60),
        identifier(USER, vendor),
        f"Person {vendor}",
        1,
    )


def _version(sizes: Sizes, now: datetime, q: int, r: int, nth: int) -> tuple[Any, ...]:
    vendor = (r + nth + 1) % sizes.organisations
    net = 100_000 * (10 + r % 90) * LINES
    tax = net * 12 // 100
    return (
        identifier(VERSION, q),
        identifier(QUOTE, q),
        identifier(REQUEST, r),
        identifier(ORGANISATION, vendor),
        identifier(ORGANISATION, r % sizes.organisations),
        1,
        "KZT",
        now + timedelta(days=60),
        14,
        net,
        tax,
        net + tax,
        identifier(USER, vendor),
        f"Person {vendor}",
    )
