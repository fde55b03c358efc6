"""What a request says: one JSON shape of it for revisions, templates' copies and fingerprints of approvals."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from karavan.kit.clock import rfc3339
from karavan.kit.decimals import plain
from karavan.kit.errors import FieldError, ValidationError
from karavan.kit.money import AMOUNT_MAX, Money, MoneyBody
from karavan.modules.procurement.models import Request, RequestLine
from karavan.modules.procurement.schemas.requests import RequestLineBody

_PLAIN_FIELDS = (
    "title",
    "description",
    "category",
    "visibility",
    "sealed",
    "currency",
    "delivery_country",
    "delivery_place",
    "delivery_terms",
    "payment_terms",
)
_LINE_FIELDS = ("name", "specification", "quantity", "unit", "target_price")
LINE_NAMES_MAX = 60_000
"""Characters of line names that the search reads: a text search vector may not pass one megabyte."""


def _money(amount: int | None, currency: str) -> dict[str, Any] | None:
    return None if amount is None else {"amount": amount, "currency": currency}


def snapshot(request: Request, lines: Sequence[RequestLine]) -> dict[str, Any]:
    """What the request says now, as JSON values."""
    due, needed = request.quotes_due_at, request.needed_by
    return {
        **{name: _text(getattr(request, name)) for name in _PLAIN_FIELDS},
        "budget": _money(request.budget_amount, request.currency),
        "quotes_due_at": rfc3339(due) if due else None,
        "needed_by": needed.isoformat() if needed else None,
        "attachments": [
            {"id": str(file["id"]), "name": file["name"], "sha256": file.get("sha256")}
            for file in request.attachments or []
        ],
        "lines": [
            {
                "id": str(line.id),
                "name": line.name,
                "specification": line.specification,
                "quantity": plain(line.quantity),
                "unit": line.unit,
                "target_price": _money(line.target_price_amount, request.currency),
            }
            for line in lines
        ],
    }


def _text(value: Any) -> Any:
    """Enumerations as the plain text that the row holds."""
    return str(value) if isinstance(value, str) else value


def fingerprint(content: dict[str, Any], **more: Any) -> str:
    """SHA-256 over the canonical JSON of a content, in hexadecimal."""
    canonical = json.dumps(
        {"content": content, **more}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Changes from one snapshot to another: `{field, before, after}`; lines are named `lines/<id>/quantity`."""
    changes = [
        {"field": name, "before": before[name], "after": after[name]}
        for name in before
        if name != "lines" and before[name] != after[name]
    ]
    old = {line["id"]: line for line in before["lines"]}
    new = {line["id"]: line for line in after["lines"]}
    for line_id in {**old, **new}:
        was, becomes = old.get(line_id), new.get(line_id)
        if was is None or becomes is None:
            changes.append({"field": f"lines/{line_id}", "before": was, "after": becomes})
            continue
        changes += [
            {"field": f"lines/{line_id}/{name}", "before": was[name], "after": becomes[name]}
            for name in _LINE_FIELDS
            if was[name] != becomes[name]
        ]
    if not changes and [*old] != [*new]:
        changes.append({"field": "lines", "before": [*old], "after": [*new]})
    return changes


def estimated_amount(request: Request, lines: Sequence[RequestLine]) -> int | None:
    """What the request may cost: its budget, else the sum of target price × quantity, else nobody knows.

    Returns:
        Minor units of the request's currency.
    """
    if request.budget_amount is not None:
        return request.budget_amount
    total = 0
    for line in lines:
        if line.target_price_amount is None:
            return None
        total += Money(line.target_price_amount, request.currency).times(line.quantity).amount
    return total if lines else None


def refuse_wrong_money(
    currency: str, budget: MoneyBody | None, lines: Sequence[RequestLineBody]
) -> None:
    """Refuse amounts in another currency than the request's, and sums that no column can hold.

    Raises:
        ValidationError: names each such amount.
    """
    errors: list[FieldError] = []
    amounts = [("#/budget", budget)]
    amounts += [(f"#/lines/{i}/target_price", line.target_price) for i, line in enumerate(lines)]
    for pointer, amount in amounts:
        if amount is not None and amount.currency != currency:
            detail = f"The request is in {currency}."
            errors.append(FieldError(pointer=f"{pointer}/currency", code="currency", detail=detail))
    total = 0
    for index, line in enumerate(lines):
        if line.target_price is None:
            continue
        total += line.target_price.money().times(line.quantity).amount
        if total > AMOUNT_MAX:
            errors.append(
                FieldError(
                    pointer=f"#/lines/{index}/target_price/amount",
                    code="too_large",
                    detail="Price × quantity of the lines adds up to more than can be recorded.",
                )
            )
            break
    if errors:
        raise ValidationError(errors=errors)


def line_names(lines: Sequence[RequestLineBody] | Sequence[RequestLine]) -> str:
    """The names that the board's search reads."""
    return "\n".join(line.name for line in lines)[:LINE_NAMES_MAX]


def unknown_lines(bodies: Sequence[RequestLineBody], present: set[UUID]) -> list[FieldError]:
    """Errors of identifiers that are no line of the request, or that stand twice."""
    errors, seen = [], set[UUID]()
    for index, body in enumerate(bodies):
        if body.id is None:
            continue
        if body.id not in present:
            code, detail = "unknown_line", "This is no line of the request."
        elif body.id in seen:
            code, detail = "duplicate_line", "This line stands here twice."
        else:
            seen.add(body.id)
            continue
        errors.append(FieldError(pointer=f"#/lines/{index}/id", code=code, detail=detail))
    return errors
