"""How deals end: refused, cancelled by both, invoiced and paid, put away."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from karavan.kit.events import Event
from karavan.kit.jobs import JobContext
from karavan.kit.scopes import SYSTEM
from karavan.modules.procurement.deal_handlers import follow_payment, follow_void
from karavan.modules.procurement.deal_tasks import archive_paid_deals
from karavan.worker import runtime_of
from tests.factories.deals import (
    act,
    award,
    deal_of,
    make_contract,
    make_deal,
    make_invoice,
    read,
    signature,
)
from tests.factories.procurement import (
    events_of,
    kzt,
    line,
    make_published,
    ok,
    pointers,
    problem,
    submit_quote,
)
from tests.modules.procurement.test_deals import propose


class TestEnding:
    async def test_the_vendor_refuses_with_a_reason(self, pair, owner):
        deal = await make_deal(pair)
        path = f"/api/v1/deals/{deal['id']}/refuse"
        assert pointers(await pair.vendor.client.post(path)) == [("#/reason", "required")]
        problem(await pair.buyer.client.post(path, json={"reason": "No"}), 403, "forbidden")
        refused = ok(await pair.vendor.client.post(path, json={"reason": "Out of stock"}))
        assert (refused["state"], refused["actions"]) == ("cancelled", [])
        events = await events_of(owner, deal["id"], "deal.refused")
        assert events[0]["payload"]["reason"] == "Out of stock"

    async def test_both_sides_must_want_to_cancel(self, pair, owner):
        deal = await make_contract(pair)
        path = f"/api/v1/deals/{deal['id']}/cancel"
        asked = ok(await pair.buyer.client.post(path, json={"reason": "Budget cut"}))
        assert (asked["state"], asked["cancel_asked_by"]) == ("contract", ["buyer"])
        again = await pair.buyer.client.post(path, json={"reason": "Budget cut"})
        problem(again, 409, "procurement.already_asked")
        agreed = ok(await pair.vendor.client.post(path, json={"reason": "Agreed"}))
        assert (agreed["state"], agreed["cancel_asked_by"]) == ("cancelled", ["buyer", "vendor"])
        types = [event["type"] for event in await events_of(owner, deal["id"])]
        assert types[-2:] == ["deal.cancel_asked", "deal.cancelled"]

    async def test_new_terms_let_the_wish_to_cancel_lapse(self, pair):
        deal = await make_deal(pair)
        await act(pair.buyer, deal, "cancel", reason="Too dear")
        changed = ok(await propose(pair.vendor, deal, notes="Better"))
        assert changed["cancel_asked_by"] == []

    async def test_archive_when_paid(self, pair):
        deal = await make_contract(pair)
        path = f"/api/v1/deals/{deal['id']}/archive"
        problem(await pair.buyer.client.post(path), 409, "invalid_transition")


class TestInvoicing:
    async def test_the_invoice_says_what_was_signed(self, pair, owner):
        deal, invoice = await make_invoice(pair, quote={"payment_days": 14})
        today = datetime.now(UTC).date()
        assert deal["state"] == "invoiced"
        assert invoice["number"] == f"INV-{today.year}-000001"
        assert (invoice["state"], invoice["side"], invoice["subject_label"]) == (
            "sent",
            "issued",
            deal["number"],
        )
        assert (invoice["net"], invoice["tax"], invoice["total"]) == (
            deal["net"],
            deal["tax"],
            deal["total"],
        )
        assert invoice["due"] == deal["total"]
        assert date.fromisoformat(invoice["due_date"]) == today + timedelta(days=14)
        assert invoice["self_billed"] is False
        seen = ok(await pair.buyer.client.get(f"/api/v1/invoices/{invoice['id']}"))
        assert (seen["side"], seen["actions"]) == ("received", [])

    async def test_the_buyer_may_bill_itself_in_the_vendors_series(self, pair, owner):
        deal = await make_contract(pair)
        deal = await act(pair.buyer, deal, "create-invoice", buyer_reference="PO-77")
        invoice = ok(await pair.vendor.client.get(f"/api/v1/invoices/{deal['invoice']['id']}"))
        assert (invoice["self_billed"], invoice["buyer_reference"]) == (True, "PO-77")
        row = await owner.fetchrow("select * from kit_number_series where name = 'INV'")
        assert (row["organisation_id"], row["last_number"]) == (pair.vendor.organisation_id, 1)

    async def test_a_due_date_in_the_past_is_refused(self, pair, owner):
        deal = await make_contract(pair)
        answer = await pair.vendor.client.post(
            f"/api/v1/deals/{deal['id']}/create-invoice", json={"due_date": "2020-01-01"}
        )
        assert pointers(answer) == [("#/due_date", "past")]
        assert await owner.fetchval("select count(*) from invoicing_invoices") == 0
        assert (await read(pair.vendor, deal))["state"] == "contract"

    async def test_an_outside_payment_settles_deal_and_invoice(self, pair, owner, drain):
        deal, _ = await make_invoice(pair)
        problem(
            await pair.buyer.client.post(
                f"/api/v1/deals/{deal['id']}/mark-paid", json={"reference": "TT-1"}
            ),
            403,
            "forbidden",
        )
        paid = await act(pair.vendor, deal, "mark-paid", reference="TT-1")
        assert (paid["state"], paid["invoice"]["state"], paid["invoice"]["due"]) == (
            "paid",
            "paid",
            kzt(0),
        )
        await drain()
        assert [event["type"] for event in await events_of(owner, deal["id"])][-1] == "deal.paid"
        archived = await act(pair.buyer, paid, "archive")
        assert (archived["state"], archived["actions"]) == ("archived", [])

    async def test_part_payments_of_the_invoice_settle_the_deal(self, pair, drain):
        deal, invoice = await make_invoice(pair)
        path = f"/api/v1/invoices/{invoice['id']}/payments"
        half = {"amount": kzt(invoice["total"]["amount"] // 2), "reference": "A"}
        ok(await pair.vendor.client.post(path, json=half), 201)
        await drain()
        assert (await read(pair.vendor, deal))["state"] == "invoiced"
        due = ok(await pair.vendor.client.get(f"/api/v1/invoices/{invoice['id']}"))["due"]
        ok(await pair.vendor.client.post(path, json={"amount": due, "reference": "B"}), 201)
        await drain()
        settled = await read(pair.buyer, deal)
        assert settled["state"] == "paid"
        assert settled["paid_at"] is not None

    async def test_a_voided_invoice_can_be_written_again(self, pair, drain):
        deal, invoice = await make_invoice(pair)
        path = f"/api/v1/invoices/{invoice['id']}/void"
        ok(await pair.vendor.client.post(path, json={"reason": "Wrong address"}))
        await drain()
        back = await read(pair.vendor, deal)
        assert (back["state"], back["invoice"]) == ("contract", None)
        again = await act(pair.vendor, back, "create-invoice")
        assert again["invoice"]["number"].endswith("-000002")

    async def test_paid_deals_are_archived_after_90_days(
        self, app, pair, owner, settings, database
    ):
        deal, _ = await make_invoice(pair)
        await act(pair.vendor, deal, "mark-paid", reference="TT-1")
        runtime = runtime_of(settings, database)
        context = JobContext(
            database=database, settings=settings, services=runtime.services, job_id=1
        )
        await archive_paid_deals(context)
        assert (await read(pair.vendor, deal))["state"] == "paid"
        await owner.execute("update procurement_deals set paid_at = now() - interval '91 days'")
        await archive_paid_deals(context)
        await archive_paid_deals(context)
        archived = await read(pair.vendor, deal)
        assert archived["state"] == "archived"
        assert len(await events_of(owner, deal["id"], "deal.archived")) == 1

    async def test_a_deal_whose_invoice_was_settled_a_moment_ago(self, pair, owner, drain):
        deal, invoice = await make_invoice(pair)
        path = f"/api/v1/invoices/{invoice['id']}/payments"
        body = {"amount": invoice["total"], "reference": "A"}
        ok(await pair.vendor.client.post(path, json=body), 201)
        answer = await pair.vendor.client.post(
            f"/api/v1/deals/{deal['id']}/mark-paid", json={"reference": "B"}
        )
        problem(answer, 409, "invoicing.not_payable")
        assert await owner.fetchval("select count(*) from invoicing_payments") == 1
        await drain()
        assert (await read(pair.vendor, deal))["state"] == "paid"

    @pytest.mark.parametrize(
        ("handler", "verb", "recorded", "state"),
        [
            (follow_payment, "paid", "deal.paid", "paid"),
            (follow_void, "voided", "deal.invoice_lost", "contract"),
        ],
    )
    async def test_handlers_may_run_again(  # a table of cases
        self, pair, owner, database, handler, verb, recorded, state
    ):
        deal, invoice = await make_invoice(pair)
        event = Event(
            sequence=1,
            type=f"invoice.{verb}",
            organisation_id=pair.vendor.organisation_id,
            aggregate_id=UUID(invoice["id"]),
            payload={"data": {"subject_type": "deal", "subject_id": deal["id"]}},
            occurred_at=datetime.now(UTC),
        )
        for _ in range(2):
            async with database.transaction(SYSTEM) as session:
                await handler(session, event)
            assert (await read(pair.buyer, deal))["state"] == state
            assert len(await events_of(owner, deal["id"], recorded)) == 1

    async def test_what_is_free_is_settled_at_once(self, pair, drain):
        published = await make_published(pair.buyer, lines=[line("Samples", "5")])
        free = {
            "request_line_id": published["lines"][0]["id"],
            "kind": "offered",
            "unit_price": kzt(0),
            "tax_rate": "12",
        }
        quote = await submit_quote(pair.vendor, published, lines=[free])
        await award(pair.buyer, published, quote)
        deal = await deal_of(pair.buyer, published)
        for account in (pair.buyer, pair.vendor):
            await act(account, deal, "sign", **signature(deal))
        invoiced = await act(pair.vendor, deal, "create-invoice")
        assert (invoiced["invoice"]["state"], invoiced["invoice"]["due"]) == ("paid", kzt(0))
        await drain()
        assert (await read(pair.buyer, deal))["state"] == "paid"
