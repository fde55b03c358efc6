"""Start again from a request that was good."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import NotFoundError
from karavan.kit.money import MoneyBody
from karavan.kit.schemas import KEPT
from karavan.modules.procurement.actions.requests.create import create
from karavan.modules.procurement.models import Request, RequestLine
from karavan.modules.procurement.queries.rows import live_lines, visible_request
from karavan.modules.procurement.schemas.requests import (
    RequestBody,
    RequestContent,
)


async def duplicate(session: AsyncSession, actor: Actor, request_id: UUID) -> Request:
    """A new draft with the content and files of a request of the same organisation, without its dates.

    Raises:
        NotFoundError: it is no request of the actor's organisation; a vendor cannot copy a buyer's.
    """
    original = await own_request(session, actor, request_id)
    content = content_of(original, await live_lines(session, original.id))
    files = [UUID(str(file["id"])) for file in original.attachments]
    body = RequestBody.model_construct(
        **dict(content), quotes_due_at=None, needed_by=None, attachment_ids=files
    )
    return await create(session, actor, body)


async def own_request(session: AsyncSession, actor: Actor, request_id: UUID) -> Request:
    """A request of the actor's own organisation.

    Raises:
        NotFoundError: there is none.
    """
    request = await visible_request(session, request_id)
    if request.organisation_id != actor.organisation_id:
        raise NotFoundError
    return request


def content_of(request: Request, lines: Sequence[RequestLine]) -> RequestContent:
    """What a copy or a template takes over: everything but dates, files and identifiers."""
    currency = request.currency
    return RequestContent.model_validate(
        {
            "title": request.title,
            "description": request.description,
            "category": request.category,
            "visibility": request.visibility,
            "sealed": request.sealed,
            "currency": currency,
            "budget": _money(request.budget_amount, currency),
            "delivery_country": request.delivery_country,
            "delivery_place": request.delivery_place,
            "delivery_terms": request.delivery_terms,
            "payment_terms": request.payment_terms,
            "lines": [
                {
                    "name": line.name,
                    "specification": line.specification,
                    "quantity": line.quantity,
                    "unit": line.unit,
                    "target_price": _money(line.target_price_amount, currency),
                }
                for line in lines
            ],
        },
        context=KEPT,
    )


def _money(amount: int | None, currency: str) -> MoneyBody | None:
    return None if amount is None else MoneyBody(amount=amount, currency=currency)
