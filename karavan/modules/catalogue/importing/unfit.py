"""Rows that a product which is there cannot follow."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from karavan.kit.decimals import plain
from karavan.kit.imports.target import Record
from karavan.modules.catalogue.errors import PriceNoughtError
from karavan.modules.catalogue.importing.options import ImportMode
from karavan.modules.catalogue.states import COMPLETE, ProductState


def refuse_row(
    record: Record,
    row: Mapping[str, Any],
    columns: Mapping[str, Any],
    stock: Decimal | None,
    counted: tuple[Decimal, Decimal],
    *,
    mode: ImportMode,
) -> None:
    """Add to a row's errors why its product cannot become what it says.

    Args:
        row: the product as it is.
        columns: as the row wants it to be.
        stock: as the row counts it; nothing when it does not.
        counted: what is on hand and what is promised in the place that is counted.
    """
    refuse = record.refuse
    on_hand, allocated = counted
    if mode is ImportMode.CREATE:
        refuse("sku", "exists", "You have a product with this SKU already.")
    restocked = stock is not None and stock != on_hand
    says_more = restocked or _differs(row, columns) or bool(record.values.get("images"))
    if row["state"] == ProductState.ARCHIVED and says_more:
        # An export names what is archived as well: where it says nothing new there is nothing to refuse.
        refuse("sku", "archived", "This product is archived and cannot be changed.")
    if row["state"] in COMPLETE and columns.get("price_amount") == 0 != row["price_amount"]:
        refuse_nought(record)
    if stock is not None and row["has_variants"]:
        refuse("stock", "has_variants", "Stock is counted for each variant.")
    if stock is not None and stock < allocated:
        refuse(
            "stock",
            "promised",
            f"Orders have been promised {plain(allocated)}.",
            promised=plain(allocated),
        )
    other_currency = columns.get("currency", row["currency"]) != row["currency"]
    if row["parent_id"] is not None and other_currency:
        refuse("currency", "variant", "A variant is sold in the currency of its family.")


def refuse_nought(record: Record) -> None:
    """Refuse a row's price: a table says nought where it knows none, and nobody means to give goods away that buyers see."""
    record.refuse("price", "nought", PriceNoughtError.title)


def _differs(row: Mapping[str, Any], columns: Mapping[str, Any]) -> bool:
    return any(row[name] != value for name, value in columns.items())
