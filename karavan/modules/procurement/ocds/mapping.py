"""A compiled release read as a request of the platform."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from karavan.kit.money import AMOUNT_MAX, CURRENCIES, Money, MoneyBody
from karavan.kit.schemas import is_foreseeable
from karavan.kit.units import UNITS
from karavan.modules.procurement.ocds.classification import category_of
from karavan.modules.procurement.ocds.rules import Finding
from karavan.modules.procurement.ocds.values import (
    Notes,
    entries,
    moment_of,
    money_of,
    plain_text,
    section,
)
from karavan.modules.procurement.schemas.requests import (
    LINES_MAX,
    RequestBody,
    RequestLineBody,
)
from karavan.modules.procurement.states import RequestState, Visibility

_STATES = {
    "cancelled": RequestState.CANCELLED,
    "withdrawn": RequestState.CANCELLED,
    "unsuccessful": RequestState.CLOSED,
    "complete": RequestState.CLOSED,
}
_CONCLUDED = frozenset({"active", "terminated"})
_QUANTITY_STEP = Decimal("0.000001")
_QUANTITY_MAX = Decimal(10) ** 12
_PIECE = "H87"


class MappedRequest(Struct, frozen=True):
    """What a process says as a request.

    Attributes:
        state: draft while it can still be published here; closed or cancelled when it is history.
        notes: what was left out or read differently.
    """

    body: RequestBody
    state: RequestState
    notes: list[Finding]


def map_request(compiled: dict[str, Any], default_currency: str) -> MappedRequest:
    """Read a compiled release as a request.

    Args:
        default_currency: of a process in which no amount names one.
    """
    notes = Notes()
    tender = section(compiled, "tender")
    currency = _currency_of(compiled)
    if currency is None:
        currency = default_currency
        message = f"No amount names a currency; {default_currency} was taken."
        notes.add("/tender/value/currency", "currency", message)
    items, items_path = entries(tender, "items"), "/tender/items"
    for index, award in enumerate(entries(compiled, "awards")) if not items else ():
        items, items_path = entries(award, "items"), f"/awards/{index}/items"
        if items:
            break
    body = RequestBody(
        title=_title(compiled, tender, notes),
        description=_description(compiled, tender, notes),
        category=category_of(items, tender.get("mainProcurementCategory")),
        visibility=(
            Visibility.INVITED
            if tender.get("procurementMethod") in {"selective", "limited", "direct"}
            else Visibility.PUBLIC
        ),
        currency=currency,
        budget=_budget(compiled, tender, currency, notes),
        quotes_due_at=_deadline(tender, notes),
        needed_by=_needed_by(tender, notes),
        delivery_place=_place(compiled, notes),
        lines=_lines(items, items_path, currency, notes),
    )
    return MappedRequest(body, _state(compiled, tender), notes.findings)


def _deadline(tender: dict[str, Any], notes: Notes) -> datetime | None:
    path = "/tender/tenderPeriod/endDate"
    moment = moment_of(section(tender, "tenderPeriod").get("endDate"), notes, path)
    if moment is not None and not is_foreseeable(moment):
        notes.add(path, "date", "This deadline is too far away to be meant and was left out.")
        return None
    return moment


def _state(compiled: dict[str, Any], tender: dict[str, Any]) -> RequestState:
    status = tender.get("status")
    if isinstance(status, str) and status in _STATES:
        return _STATES[status]
    concluded = [*entries(compiled, "awards"), *entries(compiled, "contracts")]
    if any(one.get("status") in _CONCLUDED for one in concluded):
        return RequestState.CLOSED
    return RequestState.DRAFT


def _currency_of(compiled: dict[str, Any]) -> str | None:
    """The tender's own currency first, then what planning, items, awards and contracts are counted in."""
    tender = section(compiled, "tender")
    values = [
        section(tender, "value"),
        section(tender, "minValue"),
        *(section(item, "unit", "value") for item in entries(tender, "items")),
        section(compiled, "planning", "budget", "amount"),
        *(section(one, "value") for one in entries(compiled, "awards")),
        *(section(one, "value") for one in entries(compiled, "contracts")),
    ]
    return next((v["currency"] for v in values if v.get("currency") in CURRENCIES), None)


def _title(compiled: dict[str, Any], tender: dict[str, Any], notes: Notes) -> str:
    named = [("/tender/title", tender.get("title"))]
    named.append(
        ("/planning/budget/project", section(compiled, "planning", "budget").get("project"))
    )
    for kind in ("contracts", "awards"):
        named += [
            (f"/{kind}/{index}/title", one.get("title"))
            for index, one in enumerate(entries(compiled, kind))
        ]
    for path, value in named:
        if title := plain_text(value, 200, notes, path):
            return title
    notes.add("/tender/title", "required", "The process has no title; its ocid was taken.")
    return plain_text(compiled["ocid"], 200, notes, "/ocid") or "OCDS"


def _description(compiled: dict[str, Any], tender: dict[str, Any], notes: Notes) -> str:
    path, value = "/tender/description", tender.get("description")
    if not value:
        path, value = "/planning/rationale", section(compiled, "planning").get("rationale")
    return plain_text(value, 10_000, notes, path, lines=True)


def _budget(
    compiled: dict[str, Any], tender: dict[str, Any], currency: str, notes: Notes
) -> MoneyBody | None:
    for path, value in (
        ("/tender/value", tender.get("value")),
        ("/planning/budget/amount", section(compiled, "planning", "budget").get("amount")),
    ):
        money = money_of(value, notes, path)
        if money is not None:
            return _price(money, currency, notes, path)
    return None


def _price(money: Money, currency: str, notes: Notes, path: str) -> MoneyBody | None:
    if money.currency != currency:
        notes.add(path, "currency", f"Left out: the request is in {currency}.")
        return None
    if money.amount < 0:
        notes.add(path, "negative", "A negative amount was left out.")
        return None
    return MoneyBody(amount=money.amount, currency=currency)


def _needed_by(tender: dict[str, Any], notes: Notes) -> date | None:
    path = "/tender/contractPeriod/endDate"
    written = section(tender, "contractPeriod").get("endDate")
    # The day as the publisher writes it, in the publisher's own time zone.
    if moment_of(written, notes, path) is None:
        return None
    return date.fromisoformat(str(written)[:10])


def _place(compiled: dict[str, Any], notes: Notes) -> str:
    """Where the procuring entity, or else the buyer, has its address."""
    for role in ("procuringEntity", "buyer"):
        for index, party in enumerate(entries(compiled, "parties")):
            roles = party.get("roles")
            if not isinstance(roles, list) or role not in roles:
                continue
            address = section(party, "address")
            parts = [address.get(name) for name in ("locality", "region", "countryName")]
            texts = list(dict.fromkeys(one for one in parts if isinstance(one, str) and one))
            if texts:
                return plain_text(", ".join(texts), 300, notes, f"/parties/{index}/address")
    return ""


def _lines(
    items: list[dict[str, Any]], base: str, currency: str, notes: Notes
) -> list[RequestLineBody]:
    if len(items) > LINES_MAX:
        message = f"A request has at most {LINES_MAX} lines; the others were left out."
        notes.add(base, "too_many", message)
    lines, total = [], 0
    for index, item in enumerate(items[:LINES_MAX]):
        path = f"{base}/{index}"
        price = _target_price(item, currency, notes, path)
        quantity = _quantity(item, notes, path)
        if price is not None:
            total += price.money().times(quantity).amount
            if total > AMOUNT_MAX:
                message = "Price × quantity adds up to more than can be recorded."
                notes.add(f"{path}/unit/value", "too_large", message)
                price = None
        lines.append(
            RequestLineBody(
                name=_line_name(item, notes, path),
                specification=_specification(item, notes, path),
                quantity=quantity,
                unit=_unit(item, notes, path),
                target_price=price,
            )
        )
    return lines


def _target_price(item: dict[str, Any], currency: str, notes: Notes, path: str) -> MoneyBody | None:
    at = f"{path}/unit/value"
    money = money_of(section(item, "unit").get("value"), notes, at)
    return None if money is None else _price(money, currency, notes, at)


def _line_name(item: dict[str, Any], notes: Notes, path: str) -> str:
    description = item.get("description")
    name = plain_text(description, 10_000, notes, f"{path}/description")
    if not name:
        name = plain_text(
            section(item, "classification").get("description"),
            10_000,
            notes,
            f"{path}/classification",
        )
    if not name:
        notes.add(f"{path}/description", "required", "The item has no description.")
        name = str(item.get("id") or "—")
    # What does not fit the name stands in the specification.
    return plain_text(name[:200], 200, notes, path) or "—"


def _specification(item: dict[str, Any], notes: Notes, path: str) -> str:
    parts = []
    description = item.get("description")
    if isinstance(description, str) and len(description.strip()) > 200:
        parts.append(description)
    for one in [section(item, "classification"), *entries(item, "additionalClassifications")]:
        words = [one.get("scheme"), one.get("id"), one.get("description")]
        parts.append(" ".join(str(word) for word in words if word not in {None, ""}))
    text = "\n".join(part for part in parts if part)
    return plain_text(text, 10_000, notes, f"{path}/description", lines=True)


def _quantity(item: dict[str, Any], notes: Notes, path: str) -> Decimal:
    given = item.get("quantity")
    value = Decimal(given) if given is not None else Decimal(0)
    if value <= 0 or value >= _QUANTITY_MAX:
        notes.add(f"{path}/quantity", "quantity", "No usable quantity; 1 was taken.")
        return Decimal(1)
    rounded = value.quantize(_QUANTITY_STEP)
    if rounded != value:
        notes.add(f"{path}/quantity", "rounded", "Rounded to six digits after the point.")
    return rounded or _QUANTITY_STEP


def _unit(item: dict[str, Any], notes: Notes, path: str) -> str:
    """The UN/ECE Recommendation 20 code, which OCDS calls the scheme `UNCEFACT`."""
    unit = section(item, "unit")
    code = unit.get("id")
    if unit.get("scheme") in {None, "UNCEFACT"} and isinstance(code, str):
        wanted = code.strip().upper()
        if wanted in UNITS:
            return wanted
    name = plain_text(unit.get("name"), 80, Notes(), path)
    if name or code:
        message = f"The unit `{name or str(code)[:80]}` has no UN/ECE code; pieces were taken."
        notes.add(f"{path}/unit", "unit", message)
    return _PIECE
