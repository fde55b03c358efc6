"""What becomes of an event that a handler could not be given: another chance, or none."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.dead_letters import delivery_state, discard, revive
from karavan.kit.errors import InvalidTransitionError, NotFoundError


async def retry_dead_letter(
    session: AsyncSession, actor: Actor, sequence: int, handler: str
) -> None:
    """Let the handler have the event again.

    Raises:
        NotFoundError: the event was never meant for that handler, or has been swept away.
        InvalidTransitionError: the delivery is not dead.
    """
    state = await _state(session, sequence, handler)
    aggregate_id = await revive(session, sequence, handler)
    if aggregate_id is None:
        raise InvalidTransitionError(state=state, transition="retry", allowed=[])
    _record(session, actor, "retry", aggregate_id, f"{handler} {sequence}", "pending")


async def discard_dead_letter(
    session: AsyncSession, actor: Actor, sequence: int, handler: str
) -> None:
    """Let the handler do without the event for good.

    Raises:
        NotFoundError: the event was never meant for that handler, or has been swept away.
        InvalidTransitionError: the delivery is not dead.
    """
    state = await _state(session, sequence, handler)
    aggregate_id = await discard(session, sequence, handler)
    if aggregate_id is None:
        raise InvalidTransitionError(state=state, transition="discard", allowed=[])
    _record(session, actor, "discard", aggregate_id, f"{handler} {sequence}", "discarded")


async def _state(session: AsyncSession, sequence: int, handler: str) -> str:
    state = await delivery_state(session, sequence, handler)
    if state is None:
        raise NotFoundError
    return state


def _record(
    session: AsyncSession, actor: Actor, verb: str, aggregate_id: UUID, label: str, state: str
) -> None:
    record_audit(
        session,
        actor,
        f"dead_letter.{verb}",
        target_type="dead_letter",
        target_id=aggregate_id,
        target_label=label,
        before={"state": "dead"},
        after={"state": state},
    )
