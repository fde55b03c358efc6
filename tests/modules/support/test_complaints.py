"""A complaint from its opening to its end: answer, consent, decision, appeal, amounts, credit notes, the order's clock."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from karavan.modules.support.schemas import (
    ComplaintFacets,
    ComplaintListItem,
    ComplaintStatistics,
    ComplaintView,
)
from tests.factories.accounts import add_member, register
from tests.factories.complaints import (
    COMPLAINTS,
    body_for,
    complain,
    let_fall_due,
    minutes_until,
    move,
    read,
    shift,
)
from tests.factories.files import picture, upload
from tests.factories.orders import place
from tests.factories.procurement import audit_of, events_of, kzt, ok, pointers, problem

INVOICES = "/api/v1/invoices"


async def standing(owner) -> tuple:
    """Complaints with their versions, moves, evidence, threads and credit notes: what a refusal may not touch."""
    return tuple(
        await owner.fetchrow(
            """select (select coalesce(sum(version), 0) from support_complaints),
                 (select count(*) from support_complaint_moves), (select count(*) from support_evidence),
                 (select count(*) from conversations_threads), (select count(*) from invoicing_invoices),
                 (select sum(complaints_open) from orders_orders)"""
        )
    )


async def order_clock(owner, order) -> tuple[int, datetime | None]:
    row = await owner.fetchrow(
        "select complaints_open, due_at from orders_orders where id = $1", UUID(order["id"])
    )
    return row["complaints_open"], row["due_at"]


async def test_a_complaint_is_opened_answered_and_accepted(trade, order, owner, drain):
    photo = ok(await upload(trade.buyer.client, picture(), "sack.png"), 201)
    complaint = await complain(trade, order, attachment_ids=[photo["id"]])
    assert complaint["number"].startswith("CMP-")
    assert complaint["number"].endswith("-000001")
    assert (complaint["state"], complaint["side"], complaint["cost"]) == (
        "open",
        "buyer",
        kzt(300_000),
    )
    assert 959 < minutes_until(complaint["due_at"]) <= 960
    assert [one["name"] for one in complaint["evidence"][0]["attachments"]] == ["sack.png"]
    assert [one["name"] for one in complaint["actions"]] == ["escalate", "withdraw"]
    assert complaint["assignee_name"] is None
    assert complaint["thread"] is not None
    (event,) = await events_of(owner, complaint["id"])
    assert event["type"] == "complaint.opened"
    assert await audit_of(owner, complaint["id"]) == ["complaint.open"]
    # The order waits for it.
    assert await order_clock(owner, order) == (1, None)
    seen = await read(trade.seller, complaint)
    assert [one["name"] for one in seen["actions"]] == ["answer", "escalate", "resolve"]
    assert seen["assignee_user_id"] == str(trade.seller.user_id)
    assert (seen["opened_by_name"], seen["moves"][0]["actor_name"]) == (None, None)

    answered = await move(
        trade.seller,
        complaint,
        "answer",
        text="We are sorry.",
        proposal="refund",
        amount=kzt(100_000),
    )
    assert (answered["state"], answered["due_at"], answered["answered_in_time"]) == (
        "answered",
        None,
        True,
    )
    assert 7 * 1440 - 1 < minutes_until(answered["lapses_at"]) <= 7 * 1440
    # The clock stands while the buyer is waited for, and runs on with what was left.
    left = await owner.fetchval("select minutes_left from support_complaints")
    assert 958 <= left <= 960
    back = await move(trade.buyer, complaint, "reply", text="That is too little.")
    assert left - 1 <= minutes_until(back["due_at"]) <= left + 1
    assert (back["state"], back["proposed_outcome"]) == ("open", None)
    await move(
        trade.seller, complaint, "answer", text="Half?", proposal="refund", amount=kzt(150_000)
    )
    ended = await move(trade.buyer, complaint, "accept")
    assert (ended["state"], ended["outcome"], ended["outcome_amount"]) == (
        "resolved",
        "refund",
        kzt(150_000),
    )
    assert ended["actions"] == []
    # Money does not move by itself yet: what was agreed is written down.
    assert ended["credit_note_number"] is None
    assert [one["name"] for one in ended["moves"]] == [
        "open",
        "answer",
        "reply",
        "answer",
        "accept",
    ]
    await drain()
    count, due_at = await order_clock(owner, order)
    assert count == 0
    assert due_at is not None
    assert ComplaintView.model_validate(ended).model_dump(mode="json") == ended
    thread = await trade.buyer.client.get(f"/api/v1/conversations/{ended['thread']['id']}/messages")
    assert [one["code"] for one in ok(thread)["items"]] == [
        "complaint.answered",
        "complaint.replied",
        "complaint.answered",
        "complaint.accepted",
    ]


async def test_lists_match_their_models(trade, order):
    complaint = await complain(trade, order)
    other = await complain(trade, order, None, kind="late", wanted="replacement", text="A week.")
    for account, side in ((trade.buyer, "buyer"), (trade.seller, "seller")):
        page = ok(
            await account.client.get(
                COMPLAINTS, params={"side": side, "q": "torn", "state": "open", "sort": "due_at"}
            )
        )
        (item,) = page["items"]
        assert item["id"] == complaint["id"]
        assert ComplaintListItem.model_validate(item).model_dump(mode="json") == item
        of_order = ok(
            await account.client.get(COMPLAINTS, params={"order_id": order["id"], "kind": "late"})
        )
        assert [one["id"] for one in of_order["items"]] == [other["id"]]
    mine = ok(await trade.seller.client.get(COMPLAINTS, params={"mine": "true"}))
    assert mine["total"] == 2
    assert ok(await trade.buyer.client.get(COMPLAINTS, params={"mine": "true"}))["total"] == 0
    facets = ok(await trade.buyer.client.get(f"{COMPLAINTS}/facets", params={"state": "resolved"}))
    assert facets == {"total": 2, "states": [{"value": "open", "count": 2}]}
    assert ComplaintFacets.model_validate(facets).model_dump(mode="json") == facets


async def test_what_cannot_be_complained_about(trade, order, owner, app):
    pending = await place(trade, "1")
    stranger = await register(app, role="buyer")
    viewer = await add_member(trade.buyer, "viewer")
    await complain(trade, order)
    before = await standing(owner)
    buyer = trade.buyer.client
    problem(
        await buyer.post(COMPLAINTS, json=body_for(pending)), 409, "complaint.order_not_shipped"
    )
    problem(await buyer.post(COMPLAINTS, json=body_for(order)), 409, "complaint.already_open")
    problem(await stranger.client.post(COMPLAINTS, json=body_for(order)), 404, "not_found")
    problem(await viewer.client.post(COMPLAINTS, json=body_for(order)), 403, "forbidden")
    problem(await trade.seller.client.post(COMPLAINTS, json=body_for(order)), 403, "forbidden")
    theirs = ok(await upload(stranger.client, picture(), "x.png"), 201)
    for change, found in (
        ({"line_id": str(uuid4())}, [("#/line_id", "unknown")]),
        (
            {"attachment_ids": [theirs["id"]], "line_id": None},
            [("#/attachment_ids/0", "media.unknown")],
        ),
    ):
        refused = await buyer.post(COMPLAINTS, json={**body_for(order), **change})
        assert pointers(refused) == found
    for change in (
        {"text": "  "},
        {"text": "\u200b\ufeff"},
        {"kind": "sad"},
        {"wanted": "declined"},
        {"extra": 1},
    ):
        refused = await buyer.post(COMPLAINTS, json={**body_for(order, 1), **change})
        assert refused.status_code == 422, change
    await owner.execute(
        "update orders_orders set state = 'completed', ended_at = now() - interval '91 days'"
    )
    problem(await buyer.post(COMPLAINTS, json=body_for(order, 1)), 409, "complaint.too_late")
    assert await standing(owner) == before


async def test_silence_escalates_and_silence_agrees(trade, order, owner, database, drain):
    manager = await add_member(trade.seller, "manager")
    sales = await add_member(trade.seller, "sales")
    complaint = await complain(trade, order)
    await let_fall_due(database)
    assert (await read(trade.buyer, complaint))["state"] == "open"
    await shift(owner, complaint, due_at=timedelta(days=3))
    assert ok(await trade.seller.client.get(COMPLAINTS, params={"overdue": "true"}))["total"] == 1
    await let_fall_due(database)
    seen = await read(trade.seller, complaint)
    assert (seen["state"], seen["answered_in_time"]) == ("escalated", False)
    assert (seen["assignee_user_id"], seen["moves"][-1]["side"]) == (str(manager.user_id), "system")
    assert 1439 < minutes_until(seen["due_at"]) <= 1440
    told = body_for(order)["text"]
    refused = await sales.client.post(f"{COMPLAINTS}/{complaint['id']}/answer", json={"text": told})
    problem(refused, 403, "complaint.manager_decides")
    assert (await read(sales, complaint))["actions"] == []
    # A manager who is silent is told of once.
    await shift(owner, complaint, due_at=timedelta(days=3))
    await let_fall_due(database)
    await let_fall_due(database)
    events = [one["type"] for one in await events_of(owner, complaint["id"])]
    assert events == ["complaint.opened", "complaint.escalated", "complaint.overdue"]
    await move(manager, complaint, "answer", text="We reload it.", proposal="replacement")
    assert (await move(trade.buyer, complaint, "reply", text="When?"))["state"] == "escalated"
    await move(manager, complaint, "answer", text="Tomorrow.", proposal="replacement")
    await let_fall_due(database)
    assert (await read(trade.buyer, complaint))["state"] == "answered"
    await shift(owner, complaint, lapses_at=timedelta(days=8))
    await let_fall_due(database)
    ended = await read(trade.buyer, complaint)
    assert (ended["state"], ended["outcome"], ended["accepted_at"]) == (
        "resolved",
        "replacement",
        None,
    )
    assert [one["name"] for one in ended["actions"]] == ["accept", "appeal"]
    found = ok(await trade.seller.client.get(f"{COMPLAINTS}/statistics"))
    assert found == {
        "days": 90,
        "opened": 1,
        "answered": 1,
        "answered_in_time": 0,
        "in_time_share": 0.0,
        "escalated": 1,
        "overdue": 0,
        "resolved": 1,
        "outcomes": {"replacement": 1},
    }
    assert ComplaintStatistics.model_validate(found).model_dump(mode="json") == found


async def test_a_decision_and_its_one_appeal(trade, order, owner, drain):
    sales = await add_member(trade.seller, "sales")
    complaint = await complain(trade, order)
    declined = await move(sales, complaint, "resolve", outcome="declined", text="Not by us.")
    assert (declined["state"], declined["outcome"]) == ("resolved", "declined")
    url = f"{COMPLAINTS}/{complaint['id']}"
    refused = await trade.buyer.client.post(f"{url}/appeal", json={})
    assert pointers(refused) == [("#/reason", "required")]
    await shift(owner, complaint, resolved_at=timedelta(days=15))
    late = await trade.buyer.client.post(f"{url}/appeal", json={"reason": "Look again"})
    problem(late, 409, "complaint.appeal_late")
    await shift(owner, complaint, resolved_at=timedelta(days=-2))
    back = await move(trade.buyer, complaint, "appeal", reason="Look at the photographs")
    assert (back["state"], back["appealed_until"]) == ("escalated", None)
    refused = await sales.client.post(f"{url}/resolve", json={"outcome": "declined", "text": "No."})
    problem(refused, 403, "complaint.manager_decides")
    final = await move(trade.seller, complaint, "resolve", outcome="declined", text="No.")
    assert final["state"] == "resolved"
    await drain()
    feed = ok(await trade.buyer.client.get("/api/v1/notifications"))["items"]
    told = [one for one in feed if one["kind"].startswith("complaint.resolved")]
    assert [one["kind"] for one in told] == ["complaint.resolved_finally", "complaint.resolved"]
    # An appeal is offered as long as there is one.
    assert ["appeal once" in one["body"] for one in told] == [False, True]
    again = await trade.buyer.client.post(f"{url}/appeal", json={"reason": "Please"})
    problem(again, 409, "complaint.final")
    problem(await trade.buyer.client.post(f"{url}/accept", json={}), 409, "complaint.final")


async def test_amounts_stay_within_what_the_goods_cost(trade, order, owner):
    line, whole = await complain(trade, order), await complain(trade, order, None)
    before = await standing(owner)
    url = f"{COMPLAINTS}/{line['id']}/resolve"
    said = {"text": "Here you are.", "outcome": "refund"}
    for amount, found in (
        (None, [("#/amount", "required")]),
        (kzt(0), [("#/amount", "too_small")]),
        ({"amount": 1, "currency": "USD"}, [("#/amount/currency", "currency")]),
    ):
        refused = await trade.seller.client.post(url, json={**said, "amount": amount})
        assert pointers(refused) == found
    refused = await trade.seller.client.post(url, json={**said, "amount": kzt(300_001)})
    assert problem(refused, 409, "complaint.amount_too_large")["meta"]["most"] == kzt(300_000)
    unasked = {"outcome": "declined", "text": "No.", "amount": kzt(1)}
    assert pointers(await trade.seller.client.post(url, json=unasked)) == [
        ("#/amount", "unexpected")
    ]
    for amount in ({"amount": -1, "currency": "KZT"}, {"amount": 1.5, "currency": "KZT"}):
        refused = await trade.seller.client.post(url, json={**said, "amount": amount})
        assert refused.status_code == 422
    assert await standing(owner) == before
    await move(trade.seller, line, "resolve", **said, amount=kzt(250_000))
    # 4,000.00 in all, of which 2,500.00 are given back already.
    assert (await read(trade.seller, whole))["most"] == kzt(150_000)
    refused = await trade.seller.client.post(
        f"{COMPLAINTS}/{whole['id']}/resolve", json={**said, "amount": kzt(150_001)}
    )
    assert problem(refused, 409, "complaint.amount_too_large")["meta"]["most"] == kzt(150_000)
    await move(trade.seller, whole, "resolve", **said, amount=kzt(150_000))


async def test_a_credit_is_a_credit_note_of_the_orders_invoice(trade, order, owner, drain):
    # Who reads the goods under another name means the same line.
    await owner.execute('update orders_lines set names = names || \'{"ru": "Другое имя"}\'')
    ok(await trade.buyer.client.patch("/api/v1/auth/profile", json={"locale": "ru"}))
    line, whole = await complain(trade, order), await complain(trade, order, None)
    agreed = await move(
        trade.seller, line, "resolve", outcome="credit", amount=kzt(50_000), text="Agreed."
    )
    # There is no invoice yet: the credit stands agreed.
    assert (agreed["credited"], agreed["credit_note_id"]) == (None, None)
    invoiced = ok(await trade.seller.client.post(f"/api/v1/orders/{order['id']}/invoice", json={}))
    await drain()
    line = await read(trade.seller, line)
    assert line["credited"] == kzt(50_000)
    note = ok(await trade.buyer.client.get(f"{INVOICES}/{line['credit_note_id']}"))
    told = (note["number"], note["net"], note["total"])
    assert told == (line["credit_note_number"], kzt(50_000), kzt(56_000))
    invoice = ok(await trade.buyer.client.get(f"{INVOICES}/{invoiced['invoice']['id']}"))
    assert [one["credited"] for one in invoice["lines"]] == [kzt(50_000), kzt(0)]
    # The buyer's consent is carried out in the supplier's name; a whole order's credit follows what remains of each line.
    await move(trade.seller, whole, "answer", text="Half?", proposal="credit", amount=kzt(175_000))
    await move(trade.buyer, whole, "accept")
    await drain()
    whole = await read(trade.buyer, whole)
    assert (whole["credited"], whole["moves"][-1]["name"]) == (kzt(175_000), "credit")
    invoice = ok(await trade.buyer.client.get(f"{INVOICES}/{invoiced['invoice']['id']}"))
    assert [one["credited"] for one in invoice["lines"]] == [kzt(175_000), kzt(50_000)]
    # What is credited already cannot be taken back by an appeal, but added to.
    await move(trade.buyer, line, "appeal", reason="More, please")
    url = f"{COMPLAINTS}/{line['id']}/resolve"
    refused = await trade.seller.client.post(url, json={"outcome": "declined", "text": "No."})
    assert problem(refused, 409, "complaint.already_credited")["meta"]["credited"] == kzt(50_000)
    final = await move(
        trade.seller, line, "resolve", outcome="credit", amount=kzt(60_000), text="Well."
    )
    assert final["credited"] == kzt(60_000)
    assert [one["name"] for one in final["moves"]][-2:] == ["resolve", "credit"]
    assert {one["state"] for one in final["moves"][-2:]} == {"resolved"}
    notes = await owner.fetch(
        "select net_amount from invoicing_invoices where kind = 'credit_note' order by created_at"
    )
    assert [row["net_amount"] for row in notes] == [50_000, 175_000, 10_000]


async def test_who_deals_with_it(trade, order, app):
    sales = await add_member(trade.seller, "sales")
    vendor = await add_member(trade.seller, "vendor")
    stranger = await register(app, role="vendor")
    complaint = await complain(trade, order)
    url = f"{COMPLAINTS}/{complaint['id']}/assignee"

    async def give(who, account=trade.seller):
        return await account.client.put(url, json={"user_id": str(who.user_id)})

    assert ok(await give(sales))["assignee_user_id"] == str(sales.user_id)
    for nobody in (vendor, stranger):
        assert pointers(await give(nobody)) == [("#/user_id", "unknown")]
    problem(await give(sales, trade.buyer), 403, "forbidden")
    problem(await give(sales, stranger), 404, "not_found")
    problem(await give(sales, vendor), 403, "forbidden")
    await move(sales, complaint, "escalate", reason="Above me")
    assert pointers(await give(sales)) == [("#/user_id", "unknown")]
    problem(await give(trade.seller, sales), 403, "forbidden")


async def test_status_is_set_by_state_or_verb(trade, order):
    complaint = await complain(trade, order)
    url = f"{COMPLAINTS}/{complaint['id']}/status"

    async def put(account, status, **body):
        return await account.client.patch(url, json={"status": status, **body})

    buyer, seller = trade.buyer, trade.seller
    assert pointers(await put(seller, "answered")) == [("#/text", "required")]
    assert pointers(await put(seller, "resolved", text="So.")) == [("#/outcome", "required")]
    assert ok(await put(seller, "answered", text="We look."))["state"] == "answered"
    problem(await put(buyer, "accept"), 409, "complaint.nothing_proposed")
    assert ok(await put(buyer, "open", text="And?"))["state"] == "open"
    assert ok(await put(buyer, "escalated"))["state"] == "escalated"
    problem(await put(seller, "escalate"), 409, "invalid_transition")
    ended = ok(await put(seller, "resolved", outcome="replacement", text="Tomorrow."))
    assert ended["outcome"] == "replacement"
    problem(await put(buyer, "withdrawn"), 409, "invalid_transition")
    assert ok(await put(buyer, "escalated", reason="Not well"))["appealed_at"] is not None
    stale = await put(seller, "resolve", outcome="declined", text="No.", version=1)
    problem(stale, 409, "conflict")
