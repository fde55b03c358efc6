"""Products that actions work on. To strangers they are absent, by these queries and by the policies, so absence answers 404."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from sqlalchemy import bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import NotFoundError
from karavan.kit.locks import find_row
from karavan.kit.tenancy import caller_is
from karavan.modules.catalogue.models import ChangeRequest, Product
from karavan.modules.catalogue.states import ChangeRequestState, ProductState

_ROOT = (
    select(Product.parent_id)
    .where(Product.id == bindparam("product_id"), caller_is(Product.organisation_id))
    .scalar_subquery()
)
# Heads before variants, each in the order of their ids: stock functions lock products in the same order.
_FAMILY = (
    select(Product)
    .where(
        or_(
            Product.id == bindparam("product_id"),
            Product.id == _ROOT,
            Product.parent_id == bindparam("product_id"),
            Product.parent_id == _ROOT,
        ),
        caller_is(Product.organisation_id),
    )
    .order_by(Product.parent_id.is_not(None), Product.id)
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)


class Family(Struct, frozen=True):
    """A product, what it belongs to, and what belongs to it.

    Attributes:
        target: the product that was asked for.
        root: the head of the family; the product itself when it has none.
        variants: in order, archived ones included; empty for a product without a family.
    """

    target: Product
    root: Product
    variants: Sequence[Product]

    @property
    def living(self) -> list[Product]:
        """Variants that are not archived."""
        return [one for one in self.variants if one.state != ProductState.ARCHIVED]

    @property
    def members(self) -> list[Product]:
        """All of them, the head first."""
        return [self.root, *self.variants]


async def locked_family(session: AsyncSession, product_id: UUID) -> Family:
    """A product of the caller's with its family, all of it locked until the transaction ends.

    Raises:
        NotFoundError: there is none, or it is another organisation's.
    """
    by_id = await _locked_members(session, product_id)
    if any(row.has_variants for row in by_id.values()):
        # Who waited for the head has not seen the variants that were added meanwhile: now that it is locked there can be
        # no more of them.
        by_id = await _locked_members(session, product_id)
    target = by_id.get(product_id)
    if target is None:
        raise NotFoundError
    rows = by_id.values()
    root = by_id[target.parent_id] if target.parent_id else target
    variants = sorted((row for row in rows if row is not root), key=lambda row: row.position)
    return Family(target, root, variants)


async def _locked_members(session: AsyncSession, product_id: UUID) -> dict[UUID, Product]:
    found = await session.scalars(_FAMILY, {"product_id": product_id})
    return {row.id: row for row in found}


async def own_product(session: AsyncSession, product_id: UUID) -> Product:
    """A product of the caller's, not locked.

    Raises:
        NotFoundError: there is none, or it is another organisation's.
    """
    return await find_row(
        session,
        select(Product)
        .where(Product.id == product_id, caller_is(Product.organisation_id))
        .execution_options(populate_existing=True),
    )


async def family_ids(session: AsyncSession, product_id: UUID) -> list[UUID]:
    """The ids of a product of the caller's and of its variants."""
    found = await session.scalars(
        select(Product.id).where(
            or_(Product.id == product_id, Product.parent_id == product_id),
            caller_is(Product.organisation_id),
        )
    )
    return list(found)


async def open_change_request(session: AsyncSession, product_id: UUID) -> ChangeRequest | None:
    """The change of a product that waits for a moderator, locked. The product is locked before it."""
    return await session.scalar(
        select(ChangeRequest)
        .where(
            ChangeRequest.product_id == product_id,
            ChangeRequest.state == ChangeRequestState.PROPOSED,
            caller_is(ChangeRequest.organisation_id),
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
