"""Import of open-contracting data over HTTP: what becomes of it, twice, in pieces, and when it is wrong."""

import asyncio
import json

import pytest

from karavan.modules.procurement.ocds.reading import FILE_MAX_BYTES
from tests.factories.accounts import add_member, register, visitor
from tests.factories.ocds import (
    IMPORT,
    OCID,
    award_release,
    contract_release,
    import_file,
    package,
    planning_release,
    tender,
    tender_release,
)
from tests.factories.procurement import audit_of, events_of, ok, problem

TABLES = (
    "procurement_requests",
    "procurement_request_lines",
    "procurement_ocds_processes",
    "procurement_ocds_releases",
    "procurement_external_parties",
    "procurement_external_records",
)


@pytest.fixture
async def buyer(app):
    return await register(app, organisation_name="Kaspi Build", display_name="Aliya Serikova")


async def counts(owner) -> dict[str, int]:
    return {table: await owner.fetchval(f"select count(*) from {table}") for table in TABLES}


def outcomes(report) -> list[str]:
    return [row["outcome"] for row in report["releases"]]


async def request_of(account, report):
    path = f"/api/v1/requests/{report['releases'][-1]['request_id']}"
    return ok(await account.client.get(path))


async def history_of(account, report):
    path = f"/api/v1/requests/{report['releases'][-1]['request_id']}/ocds/history"
    return ok(await account.client.get(path))


class TestDraft:
    async def test_an_open_process_becomes_a_draft(self, buyer, owner):
        report = await import_file(buyer, package(planning_release(), tender_release()))
        assert outcomes(report) == ["created", "updated"]
        assert (report["created"], report["updated"], report["refused"]) == (1, 1, 0)
        assert report["releases"][1]["warnings"] == [
            {
                "path": "/tender/items/1/unit",
                "code": "unit",
                "message": "The unit `lorry` has no UN/ECE code; pieces were taken.",
            }
        ]
        request = await request_of(buyer, report)
        assert (request["state"], request["number"], request["ocid"]) == ("draft", None, OCID)
        assert (request["title"], request["category"]) == ("School desks", "furniture")
        assert request["budget"] == {"amount": 1_234_567, "currency": "EUR"}
        assert request["quotes_due_at"] == "2040-02-01T12:00:00Z"
        assert request["needed_by"] == "2040-06-30"
        assert request["delivery_place"] == "Testville, North, Kazakhstan"
        desk, delivery = request["lines"]
        assert (desk["name"], desk["quantity"], desk["unit"]) == ("Desk, adjustable", "120", "H87")
        assert desk["target_price"] == {"amount": 9950, "currency": "EUR"}
        assert desk["specification"] == "CPV 39121100-7 Desks"
        assert (delivery["quantity"], delivery["target_price"]) == ("0.5", None)
        assert await audit_of(owner, request["id"]) == ["request.create"]
        assert [e["type"] for e in await events_of(owner, request["id"])] == ["request.created"]

    async def test_the_draft_can_be_published_and_is_then_left_alone(self, buyer):
        report = await import_file(buyer, package(tender_release()))
        request = await request_of(buyer, report)
        ok(await buyer.client.post(f"/api/v1/requests/{request['id']}/publish", json={}))
        report = await import_file(buyer, package(award_release()))
        assert outcomes(report) == ["updated"]
        assert "published" in {one["code"] for one in report["releases"][0]["warnings"]}
        assert (await request_of(buyer, report))["state"] == "published"
        assert len((await history_of(buyer, report))["awards"]) == 1

    async def test_a_draft_that_somebody_changed_is_left_alone(self, buyer):
        report = await import_file(buyer, package(planning_release()))
        request = await request_of(buyer, report)
        path = f"/api/v1/requests/{request['id']}"
        ok(await buyer.client.patch(path, json={"title": "Our own words"}))
        report = await import_file(buyer, package(tender_release()))
        assert "edited" in {one["code"] for one in report["releases"][0]["warnings"]}
        request = await request_of(buyer, report)
        assert (request["title"], request["lines"]) == ("Our own words", [])

    async def test_deleting_the_draft_forgets_the_import(self, buyer, owner):
        report = await import_file(buyer, package(tender_release()))
        path = f"/api/v1/requests/{report['releases'][0]['request_id']}"
        ok(await buyer.client.delete(path), 204)
        assert set((await counts(owner)).values()) == {0}
        assert outcomes(await import_file(buyer, package(tender_release()))) == ["created"]


class TestHistory:
    async def test_an_ended_process_becomes_history(self, buyer, owner):
        whole = package(planning_release(), tender_release(), award_release(), contract_release())
        report = await import_file(buyer, whole)
        assert outcomes(report) == ["created", "updated", "updated", "updated"]
        request = await request_of(buyer, report)
        assert (request["state"], request["number"], request["published_at"]) == (
            "closed",
            None,
            None,
        )
        assert request["closed_at"] is not None
        assert request["actions"] == []
        history = await history_of(buyer, report)
        assert [one["release_id"] for one in history["releases"]] == ["r-1", "r-2", "r-3", "r-4"]
        assert [(one["name"], one["roles"]) for one in history["parties"]] == [
            ("Town of Testville", ["buyer", "procuringEntity"]),
            ("Desk Makers LLP", ["supplier", "tenderer"]),
        ]
        (quote,), (award,), (contract,) = (
            history["quotes"],
            history["awards"],
            history["contracts"],
        )
        assert (quote["status"], quote["value"]["amount"]) == ("valid", 1_100_000)
        assert (award["status"], award["party_names"]) == ("active", ["Desk Makers LLP"])
        assert (contract["award_id"], contract["party_names"]) == ("A-1", ["Desk Makers LLP"])
        assert contract["value"] == {"amount": 1_099_999, "currency": "EUR"}
        assert contract["paid"] == {"amount": 500_001, "currency": "EUR"}
        assert await audit_of(owner, request["id"]) == ["request.create", "request.record_history"]
        nobody = await visitor(buyer.app).get(f"/api/v1/board/{request['id']}")
        assert nobody.status_code == 404

    async def test_pieces_make_the_same_as_the_whole(self, app, owner):
        releases = [planning_release(), tender_release(), award_release(), contract_release()]
        whole = await register(app, organisation_name="Whole")
        pieces = await register(app, organisation_name="Pieces")
        one = await request_of(whole, await import_file(whole, package(*releases)))
        for release in releases:
            report = await import_file(pieces, package(release))
        other = await request_of(pieces, report)
        names = ("state", "title", "description", "budget", "quotes_due_at", "needed_by")
        assert [one[name] for name in names] == [other[name] for name in names]
        assert [line["name"] for line in one["lines"]] == [line["name"] for line in other["lines"]]
        compiled = await owner.fetch("select compiled from procurement_ocds_processes")
        assert compiled[0]["compiled"] == compiled[1]["compiled"]

    async def test_a_cancelled_tender_is_cancelled_here(self, buyer, owner):
        cancelled = tender_release()
        cancelled["tender"]["status"] = "cancelled"
        report = await import_file(buyer, package(cancelled))
        request = await request_of(buyer, report)
        assert request["state"] == "cancelled"
        types = [e["type"] for e in await events_of(owner, request["id"])]
        assert types == ["request.created", "request.cancelled"]


class TestTwice:
    async def test_the_same_key_answers_again_without_importing(self, buyer):
        key = {"Idempotency-Key": "a-package-in-the-body"}
        first = await buyer.client.post(IMPORT, json=package(tender_release()), headers=key)
        again = await buyer.client.post(IMPORT, json=package(tender_release()), headers=key)
        assert outcomes(ok(first)) == ["created"]
        assert ok(again) == ok(first)
        assert again.headers["idempotency-replayed"] == "true"
        other = await buyer.client.post(IMPORT, json=package(planning_release()), headers=key)
        problem(other, 422, "idempotency.mismatch")

    async def test_the_same_file_again_changes_nothing(self, buyer, owner):
        whole = package(planning_release(), tender_release(), award_release(), contract_release())
        first = await import_file(buyer, whole)
        before, request = await counts(owner), await request_of(buyer, first)
        second = await import_file(buyer, whole)
        assert outcomes(second) == ["unchanged"] * 4
        assert second["releases"][0]["request_id"] == request["id"]
        assert await counts(owner) == before
        assert await request_of(buyer, second) == request

    async def test_the_same_release_twice_in_one_file_counts_once(self, buyer, owner):
        report = await import_file(buyer, package(tender_release(), tender_release()))
        assert outcomes(report) == ["created", "unchanged"]
        assert (await counts(owner))["procurement_ocds_releases"] == 1

    async def test_two_imports_at_once_make_one_request(self, buyer, owner):
        reports = await asyncio.gather(
            *(import_file(buyer, package(tender_release())) for _ in range(4))
        )
        assert sorted(one["created"] for one in reports) == [0, 0, 0, 1]
        assert (await counts(owner))["procurement_requests"] == 1

    async def test_a_release_that_says_something_else_is_refused(self, buyer):
        await import_file(buyer, package(tender_release()))
        other = tender_release()
        other["tender"]["title"] = "Something else"
        report = await import_file(buyer, package(other))
        assert outcomes(report) == ["refused"]
        assert [(w["path"], w["code"]) for w in report["releases"][0]["warnings"]] == [
            ("/id", "changed")
        ]
        await import_file(buyer, package(planning_release()))

    async def test_organisations_import_apart(self, app, buyer):
        stranger = await register(app, organisation_name="Stranger")
        mine = await import_file(buyer, package(tender_release()))
        theirs = await import_file(stranger, package(tender_release()))
        assert outcomes(theirs) == ["created"]
        path = f"/api/v1/requests/{mine['releases'][0]['request_id']}/ocds"
        problem(await stranger.client.get(path), 404, "not_found")
        problem(await stranger.client.get(f"{path}/history"), 404, "not_found")


class TestRefusals:
    async def test_one_bad_release_stops_itself_alone(self, buyer, owner):
        bad = tender_release()
        bad.update(id="r-bad", tender=tender(value={"amount": 1, "currency": "ZZZ"}))
        report = await import_file(buyer, package(bad, tender_release(), {"ocid": 1}))
        assert outcomes(report) == ["refused", "created", "refused"]
        assert [(w["path"], w["code"]) for w in report["releases"][0]["warnings"]] == [
            ("/tender/value/currency", "currency")
        ]
        assert report["releases"][2]["ocid"] is None
        assert (await counts(owner))["procurement_ocds_releases"] == 1

    async def test_what_is_no_package_is_refused_and_changes_nothing(self, buyer, owner):
        for content, code in ((b"{", "json"), (b"{}", "required"), (b"[]", "type")):
            answer = await buyer.client.post(IMPORT, files={"file": ("x.json", content)})
            assert [e["code"] for e in problem(answer, 422, "validation")["errors"]] == [code]
        answer = await buyer.client.post(IMPORT, data={"other": "field"}, files={"x": b"y"})
        problem(answer, 422, "validation")
        large = b" " * (FILE_MAX_BYTES + 1)
        answer = await buyer.client.post(IMPORT, files={"file": ("x.json", large)})
        problem(answer, 413, "payload_too_large")
        assert set((await counts(owner)).values()) == {0}

    async def test_a_body_of_json_is_taken_too(self, buyer):
        content = json.dumps(package(tender_release()))
        headers = {"content-type": "application/json"}
        report = ok(await buyer.client.post(IMPORT, content=content, headers=headers))
        assert outcomes(report) == ["created"]

    async def test_only_buyers_import(self, buyer, owner):
        viewer = await add_member(buyer, "viewer")
        sales = await add_member(buyer, "sales", email="sales@example.com")
        files = {"file": ("x.json", json.dumps(package(tender_release())))}
        for account in (viewer, sales):
            problem(await account.client.post(IMPORT, files=files), 403, "forbidden")
        answer = await visitor(buyer.app).post(IMPORT, files=files)
        problem(answer, 401, "unauthenticated")
        assert set((await counts(owner)).values()) == {0}
