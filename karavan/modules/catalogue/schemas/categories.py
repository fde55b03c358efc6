"""Bodies and answers about categories and their attributes."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from karavan.kit.schemas import Body, Title, UnitCode, View
from karavan.kit.versions import VersionedBody

ATTRIBUTES_MAX = 100
OPTIONS_MAX = 300
DEPTH_MAX = 100

Code = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80),
    Field(description="Latin letters, digits and hyphens; part of addresses and imports."),
]
AttributeCode = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60),
    Field(description="Name of the value in a product, such as `fat_content`."),
]
Icon = Annotated[
    str,
    StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=40),
    Field(description="Name of a pictogram, or empty."),
]
Limit = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]


class AttributeKind(StrEnum):
    """What a value of an attribute is."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    BOOLEAN = "boolean"


class Names(View):
    """A name in the languages of the platform."""

    en: str
    ru: str
    kk: str


class NamesBody(Body):
    """A name in the languages of the platform: all of them, as buyers read all of them."""

    en: Title
    ru: Title
    kk: Title


class CategoryBody(Body):
    """A new category."""

    parent_id: UUID | None = Field(None, description="Nothing makes it a root.")
    code: Code | None = Field(None, description="Made from the English name by default.")
    names: NamesBody
    icon: Icon = ""
    position: int | None = Field(
        None, ge=0, le=100_000, description="Place among its siblings from 0; the last by default."
    )


class CategoryPatch(VersionedBody):
    """Changes of a category: what is left out stays."""

    code: Code | None = None
    names: NamesBody | None = None
    icon: Icon | None = None


class CategoryMove(VersionedBody):
    """Where a category goes, with everything below it."""

    parent_id: UUID | None = Field(description="The new parent; null makes it a root.")
    position: int | None = Field(
        None,
        ge=0,
        le=100_000,
        description="Place among its new siblings from 0; the last by default.",
    )


class CategoryArchive(VersionedBody):
    """How a category and everything below it is archived."""

    target_id: UUID | None = Field(
        None, description="The category that its products go to; needed when it has any."
    )


class CategoryVersion(VersionedBody):
    """The version that was read."""


class OptionBody(Body):
    """One of the values to choose from."""

    code: AttributeCode
    names: NamesBody


def _distinct(options: list[OptionBody]) -> list[OptionBody]:
    codes = [option.code for option in options]
    if len(codes) != len(set(codes)):
        raise ValueError("must not name an option twice")
    return options


class AttributeBody(VersionedBody):
    """An attribute of a category. `version` is the category's."""

    kind: AttributeKind
    names: NamesBody
    unit: UnitCode | None = Field(None, description="Of a number: UN/ECE Recommendation 20.")
    options: Annotated[
        list[OptionBody], Field(max_length=OPTIONS_MAX), AfterValidator(_distinct)
    ] = Field(default_factory=list, description="Of a choice, in order.")
    required: bool = False
    filterable: bool = False
    position: int = Field(0, ge=0, le=10_000)
    min: Limit | None = Field(None, description="Of a number.")
    max: Limit | None = Field(None, description="Of a number.")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "AttributeBody":
        if (self.kind is AttributeKind.CHOICE) != bool(self.options):
            raise ValueError("a choice has options, and nothing else has")
        numeric = (self.unit, self.min, self.max) != (None, None, None)
        if numeric and self.kind is not AttributeKind.NUMBER:
            raise ValueError("only a number has a unit and limits")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("the smallest value must not be above the largest")
        return self


class NamedCategory(View):
    """A category by name."""

    id: UUID
    code: str
    names: Names


class CategoryNode(NamedCategory):
    """A category in the tree. `child_count` also counts children that are deeper than was asked for."""

    parent_id: UUID | None
    icon: str
    position: int
    archived: bool
    version: int
    child_count: int
    children: list["CategoryNode"]


class CategoryTreeView(View):
    """A stretch of the tree; `revision` counts the changes of the whole tree."""

    revision: int
    items: list[CategoryNode]


class CategoryHit(NamedCategory):
    """A category that was found, with its ancestors from the root on."""

    icon: str
    child_count: int
    path: list[NamedCategory]


class CategoryHits(View):
    """Categories that were found, best first."""

    items: list[CategoryHit]


class BranchCount(View):
    """How many products a branch holds."""

    id: UUID
    products: int = Field(description="Variants are counted with their family.")
    is_more: bool = Field(description="There are more than were counted.")


class BranchCounts(View):
    """How many products the branches of one level hold."""

    items: list[BranchCount]


class AttributeOption(View):
    """One of the values to choose from."""

    code: str
    names: Names


class AttributeView(View):
    """What a product of the category is asked for; `inherited_from` is null when the category itself says so."""

    code: str
    kind: AttributeKind
    names: Names
    unit: str | None
    options: list[AttributeOption]
    required: bool
    filterable: bool
    position: int
    min: float | None
    max: float | None
    inherited_from: NamedCategory | None


class CategoryPage(NamedCategory):
    """A category with its ancestors from the root on, its children and all its attributes, inherited ones included."""

    parent_id: UUID | None
    icon: str
    position: int
    version: int
    archived_at: datetime | None
    replaced_by_id: UUID | None
    updated_at: datetime
    path: list[NamedCategory]
    children: list[NamedCategory]
    attributes: list[AttributeView]
    actions: list[Literal["edit", "move", "archive", "restore", "delete"]] = Field(
        description="What this caller may do now."
    )
