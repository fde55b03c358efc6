"""What is worked out beforehand says what the lists say, whatever happened in between, and is read by index."""

import random
from decimal import Decimal
from uuid import UUID

import pytest

from karavan.kit.db import Database, read_row
from karavan.kit.ids import new_id
from karavan.kit.scopes import SYSTEM
from karavan.modules.catalogue.price_resolving import resolve_supplier
from karavan.modules.catalogue.public import Tier, prices_for
from tests.conftest import app_url
from tests.factories.accounts import register
from tests.factories.procurement import kzt
from tests.factories.products import make_product

ROUNDS, PRODUCTS, LISTS = 25, 5, 4
OWN = 1000


@pytest.fixture
async def supplier(app):
    return await register(app, role="vendor")


def merged(lists: list[dict], product_id: UUID) -> list[tuple[Decimal, int]]:
    """The rule again, as plainly as it can be said: lists in their order, KZT alone."""
    steps: dict[Decimal, int] = {}
    for one in lists:
        offered = one["prices"].get(product_id, {})
        for quantity, amount in offered.items():
            steps.setdefault(quantity, amount)
        if offered and not one["merges"]:
            break
    steps.setdefault(Decimal(1), OWN)
    found: list[tuple[Decimal, int]] = []
    for quantity, amount in sorted(steps.items()):
        if not found or amount <= min(before for _, before in found):
            found.append((quantity, amount))
    return found


async def change(owner, chance: random.Random, supplier_id: UUID, one: dict, products: list[UUID]):
    """Change a list behind the actions' backs, but as they do: with its revision and what it touched."""
    product_id, quantity = chance.choice(products), Decimal(chance.choice([1, 1, 5, 10, 50]))
    prices = one["prices"].setdefault(product_id, {})
    key = (one["id"], product_id, quantity)
    one["revision"] += 1
    if quantity in prices and chance.random() < 0.4:
        del prices[quantity]
        await owner.execute(
            "delete from catalogue_list_prices where list_id = $1 and product_id = $2 and from_quantity = $3", *key
        )  # fmt: skip
    else:
        prices[quantity] = chance.randint(500, 1500)
        await owner.execute(
            """insert into catalogue_list_prices (list_id, product_id, from_quantity, organisation_id, amount)
               values ($1, $2, $3, $4, $5) on conflict (list_id, product_id, from_quantity)
               do update set amount = excluded.amount""",
            *key, supplier_id, prices[quantity],
        )  # fmt: skip
    whole = chance.random() < 0.2
    if whole:
        one["merges"] = chance.random() < 0.7
    else:
        await owner.execute(
            """insert into catalogue_price_touches values ($1, $2, $3, $4)
               on conflict (list_id, product_id) do update set revision = excluded.revision""",
            one["id"], product_id, supplier_id, one["revision"],
        )  # fmt: skip
    await owner.execute(
        """update catalogue_price_lists set revision = $2, merges = $3,
           whole_revision = case when $4 then $2 else whole_revision end where id = $1""",
        one["id"], one["revision"], one["merges"], whole,
    )  # fmt: skip


async def test_a_thousand_changes_and_never_another_price(supplier, owner, database):
    supplier_id = supplier.organisation_id
    made = [
        await make_product(supplier, sku=f"S-{number}", price=kzt(OWN))
        for number in range(PRODUCTS)
    ]
    products = [UUID(one["id"]) for one in made]
    lists = [{"id": new_id(), "merges": True, "prices": {}, "revision": 1} for _ in range(LISTS)]
    for place, one in enumerate(lists):
        await owner.execute(
            """insert into catalogue_price_lists (id, organisation_id, name, currency, priority, version)
               values ($1, $2, $3, 'KZT', $4, 1)""",
            one["id"], supplier_id, f"L{place}", -place,
        )  # fmt: skip
        await owner.execute(
            """insert into catalogue_price_assignments (id, list_id, organisation_id, kind, target_id)
               values ($1, $2, $3, 'everybody', $3)""",
            new_id(), one["id"], supplier_id,
        )  # fmt: skip
    chance = random.Random(20_261_121)
    read_from = set()
    for _ in range(ROUNDS):
        for _ in range(chance.randint(1, 8)):
            await change(owner, chance, supplier_id, chance.choice(lists), products)
        worked = 0
        if chance.random() < 0.6:
            worked = await resolve_supplier(database, supplier_id)
            assert await resolve_supplier(database, supplier_id) == 0
        read_from.add(worked)
        async with database.transaction(SYSTEM) as session:
            found = await prices_for(session, supplier_id, new_id(), products)
        for product_id in products:
            assert said(found[product_id]) == merged(lists, product_id)
    assert read_from == {0, 1}


def said(tiers: list[Tier]) -> list[tuple[Decimal, int]]:
    return [(one.from_quantity, one.amount) for one in tiers]


async def put_products(owner, supplier_id: UUID, count: int) -> None:
    await owner.execute(
        """insert into catalogue_products (id, organisation_id, organisation_name, sku, state, visibility, names, name,
             price_amount, currency, version)
           select gen_random_uuid(), $1, '', 'S' || n, 'published', 'both', '{}', 'S' || n, 1000, 'KZT', 1
           from generate_series(1, $2) n""",
        supplier_id, count,
    )  # fmt: skip


async def test_twenty_prices_are_read_by_index(supplier, owner, owner_url):
    """Of five lists with ten thousand products each, both ways: worked out, and from the lists."""
    supplier_id = supplier.organisation_id
    await put_products(owner, supplier_id, 10000)
    await owner.execute(
        """insert into catalogue_price_lists (id, organisation_id, name, currency, version)
           select gen_random_uuid(), $1, 'L' || n, 'KZT', 1 from generate_series(1, 5) n""",
        supplier_id,
    )
    await owner.execute(
        """insert into catalogue_list_prices (list_id, product_id, from_quantity, organisation_id, amount)
           select l.id, p.id, 1, $1, 900 from catalogue_price_lists l, catalogue_products p""",
        supplier_id,
    )
    await owner.execute(
        """insert into catalogue_resolved_prices (chain_key, product_id, organisation_id, steps)
           select l.id, p.id, $1, '[]' from catalogue_price_lists l, catalogue_products p""",
        supplier_id,
    )
    await owner.execute("analyze")
    sample = """(select array_agg(id) from (select id from catalogue_products order by sku limit 20) p)"""
    lists = "(select array_agg(id) from catalogue_price_lists)"
    for sql in (
        f"select * from catalogue_price_steps({lists}, {sample}, true)",
        f"""select * from catalogue_resolved_prices where product_id = any({sample})
            and chain_key = (select id from catalogue_price_lists limit 1)""",
    ):
        # As an any-array parameter would be planned: the arrays are constants by then.
        ids = await owner.fetchval(f"select {sample}")
        keys = await owner.fetchval(f"select {lists}")
        literal = sql.replace(sample, f"array{[str(one) for one in ids]}::uuid[]").replace(
            lists, f"array{[str(one) for one in keys]}::uuid[]"
        )
        plan = "\n".join(row[0] for row in await owner.fetch(f"explain {literal}"))
        for table in ("catalogue_list_prices", "catalogue_resolved_prices", "catalogue_products"):
            assert f"Seq Scan on {table}" not in plan, plan


async def test_prices_worked_out_after_a_connection_planned_are_read_by_index(
    supplier, owner, owner_url
):
    supplier_id = supplier.organisation_id
    await put_products(owner, supplier_id, 3000)
    list_id = new_id()
    await owner.execute(
        """insert into catalogue_price_lists (id, organisation_id, name, currency, version)
           values ($1, $2, 'L', 'KZT', 1)""",
        list_id, supplier_id,
    )  # fmt: skip
    await owner.execute(
        """insert into catalogue_list_prices (list_id, product_id, from_quantity, organisation_id, amount)
           select $1, id, 10, $2, 900 from catalogue_products""",
        list_id, supplier_id,
    )  # fmt: skip
    await owner.execute(
        """insert into catalogue_price_assignments (id, list_id, organisation_id, kind, target_id)
           values ($1, $2, $3, 'everybody', $3)""",
        new_id(), list_id, supplier_id,
    )  # fmt: skip
    await owner.execute("analyze")
    products = [
        row["id"] for row in await owner.fetch("select id from catalogue_products limit 20")
    ]
    scans = "select seq_scan, idx_scan from pg_stat_user_tables where relname = 'catalogue_resolved_prices'"
    one = Database(app_url(owner_url), pool_size=1)

    async def read(times: int) -> tuple[int, int]:
        for _ in range(times):
            async with one.transaction(SYSTEM) as session:
                found = await prices_for(session, supplier_id, new_id(), products)
                assert {len(tiers) for tiers in found.values()} == {2}
                await read_row(session, "select pg_stat_force_next_flush()::text")
        return tuple(await owner.fetchrow(scans))

    try:
        await read(10)
        assert await resolve_supplier(one, supplier_id) == 1
        before = await read(1)
        after = await read(5)
    finally:
        await one.close()
    assert (after[0] - before[0], after[1] > before[1]) == (0, True)
