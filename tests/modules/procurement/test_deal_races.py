"""Deals under concurrency: two people act at the same moment, and one state of affairs comes out."""

import asyncio
from typing import Any
from uuid import UUID

from tests.factories.accounts import register
from tests.factories.deals import make_contract, make_deal, make_invoice, read, signature
from tests.factories.procurement import kzt, make_published, ok, submit_quote
from tests.modules.procurement.test_deals import terms_body

ROUNDS = 4


async def at_once(*calls: tuple[Any, dict[str, Any], str, dict[str, Any]]) -> list[Any]:
    """Answers to transitions that are sent together: (account, deal, name, body)."""
    return await asyncio.gather(
        *(
            account.client.post(f"/api/v1/deals/{deal['id']}/{name}", json=body)
            for account, deal, name, body in calls
        )
    )


async def test_both_sides_sign_at_once(pair, owner):
    for _ in range(ROUNDS):
        deal = await make_deal(pair)
        answers = await at_once(
            *((account, deal, "sign", signature(deal)) for account in (pair.buyer, pair.vendor))
        )
        assert [answer.status_code for answer in answers] == [200, 200]
        signed = await read(pair.buyer, deal)
        assert (signed["state"], sorted(signed["signed_by"])) == ("contract", ["buyer", "vendor"])
        assert signed["contract"]["signed"] is True
        contracts = await owner.fetchval(
            "select count(*) from media_files where name = $1", f"{deal['number']}.pdf"
        )
        assert contracts == 1


async def test_one_side_signs_twice_at_once(pair, owner):
    deal = await make_deal(pair)
    answers = await at_once(*((pair.buyer, deal, "sign", signature(deal)) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert (await read(pair.buyer, deal))["signed_by"] == ["buyer"]
    assert await owner.fetchval("select count(*) from procurement_deal_signatures") == 1


async def test_nobody_is_bound_by_terms_that_were_replaced_meanwhile(pair):
    for _ in range(ROUNDS):
        deal = await make_deal(pair)
        other = {"terms": terms_body(deal, notes="Other terms")}
        signed, proposed = await at_once(
            (pair.buyer, deal, "sign", signature(deal)),
            (pair.vendor, deal, "propose-terms", other),
        )
        assert proposed.status_code == 200
        now = await read(pair.buyer, deal)
        # Whichever came first: nobody's signature stands under the new version.
        assert (now["terms_number"], now["signed_by"]) == (2, [])
        assert signed.status_code == 200 or signed.json()["code"] == "procurement.other_terms"


async def test_two_versions_proposed_at_once_follow_one_another(pair):
    deal = await make_deal(pair)
    answers = await at_once(
        *(
            (account, deal, "propose-terms", {"terms": terms_body(deal, notes=note)})
            for account, note in ((pair.buyer, "a"), (pair.vendor, "b"), (pair.buyer, "c"))
        )
    )
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    versions = (await read(pair.buyer, deal))["terms_versions"]
    assert [one["number"] for one in versions] == [1, 2, 3, 4]


async def test_a_signature_and_a_refusal_at_once(pair):
    for _ in range(ROUNDS):
        deal = await make_deal(pair)
        ok(await pair.vendor.client.post(f"/api/v1/deals/{deal['id']}/sign", json=signature(deal)))
        signed, refused = await at_once(
            (pair.buyer, deal, "sign", signature(deal)),
            (pair.vendor, deal, "refuse", {"reason": "Changed our mind"}),
        )
        assert sorted((signed.status_code, refused.status_code)) == [200, 409]
        state = (await read(pair.buyer, deal))["state"]
        assert state == ("contract" if signed.status_code == 200 else "cancelled")


async def test_both_sides_invoice_at_once(pair, owner):
    deal = await make_contract(pair)
    answers = await at_once(
        *((account, deal, "create-invoice", {}) for account in (pair.buyer, pair.vendor))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert await owner.fetchval("select count(*) from invoicing_invoices") == 1


async def test_a_payment_is_marked_twice_and_recorded_beside_it(pair, owner, drain):
    deal, invoice = await make_invoice(pair)
    total = invoice["total"]["amount"]
    answers = await asyncio.gather(
        pair.vendor.client.post(f"/api/v1/deals/{deal['id']}/mark-paid", json={"reference": "A"}),
        pair.vendor.client.post(f"/api/v1/deals/{deal['id']}/mark-paid", json={"reference": "B"}),
        pair.vendor.client.post(
            f"/api/v1/invoices/{invoice['id']}/payments",
            json={"amount": kzt(total), "reference": "C"},
        ),
    )
    assert sorted(answer.status_code // 100 for answer in answers) == [2, 4, 4]
    assert await owner.fetchval("select sum(amount) from invoicing_payments") == total
    await drain()
    assert (await read(pair.buyer, deal))["state"] == "paid"


async def test_the_last_signatures_of_two_deals_at_once_reject_the_losers(app, pair, owner):
    second = await register(app, role="vendor", organisation_name="Second")
    third = await register(app, role="vendor", organisation_name="Third")
    for _ in range(ROUNDS):
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
        listed = await pair.buyer.client.get(
            "/api/v1/deals", params={"request_id": published["id"]}
        )
        deals = [await read(pair.buyer, item) for item in ok(listed)["items"]]
        by_vendor = {deal["vendor"]["organisation_id"]: deal for deal in deals}
        for deal in deals:
            ok(
                await pair.buyer.client.post(
                    f"/api/v1/deals/{deal['id']}/sign", json=signature(deal)
                )
            )
        answers = await at_once(
            *(
                (vendor, deal, "sign", signature(deal))
                for vendor in (pair.vendor, second)
                if (deal := by_vendor[str(vendor.organisation_id)])
            )
        )
        assert [answer.status_code for answer in answers] == [200, 200]
        state = await owner.fetchval(
            "select state from procurement_quotes where id = $1", UUID(ids[2])
        )
        assert state == "rejected"
