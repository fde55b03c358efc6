"""A quote in full, for its vendor, or for its buyer once it may be read."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.decimals import plain
from karavan.kit.errors import NotFoundError
from karavan.kit.money import MoneyBody
from karavan.modules.media.public import AttachmentView, attachment_views
from karavan.modules.procurement.lifecycles import QUOTE
from karavan.modules.procurement.models import Deal, Quote, QuoteLine, QuoteVersion, Request
from karavan.modules.procurement.queries.asked import AskedRequest
from karavan.modules.procurement.queries.offers import lines_of
from karavan.modules.procurement.queries.rows import visible_quote, visible_request
from karavan.modules.procurement.schemas.quotes import (
    QuoteChange,
    QuotedRequest,
    QuoteLineView,
    QuoteVersionHistory,
    QuoteVersionView,
    QuoteView,
)
from karavan.modules.procurement.schemas.requests import Party
from karavan.modules.procurement.states import LineKind

_COMPARED = (
    "currency",
    "valid_until",
    "lead_time_days",
    "payment_days",
    "payment_terms",
    "delivery_terms",
    "delivery",
    "note",
    "total",
)
_COMPARED_OF_LINE = (
    "kind",
    "name",
    "quantity",
    "unit",
    "unit_price",
    "tax_rate",
    "lead_time_days",
    "comment",
)

_LATEST_DEAL = (
    select(Deal.id)
    .where(Deal.quote_id == QuoteVersion.quote_id)
    .order_by(Deal.created_at.desc())
    .limit(1)
    .scalar_subquery()
)
# The present version, its deal and the moment in one round trip; built once, because building costs more than sending.
_PRESENT = select(QuoteVersion, _LATEST_DEAL, func.clock_timestamp()).where(
    QuoteVersion.quote_id == bindparam("quote_id"), QuoteVersion.number == bindparam("number")
)


async def quote_view(session: AsyncSession, actor: Actor, quote: Quote) -> QuoteView:
    """The quote with its present version and what the reader may do.

    Raises:
        NotFoundError: to the buyer of a sealed request there is no such quote yet.
    """
    keys = {"quote_id": quote.id, "number": quote.current_version}
    found = (await session.execute(_PRESENT, keys)).one_or_none()
    if found is None:
        raise NotFoundError
    version, deal_id, now = found
    request = await visible_request(session, quote.request_id)
    lines = (await lines_of(session, [version.id]))[version.id]
    return view_of(actor, quote, request, version, lines, now=now, deal_id=deal_id)


def view_of(
    actor: Actor,
    quote: Quote,
    request: Request | AskedRequest,
    version: QuoteVersion,
    lines: Sequence[QuoteLine],
    *,
    now: datetime,
    deal_id: UUID | None = None,
) -> QuoteView:
    """The same from rows at hand."""
    return QuoteView(
        id=quote.id,
        number=quote.number,
        state=quote.state,
        version=quote.version,
        current_version=quote.current_version,
        vendor=Party(id=quote.organisation_id, name=quote.organisation_name),
        request=_request(request),
        needs_reconfirm=quote.needs_reconfirm,
        shortlisted=quote.shortlisted,
        valid_until=quote.valid_until,
        total=MoneyBody.of(version.total_amount, version.currency),
        lead_time_days=version.lead_time_days,
        lines_offered=sum(line.kind != LineKind.NOT_AVAILABLE for line in lines),
        created_at=quote.created_at,
        updated_at=quote.updated_at,
        side="vendor" if quote.organisation_id == actor.organisation_id else "buyer",
        offer=_version(version, lines),
        request_revision=quote.request_revision,
        rejected_reason=quote.rejected_reason,
        submitted_by_name=quote.submitted_by_name,
        deal_id=deal_id,
        actions=QUOTE.actions(quote, actor, now),
    )


async def quote_versions(session: AsyncSession, quote_id: UUID) -> list[QuoteVersionHistory]:
    """Every version, the newest first, with what changed against the one before.

    Raises:
        NotFoundError: there is no such quote for the reader, or it is sealed from them.
    """
    quote = await visible_quote(session, quote_id)
    found = await session.scalars(
        select(QuoteVersion).where(QuoteVersion.quote_id == quote.id).order_by(QuoteVersion.number)
    )
    versions = list(found)
    if not versions:
        raise NotFoundError
    lines = await lines_of(session, [version.id for version in versions])
    views = [_version(version, lines[version.id]) for version in versions]
    changes = [[], *(_changes(before, after) for before, after in pairwise(views))]
    history = [
        QuoteVersionHistory(**view.model_dump(), changes=changed)
        for view, changed in zip(views, changes, strict=True)
    ]
    return history[::-1]


def _request(request: Request | AskedRequest) -> QuotedRequest:
    return QuotedRequest(
        id=request.id,
        number=request.number,
        title=request.title,
        state=request.state,
        currency=request.currency,
        quotes_due_at=request.quotes_due_at,
        revision=request.revision,
        sealed=request.sealed,
        organisation=Party(id=request.organisation_id, name=request.organisation_name),
    )


def _version(version: QuoteVersion, lines: Sequence[QuoteLine]) -> QuoteVersionView:
    def money(amount: int) -> MoneyBody:
        return MoneyBody.of(amount, version.currency)

    return QuoteVersionView(
        number=version.number,
        currency=version.currency,
        valid_until=version.valid_until,
        lead_time_days=version.lead_time_days,
        payment_days=version.payment_days,
        payment_terms=version.payment_terms,
        delivery_terms=version.delivery_terms,
        delivery=money(version.delivery_amount),
        note=version.note,
        net=money(version.net_amount),
        tax=money(version.tax_amount),
        total=money(version.total_amount),
        submitted_by_name=version.submitted_by_name,
        created_at=version.created_at,
        lines=[
            QuoteLineView(
                id=line.id,
                request_line_id=line.request_line_id,
                position=line.position,
                kind=line.kind,
                name=line.name,
                quantity=plain(line.quantity),
                unit=line.unit,
                unit_price=money(line.unit_price_amount),
                tax_rate=plain(line.tax_rate),
                lead_time_days=line.lead_time_days,
                comment=line.comment,
                net=money(line.net_amount),
            )
            for line in lines
        ],
        attachments=[
            AttachmentView.model_validate(view, from_attributes=True)
            for view in attachment_views(version.attachments)
        ],
    )


def _changes(before: QuoteVersionView, after: QuoteVersionView) -> list[QuoteChange]:
    changed = [
        QuoteChange(
            field=name, before=_plain(getattr(before, name)), after=_plain(getattr(after, name))
        )
        for name in _COMPARED
        if getattr(before, name) != getattr(after, name)
    ]
    old = {line.request_line_id: line for line in before.lines}
    new = {line.request_line_id: line for line in after.lines}
    for line_id in {**old, **new}:
        was, becomes = old.get(line_id), new.get(line_id)
        for name in _COMPARED_OF_LINE:
            left, right = getattr(was, name, None), getattr(becomes, name, None)
            if left != right:
                changed.append(
                    QuoteChange(
                        field=f"lines/{line_id}/{name}", before=_plain(left), after=_plain(right)
                    )
                )
    return changed


def _plain(value: Any) -> str | None:
    """Money as `amount currency` in minor units, everything else as text."""
    if value is None:
        return None
    return f"{value.amount} {value.currency}" if isinstance(value, MoneyBody) else str(value)
