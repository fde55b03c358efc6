"""A request as a vendor answers it: what is asked for, held still while the answer is written."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.db import as_system, read_row, read_rows
from karavan.kit.errors import NotFoundError
from karavan.modules.procurement.queries.sql import VISIBLE_REQUEST
from karavan.modules.procurement.states import Visibility


class AskedRequest(Struct, frozen=True):
    """What a vendor's answer depends on."""

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

    @property
    def is_public(self) -> bool:
        """Whether anybody may answer it."""
        return self.visibility == Visibility.PUBLIC


class AskedLine(Struct, frozen=True):
    """A line of the present revision."""

    id: UUID
    name: str
    quantity: Decimal
    unit: str


_HELD = f"""
select r.id, r.organisation_id, r.organisation_name, r.number, r.title, r.state, r.visibility, r.sealed, r.currency,
       r.quotes_due_at, r.revision
  from procurement_requests r where r.id = $1 and {VISIBLE_REQUEST} for share
"""

_LINES = """
select id, name, quantity, unit, clock_timestamp() from procurement_request_lines
 where request_id = $1 and removed_in_revision is null order by position
"""


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
    return AskedRequest(*row)


async def asked_lines(session: AsyncSession, request_id: UUID) -> tuple[list[AskedLine], datetime]:
    """Lines of a held request in order, and the database's clock once the lock was had."""
    rows = await read_rows(session, _LINES, request_id)
    now = rows[0][-1] if rows else await database_now(session)
    return [AskedLine(*row[:-1]) for row in rows], now
