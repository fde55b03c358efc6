"""What a row says, by the columns of a product: as much as possible before the database is asked."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct, field

from karavan.kit.imports.faults import CellError
from karavan.kit.imports.target import Record
from karavan.kit.imports.values import minor_units, reads_as
from karavan.kit.money import minor_digits
from karavan.modules.catalogue.actions.products.writing import first_name
from karavan.modules.catalogue.importing.attributes import PREFIX, Given
from karavan.modules.catalogue.importing.new_rows import NewProduct
from karavan.modules.catalogue.importing.options import ImportMode, ProductImportOptions
from karavan.modules.catalogue.importing.tax import net_amount

_PLAIN = (
    ("tax_rate", "tax_rate"), ("unit", "unit"), ("pack_size", "pack_size"), ("minimum_order", "minimum_order"),
    ("weight", "weight_grams"), ("length", "length_mm"), ("width", "width_mm"), ("height", "height_mm"),
    ("country", "country"), ("visibility", "visibility"), ("active", "active"),
)  # fmt: skip
_LANGUAGES = ("en", "ru", "kk")
_ONE = Decimal(1)


class Prepared(Struct):
    """A row as columns.

    Attributes:
        columns: values by column; texts in the languages that the row has.
        attributes: values by code, as the file has them: what they mean depends on the category.
        new: the product that the row would make, without category and attributes.
    """

    columns: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, Given] = field(default_factory=dict)
    new: NewProduct | None = None


class RowColumns:
    """Turns the values of rows into columns, as the mode and the options of an import say.

    Args:
        mapped: fields that columns of the file are.
        with_tax: whether the prices of the file hold the tax, which ours do not.
    """

    def __init__(
        self,
        mode: ImportMode,
        options: ProductImportOptions,
        currency: str,
        mapped: Collection[str],
        *,
        with_tax: bool = False,
    ) -> None:
        self._mode = mode
        self._with_tax = with_tax
        self._options = options
        self._currency = currency
        # A column that names its language says more than one that does not: it comes later.
        names, descriptions = (
            [
                (single, options.language),
                *((f"{single}_{code}", code) for code in _LANGUAGES),
            ]
            for single in ("name", "description")
        )
        self._plain = [one for one in _PLAIN if one[0] in mapped]
        self._attributes = [
            (name, name.removeprefix(PREFIX)) for name in mapped if name.startswith(PREFIX)
        ]
        self._texts = [
            (column, [one for one in texts if one[0] in mapped])
            for column, texts in (("names", names), ("descriptions", descriptions))
        ]
        self._makes = mode in {ImportMode.UPSERT, ImportMode.CREATE}
        self._defaults = (
            options.tax_rate or Decimal(0),
            options.unit,
            options.visibility.value,
        )

    def prepare(self, record: Record) -> None:
        """Work out the columns of a row; what is wrong with them is added to its errors."""
        prepared = record.prepared = Prepared()
        if self._mode is ImportMode.STOCK:
            return
        values, columns = record.values, prepared.columns
        if "price" in values:
            self.price(record, self._currency, columns, self._defaults[0])
        if self._mode is ImportMode.PRICES:
            return
        for name, column in self._plain:
            if name in values:
                columns[column] = values[name]
        if "barcode" in values:
            columns["barcode"], columns["barcode_text"] = values["barcode"]
        for column, texts in self._texts:
            found = {language: values[name] for name, language in texts if name in values}
            if found:
                columns[column] = found
        for name, code in self._attributes:
            if name in values:
                prepared.attributes[code] = values[name]
        if self._makes and "names" in columns and "price_amount" in columns:
            prepared.new = self._new(values, columns)

    def price(
        self, record: Record, fallback: str, columns: dict[str, Any], tax_rate: Decimal
    ) -> None:
        """The price of a row in the currency that it names, or in `fallback`.

        Args:
            tax_rate: of a row that names none, in percent.
        """
        value: Decimal | None
        value, currency = record.values["price"]
        if value is None:
            return
        currency = currency or record.values.get("currency") or fallback
        try:
            amount = minor_units(value, minor_digits(currency))
        except CellError as error:
            record.refuse("price", error.code, error.detail, **error.facts)
            return
        columns["currency"] = currency
        if self._with_tax:
            # Only where a row writes its rate does the product get it.
            if self._mode is not ImportMode.PRICES:
                tax_rate = record.values.get("tax_rate", tax_rate)
            amount = net_amount(amount, tax_rate)
        columns["price_amount"] = amount

    def _new(self, values: Mapping[str, Any], columns: Mapping[str, Any]) -> NewProduct:
        names, given = columns["names"], columns.get
        tax_rate, unit, visibility = self._defaults
        texts = columns.get("descriptions")
        return NewProduct(
            values["sku"],
            first_name(names),
            _json(names),
            "{}" if texts is None else _json(texts),
            columns["price_amount"],
            columns["currency"],
            given("tax_rate", tax_rate),
            given("unit", unit),
            given("pack_size", _ONE),
            given("minimum_order", _ONE),
            given("weight_grams"),
            given("length_mm"),
            given("width_mm"),
            given("height_mm"),
            given("barcode"),
            given("barcode_text"),
            given("country"),
            given("visibility", visibility),
            given("active", True),
            values.get("stock"),
        )

    def against(
        self,
        record: Record,
        row: Mapping[str, Any],
        categories: Mapping[tuple[str, ...], UUID | None],
    ) -> dict[str, Any]:
        """The columns of a row for a product that is there: texts in other languages and its own currency stay.

        Args:
            row: the product as it is.
            categories: by the paths of the batch.
        """
        columns: dict[str, Any] = dict(record.prepared.columns)
        for name in ("names", "descriptions"):
            if name in columns:
                columns[name] = row[name] | {
                    language: before if reads_as(before, given) else given
                    for language, given in columns[name].items()
                    for before in (row[name].get(language, ""),)
                }
        if "price_amount" in columns and (self._with_tax or row["currency"] != columns["currency"]):
            self.price(record, row["currency"], columns, row["tax_rate"])
        if self._mode not in {ImportMode.PRICES, ImportMode.STOCK}:
            found = categories.get(record.values.get("category", ()))
            if found is not None:
                columns["category_id"] = found
        return columns


def _json(texts: dict[str, str]) -> str:
    return msgspec.json.encode(texts).decode()
