"""What products of a category are asked for, and whether values fit."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import FieldError, ValidationError

TEXT_MAX = 500
NUMBER_DIGITS = 6

# Of two that say the same code the nearest to the category counts.
_INHERITED = text(
    """
    with recursive above as (
      select id, parent_id, 1 as height from catalogue_categories where id = :category_id
      union all
      select p.id, p.parent_id, a.height + 1
      from catalogue_categories p join above a on p.id = a.parent_id
    ), nearest as (
      select distinct on (t.code) t.*, a.height
      from catalogue_category_attributes t join above a on a.id = t.category_id
      order by t.code, a.height
    )
    select category_id, code, kind, names, unit, options, required, filterable, position,
      number_min, number_max
    from nearest order by height desc, position, code
    """
)


class Attribute(Struct, frozen=True, kw_only=True):
    """What a product is asked for.

    Attributes:
        category_id: the category that says so: the product's own or one above it.
        kind: `text`, `number`, `choice` or `boolean`.
        unit: of a number, UN/ECE Recommendation 20.
        options: of a choice, `[{"code", "names": {"en", "ru", "kk"}}, …]` in order.
        number_min, number_max: limits of a number, both allowed.
    """

    category_id: UUID
    code: str
    kind: str
    names: Mapping[str, str]
    unit: str | None
    options: Sequence[Mapping[str, Any]]
    required: bool
    filterable: bool
    position: int
    number_min: Decimal | None
    number_max: Decimal | None

    def as_json(self) -> dict[str, Any]:
        """As `AttributeView` says, without its origin."""
        return {
            "code": self.code,
            "kind": self.kind,
            "names": self.names,
            "unit": self.unit,
            "options": self.options,
            "required": self.required,
            "filterable": self.filterable,
            "position": self.position,
            "min": None if self.number_min is None else plain_number(self.number_min),
            "max": None if self.number_max is None else plain_number(self.number_max),
        }


async def attributes_of(session: AsyncSession, category_id: UUID) -> list[Attribute]:
    """Everything that products of the category are asked for, what is inherited from furthest away first."""
    found = await session.execute(_INHERITED, {"category_id": category_id})
    return [Attribute(**row) for row in found.mappings()]


async def filters_of(session: AsyncSession, category_id: UUID) -> list[Attribute]:
    """The attributes that lists of the category can be narrowed by."""
    return [one for one in await attributes_of(session, category_id) if one.filterable]


async def checked_attributes(
    session: AsyncSession,
    category_id: UUID,
    raw: Mapping[str, Any],
    *,
    complete: bool = True,
    pointer: str = "#/attributes",
) -> dict[str, Any]:
    """The values of a product of the category as they are stored: as `check_attributes`, for a single product.

    Raises:
        ValidationError: with a pointer to each value that does not fit.
    """
    attributes = await attributes_of(session, category_id)
    values, errors = check_attributes(attributes, raw, complete=complete, pointer=pointer)
    if errors:
        raise ValidationError(errors=errors)
    return values


def check_attributes(
    attributes: Sequence[Attribute],
    raw: Mapping[str, Any],
    *,
    complete: bool = True,
    pointer: str = "#/attributes",
) -> tuple[dict[str, Any], list[FieldError]]:
    """The values that fit, as they are stored, and what is wrong with the others.

    Args:
        raw: values by code; null is no value. Numbers may be text, as forms and tables have them.
        complete: required values must be there; a draft may lack them.
        pointer: where the values stand in the request.
    """
    values: dict[str, Any] = {}
    errors: list[FieldError] = []

    def refuse(code: str, reason: str, detail: str) -> None:
        escaped = code.replace("~", "~0").replace("/", "~1")
        errors.append(FieldError(pointer=f"{pointer}/{escaped}", code=reason, detail=detail))

    known = {attribute.code: attribute for attribute in attributes}
    for code in raw.keys() - known.keys():
        refuse(code, "unknown", "The category has no such attribute.")
    for code, attribute in known.items():
        value = raw.get(code)
        if value is None or value == "":
            if complete and attribute.required:
                refuse(code, "required", "The category asks for this value.")
            continue
        try:
            values[code] = _CHECKS[attribute.kind](attribute, value)
        except _UnfitError as unfit:
            refuse(code, unfit.code, unfit.detail)
    return values, sorted(errors, key=lambda error: error.pointer)


def carried(
    raw: Mapping[str, Any], before: Sequence[Attribute], after: Sequence[Attribute]
) -> dict[str, Any]:
    """The values that say the same in another category: 1500 watts are not 1500 kilowatts.

    Args:
        before, after: what the category asked for that they were given in, and what the other one asks for.
    """
    meant = {one.code: (one.kind, one.unit) for one in before}
    now = {one.code: (one.kind, one.unit) for one in after}
    return {
        code: value
        for code, value in raw.items()
        if code in now and meant.get(code, now[code]) == now[code]
    }


def plain_number(value: Decimal) -> int | float:
    """A number as JSON writes it: whole ones without a fraction."""
    return int(value) if value == value.to_integral_value() else float(value)


class _UnfitError(Exception):
    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


def _text(_: Attribute, value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise _UnfitError("text", "Must be a single line of text.")
    line = " ".join(value.split())
    if not 1 <= len(line) <= TEXT_MAX:
        raise _UnfitError("length", f"Must have between 1 and {TEXT_MAX} characters.")
    return line


def _number(attribute: Attribute, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise _UnfitError("number", "Must be a number.")
    try:
        number = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        raise _UnfitError("number", "Must be a number.") from None
    if not number.is_finite() or abs(number) >= 10**12:
        raise _UnfitError("number", "Must be a number below a trillion.")
    if -number.normalize().as_tuple().exponent > NUMBER_DIGITS:  # type: ignore[operator]  # finite
        raise _UnfitError("digits", f"Must have at most {NUMBER_DIGITS} digits after the point.")
    if attribute.number_min is not None and number < attribute.number_min:
        raise _UnfitError("min", f"Must be at least {plain_number(attribute.number_min)}.")
    if attribute.number_max is not None and number > attribute.number_max:
        raise _UnfitError("max", f"Must be at most {plain_number(attribute.number_max)}.")
    return plain_number(number)


def _choice(attribute: Attribute, value: Any) -> str:
    if not isinstance(value, str) or value not in {one["code"] for one in attribute.options}:
        raise _UnfitError("choice", "Must be one of the options.")
    return value


def _boolean(_: Attribute, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _UnfitError("boolean", "Must be true or false.")
    return value


_CHECKS = {"text": _text, "number": _number, "choice": _choice, "boolean": _boolean}
