"""The terms of a link, in versions."""

from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.errors import ForbiddenError, NotFoundError, invalid
from karavan.kit.versions import refuse_stale
from karavan.modules.identity.public import account_of
from karavan.modules.links.actions.rows import facts, locked_link, note_move
from karavan.modules.links.errors import NotLinkedError
from karavan.modules.links.lifecycle import LINK, SUPPLIER, party_of
from karavan.modules.links.models import AGREED, Link, LinkTerms
from karavan.modules.links.permissions import LINK_DECIDE
from karavan.modules.links.price_lists import agreed_price_list
from karavan.modules.links.schemas import ChangeLinkTermsBody, LinkTermsBody
from karavan.modules.links.states import LinkState
from karavan.modules.organisations.public import is_member

Values = dict[str, Any]


async def values_of(
    session: AsyncSession, supplier: UUID, body: LinkTermsBody, *, lenient: bool = False
) -> Values:
    """The columns of terms, with the names of what they refer to.

    Args:
        supplier: whose price list and member they must be.
        lenient: leave out what has gone since the terms were written, as in those of an invitation.

    Raises:
        ValidationError: the supplier has no such price list or member, or the list is in another currency than the
            amounts, which no order of its prices could then be compared with.
    """
    agreed = representative = None
    money = body.credit_limit or body.minimum_order
    list_id, user_id = body.price_list_id, body.representative_user_id
    if list_id is not None:
        agreed = await agreed_price_list(session, supplier, list_id)
        if agreed is None and not lenient:
            raise invalid(
                "#/terms/price_list_id", "unknown", "There is no such price list of yours."
            )
        if agreed is not None and money is not None and money.currency != agreed.currency:
            _refuse_currency(body, agreed.currency)
    if user_id is not None:
        known = await is_member(session, user_id, supplier)
        account = await account_of(session, user_id) if known else None
        if account is None and not lenient:
            raise invalid(
                "#/terms/representative_user_id", "unknown", "Nobody of your team has this id."
            )
        representative = account.display_name if account else None
    limit, minimum = body.credit_limit, body.minimum_order
    return {
        "price_list_id": list_id if agreed is not None else None,
        "price_list_name": agreed.name if agreed is not None else None,
        "currency": money.currency if money else None,
        "credit_limit_amount": limit.amount if limit else None,
        "payment_days": body.payment_days,
        "minimum_order_amount": minimum.amount if minimum else None,
        "delivery_days": body.delivery_days,
        "representative_user_id": user_id if representative is not None else None,
        "representative_name": representative,
    }


def _refuse_currency(body: LinkTermsBody, currency: str) -> NoReturn:
    field = "credit_limit" if body.credit_limit else "minimum_order"
    raise invalid(
        f"#/terms/{field}",
        "price_list_currency",
        f"The price list is in {currency}, and so is this.",
    )


def add_version(session: AsyncSession, link: Link, values: Values, actor: Actor | None) -> None:
    """Give the link its next version of terms, and make it the one that holds."""
    link.terms_version += 1
    for name, value in values.items():
        setattr(link, name, value)
    session.add(
        LinkTerms(
            link_id=link.id,
            consumer_organisation_id=link.consumer_organisation_id,
            supplier_organisation_id=link.supplier_organisation_id,
            number=link.terms_version,
            set_by=actor.user_id if actor else None,
            set_by_name=actor.display_name if actor else "",
            **values,
        )
    )


async def change_terms(
    session: AsyncSession, actor: Actor, link_id: UUID, body: ChangeLinkTermsBody
) -> Link:
    """Grant other terms. The buyer is told; orders placed before keep theirs. The same terms again make no new version.

    Raises:
        NotFoundError, ForbiddenError: the actor is a stranger, or the buyer.
        NotLinkedError: the link is not accepted.
        ConflictError: the link has another version than the caller read.
        ValidationError: see `values_of`.
    """
    link = await locked_link(session, link_id)
    party = party_of(link, actor.organisation_id)
    if party is None:
        raise NotFoundError
    if party != SUPPLIER:
        raise ForbiddenError("Only the supplier may do this.", side=party)
    actor.require(LINK_DECIDE)
    if link.state != LinkState.ACCEPTED:
        raise NotLinkedError(state=link.state)
    refuse_stale(link, body.version)
    values = await values_of(session, link.supplier_organisation_id, body.terms)
    before = {name: getattr(link, name) for name in AGREED}
    changed = [name for name in AGREED if before[name] != values[name]]
    if not changed:
        return link
    add_version(session, link, values, actor)
    link.version += 1
    note_move(session, link, "change-terms", SUPPLIER, actor)
    record_audit(
        session,
        actor,
        "link.change-terms",
        target_type=LINK.name,
        target_id=link.id,
        target_label=LINK.label_of(link),
        before={name: _plain(before[name]) for name in changed},
        after={name: _plain(values[name]) for name in changed},
    )
    LINK.record(session, link, "terms_changed", actor, data=facts(link, changed=changed))
    await session.flush()
    return link


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
