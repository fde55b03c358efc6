"""Writes rows of a table as products: most of them by few statements, those that need a look one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import DomainError
from karavan.kit.events import record_event
from karavan.kit.ids import new_id
from karavan.kit.imports.kinds import Outcome
from karavan.kit.imports.target import Record
from karavan.modules.catalogue.actions.products.edit import edit
from karavan.modules.catalogue.actions.products.writing import first_name
from karavan.modules.catalogue.actions.stock.locations import default_location
from karavan.modules.catalogue.importing.categories import CategoryFinder
from karavan.modules.catalogue.importing.columns import RowColumns
from karavan.modules.catalogue.importing.new_rows import NewProduct, insert_new
from karavan.modules.catalogue.importing.options import ImportMode, ProductImportOptions
from karavan.modules.catalogue.importing.pictures import PictureQueue
from karavan.modules.catalogue.importing.rows import (
    CONTENT,
    existing,
    ids_of,
    insert_price_changes,
    update_products,
)
from karavan.modules.catalogue.schemas.products import ProductPatch
from karavan.modules.catalogue.states import ProductState
from karavan.modules.catalogue.stock import Count, adjust, lock_levels

_ONE = Decimal(1)
_BY_HAND = frozenset({ProductState.PROPOSED, ProductState.PUBLISHED})


@dataclass(slots=True)
class _Batch:
    """What one transaction writes."""

    new: list[NewProduct] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    prices: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[UUID, Decimal] = field(default_factory=dict)
    images: list[tuple[UUID, list[str]]] = field(default_factory=list)
    new_images: list[tuple[int, list[str]]] = field(default_factory=list)
    restocked: list[str] = field(default_factory=list)


class ProductWriter:
    """The writer of one attempt at one import.

    Empty cells change nothing. New products are drafts. Content of products that buyers see, and whatever concerns
    families, goes through the same actions as a person's edit, one by one.
    """

    def __init__(
        self,
        actor: Actor,
        *,
        mode: ImportMode,
        options: ProductImportOptions,
        currency: str,
        import_id: UUID,
        file_name: str,
        pictures: PictureQueue,
    ) -> None:
        self._actor = actor
        self._mode = mode
        self._options = options
        self._columns = RowColumns(mode, options, currency)
        self._import_id = import_id
        self._reason = options.reason or f"Import: {file_name}"[:300]
        self._categories = CategoryFinder(options.categories)
        self._pictures = pictures

    async def write(
        self, session: AsyncSession, records: Sequence[Record], *, dry: bool
    ) -> Sequence[Outcome]:
        """Write a batch, or say what would happen; a row that is refused gets errors and changes nothing."""
        skus = [record.values["sku"] for record in records]
        promised = await self._promised(session, records, skus)
        known = await existing(session, self._actor.organisation_id, skus, lock=not dry)
        categories = await self._categories.learn(
            session, {tuple(r.values["category"]) for r in records if "category" in r.values}
        )
        batch = _Batch()
        outcomes = []
        for record in records:
            row = known.get(record.values["sku"])
            columns = self._columns.of(record, row, categories)
            if record.errors:
                outcome = Outcome.REFUSED
            elif row is None:
                outcome = self._create(record, columns, batch)
            else:
                outcome = await self._update(
                    session, record, row, columns, promised, batch, dry=dry
                )
            outcomes.append(outcome)
        if not dry:
            await self._flush(session, batch)
        return outcomes

    async def _promised(
        self, session: AsyncSession, records: Sequence[Record], skus: Sequence[str]
    ) -> dict[UUID, tuple[Decimal, Decimal]]:
        """What is on hand and what is promised, by product, in the place that is counted.

        Levels are locked before products, as all who change stock do.
        """
        if not any("stock" in record.values for record in records):
            return {}
        ids = await ids_of(session, self._actor.organisation_id, skus)
        if not ids:
            return {}
        levels = await lock_levels(session, ids)
        if not levels:
            return {}
        place = await self._place(session)
        return {
            level.product_id: (level.on_hand, level.allocated)
            for level in levels
            if level.location_id == place
        }

    async def _place(self, session: AsyncSession) -> UUID:
        """The place that is counted; of a supplier who has none the first one is made here."""
        if self._options.location_id is not None:
            return self._options.location_id
        return (await default_location(session, self._actor)).id

    def _stock(self, record: Record) -> Decimal | None:
        return None if self._mode is ImportMode.PRICES else record.values.get("stock")

    async def _update(
        self,
        session: AsyncSession,
        record: Record,
        row: dict[str, Any],
        columns: dict[str, Any],
        promised: dict[UUID, tuple[Decimal, Decimal]],
        batch: _Batch,
        *,
        dry: bool,
    ) -> Outcome:
        stock = self._stock(record)
        self._refuse_unfit(record, row, columns, stock, promised)
        if record.errors:
            return Outcome.REFUSED
        changed = {name: value for name, value in columns.items() if row[name] != value}
        by_hand = self._needs_a_look(row, changed)
        if by_hand and changed and not dry and not await self._edit(session, record, row, changed):
            return Outcome.REFUSED
        on_hand = promised.get(row["id"], (Decimal(0), Decimal(0)))[0]
        counted = stock is not None and stock != on_hand
        if changed and not by_hand:
            self._change(row, changed, batch)
        if counted and stock is not None:
            batch.counts[row["id"]] = stock
            batch.restocked.append(str(row["id"]))
        images = self._images(record)
        if images and not row["has_variants"]:
            batch.images.append((row["id"], images))
        return Outcome.UPDATED if changed or counted else Outcome.UNCHANGED

    def _create(self, record: Record, columns: dict[str, Any], batch: _Batch) -> Outcome:
        if self._mode not in {ImportMode.UPSERT, ImportMode.CREATE}:
            record.errors.append(("sku", "unknown_sku", "You have no product with this SKU."))
            return Outcome.REFUSED
        for name, column in (("name", "names"), ("price", "price_amount")):
            if column not in columns:
                record.errors.append((name, "required", "A new product needs this."))
        if record.errors:
            return Outcome.REFUSED
        if images := self._images(record):
            batch.new_images.append((len(batch.new), images))
        names, given, options = columns["names"], columns.get, self._options
        batch.new.append(
            NewProduct(
                sku=record.values["sku"],
                name=first_name(names),
                names=_json(names),
                descriptions=_json(columns["descriptions"]) if "descriptions" in columns else "{}",
                category_id=given("category_id"),
                price_amount=columns["price_amount"],
                currency=columns["currency"],
                tax_rate=given("tax_rate", options.tax_rate or Decimal(0)),
                unit=given("unit", options.unit),
                pack_size=given("pack_size", _ONE),
                minimum_order=given("minimum_order", _ONE),
                weight_grams=given("weight_grams"),
                length_mm=given("length_mm"),
                width_mm=given("width_mm"),
                height_mm=given("height_mm"),
                barcode=given("barcode"),
                barcode_text=given("barcode_text"),
                country=given("country"),
                visibility=given("visibility", options.visibility.value),
                active=given("active", True),
                stock=self._stock(record),
            )
        )
        return Outcome.CREATED

    def _images(self, record: Record) -> list[str]:
        if self._mode in {ImportMode.PRICES, ImportMode.STOCK}:
            return []
        return self._pictures.sources(record.values["sku"], record.values.get("images", ()))

    def _refuse_unfit(
        self,
        record: Record,
        row: dict[str, Any],
        columns: dict[str, Any],
        stock: Decimal | None,
        promised: dict[UUID, tuple[Decimal, Decimal]],
    ) -> None:
        refuse = record.errors.append
        if self._mode is ImportMode.CREATE:
            refuse(("sku", "exists", "You have a product with this SKU already."))
        if row["state"] == ProductState.ARCHIVED:
            refuse(("sku", "archived", "This product is archived and cannot be changed."))
        if stock is not None and row["has_variants"]:
            refuse(("stock", "has_variants", "Stock is counted for each variant."))
        allocated = promised.get(row["id"], (Decimal(0), Decimal(0)))[1]
        if stock is not None and stock < allocated:
            refuse(("stock", "promised", f"Orders have been promised {allocated.normalize():f}."))
        other_currency = columns.get("currency", row["currency"]) != row["currency"]
        if row["parent_id"] is not None and other_currency:
            refuse(("currency", "variant", "A variant is sold in the currency of its family."))

    def _needs_a_look(self, row: dict[str, Any], changed: dict[str, Any]) -> bool:
        if row["parent_id"] is not None or row["has_variants"]:
            return True
        content = any(name in changed for name in CONTENT)
        # Another category asks for other attributes.
        moved = "category_id" in changed and bool(row["attributes"])
        return content and (row["state"] in _BY_HAND or moved)

    async def _edit(
        self, session: AsyncSession, record: Record, row: dict[str, Any], changed: dict[str, Any]
    ) -> bool:
        """Change a product as a person would."""
        given: dict[str, Any] = {
            name: value
            for name, value in changed.items()
            if name not in {"price_amount", "currency"}
        }
        if {"price_amount", "currency"} & changed.keys():
            given["price"] = {
                "amount": changed.get("price_amount", row["price_amount"]),
                "currency": changed.get("currency", row["currency"]),
            }
            given["price_reason"] = self._reason
        try:
            async with savepoint(session):
                await edit(session, self._actor, row["id"], ProductPatch.model_validate(given))
        except DomainError as error:
            detail = error.errors[0].detail if error.errors else error.detail
            record.errors.append(("sku", error.code, detail))
            return False
        return True

    def _change(self, row: dict[str, Any], changed: dict[str, Any], batch: _Batch) -> None:
        after = {**row, **changed, "organisation_id": self._actor.organisation_id}
        if "names" in changed:
            after["name"] = first_name(changed["names"])
        batch.changed.append(after)
        if {"price_amount", "currency"} & changed.keys():
            batch.prices.append(self._price_change(row["id"], row, after))

    def _price_change(
        self, product_id: UUID, before: dict[str, Any], after: dict[str, Any]
    ) -> dict[str, Any]:
        return {
            "id": new_id(),
            "product_id": product_id,
            "organisation_id": self._actor.organisation_id,
            "before_amount": before["price_amount"],
            "before_currency": before["currency"],
            "after_amount": after["price_amount"],
            "currency": after["currency"],
            "reason": self._reason,
            "actor_user_id": self._actor.user_id,
            "actor_name": self._actor.display_name,
        }

    async def _flush(self, session: AsyncSession, batch: _Batch) -> None:
        counted = any(one.stock for one in batch.new)
        place = await self._place(session) if counted or batch.counts else None
        made = await insert_new(
            session, batch.new, actor=self._actor, place=place, reason=self._reason
        )
        await update_products(session, batch.changed)
        await insert_price_changes(session, batch.prices)
        if place is not None and batch.counts:
            counts = [Count(product, place, quantity) for product, quantity in batch.counts.items()]
            await adjust(session, counts, reason=self._reason, actor=self._actor, told=False)
        new_images = [(made[position], images) for position, images in batch.new_images]
        await self._pictures.add(session, [*batch.images, *new_images])
        if made or batch.changed or batch.counts:
            self._tell(session, batch, made)

    def _tell(self, session: AsyncSession, batch: _Batch, made: Sequence[UUID]) -> None:
        """One event for the whole batch: handlers that care take all of it at once."""
        record_event(
            session,
            "products.imported",
            organisation_id=self._actor.organisation_id,
            aggregate_id=self._import_id,
            payload={
                "import_id": str(self._import_id),
                "organisation_id": str(self._actor.organisation_id),
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
                "propose": self._options.propose,
            },
        )


def _json(texts: dict[str, str]) -> str:
    return msgspec.json.encode(texts).decode()
