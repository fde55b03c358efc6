"""Links as their readers see them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from karavan.kit.authz import Actor
from karavan.kit.money import MoneyBody
from karavan.modules.links.lifecycle import CONSUMER, LINK, SUPPLIER, party_of
from karavan.modules.links.models import Agreed, Link, LinkInvitation, LinkTerms
from karavan.modules.links.schemas import (
    InvitationState,
    LinkInvitationView,
    LinkListItem,
    LinkPartner,
    LinkTermsBody,
    LinkTermsVersion,
    LinkTermsView,
)
from karavan.modules.links.states import LinkState
from karavan.modules.organisations.public import OrganisationCard

Cards = Mapping[UUID, OrganisationCard]


def is_hidden(link: Link, side: str) -> bool:
    """Whether the reader learns the state of the link and nothing else: a consumer whom the supplier has blocked."""
    return side == CONSUMER and link.state == LinkState.BLOCKED


def side_of(link: Link, actor: Actor) -> str:
    """The reader's side of a link that they can see."""
    return party_of(link, actor.organisation_id) or CONSUMER


def partner(card: OrganisationCard | None, organisation_id: UUID, name: str) -> LinkPartner:
    """A side of a link."""
    return LinkPartner(
        organisation_id=organisation_id,
        name=name,
        country=card.country if card else "",
        city=card.city if card else "",
        logo_url=card.logo_url if card else None,
    )


def _terms_values(row: Agreed, number: int) -> dict[str, Any]:
    def money(amount: int | None) -> MoneyBody | None:
        if amount is None or row.currency is None:
            return None
        return MoneyBody.of(amount, row.currency)

    return {
        "number": number,
        "price_list_id": row.price_list_id,
        "price_list_name": row.price_list_name,
        "credit_limit": money(row.credit_limit_amount),
        "payment_days": row.payment_days,
        "minimum_order": money(row.minimum_order_amount),
        "delivery_days": row.delivery_days,
        "representative_user_id": row.representative_user_id,
        "representative_name": row.representative_name,
    }


def terms_of(link: Link) -> LinkTermsView | None:
    """The terms that hold now; nothing before the first acceptance."""
    if link.terms_version == 0:
        return None
    return LinkTermsView(**_terms_values(link, link.terms_version))


def terms_version(terms: LinkTerms, side: str) -> LinkTermsVersion:
    """A version of the terms for a side."""
    return LinkTermsVersion(
        **_terms_values(terms, terms.number),
        created_at=terms.created_at,
        set_by_name=(terms.set_by_name or None) if side == SUPPLIER else None,
    )


def ahead(moment: datetime | None, now: datetime) -> datetime | None:
    """A moment that lies in the future; nothing once it has passed."""
    return moment if moment is not None and moment > now else None


def list_item(link: Link, actor: Actor, now: datetime, cards: Cards) -> LinkListItem:
    """A link in a list, with what the reader may do."""
    side = side_of(link, actor)
    hidden = is_hidden(link, side)
    values: dict[str, Any] = {
        "message": link.message,
        "reason": link.denial_reason,
        "terms": terms_of(link),
        "updated_at": link.updated_at,
        "decided_at": link.decided_at,
        "expires_at": link.expires_at if link.state == LinkState.PENDING else None,
        "retry_at": ahead(link.retry_at, now) if link.state == LinkState.DENIED else None,
    }
    return LinkListItem(
        id=link.id,
        version=link.version,
        state=link.state,
        side=side,
        consumer=partner(
            cards.get(link.consumer_organisation_id),
            link.consumer_organisation_id,
            link.consumer_organisation_name,
        ),
        supplier=partner(
            cards.get(link.supplier_organisation_id),
            link.supplier_organisation_id,
            link.supplier_organisation_name,
        ),
        created_at=link.created_at,
        actions=LINK.actions(link, actor, now),
        **(dict.fromkeys(values) if hidden else values),
    )


def invitation_state(invitation: LinkInvitation, now: datetime) -> InvitationState:
    """`open`, `expired`, `used_up` or `revoked`: derived, never stored."""
    if invitation.revoked_at is not None:
        return "revoked"
    if invitation.expires_at <= now:
        return "expired"
    if invitation.uses_max is not None and invitation.uses >= invitation.uses_max:
        return "used_up"
    return "open"


def invitation_values(invitation: LinkInvitation, now: datetime) -> dict[str, Any]:
    """What the supplier's people see of an invitation."""
    view = LinkInvitationView(
        id=invitation.id,
        name=invitation.name,
        state=invitation_state(invitation, now),
        accepts_at_once=invitation.accepts_at_once,
        terms=LinkTermsBody.model_validate(invitation.terms) if invitation.terms else None,
        uses=invitation.uses,
        uses_max=invitation.uses_max,
        created_by_name=invitation.created_by_name,
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
        revoked_at=invitation.revoked_at,
    )
    return dict(view)
