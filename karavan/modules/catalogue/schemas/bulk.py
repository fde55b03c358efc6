"""One change for many products at once, with an answer for each."""

from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from karavan.kit.schemas import Body, Line, View

BULK_MAX = 500


class BulkAction(Body):
    """What shall happen to every product that is named. Each succeeds or fails for itself."""

    ids: Annotated[list[UUID], Field(min_length=1, max_length=BULK_MAX)]
    action: Literal["activate", "deactivate", "propose", "archive", "change-price", "set-category"]
    percent: Annotated[Decimal, Field(gt=-100, le=1000, decimal_places=2)] | None = Field(
        None, description="Of `change-price`: `-5` makes everything five per cent cheaper."
    )
    amount: Annotated[int, Field(ge=-(10**12), le=10**12)] | None = Field(
        None, description="Of `change-price`: minor units of each price's own currency to add."
    )
    category_id: UUID | None = Field(None, description="Of `set-category`.")
    reason: Line = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.action == "change-price" and (self.percent is None) == (self.amount is None):
            raise ValueError("Give either `percent` or `amount`.")
        if self.action == "set-category" and self.category_id is None:
            raise ValueError("Name the category.")
        return self


class BulkRow(View):
    """What became of one product."""

    id: UUID
    ok: bool
    code: str | None = Field(description="Of the refusal, as a single change would answer it.")
    detail: str | None
    version: int | None = Field(description="Of the product afterwards.")


class BulkResult(View):
    """All of them, in the order in which they were named."""

    changed: int
    refused: int
    rows: list[BulkRow]
