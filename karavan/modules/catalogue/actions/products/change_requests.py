"""Changes of what buyers see: made at once and noted, or kept until a moderator has agreed."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.ids import new_id
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.catalogue.actions.products.review import findings_in, needs_moderator
from karavan.modules.catalogue.lifecycles import CHANGE_REQUEST
from karavan.modules.catalogue.models import ChangeRequest, Product
from karavan.modules.catalogue.queries.change_request_rows import locked_change_request
from karavan.modules.catalogue.queries.product_rows import open_change_request
from karavan.modules.catalogue.states import ChangeRequestState
from karavan.modules.media.public import release

REVIEWED = frozenset({"names", "category_id", "images"})
"""Changes of these are always noted as a change request; descriptions and attributes only when something is found."""

_CHECKED = REVIEWED | {"descriptions", "attributes"}


async def apply_or_propose(
    session: AsyncSession, actor: Actor, product: Product, changed: dict[str, Any]
) -> dict[str, Any]:
    """Of new values for a locked, published product, those that may be written now.

    The others become a change request; one that waits already takes them in.
    """
    content = {name: value for name, value in changed.items() if name in _CHECKED}
    if not content:
        return changed
    waiting = await open_change_request(session, product.id)
    kept = _wanted(waiting) | content if waiting else content
    findings = await findings_in(
        session,
        names=kept.get("names", {}),
        descriptions=kept.get("descriptions", {}),
        attributes=kept.get("attributes", {}),
        images=kept.get("images", []),
    )
    if not findings and not REVIEWED & content.keys():
        return changed
    asks = bool(findings) or (REVIEWED & kept.keys() and needs_moderator(findings))
    if waiting is None:
        waiting = _new(product, actor)
        session.add(waiting)
    else:
        waiting.version += 1
    waiting.changes = {
        name: {"before": _plain(getattr(product, name)), "after": _plain(value)}
        for name, value in kept.items()
        if name != "images"
    }
    waiting.images = kept.get("images")
    waiting.findings = findings
    await session.flush()
    CHANGE_REQUEST.record(session, waiting, "proposed", actor, data=facts_of(waiting))
    if asks:
        return {name: value for name, value in changed.items() if name not in content}
    await approve(session, None, waiting)
    return changed | kept


def _new(product: Product, actor: Actor) -> ChangeRequest:
    return ChangeRequest(
        id=new_id(),
        product_id=product.id,
        organisation_id=product.organisation_id,
        organisation_name=product.organisation_name,
        product_name=product.name,
        state=ChangeRequestState.PROPOSED,
        created_by=actor.user_id,
        version=1,
    )


def facts_of(change: ChangeRequest) -> dict[str, Any]:
    """What events say of a change request."""
    fields = [*sorted(change.changes), *(["images"] if change.images is not None else [])]
    return {
        "product_id": str(change.product_id),
        "product_name": change.product_name,
        "fields": fields,
    }


def _wanted(change: ChangeRequest) -> dict[str, Any]:
    """The values that a change asks for, by column."""
    values = {name: one["after"] for name, one in change.changes.items()}
    if isinstance(values.get("category_id"), str):
        values["category_id"] = UUID(values["category_id"])
    if change.images is not None:
        values["images"] = change.images
    return values


async def approve(
    session: AsyncSession, actor: Actor | None, change: ChangeRequest, *, version: int | None = None
) -> dict[str, Any]:
    """Agree to a locked change.

    Args:
        actor: the moderator; nothing when the checks found nothing.

    Returns:
        The values that the product gets.
    """
    now = await database_now(session)
    body = TransitionBody(version=version)
    move = CHANGE_REQUEST.check(change, "approve", actor, now, body, consequence=True)
    change.decided_at, change.decided_by = now, actor.user_id if actor else None
    CHANGE_REQUEST.apply(session, move, data=facts_of(change))
    return _wanted(change)


async def withdraw(
    session: AsyncSession, actor: Actor, change_id: UUID, body: TransitionBody
) -> ChangeRequest:
    """Take a change back; the product stays as buyers see it.

    Raises:
        NotFoundError: it is no change of the actor's organisation.
        InvalidTransitionError: it has been decided.
    """
    change = await locked_change_request(session, change_id)
    move = CHANGE_REQUEST.check(change, "withdraw", actor, await database_now(session), body)
    CHANGE_REQUEST.apply(session, move, data=facts_of(change))
    await let_go(session, change)
    await session.flush()
    return change


async def let_go(session: AsyncSession, change: ChangeRequest) -> None:
    """Let go of the pictures of a change that is not made; the nightly sweep finds out whether the product has them."""
    ids = [UUID(str(one["id"])) for one in change.images or ()]
    await release(session, change.organisation_id, ids)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
