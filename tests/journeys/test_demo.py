"""The demonstration: loaded once through the same actions as real use, whole, and found again by its accounts."""

import re
from collections import Counter
from pathlib import Path

import asyncpg
import httpx

from karavan.demo import load_demo
from karavan.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from karavan.modules.invoicing.states import InvoiceState
from karavan.modules.procurement.states import DealState, QuoteState, RequestState
from karavan.settings import Settings
from tests.factories.accounts import visitor

API = "/api/v1"
README = Path(__file__).resolve().parents[2] / "README.md"

ROLES = {"owner": 5, "admin": 1, "manager": 1, "buyer": 1, "viewer": 2, "vendor": 1, "sales": 1}
REQUESTS = {
    RequestState.DRAFT: 1,
    RequestState.PUBLISHED: 5,
    RequestState.SHORTLIST: 1,
    RequestState.AWARDED: 4,
    RequestState.CLOSED: 2,
    RequestState.CANCELLED: 1,
}
QUOTES = {
    QuoteState.SUBMITTED: 11,
    QuoteState.UPDATED: 2,
    QuoteState.STANDBY: 1,
    QuoteState.WITHDRAWN: 1,
    QuoteState.ACCEPTED: 7,
    QuoteState.REJECTED: 2,
    QuoteState.EXPIRED: 1,
}
DEALS = {
    DealState.NEGOTIATION: 2,
    DealState.CONTRACT: 1,
    DealState.INVOICED: 1,
    DealState.PAID: 1,
    DealState.ARCHIVED: 1,
    DealState.CANCELLED: 1,
}
INVOICES = {
    ("invoice", InvoiceState.DRAFT): 1,
    ("invoice", InvoiceState.SENT): 1,
    ("invoice", InvoiceState.PAID): 2,
    ("invoice", InvoiceState.VOID): 1,
    ("credit_note", InvoiceState.SENT): 1,
}
ROWS = {
    "organisations_organisations": 5,
    "identity_users": 12,
    "organisations_invites": 8,
    "procurement_request_templates": 1,
    "procurement_invitations": 2,
    "procurement_questions": 2,
    "procurement_quote_versions": 27,
    "procurement_approvals": 1,
    "procurement_approval_rules": 3,
    "procurement_deal_terms": 8,
    "procurement_deal_signatures": 9,
    "procurement_exchange_rates": 6,
    "invoicing_payments": 3,
    "conversations_messages": 20,
    "media_files": 21,
    "kit_audit_entries": 188,
    "notifications_items": 291,
    "kit_mails": 263,
}


# The whole is one test, because loading takes as long as twenty others.
async def test_the_demonstration_loads_once_and_is_whole(
    settings: Settings, owner: asyncpg.Connection
) -> None:
    assert await load_demo(settings) is True

    await _shows_every_state(owner)
    await _has_told_people(owner)
    loaded = await _rows(owner)
    assert {name: loaded[name] for name in ROWS} == ROWS

    assert await load_demo(settings) is False
    assert await _rows(owner) == loaded

    await _everybody_signs_in(settings)


async def _shows_every_state(owner: asyncpg.Connection) -> None:
    async def counted(sql: str) -> Counter[object]:
        return Counter(row[0] if len(row) == 1 else tuple(row) for row in await owner.fetch(sql))

    assert await counted("select role from organisations_memberships") == ROLES
    assert await counted("select state from procurement_requests") == REQUESTS
    assert await counted("select state from procurement_quotes") == QUOTES
    assert await counted("select state from procurement_deals") == DEALS
    assert await counted("select kind, state from invoicing_invoices") == INVOICES
    # The tables above name every state that there is.
    assert set(REQUESTS) == set(RequestState)
    assert set(QUOTES) == set(QuoteState)
    assert set(DEALS) == set(DealState)
    assert {state for kind, state in INVOICES if kind == "invoice"} == set(InvoiceState)
    pending = await owner.fetchval(
        "select count(*) from organisations_invites where accepted_at is null and expires_at > now()"
    )
    assert pending == 1


async def _has_told_people(owner: asyncpg.Connection) -> None:
    """Nothing waits and nothing failed; every company has news, and an audit trail that is sealed to its end."""
    assert await owner.fetchval("select count(*) from jobs.failures") == 0
    left = "select count(*) from jobs.procrastinate_jobs where status <> 'succeeded' and scheduled_at is null"
    assert await owner.fetchval(left) == 0
    for table in ("notifications_items", "kit_audit_entries"):
        companies = f"select count(distinct organisation_id) from {table}"
        assert await owner.fetchval(companies) == 5, table
    loose = "select count(*) from kit_audit_entries where chain_position is null"
    assert await owner.fetchval(loose) == 0


async def _rows(owner: asyncpg.Connection) -> dict[str, int]:
    """How many rows every table has."""
    tables = await owner.fetch("select tablename from pg_tables where schemaname = 'public'")
    return {
        name: await owner.fetchval(f'select count(*) from "{name}"')
        for (name,) in (tuple(table) for table in tables)
    }


async def _everybody_signs_in(settings: Settings) -> None:
    from karavan.app import create_app

    app = create_app(settings)
    async with app.router.lifespan_context(app):
        verified: set[str] = set()
        for account in DEMO_ACCOUNTS:
            credentials = {"email": account.email, "password": DEMO_PASSWORD}
            answer = await visitor(app).post(f"{API}/auth/login", json=credentials)
            assert answer.status_code == 200, account.email
            person = visitor(app, authorization=f"Bearer {answer.json()['access_token']}")
            me = (await person.get(f"{API}/auth/me")).json()
            assert (me["user"]["email"], me["role"], me["organisation"]["name"]) == (
                account.email,
                account.role,
                account.organisation,
            )
            assert me["platform_role"] == account.platform_role
            if account.role == "owner":
                verified.add(await _chain_of(person))
        assert len(verified) == 5


async def _chain_of(person: httpx.AsyncClient) -> str:
    """The head of a company's audit chain, which holds all that happened."""
    report = (await person.get(f"{API}/audit/verify")).json()
    assert report["ok"] is True
    assert report["sealed"] > 0
    return str(report["head_hash"])


def test_the_readme_lists_the_accounts() -> None:
    section = README.read_text().split("## Try it")[1].split("\n## ")[0]
    table = "\n".join(line for line in section.splitlines() if line.startswith("| `"))
    assert re.findall(r"`([^`@]+@[^`]+)`", table) != []
    assert set(re.findall(r"`([^`@]+@[^`]+)`", table)) == {one.email for one in DEMO_ACCOUNTS}
    assert f"`{DEMO_PASSWORD}`" in section
