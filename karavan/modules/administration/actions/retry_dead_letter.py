"""Giving a handler another chance at an event."""

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.dead_letters import delivery_state, revive
from karavan.kit.errors import InvalidTransitionError, NotFoundError


async def retry_dead_letter(
    session: AsyncSession, actor: Actor, sequence: int, handler: str
) -> None:
    """Let the handler have the event again.

    Raises:
        NotFoundError: the event was never meant for that handler, or has been swept away.
        InvalidTransitionError: the delivery is not dead.
    """
    state = await delivery_state(session, sequence, handler)
    if state is None:
        raise NotFoundError
    aggregate_id = await revive(session, sequence, handler)
    if aggregate_id is None:
        raise InvalidTransitionError(state=state, transition="retry", allowed=[])
    record_audit(
        session,
        actor,
        "dead_letter.retry",
        target_type="dead_letter",
        target_id=aggregate_id,
        target_label=f"{handler} {sequence}",
        before={"state": "dead"},
        after={"state": "pending"},
    )
