"""What a person chooses besides the mapping."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from karavan.kit.schemas import Body, Percent, UnitCode
from karavan.modules.catalogue.states import ProductVisibility


class ImportMode(StrEnum):
    """What the rows may do."""

    UPSERT = "upsert"
    CREATE = "create"
    UPDATE = "update"
    PRICES = "prices"
    STOCK = "stock"


class ProductImportOptions(Body):
    """Values for what the file does not say, and what happens afterwards."""

    language: Annotated[str, StringConstraints(pattern="^(en|ru|kk)$")] = Field(
        "ru", description="Of names and descriptions whose column names none."
    )
    unit: UnitCode = Field("H87", description="Of new products without a unit.")
    tax_rate: Percent | None = Field(None, description="Of new products without a rate.")
    prices_include_tax: bool | None = Field(
        None,
        description="Whether the file's prices hold the tax, which is then taken out; by default the heading tells.",
    )
    visibility: ProductVisibility = ProductVisibility.BOTH
    location_id: UUID | None = Field(
        None, description="Where stock is counted; the first place by default."
    )
    categories: dict[Annotated[str, StringConstraints(max_length=600)], UUID] = Field(
        default_factory=dict,
        max_length=500,
        description="Categories for paths as the file writes them, steps joined by ` → `.",
    )
    propose: bool = Field(
        False, description="Whether new products are proposed for publication afterwards."
    )
    reason: Annotated[str, StringConstraints(max_length=300)] = Field(
        "", description="Stands with every price and movement; the file's name by default."
    )
