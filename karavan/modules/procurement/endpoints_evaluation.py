"""Weighing quotes: criteria, scores, the comparison matrix, and exchange rates."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from karavan.kit.authz import Actor, requires
from karavan.kit.decimals import plain
from karavan.kit.errors import NotFoundError
from karavan.kit.money import Currency
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.modules.procurement.actions.evaluation.set_rates import delete_own_rate, set_own_rates
from karavan.modules.procurement.actions.evaluation.weigh import (
    criteria_of,
    give_score,
    set_criteria,
)
from karavan.modules.procurement.permissions import (
    EXCHANGE_RATE_WRITE,
    REQUEST_AWARD,
    REQUEST_READ,
)
from karavan.modules.procurement.queries.comparison import comparison, criterion_views
from karavan.modules.procurement.queries.comparison_csv import comparison_csv
from karavan.modules.procurement.queries.rates import latest_rates
from karavan.modules.procurement.queries.rows import visible_request
from karavan.modules.procurement.schemas.evaluation import (
    ComparisonView,
    CriteriaBody,
    CriteriaView,
    RatesBody,
    RatesView,
    ScoreBody,
    ScoreView,
)
from karavan.modules.procurement.schemas.requests import Day

requests = make_router("/requests", "evaluation")
rates = make_router("/exchange-rates", "evaluation")
routers = [requests, rates]


@requests.get("/{request_id}/criteria")
async def get_criteria(
    request_id: UUID, session: Tx, actor: Annotated[Actor, requires(REQUEST_READ)]
) -> CriteriaView:
    """What counts, as the buyer alone sees it."""
    request = await visible_request(session, request_id)
    if request.organisation_id != actor.organisation_id:
        raise NotFoundError
    return CriteriaView(criteria=criterion_views(await criteria_of(session, request_id)))


@requests.put("/{request_id}/criteria")
async def put_criteria(
    request_id: UUID,
    body: CriteriaBody,
    session: Tx,
    actor: Annotated[Actor, requires(REQUEST_AWARD)],
) -> CriteriaView:
    """Say what counts and how much; what is left out is removed with its scores."""
    return CriteriaView(
        criteria=criterion_views(await set_criteria(session, actor, request_id, body))
    )


@requests.put("/{request_id}/scores")
async def put_score(
    request_id: UUID,
    body: ScoreBody,
    session: Tx,
    actor: Annotated[Actor, requires(REQUEST_AWARD)],
) -> ScoreView:
    """Give a quote points by a manual criterion."""
    score = await give_score(session, actor, request_id, body)
    return ScoreView(
        criterion_id=score.criterion_id,
        quote_id=score.quote_id,
        value=plain(score.value),
        note=score.note,
    )


@requests.get("/{request_id}/comparison")
async def get_comparison(
    request_id: UUID,
    session: Tx,
    actor: Annotated[Actor, requires(REQUEST_READ)],
    currency: Annotated[Currency | None, Query()] = None,
) -> ComparisonView:
    """The quotes that stand, side by side in one currency: landed costs, the best of each line, and weighted scores."""
    return await comparison(session, actor, request_id, currency)


@requests.get(
    "/{request_id}/comparison.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
async def get_comparison_csv(
    request_id: UUID,
    session: Tx,
    actor: Annotated[Actor, requires(REQUEST_READ)],
    currency: Annotated[Currency | None, Query()] = None,
) -> Response:
    """The same as a spreadsheet: a row a line, a group of columns a quote."""
    view = await comparison(session, actor, request_id, currency)
    return Response(
        comparison_csv(view),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="comparison.csv"'},
    )


@rates.get("")
async def get_rates(
    session: Tx,
    actor: Annotated[Actor, requires(REQUEST_READ)],
    base: Annotated[Currency | None, Query()] = None,
    quote: Annotated[Currency | None, Query()] = None,
    on: date | None = None,
) -> RatesView:
    """The rates that apply on a day, today by default."""
    return await latest_rates(session, actor, base=base, quote=quote, on=on)


@rates.put("")
async def put_rates(
    body: RatesBody, session: Tx, actor: Annotated[Actor, requires(EXCHANGE_RATE_WRITE)]
) -> RatesView:
    """Enter the organisation's own rates."""
    await set_own_rates(session, actor, body)
    await session.flush()
    return await latest_rates(session, actor, base=None, quote=None, on=None)


@rates.delete("/{base}/{quote}/{effective_on}", status_code=204)
async def delete_rate(
    base: Currency,
    quote: Currency,
    effective_on: Day,
    session: Tx,
    actor: Annotated[Actor, requires(EXCHANGE_RATE_WRITE)],
) -> Response:
    """Take away a rate that the organisation entered; what applied before it applies again."""
    await delete_own_rate(session, actor, base, quote, effective_on)
    return Response(status_code=204)
