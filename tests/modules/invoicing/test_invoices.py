"""Drafts, sending, voiding, numbers and lists."""

import asyncio
import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from karavan.kit.scopes import Scope
from tests.factories.accounts import add_member, register
from tests.factories.deals import make_deal
from tests.factories.invoices import invoice_line, let_trade, make_draft, make_sent, pay, reread
from tests.factories.procurement import audit_of, events_of, kzt, ok, pointers, problem

TODAY = datetime.now(UTC).date()
YEAR = TODAY.year


def days_from_now(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


class TestDrafts:
    async def test_a_draft_adds_up_and_has_no_number(self, pair):
        draft = await make_draft(pair)
        assert (draft["state"], draft["number"], draft["side"]) == ("draft", None, "issued")
        # The worked example of EN 16931: tax of the group is rounded once, 129.99 × 20 % = 25.998.
        assert (draft["net"], draft["tax"], draft["total"]) == (
            kzt(12_999),
            kzt(2_600),
            kzt(15_599),
        )
        assert draft["tax_groups"] == [{"rate": "20", "taxable": kzt(12_999), "tax": kzt(2_600)}]
        assert [one["name"] for one in draft["actions"]] == ["send", "void"]
        assert (draft["seller"]["name"], draft["buyer"]["name"]) == (
            "Silk Road Supply",
            "Steppe Retail",
        )

    async def test_the_buyer_does_not_know_of_a_draft(self, pair):
        draft = await make_draft(pair)
        path = f"/api/v1/invoices/{draft['id']}"
        for end in ("", ".pdf", ".xml"):
            problem(await pair.buyer.client.get(path + end), 404, "not_found")
        problem(await pair.buyer.client.post(f"{path}/send"), 404, "not_found")
        assert ok(await pair.buyer.client.get("/api/v1/invoices"))["items"] == []

    async def test_a_draft_can_be_changed(self, pair, owner):
        draft = await make_draft(pair, notes="Thank you")
        path = f"/api/v1/invoices/{draft['id']}"
        body = {
            "version": draft["version"],
            "due_date": days_from_now(30),
            "buyer_reference": "PO-9",
            "lines": [invoice_line("Bolts", "0.333", 100, "0")],
        }
        changed = ok(await pair.vendor.client.patch(path, json=body))
        # 0.333 × 1.00 rounds half up to 0.33.
        assert (changed["total"], changed["tax"]) == (kzt(33), kzt(0))
        assert (changed["notes"], changed["buyer_reference"], changed["due_date"]) == (
            "Thank you",
            "PO-9",
            days_from_now(30),
        )
        assert changed["version"] == draft["version"] + 1
        assert [one["quantity"] for one in changed["lines"]] == ["0.333"]
        assert await audit_of(owner, draft["id"]) == ["invoice.create", "invoice.edit"]
        stale = await pair.vendor.client.patch(path, json={"version": 1, "notes": "x"})
        assert problem(stale, 409, "conflict")["meta"] == {"version": 2}
        nothing = ok(await pair.vendor.client.patch(path, json={"notes": "Thank you"}))
        assert nothing["version"] == 2

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"lines": []}, "#/lines"),
            ({"currency": "XYZ"}, "#/currency"),
            ({"currency": "USD"}, "#/lines/0/unit_price/currency"),
            ({"due_date": "0001-01-01"}, "#/due_date"),
            ({"lines": [invoice_line(quantity="0")]}, "#/lines/0/quantity"),
            ({"lines": [invoice_line(price=-1)]}, "#/lines/0/unit_price"),
            ({"lines": [invoice_line(unit="pieces")]}, "#/lines/0/unit"),
            ({"lines": [invoice_line(unit="ZZZ")]}, "#/lines/0/unit"),
            (
                {"lines": [invoice_line(quantity="999999999999", price=9_000_000_000_000_000)]},
                "#/lines",
            ),
            ({"buyer_organisation_id": str(UUID(int=1))}, "#/buyer_organisation_id"),
            ({"language": "de"}, "#/language"),
            ({"paid_amount": 5}, "#/paid_amount"),
        ],
    )
    async def test_what_cannot_be_invoiced_is_named(self, pair, owner, change, pointer):
        await let_trade(pair)
        body = {
            "buyer_organisation_id": str(pair.buyer.organisation_id),
            "currency": "KZT",
            "lines": [invoice_line()],
            **change,
        }
        answer = await pair.vendor.client.post("/api/v1/invoices", json=body)
        assert pointer in [where for where, _ in pointers(answer)]
        assert await owner.fetchval("select count(*) from invoicing_invoices") == 0
        assert await owner.fetchval("select count(*) from invoicing_invoice_lines") == 0

    async def test_nobody_invoices_themselves(self, pair):
        body = {
            "buyer_organisation_id": str(pair.vendor.organisation_id),
            "currency": "KZT",
            "lines": [invoice_line()],
        }
        answer = await pair.vendor.client.post("/api/v1/invoices", json=body)
        assert pointers(answer) == [("#/buyer_organisation_id", "own")]


class TestSending:
    async def test_a_sent_invoice_is_numbered_and_reaches_the_buyer(self, pair, owner):
        draft = await make_draft(pair, due_date=days_from_now(14))
        sent = ok(await pair.vendor.client.post(f"/api/v1/invoices/{draft['id']}/send"))
        assert (sent["state"], sent["number"]) == ("sent", f"INV-{YEAR}-000001")
        assert (sent["issue_date"], sent["due_date"]) == (TODAY.isoformat(), days_from_now(14))
        assert sent["due"] == sent["total"]
        received = await reread(pair.buyer, sent)
        assert (received["side"], received["actions"]) == ("received", [])
        assert received["lines"] == sent["lines"]
        (event,) = await events_of(owner, sent["id"], "invoice.sent")
        assert event["payload"]["parties"] == {
            "seller": str(pair.vendor.organisation_id),
            "buyer": str(pair.buyer.organisation_id),
        }
        assert event["payload"]["data"]["total"] == kzt(15_599)

    async def test_a_sent_invoice_is_never_edited(self, pair, owner):
        sent = await make_sent(pair)
        path = f"/api/v1/invoices/{sent['id']}"
        problem(
            await pair.vendor.client.patch(path, json={"notes": "x"}), 409, "invoicing.not_editable"
        )
        problem(await pair.buyer.client.patch(path, json={"notes": "x"}), 403, "forbidden")
        problem(await pair.vendor.client.post(f"{path}/send"), 409, "invalid_transition")
        assert await reread(pair.vendor, sent) == sent

    async def test_the_due_date_must_not_have_passed(self, pair, owner):
        draft = await make_draft(pair, due_date=days_from_now(-1))
        answer = await pair.vendor.client.post(f"/api/v1/invoices/{draft['id']}/send")
        assert pointers(answer) == [("#/due_date", "past")]
        assert (await reread(pair.vendor, draft))["state"] == "draft"
        assert await owner.fetchval("select count(*) from kit_number_series") == 0

    async def test_the_parties_are_frozen_when_it_is_sent(self, pair, owner):
        sent = await make_sent(pair)
        path = f"/api/v1/organisations/{pair.vendor.organisation_id}"
        ok(await pair.vendor.client.patch(path, json={"legal_name": "Renamed LLP"}))
        row = await owner.fetchrow(
            "select seller->>'legal_name' as seller, seller->'bank'->>'account' as account,"
            " buyer->>'legal_name' as buyer, buyer ? 'bank' as buyer_bank from invoicing_invoices"
            " where id = $1",
            UUID(sent["id"]),
        )
        assert dict(row) == {
            "seller": "Silk Road Supply LLP",
            "account": "KZ86125KZT5004100100",
            "buyer": "Steppe Retail JSC",
            "buyer_bank": False,
        }

    async def test_fifty_writers_leave_no_gap(self, pair, owner):
        drafts = await asyncio.gather(*(make_draft(pair) for _ in range(50)))

        async def send(index: int, draft: dict) -> int:
            path = f"/api/v1/invoices/{draft['id']}/send"
            # Every fifth is refused after it was looked at, and must not use up a number.
            body = {"version": 99} if index % 5 == 0 else {}
            return (await pair.vendor.client.post(path, json=body)).status_code

        answers = await asyncio.gather(*(send(index, one) for index, one in enumerate(drafts)))
        assert sorted(answers) == [200] * 40 + [409] * 10
        numbers = await owner.fetch(
            "select number from invoicing_invoices where number is not null order by number"
        )
        assert [row["number"] for row in numbers] == [
            f"INV-{YEAR}-{number:06d}" for number in range(1, 41)
        ]


class TestVoiding:
    async def test_before_any_payment(self, pair, owner):
        sent = await make_sent(pair)
        path = f"/api/v1/invoices/{sent['id']}/void"
        assert pointers(await pair.vendor.client.post(path)) == [("#/reason", "required")]
        problem(await pair.buyer.client.post(path, json={"reason": "x"}), 403, "forbidden")
        void = ok(await pair.vendor.client.post(path, json={"reason": "Wrong price"}))
        assert (void["state"], void["number"], void["due"]) == ("void", sent["number"], kzt(0))
        assert void["actions"] == []
        problem(await pay(pair, sent, 1, "A"), 409, "invoicing.not_payable")

    async def test_not_after_a_payment(self, pair):
        sent = await make_sent(pair)
        ok(await pay(pair, sent, 1, "A"), 201)
        answer = await pair.vendor.client.post(
            f"/api/v1/invoices/{sent['id']}/void", json={"reason": "x"}
        )
        problem(answer, 409, "invoicing.already_settled")
        assert (await reread(pair.vendor, sent))["state"] == "sent"


class TestLists:
    async def test_filters_sorting_and_the_spreadsheet(self, pair, owner):
        first = await make_sent(pair, buyer_reference="=HYPERLINK(1)", due_date=days_from_now(3))
        second = await make_sent(pair, lines=[invoice_line(price=5)], notes="x")
        draft = await make_draft(pair)
        await owner.execute(
            "update invoicing_invoices set due_date = current_date - 1 where id = $1",
            UUID(second["id"]),
        )

        async def ids(account, **params):
            found = ok(await account.client.get("/api/v1/invoices", params=params))
            assert found["total"] == len(found["items"])
            return [one["id"] for one in found["items"]]

        newest_first = [draft["id"], second["id"], first["id"]]
        assert await ids(pair.vendor) == newest_first
        assert await ids(pair.vendor, side="received") == []
        assert await ids(pair.buyer, side="received") == newest_first[1:]
        assert await ids(pair.vendor, state=["draft", "paid"]) == [draft["id"]]
        assert await ids(pair.vendor, overdue=True) == [second["id"]]
        assert await ids(pair.vendor, overdue=False) == [draft["id"], first["id"]]
        assert await ids(pair.vendor, sort="total", state="sent") == [second["id"], first["id"]]
        assert await ids(pair.vendor, q="hyperlink(") == [first["id"]]
        assert await ids(pair.vendor, q="%") == []
        assert await ids(pair.vendor, issued_from=days_from_now(1)) == []
        assert await ids(pair.vendor, issued_to=days_from_now(0)) == newest_first[1:]
        assert await ids(pair.vendor, kind="credit_note") == []
        assert (await reread(pair.vendor, second))["overdue"] is True

        export = await pair.buyer.client.get("/api/v1/invoices.csv", params={"sort": "total"})
        assert export.headers["content-type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(export.content.decode("utf-8-sig"))))
        assert [(row["number"], row["total"], row["overdue"], row["due"]) for row in rows] == [
            (second["number"], "0.18", "yes", "0.18"),
            (first["number"], "155.99", "no", "155.99"),
        ]


class TestWho:
    async def test_strangers_find_nothing_and_viewers_only_read(self, app, pair, owner):
        sent = await make_sent(pair)
        stranger = await register(app, role="vendor")
        viewer = await add_member(pair.vendor, "viewer")
        path = f"/api/v1/invoices/{sent['id']}"
        calls = (
            ("GET", "", None),
            ("GET", ".pdf", None),
            ("GET", ".xml", None),
            ("PATCH", "", {"notes": "x"}),
            ("POST", "/send", {}),
            ("POST", "/void", {"reason": "x"}),
            ("POST", "/payments", {"amount": kzt(1), "reference": "x"}),
            ("POST", "/credit-notes", {"full": True, "reason": "x"}),
        )
        for method, end, body in calls:
            answer = await stranger.client.request(method, path + end, json=body)
            problem(answer, 404, "not_found")
            answer = await viewer.client.request(method, path + end, json=body)
            assert answer.status_code == (200 if method == "GET" else 403), (end, answer.text)
        assert await reread(pair.vendor, sent) == sent

    async def test_the_database_alone_keeps_strangers_out(self, app, pair, database):
        sent = await make_sent(pair)
        ok(await pay(pair, sent, 1, "A"), 201)
        await make_draft(pair)
        stranger = await register(app, role="vendor")
        counts = {}
        for name, account in (
            ("stranger", stranger),
            ("buyer", pair.buyer),
            ("vendor", pair.vendor),
        ):
            scope = Scope(account.organisation_id, account.user_id)
            async with database.transaction(scope) as session:
                counts[name] = [
                    (
                        await session.execute(text(f"select count(*) from invoicing_{table}"))
                    ).scalar_one()
                    for table in ("invoices", "invoice_lines", "payments")
                ]
        assert counts == {"stranger": [0, 0, 0], "buyer": [1, 2, 1], "vendor": [2, 4, 1]}
        scope = Scope(pair.buyer.organisation_id, pair.buyer.user_id)
        async with database.transaction(scope) as session:
            changed = await session.execute(
                text("update invoicing_invoices set paid_amount = total_amount")
            )
            assert changed.rowcount == 0


async def test_only_those_who_trade_get_invoices(pair, owner):
    """A stranger reaches nobody: not with a draft, and not with one that was written while there was a link."""
    body = {
        "buyer_organisation_id": str(pair.buyer.organisation_id),
        "currency": "KZT",
        "lines": [invoice_line()],
    }
    refused = await pair.vendor.client.post("/api/v1/invoices", json=body)
    problem(refused, 409, "invoicing.no_trade")
    assert await owner.fetchval("select count(*) from invoicing_invoices") == 0
    draft = await make_draft(pair)
    await owner.execute("update links_links set state = 'left'")
    send = f"/api/v1/invoices/{draft['id']}/send"
    problem(await pair.vendor.client.post(send), 409, "invoicing.no_trade")
    kept = await owner.fetchrow("select state, number, sent_at from invoicing_invoices")
    assert tuple(kept) == ("draft", None, None)
    # A deal is trade, whatever became of the link.
    await make_deal(pair)
    ok(await pair.vendor.client.post(send))
