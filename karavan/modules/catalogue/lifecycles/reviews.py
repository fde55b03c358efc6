"""The lifecycle of a review. Its author changes and deletes it; nobody but a moderator hides it."""

from uuid import UUID

from karavan.kit.lifecycle import Lifecycle, Reason, Transition
from karavan.modules.catalogue.models import Review
from karavan.modules.catalogue.states import ReviewState as S


def _party_of(review: Review, organisation_id: UUID) -> str | None:
    if review.buyer_organisation_id == organisation_id:
        return "buyer"
    return "seller" if review.organisation_id == organisation_id else None


REVIEW: Lifecycle[Review] = Lifecycle(
    name="review",
    states=S,
    initial=S.PROPOSED,
    party_of=_party_of,
    parties_of=lambda review: {
        "buyer": review.buyer_organisation_id,
        "seller": review.organisation_id,
    },
    label_of=lambda review: review.product_name,
    transitions=(
        # By the checks when they find nothing, else by a moderator; a moderator also keeps one that was reported.
        Transition(
            name="approve",
            event="published",
            sources=frozenset({S.PROPOSED, S.PUBLISHED}),
            targets=(S.PUBLISHED,),
            parties=frozenset(),
            permission=None,
        ),
        Transition(
            name="reject",
            event="rejected",
            sources=frozenset({S.PROPOSED, S.PUBLISHED}),
            targets=(S.REJECTED,),
            parties=frozenset(),
            permission=None,
            reason=Reason.REQUIRED,
        ),
        # Its author has changed it: it is looked at anew.
        Transition(
            name="revise",
            event="revised",
            sources=frozenset(S),
            targets=(S.PROPOSED,),
            parties=frozenset(),
            permission=None,
        ),
    ),
)
