"""Lifecycles: states and named transitions, declared once per entity.

From one declaration come the check of every move, the `actions` that a resource offers its reader, the audit
row, the domain event, the diagram in the documentation and the exhaustive test.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from msgspec import Struct
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor, Permission
from karavan.kit.errors import (
    DomainError,
    ForbiddenError,
    InvalidTransitionError,
    NotFoundError,
    invalid,
)
from karavan.kit.events import record_event
from karavan.kit.schemas import Text, View
from karavan.kit.versions import VersionedBody, refuse_stale


class Reason(StrEnum):
    """Whether a transition asks why."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Stateful(Protocol):
    """A row that a lifecycle can move."""

    id: Any
    state: Any
    version: Any


RowT = TypeVar("RowT", bound=Stateful)


class TransitionBody(VersionedBody):
    """What every transition accepts; transitions that need more extend it."""

    reason: Text | None = Field(None, max_length=2000)


class Action(View):
    """A transition that the reader of a resource may take now."""

    name: str
    reason: Reason


class Situation(Struct, frozen=True):
    """What a guard may look at besides the row. `actor` is nothing when the clock acts."""

    now: datetime
    actor: Actor | None
    party: str


class Transition(Struct, Generic[RowT], frozen=True, kw_only=True):
    """A named move.

    Attributes:
        name: the verb, also the last part of the route: `publish`, `close-without-award`.
        event: past tense, the second half of the event's type.
        sources: states that it may start from.
        targets: states that it may end in; the first unless the action chooses another.
        parties: sides of the resource that may take it, such as `{"buyer"}`.
        permission: what the person needs; nothing means that only the system itself may.
        reason: whether it asks why.
        guard: what must hold; returns the refusal. It reads the row and the situation alone, so that it can also
            decide whether the action is offered.
    """

    name: str
    event: str
    sources: frozenset[StrEnum]
    targets: tuple[StrEnum, ...]
    parties: frozenset[str]
    permission: Permission | None
    reason: Reason = Reason.NONE
    guard: Callable[[RowT, Situation], DomainError | None] | None = None


class Move(Struct, Generic[RowT], frozen=True):
    """A transition that has been checked and not yet applied."""

    row: RowT
    transition: Transition[RowT]
    situation: Situation
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle(Generic[RowT]):
    """All that may happen to one kind of resource.

    Attributes:
        name: noun in the singular; events are `name.event`, audit actions `name.transition`.
        states: the enumeration; `initial` is where rows begin.
        party_of: which side of a row an organisation is: `buyer`, `vendor`, … or nothing for a stranger.
        parties_of: organisations by side, for the event's payload.
        label_of: what a person calls the row.
    """

    name: str
    states: type[StrEnum]
    initial: StrEnum
    transitions: Sequence[Transition[RowT]]
    party_of: Callable[[RowT, UUID], str | None]
    parties_of: Callable[[RowT], dict[str, UUID]]
    label_of: Callable[[RowT], str] = lambda row: str(row.id)
    by_name: dict[str, Transition[RowT]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        reached: set[StrEnum] = {self.initial}
        for transition in self.transitions:
            if transition.name in self.by_name:
                raise ValueError(f"{self.name}: transition {transition.name} is declared twice")
            self.by_name[transition.name] = transition
            for state in (*transition.sources, *transition.targets):
                if not isinstance(state, self.states):
                    raise ValueError(f"{self.name}: {state!r} is no state of it")
            reached.update(transition.targets)
        if unreachable := set(self.states) - reached:
            raise ValueError(f"{self.name}: nothing leads to {sorted(unreachable)}")

    def actions(self, row: RowT, actor: Actor, now: datetime) -> list[Action]:
        """What `actor` may do with `row` at this moment: the web app draws its buttons from it."""
        party = self.party_of(row, actor.organisation_id)
        if party is None:
            return []
        situation = Situation(now, actor, party)
        return [
            Action(name=transition.name, reason=transition.reason)
            for transition in self.transitions
            if transition.permission is not None
            and party in transition.parties
            and actor.may(transition.permission)
            and row.state in transition.sources
            and (transition.guard is None or transition.guard(row, situation) is None)
        ]

    def check(
        self,
        row: RowT,
        name: str,
        actor: Actor | None,
        now: datetime,
        body: TransitionBody | None = None,
        *,
        consequence: bool = False,
    ) -> Move[RowT]:
        """Whether the move is allowed. The row must already be locked.

        Args:
            actor: nothing when the clock acts.
            consequence: the move follows from another one that the actor was allowed, such as the losers' `hold` from an
                award: sides and permissions are not asked again, the state and the guard are.

        Raises:
            NotFoundError: the actor's organisation is a stranger to the row.
            ForbiddenError: the side or the role does not allow it.
            InvalidTransitionError: the state does not allow it.
            ConflictError: the row has another version than the caller read.
            ValidationError: the reason is missing.
        """
        transition = self.by_name[name]
        body = body or TransitionBody()
        party = "system"
        if actor is not None and not consequence:
            side = self.party_of(row, actor.organisation_id)
            if side is None:
                raise NotFoundError
            if transition.permission is None or side not in transition.parties:
                raise ForbiddenError(f"Only the {_sides(transition)} may do this.", side=side)
            actor.require(transition.permission)
            party = side
        if row.state not in transition.sources:
            raise InvalidTransitionError(
                state=row.state,
                transition=name,
                allowed=[t.name for t in self.transitions if row.state in t.sources],
            )
        refuse_stale(row, body.version)
        reason = (body.reason or "").strip() or None
        if transition.reason is Reason.REQUIRED and party != "system" and reason is None:
            raise invalid("#/reason", "required", "Say why.")
        situation = Situation(now, actor, party)
        if transition.guard is not None and (refusal := transition.guard(row, situation)):
            raise refusal
        return Move(row, transition, situation, reason)

    def apply(
        self,
        session: AsyncSession,
        move: Move[RowT],
        *,
        target: StrEnum | None = None,
        event: str | None = None,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
    ) -> RowT:
        """Write the new state, the audit row and the event in the current transaction.

        Args:
            target: one of the transition's targets; the first by default.
            event: what is recorded instead of the transition's own event, when the target is another fact:
                the first of two sides has asked to cancel, and nothing is cancelled yet.
            before, after: further changed values for the audit trail.
            data: JSON facts for the handlers.
        """
        row, transition = move.row, move.transition
        reached = target or transition.targets[0]
        if reached not in transition.targets:
            raise ValueError(f"{self.name}.{transition.name} does not lead to {reached}")
        source = row.state
        row.state = reached
        row.version += 1
        parties = self.parties_of(row)
        actor = move.situation.actor
        record_audit(
            session,
            actor,
            f"{self.name}.{transition.name}",
            target_type=self.name,
            target_id=row.id,
            target_label=self.label_of(row),
            organisation_id=actor.organisation_id if actor else next(iter(parties.values())),
            before={"state": source, **(before or {})},
            after={"state": reached, **(after or {})},
            reason=move.reason,
        )
        self.record(session, row, event or transition.event, actor, reason=move.reason, data=data)
        return row

    def record(
        self,
        session: AsyncSession,
        row: RowT,
        event: str,
        actor: Actor | None,
        *,
        reason: str | None = None,
        data: dict[str, Any] | None = None,
    ) -> None:
        """Record `name.event` about the row: for creation and for facts that are no transition."""
        parties = self.parties_of(row)
        record_event(
            session,
            f"{self.name}.{event}",
            organisation_id=actor.organisation_id if actor else next(iter(parties.values())),
            aggregate_id=row.id,
            payload={
                "label": self.label_of(row),
                "state": str(row.state),
                "parties": {side: str(organisation) for side, organisation in parties.items()},
                "actor_user_id": str(actor.user_id) if actor else None,
                "actor_organisation_id": str(actor.organisation_id) if actor else None,
                "reason": reason,
                "data": data or {},
            },
        )

    def diagram(self) -> str:
        """A Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for transition in self.transitions:
            for source in sorted(transition.sources):
                lines += [
                    f"    {source} --> {target}: {transition.name}" for target in transition.targets
                ]
        return "\n".join(lines)


def _sides(transition: Transition[Any]) -> str:
    return " or the ".join(sorted(transition.parties)) if transition.permission else "system"
