"""Attributes of categories as columns of tables: recognised by their names, checked by what the row's category asks for."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.imports import values
from karavan.kit.imports.faults import CellError, Fault
from karavan.kit.imports.readers import Cell, as_text
from karavan.kit.imports.target import Field
from karavan.kit.imports.values import Hints
from karavan.kit.imports.words import normalised, significant
from karavan.modules.catalogue.importing.measures import converted, measure_in, measure_of
from karavan.modules.catalogue.queries.attributes import (
    Attribute,
    attributes_of,
    carried,
    check_attributes,
    plain_number,
)

PREFIX = "attribute:"

Given = tuple[Cell, Hints]
"""A value as the file has it, and what its column says about it: its meaning depends on the category."""

# Of attributes that say the same code in several branches all names are known.
_ALL = text("""
select code, array_agg(distinct n.value) as names,
  (array_agg(names order by created_at, id))[1] as labels
from catalogue_category_attributes, jsonb_each_text(names) as n
group by code order by code
""")
_plain_text = values.text(500)


def _given(cell: Cell, hints: Hints) -> Given | None:
    """The value as it is, without what no text may hold."""
    if cell is None or isinstance(cell, bool | float):
        return None if cell is None else (cell, hints)
    written = _plain_text(cell, hints)
    return None if written is None else (written, hints)


async def attribute_fields(session: AsyncSession) -> list[Field]:
    """Every attribute that any category asks for, as a field of the import."""
    return [
        Field(
            name=PREFIX + row.code,
            synonyms=[*row.names, row.code, *(heading_of(name, row.code) for name in row.names)],
            parse=_given,
            labels=row.labels,
            exact=True,
        )
        for row in await session.execute(_ALL)
    ]


def heading_of(name: str, code: str) -> str:
    """A heading that no other attribute or field has, though they may share the name."""
    return f"{name} [{code}]"


class AttributeBook:
    """What categories ask for, read once for each of them in one attempt at an import."""

    def __init__(self) -> None:
        self._known: dict[UUID, list[Attribute]] = {}

    async def learn(self, session: AsyncSession, categories: Collection[UUID]) -> None:
        """Read what is not known yet."""
        for category_id in categories:
            if category_id not in self._known:
                self._known[category_id] = await attributes_of(session, category_id)

    def merged(
        self,
        category_id: UUID,
        before: Mapping[str, Any],
        given: Mapping[str, Given],
        *,
        filed_before: UUID | None = None,
    ) -> tuple[dict[str, Any], list[Fault]]:
        """All values of a product, as they are stored, and what is wrong with the given ones.

        Values that it had before and that its category does not ask for, or means otherwise, are left behind.

        Args:
            filed_before: the category that the product had; nothing for a new one.
        """
        attributes = self._known[category_id]
        known = {attribute.code: attribute for attribute in attributes}
        raw = carried(before, self._known.get(filed_before or category_id, ()), attributes)
        errors: list[Fault] = []
        columns: dict[str, str] = {}
        for code, (cell, hints) in given.items():
            attribute = known.get(code) or _named(attributes, hints.heading)
            if attribute is None:
                detail = "The category does not ask for this."
                errors.append(Fault(PREFIX + code, "attribute_unknown", detail))
                continue
            columns[attribute.code] = code
            try:
                raw[attribute.code] = value_of(attribute, cell, hints)
            except CellError as error:
                errors.append(Fault(PREFIX + code, error.code, error.detail, error.facts))
        stored, unfit = check_attributes(attributes, raw, complete=False)
        for one in unfit:
            code = one.pointer.rpartition("/")[2]
            if code in columns:
                name = PREFIX + columns[code]
                limits = _limits(known[code])
                errors.append(Fault(name, f"attribute_{one.code}", one.detail, limits))
        return stored, errors


def _limits(attribute: Attribute) -> dict[str, str]:
    """What a category allows, as remarks name it."""
    limits = {"min": attribute.number_min, "max": attribute.number_max}
    return {name: str(plain_number(one)) for name, one in limits.items() if one is not None}


def _named(attributes: Sequence[Attribute], heading: str) -> Attribute | None:
    """What a category asks for under the same name: several branches may have a `Volume` of their own."""
    wanted = significant(normalised(heading))
    return next(
        (
            one
            for one in attributes
            if wanted in {significant(normalised(name)) for name in one.names.values()}
        ),
        None,
    )


def value_of(attribute: Attribute, cell: Cell, hints: Hints) -> Any:
    """A cell as a value of an attribute: numbers in its unit, choices by code or by name in any language.

    Raises:
        CellError: it is none.
    """
    if attribute.kind == "number":
        return _number(attribute, cell, hints)
    if attribute.kind == "boolean":
        return values.boolean(cell, hints)
    written = as_text(cell).strip()
    return _choice(attribute, written) if attribute.kind == "choice" else written


def _number(attribute: Attribute, cell: Cell, hints: Hints) -> int | float | None:
    value, beside = values.with_words(cell, hints)
    if value is None:
        return None
    unit = measure_of(beside) if beside else _heading_unit(hints.heading)
    if beside and unit is None:
        raise CellError("unit", "This unit of measure is not known.")
    if unit is not None and attribute.unit is not None:
        exact = converted(value, unit, attribute.unit)
        if exact is None and beside:
            raise CellError("unit", "This unit does not measure what the category asks for.")
        value = value if exact is None else exact
    return plain_number(value)


_heading_unit = lru_cache(maxsize=512)(measure_in)


def _choice(attribute: Attribute, written: str) -> str:
    wanted = written.casefold()
    for option in attribute.options:
        if wanted == str(option["code"]).casefold():
            return str(option["code"])
    named = {
        str(option["code"])
        for option in attribute.options
        if wanted in {str(name).casefold() for name in option["names"].values()}
    }
    if len(named) != 1:
        shown = ", ".join(
            str(next(iter(option["names"].values()))) for option in attribute.options[:8]
        )
        raise CellError("attribute_choice", f"Must be one of the options: {shown} …", options=shown)
    return named.pop()


def written_value(
    attribute: Attribute | None, value: Any, language: str
) -> str | int | float | Decimal | None:
    """A stored value as an export writes it: choices by their name, unless two share it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if attribute is not None and attribute.kind == "choice":
        names = {one["code"]: one["names"].get(language) for one in attribute.options}
        name = names.get(value)
        shared: Sequence[Any] = [one for one in names.values() if one == name]
        return str(name) if name and len(shared) == 1 else str(value)
    return value if isinstance(value, int | float) else str(value)
