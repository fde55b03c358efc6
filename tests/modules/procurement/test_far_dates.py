"""A slip in the year is noticed: no deadline and no validity stands for longer than anybody trades."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.accounts import register
from tests.factories.ocds import import_file, package, tender_release
from tests.factories.procurement import (
    in_days,
    make_published,
    make_request,
    offer_body,
    ok,
    pointers,
    request_body,
)

REQUESTS = "/api/v1/requests"
FAR = [
    "2206-11-21T12:00:00Z",
    "9990-01-01T00:00:00Z",
    (datetime.now(UTC) + timedelta(days=366 * 20 + 1)).isoformat(),
]


@pytest.fixture
async def buyer(app):
    return await register(app)


@pytest.mark.parametrize("moment", FAR, ids=["two centuries", "the end of time", "just beyond"])
async def test_a_deadline_too_far_is_refused_wherever_it_is_said(buyer, moment):
    refused = [("#/quotes_due_at", "value_error")]
    post, patch = buyer.client.post, buyer.client.patch
    assert pointers(await post(REQUESTS, json=request_body(quotes_due_at=moment))) == refused
    draft = await make_request(buyer)
    path = f"{REQUESTS}/{draft['id']}"
    assert pointers(await patch(path, json={"quotes_due_at": moment})) == refused
    assert ok(await buyer.client.get(path))["quotes_due_at"] == draft["quotes_due_at"]
    request = await make_published(buyer)
    path = f"{REQUESTS}/{request['id']}"
    for verb in ("extend", "amend"):
        assert pointers(await post(f"{path}/{verb}", json={"quotes_due_at": moment})) == refused
    assert ok(await buyer.client.get(path))["quotes_due_at"] == request["quotes_due_at"]


async def test_a_quote_cannot_stand_for_ever(app, buyer):
    request = await make_published(buyer)
    vendor = await register(app, role="vendor")
    path = f"{REQUESTS}/{request['id']}/quotes"
    answer = await vendor.client.post(path, json=offer_body(request, valid_until=FAR[0]))
    assert pointers(answer) == [("#/valid_until", "value_error")]
    body = offer_body(request, valid_until=in_days(366 * 20 - 1))
    assert ok(await vendor.client.post(path, json=body), 201)["state"] == "submitted"


async def test_an_imported_deadline_too_far_is_left_out_and_said_so(buyer):
    release = tender_release()
    release["tender"]["tenderPeriod"]["endDate"] = "2206-02-01T12:00:00Z"
    report = await import_file(buyer, package(release))
    (row,) = report["releases"]
    assert row["outcome"] == "created"
    found = [(one["path"], one["code"]) for one in row["warnings"]]
    assert ("/tender/tenderPeriod/endDate", "date") in found
    request = ok(await buyer.client.get(f"{REQUESTS}/{row['request_id']}"))
    assert request["quotes_due_at"] is None
