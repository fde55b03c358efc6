"""The lifecycle of a trading link."""

from uuid import UUID

from karavan.kit.clock import rfc3339
from karavan.kit.errors import DomainError
from karavan.kit.lifecycle import Lifecycle, Reason, Situation, Transition
from karavan.modules.links.errors import RequestExpiredError
from karavan.modules.links.models import Link
from karavan.modules.links.permissions import LINK_DECIDE, LINK_REQUEST
from karavan.modules.links.states import LinkState as S

CONSUMER, SUPPLIER = "consumer", "supplier"
_CONSUMER = frozenset({CONSUMER})
_SUPPLIER = frozenset({SUPPLIER})


def party_of(link: Link, organisation_id: UUID) -> str | None:
    """Which side of the link an organisation is; nothing for a stranger."""
    if link.consumer_organisation_id == organisation_id:
        return CONSUMER
    return SUPPLIER if link.supplier_organisation_id == organisation_id else None


def _in_time(link: Link, situation: Situation) -> DomainError | None:
    if link.expires_at <= situation.now:
        return RequestExpiredError(expires_at=rfc3339(link.expires_at))
    return None


LINK: Lifecycle[Link] = Lifecycle(
    name="link",
    states=S,
    initial=S.PENDING,
    party_of=party_of,
    parties_of=lambda link: {
        CONSUMER: link.consumer_organisation_id,
        SUPPLIER: link.supplier_organisation_id,
    },
    label_of=lambda link: f"{link.consumer_organisation_name} – {link.supplier_organisation_name}",
    transitions=(
        Transition(
            name="accept",
            event="accepted",
            sources=frozenset({S.PENDING}),
            targets=(S.ACCEPTED,),
            parties=_SUPPLIER,
            permission=LINK_DECIDE,
            guard=_in_time,
        ),
        Transition(
            name="deny",
            event="denied",
            sources=frozenset({S.PENDING}),
            targets=(S.DENIED,),
            parties=_SUPPLIER,
            permission=LINK_DECIDE,
            reason=Reason.OPTIONAL,
            guard=_in_time,
        ),
        Transition(
            name="block",
            event="blocked",
            sources=frozenset({S.ACCEPTED, S.DENIED}),
            targets=(S.BLOCKED,),
            parties=_SUPPLIER,
            permission=LINK_DECIDE,
            reason=Reason.OPTIONAL,
        ),
        # Back to where it was: whoever was never accepted is not accepted by the way.
        Transition(
            name="unblock",
            event="unblocked",
            sources=frozenset({S.BLOCKED}),
            targets=(S.ACCEPTED, S.DENIED),
            parties=_SUPPLIER,
            permission=LINK_DECIDE,
        ),
        Transition(
            name="withdraw",
            event="withdrawn",
            sources=frozenset({S.PENDING}),
            targets=(S.WITHDRAWN,),
            parties=_CONSUMER,
            permission=LINK_REQUEST,
            reason=Reason.OPTIONAL,
        ),
        Transition(
            name="leave",
            event="left",
            sources=frozenset({S.ACCEPTED}),
            targets=(S.LEFT,),
            parties=_CONSUMER,
            permission=LINK_REQUEST,
            reason=Reason.OPTIONAL,
        ),
        # Nobody has answered: it is taken back in the consumer's name, who may ask again.
        Transition(
            name="expire",
            event="expired",
            sources=frozenset({S.PENDING}),
            targets=(S.WITHDRAWN,),
            parties=frozenset({"system"}),
            permission=None,
        ),
    ),
)
