"""Export as OCDS 1.1: every package keeps the rules, and says only what its reader may know."""

import json
from decimal import Decimal

import pytest

from karavan.modules.procurement.ocds.reading import parse
from karavan.modules.procurement.ocds.rules import check_release_package
from tests.factories.accounts import register, visitor
from tests.factories.deals import act, make_deal, make_invoice, make_pair
from tests.factories.ocds import (
    OCID,
    award_release,
    contract_release,
    import_file,
    package,
    planning_release,
    tender_release,
)
from tests.factories.procurement import (
    kzt,
    line,
    make_published,
    make_request,
    ok,
    problem,
    submit_quote,
)


async def export(account, request_id: str):
    """The release of a request, whose package keeps every rule."""
    answer = await account.client.get(f"/api/v1/requests/{request_id}/ocds")
    assert answer.status_code == 200, answer.text
    whole = parse(answer.content)
    assert check_release_package(whole) == []
    assert whole["uri"].endswith(f"/api/v1/requests/{request_id}/ocds")
    (release,) = whole["releases"]
    return release


async def test_a_draft_is_planning(app):
    buyer = await register(app, organisation_name="Kaspi Build")
    request = await make_request(
        buyer, budget=kzt(1_000_000_01), lines=[line(target_price=kzt(4_500_50))]
    )
    release = await export(buyer, request["id"])
    assert release["ocid"] == f"ocds-000000-{request['id']}"
    assert release["tag"] == ["planning"]
    assert release["planning"]["budget"]["amount"] == {
        "amount": Decimal("1000000.01"),
        "currency": "KZT",
    }
    tender = release["tender"]
    assert (tender["status"], tender["procurementMethod"]) == ("planning", "open")
    assert tender["mainProcurementCategory"] == "goods"
    assert tender["items"][0]["unit"] == {
        "scheme": "UNCEFACT",
        "id": "TNE",
        "value": {"amount": Decimal("4500.5"), "currency": "KZT"},
    }
    assert [(one["name"], one["roles"]) for one in release["parties"]] == [
        ("Kaspi Build", ["buyer", "procuringEntity"])
    ]
    assert await export(buyer, request["id"]) == release


async def test_a_paid_deal_is_told_from_the_request_to_the_payment(app):
    pair = await make_pair(app)
    deal, invoice = await make_invoice(pair)
    await act(pair.vendor, deal, "mark-paid", reference="PP-1")
    release = await export(pair.buyer, deal["request_id"])
    assert release["tag"] == ["tender", "award", "contract", "implementation"]
    assert release["tender"]["status"] == "complete"
    assert release["tender"]["numberOfTenderers"] == 1
    total = Decimal(deal["total"]["amount"]) / 100
    (bid,) = release["bids"]["details"]
    assert (bid["status"], bid["value"]["amount"]) == ("valid", total)
    (award,), (contract,) = release["awards"], release["contracts"]
    assert (award["status"], award["value"]["amount"]) == ("active", total)
    assert contract["awardID"] == award["id"]
    assert (contract["id"], contract["status"]) == (deal["number"], "terminated")
    (payment,) = contract["implementation"]["transactions"]
    assert payment["value"] == {"amount": total, "currency": "KZT"}
    assert payment["payee"]["id"] == str(pair.vendor.organisation_id)
    (milestone,) = contract["implementation"]["milestones"]
    assert (milestone["id"], milestone["status"]) == (invoice["number"], "met")
    vendor = next(one for one in release["parties"] if "supplier" in one["roles"])
    assert vendor["roles"] == ["tenderer", "supplier", "payee"]
    seen_by_vendor = await export(pair.vendor, deal["request_id"])
    assert seen_by_vendor["contracts"] == release["contracts"]


async def test_a_deal_in_negotiation_is_an_award_that_is_pending(app):
    pair = await make_pair(app)
    deal = await make_deal(pair)
    release = await export(pair.buyer, deal["request_id"])
    assert release["tag"] == ["tender", "award"]
    assert release["awards"][0]["status"] == "pending"
    assert "contracts" not in release


async def test_sealed_quotes_stay_sealed(app):
    pair = await make_pair(app)
    request = await make_published(pair.buyer, sealed=True)
    await submit_quote(pair.vendor, request)
    release = await export(pair.buyer, request["id"])
    assert "bids" not in release
    assert "tenderers" not in release["tender"]
    assert str(pair.vendor.organisation_id) not in json.dumps(release, default=str)
    own = await export(pair.vendor, request["id"])
    assert [bid["status"] for bid in own["bids"]["details"]] == ["valid"]


async def test_a_competitor_reads_neither_quotes_nor_deals(app):
    pair = await make_pair(app)
    deal = await make_deal(pair)
    competitor = await register(app, role="vendor", organisation_name="Competitor")
    release = await export(competitor, deal["request_id"])
    assert {"bids", "awards", "contracts"}.isdisjoint(release)
    assert str(pair.vendor.organisation_id) not in json.dumps(release, default=str)


async def test_a_strangers_draft_is_not_exported(app):
    buyer = await register(app, organisation_name="Kaspi Build")
    stranger = await register(app, organisation_name="Stranger")
    request = await make_request(buyer)
    path = f"/api/v1/requests/{request['id']}/ocds"
    problem(await stranger.client.get(path), 404, "not_found")
    problem(await visitor(app).get(path), 401, "unauthenticated")


async def test_imported_history_goes_out_as_it_came_and_comes_in_again(app):
    buyer = await register(app, organisation_name="Kaspi Build")
    whole = package(planning_release(), tender_release(), award_release(), contract_release())
    report = await import_file(buyer, whole)
    release = await export(buyer, report["releases"][0]["request_id"])
    assert release["ocid"] == OCID
    assert release["tag"] == ["tender", "award", "contract", "implementation"]
    assert release["contracts"][0]["value"]["amount"] == Decimal("10999.99")
    assert release["bids"]["details"][0]["id"] == "B-1"
    other = await register(app, organisation_name="Other")
    answer = await buyer.client.get(f"/api/v1/requests/{report['releases'][0]['request_id']}/ocds")
    again = await import_file(other, answer.content)
    assert [row["outcome"] for row in again["releases"]] == ["created"]
    path = f"/api/v1/requests/{again['releases'][0]['request_id']}"
    request = ok(await other.client.get(path))
    assert (request["title"], request["state"]) == ("School desks", "closed")


async def test_the_feed_has_a_page_of_own_requests(app):
    buyer = await register(app, organisation_name="Kaspi Build")
    stranger = await register(app, organisation_name="Stranger")
    await make_published(stranger, title="Not ours")
    problem(await buyer.client.get("/api/v1/ocds/releases"), 404, "not_found")
    titles = ["First", "Second", "Third"]
    for title in titles:
        await make_request(buyer, title=title)
    seen = []
    for page in (1, 2):
        parameters = {"page": page, "size": 2}
        answer = await buyer.client.get("/api/v1/ocds/releases", params=parameters)
        whole = parse(answer.content)
        assert check_release_package(whole) == []
        seen += [one["tender"]["title"] for one in whole["releases"]]
    assert seen == ["Third", "Second", "First"]


@pytest.mark.parametrize("parameters", [{"page": 0}, {"size": 101}, {"updated_from": "2026-01-01"}])
async def test_nonsense_parameters_are_refused(app, parameters):
    buyer = await register(app)
    answer = await buyer.client.get("/api/v1/ocds/releases", params=parameters)
    problem(answer, 422, "validation")
