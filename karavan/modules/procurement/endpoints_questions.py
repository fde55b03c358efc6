"""Questions about a request, and their answers."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from sqlalchemy import or_, select

from karavan.kit.authz import Actor, requires
from karavan.kit.pagination import Page, Paging, count_rows
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.modules.procurement.actions.questions.ask import answer, ask
from karavan.modules.procurement.models import Question
from karavan.modules.procurement.permissions import QUESTION_ASK, REQUEST_READ, REQUEST_WRITE
from karavan.modules.procurement.queries.rows import visible_request
from karavan.modules.procurement.schemas.requests import (
    AnswerBody,
    Party,
    QuestionBody,
    QuestionView,
)

router = make_router("/requests", "questions")


def _view(question: Question, actor: Actor) -> QuestionView:
    mine = question.organisation_id == actor.organisation_id
    buyer = question.buyer_organisation_id == actor.organisation_id
    asker = Party(id=question.organisation_id, name=question.organisation_name)
    return QuestionView(
        id=question.id,
        text=question.text,
        answer=question.answer,
        mine=mine,
        organisation=asker if buyer or mine else None,
        created_at=question.created_at,
        answered_at=question.answered_at,
    )


@router.get("/{request_id}/questions")
async def list_questions(
    request_id: UUID,
    actor: Annotated[Actor, requires(REQUEST_READ)],
    session: Tx,
    paging: Paging,
) -> Page[QuestionView]:
    """Questions about a request, oldest first: all for the buyer; for a vendor the answered ones and their own."""
    request = await visible_request(session, request_id)
    wanted = select(Question).where(Question.request_id == request_id)
    if request.organisation_id != actor.organisation_id:
        wanted = wanted.where(
            or_(Question.answer.is_not(None), Question.organisation_id == actor.organisation_id)
        )
    found = await session.scalars(
        wanted.order_by(Question.created_at, Question.id).limit(paging.size).offset(paging.offset)
    )
    total = await count_rows(session, wanted)
    return paging.answer([_view(question, actor) for question in found], total)


@router.post("/{request_id}/questions", status_code=HTTPStatus.CREATED)
async def ask_question(
    request_id: UUID,
    body: QuestionBody,
    actor: Annotated[Actor, requires(QUESTION_ASK)],
    session: Tx,
) -> QuestionView:
    """Ask the buyer. Nobody else learns who asked."""
    return _view(await ask(session, actor, request_id, body), actor)


@router.post("/{request_id}/questions/{question_id}/answer")
async def answer_question(
    request_id: UUID,
    question_id: UUID,
    body: AnswerBody,
    actor: Annotated[Actor, requires(REQUEST_WRITE)],
    session: Tx,
) -> QuestionView:
    """Answer a question for every bidder to read."""
    return _view(await answer(session, actor, request_id, question_id, body), actor)
