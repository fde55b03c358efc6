"""The lifecycles of an invoice and of a credit note."""

from uuid import UUID

from karavan.kit.errors import DomainError
from karavan.kit.lifecycle import Lifecycle, Reason, Situation, Transition
from karavan.modules.invoicing.errors import AlreadySettledError
from karavan.modules.invoicing.models import Invoice
from karavan.modules.invoicing.permissions import INVOICE_WRITE
from karavan.modules.invoicing.states import CreditNoteState, InvoiceKind
from karavan.modules.invoicing.states import InvoiceState as S

_SELLER = frozenset({"seller"})


def _party_of(invoice: Invoice, organisation_id: UUID) -> str | None:
    if invoice.organisation_id == organisation_id:
        return "seller"
    return "buyer" if invoice.buyer_organisation_id == organisation_id else None


def _untouched(invoice: Invoice, _: Situation) -> DomainError | None:
    if invoice.kind == InvoiceKind.CREDIT_NOTE:
        return AlreadySettledError("A credit note has already changed what is due.")
    if invoice.paid_amount or invoice.credited_amount:
        return AlreadySettledError(
            paid_amount=invoice.paid_amount, credited_amount=invoice.credited_amount
        )
    return None


def _parties_of(invoice: Invoice) -> dict[str, UUID]:
    return {"seller": invoice.organisation_id, "buyer": invoice.buyer_organisation_id}


def _label_of(invoice: Invoice) -> str:
    return invoice.number or invoice.subject_label


INVOICE: Lifecycle[Invoice] = Lifecycle(
    name="invoice",
    states=S,
    initial=S.DRAFT,
    party_of=_party_of,
    parties_of=_parties_of,
    label_of=_label_of,
    transitions=(
        Transition(
            name="send",
            event="sent",
            sources=frozenset({S.DRAFT}),
            targets=(S.SENT,),
            parties=_SELLER,
            permission=INVOICE_WRITE,
        ),
        Transition(
            name="pay",
            event="paid",
            sources=frozenset({S.SENT}),
            targets=(S.PAID,),
            parties=frozenset({"system"}),
            permission=None,
        ),
        Transition(
            name="void",
            event="voided",
            sources=frozenset({S.DRAFT, S.SENT}),
            targets=(S.VOID,),
            parties=_SELLER,
            permission=INVOICE_WRITE,
            reason=Reason.REQUIRED,
            guard=_untouched,
        ),
    ),
)

# A credit note is sent as it is made, and nothing happens to it afterwards.
CREDIT_NOTE: Lifecycle[Invoice] = Lifecycle(
    name="credit_note",
    states=CreditNoteState,
    initial=CreditNoteState.DRAFT,
    party_of=_party_of,
    parties_of=_parties_of,
    label_of=_label_of,
    transitions=(
        Transition(
            name="send",
            event="sent",
            sources=frozenset({CreditNoteState.DRAFT}),
            targets=(CreditNoteState.SENT,),
            parties=frozenset({"system"}),
            permission=None,
        ),
    ),
)
