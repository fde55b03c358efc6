"""What other modules may use of trading links."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_row
from karavan.kit.locks import find_row
from karavan.kit.money import Money
from karavan.kit.tenancy import CURRENT_ORGANISATION, caller_is
from karavan.modules.links.errors import NoLinkError
from karavan.modules.links.models import AGREED, Agreed, Link, LinkTerms
from karavan.modules.links.permissions import LINK_DECIDE, LINK_READ, LINK_REQUEST
from karavan.modules.links.price_lists import AgreedPriceList, use_price_lists
from karavan.modules.links.states import LinkState

__all__ = [
    "LINKED_SUPPLIERS",
    "LINK_DECIDE",
    "LINK_READ",
    "LINK_REQUEST",
    "AgreedPriceList",
    "LinkState",
    "LinkTermsFacts",
    "LinkView",
    "NoLinkError",
    "accepted_link",
    "consumers_linked_to",
    "link_terms_version",
    "link_view",
    "linked_suppliers",
    "links_of_consumer",
    "links_with_price_list",
    "organisations_linked_to",
    "use_price_lists",
]

LINKED_SUPPLIERS = (
    "array(select supplier_organisation_id from links_links"
    f" where consumer_organisation_id = {CURRENT_ORGANISATION} and state = 'accepted')"
)
"""Suppliers whose link the caller's organisation has been granted, for policies: `organisation_id = any (…)`. It refers to
no outer row, so it is evaluated once per statement.
"""


# In the order in which `_facts` takes them; the list's name is for people to read.
_AGREED = tuple(name for name in AGREED if name != "price_list_name")
_ACCEPTED = f"""
select id, version, consumer_organisation_name, supplier_organisation_name, terms_version, {", ".join(_AGREED)}
from links_links where consumer_organisation_id = $1 and supplier_organisation_id = $2 and state = 'accepted'
"""
_HELD = " for no key update"


class LinkTermsFacts(Struct, frozen=True, kw_only=True):
    """What a supplier grants in one version. Nothing is not agreed: no credit limit is no limit, one of nought no credit.

    Days are calendar days.
    """

    number: int
    price_list_id: UUID | None
    credit_limit: Money | None
    payment_days: int | None
    minimum_order: Money | None
    delivery_days: int | None
    representative_user_id: UUID | None
    representative_name: str | None


class LinkView(Struct, frozen=True, kw_only=True):
    """A link and the terms that hold now; no terms before it was first accepted."""

    id: UUID
    state: LinkState
    version: int
    consumer_organisation_id: UUID
    consumer_organisation_name: str
    supplier_organisation_id: UUID
    supplier_organisation_name: str
    terms: LinkTermsFacts | None


def _terms(row: Agreed, number: int) -> LinkTermsFacts:
    return _facts(number, *(getattr(row, name) for name in _AGREED))


def _facts(
    number: int,
    price_list_id: UUID | None,
    currency: str | None,
    credit_limit_amount: int | None,
    payment_days: int | None,
    minimum_order_amount: int | None,
    delivery_days: int | None,
    representative_user_id: UUID | None,
    representative_name: str | None,
) -> LinkTermsFacts:
    def money(amount: int | None) -> Money | None:
        return None if amount is None or currency is None else Money(amount, currency)

    return LinkTermsFacts(
        number=number,
        price_list_id=price_list_id,
        credit_limit=money(credit_limit_amount),
        payment_days=payment_days,
        minimum_order=money(minimum_order_amount),
        delivery_days=delivery_days,
        representative_user_id=representative_user_id,
        representative_name=representative_name,
    )


def _view(link: Link) -> LinkView:
    return LinkView(
        id=link.id,
        state=LinkState(link.state),
        version=link.version,
        consumer_organisation_id=link.consumer_organisation_id,
        consumer_organisation_name=link.consumer_organisation_name,
        supplier_organisation_id=link.supplier_organisation_id,
        supplier_organisation_name=link.supplier_organisation_name,
        terms=_terms(link, link.terms_version) if link.terms_version else None,
    )


async def accepted_link(
    session: AsyncSession, consumer: UUID, supplier: UUID, *, lock: bool = False
) -> LinkView:
    """The accepted link of an ordered pair.

    Args:
        lock: hold it until the transaction ends, so that neither a block nor another reservation of credit comes between.

    Raises:
        NoLinkError: there is none, or it is pending, blocked or over.
    """
    row = await read_row(session, _ACCEPTED + _HELD if lock else _ACCEPTED, consumer, supplier)
    if row is None:
        raise NoLinkError
    link_id, version, consumer_name, supplier_name, number, *agreed = row
    return LinkView(
        id=link_id,
        state=LinkState.ACCEPTED,
        version=version,
        consumer_organisation_id=consumer,
        consumer_organisation_name=consumer_name,
        supplier_organisation_id=supplier,
        supplier_organisation_name=supplier_name,
        terms=_facts(number, *agreed) if number else None,
    )


async def link_view(session: AsyncSession, link_id: UUID) -> LinkView | None:
    """A link by id, in whatever state; nothing when the transaction may not see it."""
    link = await session.scalar(
        select(Link)
        .where(
            Link.id == link_id,
            caller_is(Link.consumer_organisation_id, Link.supplier_organisation_id),
        )
        .execution_options(populate_existing=True)
    )
    return None if link is None else _view(link)


async def link_terms_version(session: AsyncSession, link_id: UUID, number: int) -> LinkTermsFacts:
    """One version of a link's terms.

    Raises:
        NotFoundError: there is none of that number, or the transaction may not see it.
    """
    terms = await find_row(
        session,
        select(LinkTerms).where(
            LinkTerms.link_id == link_id,
            LinkTerms.number == number,
            caller_is(LinkTerms.consumer_organisation_id, LinkTerms.supplier_organisation_id),
        ),
    )
    return _terms(terms, terms.number)


async def organisations_linked_to(session: AsyncSession, supplier: UUID) -> Sequence[UUID]:
    """Consumers with an accepted link to a supplier."""
    found = await session.scalars(
        select(Link.consumer_organisation_id)
        .where(Link.supplier_organisation_id == supplier, Link.state == LinkState.ACCEPTED)
        .order_by(Link.consumer_organisation_id)
    )
    return found.all()


async def linked_suppliers(session: AsyncSession, consumer: UUID) -> Sequence[UUID]:
    """Suppliers with an accepted link to a consumer."""
    found = await session.scalars(
        select(Link.supplier_organisation_id)
        .where(Link.consumer_organisation_id == consumer, Link.state == LinkState.ACCEPTED)
        .order_by(Link.supplier_organisation_id)
    )
    return found.all()


async def consumers_linked_to(
    session: AsyncSession, supplier: UUID, wanted: Sequence[UUID]
) -> dict[UUID, str]:
    """The names of those of the wanted consumers that have an accepted link to a supplier, by id."""
    found = await session.execute(
        select(Link.consumer_organisation_id, Link.consumer_organisation_name).where(
            Link.supplier_organisation_id == supplier,
            Link.consumer_organisation_id.in_(wanted),
            Link.state == LinkState.ACCEPTED,
        )
    )
    return {row.consumer_organisation_id: row.consumer_organisation_name for row in found}


async def links_with_price_list(session: AsyncSession, supplier: UUID, price_list_id: UUID) -> int:
    """How many accepted or blocked links of a supplier name a price list in their terms."""
    found = await session.scalar(
        select(func.count())
        .select_from(Link)
        .where(
            Link.supplier_organisation_id == supplier,
            Link.price_list_id == price_list_id,
            Link.state.in_((LinkState.ACCEPTED, LinkState.BLOCKED)),
        )
    )
    return found or 0


async def links_of_consumer(session: AsyncSession, consumer: UUID) -> Sequence[UUID]:
    """The ids of a consumer's accepted links."""
    found = await session.scalars(
        select(Link.id).where(
            Link.consumer_organisation_id == consumer, Link.state == LinkState.ACCEPTED
        )
    )
    return found.all()
