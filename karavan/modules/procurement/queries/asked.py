"""A request as a vendor answers it: what is asked for, held still while the answer is written."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from msgspec import Struct
from msgspec.json import Decoder
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import as_system, read_row
from karavan.kit.errors import NotFoundError
from karavan.modules.procurement.queries.sql import VISIBLE_REQUEST
from karavan.modules.procurement.states import Visibility


class AskedLine(Struct, frozen=True, array_like=True):
    """A line of the present revision."""

    id: UUID
    name: str
    quantity: Decimal
    unit: str


class AskedRequest(Struct, frozen=True):
    """What a vendor's answer depends on.

    Attributes:
        held_at: by the database's clock, once the lock was had.
        lines: of the present revision, in order.
    """

    id: UUID
    organisation_id: UUID
    organisation_name: str
    number: str | None
    title: str
    state: str
    visibility: str
    sealed: bool
    currency: str
    quotes_due_at: datetime | None
    revision: int
    held_at: datetime
    lines: list[AskedLine]

    @property
    def is_public(self) -> bool:
        """Whether anybody may answer it."""
        return self.visibility == Visibility.PUBLIC


_LINES = """
coalesce((select json_agg(json_build_array(l.id, l.name, l.quantity::text, l.unit) order by l.position)::text
            from procurement_request_lines l
           where l.request_id = $1 and l.removed_in_revision is null), '[]')
"""

# Whoever waits for the lock is given the row as it is then, but everything else as it was when the statement began: the
# lines may be older than the row. Another version of the row in the statement's own view of the past tells.
_HELD = f"""
with held as (
  select r.id, r.organisation_id, r.organisation_name, r.number, r.title, r.state, r.visibility, r.sealed, r.currency,
         r.quotes_due_at, r.revision, r.xmin as written_by
    from procurement_requests r where r.id = $1 and {VISIBLE_REQUEST} for share
)
select id, organisation_id, organisation_name, number, title, state, visibility, sealed, currency, quotes_due_at, revision,
       clock_timestamp(), {_LINES}, written_by = (select xmin from procurement_requests where id = $1)
  from held
"""

_LINES_NOW = f"select {_LINES}"

_lines_from = Decoder(list[AskedLine]).decode


async def held_request(
    session: AsyncSession, request_id: UUID, vendor_organisation_id: UUID
) -> AskedRequest:
    """A request that the vendor may see, locked against the buyer's moves; vendors do not hold one another up.

    Until this transaction ends nobody can cancel, award, amend or extend the request, and whoever did before has their
    change read here. A lock needs the right to update, which on a buyer's request is the system's; who may see it, the
    statement says itself.

    Raises:
        NotFoundError: there is none.
    """
    async with as_system(session):
        row = await read_row(session, _HELD, request_id, vendor_organisation_id)
        if row is None:
            raise NotFoundError
        *values, is_current = row
        if not is_current:
            now = await read_row(session, _LINES_NOW, request_id)
            assert now is not None
            values[-1] = now[0]
    values[-1] = _lines_from(values[-1])
    return AskedRequest(*values)
