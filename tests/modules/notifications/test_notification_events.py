"""Who is told of what, from real trade through the public API to the feeds of the people concerned."""

import asyncpg
from fastapi import FastAPI

from tests.factories.accounts import Account, add_member, register
from tests.factories.deals import Pair, act, make_deal, make_invoice, make_pair, signature
from tests.factories.notifications import feed, kinds_told, serve_category, unread
from tests.factories.procurement import (
    in_days,
    invite,
    kzt,
    make_published,
    make_request,
    ok,
    pass_deadline,
    publish,
    submit_quote,
)


async def vendor_of(app: FastAPI, *categories: str, name: str = "Silk Road Supply") -> Account:
    vendor = await register(app, role="vendor", organisation_name=name, display_name="Timur")
    if categories:
        await serve_category(vendor, *categories)
    return vendor


async def buyer_of(app: FastAPI) -> Account:
    return await register(app, role="buyer", organisation_name="Steppe Retail")


class TestOpportunities:
    async def test_vendors_of_the_category_hear_of_a_public_request(
        self, app: FastAPI, drain
    ) -> None:
        buyer = await buyer_of(app)
        matching = await vendor_of(app, "construction", "food")
        salesman = await add_member(matching, "sales")
        viewer = await add_member(matching, "viewer")
        bookkeeper = await add_member(matching, "buyer")
        other = await vendor_of(app, "food")
        request = await make_published(buyer)
        await drain()
        for account in (matching, salesman):
            [told] = [one for one in await feed(account) if one["group"] == "opportunities"]
            assert told["kind"] == "request.published"
            assert told["title"] == f"New request: {request['title']}"
            assert told["body"].startswith(f"Steppe Retail has published {request['number']}.")
            assert told["link"] == f"/app/board/{request['id']}"
            assert told["actor_name"] == "Steppe Retail"
            assert told["read_at"] is None
        for account in (viewer, bookkeeper, other, buyer):
            assert "request.published" not in await kinds_told(account)

    async def test_only_the_invited_hear_of_a_request_by_invitation(
        self, app: FastAPI, drain
    ) -> None:
        buyer, matching = await buyer_of(app), await vendor_of(app, "construction")
        invited = await vendor_of(app)
        draft = await make_request(buyer, visibility="invited")
        await invite(buyer, draft, invited)
        await publish(buyer, draft)
        await drain()
        assert await kinds_told(invited) == ["request.invited"]
        assert await kinds_told(matching) == []

    async def test_who_is_invited_by_name_is_told_once(self, app: FastAPI, drain) -> None:
        buyer, vendor = await buyer_of(app), await vendor_of(app, "construction")
        draft = await make_request(buyer)
        await invite(buyer, draft, vendor)
        await publish(buyer, draft)
        await drain()
        assert await kinds_told(vendor) == ["request.invited"]


class TestRequests:
    async def test_bidders_follow_the_request_and_strangers_do_not(
        self, app: FastAPI, drain
    ) -> None:
        buyer, bidder, invited = await buyer_of(app), await vendor_of(app), await vendor_of(app)
        stranger = await vendor_of(app)
        request = await make_published(buyer)
        await submit_quote(bidder, request)
        await invite(buyer, request, invited)
        path = f"/api/v1/requests/{request['id']}"
        ok(await buyer.client.post(f"{path}/extend", json={"quotes_due_at": in_days(20)}))
        ok(
            await buyer.client.post(
                f"{path}/amend", json={"description": "In one batch.", "note": "Read again."}
            )
        )
        ok(await buyer.client.post(f"{path}/cancel", json={"reason": "Budget was cut"}))
        await drain()
        changes = ["request.extended", "request.amended", "request.cancelled"]
        assert await kinds_told(bidder) == changes
        assert await kinds_told(invited) == ["request.invited", *changes]
        assert await kinds_told(stranger) == []
        cancelled, amended = (await feed(bidder))[:2]
        assert cancelled["body"].endswith("Reason: Budget was cut")
        assert amended["body"].endswith("Read again.")

    async def test_a_question_reaches_the_buyer_and_its_answer_every_bidder(
        self, app: FastAPI, drain
    ) -> None:
        buyer, asker, bidder = (
            await buyer_of(app),
            await vendor_of(app, name="Altai Metal"),
            await vendor_of(app),
        )
        request = await make_published(buyer)
        await submit_quote(bidder, request)
        path = f"/api/v1/requests/{request['id']}/questions"
        question = ok(await asker.client.post(path, json={"text": "Which grade?"}), 201)
        await drain()
        told = (await feed(buyer))[0]
        assert (told["kind"], told["actor_name"]) == ("question.asked", "Altai Metal")
        assert told["link"] == f"/app/requests/{request['id']}"
        assert "question.asked" not in await kinds_told(bidder)
        ok(await buyer.client.post(f"{path}/{question['id']}/answer", json={"answer": "M500"}))
        await drain()
        for vendor in (asker, bidder):
            told = (await feed(vendor))[0]
            assert (told["kind"], told["link"]) == (
                "question.answered",
                f"/app/board/{request['id']}",
            )
            assert "Altai" not in told["title"] + told["body"]


class TestQuotes:
    async def test_people_who_buy_hear_of_a_quote(self, app: FastAPI, drain) -> None:
        buyer, vendor = await buyer_of(app), await vendor_of(app)
        colleague, seller = await add_member(buyer, "buyer"), await add_member(buyer, "sales")
        request = await make_published(buyer)
        quote = await submit_quote(vendor, request)
        await drain()
        for account in (buyer, colleague):
            [told] = await feed(account, group="quotes")
            assert told["kind"] == "quote.submitted"
            assert told["title"] == f"New quote for {request['number']}"
            assert told["body"] == (
                f"Silk Road Supply has quoted “{request['title']}”: {quote['number']}."
            )
            assert told["link"] == f"/app/quotes/{quote['id']}"
        assert "quote.submitted" not in await kinds_told(seller)
        assert await kinds_told(vendor) == []

    async def test_a_sealed_quote_says_neither_whose_it_is_nor_where(
        self, app: FastAPI, drain, owner: asyncpg.Connection
    ) -> None:
        buyer, vendor = await buyer_of(app), await vendor_of(app)
        request = await make_published(buyer, sealed=True)
        quote = await submit_quote(vendor, request)
        path = f"/api/v1/quotes/{quote['id']}/withdraw"
        ok(await vendor.client.post(path, json={"reason": "Silk Road has no cement"}))
        await drain()
        kinds = ["quote.submitted.sealed", "quote.withdrawn.sealed"]
        assert await kinds_told(buyer) == kinds
        for told in await feed(buyer):
            assert told["link"] == f"/app/requests/{request['id']}"
            assert told["actor_name"] is None
        rows = await owner.fetch(
            "select to_jsonb(i)::text as whole from notifications_items i where user_id = $1",
            buyer.user_id,
        )
        news = await owner.fetch(
            "select topic, payload::text as whole from kit_realtime_events where organisation_id = $1",
            buyer.organisation_id,
        )
        secrets = ("Silk", "Timur", quote["id"], quote["number"], str(vendor.organisation_id))
        for row in [*rows, *news]:
            assert not any(secret in row["whole"] for secret in secrets), row
        assert "quote.changed" not in {row["topic"] for row in news}

    async def test_after_the_deadline_a_sealed_quote_is_named(
        self, app: FastAPI, drain, owner: asyncpg.Connection
    ) -> None:
        buyer, vendor = await buyer_of(app), await vendor_of(app)
        request = await make_published(buyer, sealed=True)
        quote = await submit_quote(vendor, request)
        await drain()
        await pass_deadline(owner, request)
        ok(await vendor.client.post(f"/api/v1/quotes/{quote['id']}/withdraw", json={}))
        await drain()
        told = (await feed(buyer))[0]
        assert (told["kind"], told["actor_name"]) == ("quote.withdrawn", "Silk Road Supply")

    async def test_an_award_tells_winner_and_losers(self, app: FastAPI, drain) -> None:
        buyer, winner, loser = await buyer_of(app), await vendor_of(app), await vendor_of(app)
        request = await make_published(buyer)
        first, second = await submit_quote(winner, request), await submit_quote(loser, request)
        path = f"/api/v1/requests/{request['id']}"
        ids = [first["id"], second["id"]]
        ok(await buyer.client.post(f"{path}/shortlist", json={"quote_ids": ids}))
        award = {"allocations": [{"quote_id": first["id"], "lines": None}]}
        ok(await buyer.client.post(f"{path}/award", json=award))
        await drain()
        assert sorted(await kinds_told(winner)) == ["deal.opened", "quote.accepted"]
        assert await kinds_told(loser) == ["quote.held"]

    async def test_the_end_of_a_request_is_not_told_quote_by_quote(
        self, app: FastAPI, drain
    ) -> None:
        buyer, vendor = await buyer_of(app), await vendor_of(app)
        request = await make_published(buyer)
        await submit_quote(vendor, request)
        path = f"/api/v1/requests/{request['id']}/close-without-award"
        ok(await buyer.client.post(path, json={"reason": "Too expensive"}))
        await drain()
        assert await kinds_told(vendor) == ["request.closed_without_award"]


class TestDealsAndInvoices:
    async def test_each_side_hears_what_the_other_does(self, app: FastAPI, drain) -> None:
        pair = await make_pair(app)
        deal = await make_deal(pair)
        await drain()
        await self._read_all(pair)
        await act(pair.vendor, deal, "sign", **signature(deal))
        await drain()
        [signed] = await feed(pair.buyer, unread=True)
        assert (signed["kind"], signed["link"]) == ("deal.signed", f"/app/deals/{deal['id']}")
        assert signed["actor_name"] == "Silk Road Supply"
        assert await feed(pair.vendor, unread=True) == []
        await self._read_all(pair)
        await act(pair.buyer, deal, "sign", **signature(deal))
        await drain()
        assert [one["kind"] for one in await feed(pair.vendor, unread=True)] == ["deal.concluded"]
        # Who has signed knows it; their colleagues are told.
        assert await feed(pair.buyer, unread=True) == []

    async def test_an_invoice_is_told_to_who_pays_and_its_payment_to_both(
        self, app: FastAPI, drain
    ) -> None:
        pair = await make_pair(app)
        deal, invoice = await make_invoice(pair)
        await drain()
        [sent] = await feed(pair.buyer, kind="invoice.sent")
        assert sent["link"] == f"/app/invoices/{invoice['id']}"
        assert invoice["number"] in sent["title"]
        assert await feed(pair.vendor, kind="invoice.sent") == []
        colleague = await add_member(pair.vendor, "sales")
        path = f"/api/v1/invoices/{invoice['id']}/payments"
        ok(await pair.vendor.client.post(path, json={"amount": kzt(100), "reference": "P-1"}), 201)
        rest = {"amount": kzt(invoice["total"]["amount"] - 100), "reference": "P-2"}
        ok(await pair.vendor.client.post(path, json=rest), 201)
        await drain()
        told = [one["kind"] for one in await feed(pair.buyer, group="invoices")]
        assert told == ["invoice.paid", "invoice.payment_recorded", "invoice.sent"]
        assert [one["kind"] for one in await feed(colleague, group="invoices")] == ["invoice.paid"]
        assert deal["id"]

    async def _read_all(self, pair: Pair) -> None:
        for account in (pair.buyer, pair.vendor):
            ok(await account.client.post("/api/v1/notifications/read-all"))
            assert await unread(account) == 0


class TestApprovals:
    async def test_who_may_decide_is_asked_and_who_asked_is_answered(
        self, app: FastAPI, drain
    ) -> None:
        head = await buyer_of(app)
        manager, clerk = await add_member(head, "manager"), await add_member(head, "buyer")
        rules = {"rules": [{"purpose": "publish", "above": kzt(1), "approver_role": "admin"}]}
        ok(await head.client.put("/api/v1/approval-rules", json=rules))
        draft = await make_request(clerk)
        opened = ok(
            await clerk.client.post(
                f"/api/v1/requests/{draft['id']}/approvals", json={"purpose": "publish"}
            ),
            201,
        )
        await drain()
        [asked] = await feed(head, group="approvals")
        assert (asked["kind"], asked["link"]) == ("approval.requested", "/app/approvals")
        assert asked["actor_name"] == clerk.display_name
        assert await feed(manager, group="approvals") == []
        assert await feed(clerk, group="approvals") == []
        path = f"/api/v1/approvals/{opened['id']}/reject"
        ok(
            await head.client.post(
                path, json={"version": opened["version"], "reason": "Not this year"}
            )
        )
        await drain()
        [decided] = await feed(clerk, group="approvals")
        assert decided["kind"] == "approval.rejected"
        assert decided["body"].endswith("Reason: Not this year")


class TestTeam:
    async def test_leaders_hear_who_joins_and_a_member_of_a_new_role(
        self, app: FastAPI, drain
    ) -> None:
        head = await buyer_of(app)
        admin = await add_member(head, "admin")
        await drain()
        ok(await admin.client.post("/api/v1/notifications/read-all"))
        clerk = await add_member(head, "buyer", display_name="Dana")
        path = f"/api/v1/organisations/{head.organisation_id}/members/{clerk.user_id}"
        ok(await head.client.patch(path, json={"role": "manager"}))
        await drain()
        told = await feed(admin, group="team", unread=True)
        assert [one["kind"] for one in told] == ["member.joined", "member.invited"]
        assert (told[0]["title"], told[0]["body"]) == ("Dana has joined", "Role: buyer.")
        assert told[0]["link"] == "/app/team"
        [changed] = await feed(clerk)
        assert (changed["kind"], changed["body"]) == (
            "member.role_changed",
            "You are now manager. Changed by Aigerim Nurlanova.",
        )
