"""The lifecycle of a quote."""

from uuid import UUID

from karavan.kit.clock import rfc3339
from karavan.kit.errors import DomainError
from karavan.kit.lifecycle import Lifecycle, Reason, Situation, Transition
from karavan.modules.procurement.errors import NothingToReconfirmError, QuoteExpiredError
from karavan.modules.procurement.models import Quote
from karavan.modules.procurement.permissions import QUOTE_SUBMIT, REQUEST_AWARD
from karavan.modules.procurement.states import OPEN_QUOTE, WAITING_QUOTE
from karavan.modules.procurement.states import QuoteState as S

_VENDOR = frozenset({"vendor"})
_BUYER = frozenset({"buyer"})


def _party_of(quote: Quote, organisation_id: UUID) -> str | None:
    if quote.organisation_id == organisation_id:
        return "vendor"
    return "buyer" if quote.buyer_organisation_id == organisation_id else None


def _not_expired(quote: Quote, situation: Situation) -> DomainError | None:
    if quote.valid_until <= situation.now:
        return QuoteExpiredError(valid_until=rfc3339(quote.valid_until))
    return None


def _flagged(quote: Quote, _: Situation) -> DomainError | None:
    return None if quote.needs_reconfirm else NothingToReconfirmError()


QUOTE: Lifecycle[Quote] = Lifecycle(
    name="quote",
    states=S,
    initial=S.SUBMITTED,
    party_of=_party_of,
    parties_of=lambda quote: {
        "vendor": quote.organisation_id,
        "buyer": quote.buyer_organisation_id,
    },
    label_of=lambda quote: quote.number,
    transitions=(
        Transition(
            name="update",
            event="updated",
            sources=OPEN_QUOTE,
            targets=(S.UPDATED,),
            parties=_VENDOR,
            permission=QUOTE_SUBMIT,
        ),
        Transition(
            name="reconfirm",
            event="reconfirmed",
            sources=OPEN_QUOTE,
            targets=(S.UPDATED,),
            parties=_VENDOR,
            permission=QUOTE_SUBMIT,
            guard=_flagged,
        ),
        Transition(
            name="withdraw",
            event="withdrawn",
            sources=WAITING_QUOTE,
            targets=(S.WITHDRAWN,),
            parties=_VENDOR,
            permission=QUOTE_SUBMIT,
            reason=Reason.OPTIONAL,
        ),
        Transition(
            name="accept",
            event="accepted",
            sources=WAITING_QUOTE,
            targets=(S.ACCEPTED,),
            parties=frozenset({"system"}),
            permission=None,
            guard=_not_expired,
        ),
        Transition(
            name="hold",
            event="held",
            sources=OPEN_QUOTE,
            targets=(S.STANDBY,),
            parties=frozenset({"system"}),
            permission=None,
        ),
        Transition(
            name="reject",
            event="rejected",
            sources=WAITING_QUOTE,
            targets=(S.REJECTED,),
            parties=_BUYER,
            permission=REQUEST_AWARD,
            reason=Reason.REQUIRED,
        ),
        Transition(
            name="expire",
            event="expired",
            sources=WAITING_QUOTE,
            targets=(S.EXPIRED,),
            parties=frozenset({"system"}),
            permission=None,
        ),
    ),
)
