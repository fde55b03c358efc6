"""The lifecycle of a standing order. It is the buyer's alone."""

from uuid import UUID

from karavan.kit.lifecycle import Lifecycle, Reason, Transition
from karavan.modules.orders.lifecycle import BUYER
from karavan.modules.orders.models import StandingOrder
from karavan.modules.orders.permissions import ORDER_PLACE
from karavan.modules.orders.states import StandingState as S

_BUYER = frozenset({BUYER})


def _party_of(standing: StandingOrder, organisation_id: UUID) -> str | None:
    return BUYER if standing.buyer_organisation_id == organisation_id else None


STANDING: Lifecycle[StandingOrder] = Lifecycle(
    name="standing_order",
    states=S,
    initial=S.ACTIVE,
    party_of=_party_of,
    parties_of=lambda standing: {BUYER: standing.buyer_organisation_id},
    label_of=lambda standing: standing.name,
    transitions=(
        Transition(
            name="pause",
            event="paused",
            sources=frozenset({S.ACTIVE}),
            targets=(S.PAUSED,),
            parties=_BUYER,
            permission=ORDER_PLACE,
            reason=Reason.OPTIONAL,
        ),
        Transition(
            name="resume",
            event="resumed",
            sources=frozenset({S.PAUSED}),
            targets=(S.ACTIVE,),
            parties=_BUYER,
            permission=ORDER_PLACE,
        ),
        Transition(
            name="skip-next",
            event="passed_over",
            sources=frozenset({S.ACTIVE}),
            targets=(S.ACTIVE, S.ENDED),
            parties=_BUYER,
            permission=ORDER_PLACE,
        ),
        Transition(
            name="end",
            event="ended",
            sources=frozenset({S.ACTIVE, S.PAUSED}),
            targets=(S.ENDED,),
            parties=_BUYER,
            permission=ORDER_PLACE,
            reason=Reason.OPTIONAL,
        ),
    ),
)
