"""Routes made from a lifecycle: `POST /{resource}/{id}/{transition}` for every transition that a person may take."""

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from msgspec import Struct
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, requires
from karavan.kit.lifecycle import Lifecycle, Transition, TransitionBody
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import versioned

View = Callable[[AsyncSession, Actor, Any], Awaitable[Any]]


class Command(Struct, frozen=True):
    """The action behind a transition, and the body that it takes.

    `action(session, actor, resource_id, body)` locks the row, checks and applies the move, and returns the row.
    """

    action: Callable[[AsyncSession, Actor, UUID, Any], Awaitable[Any]]
    body: type[TransitionBody] = TransitionBody


def add_transition_routes(
    router: APIRouter,
    lifecycle: Lifecycle[Any],
    commands: Mapping[str, Command],
    *,
    view: View,
    response_model: type[BaseModel],
) -> None:
    """Add the route of every transition that carries a permission.

    Args:
        commands: by transition name; a missing or a superfluous one fails at start.
        view: builds the answer from the moved row, with its new `actions`.
    """
    declared = {t.name: t for t in lifecycle.transitions if t.permission is not None}
    if set(commands) != set(declared):
        raise ValueError(
            f"{lifecycle.name}: commands differ from transitions: {set(commands) ^ set(declared)}"
        )
    for name, transition in declared.items():
        router.add_api_route(
            f"/{{resource_id}}/{name}",
            _endpoint(commands[name], transition, view),
            methods=["POST"],
            response_model=response_model,
            name=f"{lifecycle.name}_{name}".replace("-", "_"),
            summary=f"{name.replace('-', ' ').capitalize()} the {lifecycle.name}",
            description=_told_to_callers(commands[name].action),
        )


def _told_to_callers(action: Callable[..., Any]) -> str:
    """What an action's docstring says to those who call the route: its arguments and exceptions are for programmers."""
    words = inspect.cleandoc(action.__doc__ or "")
    return re.split(r"\n\n(?:Args|Returns|Raises):\n", words, maxsplit=1)[0]


def _endpoint(
    command: Command, transition: Transition[Any], view: View
) -> Callable[..., Awaitable[Any]]:
    optional = not any(field.is_required() for field in command.body.model_fields.values())

    async def endpoint(resource_id: UUID, body: Any, session: Tx, actor: Any) -> Any:
        row = await command.action(session, actor, resource_id, body)
        await session.flush()
        return await view(session, actor, row)

    assert transition.permission is not None
    endpoint.__annotations__["actor"] = Annotated[Actor, requires(transition.permission)]
    endpoint.__annotations__["body"] = Annotated[
        command.body, versioned(command.body, optional=optional)
    ]
    return endpoint
