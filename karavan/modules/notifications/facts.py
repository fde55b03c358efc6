"""What an event says, in the same words whatever its type: who did it, between whom, and what texts may mention."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.events import Event
from karavan.modules.catalogue.public import sku_and_names
from karavan.modules.conversations.public import message_facts
from karavan.modules.identity.public import account_of
from karavan.modules.organisations.public import organisation_cards
from karavan.modules.procurement.public import RequestFacts, request_facts

# Where in a payload the value of a text's parameter stands.
_PARAMS: dict[str, tuple[str, ...]] = {
    "label": ("label",),
    "names": ("data", "names"),
    "sequence": ("sequence",),
    "reason": ("reason",),
    "title": ("data", "title"),
    "buyer": ("data", "buyer_name"),
    "vendor": ("data", "vendor_name"),
    "due": ("data", "quotes_due_at"),
    "note": ("data", "note"),
    "message": ("data", "message"),
    "number": ("data", "number"),
    "total": ("data", "total"),
    "amount": ("data", "amount"),
    "due_date": ("data", "due_date"),
    "subject": ("data", "subject_label"),
    "purpose": ("data", "purpose"),
    "terms": ("data", "terms_number"),
    "rating": ("data", "rating"),
    "tracking": ("data", "tracking_number"),
    "order": ("data", "order_number"),
    "supplier": ("data", "supplier_name"),
    "cause": ("data", "cause"),
    "role": ("role",),
    "new_role": ("after", "role"),
}
_ACTORS = (
    ("actor_user_id", "actor_organisation_id"),
    ("author_user_id", "author_organisation_id"),
    ("user_id", "organisation_id"),
)


class Facts(Struct, frozen=True, kw_only=True):
    """An event as rules and audiences read it.

    Attributes:
        parties: organisations by side, such as `buyer`.
        params: JSON values that texts may mention.
        request: the request that it is about, as it stands now.
        person: display name of who did it; for colleagues alone.
        organisation_names: of the parties and of who did it.
    """

    event: Event
    parties: Mapping[str, UUID]
    params: Mapping[str, Any]
    request: RequestFacts | None
    actor_user_id: UUID | None
    actor_organisation_id: UUID | None
    person: str | None
    organisation_names: Mapping[UUID, str]

    @property
    def data(self) -> Mapping[str, Any]:
        """The facts that the event carries beside the usual ones."""
        data: Mapping[str, Any] = self.event.payload.get("data") or {}
        return data

    @property
    def state(self) -> str | None:
        """The state that was reached."""
        state: str | None = self.event.payload.get("state")
        return state

    @property
    def sealed(self) -> bool:
        """Whether nobody but its vendor may know whose quote this is."""
        return self.request is not None and self.request.sealed

    def actor_name_for(self, organisation_id: UUID) -> str | None:
        """Who did it: a person to colleagues, an organisation to others."""
        if self.actor_user_id is None or self.actor_organisation_id is None:
            return None
        if organisation_id == self.actor_organisation_id:
            return self.person
        return self.organisation_names.get(self.actor_organisation_id)


async def facts_of(session: AsyncSession, event: Event) -> Facts:
    """Read an event, and what it names by identifier, with the rights of the system."""
    payload = event.payload
    parties = {side: UUID(one) for side, one in (payload.get("parties") or {}).items()}
    user_id, organisation_id = _actor_of(event)
    request_id = request_id_of(event)
    request = None if request_id is None else await request_facts(session, request_id)
    cards = await organisation_cards(session, {*parties.values(), *filter(None, [organisation_id])})
    names = {one: card.name for one, card in cards.items()}
    account = None if user_id is None else await account_of(session, user_id)
    person = account.display_name if account else None
    found = {name: _at(payload, path) for name, path in _PARAMS.items()}
    if request is not None:
        found = {
            **found,
            "request": request.label,
            "title": found["title"] or request.title,
            "buyer": found["buyer"] or request.organisation_name,
        }
    for side, party in parties.items():
        found[side] = found.get(side) or names.get(party)
    if "message_id" in payload:
        message = await message_facts(session, UUID(payload["message_id"]))
        if message is not None:
            found.update(title=message.title, excerpt=message.excerpt, author=message.author_name)
    if found["names"] is None:
        found["names"] = await _names_of_goods(session, payload)
    return Facts(
        event=event,
        parties=parties,
        params={name: value for name, value in found.items() if value not in (None, "")},
        request=request,
        actor_user_id=user_id,
        actor_organisation_id=organisation_id,
        person=person,
        organisation_names=names,
    )


async def _names_of_goods(
    session: AsyncSession, payload: Mapping[str, Any]
) -> dict[str, str] | None:
    """What the goods that an event is about are called in each language, with their code where its label has it."""
    product_id = (payload.get("data") or {}).get("product_id")
    goods = None if product_id is None else await sku_and_names(session, UUID(product_id))
    if goods is None:
        return None
    sku, names = goods
    prefix = f"{sku} " if str(payload.get("label")).startswith(f"{sku} ") else ""
    return {locale: f"{prefix}{name}" for locale, name in names.items()}


def request_id_of(event: Event) -> UUID | None:
    """The request that an event is about."""
    if event.type.startswith("request."):
        return event.aggregate_id
    given = (event.payload.get("data") or {}).get("request_id")
    return None if given is None else UUID(given)


def _actor_of(event: Event) -> tuple[UUID | None, UUID | None]:
    for person, organisation in _ACTORS:
        if event.payload.get(person) is not None:
            given = event.payload.get(organisation)
            return UUID(event.payload[person]), UUID(given) if given else event.organisation_id
    return None, None


def _at(payload: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = payload
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
