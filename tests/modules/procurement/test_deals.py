"""Deals through the API: from the award to the archive."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.factories.accounts import add_member, register
from tests.factories.deals import (
    act,
    award,
    deal_of,
    make_contract,
    make_deal,
    read,
    signature,
)
from tests.factories.procurement import (
    audit_of,
    events_of,
    kzt,
    line,
    make_published,
    ok,
    pointers,
    problem,
    submit_quote,
)


def terms_body(deal: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The deal's present terms as a body, with changes."""
    terms = deal["terms"]
    fields = (
        "delivery_terms delivery_place delivery_date lead_time_days payment_terms payment_days"
        " warranty penalties notes valid_until"
    ).split()
    lines = [{k: v for k, v in one.items() if k != "net"} for one in terms["lines"]]
    return {**{name: terms[name] for name in fields}, "lines": lines, **changes}


async def propose(account, deal, **changes):
    body = {"terms": terms_body(deal, **changes), "note": "Cheaper transport."}
    return await account.client.post(f"/api/v1/deals/{deal['id']}/propose-terms", json=body)


class TestOpening:
    async def test_award_opens_a_deal_that_says_what_the_quote_said(self, pair, owner):
        quote = {"delivery": kzt(50_001), "payment_days": 14, "payment_terms": "By invoice"}
        deal = await make_deal(pair, quote=quote)

        assert deal["state"] == "negotiation"
        assert deal["number"] == f"DEAL-{datetime.now(UTC).year}-000001"
        assert deal["side"] == "buyer"
        assert (deal["buyer"]["name"], deal["vendor"]["name"]) == (
            "Steppe Retail",
            "Silk Road Supply",
        )
        # 10 t and 25.5 t at 1,000.00, and the delivery: all at 12 %, rounded once.
        assert [(one["name"], one["quantity"], one["net"]) for one in deal["terms"]["lines"]] == [
            ("Cement M500", "10", kzt(1_000_000)),
            ("Sand", "25.5", kzt(2_550_000)),
            ("Delivery", "1", kzt(50_001)),
        ]
        assert (deal["net"], deal["tax"], deal["total"]) == (
            kzt(3_600_001),
            kzt(432_000),
            kzt(4_032_001),
        )
        assert deal["terms"]["tax_groups"] == [
            {"rate": "12", "taxable": kzt(3_600_001), "tax": kzt(432_000)}
        ]
        assert (deal["terms"]["payment_days"], deal["terms"]["payment_terms"]) == (14, "By invoice")
        assert deal["terms"]["proposed_by_side"] == "vendor"
        assert [one["name"] for one in deal["actions"]] == [
            "propose-terms",
            "sign",
            "cancel",
        ]
        opened = await events_of(owner, deal["id"], "deal.opened")
        assert [event["payload"]["parties"] for event in opened] == [
            {"buyer": str(pair.buyer.organisation_id), "vendor": str(pair.vendor.organisation_id)}
        ]
        assert await audit_of(owner, deal["id"]) == ["deal.open"]

    async def test_the_vendor_sees_it_with_their_own_actions(self, pair):
        deal = await make_deal(pair)
        seen = await read(pair.vendor, deal)
        assert seen["side"] == "vendor"
        assert [one["name"] for one in seen["actions"]] == [
            "propose-terms",
            "sign",
            "refuse",
            "cancel",
        ]
        assert {**seen, "actions": [], "side": ""} == {**deal, "actions": [], "side": ""}

    async def test_the_hash_can_be_computed_from_what_the_api_shows(self, pair):
        deal = await make_deal(pair)
        content = {
            "deal_id": deal["id"],
            "terms_number": 1,
            "buyer_organisation_id": deal["buyer"]["organisation_id"],
            "vendor_organisation_id": deal["vendor"]["organisation_id"],
            "terms": terms_body(deal),
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert deal["terms"]["content_sha256"] == hashlib.sha256(text.encode()).hexdigest()


class TestTerms:
    async def test_a_new_version_replaces_the_old_and_its_signatures(self, pair, owner):
        deal = await make_deal(pair)
        await act(pair.buyer, deal, "sign", **signature(deal))
        lines = terms_body(deal)["lines"]
        lines[0]["unit_price"] = kzt(99_999)
        lines[0]["tax_rate"] = "0"

        changed = ok(await propose(pair.vendor, deal, lines=lines, warranty="12 months"))

        # 10 × 999.99 untaxed, 25.5 × 1,000.00 at 12 %.
        assert (changed["net"], changed["tax"], changed["total"]) == (
            kzt(3_549_990),
            kzt(306_000),
            kzt(3_855_990),
        )
        assert changed["terms_number"] == 2
        assert changed["signed_by"] == []
        assert changed["terms"]["warranty"] == "12 months"
        assert [(one["number"], one["proposed_by_side"]) for one in changed["terms_versions"]] == [
            (1, "vendor"),
            (2, "vendor"),
        ]
        # The signature under the first version stays in the record.
        assert [(one["side"], one["terms_number"]) for one in changed["signatures"]] == [
            ("buyer", 1)
        ]
        first = ok(await pair.buyer.client.get(f"/api/v1/deals/{deal['id']}/terms/1"))
        assert first == deal["terms"]
        events = await events_of(owner, deal["id"], "deal.terms_proposed")
        assert events[0]["payload"]["data"]["terms_number"] == 2

    async def test_a_price_in_another_currency_is_named(self, pair):
        deal = await make_deal(pair)
        lines = terms_body(deal)["lines"]
        lines[1]["unit_price"] = {"amount": 100, "currency": "USD"}
        answer = await propose(pair.buyer, deal, lines=lines)
        assert pointers(answer) == [("#/terms/lines/1/unit_price/currency", "currency")]
        assert await read(pair.buyer, deal) == deal

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"quantity": "0"}, "#/terms/lines/0/quantity"),
            ({"quantity": "NaN"}, "#/terms/lines/0/quantity"),
            ({"unit_price": kzt(-1)}, "#/terms/lines/0/unit_price"),
            ({"tax_rate": "100.01"}, "#/terms/lines/0/tax_rate"),
            ({"name": ""}, "#/terms/lines/0/name"),
            ({"unit": "pieces"}, "#/terms/lines/0/unit"),
            ({"unit": "ZZZ"}, "#/terms/lines/0/unit"),
        ],
    )
    async def test_impossible_lines_are_named(self, pair, change, pointer):
        deal = await make_deal(pair)
        lines = terms_body(deal)["lines"]
        lines[0].update(change)
        assert [where for where, _ in pointers(await propose(pair.buyer, deal, lines=lines))] == [
            pointer
        ]
        assert (await read(pair.buyer, deal))["terms_number"] == 1

    async def test_a_unit_that_was_awarded_before_there_was_a_list_may_stay(self, pair, owner):
        deal = await make_deal(pair)
        await owner.execute(
            "update procurement_deal_terms set body = jsonb_set(body, '{lines,0,unit}', '\"ZZZ\"')"
        )
        lines = terms_body(deal)["lines"]
        lines[0]["unit"] = "ZZZ"
        assert (await propose(pair.buyer, deal, lines=lines)).status_code == 200
        lines[1]["unit"] = "ZZY"
        answer = await propose(pair.buyer, deal, lines=lines)
        assert pointers(answer) == [("#/terms/lines/1/unit", "unit")]

    async def test_a_sum_that_cannot_be_stored_is_refused(self, pair):
        deal = await make_deal(pair)
        lines = terms_body(deal)["lines"]
        lines[0].update(quantity="999999999999", unit_price=kzt(9_000_000_000_000_000))
        assert pointers(await propose(pair.buyer, deal, lines=lines)) == [("#/lines", "too_large")]

    async def test_terms_cannot_lapse_before_they_are_proposed(self, pair):
        deal = await make_deal(pair)
        yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
        answer = await propose(pair.buyer, deal, valid_until=yesterday)
        assert pointers(answer) == [("#/terms/valid_until", "past")]


class TestSigning:
    async def test_the_second_signature_makes_the_contract(self, pair, owner, drain):
        deal = await make_deal(pair)
        once = await act(pair.vendor, deal, "sign", **signature(deal))
        assert (once["state"], once["signed_by"], once["contract"]["signed"]) == (
            "negotiation",
            ["vendor"],
            False,
        )
        assert [one["name"] for one in once["actions"]] == ["propose-terms", "refuse", "cancel"]

        twice = await act(pair.buyer, deal, "sign", **signature(deal))

        assert (twice["state"], twice["signed_by"]) == ("contract", ["vendor", "buyer"])
        assert [
            (one["side"], one["signed_by_name"], one["signed_by_role"], one["content_sha256"])
            for one in twice["signatures"]
        ] == [
            ("vendor", "Timur Akhmetov", "owner", deal["terms"]["content_sha256"]),
            ("buyer", "Aigerim Nurlanova", "owner", deal["terms"]["content_sha256"]),
        ]
        assert [one["name"] for one in twice["actions"]] == ["create-invoice", "cancel"]
        for moment in ("before the file has moved to the store", "after"):
            for account in (pair.buyer, pair.vendor):
                contract = await account.client.get(twice["contract"]["url"])
                assert contract.status_code == 200, moment
                assert contract.headers["content-type"] == "application/pdf"
                assert hashlib.sha256(contract.content).hexdigest() == twice["contract"]["sha256"]
            await drain()
        signed = await events_of(owner, deal["id"], "deal.signed")
        assert [
            (event["payload"]["state"], event["payload"]["data"]["complete"]) for event in signed
        ] == [("negotiation", False), ("contract", True)]
        row = await owner.fetchrow(
            "select ip, signed_by from procurement_deal_signatures where side = 'vendor'"
        )
        assert row["signed_by"] == pair.vendor.user_id

    async def test_before_that_the_contract_is_a_draft(self, pair):
        deal = await make_deal(pair)
        preview = await pair.vendor.client.get(deal["contract"]["url"])
        assert (preview.status_code, preview.content[:5]) == (200, b"%PDF-")
        assert deal["contract"] == {
            "url": f"/api/v1/deals/{deal['id']}/contract.pdf",
            "signed": False,
            "sha256": None,
        }

    async def test_a_changed_file_is_not_shown_as_the_contract(self, pair, owner):
        deal = await make_contract(pair)
        await owner.execute("update procurement_deals set contract_sha256 = repeat('0', 64)")
        answer = await pair.buyer.client.get(deal["contract"]["url"])
        problem(answer, 409, "procurement.contract_damaged")

    async def test_only_the_present_terms_can_be_signed(self, pair, owner):
        deal = await make_deal(pair)
        newer = ok(await propose(pair.vendor, deal, notes="Other"))
        path = f"/api/v1/deals/{deal['id']}/sign"
        body = problem(
            await pair.buyer.client.post(path, json=signature(deal)), 409, "procurement.other_terms"
        )
        assert body["meta"] == signature(newer)
        wrong_hash = {**signature(newer), "content_sha256": "0" * 64}
        problem(await pair.buyer.client.post(path, json=wrong_hash), 409, "procurement.other_terms")
        assert await owner.fetchval("select count(*) from procurement_deal_signatures") == 0

    async def test_a_side_signs_once(self, pair):
        deal = await make_deal(pair)
        await act(pair.buyer, deal, "sign", **signature(deal))
        answer = await pair.buyer.client.post(
            f"/api/v1/deals/{deal['id']}/sign", json=signature(deal)
        )
        problem(answer, 409, "procurement.already_signed")

    async def test_lapsed_terms_cannot_be_signed(self, pair, owner):
        deal = await make_deal(pair)
        today = datetime.now(UTC).date().isoformat()
        deal = ok(await propose(pair.buyer, deal, valid_until=today))
        await owner.execute(
            "update procurement_deal_terms set body = jsonb_set(body, '{valid_until}', '\"2020-01-01\"')"
        )
        deal = await read(pair.buyer, deal)
        answer = await pair.buyer.client.post(
            f"/api/v1/deals/{deal['id']}/sign", json=signature(deal)
        )
        problem(answer, 409, "procurement.terms_lapsed")

    async def test_the_losers_are_rejected_when_the_contract_stands(self, app, pair, owner):
        loser = await register(app, role="vendor", organisation_name="Second Best")
        published = await make_published(pair.buyer)
        best = await submit_quote(pair.vendor, published)
        other = await submit_quote(loser, published)
        await award(pair.buyer, published, best, other)
        deal = await deal_of(pair.buyer, published)

        await act(pair.buyer, deal, "sign", **signature(deal))
        assert (await quote_state(owner, other)) == ("standby", None)
        await act(pair.vendor, deal, "sign", **signature(deal))
        assert (await quote_state(owner, other)) == (
            "rejected",
            "The order went to another vendor.",
        )
        assert (await quote_state(owner, best)) == ("accepted", None)

    async def test_losers_wait_while_another_deal_of_the_request_is_negotiated(
        self, app, pair, owner
    ):
        second = await register(app, role="vendor", organisation_name="Second")
        third = await register(app, role="vendor", organisation_name="Third")
        published = await make_published(pair.buyer)
        quotes = [await submit_quote(one, published) for one in (pair.vendor, second, third)]
        path = f"/api/v1/requests/{published['id']}"
        ids = [quote["id"] for quote in quotes]
        ok(await pair.buyer.client.post(f"{path}/shortlist", json={"quote_ids": ids}))
        allocations = [
            {"quote_id": ids[index], "lines": [{"request_line_id": one["id"]}]}
            for index, one in enumerate(published["lines"])
        ]
        ok(await pair.buyer.client.post(f"{path}/award", json={"allocations": allocations}))
        deals = ok(await pair.buyer.client.get("/api/v1/deals", params={"sort": "created_at"}))
        assert [one["vendor"]["name"] for one in deals["items"]] == ["Silk Road Supply", "Second"]
        for vendor, item, left in zip(
            (pair.vendor, second), deals["items"], ("standby", "rejected"), strict=True
        ):
            deal = await read(vendor, item)
            await act(vendor, deal, "sign", **signature(deal))
            await act(pair.buyer, deal, "sign", **signature(deal))
            assert (await quote_state(owner, quotes[2]))[0] == left


async def quote_state(owner, quote):
    row = await owner.fetchrow(
        "select state, rejected_reason from procurement_quotes where id = $1", UUID(quote["id"])
    )
    return row["state"], row["rejected_reason"]


class TestLists:
    async def test_filters_and_sorting(self, app, pair):
        first = await make_deal(pair, title="Cement for Almaty")
        second = await make_contract(pair, title="100% cotton_bags", lines=[line("Bags", "3")])

        async def numbers(account, **params):
            found = ok(await account.client.get("/api/v1/deals", params=params))
            assert found["total"] == len(found["items"])
            return [one["number"] for one in found["items"]]

        both = [second["number"], first["number"]]
        assert await numbers(pair.buyer) == both
        assert await numbers(pair.vendor, side="vendor") == both
        assert await numbers(pair.vendor, side="buyer") == []
        assert await numbers(pair.buyer, state="contract") == [second["number"]]
        assert await numbers(pair.buyer, state=["contract", "negotiation"]) == both
        assert await numbers(pair.buyer, q="almaty") == [first["number"]]
        assert await numbers(pair.buyer, q="100%") == [second["number"]]
        assert await numbers(pair.buyer, q="n_b") == [second["number"]]
        assert await numbers(pair.buyer, q="l_a") == []
        assert await numbers(pair.buyer, sort="total") == both
        assert await numbers(pair.buyer, request_id=first["request_id"]) == [first["number"]]
        stranger = await register(app, role="buyer")
        assert await numbers(stranger) == []

    async def test_unknown_sorting_is_refused(self, pair):
        answer = await pair.buyer.client.get("/api/v1/deals", params={"sort": "secret"})
        assert answer.status_code == 422


class TestWho:
    async def test_strangers_find_nothing_and_viewers_only_read(self, app, pair, owner):
        deal = await make_deal(pair)
        stranger = await register(app, role="vendor")
        viewer = await add_member(pair.buyer, "viewer")
        path = f"/api/v1/deals/{deal['id']}"
        for method, end, body in (
            ("GET", "", None),
            ("GET", "/terms/1", None),
            ("GET", "/contract.pdf", None),
            ("GET", "/messages", None),
            ("POST", "/messages", {"body": "Hello"}),
            ("POST", "/sign", signature(deal)),
            ("POST", "/propose-terms", {"terms": terms_body(deal)}),
            ("POST", "/refuse", {"reason": "x"}),
            ("POST", "/cancel", {"reason": "x"}),
            ("POST", "/create-invoice", {}),
            ("POST", "/mark-paid", {"reference": "x"}),
            ("POST", "/archive", {}),
        ):
            answer = await stranger.client.request(method, path + end, json=body)
            problem(answer, 404, "not_found")
            answer = await viewer.client.request(method, path + end, json=body)
            assert answer.status_code == (200 if method == "GET" else 403), (end, answer.text)
        assert await read(pair.buyer, deal) == deal
        assert await owner.fetchval("select count(*) from conversations_messages") == 0
        assert (await read(viewer, deal))["actions"] == []
