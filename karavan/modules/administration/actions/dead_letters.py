"""What becomes of an event that a handler could not be given: another chance, or none."""

from collections.abc import Awaitable, Callable
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
    await _decide(session, actor, sequence, handler, "retry", revive, after="pending")


async def discard_dead_letter(
    session: AsyncSession, actor: Actor, sequence: int, handler: str
) -> None:
    """Let the handler do without the event for good.

    Raises:
        NotFoundError: the event was never meant for that handler, or has been swept away.
        InvalidTransitionError: the delivery is not dead.
    """
    await _decide(session, actor, sequence, handler, "discard", discard, after="discarded")


async def _decide(
    session: AsyncSession,
    actor: Actor,
    sequence: int,
    handler: str,
    verb: str,
    carry_out: Callable[[AsyncSession, int, str], Awaitable[UUID | None]],
    *,
    after: str,
) -> None:
    state = await delivery_state(session, sequence, handler)
    if state is None:
        raise NotFoundError
    aggregate_id = await carry_out(session, sequence, handler)
    if aggregate_id is None:
        raise InvalidTransitionError(state=state, transition=verb, allowed=[])
    record_audit(
        session,
        actor,
        f"dead_letter.{verb}",
        target_type="dead_letter",
        target_id=aggregate_id,
        target_label=f"{handler} {sequence}",
        before={"state": "dead"},
        after={"state": after},
    )
