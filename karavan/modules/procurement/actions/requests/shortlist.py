"""Choose the quotes that stay in the running."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import FieldError, ValidationError
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.models import Request
from karavan.modules.procurement.queries.rows import locked_quotes, locked_request
from karavan.modules.procurement.schemas.awards import ShortlistBody
from karavan.modules.procurement.states import OPEN_QUOTE


async def shortlist(
    session: AsyncSession, actor: Actor, request_id: UUID, body: ShortlistBody
) -> Request:
    """Put one or more open quotes on the shortlist. The others stay as they are until the award.

    Raises:
        ValidationError: a quote is not open, or not for this request.
    """
    request = await locked_request(session, request_id)
    move = REQUEST.check(request, "shortlist", actor, await database_now(session), body)
    quotes = await locked_quotes(session, request.id, OPEN_QUOTE)
    chosen = set(body.quote_ids)
    unknown = chosen - {quote.id for quote in quotes}
    if unknown:
        raise ValidationError(
            errors=[
                FieldError(
                    pointer=f"#/quote_ids/{index}",
                    code="not_eligible",
                    detail="This is no open quote for the request.",
                )
                for index, quote_id in enumerate(body.quote_ids)
                if quote_id in unknown
            ]
        )
    for quote in quotes:
        if quote.shortlisted != (quote.id in chosen):
            quote.shortlisted = quote.id in chosen
            quote.version += 1
    REQUEST.apply(
        session,
        move,
        after={"shortlisted": [quote.number for quote in quotes if quote.id in chosen]},
        data={"title": request.title, "quote_ids": sorted(str(one) for one in chosen)},
    )
    await session.flush()
    return request
