"""Proposed terms keep to the lines that their deal was awarded: nobody takes a line from another vendor's deal."""

from uuid import uuid4

import pytest

from tests.factories.accounts import register
from tests.factories.deals import make_pair, read
from tests.factories.procurement import kzt, make_published, ok, pointers, submit_quote


def body_of(deal, lines):
    return {"terms": {"lines": lines}, "note": ""}


def lines_of(deal):
    return [{k: v for k, v in one.items() if k != "net"} for one in deal["terms"]["lines"]]


@pytest.fixture
async def split(app):
    """The first line with one vendor, the second with another; the first vendor, its deal, and both lines."""
    pair = await make_pair(app)
    other = await register(app, role="vendor")
    request = await make_published(pair.buyer)
    first, second = (one["id"] for one in request["lines"])
    mine, theirs = [await submit_quote(vendor, request) for vendor in (pair.vendor, other)]
    path = f"/api/v1/requests/{request['id']}"
    ids = {"quote_ids": [mine["id"], theirs["id"]]}
    ok(await pair.buyer.client.post(f"{path}/shortlist", json=ids))
    allocations = [
        {"quote_id": quote["id"], "lines": [{"request_line_id": line}]}
        for quote, line in ((mine, first), (theirs, second))
    ]
    ok(await pair.buyer.client.post(f"{path}/award", json={"allocations": allocations}))
    (found,) = ok(await pair.vendor.client.get("/api/v1/deals"))["items"]
    return pair.vendor, await read(pair.vendor, found), second


async def propose(vendor, deal, lines):
    path = f"/api/v1/deals/{deal['id']}/propose-terms"
    return await vendor.client.post(path, json=body_of(deal, lines))


@pytest.mark.parametrize("whose", ["another vendor's", "nobody's", "its own twice"])
async def test_a_strange_line_is_refused_by_its_pointer(split, whose):
    vendor, deal, second = split
    (line,) = lines_of(deal)
    named = {
        "another vendor's": second,
        "nobody's": str(uuid4()),
        "its own twice": line["request_line_id"],
    }[whose]
    answer = await propose(vendor, deal, [line, {**line, "request_line_id": named}])
    assert pointers(answer) == [("#/terms/lines/1/request_line_id", "unknown_line")]
    assert await read(vendor, deal) == deal


async def test_additions_and_its_own_line_are_taken_also_after_it_was_left_out(split):
    vendor, deal, _ = split
    (line,) = lines_of(deal)
    addition = {**line, "request_line_id": None, "name": "Unloading", "unit_price": kzt(1)}
    without = ok(await propose(vendor, deal, [addition]))
    assert without["terms_number"] == 2
    again = ok(await propose(vendor, deal, [line, addition]))
    assert [one["name"] for one in again["terms"]["lines"]] == [line["name"], "Unloading"]
