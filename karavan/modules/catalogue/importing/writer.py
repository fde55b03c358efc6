"""Writes rows of a table as products: most of them by few statements, those that need a look one by one."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import DomainError
from karavan.kit.imports.kinds import Outcome, SectionMatch
from karavan.kit.imports.target import Record
from karavan.modules.catalogue.actions.products.edit import edit
from karavan.modules.catalogue.actions.products.writing import first_name
from karavan.modules.catalogue.actions.stock.locations import default_location
from karavan.modules.catalogue.importing.attributes import AttributeBook
from karavan.modules.catalogue.importing.batch import Author, Batch
from karavan.modules.catalogue.importing.categories import CategoryFinder
from karavan.modules.catalogue.importing.codes import Codes
from karavan.modules.catalogue.importing.columns import RowColumns
from karavan.modules.catalogue.importing.new_rows import Filing
from karavan.modules.catalogue.importing.options import ImportMode, ProductImportOptions
from karavan.modules.catalogue.importing.pictures import PictureQueue, warn_of_own
from karavan.modules.catalogue.importing.rows import CONTENT, existing, ids_of
from karavan.modules.catalogue.importing.unfit import refuse_row
from karavan.modules.catalogue.importing.variants import (
    NewVariants,
    own_columns,
    parent_of,
    refuse_unfit,
    spelled_as_kept,
)
from karavan.modules.catalogue.schemas.products import ProductPatch
from karavan.modules.catalogue.states import COMPLETE
from karavan.modules.catalogue.stock import lock_levels

_NOWHERE: tuple[str, ...] = ()
_NOTHING = (Decimal(0), Decimal(0))

Promised = Mapping[UUID, tuple[Decimal, Decimal]]
"""What is on hand and what is promised, by product, in the place that is counted."""


class ProductWriter:
    """The writer of one attempt at one import.

    Empty cells change nothing. New products are drafts. Content of products that buyers see, and whatever concerns
    families, goes through the same actions as a person's edit, one by one.

    Args:
        mapped: fields that columns of the file are.
        with_tax: whether the prices of the file hold the tax.
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
        categories: CategoryFinder,
        mapped: Collection[str],
        with_tax: bool,
    ) -> None:
        self._actor = actor
        self._with_families = "parent_sku" in mapped
        self._mode = mode
        self._options = options
        self._columns = RowColumns(mode, options, currency, mapped, with_tax=with_tax)
        self._author = Author(
            actor=actor,
            import_id=import_id,
            reason=options.reason or f"Import: {file_name}"[:300],
            propose=options.propose,
        )
        self._categories = categories
        self._attributes = AttributeBook()
        self._variants = NewVariants(actor)
        self._codes = Codes(actor.organisation_id)
        self._pictures = pictures
        self._writes_content = mode not in {ImportMode.PRICES, ImportMode.STOCK}
        self._makes = mode in {ImportMode.UPSERT, ImportMode.CREATE}

    def prepare(self, records: Sequence[Record]) -> None:
        """Work out what rows say, as far as that needs no database."""
        for record in records:
            self._columns.prepare(record)

    def sections(self) -> list[SectionMatch]:
        """Categories as rows write them, and what they were taken for."""
        return self._categories.matches()

    def unused(self) -> list[str]:
        """Files beside the table that are no product's picture."""
        return self._pictures.unused() if self._writes_content else []

    def close(self) -> None:
        """Let go of what was kept on disk."""
        self._variants.close()
        self._codes.close()

    async def write(
        self, session: AsyncSession, records: Sequence[Record], *, dry: bool
    ) -> Sequence[Outcome]:
        """Write a batch, or say what would happen; a row that is refused gets errors and changes nothing."""
        skus = [record.values["sku"] for record in records]
        promised = await self._promised(session, records, skus)
        # Families that get variants are locked with the other products, before codes are.
        parents = {parent for record in records if (parent := parent_of(record)) is not None}
        known = await existing(
            session, self._actor.organisation_id, [*skus, *parents], lock=not dry
        )
        known = spelled_as_kept(records, known)
        await self._codes.learn(session, records if self._writes_content else (), dry=dry)
        categories = await self._learn(session, records, known)
        batch = Batch()
        outcomes = []
        for position, record in enumerate(records):
            row = known.get(record.values["sku"])
            if self._writes_content:
                if dry:
                    self._count_section(record, row)
                self._codes.refuse_taken(record, row)
            if record.errors:
                outcomes.append(Outcome.REFUSED)
                continue
            if row is not None:
                outcome = await self._update(
                    session, record, row, categories, promised, batch, dry=dry
                )
            elif self._makes and parent_of(record) is not None:
                batch.variants.append((position, record))
                warn_of_own(record, writes=True)
                outcome = Outcome.CREATED
            else:
                outcome = self._create(record, categories, batch)
            if self._writes_content and outcome is not Outcome.REFUSED:
                self._codes.take(record, row, dry=dry)
            outcomes.append(outcome)
        await self._pictures.warn_of_missing(session, batch.missing)
        if dry:
            await self._try_variants(session, batch, records)
        else:
            await self._flush(session, batch)
        for position, record in batch.variants:
            if record.errors:
                outcomes[position] = Outcome.REFUSED
        return outcomes

    async def _learn(
        self,
        session: AsyncSession,
        records: Sequence[Record],
        known: Mapping[str, Mapping[str, Any]],
    ) -> Mapping[tuple[str, ...], UUID | None]:
        """The categories of a batch, and what those ask for of which rows say anything."""
        found = await self._categories.learn(
            session, {r.values["category"] for r in records if "category" in r.values}
        )
        asked: set[UUID | None] = set()
        for record in records:
            if record.prepared.attributes:
                row = known.get(record.values["sku"])
                # What goods say already means what their category has asked for until now.
                asked |= {_category_of(record, row, found), row["category_id"] if row else None}
        await self._attributes.learn(session, [one for one in asked if one is not None])
        return found

    def _count_section(self, record: Record, row: Mapping[str, Any] | None) -> None:
        if "category" in record.values:
            self._categories.count(record.values["category"])
        elif parent_of(record) is None and (row is None or row["category_id"] is None):
            # A variant is filed with its family.
            self._categories.count(_NOWHERE)

    async def _promised(
        self, session: AsyncSession, records: Sequence[Record], skus: Sequence[str]
    ) -> Promised:
        """Levels are locked before products, as all who change stock do; those of families that get variants, too."""
        parents = [parent for record in records if (parent := parent_of(record)) is not None]
        if not parents and not any("stock" in record.values for record in records):
            return {}
        ids = await ids_of(session, self._actor.organisation_id, [*skus, *set(parents)])
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

    async def _update(
        self,
        session: AsyncSession,
        record: Record,
        row: dict[str, Any],
        categories: Mapping[tuple[str, ...], UUID | None],
        promised: Promised,
        batch: Batch,
        *,
        dry: bool,
    ) -> Outcome:
        columns = self._wanted(record, row, categories)
        stock = None if self._mode is ImportMode.PRICES else record.values.get("stock")
        refuse_row(record, row, columns, stock, promised.get(row["id"], _NOTHING), mode=self._mode)
        if record.errors:
            return Outcome.REFUSED
        changed = {name: value for name, value in columns.items() if row[name] != value}
        by_hand = self._needs_a_look(row, changed)
        if by_hand and changed and not dry and not await self._edit(session, record, row, changed):
            return Outcome.REFUSED
        on_hand = promised.get(row["id"], _NOTHING)[0]
        counted = stock is not None and stock != on_hand
        if changed and not by_hand:
            self._change(row, changed, batch)
        if counted and stock is not None:
            batch.counts[row["id"]] = stock
            batch.restocked.append(str(row["id"]))
        if row["parent_id"] is not None:
            warn_of_own(record, writes=self._writes_content)
        elif images := self._images(record, row["id"], batch):
            batch.images.append((row["id"], images))
        return Outcome.UPDATED if changed or counted else Outcome.UNCHANGED

    def _wanted(
        self,
        record: Record,
        row: dict[str, Any],
        categories: Mapping[tuple[str, ...], UUID | None],
    ) -> dict[str, Any]:
        """The columns that a row wants its product to have; what is wrong with them is added to its errors."""
        columns = self._columns.against(record, row, categories)
        if not self._writes_content:
            return columns
        if parent_of(record) is not None:
            refuse_unfit(record, row)
            return own_columns(columns)
        if row["has_variants"] and self._with_families:
            # A family costs what its cheapest variant does, and the variants have rows of their own.
            columns.pop("price_amount", None)
            columns.pop("currency", None)
        category_id = columns.get("category_id", row["category_id"])
        if record.prepared.attributes and category_id is not None:
            columns["attributes"], errors = self._attributes.merged(
                category_id,
                row["attributes"],
                record.prepared.attributes,
                filed_before=row["category_id"],
            )
            record.errors += errors
        return columns

    def _create(
        self,
        record: Record,
        categories: Mapping[tuple[str, ...], UUID | None],
        batch: Batch,
    ) -> Outcome:
        new = record.prepared.new
        if not self._makes:
            record.refuse("sku", "unknown_sku", "You have no product with this SKU.")
            return Outcome.REFUSED
        if new is None:
            for name, column in (("name", "names"), ("price", "price_amount")):
                if column not in record.prepared.columns:
                    record.refuse(name, "required", "A new product needs this.")
            return Outcome.REFUSED
        category_id = categories.get(record.values.get("category", _NOWHERE))
        attributes = "{}"
        if record.prepared.attributes and category_id is not None:
            stored, errors = self._attributes.merged(category_id, {}, record.prepared.attributes)
            if errors:
                record.errors += errors
                return Outcome.REFUSED
            attributes = msgspec.json.encode(stored).decode()
        if images := self._images(record, None, batch):
            batch.new_images.append((len(batch.new), images))
        batch.new.append(new)
        batch.filings.append(Filing(category_id, attributes))
        return Outcome.CREATED

    def _images(self, record: Record, product_id: UUID | None, batch: Batch) -> list[str]:
        if not self._writes_content:
            return []
        named = record.values.get("images", ())
        if missing := self._pictures.missing(named):
            batch.missing.append((record, product_id, missing))
        return self._pictures.sources(record.values["sku"], named)

    def _needs_a_look(self, row: dict[str, Any], changed: dict[str, Any]) -> bool:
        if row["parent_id"] is not None or row["has_variants"]:
            return True
        content = any(name in changed for name in CONTENT)
        # Another category asks for other attributes.
        moved = "category_id" in changed and bool(row["attributes"])
        return content and (row["state"] in COMPLETE or moved)

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
            given["price_reason"] = self._author.reason
        try:
            async with savepoint(session):
                await edit(session, self._actor, row["id"], ProductPatch.model_validate(given))
        except DomainError as error:
            detail = error.errors[0].detail if error.errors else error.detail
            record.refuse("sku", error.code, detail)
            return False
        return True

    def _change(self, row: dict[str, Any], changed: dict[str, Any], batch: Batch) -> None:
        after = {**row, **changed, "organisation_id": self._actor.organisation_id}
        if "names" in changed:
            after["name"] = first_name(changed["names"])
        batch.changed.append(after)
        if {"price_amount", "currency"} & changed.keys():
            batch.prices.append(self._author.price_change(row["id"], row, after))

    async def _flush(self, session: AsyncSession, batch: Batch) -> None:
        counted = any(one.stock for one in batch.new) or any(
            record.values.get("stock") for _, record in batch.variants
        )
        place = await self._place(session) if counted or batch.counts else None
        await self._author.write(session, batch, self._pictures, place)
        if batch.variants:
            made = await self._variants.make(session, [record for _, record in batch.variants])
            await self._author.count(session, made, place)

    async def _try_variants(
        self, session: AsyncSession, batch: Batch, records: Sequence[Record]
    ) -> None:
        if self._with_families:
            self._variants.promise([one.sku for one in batch.new], records[-1].number)
        if batch.variants:
            await self._variants.try_out(session, [record for _, record in batch.variants])


def _category_of(
    record: Record,
    row: Mapping[str, Any] | None,
    found: Mapping[tuple[str, ...], UUID | None],
) -> UUID | None:
    """The category that a product will have."""
    before: UUID | None = None if row is None else row["category_id"]
    return found.get(record.values.get("category", _NOWHERE)) or before
