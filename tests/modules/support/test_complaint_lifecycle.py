"""Every state × transition × role of a complaint, on both sides; two people at once; strangers; hours; the README."""

import asyncio
from enum import StrEnum
from pathlib import Path
from uuid import UUID, uuid4

import karavan.modules.support
from karavan.kit.lifecycle_docs import refreshed
from karavan.modules.support.lifecycle import COMPLAINT
from karavan.modules.support.states import ComplaintState
from tests.factories.accounts import add_member, register
from tests.factories.clones import clone
from tests.factories.complaints import ALWAYS, COMPLAINTS, HOURS, complain, move, read
from tests.factories.matrix import people_of_both_sides
from tests.factories.procurement import events_of, kzt, ok, problem
from tests.kit.lifecycle_matrix import Subject, try_everything

README = Path(karavan.modules.support.__file__).with_name("README.md")


async def test_every_state_transition_and_role(trade, order, owner):
    opened = await complain(trade, order)
    people = await people_of_both_sides({"seller": trade.seller, "buyer": trade.buyer})
    template = UUID(opened["id"])

    async def fresh(state: StrEnum) -> UUID:
        complaint_id, line_id = uuid4(), uuid4()
        set_in = {"resolved_at": "now"} if state is ComplaintState.RESOLVED else {}
        # Each about another order, so that one thing is not complained about twice.
        await clone(
            owner,
            "support_complaints",
            "id",
            template,
            id=complaint_id,
            order_id=uuid4(),
            line_id=line_id,
            number=f"CMP-{complaint_id}",
            version=5,
            **set_in,
        )
        await clone(owner, "conversations_threads", "subject_id", template, subject_id=complaint_id)
        thread_id = await owner.fetchval(
            "select id from conversations_threads where subject_id = $1", complaint_id
        )
        for side in (trade.seller, trade.buyer):
            await owner.execute(
                "insert into conversations_participants (thread_id, organisation_id) values ($1, $2)",
                thread_id,
                side.organisation_id,
            )
        return complaint_id

    tried = await try_everything(
        Subject(
            lifecycle=COMPLAINT,
            path=f"{COMPLAINTS}/{{id}}",
            table="support_complaints",
            people=people,
            fresh=fresh,
            bodies={
                "answer": {"text": "We look."},
                "reply": {"text": "And?"},
                "resolve": {"text": "No.", "outcome": "declined"},
            },
            # A copy has no proposal that could be accepted.
            fallible=frozenset({"accept"}),
        ),
        owner,
    )
    assert tried == 5 * 7 * 15


async def test_of_two_at_once_one_is_refused(trade, order, owner):
    """A seller resolves while the buyer withdraws; and two complaints about one order cannot give back more than it cost."""
    first = await complain(trade, order)
    url = f"{COMPLAINTS}/{first['id']}"
    answers = await asyncio.gather(
        trade.seller.client.post(f"{url}/resolve", json={"outcome": "declined", "text": "No."}),
        trade.buyer.client.post(f"{url}/withdraw", json={}),
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    assert len(await events_of(owner, first["id"])) == 2
    line, whole = await complain(trade, order), await complain(trade, order, None)
    body = {"outcome": "refund", "text": "All of it."}
    answers = await asyncio.gather(
        trade.seller.client.post(
            f"{COMPLAINTS}/{whole['id']}/resolve", json={**body, "amount": kzt(400_000)}
        ),
        trade.seller.client.post(
            f"{COMPLAINTS}/{line['id']}/resolve", json={**body, "amount": kzt(300_000)}
        ),
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    (refused,) = (one for one in answers if one.status_code == 409)
    problem(refused, 409, "complaint.amount_too_large")
    given = await owner.fetchval("select sum(outcome_amount) from support_complaints")
    assert given in (400_000, 300_000)


async def test_strangers_and_viewers(trade, order, app, owner):
    complaint = await complain(trade, order)
    stranger = await register(app, role="vendor")
    viewer = await add_member(trade.seller, "viewer")
    url = f"{COMPLAINTS}/{complaint['id']}"
    problem(await stranger.client.get(url), 404, "not_found")
    assert ok(await stranger.client.get(COMPLAINTS))["total"] == 0
    for policies in (True, False):
        if not policies:
            for table in ("support_complaints", "support_complaint_moves", "support_evidence"):
                await owner.execute(f"alter table {table} disable row level security")
        for method, path, body in (
            ("GET", "", None),
            ("POST", "/answer", {"text": "I"}),
            ("POST", "/resolve", {"text": "I", "outcome": "declined"}),
            ("POST", "/evidence", {"attachment_ids": [str(uuid4())]}),
            ("PUT", "/assignee", {"user_id": str(stranger.user_id)}),
            ("PATCH", "/status", {"status": "escalated"}),
        ):
            answer = await stranger.client.request(method, f"{url}{path}", json=body)
            problem(answer, 404, "not_found")
    assert ok(await viewer.client.get(url))["actions"] == []
    problem(await viewer.client.post(f"{url}/answer", json={"text": "I"}), 403, "forbidden")
    assert (await read(trade.buyer, complaint))["version"] == 1


async def test_hours_are_kept_and_deadlines_follow_them(trade, order, app):
    other = await register(app, role="vendor")
    default = ok(await other.client.get(HOURS))
    assert (default["time_zone"], default["version"]) == ("Asia/Almaty", None)
    assert default["week"][0] == [
        {"from": "09:00", "to": "13:00"},
        {"from": "14:00", "to": "18:00"},
    ]
    assert default["week"][5:] == [[], []]
    seller = trade.seller.client
    kept = ok(await seller.get(HOURS))
    for change in (
        {"time_zone": "Mars/Olympus"},
        {"week": [[]] * 7},
        {"week": [[{"from": "09:00", "to": "09:00"}]] * 7},
        {"week": [[{"from": "09:00", "to": "12:00"}, {"from": "11:00", "to": "13:00"}]] * 7},
        {"week": [[{"from": "9", "to": "25:00"}]] * 7},
        {"week": ALWAYS["week"][:6]},
        {"holidays": ["2026-02-30"]},
    ):
        assert (await seller.put(HOURS, json={**ALWAYS, **change})).status_code == 422, change
    problem(await seller.put(HOURS, json={**ALWAYS, "version": 9}), 409, "conflict")
    buyer = await add_member(trade.seller, "sales")
    problem(await buyer.client.put(HOURS, json=ALWAYS), 403, "forbidden")
    assert ok(await seller.get(HOURS)) == kept
    # Eight hours on Mondays alone: two Mondays of work are needed for an answer.
    mondays = {
        "time_zone": "Asia/Almaty",
        "week": [[{"from": "09:00", "to": "17:00"}], [], [], [], [], [], []],
        "holidays": [],
    }
    changed = ok(await seller.put(HOURS, json={**mondays, "version": kept["version"]}))
    assert changed["version"] == kept["version"] + 1
    complaint = await complain(trade, order)
    assert complaint["due_at"].endswith("T12:00:00Z")
    await move(trade.seller, complaint, "answer", text="At once.")


def test_the_readme_shows_the_lifecycle() -> None:
    document = README.read_text()
    assert document == refreshed(document, [COMPLAINT])
