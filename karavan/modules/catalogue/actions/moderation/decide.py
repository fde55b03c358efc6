"""What moderators decide about products and about changes of published ones."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.lifecycle import TransitionBody
from karavan.modules.catalogue.actions.products import change_requests, moderate
from karavan.modules.catalogue.actions.products.edit import write
from karavan.modules.catalogue.lifecycles import CHANGE_REQUEST, PRODUCT
from karavan.modules.catalogue.models import ChangeRequest, Product
from karavan.modules.catalogue.queries.attributes import attributes_of, check_attributes
from karavan.modules.catalogue.queries.categories import lasting_category
from karavan.modules.catalogue.queries.change_request_rows import (
    locked_change_request,
    product_of_change,
)
from karavan.modules.catalogue.queries.product_rows import locked_family
from karavan.modules.catalogue.schemas.moderation import RejectBody
from karavan.modules.catalogue.states import ProductState

# Moderators work in a transaction of the system: the rows are other organisations'.


async def approve_product(
    session: AsyncSession, actor: Actor, product_id: UUID, *, version: int | None
) -> Product:
    """Publish a product that waits.

    Raises:
        NotFoundError: there is none.
        InvalidTransitionError: it does not wait.
        ConflictError: its seller changed it since the moderator read it.
    """
    family = await locked_family(session, product_id)
    moderate.approve(session, actor, family, await database_now(session), version=version)
    _tell_seller(session, family.root, "approve", None)
    await session.flush()
    return family.root


async def reject_product(
    session: AsyncSession, actor: Actor, product_id: UUID, body: RejectBody
) -> Product:
    """Refuse a product that waits, with a reason for its seller. Otherwise as `approve_product`."""
    family = await locked_family(session, product_id)
    now = await database_now(session)
    moderate.reject(session, actor, family, now, reason=body.reason, version=body.version)
    _tell_seller(session, family.root, "reject", body.reason)
    await session.flush()
    return family.root


async def approve_change(
    session: AsyncSession, actor: Actor, change_id: UUID, *, version: int | None
) -> ChangeRequest:
    """Make a change that waits. Of a product that is no longer published nothing is changed any more.

    Raises:
        NotFoundError: there is none.
        InvalidTransitionError: it does not wait.
        ConflictError: its seller changed it since the moderator read it.
    """
    family = await locked_family(session, await product_of_change(session, change_id))
    change = await locked_change_request(session, change_id)
    values = await change_requests.approve(session, actor, change, version=version)
    if family.root.state != ProductState.ARCHIVED:
        await _settle(session, family.root, values)
        wanted = {name: new for name, new in values.items() if getattr(family.root, name) != new}
        await write(session, None, family, wanted)
    await session.flush()
    return change


async def _settle(session: AsyncSession, product: Product, values: dict[str, Any]) -> None:
    """Fit a change to the tree as it is now: the category that it names may have been archived or deleted while it waited."""
    if not {"category_id", "attributes"} & values.keys():
        return
    if values.get("category_id") is not None:
        lasting = await lasting_category(session, values["category_id"])
        values["category_id"] = lasting or product.category_id
    category_id = values.get("category_id", product.category_id)
    asked = await attributes_of(session, category_id) if category_id is not None else []
    said = values.get("attributes", product.attributes)
    values["attributes"] = check_attributes(asked, said, complete=False)[0]


async def reject_change(
    session: AsyncSession, actor: Actor, change_id: UUID, body: RejectBody
) -> ChangeRequest:
    """Refuse a change that waits, with a reason for its seller. Otherwise as `approve_change`."""
    change = await locked_change_request(session, change_id)
    now = await database_now(session)
    move = CHANGE_REQUEST.check(
        change,
        "reject",
        actor,
        now,
        TransitionBody(version=body.version, reason=body.reason),
        consequence=True,
    )
    change.reason, change.decided_at, change.decided_by = body.reason, now, actor.user_id
    CHANGE_REQUEST.apply(session, move, data=change_requests.facts_of(change))
    await change_requests.let_go(session, change)
    await session.flush()
    return change


def _tell_seller(session: AsyncSession, product: Product, verb: str, reason: str | None) -> None:
    """The moderator's own trail names the moderator; the seller's says what was decided."""
    record_audit(
        session,
        None,
        f"product.{verb}",
        target_type="product",
        target_id=product.id,
        target_label=PRODUCT.label_of(product),
        organisation_id=product.organisation_id,
        after={"state": product.state},
        reason=reason,
    )
