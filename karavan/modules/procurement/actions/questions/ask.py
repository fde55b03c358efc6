"""Ask the buyer, and answer for every bidder to read."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now, rfc3339
from karavan.kit.errors import NotFoundError
from karavan.kit.events import record_event
from karavan.kit.ids import new_id
from karavan.modules.procurement.actions.requests.duplicate import own_request
from karavan.modules.procurement.errors import (
    AlreadyAnsweredError,
    DeadlinePassedError,
    NotOpenError,
    OwnRequestError,
)
from karavan.modules.procurement.models import Question, Request
from karavan.modules.procurement.queries.rows import visible_request
from karavan.modules.procurement.schemas.requests import AnswerBody, QuestionBody
from karavan.modules.procurement.states import RequestState


async def ask(
    session: AsyncSession, actor: Actor, request_id: UUID, body: QuestionBody
) -> Question:
    """Ask about a published request before its deadline. Other vendors see the question once it is answered, and never
    who asked.

    Raises:
        NotFoundError: the vendor cannot see such a request.
        OwnRequestError: it is the vendor's own.
        NotOpenError: it takes no quotes.
        DeadlinePassedError: the time for quotes is over.
    """
    request = await visible_request(session, request_id)
    if request.organisation_id == actor.organisation_id:
        raise OwnRequestError("The buyer answers questions and asks none.")
    if request.state != RequestState.PUBLISHED:
        raise NotOpenError(state=request.state)
    if request.quotes_due_at is not None and request.quotes_due_at <= await database_now(session):
        raise DeadlinePassedError(quotes_due_at=rfc3339(request.quotes_due_at))
    question = Question(
        id=new_id(),
        request_id=request.id,
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name,
        buyer_organisation_id=request.organisation_id,
        asked_by=actor.user_id,
        text=body.text,
    )
    session.add(question)
    _record(session, actor, request, question, verb="ask", event="asked")
    await session.flush()
    return question


async def answer(
    session: AsyncSession, actor: Actor, request_id: UUID, question_id: UUID, body: AnswerBody
) -> Question:
    """Answer a question once; every vendor who can see the request can read it from then on.

    Raises:
        NotFoundError: there is no such question about a request of the actor's organisation.
        AlreadyAnsweredError: it has its answer.
        NotOpenError: the request has come to its end.
    """
    request = await own_request(session, actor, request_id)
    found = await session.scalars(
        select(Question)
        .where(Question.id == question_id, Question.request_id == request.id)
        .with_for_update()
    )
    question = found.one_or_none()
    if question is None:
        raise NotFoundError
    if question.answer is not None:
        raise AlreadyAnsweredError
    if request.state not in {RequestState.PUBLISHED, RequestState.SHORTLIST}:
        raise NotOpenError(state=request.state)
    question.answer = body.answer
    question.answered_by = actor.user_id
    question.answered_at = await database_now(session)
    _record(session, actor, request, question, verb="answer", event="answered")
    await session.flush()
    return question


def _record(
    session: AsyncSession,
    actor: Actor,
    request: Request,
    question: Question,
    *,
    verb: str,
    event: str,
) -> None:
    record_audit(
        session,
        actor,
        f"question.{verb}",
        target_type="request",
        target_id=request.id,
        target_label=request.number or request.title,
        after={"question_id": str(question.id)},
    )
    record_event(
        session,
        f"question.{event}",
        organisation_id=actor.organisation_id,
        aggregate_id=request.id,
        payload={
            "label": request.number,
            "state": request.state,
            "parties": {
                "buyer": str(request.organisation_id),
                "vendor": str(question.organisation_id),
            },
            "actor_user_id": str(actor.user_id),
            "actor_organisation_id": str(actor.organisation_id),
            "reason": None,
            "data": {
                "question_id": str(question.id),
                "request_id": str(request.id),
                "title": request.title,
                "asked_by": str(question.asked_by),
            },
        },
    )
