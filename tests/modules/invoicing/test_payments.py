"""Payments and credit notes: what is due is never negative, whoever acts at once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.invoices import credit, invoice_line, make_draft, make_sent, pay, reread
from tests.factories.procurement import events_of, kzt, ok, pointers, problem

TODAY = datetime.now(UTC).date()
TOTAL = 15_599


class TestPayments:
    async def test_parts_add_up_and_the_last_one_settles(self, pair, owner):
        sent = await make_sent(pair)
        first = ok(await pay(pair, sent, 10_000, "TT-1", method="cash"), 201)
        assert (first["amount"], first["paid_on"], first["method"]) == (
            kzt(10_000),
            TODAY.isoformat(),
            "cash",
        )
        between = await reread(pair.buyer, sent)
        assert (between["state"], between["paid"], between["due"]) == (
            "sent",
            kzt(10_000),
            kzt(5_599),
        )
        ok(await pay(pair, sent, 5_599, "TT-2"), 201)
        paid = await reread(pair.buyer, sent)
        assert (paid["state"], paid["due"], paid["overdue"]) == ("paid", kzt(0), False)
        assert [one["reference"] for one in paid["payments"]] == ["TT-1", "TT-2"]
        assert paid["paid_at"] is not None
        assert [event["type"] for event in await events_of(owner, sent["id"])] == [
            "invoice.sent",
            "invoice.payment_recorded",
            "invoice.paid",
            "invoice.payment_recorded",
        ]

    async def test_more_than_is_due_is_refused_with_what_is_due(self, pair, owner):
        sent = await make_sent(pair)
        ok(await pay(pair, sent, 10_000, "A"), 201)
        answer = await pay(pair, sent, 5_600, "B")
        body = problem(answer, 409, "invoicing.payment_too_large")
        assert body["meta"] == {"due": kzt(5_599)}
        assert await owner.fetchval("select count(*) from invoicing_payments") == 1
        assert await owner.fetchval("select paid_amount from invoicing_invoices") == 10_000

    async def test_a_reference_counts_once(self, pair):
        sent = await make_sent(pair)
        ok(await pay(pair, sent, 100, "A"), 201)
        problem(await pay(pair, sent, 100, "A"), 409, "invoicing.duplicate_payment")
        other = await make_sent(pair)
        ok(await pay(pair, other, 100, "A"), 201)

    async def test_an_idempotency_key_gives_the_first_answer_again(self, pair, owner):
        sent = await make_sent(pair)
        path = f"/api/v1/invoices/{sent['id']}/payments"
        body = {"amount": kzt(100), "reference": "A"}
        answers = await asyncio.gather(
            *(
                pair.vendor.client.post(path, json=body, headers={"idempotency-key": "k-1"})
                for _ in range(4)
            )
        )
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert await owner.fetchval("select paid_amount from invoicing_invoices") == 100

    async def test_payments_at_once_never_exceed_what_is_due(self, pair, owner):
        sent = await make_sent(pair)
        answers = await asyncio.gather(*(pay(pair, sent, 4_000, f"R-{n}") for n in range(12)))
        assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 9
        assert await owner.fetchval("select paid_amount from invoicing_invoices") == 12_000
        assert await owner.fetchval("select sum(amount) from invoicing_payments") == 12_000
        ok(await pay(pair, sent, 3_599, "last"), 201)
        assert (await reread(pair.vendor, sent))["state"] == "paid"

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"amount": kzt(0)}, "#/amount"),
            ({"amount": kzt(-5)}, "#/amount"),
            ({"amount": {"amount": 5, "currency": "USD"}}, "#/amount/currency"),
            ({"paid_on": (TODAY + timedelta(days=2)).isoformat()}, "#/paid_on"),
            ({"paid_on": "1999-12-31"}, "#/paid_on"),
            ({"reference": " "}, "#/reference"),
            ({"method": "barter"}, "#/method"),
        ],
    )
    async def test_impossible_payments_are_named(self, pair, owner, change, pointer):
        sent = await make_sent(pair)
        path = f"/api/v1/invoices/{sent['id']}/payments"
        body = {"amount": kzt(1), "reference": "A", **change}
        answer = await pair.vendor.client.post(path, json=body)
        assert [where for where, _ in pointers(answer)] == [pointer]
        assert await owner.fetchval("select count(*) from invoicing_payments") == 0

    async def test_only_the_seller_records_them_and_only_on_what_was_sent(self, pair):
        draft = await make_draft(pair)
        problem(await pay(pair, draft, 1, "A"), 409, "invoicing.not_payable")
        sent = await make_sent(pair)
        answer = await pair.buyer.client.post(
            f"/api/v1/invoices/{sent['id']}/payments", json={"amount": kzt(1), "reference": "A"}
        )
        problem(answer, 403, "forbidden")


class TestCreditNotes:
    async def test_a_paid_invoice_is_credited_whole(self, pair, owner):
        sent = await make_sent(pair)
        ok(await pay(pair, sent, TOTAL, "A"), 201)
        note = ok(await credit(pair, sent, full=True), 201)
        assert (note["kind"], note["state"], note["number"]) == (
            "credit_note",
            "sent",
            f"CRN-{TODAY.year}-000001",
        )
        assert (note["net"], note["tax"], note["total"]) == (kzt(12_999), kzt(2_600), kzt(TOTAL))
        assert note["corrects"]["number"] == sent["number"]
        assert (note["due"], note["actions"], note["correction_reason"]) == (kzt(0), [], "Returned")
        corrected = await reread(pair.buyer, sent)
        assert (corrected["state"], corrected["credited"], corrected["refund_due"]) == (
            "paid",
            kzt(TOTAL),
            kzt(TOTAL),
        )
        assert [one["number"] for one in corrected["credit_notes"]] == [note["number"]]
        assert [event["type"] for event in await events_of(owner, note["id"])] == [
            "credit_note.sent"
        ]
        again = await credit(pair, sent, full=True)
        body = problem(again, 409, "invoicing.credit_too_large")
        assert body["meta"] == {"remaining": kzt(0)}

    async def test_lines_and_lower_prices(self, pair):
        sent = await make_sent(pair)
        ok(await pay(pair, sent, 1, "A"), 201)
        consulting, delivery = (one["id"] for one in sent["lines"])
        parts = [
            {"line_id": consulting, "quantity": "1"},
            {"line_id": delivery, "quantity": "1", "unit_price": kzt(999)},
        ]
        note = ok(await credit(pair, sent, lines=parts), 201)
        # 10.00 + 9.99 and 20 % of 19.99, which is 3.998.
        assert (note["net"], note["tax"], note["total"]) == (kzt(1_999), kzt(400), kzt(2_399))
        after = await reread(pair.vendor, sent)
        assert (after["due"], after["refund_due"]) == (kzt(TOTAL - 2_399 - 1), kzt(0))
        assert [one["credited"] for one in after["lines"]] == [kzt(1_000), kzt(999)]
        too_much = await credit(pair, sent, lines=[{"line_id": consulting, "quantity": "3"}])
        body = problem(too_much, 409, "invoicing.credit_too_large")
        assert body["meta"] == {"line": 0, "remaining": kzt(2_000)}
        assert await reread(pair.vendor, sent) == after

    async def test_rounding_never_credits_more_than_was_charged(self, pair):
        # Two pieces at 0.05 with 10 %: 0.01 of tax together, yet 0.005 rounds up to 0.01 for each alone.
        sent = await make_sent(pair, lines=[invoice_line("Nail", "2", 5, "10")])
        assert sent["total"] == kzt(11)
        ok(await pay(pair, sent, 11, "A"), 201)
        piece = [{"line_id": sent["lines"][0]["id"], "quantity": "1"}]
        assert ok(await credit(pair, sent, lines=piece), 201)["total"] == kzt(6)
        assert ok(await credit(pair, sent, lines=piece), 201)["total"] == kzt(5)
        body = problem(await credit(pair, sent, lines=piece), 409, "invoicing.credit_too_large")
        assert body["meta"] == {"line": 0, "remaining": kzt(0)}

    async def test_credit_notes_at_once_never_exceed_the_invoice(self, pair, owner):
        sent = await make_sent(pair)
        ok(await pay(pair, sent, TOTAL, "A"), 201)
        piece = [{"line_id": sent["lines"][0]["id"], "quantity": "1"}]
        answers = await asyncio.gather(*(credit(pair, sent, lines=piece) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 5
        assert (await reread(pair.vendor, sent))["credited"] == kzt(3_600)
        numbers = await owner.fetch(
            "select number from invoicing_invoices where kind = 'credit_note' order by number"
        )
        assert [row["number"][-1] for row in numbers] == ["1", "2", "3"]

    async def test_a_credit_that_settles_a_part_paid_invoice(self, pair, owner):
        sent = await make_sent(pair)
        # The first line with its tax is 36.00; the rest is 119.99.
        ok(await pay(pair, sent, TOTAL - 3_600, "A"), 201)
        note = [{"line_id": sent["lines"][0]["id"], "quantity": "3"}]
        ok(await credit(pair, sent, lines=note), 201)
        settled = await reread(pair.vendor, sent)
        assert (settled["state"], settled["due"], settled["refund_due"]) == (
            "paid",
            kzt(0),
            kzt(0),
        )
        assert len(await events_of(owner, sent["id"], "invoice.paid")) == 1

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({}, "#"),
            ({"full": True, "lines": [{"line_id": None, "quantity": "1"}]}, "#/lines/0/line_id"),
            ({"full": True, "reason": ""}, "#/reason"),
        ],
    )
    async def test_bodies_that_do_not_say_what(self, pair, body, pointer):
        sent = await make_sent(pair)
        assert [where for where, _ in pointers(await credit(pair, sent, **body))] == [pointer]

    async def test_lines_that_are_not_on_the_invoice(self, pair):
        sent, other = await make_sent(pair), await make_sent(pair)
        ok(await pay(pair, sent, 1, "A"), 201)
        line_id = sent["lines"][0]["id"]
        for part, pointer in (
            ({"line_id": other["lines"][0]["id"], "quantity": "1"}, "#/lines/0/line_id"),
            ({"line_id": line_id, "quantity": "3.000001"}, "#/lines/0/quantity"),
            (
                {"line_id": line_id, "quantity": "1", "unit_price": kzt(1_001)},
                "#/lines/0/unit_price",
            ),
        ):
            answer = await credit(pair, sent, lines=[part])
            assert [where for where, _ in pointers(answer)] == [pointer]
        twice = [{"line_id": line_id, "quantity": "1"}] * 2
        assert pointers(await credit(pair, sent, lines=twice)) == [("#/lines/1/line_id", "unknown")]

    async def test_what_cannot_be_credited(self, pair):
        draft = await make_draft(pair)
        problem(await credit(pair, draft, full=True), 409, "invoicing.not_creditable")
        sent = await make_sent(pair)
        unpaid = problem(await credit(pair, sent, full=True), 409, "invoicing.not_creditable")
        assert unpaid["detail"] == "Nothing has been paid: void the invoice instead."
        ok(await pay(pair, sent, TOTAL, "A"), 201)
        note = ok(await credit(pair, sent, full=True), 201)
        problem(await credit(pair, note, full=True), 409, "invoicing.not_creditable")
        problem(await pay(pair, note, 1, "A"), 409, "invoicing.not_payable")
        answer = await pair.vendor.client.post(
            f"/api/v1/invoices/{note['id']}/void", json={"reason": "x"}
        )
        problem(answer, 409, "invoicing.already_settled")
