"""Bodies of the decisions over quotes."""

from uuid import UUID

from pydantic import Field

from karavan.kit.lifecycle import TransitionBody
from karavan.kit.schemas import Body, Quantity

QUOTES_MAX = 100
LINES_MAX = 500


class ShortlistBody(TransitionBody):
    """The quotes that stay in the running."""

    quote_ids: list[UUID] = Field(min_length=1, max_length=QUOTES_MAX)


class AllocatedLine(Body):
    """A requested line given to a quote."""

    request_line_id: UUID
    quantity: Quantity | None = Field(
        None, description="By default as much as is still to be awarded and was offered."
    )


class Allocation(Body):
    """What one quote wins."""

    quote_id: UUID
    lines: list[AllocatedLine] | None = Field(
        None, min_length=1, max_length=LINES_MAX, description="By default every line it offers."
    )


class AwardBody(TransitionBody):
    """The whole request to one quote, or split by line among several."""

    allocations: list[Allocation] = Field(min_length=1, max_length=QUOTES_MAX)


class ReawardBody(AwardBody):
    """Lines that a refusal or a cancelled deal has freed, given to quotes on standby."""
