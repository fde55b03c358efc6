"""Moves of a product: proposed, published, refused, archived. A family moves as one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.errors import FieldError, ValidationError
from karavan.kit.lifecycle import Move, TransitionBody
from karavan.modules.catalogue.actions.products.records import facts_of, refresh_head
from karavan.modules.catalogue.actions.products.review import findings_in, needs_moderator
from karavan.modules.catalogue.lifecycles import PRODUCT
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.queries.attributes import attributes_of, check_attributes
from karavan.modules.catalogue.queries.product_rows import Family, locked_family
from karavan.modules.catalogue.states import ProductState


async def propose(
    session: AsyncSession, actor: Actor, product_id: UUID, body: TransitionBody
) -> Product:
    """Offer a product to buyers. It is published at once when the automatic checks find nothing and the operator does not
    want to see everything first; otherwise it waits for a moderator, with the reasons.

    Raises:
        ValidationError: names everything that is missing, at once.
    """
    family = await locked_family(session, product_id)
    product = family.target
    now = await database_now(session)
    move = PRODUCT.check(product, "propose", actor, now, body)
    if missing := await _missing(session, family):
        raise ValidationError("The product is not complete yet.", errors=missing)
    product.findings = await family_findings(session, family)
    product.rejection_reason = None
    product.proposed_at = now
    if needs_moderator(product.findings):
        _move_family(family, ProductState.PROPOSED)
        PRODUCT.apply(
            session,
            move,
            data=facts_of(product, findings=[one["code"] for one in product.findings]),
        )
    else:
        _publish(session, family, move, now)
    await session.flush()
    return product


async def withdraw(
    session: AsyncSession, actor: Actor, product_id: UUID, body: TransitionBody
) -> Product:
    """Take a product out of the moderators' queue, to work on it again."""
    family = await locked_family(session, product_id)
    move = PRODUCT.check(family.target, "withdraw", actor, await database_now(session), body)
    family.target.findings = []
    _move_family(family, ProductState.DRAFT)
    PRODUCT.apply(session, move, data=facts_of(family.target))
    await session.flush()
    return family.target


async def archive(
    session: AsyncSession, actor: Actor, product_id: UUID, body: TransitionBody
) -> Product:
    """Stop selling a product for good. Orders still show it; nothing of it changes any more.

    A family is archived whole; a variant leaves its family, and the last one takes the family with it.
    """
    family = await locked_family(session, product_id)
    now = await database_now(session)
    move = PRODUCT.check(family.target, "archive", actor, now, body)
    if family.target is family.root:
        for variant in family.living:
            variant.state, variant.archived_at = ProductState.ARCHIVED, now
    family.target.archived_at = now
    PRODUCT.apply(session, move, data=facts_of(family.target))
    if family.target is not family.root and not family.living:
        last = PRODUCT.check(family.root, "archive", actor, now, consequence=True)
        family.root.archived_at = now
        family.root.available *= 0
        PRODUCT.apply(session, last, data=facts_of(family.root))
    refresh_head(session, actor, family)
    await session.flush()
    return family.target


def approve(
    session: AsyncSession,
    actor: Actor | None,
    family: Family,
    now: datetime,
    *,
    version: int | None = None,
) -> None:
    """Publish a locked family that waits: a moderator has agreed, or its pictures turned out to be in order.

    Raises:
        InvalidTransitionError: it does not wait.
        ConflictError: it has changed since the moderator read it.
    """
    body = TransitionBody(version=version)
    move = PRODUCT.check(family.root, "approve", actor, now, body, consequence=True)
    _publish(session, family, move, now)


def reject(
    session: AsyncSession,
    actor: Actor,
    family: Family,
    now: datetime,
    *,
    reason: str,
    version: int | None = None,
) -> None:
    """Refuse a locked family that waits; its seller reads the reason.

    Raises:
        InvalidTransitionError: it does not wait.
        ConflictError: it has changed since the moderator read it.
    """
    body = TransitionBody(version=version, reason=reason)
    move = PRODUCT.check(family.root, "reject", actor, now, body, consequence=True)
    family.root.rejection_reason = reason
    _move_family(family, ProductState.REJECTED)
    PRODUCT.apply(session, move, data=facts_of(family.root))


async def family_findings(session: AsyncSession, family: Family) -> list[dict[str, str]]:
    """What the checks find in a family: in its content, and in the names of its options."""
    root = family.root
    options = [text for axis in root.option_axes for text in (axis["name"], *axis["values"])]
    return await findings_in(
        session,
        names=root.names,
        descriptions=root.descriptions,
        attributes=root.attributes,
        images=root.images,
        options=options,
    )


def _publish(session: AsyncSession, family: Family, move: Move[Product], now: datetime) -> None:
    product = family.root
    product.findings = []
    product.published_at = product.published_at or now
    _move_family(family, ProductState.PUBLISHED)
    for variant in family.living:
        variant.published_at = variant.published_at or now
    PRODUCT.apply(
        session, move, target=ProductState.PUBLISHED, event="published", data=facts_of(product)
    )


def _move_family(family: Family, state: ProductState) -> None:
    for variant in family.living:
        variant.state = state


async def _missing(session: AsyncSession, family: Family) -> list[FieldError]:
    product = family.root
    found: list[tuple[str, str, str]] = []
    errors: list[FieldError] = []
    if product.category_id is None:
        found.append(("#/category_id", "required", "Choose a category."))
    else:
        attributes = await attributes_of(session, product.category_id)
        errors = check_attributes(attributes, product.attributes)[1]
    if product.has_variants and not family.living:
        found.append(("#/variants", "required", "Add at least one variant."))
    priced = family.living if product.has_variants else [product]
    if any(one.price_amount == 0 for one in priced):
        found.append(("#/price", "required", "Give a price above nought."))
    return [*(FieldError(pointer=p, code=c, detail=d) for p, c, d in found), *errors]
