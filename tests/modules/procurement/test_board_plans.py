"""The board among many requests: it reads as far as its page goes, by an index."""

import json
from uuid import UUID

import pytest

from karavan.kit.db import Database
from karavan.kit.pagination import PageParameters
from karavan.kit.scopes import Scope
from karavan.modules.procurement.queries import board
from karavan.modules.procurement.queries.board import BoardFilter, board_page
from tests.factories.accounts import register, visitor
from tests.factories.procurement import make_published, ok

BOARD = "/api/v1/board/requests"
OPEN, CLOSED = 5_000, 20_000

COPY = """
insert into procurement_requests ({names})
select {names} from (
  select copied.* from procurement_requests r, generate_series(1, $2::integer + $3::integer) n,
  lateral jsonb_populate_record(r, jsonb_build_object(
    'id', gen_random_uuid(), 'number', 'RFQ-' || n, 'title', 'Cement ' || n, 'ocid', null,
    'state', case when n <= $2 then 'published' else 'closed' end,
    'published_at', now() - make_interval(mins => n),
    'quotes_due_at', now() + make_interval(mins => 10 + n))) copied
  where r.id = $1
) copies
"""


@pytest.fixture
async def full_board(app, owner):
    """A visitor's board with thousands of open requests and many more that are closed."""
    buyer = await register(app)
    request = await make_published(buyer)
    columns = await owner.fetch(
        "select column_name from information_schema.columns"
        " where table_name = 'procurement_requests' and is_generated = 'NEVER'"
    )
    names = ", ".join(row["column_name"] for row in columns)
    await owner.execute(COPY.format(names=names), UUID(request["id"]), OPEN, CLOSED)
    await owner.execute("analyze procurement_requests")
    return buyer


def nodes(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


async def plan_of(database: Database, monkeypatch, wanted: BoardFilter, sort: list[str], scope):
    """How the database answers for a page of the board."""
    caught = []

    async def explain(session, sql, *values):
        connection = await session.connection()
        explained = f"explain (analyze, format json) {sql}"
        caught.append((await connection.exec_driver_sql(explained, values)).scalar())

    monkeypatch.setattr(board, "read_json", explain)
    async with database.transaction(scope) as session:
        await board_page(session, None, wanted, sort=sort, paging=PageParameters())
    (plan,) = caught
    return [*nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])]


@pytest.mark.parametrize("sort", ["quotes_due_at", "-published_at"])
async def test_a_page_of_the_board_reads_no_more_than_it_shows(
    full_board, database, monkeypatch, sort
):
    found = await plan_of(database, monkeypatch, BoardFilter(), [sort], Scope())
    of_requests = [n for n in found if n.get("Relation Name") == "procurement_requests"]
    assert of_requests
    assert [n["Node Type"] for n in of_requests if n["Node Type"] == "Seq Scan"] == []
    assert max(n["Actual Rows"] * n["Actual Loops"] for n in of_requests) <= board.COUNTED_TO
    assert "Sort" not in {n["Node Type"] for n in found if n.get("Actual Rows", 0) > 100}


async def test_a_search_finds_by_the_index_of_words(full_board, database, monkeypatch):
    found = await plan_of(
        database, monkeypatch, BoardFilter(words="cement 4321"), ["quotes_due_at"], Scope()
    )
    of_requests = [n for n in found if n.get("Relation Name") == "procurement_requests"]
    assert {n["Node Type"] for n in of_requests} & {"Seq Scan"} == set()
    assert max(n["Actual Rows"] * n["Actual Loops"] for n in of_requests) <= 10


async def test_counts_to_a_thousand_and_shows_what_lies_beyond(app, full_board):
    async with visitor(app) as client:
        first = ok(await client.get(BOARD))
        assert (first["total"], first["pages"], len(first["items"])) == (1000, 50, 20)
        later = ok(await client.get(BOARD, params={"page": 60, "size": 20}))
        assert (later["total"], len(later["items"])) == (1200, 20)
        beyond = ok(await client.get(BOARD, params={"page": 9000}))
        assert (beyond["total"], beyond["items"]) == (1000, [])
        one = ok(await client.get(BOARD, params={"q": "4321"}))
        assert (one["total"], one["items"][0]["title"]) == (1, "Cement 4321")
