"""The demonstration: loaded once through the same actions as real use, whole, and found again by its accounts."""

import re
from collections import Counter
from pathlib import Path

import asyncpg
import httpx
import pytest

from karavan.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from karavan.demo.loading import load_demo
from karavan.modules.catalogue.states import ProductState, ReviewState
from karavan.modules.invoicing.states import InvoiceState
from karavan.modules.links.states import LinkState
from karavan.modules.orders.states import OrderState
from karavan.modules.procurement.states import DealState, QuoteState, RequestState
from karavan.modules.support.states import ComplaintState
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
    ("invoice", InvoiceState.SENT): 4,
    ("invoice", InvoiceState.PAID): 5,
    ("invoice", InvoiceState.VOID): 1,
    ("credit_note", InvoiceState.SENT): 2,
}
# A family of variants is one product, and what four sellers have tried to offer comes on top of four hundred.
PRODUCTS = {
    ProductState.DRAFT: 1,
    ProductState.PROPOSED: 1,
    ProductState.PUBLISHED: 400,
    ProductState.REJECTED: 1,
    ProductState.ARCHIVED: 1,
}
LINKS = {
    LinkState.PENDING: 3,
    LinkState.ACCEPTED: 6,
    LinkState.DENIED: 1,
    LinkState.BLOCKED: 1,
    LinkState.WITHDRAWN: 1,
    LinkState.LEFT: 1,
}
ORDERS = {
    OrderState.PENDING: 2,
    OrderState.CONFIRMED: 2,
    OrderState.PROCESSING: 3,
    OrderState.SHIPPED: 1,
    OrderState.DELIVERED: 2,
    OrderState.COMPLETED: 6,
    OrderState.REJECTED: 1,
    OrderState.CANCELLED: 1,
}
COMPLAINTS = dict.fromkeys(ComplaintState, 1)
REVIEWS = {ReviewState.PUBLISHED: 16, ReviewState.PROPOSED: 1}
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
    "invoicing_payments": 6,
    "conversations_messages": 33,
    "media_files": 114,
    "catalogue_change_requests": 1,
    "catalogue_customer_groups": 1,
    "catalogue_stock_locations": 6,
    "catalogue_wishlist_items": 5,
    "orders_carts": 2,
    "orders_standing_orders": 2,
    "orders_templates": 1,
    "orders_shipments": 10,
}


# The whole is one test, because loading takes as long as a hundred others: goods are drawn, indexed and priced.
@pytest.mark.timeout(900)
async def test_the_demonstration_loads_once_and_is_whole(
    settings: Settings, owner: asyncpg.Connection
) -> None:
    assert await load_demo(settings) is True

    await _shows_every_state(owner)
    await _goods_are_whole(owner)
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
    products = "select state from catalogue_products where parent_id is null"
    assert await counted(products) == PRODUCTS
    assert await counted("select state from links_links") == LINKS
    assert await counted("select state from orders_orders") == ORDERS
    assert await counted("select state from support_complaints") == COMPLAINTS
    assert await counted("select state from catalogue_reviews") == REVIEWS
    # The tables above name every state that there is.
    assert set(REQUESTS) == set(RequestState)
    assert set(QUOTES) == set(QuoteState)
    assert set(DEALS) == set(DealState)
    assert set(PRODUCTS) == set(ProductState)
    assert set(LINKS) == set(LinkState)
    # Only a ledger refunds.
    assert set(ORDERS) == set(OrderState) - {OrderState.REFUNDED}
    assert {state for kind, state in INVOICES if kind == "invoice"} == set(InvoiceState)
    pending = await owner.fetchval(
        "select count(*) from organisations_invites where accepted_at is null and expires_at > now()"
    )
    assert pending == 1


async def _goods_are_whole(owner: asyncpg.Connection) -> None:
    """Every product on offer has a category, three languages, a checked picture, a barcode, and is found by the search."""
    offered = "from catalogue_products p where state = 'published' and parent_id is null"
    whole = (
        "category_id is not null and barcode is not null and attributes <> '{}'"
        " and names ?& array['en', 'ru', 'kk'] and descriptions ?& array['en', 'ru', 'kk']"
        " and jsonb_array_length(images) >= 1 and (has_variants or exists ("
        "select from catalogue_price_changes c where c.product_id = p.id))"
        " and exists (select from catalogue_search s where s.product_id = p.id)"
    )
    assert await owner.fetchval(f"select count(*) {offered} and {whole}") == 400
    assert await owner.fetchval(f"select count(distinct organisation_id) {offered}") == 3
    # A colour of a family is shown by a picture of its own, which stands first with its variants.
    faces = await owner.fetch(
        "select parent_id, options ->> 'colour' as colour, images -> 0 ->> 'id' as shown, picture_id::text as own"
        " from catalogue_products where options ? 'colour'"
    )
    assert len({row["parent_id"] for row in faces}) == 8
    assert all(row["shown"] == row["own"] for row in faces)
    assert len({(row["parent_id"], row["own"]) for row in faces}) == 4 * 3 + 4 * 2
    unchecked = "select count(*) from media_pictures where checked_at is null"
    assert await owner.fetchval(unchecked) == 0
    levels = "select count(distinct location_id) from catalogue_stock_levels where on_hand > 0"
    assert await owner.fetchval(levels) == 6
    partly = (
        "select count(*) from orders_lines where confirmed_quantity > shipped_quantity"
        " and shipped_quantity > 0"
    )
    assert await owner.fetchval(partly) == 1


async def _has_told_people(owner: asyncpg.Connection) -> None:
    """Nothing waits and nothing failed; every company has news, and an audit trail that is sealed to its end."""
    assert await owner.fetchval("select count(*) from jobs.failures") == 0
    left = "select count(*) from jobs.procrastinate_jobs where status <> 'succeeded' and scheduled_at is null"
    assert await owner.fetchval(left) == 0
    for table in ("notifications_items", "kit_audit_entries"):
        companies = f"select count(distinct organisation_id) from {table}"
        assert await owner.fetchval(companies) == 5, table
    wishes = (
        "select array_agg(kind order by kind) from notifications_items where kind like 'wish.%'"
    )
    assert await owner.fetchval(wishes) == ["wish.back_in_stock", "wish.price_dropped"]
    unread = "select count(*) from notifications_items where read_at is null group by user_id"
    counts = [row["count"] for row in await owner.fetch(unread)]
    # Somebody has news, and nobody more than a bell can show.
    assert counts
    assert max(counts) < 40
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
