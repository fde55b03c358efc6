"""A complaint is moved by naming the state that it shall reach, or the verb."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.errors import invalid
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.support.actions.rows import visible_complaint
from karavan.modules.support.actions.settle import accept, appeal, escalate, resolve, withdraw
from karavan.modules.support.actions.talk import answer, reply
from karavan.modules.support.models import Complaint
from karavan.modules.support.schemas import (
    ComplaintAnswerBody,
    ComplaintReplyBody,
    ComplaintResolveBody,
    ComplaintStatusBody,
)
from karavan.modules.support.states import ComplaintState
from karavan.modules.support.states import StatusWord as Word

_PLAIN = {
    Word.ACCEPT: accept,
    Word.ACCEPTED: accept,
    Word.APPEAL: appeal,
    Word.APPEALED: appeal,
    Word.ESCALATE: escalate,
    Word.WITHDRAW: withdraw,
    Word.WITHDRAWN: withdraw,
}


async def set_status(
    session: AsyncSession, actor: Actor, complaint_id: UUID, body: ComplaintStatusBody
) -> Complaint:
    """Take the transition that the word means; every rule of that transition holds.

    `escalated` is an appeal where the complaint is decided already.

    Raises:
        ValidationError: the transition needs what the body lacks.
    """
    common = {"reason": body.reason, "version": body.version}
    if body.status in {Word.ANSWER, Word.ANSWERED}:
        answering = ComplaintAnswerBody(
            text=_text(body), proposal=body.outcome, amount=body.amount, **common
        )
        return await answer(session, actor, complaint_id, answering)
    if body.status in {Word.OPEN, Word.REPLY}:
        return await reply(
            session, actor, complaint_id, ComplaintReplyBody(text=_text(body), **common)
        )
    if body.status in {Word.RESOLVE, Word.RESOLVED}:
        if body.outcome is None:
            raise invalid("#/outcome", "required", "Say how it ends.")
        deciding = ComplaintResolveBody(
            text=_text(body), outcome=body.outcome, amount=body.amount, **common
        )
        return await resolve(session, actor, complaint_id, deciding)
    plain = TransitionBody(**common)
    if body.status is Word.ESCALATED:
        complaint = await visible_complaint(session, complaint_id)
        decided = complaint.state == ComplaintState.RESOLVED
        return await (appeal if decided else escalate)(session, actor, complaint_id, plain)
    return await _PLAIN[body.status](session, actor, complaint_id, plain)


def _text(body: ComplaintStatusBody) -> str:
    if not body.text:
        raise invalid("#/text", "required", "Write what you have to say.")
    return body.text
