"""One change for many products: each succeeds or fails for itself."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import DomainError, ValidationError, invalid
from karavan.kit.lifecycle import TransitionBody
from karavan.kit.money import AMOUNT_MAX, Money, MoneyBody
from karavan.kit.versions import VersionedBody
from karavan.modules.catalogue.actions.products.availability import activate, deactivate
from karavan.modules.catalogue.actions.products.edit import change_price, edit
from karavan.modules.catalogue.actions.products.moderate import archive, propose
from karavan.modules.catalogue.actions.products.records import refresh_head, refuse_archived
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.queries.product_rows import locked_family
from karavan.modules.catalogue.schemas.bulk import BulkAction, BulkResult, BulkRow
from karavan.modules.catalogue.schemas.products import ProductPatch


async def apply_to_many(session: AsyncSession, actor: Actor, body: BulkAction) -> BulkResult:
    """Do the same to every product that is named, in the order of their ids, and tell what became of each.

    A product that refuses is left as it was, with the code that a single change would have answered.
    """
    done: dict[UUID, BulkRow] = {}
    for product_id in sorted(set(body.ids)):
        try:
            async with savepoint(session):
                product = await _apply(session, actor, product_id, body)
        except DomainError as refusal:
            done[product_id] = BulkRow(
                id=product_id, ok=False, code=refusal.code, detail=_told(refusal), version=None
            )
        else:
            done[product_id] = BulkRow(
                id=product_id, ok=True, code=None, detail=None, version=product.version
            )
    rows = [done[product_id] for product_id in dict.fromkeys(body.ids)]
    changed = sum(row.ok for row in rows)
    return BulkResult(changed=changed, refused=len(rows) - changed, rows=rows)


def _told(refusal: DomainError) -> str:
    if isinstance(refusal, ValidationError) and refusal.errors:
        return " ".join(error.detail for error in refusal.errors)
    return refusal.detail


async def _apply(
    session: AsyncSession, actor: Actor, product_id: UUID, body: BulkAction
) -> Product:
    transition = TransitionBody(reason=body.reason or None)
    match body.action:
        case "activate":
            return await activate(session, actor, product_id, VersionedBody())
        case "deactivate":
            return await deactivate(session, actor, product_id, VersionedBody())
        case "propose":
            return await propose(session, actor, product_id, transition)
        case "archive":
            return await archive(session, actor, product_id, transition)
        case "set-category":
            patch = ProductPatch(category_id=body.category_id)
            return await edit(session, actor, product_id, patch)
        case "change-price":
            return await _change_price(session, actor, product_id, body)


async def _change_price(
    session: AsyncSession, actor: Actor, product_id: UUID, body: BulkAction
) -> Product:
    family = await locked_family(session, product_id)
    product = family.target
    refuse_archived(product)
    if not product.has_variants:
        change_price(session, actor, family, _changed(product, body), body.reason)
    for variant in family.living if product.has_variants else ():
        # Each by its own price: five per cent less is another sum for every one of them.
        one = type(family)(variant, family.root, family.variants)
        change_price(session, actor, one, _changed(variant, body), body.reason)
    if product.has_variants:
        product.version += 1
        refresh_head(session, actor, family)
    await session.flush()
    return product


def _changed(product: Product, body: BulkAction) -> MoneyBody:
    """The new price: rounded once, half away from nought.

    Raises:
        ValidationError: it would fall to nought or below, or grow beyond what money can be.
    """
    price = Money(product.price_amount, product.currency)
    if body.percent is not None:
        price = price.times(1 + body.percent / Decimal(100))
    else:
        price = Money(price.amount + (body.amount or 0), price.currency)
    if not 0 < price.amount <= AMOUNT_MAX:
        raise invalid("#/amount", "range", "The price would fall to nought or below.")
    return MoneyBody.of(price.amount, price.currency)
