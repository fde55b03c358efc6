"""Load the demonstration into an empty database, as a whole or not at all."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

import asyncpg
import psycopg
from fastapi import FastAPI
from sqlalchemy import text

from karavan.demo.accounts import DEMO_ACCOUNTS, DEMO_COMPANIES, DemoCompany
from karavan.demo.errors import DemoError
from karavan.demo.people import Person, found_company, join
from karavan.demo.pictures import company_mark, portrait
from karavan.demo.profiles import PROFILES, RATES
from karavan.demo.story import STORIES, Cast
from karavan.demo.trade import trade
from karavan.kit.db import Database
from karavan.kit.jobs import enqueue
from karavan.kit.scopes import SYSTEM
from karavan.local import DEMO_LOADED, DEMO_LOADING, database_mark, mark_database
from karavan.modules.procurement.public import RateBody, RatesBody, set_platform_rates
from karavan.settings import Settings

_LOCK = 0x64656D6F
_WAIT_S = 0.2
_WAITS_MAX = 600
_AT_WORK = text(
    "select exists (select from kit_outbox_deliveries where state = 'pending')"
    " or exists (select from jobs.procrastinate_jobs where status = 'doing'"
    " or status = 'todo' and (scheduled_at is null or scheduled_at <= now()))"
)
_CLOCK = ("procurement.expire_quotes", "procurement.announce_deadlines", "audit.seal")


async def load_demo(settings: Settings) -> bool:
    """Load the companies, their people and their trade through the API, then let the handlers and jobs follow.

    A second call finds the mark that the first one left. After a load that was broken off the database is not empty: it
    is refused, and `karavan demo --reset` begins anew.

    Returns:
        Whether anything was loaded.

    Raises:
        DemoError: the database is not empty, or a step was refused.
    """
    from karavan.app import create_app

    owner = await asyncpg.connect(settings.database_owner_url or settings.database_url)
    try:
        await owner.execute(f"select pg_advisory_lock({_LOCK})")
        if await database_mark(owner) == DEMO_LOADED:
            return False
        if await owner.fetchval("select exists (select from organisations_organisations)"):
            raise DemoError(
                "The database is not empty. `karavan demo --reset` throws everything away first."
            )
        await mark_database(owner, DEMO_LOADING)
        limits = settings.limits.model_copy(update={"enabled": False})
        app = create_app(settings.model_copy(update={"limits": limits}))
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(app.router.lifespan_context(app))
            database: Database = app.state.database
            cast = await _open_companies(app, owner, partial(_settle, settings, database))
            await _enter_rates(database)
            for story in STORIES:
                await story(cast)
            await trade(cast)
            await _decorate(cast)
            await _backdate(owner, cast)
            await _follow(settings, database)
        await mark_database(owner, DEMO_LOADED)
        return True
    finally:
        await owner.close()


def throw_away(owner_url: str) -> None:
    """Drop everything in the database's own schemas, so that migrations start from nothing. For development alone."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("drop schema if exists jobs cascade")
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")
        name = connection.info.dbname
        connection.execute(f'comment on database "{name}" is null')


async def _open_companies(
    app: FastAPI, owner: asyncpg.Connection, settle: Callable[[], Awaitable[None]]
) -> Cast:
    """Found the companies, let their people join, and describe them. People first: they can sign in at once."""
    founders = {one.company: one for one in reversed(DEMO_ACCOUNTS)}
    people: dict[str, Person] = {}
    for company in DEMO_COMPANIES:
        account = founders[company.key]
        people[account.email] = await found_company(
            app, account, interest=company.interest.value, country=company.country
        )
    for account in DEMO_ACCOUNTS:
        if account.email not in people:
            leader = people[founders[account.company].email]
            people[account.email] = await join(app, leader, account)
    await owner.execute("update identity_users set is_demo = true")
    for account in DEMO_ACCOUNTS:
        if account.platform_role is not None:
            await owner.execute(
                "update identity_users set platform_role = $2 where email = $1",
                account.email,
                account.platform_role.value,
            )
    companies = {
        company.key: people[founders[company.key].email].organisation_id
        for company in DEMO_COMPANIES
    }
    for company in DEMO_COMPANIES:
        await _describe(people[founders[company.key].email], company)
    return Cast(people, companies, settle)


async def _describe(founder: Person, company: DemoCompany) -> None:
    profile = PROFILES[company.key]
    path = f"/organisations/{founder.organisation_id}"
    await founder.call("PATCH", path, {"city": company.city, **profile.public})
    await founder.call("PATCH", f"{path}/settings", profile.private)


async def _settle(settings: Settings, database: Database) -> None:
    """Wait until handlers and jobs have done all that is due, in this process and in a worker beside it.

    Raises:
        DemoError: something is still at work after two minutes.
    """
    from karavan.worker import drain

    for _ in range(_WAITS_MAX):
        await drain(settings, database)
        async with database.transaction(SYSTEM) as session:
            if not await session.scalar(_AT_WORK):
                return
        await asyncio.sleep(_WAIT_S)
    raise DemoError("handlers and jobs do not come to rest")


async def _follow(settings: Settings, database: Database) -> None:
    """Let handlers and jobs do their part, then the clock: it notices what lies in the past, and seals the audit."""
    from karavan.worker import drain

    await drain(settings, database)
    for name in _CLOCK:
        async with database.transaction(SYSTEM) as session:
            await enqueue(session, name)
        await drain(settings, database)


async def _enter_rates(database: Database) -> None:
    today = datetime.now(UTC).date()
    rates = [
        RateBody(
            base=base,
            quote="KZT",
            rate=Decimal(rate),
            effective_on=today,
            source="Demo reference rates",
        )
        for base, rate in RATES.items()
    ]
    async with database.transaction(SYSTEM) as session:
        await set_platform_rates(session, RatesBody(rates=rates))


async def _decorate(cast: Cast) -> None:
    """Spending limits, a pending invitation, and pictures."""
    owner = cast["owner@demo.example"]
    await owner.post(
        "/invites", {"email": "new.colleague@demo.example", "role": "buyer", "locale": "en"}
    )
    logos = {one.key: company_mark(one.name) for one in DEMO_COMPANIES}
    founders = {one.company: one for one in reversed(DEMO_ACCOUNTS)}
    for key, logo in logos.items():
        person = cast[founders[key].email]
        path = f"/organisations/{person.organisation_id}/logo"
        await person.call("PUT", path, {"logo": _data_url(logo)})
    for account in DEMO_ACCOUNTS:
        await cast[account.email].call(
            "PATCH", "/auth/profile", {"avatar": _data_url(portrait(account.display_name))}
        )


def _data_url(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


async def _backdate(owner: asyncpg.Connection, cast: Cast) -> None:
    """Move into the past what no API call could put there: a deadline, the end of a validity, a due date."""
    await owner.execute(
        "update procurement_requests set quotes_due_at = now() - interval '3 hours' where id = any($1::uuid[])",
        cast.overdue_requests,
    )
    await owner.execute(
        "update procurement_quotes set valid_until = now() - interval '1 hour' where id = any($1::uuid[])",
        cast.expiring_quotes,
    )
    await owner.execute(
        "update invoicing_invoices set due_date = current_date - 6 where id = any($1::uuid[])",
        cast.overdue_invoices,
    )
