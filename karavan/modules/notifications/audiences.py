"""Audiences: from the facts of an event to the people who are to be told."""

from collections.abc import Awaitable, Callable, Collection, Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import EVERY_ROLE, LEADERS, Permission, Role, declared_permissions
from karavan.modules.conversations.public import MESSAGE_WRITE
from karavan.modules.links.public import LINK_DECIDE, LINK_REQUEST
from karavan.modules.notifications.facts import Facts
from karavan.modules.organisations.public import people_of, vendors_for_categories
from karavan.modules.procurement.public import (
    APPROVAL_DECIDE,
    QUOTE_SUBMIT,
    REQUEST_WRITE,
    Visibility,
    bidders_of,
    outranks,
)

Member = tuple[UUID, UUID]
"""An organisation and a person in it."""

Audience = Callable[[AsyncSession, Facts], Awaitable[list[Member]]]


def _roles(wanted: Permission) -> set[Role]:
    return {role for role in declared_permissions()[wanted] if isinstance(role, Role)}


# Whoever may act on a side is told what happens there. The seller of an invoice is the vendor of its deal.
_BUYING, _SELLING = _roles(REQUEST_WRITE), _roles(QUOTE_SUBMIT)
_SIDES = {
    "buyer": _BUYING,
    "vendor": _SELLING,
    "seller": _SELLING,
    "consumer": _roles(LINK_REQUEST),
    "supplier": _roles(LINK_DECIDE),
}


async def _sides(session: AsyncSession, facts: Facts, names: Iterable[str]) -> list[Member]:
    told: list[Member] = []
    for name in names:
        if name in facts.parties:
            told += await people_of(session, [facts.parties[name]], _SIDES[name])
    return told


def _listed(facts: Facts, key: str) -> list[UUID]:
    return [UUID(one) for one in facts.data.get(key) or []]


async def the_buyer(session: AsyncSession, facts: Facts) -> list[Member]:
    """People who buy, in the buying organisation."""
    return await _sides(session, facts, ["buyer"])


async def the_vendor(session: AsyncSession, facts: Facts) -> list[Member]:
    """People who sell, in the vendor's organisation."""
    return await _sides(session, facts, ["vendor"])


async def the_seller(session: AsyncSession, facts: Facts) -> list[Member]:
    """People who sell, in the organisation whose goods these are."""
    return await _sides(session, facts, ["seller"])


async def the_consumer(session: AsyncSession, facts: Facts) -> list[Member]:
    """People who ask for trading links, in the organisation that buys by this one."""
    return await _sides(session, facts, ["consumer"])


async def the_supplier(session: AsyncSession, facts: Facts) -> list[Member]:
    """People who decide about trading links, in the organisation that sells by this one."""
    return await _sides(session, facts, ["supplier"])


async def other_side(session: AsyncSession, facts: Facts) -> list[Member]:
    """Every side but the one that acted; all sides when the clock did."""
    others = [side for side, party in facts.parties.items() if party != facts.actor_organisation_id]
    return await _sides(session, facts, others)


async def every_side(session: AsyncSession, facts: Facts) -> list[Member]:
    """All sides, with the colleagues of who acted."""
    return await _sides(session, facts, facts.parties)


async def matching_vendors(session: AsyncSession, facts: Facts) -> list[Member]:
    """Vendors of a public request's category who are not invited by name: those hear of their invitation."""
    if facts.data.get("visibility") != Visibility.PUBLIC:
        return []
    vendors = await vendors_for_categories(
        session, [facts.data["category"]], except_for=facts.parties["buyer"]
    )
    invited = set(_listed(facts, "invited_organisation_ids"))
    return await people_of(session, [one for one in vendors if one not in invited], _SELLING)


async def invited_vendors(session: AsyncSession, facts: Facts) -> list[Member]:
    """Vendors whom this very event invites."""
    return await people_of(session, _listed(facts, "organisation_ids"), _SELLING)


async def concerned_vendors(session: AsyncSession, facts: Facts) -> list[Member]:
    """Vendors whom the event names because they took part when it happened."""
    return await people_of(session, _listed(facts, "vendor_organisation_ids"), _SELLING)


async def bidders(session: AsyncSession, facts: Facts) -> list[Member]:
    """Vendors who take part in the request, and the vendor of the event, such as one who has asked."""
    taking_part = await bidders_of(session, facts.request.id) if facts.request else []
    vendor = facts.parties.get("vendor")
    return await people_of(session, {*taking_part, *([vendor] if vendor else [])}, _SELLING)


async def deciders(session: AsyncSession, facts: Facts) -> list[Member]:
    """People whose role is that of the approval's next step or higher, but never who asks for it."""
    needed = facts.data.get("next_role")
    if needed is None:
        return []
    roles = [role for role in _roles(APPROVAL_DECIDE) if outranks(role, needed)]
    told = await people_of(session, [facts.parties["buyer"]], roles)
    return [one for one in told if str(one[1]) != facts.data.get("requested_by")]


async def requester(session: AsyncSession, facts: Facts) -> list[Member]:
    """Who asked for the approval."""
    return await _one(session, facts.parties["buyer"], facts.data.get("requested_by"))


async def the_assignee(session: AsyncSession, facts: Facts) -> list[Member]:
    """Who deals with the complaint, in the organisation that has sold."""
    return await _one(session, facts.parties["seller"], facts.data.get("assignee_user_id"))


async def the_importer(session: AsyncSession, facts: Facts) -> list[Member]:
    """Who has started the import."""
    return await _one(session, facts.parties["owner"], facts.data.get("user_id"))


async def the_wisher(session: AsyncSession, facts: Facts) -> list[Member]:
    """On whose wishlist the product is; nobody has done anything that they would have to be told of by name."""
    return await _one(session, facts.event.organisation_id, facts.data.get("user_id"))


async def participants(session: AsyncSession, facts: Facts) -> list[Member]:
    """Everybody who may answer in the conversation."""
    organisations = [UUID(one) for one in facts.event.payload["organisation_ids"]]
    return await people_of(session, organisations, _roles(MESSAGE_WRITE))


async def leaders(session: AsyncSession, facts: Facts) -> list[Member]:
    """Owners and administrators of the organisation."""
    return await people_of(session, _own(facts), LEADERS)


async def the_member(session: AsyncSession, facts: Facts) -> list[Member]:
    """The person whom the event is about."""
    return await _one(session, facts.event.organisation_id, facts.event.payload.get("user_id"))


def _own(facts: Facts) -> Collection[UUID]:
    return [] if facts.event.organisation_id is None else [facts.event.organisation_id]


async def _one(
    session: AsyncSession, organisation_id: UUID | None, user_id: str | None
) -> list[Member]:
    if organisation_id is None or user_id is None:
        return []
    people = await people_of(session, [organisation_id], EVERY_ROLE)
    return [one for one in people if str(one[1]) == user_id]
