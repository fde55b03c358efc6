"""Putting the values of a body into a request and its lines: shared by create, edit and amend."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import ValidationError, invalid
from karavan.kit.ids import new_id
from karavan.kit.money import MoneyBody
from karavan.modules.media.public import attach, release
from karavan.modules.procurement.models import Request, RequestLine
from karavan.modules.procurement.request_content import (
    line_names,
    refuse_wrong_money,
    unknown_lines,
)
from karavan.modules.procurement.schemas.requests import (
    AmendBody,
    RequestContent,
    RequestLineBody,
    RequestPatch,
)

ContentBody = RequestContent | RequestPatch | AmendBody

_COLUMNS = frozenset(
    {
        "title",
        "description",
        "category",
        "visibility",
        "sealed",
        "currency",
        "quotes_due_at",
        "needed_by",
        "delivery_country",
        "delivery_place",
        "delivery_terms",
        "payment_terms",
    }
)


def columns_of(body: ContentBody, *, only_set: bool) -> dict[str, Any]:
    """Values of a body by the request's columns.

    Args:
        only_set: leave out what the sender left out; else defaults count.
    """
    names = body.model_fields_set if only_set else set(type(body).model_fields)
    values = {name: getattr(body, name) for name in names & _COLUMNS}
    if "budget" in names:
        values["budget_amount"] = body.budget.amount if body.budget else None
    for name in ("category", "visibility"):
        if name in values:
            values[name] = str(values[name].value)
    return values


def write_fields(request: Request, body: ContentBody, *, only_set: bool) -> None:
    """Set the request's columns from a body."""
    for name, value in columns_of(body, only_set=only_set).items():
        setattr(request, name, value)


def check_money(
    request: Request,
    present: Sequence[RequestLine],
    *,
    previous_currency: str,
    budget: MoneyBody | None,
    budget_given: bool,
    lines: Sequence[RequestLineBody] | None,
) -> None:
    """Refuse amounts of other currencies, and a change of the currency that leaves old amounts behind.

    Raises:
        ValidationError: names each amount.
    """
    refuse_wrong_money(request.currency, budget, lines or [])
    if request.currency == previous_currency:
        return
    if request.budget_amount is not None and not budget_given:
        raise invalid("#/budget", "currency", f"Give the budget in {request.currency}.")
    if lines is None and any(line.target_price_amount is not None for line in present):
        raise invalid("#/lines", "currency", f"Give the target prices in {request.currency}.")


async def write_lines(
    session: AsyncSession,
    request: Request,
    bodies: Sequence[RequestLineBody],
    present: Sequence[RequestLine],
    *,
    removed_in: int | None = None,
) -> list[RequestLine]:
    """Make the request's lines those of `bodies`, in that order; lines named by their id keep it.

    Args:
        removed_in: lines that are left out stay, marked with this revision; without it they are deleted.

    Returns:
        The lines as they are now.

    Raises:
        ValidationError: an id is no line of this request.
    """
    by_id = {line.id: line for line in present}
    if errors := unknown_lines(bodies, set(by_id)):
        raise ValidationError(errors=errors)
    written = []
    for position, body in enumerate(bodies, start=1):
        line = by_id.pop(body.id, None) if body.id else None
        if line is None:
            line = RequestLine(
                id=new_id(), request_id=request.id, organisation_id=request.organisation_id
            )
            session.add(line)
        line.position = position
        line.name = body.name
        line.specification = body.specification
        line.quantity = body.quantity
        line.unit = body.unit
        line.target_price_amount = body.target_price.amount if body.target_price else None
        written.append(line)
    for line in by_id.values():
        if removed_in is None:
            await session.delete(line)
        else:
            line.removed_in_revision = removed_in
    request.line_names = line_names(written)
    return written


async def write_attachments(
    session: AsyncSession, actor: Actor, request: Request, media_ids: Sequence[UUID]
) -> None:
    """Make the request's files those of `media_ids`, in that order; files that it has already stay as they are."""
    wanted = list(dict.fromkeys(media_ids))
    kept = {UUID(str(file["id"])): file for file in request.attachments or []}
    fresh = await attach(session, actor, media_ids, known=kept.keys())
    known = kept | {UUID(str(file["id"])): dict(file) for file in fresh}
    request.attachments = [known[one] for one in wanted]
    if request.published_at is None:
        # What vendors have seen stays as evidence; a draft lets go of what it drops.
        await release(session, request.organisation_id, kept.keys() - set(wanted))
