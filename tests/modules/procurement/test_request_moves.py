"""Publication and what follows: amend, extend, reopen, the ends, and the deadline."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest

from karavan.kit.jobs import JobContext
from karavan.kit.services import Services
from karavan.modules.procurement.tasks import announce
from tests.factories.accounts import add_member, register
from tests.factories.procurement import (
    audit_of,
    events_of,
    in_days,
    invite,
    kzt,
    line,
    make_published,
    make_request,
    ok,
    pass_deadline,
    pointers,
    problem,
    submit_quote,
)

REQUESTS = "/api/v1/requests"


@pytest.fixture
async def buyer(app):
    return await register(app, organisation_name="Kaspi Build")


@pytest.fixture
async def vendor(app):
    return await register(app, role="vendor", organisation_name="Steppe Cement")


async def move(account, request, name, **body):
    return await account.client.post(f"{REQUESTS}/{request['id']}/{name}", json=body)


class TestPublish:
    async def test_numbers_the_request_and_tells_the_handlers(self, buyer, owner):
        request = await make_request(buyer, budget=kzt(900))
        published = ok(await move(buyer, request, "publish", version=1))
        year = datetime.now(UTC).year
        assert published["state"] == "published"
        assert published["number"] == f"RFQ-{year}-000001"
        assert published["version"] == 2
        assert published["accepts_quotes"] is True
        (event,) = await events_of(owner, request["id"], "request.published")
        assert event["payload"]["label"] == f"RFQ-{year}-000001"
        assert event["payload"]["parties"] == {"buyer": str(buyer.organisation_id)}
        assert event["payload"]["data"] == {
            "title": "Building materials for a warehouse",
            "category": "construction",
            "visibility": "public",
            "sealed": False,
            "currency": "KZT",
            "delivery_country": "KZ",
            "quotes_due_at": published["quotes_due_at"],
            "buyer_name": "Kaspi Build",
            "invited_organisation_ids": [],
        }
        assert await audit_of(owner, request["id"]) == ["request.create", "request.publish"]
        assert (await make_published(buyer))["number"] == f"RFQ-{year}-000002"

    async def test_says_all_that_is_missing_at_once(self, buyer, owner):
        request = await make_request(buyer, lines=[], quotes_due_at=None, visibility="invited")
        assert pointers(await move(buyer, request, "publish")) == [
            ("#/lines", "required"),
            ("#/quotes_due_at", "required"),
            ("#/invitations", "required"),
        ]
        row = await owner.fetchrow("select state, number, version from procurement_requests")
        assert tuple(row) == ("draft", None, 1)
        assert await owner.fetchval("select count(*) from kit_number_series where name='RFQ'") == 0

    async def test_the_databases_clock_decides(self, buyer, owner):
        request = await make_request(buyer)
        await pass_deadline(owner, request)
        assert pointers(await move(buyer, request, "publish")) == [("#/quotes_due_at", "past")]

    async def test_two_at_once_publish_once(self, buyer, owner):
        request = await make_request(buyer)
        answers = await asyncio.gather(*(move(buyer, request, "publish") for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
        assert len(await events_of(owner, request["id"], "request.published")) == 1
        assert (
            await owner.fetchval("select last_number from kit_number_series where name='RFQ'") == 1
        )

    async def test_an_old_version_is_refused(self, buyer):
        request = await make_request(buyer)
        problem(await move(buyer, request, "publish", version=7), 409, "conflict")

    async def test_a_viewer_may_not_and_a_stranger_finds_nothing(self, app, buyer, vendor):
        request = await make_request(buyer)
        viewer = await add_member(buyer, "viewer")
        problem(await move(viewer, request, "publish"), 403, "forbidden")
        problem(await move(vendor, request, "publish"), 404, "not_found")
        page = ok(await viewer.client.get(f"{REQUESTS}/{request['id']}"))
        assert (page["state"], page["actions"]) == ("draft", [])


class TestAmend:
    async def test_makes_a_revision_and_flags_open_quotes(self, app, buyer, vendor, owner):
        other = await register(app, role="vendor")
        request = await make_published(buyer)
        quote = await submit_quote(vendor, request)
        withdrawn = await submit_quote(other, request)
        ok(await other.client.post(f"/api/v1/quotes/{withdrawn['id']}/withdraw", json={}))
        cement, sand = request["lines"]
        amended = ok(
            await move(
                buyer,
                request,
                "amend",
                title="More building materials",
                note="More cement, no sand, and gravel.",
                lines=[
                    {**line("Cement M500", "20"), "id": cement["id"]},
                    line("Gravel", "3"),
                ],
            )
        )
        assert (amended["state"], amended["revision"]) == ("published", 2)
        assert [(one["name"], one["quantity"]) for one in amended["lines"]] == [
            ("Cement M500", "20"),
            ("Gravel", "3"),
        ]
        assert amended["lines"][0]["id"] == cement["id"]
        gravel = amended["lines"][1]
        (revision,) = amended["revisions"]
        assert (revision["revision"], revision["note"]) == (2, "More cement, no sand, and gravel.")
        changes = {one["field"]: (one["before"], one["after"]) for one in revision["changes"]}
        assert changes["title"] == (
            "Building materials for a warehouse",
            "More building materials",
        )
        assert changes[f"lines/{cement['id']}/quantity"] == ("10", "20")
        assert changes[f"lines/{sand['id']}"][1] is None
        assert changes[f"lines/{gravel['id']}"][0] is None
        assert len(changes) == 4
        flags = await owner.fetch("select id, needs_reconfirm from procurement_quotes")
        assert {row["id"]: row["needs_reconfirm"] for row in flags} == {
            UUID(quote["id"]): True,
            UUID(withdrawn["id"]): False,
        }
        kept = await owner.fetchval(
            "select removed_in_revision from procurement_request_lines where id = $1",
            UUID(sand["id"]),
        )
        assert kept == 2
        (event,) = await events_of(owner, request["id"], "request.amended")
        assert event["payload"]["data"]["vendor_organisation_ids"] == [str(vendor.organisation_id)]
        assert event["payload"]["data"]["fields"] == ["lines", "title"]
        seen = ok(await vendor.client.get(f"{REQUESTS}/{request['id']}"))
        assert seen["revisions"] == amended["revisions"]
        assert seen["quote"]["needs_reconfirm"] is True

    async def test_what_an_earlier_revision_removed_can_be_removed_twice_over(self, buyer):
        request = await make_published(buyer, lines=[line("A"), line("B")])
        for name in ("C", "D"):
            first = request["lines"][0]
            body = {"lines": [{**line(first["name"]), "id": first["id"]}, line(name)]}
            request = ok(await move(buyer, request, "amend", **body))
        assert [one["name"] for one in request["lines"]] == ["A", "D"]
        assert request["revision"] == 3

    async def test_lines_change_places(self, buyer):
        request = await make_published(buyer, lines=[line("A"), line("B")])
        a, b = request["lines"]
        swapped = [{**line("B"), "id": b["id"]}, {**line("A"), "id": a["id"]}]
        amended = ok(await move(buyer, request, "amend", lines=swapped))
        assert [one["name"] for one in amended["lines"]] == ["B", "A"]

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ({}, ("#", "nothing_changed")),
            ({"note": "Only a note."}, ("#", "nothing_changed")),
            ({"lines": []}, ("#/lines", "required")),
            ({"quotes_due_at": None}, ("#/quotes_due_at", "earlier")),
            ({"budget": {"amount": 1, "currency": "USD"}}, ("#/budget/currency", "currency")),
        ],
    )
    async def test_says_what_is_wrong(self, buyer, owner, body, expected):
        request = await make_published(buyer)
        assert pointers(await move(buyer, request, "amend", **body)) == [expected]
        assert await owner.fetchval("select revision from procurement_requests") == 1
        assert await owner.fetchval("select count(*) from procurement_request_revisions") == 0

    async def test_the_deadline_only_moves_later(self, buyer):
        request = await make_published(buyer)
        earlier = await move(buyer, request, "amend", quotes_due_at=in_days(6))
        assert pointers(earlier) == [("#/quotes_due_at", "earlier")]
        later = in_days(8)
        amended = ok(await move(buyer, request, "amend", quotes_due_at=later))
        moment = datetime.fromisoformat(amended["quotes_due_at"])
        assert moment == datetime.fromisoformat(later)

    async def test_is_too_late_after_the_deadline(self, buyer, owner):
        request = await make_published(buyer)
        await pass_deadline(owner, request)
        answer = await move(buyer, request, "amend", title="Other")
        problem(answer, 409, "procurement.deadline_passed")
        page = ok(await buyer.client.get(f"{REQUESTS}/{request['id']}"))
        assert page["title"] == request["title"]
        assert "amend" not in [action["name"] for action in page["actions"]]

    @pytest.mark.parametrize("field", ["currency", "visibility", "sealed"])
    async def test_the_rules_of_the_game_stay(self, buyer, field):
        request = await make_published(buyer)
        answer = await move(buyer, request, "amend", **{field: "x"})
        assert pointers(answer)[0][0] == f"#/{field}"


class TestExtend:
    async def test_moves_the_deadline_later(self, buyer, owner):
        request = await make_published(buyer)
        later = in_days(20)
        extended = ok(await move(buyer, request, "extend", quotes_due_at=later))
        assert datetime.fromisoformat(extended["quotes_due_at"]) == datetime.fromisoformat(later)
        assert extended["revision"] == 1
        assert len(await events_of(owner, request["id"], "request.extended")) == 1

    async def test_refuses_earlier_and_the_same(self, buyer):
        request = await make_published(buyer)
        for moment in (in_days(1), request["quotes_due_at"]):
            answer = await move(buyer, request, "extend", quotes_due_at=moment)
            assert pointers(answer) == [("#/quotes_due_at", "not_later")]

    async def test_opens_an_overdue_request_again_but_no_sealed_one(self, buyer, owner):
        request = await make_published(buyer)
        sealed = await make_published(buyer, sealed=True)
        for one in (request, sealed):
            await pass_deadline(owner, one)
        ok(await move(buyer, request, "extend", quotes_due_at=in_days(2)))
        answer = await move(buyer, sealed, "extend", quotes_due_at=in_days(2))
        problem(answer, 409, "procurement.deadline_passed")


class TestEnds:
    @pytest.mark.parametrize("name", ["cancel", "close-without-award"])
    async def test_rejects_the_quotes_and_tells_the_vendors(self, app, buyer, vendor, owner, name):
        invited = await register(app, role="vendor")
        request = await make_published(buyer)
        await invite(buyer, request, invited)
        quote = await submit_quote(vendor, request)
        answer = await move(buyer, request, name)
        assert pointers(answer) == [("#/reason", "required")]
        ended = ok(await move(buyer, request, name, reason="The budget was cut."))
        assert ended["state"] == ("cancelled" if name == "cancel" else "closed")
        assert ended["closed_at"] is not None
        assert ended["accepts_quotes"] is False
        row = await owner.fetchrow("select state, rejected_reason from procurement_quotes")
        assert tuple(row) == ("rejected", "The budget was cut.")
        event = (await events_of(owner, request["id"]))[-1]
        assert (
            event["type"]
            == f"request.{'cancelled' if name == 'cancel' else 'closed_without_award'}"
        )
        assert event["payload"]["reason"] == "The budget was cut."
        assert event["payload"]["data"]["vendor_organisation_ids"] == sorted(
            [str(vendor.organisation_id), str(invited.organisation_id)]
        )
        (told,) = await events_of(owner, quote["id"], "quote.rejected")
        assert told["payload"]["reason"] == "The budget was cut."

    async def test_a_cancelled_draft_stays_private(self, buyer, vendor, owner):
        request = await make_request(buyer)
        await invite(buyer, request, vendor)
        cancelled = ok(await move(buyer, request, "cancel", reason="A mistake."))
        assert (cancelled["state"], cancelled["number"]) == ("cancelled", None)
        problem(await vendor.client.get(f"{REQUESTS}/{request['id']}"), 404, "not_found")
        event = (await events_of(owner, request["id"]))[-1]
        assert event["payload"]["data"]["vendor_organisation_ids"] == []

    async def test_reopening_clears_the_shortlist(self, buyer, vendor, owner):
        request = await make_published(buyer)
        quote = await submit_quote(vendor, request)
        ok(await move(buyer, request, "shortlist", quote_ids=[quote["id"]]))
        assert await owner.fetchval("select shortlisted from procurement_quotes") is True
        reopened = ok(await move(buyer, request, "reopen"))
        assert reopened["state"] == "published"
        assert await owner.fetchval("select shortlisted from procurement_quotes") is False

    async def test_closing_rejects_what_is_on_standby(self, app, buyer, vendor, owner):
        other = await register(app, role="vendor")
        request = await make_published(buyer)
        winner = await submit_quote(vendor, request)
        loser = await submit_quote(other, request)
        ids = [winner["id"], loser["id"]]
        ok(await move(buyer, request, "shortlist", quote_ids=ids))
        ok(await move(buyer, request, "award", allocations=[{"quote_id": winner["id"]}]))
        closed = ok(await move(buyer, request, "close"))
        assert closed["state"] == "closed"
        states = await owner.fetch("select id, state from procurement_quotes")
        assert {str(row["id"]): row["state"] for row in states} == {
            winner["id"]: "accepted",
            loser["id"]: "rejected",
        }


class TestDeadline:
    async def test_is_announced_once_and_closes_nothing(self, buyer, owner, settings, database):
        request, later = await make_published(buyer), await make_published(buyer)
        await make_request(buyer)
        await pass_deadline(owner, request)
        await sweep(settings, database)
        await sweep(settings, database)
        (event,) = await events_of(owner, request["id"], "request.deadline_passed")
        assert event["payload"]["actor_user_id"] is None
        assert event["payload"]["data"]["title"] == request["title"]
        assert await events_of(owner, later["id"], "request.deadline_passed") == []
        page = ok(await buyer.client.get(f"{REQUESTS}/{request['id']}"))
        assert (page["state"], page["accepts_quotes"]) == ("published", False)

    async def test_an_extended_one_is_announced_again(self, buyer, owner, settings, database):
        request = await make_published(buyer)
        await pass_deadline(owner, request)
        await sweep(settings, database)
        ok(await move(buyer, request, "extend", quotes_due_at=in_days(1)))
        await sweep(settings, database)
        await pass_deadline(owner, request)
        await sweep(settings, database)
        assert len(await events_of(owner, request["id"], "request.deadline_passed")) == 2


async def sweep(settings, database) -> None:
    """Run the minute's job as a worker would."""
    context = JobContext(database=database, settings=settings, services=Services(), job_id=1)
    await announce(context)
