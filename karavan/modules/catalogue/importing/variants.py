"""Variants from tables: rows that name the SKU of their family, and what they differ in.

The content of a variant is that of its family: its row says SKU, options, price, stock, barcode, weight and whether it is
on sale; names, category and the like are read from the row of the family.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import ValidationError as PydanticError
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import DomainError
from karavan.kit.imports.seen import SeenKeys
from karavan.kit.imports.target import Record
from karavan.modules.catalogue.actions.products.variants import add_variants
from karavan.modules.catalogue.actions.products.writing import SHARED
from karavan.modules.catalogue.importing.rows import existing
from karavan.modules.catalogue.importing.unfit import refuse_nought
from karavan.modules.catalogue.schemas.products import AXES_MAX, VariantBody
from karavan.modules.catalogue.states import COMPLETE, ProductState

_SAME_OPTION = (
    frozenset({"size", "размер", "өлшем", "өлшемі"}),
    frozenset({"colour", "color", "цвет", "түс", "түсі"}),
)
_OWN = ("barcode", "barcode_text", "weight_grams", "active")


def parent_of(record: Record) -> str | None:
    """The SKU of the family that a row names; nothing when it names none, or itself."""
    parent = record.values.get("parent_sku")
    return None if parent is None or parent.upper() == record.values["sku"].upper() else parent


def spelled_as_kept(
    records: Sequence[Record], known: Mapping[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Let rows name goods as they are spelled: those that are there, or that come with the same batch.

    Args:
        known: the supplier's products by SKU, as rows write it.

    Returns:
        The same products by their own SKU.
    """
    spelled = {record.values["sku"].upper(): record.values["sku"] for record in records}
    for record in records:
        for name in ("sku", "parent_sku"):
            if (written := record.values.get(name)) is not None:
                row = known.get(written)
                record.values[name] = row["sku"] if row else spelled.get(written.upper(), written)
    return {row["sku"]: row for row in known.values()}


def own_columns(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Those that a variant has for itself."""
    return {name: value for name, value in columns.items() if name not in SHARED}


def options_of(record: Record, axes: Sequence[str] = ()) -> dict[str, str]:
    """What the variant differs in, under the names that its family has for it.

    Args:
        axes: names that the family has.
    """
    return {_named(name, axes): value for name, value in record.values.get("option", ())}


def _named(name: str, axes: Sequence[str]) -> str:
    folded = name.casefold()
    alike = next((words for words in _SAME_OPTION if folded in words), frozenset({folded}))
    return next((axis for axis in axes if axis.casefold() in alike), name)


def refuse_unfit(record: Record, row: Mapping[str, Any]) -> None:
    """Refuse the row of a product that is there and does not belong where the row says."""
    if row["parent_sku"] != record.values["parent_sku"]:
        detail = "This SKU is a product of its own, or of another family."
        record.refuse("parent_sku", "another_family", detail)
        return
    options = options_of(record, list(row["options"]))
    if options and options != row["options"]:
        detail = "What a variant differs in cannot be changed: give it another SKU."
        record.refuse("option", "options_fixed", detail)


class NewVariants:
    """Makes the variants of a batch when their families are there: those of earlier rows, or of the same batch."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._promised = SeenKeys()
        self._combinations = SeenKeys()

    def promise(self, skus: Sequence[str], row: int) -> None:
        """In a check nothing is written: families of later rows are remembered."""
        self._promised.add([(sku.upper(), row) for sku in skus])

    def close(self) -> None:
        """Forget what was remembered."""
        self._promised.close()
        self._combinations.close()

    async def try_out(self, session: AsyncSession, records: Sequence[Record]) -> None:
        """Add to the errors of rows that could not become variants."""
        heads = await self._heads(session, records)
        parents = [str(parent_of(record)) for record in records]
        promised = self._promised.known([parent.upper() for parent in parents])
        for record, parent in zip(records, parents, strict=True):
            head = heads.get(parent)
            if head is None and parent.upper() not in promised:
                _refuse_parent(record)
                continue
            body = self._body(record, head)
            if body is None:
                continue
            wanted = "\0".join(
                [parent.upper(), *(f"{k}={v.casefold()}" for k, v in sorted(body.options.items()))]
            )
            if self._combinations.add([(wanted, record.number)]):
                _refuse_twice(record)

    async def make(self, session: AsyncSession, records: Sequence[Record]) -> dict[UUID, Decimal]:
        """Make variants, family by family in the order of their ids; a row that is refused gets errors.

        Returns:
            What is on hand of the new ones, by product.
        """
        heads = await self._heads(session, records)
        families: dict[UUID, list[tuple[Record, VariantBody]]] = {}
        for record in records:
            head = heads.get(str(parent_of(record)))
            if head is None:
                _refuse_parent(record)
            elif (body := self._body(record, head)) is not None:
                families.setdefault(head["id"], []).append((record, body))
        counts: dict[UUID, Decimal] = {}
        for head_id in sorted(families):
            counts.update(await self._family(session, head_id, families[head_id]))
        return counts

    async def _heads(
        self, session: AsyncSession, records: Sequence[Record]
    ) -> dict[str, dict[str, Any]]:
        skus = sorted({str(parent_of(record)) for record in records})
        return await existing(session, self._actor.organisation_id, skus, lock=False)

    async def _family(
        self, session: AsyncSession, head_id: UUID, rows: Sequence[tuple[Record, VariantBody]]
    ) -> dict[UUID, Decimal]:
        """All at once; when any of them is refused each by itself, so that the row is known."""
        try:
            async with savepoint(session):
                made = await add_variants(session, self._actor, head_id, [body for _, body in rows])
        except DomainError as error:
            if len(rows) > 1:
                counts: dict[UUID, Decimal] = {}
                for one in rows:
                    counts.update(await self._family(session, head_id, [one]))
                return counts
            detail = error.errors[0].detail if error.errors else error.detail
            rows[0][0].refuse("option", error.code, detail or error.title)
            return {}
        return {
            variant.id: stock
            for variant, (record, _) in zip(made, rows, strict=True)
            if (stock := record.values.get("stock"))
        }

    def _body(self, record: Record, head: Mapping[str, Any] | None) -> VariantBody | None:
        """The variant that a row describes; what is wrong with it is added to its errors."""
        if head is not None and head["state"] == ProductState.ARCHIVED:
            detail = "The family is archived and cannot be changed."
            record.refuse("parent_sku", "archived", detail)
            return None
        if head is not None and head["parent_id"] is not None:
            detail = "This SKU is itself a variant: name the SKU of its family."
            record.refuse("parent_sku", "nested", detail)
            return None
        axes = [str(axis["name"]) for axis in head["option_axes"]] if head else []
        options = options_of(record, axes)
        if not 1 <= len(options) <= AXES_MAX:
            detail = (
                f"Say in one to {AXES_MAX} columns what the variant differs in, such as its size."
            )
            record.refuse("option", "required", detail)
            return None
        columns = record.prepared.columns
        given = {name: columns[name] for name in _OWN if columns.get(name) is not None}
        # Without one it costs what the family did before its first variant of this batch made it cheaper.
        priced = columns if "price_amount" in columns else head
        if priced is not None:
            if head is not None and head["state"] in COMPLETE and priced["price_amount"] == 0:
                refuse_nought(record)
                return None
            given["price"] = {"amount": priced["price_amount"], "currency": priced["currency"]}
        try:
            return VariantBody.model_validate(
                {"sku": record.values["sku"], "options": options, **given}
            )
        except PydanticError as error:
            first = error.errors()[0]
            record.refuse("option", "invalid", f"{first['loc'][-1]}: {first['msg']}")
            return None


def _refuse_parent(record: Record) -> None:
    detail = (
        "There is no product with this SKU: give the family a row of its own above its variants."
    )
    record.refuse("parent_sku", "unknown_parent", detail)


def _refuse_twice(record: Record) -> None:
    record.refuse("option", "duplicate_options", "An earlier row has the same options.")
