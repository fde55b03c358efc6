"""Every state × transition × person of a lifecycle, tried over HTTP, with the expectation computed from its declaration.

A test module describes its resource in a `Subject` and calls `await try_everything(subject, owner)`. One database serves
the whole matrix: cells that must be refused share one row, cells that are allowed get a fresh one.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from karavan.kit.authz import Role, permissions_of
from karavan.kit.lifecycle import Lifecycle, Transition


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who tries. `party` is the side of their organisation, nothing for a stranger."""

    name: str
    client: httpx.AsyncClient
    role: str
    party: str | None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A resource with a lifecycle.

    Attributes:
        path: of the resource, with `{id}`; transitions are posted below it.
        table: where the owner connection finds its row.
        fresh: makes a row that could stand in the given state, and returns its id; it is forced into the state afterwards.
        bodies: what a transition is sent, where an empty body would not parse; a function is called with the row's id.
        fallible: transitions that a guard or their effect may refuse, with a code of its own, although side, role and state
            allow them: a forced row does not have all that it needs. All others must succeed.
        readable: whether a person can read the row in a state; by default everybody with a side can.
    """

    lifecycle: Lifecycle[Any]
    path: str
    table: str
    people: Sequence[Person]
    fresh: Callable[[StrEnum], Awaitable[UUID]]
    bodies: Mapping[str, dict[str, Any] | Callable[[UUID], Awaitable[dict[str, Any]]]] = field(
        default_factory=dict
    )
    fallible: frozenset[str] = frozenset()
    readable: Callable[[Person, StrEnum], bool] = lambda person, state: person.party is not None


@dataclass(frozen=True)
class Expected:
    """An answer: its status and code; nothing stands for success."""

    status: int | None
    code: str | None


ALLOWED = Expected(None, None)


def permitted(person: Person, transition: Transition[Any]) -> bool:
    """Whether the person's role carries the transition's permission."""
    return transition.permission in permissions_of(Role(person.role), None)


def expected(person: Person, transition: Transition[Any], state: StrEnum) -> Expected:
    """What the declaration says about this cell, in the order in which the application asks."""
    if not permitted(person, transition):
        return Expected(403, "forbidden")
    if person.party is None:
        return Expected(404, "not_found")
    if person.party not in transition.parties:
        return Expected(403, "forbidden")
    if state not in transition.sources:
        return Expected(409, "invalid_transition")
    return ALLOWED


async def try_everything(subject: Subject, owner: asyncpg.Connection) -> int:
    """Try all cells; fails with the list of those that were answered otherwise. Returns how many were tried."""
    wrong: list[str] = []
    tried = 0
    for state in subject.lifecycle.states:
        shared = await _forced(subject, owner, state)
        for person in subject.people:
            wrong += await _wrong_actions(subject, person, state, shared)
            for transition in subject.lifecycle.transitions:
                if transition.permission is None:
                    wrong += await _wrong_system_route(subject, person, transition, shared)
                    continue
                tried += 1
                wrong += await _wrong_cell(subject, owner, person, transition, state, shared)
    assert not wrong, "\n".join(wrong)
    return tried


async def _forced(subject: Subject, owner: asyncpg.Connection, state: StrEnum) -> UUID:
    row_id = await subject.fresh(state)
    await owner.execute(f"update {subject.table} set state = $2 where id = $1", row_id, str(state))
    return row_id


async def _standing(
    subject: Subject, owner: asyncpg.Connection, row_id: UUID
) -> tuple[str, int, int]:
    """State and version of the row, and how many events there are about it: what a refusal may not touch."""
    row = await owner.fetchrow(f"select state, version from {subject.table} where id = $1", row_id)
    events = await owner.fetchval(
        "select count(*) from kit_outbox_events where aggregate_id = $1", row_id
    )
    return row["state"], row["version"], events


async def _body(subject: Subject, transition: Transition[Any], row_id: UUID) -> dict[str, Any]:
    body = subject.bodies.get(transition.name, {})
    if callable(body):
        body = await body(row_id)
    return {"reason": "Tried by the matrix.", **body}


async def _wrong_cell(
    subject: Subject,
    owner: asyncpg.Connection,
    person: Person,
    transition: Transition[Any],
    state: StrEnum,
    shared: UUID,
) -> list[str]:
    cell = f"{subject.lifecycle.name} {state} × {transition.name} × {person.name}"
    wanted = expected(person, transition, state)
    row_id = shared if wanted != ALLOWED else await _forced(subject, owner, state)
    before = await _standing(subject, owner, row_id)
    answer = await person.client.post(
        f"{subject.path.format(id=row_id)}/{transition.name}",
        json=await _body(subject, transition, row_id),
    )
    after = await _standing(subject, owner, row_id)
    if wanted != ALLOWED:
        code = answer.json().get("code")
        if (answer.status_code, code) != (wanted.status, wanted.code):
            return [f"{cell}: {answer.status_code} {code}, expected {wanted.status} {wanted.code}"]
        return [] if after == before else [f"{cell}: refused, yet {before} became {after}"]
    if answer.is_success:
        if after[0] not in transition.targets or after[1] <= before[1]:
            return [f"{cell}: {before} became {after}"]
        return []
    refused = answer.status_code in {403, 409, 422} and answer.json()["code"] not in {
        "invalid_transition",
        "forbidden",
        "not_found",
    }
    if transition.name in subject.fallible and refused:
        return [] if after == before else [f"{cell}: refused, yet {before} became {after}"]
    return [f"{cell}: {answer.status_code} {answer.text[:200]}, expected success"]


async def _wrong_actions(
    subject: Subject, person: Person, state: StrEnum, row_id: UUID
) -> list[str]:
    """The resource offers exactly what role, side and state allow, less what a guard refuses."""
    answer = await person.client.get(subject.path.format(id=row_id))
    cell = f"{subject.lifecycle.name} {state} read by {person.name}"
    if not subject.readable(person, state):
        return [] if answer.status_code == 404 else [f"{cell}: {answer.status_code}, expected 404"]
    if not answer.is_success:
        return [f"{cell}: {answer.status_code} {answer.text[:200]}"]
    offered = {action["name"] for action in answer.json()["actions"]}
    open_to = {
        transition.name: transition
        for transition in subject.lifecycle.transitions
        if transition.permission is not None and expected(person, transition, state) == ALLOWED
    }
    needed = {name for name, transition in open_to.items() if transition.guard is None}
    if needed <= offered <= set(open_to):
        return []
    return [f"{cell}: offers {sorted(offered)}, expected {sorted(needed)} to {sorted(open_to)}"]


async def _wrong_system_route(
    subject: Subject, person: Person, transition: Transition[Any], row_id: UUID
) -> list[str]:
    """What only the system does has no route."""
    answer = await person.client.post(
        f"{subject.path.format(id=row_id)}/{transition.name}", json={}
    )
    if answer.status_code in {404, 405}:
        return []
    return [f"{transition.name} is the system's, yet answers {answer.status_code}"]
