"""An organisation's new name reaches every row that names it beside its id, but for what tells of one moment."""

import asyncpg

from tests.factories.procurement import ok

AS_IT_WAS = {
    "invoicing_invoices.buyer",
    "invoicing_invoices.buyer_organisation_name",
    "invoicing_invoices.organisation_name",
    "invoicing_invoices.seller",
    "kit_audit_entries.after",
    "kit_audit_entries.before",
    "kit_audit_entries.target_label",
    "kit_outbox_events.payload",
    "notifications_items.actor_name",
    "notifications_items.params",
}
"""Documents, the audit trail and news that went out say what was so at their time."""

_TEXTS = """
select c.table_name, c.column_name from information_schema.columns c
join information_schema.tables t using (table_schema, table_name)
where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
  and c.data_type in ('text', 'character varying', 'jsonb')
"""


async def places_of(owner: asyncpg.Connection, name: str) -> set[str]:
    """Columns in which the name stands, alone or within JSON, whatever the row."""
    stands = (
        "select exists (select from {} where {}::text = $1 or {}::text like '%\"' || $1 || '\"%')"
    )
    return {
        f"{table}.{column}"
        for table, column in await owner.fetch(_TEXTS)
        if await owner.fetchval(stands.format(table, column, column), name)
    }


async def test_a_new_name_is_everywhere(market, owner, drain):
    for account, name, known in (
        (market.buyer, "Wide Steppe", {"procurement_requests.organisation_name"}),
        (market.vendor, "Long Road", {"catalogue_search.organisation_name"}),
    ):
        path = f"/api/v1/organisations/{account.organisation_id}"
        old = ok(await account.client.get(path))["name"]
        places = await places_of(owner, old)
        assert places > known | {"conversations_threads.parties"}
        ok(await account.client.patch(path, json={"name": name}))
        await drain()
        assert await places_of(owner, old) <= AS_IT_WAS
        assert await places_of(owner, name) >= places - AS_IT_WAS
