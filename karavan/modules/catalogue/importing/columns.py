"""What a row says, by the columns of a product."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from karavan.kit.imports.target import Record
from karavan.kit.imports.values import CellError, minor_units
from karavan.kit.money import minor_digits
from karavan.modules.catalogue.importing.options import ImportMode, ProductImportOptions

_PLAIN = {
    "tax_rate": "tax_rate", "unit": "unit", "pack_size": "pack_size", "minimum_order": "minimum_order",
    "weight": "weight_grams", "length": "length_mm", "width": "width_mm", "height": "height_mm",
    "country": "country", "visibility": "visibility", "active": "active",
}  # fmt: skip
_LANGUAGES = ("en", "ru", "kk")


class RowColumns:
    """Turns the values of rows into columns, as the mode and the options of an import say."""

    def __init__(self, mode: ImportMode, options: ProductImportOptions, currency: str) -> None:
        self._mode = mode
        self._currency = currency
        # A column that names its language says more than one that does not: it comes later.
        self._texts = [
            (field, column, language)
            for single, column in (("name", "names"), ("description", "descriptions"))
            for field, language in (
                (single, options.language),
                *((f"{single}_{code}", code) for code in _LANGUAGES),
            )
        ]

    def of(
        self,
        record: Record,
        row: Mapping[str, Any] | None,
        categories: Mapping[tuple[str, ...], UUID | None],
    ) -> dict[str, Any]:
        """The values by column; what is wrong with them is added to the record's errors.

        Args:
            row: the product as it is, nothing for a new one.
            categories: by the paths of the batch.
        """
        if self._mode is ImportMode.STOCK:
            return {}
        columns: dict[str, Any] = {}
        values = record.values
        self._price(record, row, columns)
        if self._mode is ImportMode.PRICES:
            return columns
        for name, column in _PLAIN.items():
            if name in values:
                columns[column] = values[name]
        if "barcode" in values:
            columns["barcode"], columns["barcode_text"] = values["barcode"]
        for name, column, language in self._texts:
            if name in values:
                texts = columns.get(column)
                if texts is None:
                    texts = columns[column] = {**row[column]} if row else {}
                texts[language] = values[name]
        if "category" in values:
            found = categories.get(tuple(values["category"]))
            if found is not None:
                columns["category_id"] = found
        return columns

    def _price(
        self, record: Record, row: Mapping[str, Any] | None, columns: dict[str, Any]
    ) -> None:
        if "price" not in record.values:
            return
        value: Decimal | None
        value, currency = record.values["price"]
        if value is None:
            return
        currency = (
            currency
            or record.values.get("currency")
            or (row["currency"] if row else None)
            or self._currency
        )
        try:
            columns["price_amount"] = minor_units(value, minor_digits(currency))
        except CellError as error:
            record.errors.append(("price", error.code, error.detail))
            return
        columns["currency"] = currency
