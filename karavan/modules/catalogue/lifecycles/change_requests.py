"""The lifecycle of a change to published content."""

from uuid import UUID

from karavan.kit.lifecycle import Lifecycle, Reason, Transition
from karavan.modules.catalogue.models import ChangeRequest
from karavan.modules.catalogue.permissions import PRODUCT_WRITE
from karavan.modules.catalogue.states import ChangeRequestState as S


def _party_of(change: ChangeRequest, organisation_id: UUID) -> str | None:
    return "seller" if change.organisation_id == organisation_id else None


CHANGE_REQUEST: Lifecycle[ChangeRequest] = Lifecycle(
    name="change_request",
    states=S,
    initial=S.PROPOSED,
    party_of=_party_of,
    parties_of=lambda change: {"seller": change.organisation_id},
    label_of=lambda change: change.product_name,
    transitions=(
        Transition(
            name="approve",
            event="approved",
            sources=frozenset({S.PROPOSED}),
            targets=(S.APPROVED,),
            parties=frozenset(),
            permission=None,
        ),
        Transition(
            name="reject",
            event="rejected",
            sources=frozenset({S.PROPOSED}),
            targets=(S.REJECTED,),
            parties=frozenset(),
            permission=None,
            reason=Reason.REQUIRED,
        ),
        Transition(
            name="withdraw",
            event="withdrawn",
            sources=frozenset({S.PROPOSED}),
            targets=(S.WITHDRAWN,),
            parties=frozenset({"seller"}),
            permission=PRODUCT_WRITE,
        ),
    ),
)
