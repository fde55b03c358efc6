"""The lifecycle of a deal."""

from uuid import UUID

from karavan.kit.errors import DomainError
from karavan.kit.lifecycle import Lifecycle, Reason, Situation, Transition
from karavan.modules.procurement.errors import AlreadyAskedError, AlreadySignedError
from karavan.modules.procurement.models import Deal
from karavan.modules.procurement.permissions import (
    DEAL_INVOICE,
    DEAL_NEGOTIATE,
    DEAL_SELL,
    DEAL_SIGN,
)
from karavan.modules.procurement.states import DealState as S

_EITHER = frozenset({"buyer", "vendor"})
_VENDOR = frozenset({"vendor"})


def _party_of(deal: Deal, organisation_id: UUID) -> str | None:
    if deal.organisation_id == organisation_id:
        return "buyer"
    return "vendor" if deal.vendor_organisation_id == organisation_id else None


def _not_signed(deal: Deal, situation: Situation) -> DomainError | None:
    return AlreadySignedError() if situation.party in deal.signed_by else None


def _not_asked(deal: Deal, situation: Situation) -> DomainError | None:
    return AlreadyAskedError() if situation.party in deal.cancel_asked_by else None


DEAL: Lifecycle[Deal] = Lifecycle(
    name="deal",
    states=S,
    initial=S.NEGOTIATION,
    party_of=_party_of,
    parties_of=lambda deal: {"buyer": deal.organisation_id, "vendor": deal.vendor_organisation_id},
    label_of=lambda deal: deal.number,
    transitions=(
        Transition(
            name="propose-terms",
            event="terms_proposed",
            sources=frozenset({S.NEGOTIATION}),
            targets=(S.NEGOTIATION,),
            parties=_EITHER,
            permission=DEAL_NEGOTIATE,
        ),
        Transition(
            name="sign",
            event="signed",
            sources=frozenset({S.NEGOTIATION}),
            # The first signature leaves the deal where it is; the second makes the contract.
            targets=(S.CONTRACT, S.NEGOTIATION),
            parties=_EITHER,
            permission=DEAL_SIGN,
            guard=_not_signed,
        ),
        Transition(
            name="refuse",
            event="refused",
            sources=frozenset({S.NEGOTIATION}),
            targets=(S.CANCELLED,),
            parties=_VENDOR,
            permission=DEAL_SELL,
            reason=Reason.REQUIRED,
        ),
        Transition(
            name="create-invoice",
            event="invoiced",
            sources=frozenset({S.CONTRACT}),
            targets=(S.INVOICED,),
            parties=_EITHER,
            permission=DEAL_INVOICE,
        ),
        # The vendor has voided the invoice before any payment, and may write another one.
        Transition(
            name="lose-invoice",
            event="invoice_lost",
            sources=frozenset({S.INVOICED}),
            targets=(S.CONTRACT,),
            parties=frozenset({"system"}),
            permission=None,
        ),
        Transition(
            name="mark-paid",
            event="paid",
            sources=frozenset({S.INVOICED}),
            targets=(S.PAID,),
            parties=_VENDOR,
            permission=DEAL_SELL,
        ),
        Transition(
            name="archive",
            event="archived",
            sources=frozenset({S.PAID}),
            targets=(S.ARCHIVED,),
            parties=_EITHER,
            permission=DEAL_NEGOTIATE,
        ),
        Transition(
            name="cancel",
            event="cancelled",
            sources=frozenset({S.NEGOTIATION, S.CONTRACT}),
            # The first side asks; the second side's word cancels.
            targets=(S.CANCELLED, S.NEGOTIATION, S.CONTRACT),
            parties=_EITHER,
            permission=DEAL_NEGOTIATE,
            reason=Reason.REQUIRED,
            guard=_not_asked,
        ),
    ),
)
