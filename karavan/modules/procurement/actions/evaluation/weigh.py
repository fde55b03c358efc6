"""Say what counts, and give points."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import InvalidTransitionError, NotFoundError, invalid
from karavan.kit.ids import new_id
from karavan.kit.lifecycle import Situation
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.lifecycles.requests import unsealed
from karavan.modules.procurement.models import Criterion, Quote, Request, Score
from karavan.modules.procurement.queries.rows import locked_request
from karavan.modules.procurement.schemas.evaluation import CriteriaBody, ScoreBody
from karavan.modules.procurement.states import CriterionKind, RequestState

_WEIGHABLE = {RequestState.DRAFT, RequestState.PUBLISHED, RequestState.SHORTLIST}


async def set_criteria(
    session: AsyncSession, actor: Actor, request_id: UUID, body: CriteriaBody
) -> list[Criterion]:
    """Replace the request's criteria; those that keep their id keep their scores.

    Raises:
        InvalidTransitionError: the request has been decided.
        ValidationError: an id is not one of this request's criteria, or is named twice.
    """
    request = await _undecided(session, request_id)
    present = {one.id: one for one in await criteria_of(session, request.id)}
    kept: set[UUID] = set()
    criteria = []
    for position, wanted in enumerate(body.criteria, start=1):
        criterion = Criterion(
            id=new_id(), request_id=request.id, organisation_id=actor.organisation_id
        )
        if wanted.id is not None:
            if wanted.id not in present or wanted.id in kept:
                raise invalid(
                    f"#/criteria/{position - 1}/id", "unknown", "There is no such criterion."
                )
            criterion = present[wanted.id]
            kept.add(wanted.id)
        criterion.position = position
        criterion.name, criterion.kind, criterion.weight = wanted.name, wanted.kind, wanted.weight
        criteria.append(criterion)
    await session.execute(
        delete(Criterion).where(Criterion.request_id == request.id, Criterion.id.not_in(kept))
    )
    session.add_all(criteria)
    record_audit(
        session,
        actor,
        "request.set_criteria",
        target_type="request",
        target_id=request.id,
        target_label=REQUEST.label_of(request),
        after={"criteria": [f"{one.name}: {one.weight}" for one in criteria]},
    )
    await session.flush()
    return criteria


async def give_score(
    session: AsyncSession, actor: Actor, request_id: UUID, body: ScoreBody
) -> Score:
    """Give a quote points by a manual criterion; a later score replaces the earlier one.

    Raises:
        NotFoundError: no such criterion or quote for this request.
        StillSealedError: nobody can judge what nobody has read.
        ValidationError: the criterion is calculated.
    """
    request = await _undecided(session, request_id)
    if refusal := unsealed(request, Situation(await database_now(session), actor, "buyer")):
        raise refusal
    criterion = await session.get(Criterion, body.criterion_id)
    quote = await session.get(Quote, body.quote_id)
    if criterion is None or criterion.request_id != request.id:
        raise NotFoundError
    if quote is None or quote.request_id != request.id:
        raise NotFoundError
    if criterion.kind != CriterionKind.MANUAL:
        raise invalid(
            "#/criterion_id", "calculated", "The points of this criterion are calculated."
        )
    values = {"value": body.value, "note": body.note, "scored_by": actor.user_id}
    statement = (
        insert(Score)
        .values(
            id=new_id(),
            criterion_id=criterion.id,
            quote_id=quote.id,
            organisation_id=actor.organisation_id,
            **values,
        )
        .on_conflict_do_update(index_elements=["criterion_id", "quote_id"], set_=values)
        .returning(Score)
    )
    score = (
        await session.execute(statement, execution_options={"populate_existing": True})
    ).scalar_one()
    record_audit(
        session,
        actor,
        "quote.score",
        target_type="quote",
        target_id=quote.id,
        target_label=quote.number,
        after={"criterion": criterion.name, "value": str(body.value), "note": body.note},
    )
    return score


async def criteria_of(session: AsyncSession, request_id: UUID) -> list[Criterion]:
    """Criteria in their order."""
    found = await session.scalars(
        select(Criterion).where(Criterion.request_id == request_id).order_by(Criterion.position)
    )
    return list(found)


async def _undecided(session: AsyncSession, request_id: UUID) -> Request:
    request = await locked_request(session, request_id)
    if request.state not in _WEIGHABLE:
        raise InvalidTransitionError(
            "The request has been decided.", state=request.state, transition="weigh", allowed=[]
        )
    return request
