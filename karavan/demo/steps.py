"""Single steps of trade, each one call of the API."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from karavan.demo.people import Person
from karavan.demo.requests import DemoRequest

Json = dict[str, Any]


def in_days(days: float) -> str:
    """A moment so many days from now."""
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def tenge(amount: int | Decimal) -> Json:
    """Money in tiyn."""
    return {"amount": int(amount * 100), "currency": "KZT"}


async def draft(person: Person, wanted: DemoRequest, files: Sequence[str] = ()) -> Json:
    """Write a request and leave it a draft."""
    body = {
        "title": wanted.title,
        "description": wanted.description,
        "category": wanted.category,
        "visibility": wanted.visibility,
        "sealed": wanted.sealed,
        "currency": "KZT",
        "budget": tenge(wanted.budget) if wanted.budget else None,
        "quotes_due_at": in_days(wanted.due_in_days),
        "needed_by": in_days(wanted.needed_in_days)[:10],
        "delivery_country": wanted.country,
        "delivery_place": wanted.place,
        "delivery_terms": wanted.terms,
        "payment_terms": wanted.payment,
        "attachment_ids": list(files),
        "lines": [
            {
                "name": line.name,
                "specification": line.specification,
                "quantity": line.quantity,
                "unit": line.unit,
                "target_price": tenge(line.target),
            }
            for line in wanted.lines
        ],
    }
    made: Json = await person.post("/requests", body)
    return made


def offer(
    request: Json, factor: str, *, lead_days: int, payment_days: int = 0, **more: Any
) -> Json:
    """An offer at the target prices times `factor`.

    Args:
        more: further fields; `absent` is the position of a line that is not available, `instead` maps a position to the
            name of an alternative.
    """
    absent = more.pop("absent", None)
    instead = more.pop("instead", {})
    tax_rate = more.pop("tax_rate", "12")
    lines = []
    for line in request["lines"]:
        answer: Json = {"request_line_id": line["id"], "kind": "offered", "tax_rate": tax_rate}
        if line["position"] == absent:
            lines.append({"request_line_id": line["id"], "kind": "not_available"})
            continue
        if line["position"] in instead:
            answer |= {"kind": "alternative", "name": instead[line["position"]]}
        price = (Decimal(line["target_price"]["amount"]) * Decimal(factor)).quantize(Decimal(100))
        lines.append(answer | {"unit_price": {"amount": int(price), "currency": "KZT"}})
    return {
        "currency": "KZT",
        "valid_until": in_days(60),
        "lead_time_days": lead_days,
        "payment_days": payment_days,
        "lines": lines,
        **more,
    }


async def quote(person: Person, request: Json, factor: str, **terms: Any) -> Json:
    """Submit a quote."""
    made: Json = await person.post(
        f"/requests/{request['id']}/quotes", offer(request, factor, **terms)
    )
    return made


async def move(person: Person, noun: str, row: Json, transition: str, **body: Any) -> Json:
    """Take a transition; the answer is the row as it is then."""
    moved: Json = await person.post(f"/{noun}/{row['id']}/{transition}", body)
    return moved


async def award(
    person: Person, request: Json, *winners: Json | tuple[Json, Sequence[int]]
) -> list[Json]:
    """Shortlist the winners and award them everything, or the lines at the given positions. Returns the deals."""
    pairs = [winner if isinstance(winner, tuple) else (winner, None) for winner in winners]
    if request["state"] == "published" and not request["sealed"]:
        await move(
            person, "requests", request, "shortlist", quote_ids=[one["id"] for one, _ in pairs]
        )
    by_position = {line["position"]: line["id"] for line in request["lines"]}
    allocations = [
        {
            "quote_id": one["id"],
            "lines": [{"request_line_id": by_position[at]} for at in positions]
            if positions
            else None,
        }
        for one, positions in pairs
    ]
    await move(person, "requests", request, "award", allocations=allocations)
    deals = await person.get("/deals?size=100")
    return [deal for deal in deals["items"] if deal["request_id"] == request["id"]]


async def sign(person: Person, deal: Json) -> Json:
    """Sign the present terms."""
    shown = await person.get(f"/deals/{deal['id']}")
    return await move(
        person,
        "deals",
        deal,
        "sign",
        terms_number=shown["terms"]["number"],
        content_sha256=shown["terms"]["content_sha256"],
    )


async def say(person: Person, deal: Json, text: str) -> None:
    """Write to the other side."""
    await person.post(f"/deals/{deal['id']}/messages", {"body": text})
