"""Writes rows of a table as products: most of them by few statements, those that need a look one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import DomainError
from karavan.kit.events import record_event
from karavan.kit.ids import new_id
from karavan.kit.imports.kinds import Outcome
from karavan.kit.imports.target import Record
from karavan.kit.imports.values import CellError, minor_units
from karavan.kit.money import minor_digits
from karavan.modules.catalogue.actions.products.edit import edit
from karavan.modules.catalogue.actions.products.writing import first_name
from karavan.modules.catalogue.actions.stock.locations import default_location
from karavan.modules.catalogue.importing.categories import CategoryFinder
from karavan.modules.catalogue.importing.options import ImportMode, ProductImportOptions
from karavan.modules.catalogue.importing.pictures import PictureQueue
from karavan.modules.catalogue.importing.rows import (
    CONTENT,
    PLAIN,
    existing,
    ids_of,
    insert_first_stock,
    insert_price_changes,
    insert_products,
    update_products,
)
from karavan.modules.catalogue.schemas.products import ProductPatch
from karavan.modules.catalogue.states import ProductState
from karavan.modules.catalogue.stock import Count, adjust, lock_levels

_PLAIN_FIELDS = {
    "tax_rate": "tax_rate", "unit": "unit", "pack_size": "pack_size", "minimum_order": "minimum_order",
    "weight": "weight_grams", "length": "length_mm", "width": "width_mm", "height": "height_mm",
    "country": "country", "visibility": "visibility", "active": "active",
}  # fmt: skip
_BY_HAND = frozenset({ProductState.PROPOSED, ProductState.PUBLISHED})


@dataclass(slots=True)
class _Batch:
    """What one transaction writes."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    prices: list[dict[str, Any]] = field(default_factory=list)
    first_counts: dict[UUID, Decimal] = field(default_factory=dict)
    counts: dict[UUID, Decimal] = field(default_factory=dict)
    images: list[tuple[UUID, list[str]]] = field(default_factory=list)
    restocked: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Plan:
    """What one row wants of one product."""

    record: Record
    product_id: UUID
    columns: dict[str, Any]
    stock: Decimal | None


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
        self._currency = currency
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
        batch = _Batch()
        outcomes = []
        for record in records:
            row = known.get(record.values["sku"])
            try:
                outcome = await self._row(session, record, row, promised, batch, dry=dry)
            except CellError as error:
                record.errors.append(("sku", error.code, error.detail))
                outcome = Outcome.REFUSED
            outcomes.append(Outcome.REFUSED if record.errors else outcome)
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
        levels = await lock_levels(session, list(ids.values()))
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

    async def _row(
        self,
        session: AsyncSession,
        record: Record,
        row: dict[str, Any] | None,
        promised: dict[UUID, tuple[Decimal, Decimal]],
        batch: _Batch,
        *,
        dry: bool,
    ) -> Outcome:
        columns = await self._columns(session, record, row)
        stock = record.values.get("stock") if self._mode is not ImportMode.PRICES else None
        if self._mode is ImportMode.PRICES:
            columns = {k: v for k, v in columns.items() if k in {"price_amount", "currency"}}
        elif self._mode is ImportMode.STOCK:
            columns = {}
        if record.errors:
            return Outcome.REFUSED
        if row is None:
            return self._create(record, columns, stock, batch)
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
        images = self._images(record, row["sku"])
        if images and not row.get("has_variants"):
            batch.images.append((row["id"], images))
        return Outcome.UPDATED if changed or counted else Outcome.UNCHANGED

    async def _columns(
        self, session: AsyncSession, record: Record, row: dict[str, Any] | None
    ) -> dict[str, Any]:
        """The values of a row by the product's columns."""
        values = record.values
        columns = {column: values[name] for name, column in _PLAIN_FIELDS.items() if name in values}
        self._price(record, row, columns)
        if "barcode" in values:
            columns["barcode"], columns["barcode_text"] = values["barcode"]
        for column, single in (("names", "name"), ("descriptions", "description")):
            texts = {
                language: values[f"{single}_{language}"]
                for language in ("en", "ru", "kk")
                if f"{single}_{language}" in values
            }
            if single in values:
                texts.setdefault(self._options.language, values[single])
            if texts:
                columns[column] = {**(row[column] if row else {}), **texts}
        if "category" in values:
            found = await self._categories.find(session, values["category"])
            if found is not None:
                columns["category_id"] = found
        return columns

    def _price(self, record: Record, row: dict[str, Any] | None, columns: dict[str, Any]) -> None:
        if "price" not in record.values:
            return
        value, currency = record.values["price"]
        currency = (
            currency
            or record.values.get("currency")
            or (row["currency"] if row else None)
            or self._currency
        )
        if value is None:
            return
        try:
            columns["price_amount"] = minor_units(value, minor_digits(currency))
        except CellError as error:
            record.errors.append(("price", error.code, error.detail))
            return
        columns["currency"] = currency

    def _create(
        self, record: Record, columns: dict[str, Any], stock: Decimal | None, batch: _Batch
    ) -> Outcome:
        if self._mode not in {ImportMode.UPSERT, ImportMode.CREATE}:
            record.errors.append(("sku", "unknown_sku", "You have no product with this SKU."))
            return Outcome.REFUSED
        for name, column in (("name", "names"), ("price", "price_amount")):
            if column not in columns:
                record.errors.append((name, "required", "A new product needs this."))
        if record.errors:
            return Outcome.REFUSED
        product_id = new_id()
        row = {
            **dict.fromkeys((*PLAIN, "category_id")),
            "unit": self._options.unit,
            "tax_rate": self._options.tax_rate or Decimal(0),
            "pack_size": Decimal(1),
            "minimum_order": Decimal(1),
            "visibility": self._options.visibility.value,
            "active": True,
            "descriptions": {},
            "attributes": {},
            **columns,
            "id": product_id,
            "organisation_id": self._actor.organisation_id,
            "organisation_name": self._actor.organisation_name,
            "sku": record.values["sku"],
            "state": ProductState.DRAFT.value,
            "created_by": self._actor.user_id,
            "version": 1,
            "name": first_name(columns["names"]),
        }
        batch.new.append(row)
        batch.prices.append(self._price_change(product_id, None, row))
        row["available"] = stock or Decimal(0)
        if stock:
            batch.first_counts[product_id] = stock
        if images := self._images(record, record.values["sku"]):
            batch.images.append((product_id, images))
        return Outcome.CREATED

    def _images(self, record: Record, sku: str) -> list[str]:
        if self._mode in {ImportMode.PRICES, ImportMode.STOCK}:
            return []
        return self._pictures.sources(sku, record.values.get("images", []))

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
        self, product_id: UUID, before: dict[str, Any] | None, after: dict[str, Any]
    ) -> dict[str, Any]:
        return {
            "id": new_id(),
            "product_id": product_id,
            "organisation_id": self._actor.organisation_id,
            "before_amount": before["price_amount"] if before else None,
            "before_currency": before["currency"] if before else None,
            "after_amount": after["price_amount"],
            "currency": after["currency"],
            "reason": self._reason,
            "actor_user_id": self._actor.user_id,
            "actor_name": self._actor.display_name,
        }

    async def _flush(self, session: AsyncSession, batch: _Batch) -> None:
        await insert_products(session, batch.new)
        await update_products(session, batch.changed)
        await insert_price_changes(session, batch.prices)
        if batch.first_counts or batch.counts:
            place, first = await self._place(session), batch.first_counts
            await insert_first_stock(
                session, first, place=place, actor=self._actor, reason=self._reason
            )
            counts = [Count(product, place, quantity) for product, quantity in batch.counts.items()]
            if counts:
                await adjust(session, counts, reason=self._reason, actor=self._actor, told=False)
        await self._pictures.add(session, batch.images)
        if batch.new or batch.changed or batch.counts:
            self._tell(session, batch)

    def _tell(self, session: AsyncSession, batch: _Batch) -> None:
        """One event for the whole batch: handlers that care take all of it at once."""
        new = {row["id"] for row in batch.new}
        record_event(
            session,
            "products.imported",
            organisation_id=self._actor.organisation_id,
            aggregate_id=self._import_id,
            payload={
                "import_id": str(self._import_id),
                "organisation_id": str(self._actor.organisation_id),
                "created": [str(row["id"]) for row in batch.new],
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
                    if price["product_id"] not in new
                ],
                "restocked": batch.restocked,
            },
        )
