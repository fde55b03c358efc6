"""Every state × transition × role of a deal, on both sides."""

from enum import StrEnum
from uuid import UUID, uuid4

from karavan.modules.procurement.lifecycles import DEAL
from tests.factories.clones import clone
from tests.factories.deals import make_invoice, make_pair, signature
from tests.factories.matrix import people_of_both_sides
from tests.factories.procurement import ok
from tests.kit.lifecycle_matrix import Subject, try_everything
from tests.modules.procurement.test_deals import terms_body


async def test_every_state_transition_and_role(app, owner):
    pair = await make_pair(app)
    deal, invoice = await make_invoice(pair)
    people = await people_of_both_sides({"buyer": pair.buyer, "vendor": pair.vendor})
    thread = UUID(deal["thread"]["id"])

    async def fresh(state: StrEnum) -> UUID:
        deal_id, invoice_id, thread_id = uuid4(), uuid4(), uuid4()
        await clone(
            owner,
            "invoicing_invoices",
            "id",
            UUID(invoice["id"]),
            id=invoice_id,
            number=str(deal_id),
        )
        await clone(
            owner,
            "procurement_deals",
            "id",
            UUID(deal["id"]),
            id=deal_id,
            number=f"DEAL-{deal_id}",
            invoice_id=invoice_id,
            signed_by=[],
            cancel_asked_by=[],
            contract_media_id=None,
            contract_sha256=None,
        )
        await clone(owner, "procurement_deal_terms", "deal_id", UUID(deal["id"]), deal_id=deal_id)
        await clone(owner, "conversations_threads", "id", thread, id=thread_id, subject_id=deal_id)
        await clone(owner, "conversations_participants", "thread_id", thread, thread_id=thread_id)
        return deal_id

    async def present_signature(deal_id: UUID) -> dict:
        return signature(ok(await pair.buyer.client.get(f"/api/v1/deals/{deal_id}")))

    tried = await try_everything(
        Subject(
            lifecycle=DEAL,
            path="/api/v1/deals/{id}",
            table="procurement_deals",
            people=people,
            fresh=fresh,
            bodies={
                "sign": present_signature,
                "propose-terms": {"terms": terms_body(deal)},
                "mark-paid": {"reference": "TT-1"},
            },
        ),
        owner,
    )
    assert tried == 6 * 7 * 15
