"""Types that many request and answer bodies share."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated
from unicodedata import category
from warnings import filterwarnings

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
)
from pydantic.warnings import UnsupportedFieldAttributeWarning
from pydantic_core import PydanticCustomError

from karavan.kit.clock import utc_now
from karavan.kit.countries import COUNTRIES
from karavan.kit.units import UNITS, UNKNOWN_UNIT

_UNSEEN = frozenset({"Cf", "Mn", "Me", "Zs", "Zl", "Zp"})
_REFUSED = {chr(code) for code in (*range(32), 127)} - {"\n", "\t", "\r"}


def _printable(value: str) -> str:
    """PostgreSQL cannot store U+0000, and no other control character belongs in what people read."""
    if any(character in _REFUSED for character in value):
        raise ValueError("must not contain control characters")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("must be valid Unicode text") from error
    return value


def _single_line(value: str) -> str:
    if "\n" in value or "\r" in value:
        raise ValueError("must be a single line")
    return value


def _seen(value: str) -> str:
    """A name of zero-width characters alone could neither be seen nor pointed at."""
    if all(category(character) in _UNSEEN for character in value):
        raise ValueError("must hold something that can be seen")
    return value


Seen = AfterValidator(_seen)
"""Of a text that must say something: characters that nobody sees do not count."""

Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_printable),
    AfterValidator(_single_line),
    Seen,
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=300),
    AfterValidator(_printable),
    AfterValidator(_single_line),
]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=10_000),
    AfterValidator(_printable),
]
Quantity = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=6)]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
CurrencyCode = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]


def _country(value: str) -> str:
    if value not in COUNTRIES:
        raise ValueError("is not a country of ISO 3166-1, such as KZ")
    return value


CountryCode = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$"), AfterValidator(_country)]

KEPT = "kept"
"""The context in which a body is read that was written down once: it may name a unit that is no longer taken."""


def _unit(value: str, info: ValidationInfo) -> str:
    if value not in UNITS and info.context != KEPT:
        raise PydanticCustomError("unit", UNKNOWN_UNIT)
    return value


AnyUnitCode = Annotated[str, StringConstraints(pattern="^[A-Z0-9]{1,3}$")]
"""What has the form of a unit: for papers that repeat what was agreed before."""

UnitCode = Annotated[AnyUnitCode, AfterValidator(_unit)]
"""A unit of measure of UN/ECE Recommendation 20: `H87` is a piece."""


def _with_time_zone(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("must carry a time zone, such as 2026-01-31T12:00:00Z")
    if not 1900 <= value.year <= 9990:
        raise ValueError("must be a year between 1900 and 9990")
    return value


Moment = Annotated[datetime, AfterValidator(_with_time_zone)]

DEADLINE_YEARS_MAX = 20


def is_foreseeable(moment: datetime) -> bool:
    """Whether `moment` can be meant as a deadline."""
    return moment <= utc_now() + timedelta(days=366 * DEADLINE_YEARS_MAX)


def _foreseeable(value: datetime) -> datetime:
    if not is_foreseeable(value):
        raise ValueError(f"must be within {DEADLINE_YEARS_MAX} years: look at the year again")
    return value


Deadline = Annotated[Moment, AfterValidator(_foreseeable)]
"""A moment at which something ends. A slip in the year would keep it open for as long as anybody lives."""


BUILT_WHEN_USED = ConfigDict(defer_build=True)
"""A model is read in with its fields alone; what checks them is built when the first value comes."""

# The framework names each of its fields, of which pydantic warns. It silences that where it makes them; there they were
# built before.
filterwarnings("ignore", "The 'alias' attribute", UnsupportedFieldAttributeWarning)


class Body(BaseModel):
    """Base of request bodies: an unknown field is a mistake of the caller, and is said so."""

    model_config = BUILT_WHEN_USED | ConfigDict(extra="forbid")


class View(BaseModel):
    """Base of answers, built from rows."""

    model_config = BUILT_WHEN_USED | ConfigDict(from_attributes=True)
