"""A moment is written in one way by every route, however its answer is built."""

import json
import re

import pytest

from tests.factories.accounts import register
from tests.factories.bodies import document_of
from tests.factories.market import API
from tests.factories.procurement import make_published, ok

ONE_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
ANY_FORM = re.compile(r'"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^"]*)"')
# Its moments are cut to seconds, as publishers of open contracting data write them.
_CUT_TO_SECONDS = "/ocds"


@pytest.mark.parametrize("side", ["buyer", "vendor"])
async def test_every_moment_of_every_reading_route_ends_in_z(app, market, side):
    reader = getattr(market, side)
    seen = 0
    for path, methods in document_of(app)["paths"].items():
        if "get" not in methods or path.endswith("/stream"):
            continue
        answer = await reader.client.get(market.address(path))
        if "json" not in answer.headers.get("content-type", ""):
            continue
        moments = ANY_FORM.findall(answer.text)
        seen += len(moments)
        assert [one for one in moments if not ONE_FORM.fullmatch(one)] == [], path
        if not path.endswith(_CUT_TO_SECONDS):
            assert [one for one in moments if ".000000Z" in one] == [], path
    assert seen > 50


async def test_the_trail_writes_what_the_answers_write(app, owner):
    buyer = await register(app)
    request = await make_published(buyer)
    path = f"{API}/requests/{request['id']}/extend"
    body = {"quotes_due_at": "2031-01-31T17:30:00.5+05:00"}
    extended = ok(await buyer.client.post(path, json=body))
    assert extended["quotes_due_at"] == "2031-01-31T12:30:00.500000Z"
    row = await owner.fetchrow(
        "select before, after from kit_audit_entries where action = 'request.extend'"
    )
    assert json.loads(row["before"])["quotes_due_at"] == request["quotes_due_at"]
    assert json.loads(row["after"])["quotes_due_at"] == extended["quotes_due_at"]
