"""Hints for open pages: which request, quote, deal or invoice has changed, told to the organisations concerned.

They carry identifiers alone. Whoever hears one reads again, with their own rights.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event
from karavan.kit.realtime import publish
from karavan.modules.notifications.facts import request_id_of
from karavan.modules.procurement.public import RequestState, bidders_of, request_facts

_EVENTS = {
    "request": "created edited deleted published amended extended shortlisted reopened awarded reawarded closed"
    " closed_without_award cancelled invited declined deadline_passed",
    "question": "asked answered",
    "quote": "submitted updated reconfirmed withdrawn accepted held rejected expired",
    "deal": "opened terms_proposed signed refused invoiced invoice_lost paid archived cancel_asked cancelled",
    "order": "placed confirmed rejected processed part_shipped shipped delivered completed cancelled rest_cancelled"
    " cancel_asked cancel_refused refunded invoiced",
    "standing_order": "created paused resumed passed_over ended placed skipped",
    "invoice": "sent payment_recorded paid voided credited",
    "credit_note": "sent",
    "link": "requested accepted denied blocked unblocked withdrawn left expired terms_changed",
    "product": "proposed published rejected withdrawn archived",
    "category": "created changed moved archived restored deleted",
    "product_import": "finished failed",
    "price_import": "finished failed",
    "change_request": "proposed approved rejected withdrawn",
    "price_list": "created changed prices_changed removed",
    "customer_group": "created changed removed",
    "complaint": "opened assigned answered replied accepted escalated resolved withdrawn appealed overdue"
    " evidence_added credited",
    "review": "published rejected revised removed replied",
    "wish": "price_dropped back_in_stock",
    "approval": "requested decided voided",
    "member": "invited joined role_changed removed",
    "invite": "revoked",
}
EVENTS = tuple(f"{noun}.{verb}" for noun, verbs in _EVENTS.items() for verb in verbs.split())
"""Events after which something looks different to somebody."""


class Hint(Struct, frozen=True):
    """One piece of news for several organisations."""

    topic: str
    payload: dict[str, str]
    organisation_ids: frozenset[UUID]


async def publish_hints(session: AsyncSession, event: Event) -> None:
    """Put what the event changes on the streams of the organisations concerned."""
    for hint in await _HINTS[event.type.partition(".")[0]](session, event):
        for organisation_id in sorted(hint.organisation_ids):
            await publish(
                session, organisation_id=organisation_id, topic=hint.topic, payload=hint.payload
            )


def _parties(event: Event) -> dict[str, UUID]:
    return {side: UUID(one) for side, one in event.payload["parties"].items()}


def _request_hint(request_id: UUID, *organisation_ids: UUID) -> Hint:
    return Hint("request.changed", {"id": str(request_id)}, frozenset(organisation_ids))


async def _of_request(session: AsyncSession, event: Event) -> list[Hint]:
    told = list(_parties(event).values())
    # A draft is nobody's business but the buyer's; neither is a question before it is answered.
    if event.payload["state"] != RequestState.DRAFT and event.type != "question.asked":
        told += await bidders_of(session, event.aggregate_id)
    return [_request_hint(event.aggregate_id, *told)]


async def _of_quote(session: AsyncSession, event: Event) -> list[Hint]:
    parties = _parties(event)
    request_id = request_id_of(event)
    if request_id is None:
        return []
    request = await request_facts(session, request_id)
    # While it is sealed the buyer learns how many quotes there are, not which of them changed.
    is_open = request is not None and not request.sealed
    told = frozenset(parties.values() if is_open else [parties["vendor"]])
    payload = {"id": str(event.aggregate_id), "request_id": str(request_id)}
    return [Hint("quote.changed", payload, told), _request_hint(request_id, parties["buyer"])]


async def _of_parties(_: AsyncSession, event: Event) -> list[Hint]:
    noun = event.type.partition(".")[0]
    topic = "invoice.changed" if noun == "credit_note" else f"{noun}.changed"
    payload = {"id": str(event.aggregate_id)}
    request_id = request_id_of(event)
    if request_id is not None:
        payload["request_id"] = str(request_id)
    return [Hint(topic, payload, frozenset(_parties(event).values()))]


async def _of_organisation(_: AsyncSession, event: Event) -> list[Hint]:
    changed = event.payload.get("invite_id") or event.payload.get("user_id")
    if event.organisation_id is None or changed is None:
        return []
    noun = event.type.partition(".")[0]
    return [Hint(f"{noun}.changed", {"id": changed}, frozenset({event.organisation_id}))]


_HINTS: dict[str, Callable[[AsyncSession, Event], Awaitable[list[Hint]]]] = {
    "request": _of_request,
    "question": _of_request,
    "quote": _of_quote,
    "deal": _of_parties,
    "order": _of_parties,
    "standing_order": _of_parties,
    "invoice": _of_parties,
    "credit_note": _of_parties,
    "link": _of_parties,
    "product": _of_parties,
    "category": _of_parties,
    "product_import": _of_parties,
    "price_import": _of_parties,
    "change_request": _of_parties,
    "price_list": _of_parties,
    "customer_group": _of_parties,
    "complaint": _of_parties,
    "review": _of_parties,
    "wish": _of_organisation,
    "approval": _of_parties,
    "member": _of_organisation,
    "invite": _of_organisation,
}
