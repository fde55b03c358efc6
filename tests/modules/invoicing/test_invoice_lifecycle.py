"""Every state × transition × role of an invoice, on both sides."""

from enum import StrEnum
from uuid import UUID, uuid4

from karavan.modules.invoicing.lifecycle import INVOICE
from tests.factories.clones import clone
from tests.factories.invoices import make_sent
from tests.factories.matrix import people_of_both_sides
from tests.kit.lifecycle_matrix import Subject, try_everything


async def test_every_state_transition_and_role(pair, owner):
    sent = await make_sent(pair)
    people = await people_of_both_sides({"seller": pair.vendor, "buyer": pair.buyer})

    async def fresh(state: StrEnum) -> UUID:
        # Even the forced draft was sent once, so that the buyer's side may see it and is refused by its role alone.
        invoice_id = uuid4()
        await clone(
            owner,
            "invoicing_invoices",
            "id",
            UUID(sent["id"]),
            id=invoice_id,
            number=str(invoice_id),
        )
        await clone(
            owner,
            "invoicing_invoice_lines",
            "invoice_id",
            UUID(sent["id"]),
            invoice_id=invoice_id,
        )
        return invoice_id

    tried = await try_everything(
        Subject(
            lifecycle=INVOICE,
            path="/api/v1/invoices/{id}",
            table="invoicing_invoices",
            people=people,
            fresh=fresh,
        ),
        owner,
    )
    assert tried == 4 * 2 * 15
