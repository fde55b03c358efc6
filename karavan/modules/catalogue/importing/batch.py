"""What one transaction of an import writes: gathered row by row, written by few statements."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import Struct, field
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.events import record_event
from karavan.kit.ids import new_id
from karavan.kit.imports.target import Record
from karavan.modules.catalogue.importing.new_rows import Filing, NewProduct, insert_new
from karavan.modules.catalogue.importing.pictures import PictureQueue
from karavan.modules.catalogue.importing.rows import insert_price_changes, update_products
from karavan.modules.catalogue.stock import Count, adjust


class Batch(Struct):
    """What one transaction writes.

    Attributes:
        new_images: position among `new`, and where the pictures are.
        counts: what is on hand, by product.
        variants: rows of variants that are not there yet, with their position among the records.
        missing: rows that name pictures which are nowhere, with their products where those are there already.
    """

    new: list[NewProduct] = field(default_factory=list)
    filings: list[Filing] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    prices: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[UUID, Decimal] = field(default_factory=dict)
    images: list[tuple[UUID, list[str]]] = field(default_factory=list)
    new_images: list[tuple[int, list[str]]] = field(default_factory=list)
    restocked: list[str] = field(default_factory=list)
    variants: list[tuple[int, Record]] = field(default_factory=list)
    missing: list[tuple[Record, UUID | None, list[str]]] = field(default_factory=list)


class Author(Struct, frozen=True, kw_only=True):
    """Who writes, for which import, and why.

    Attributes:
        reason: stands with prices and movements.
        propose: whether new products are proposed for publication afterwards.
    """

    actor: Actor
    import_id: UUID
    reason: str
    propose: bool

    def price_change(
        self, product_id: UUID, before: dict[str, Any], after: dict[str, Any]
    ) -> dict[str, Any]:
        """A row of the history of prices."""
        return {
            "id": new_id(),
            "product_id": product_id,
            "organisation_id": self.actor.organisation_id,
            "before_amount": before["price_amount"],
            "before_currency": before["currency"],
            "after_amount": after["price_amount"],
            "currency": after["currency"],
            "reason": self.reason,
            "actor_user_id": self.actor.user_id,
            "actor_name": self.actor.display_name,
        }

    async def write(
        self, session: AsyncSession, batch: Batch, pictures: PictureQueue, place: UUID | None
    ) -> None:
        """Write new and changed products with their prices and stock, queue their pictures, and tell of all of it.

        Args:
            place: where stock is counted; needed when any row has some.
        """
        made = await insert_new(
            session, batch.new, batch.filings, actor=self.actor, place=place, reason=self.reason
        )
        await update_products(session, batch.changed)
        await insert_price_changes(session, batch.prices)
        await self.count(session, batch.counts, place)
        new_images = [(made[position], images) for position, images in batch.new_images]
        await pictures.add(session, [*batch.images, *new_images])
        if made or batch.changed or batch.counts:
            self._tell(session, batch, made)

    async def count(
        self, session: AsyncSession, counts: dict[UUID, Decimal], place: UUID | None
    ) -> None:
        """Correct what is on hand."""
        if place is None or not counts:
            return
        counted = [Count(product, place, quantity) for product, quantity in counts.items()]
        await adjust(session, counted, reason=self.reason, actor=self.actor, told=False)

    def _tell(self, session: AsyncSession, batch: Batch, made: Sequence[UUID]) -> None:
        """One event for the whole batch: handlers that care take all of it at once."""
        record_event(
            session,
            "products.imported",
            organisation_id=self.actor.organisation_id,
            aggregate_id=self.import_id,
            payload={
                "import_id": str(self.import_id),
                "organisation_id": str(self.actor.organisation_id),
                "created": [str(product_id) for product_id in made],
                "updated": [str(row["id"]) for row in batch.changed],
                "repriced": [
                    {
                        "product_id": str(price["product_id"]),
                        "before_amount": price["before_amount"],
                        "before_currency": price["before_currency"],
                        "after_amount": price["after_amount"],
                        "currency": price["currency"],
                    }
                    for price in batch.prices
                ],
                "restocked": batch.restocked,
                "propose": self.propose,
            },
        )
