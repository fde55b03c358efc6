"""What one organisation owes another, by the invoices between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_rows
from karavan.kit.money import Money

_OPEN = """
select i.id, i.number, i.due_date, i.total_amount - i.credited_amount - i.paid_amount, i.currency,
  i.due_date < (clock_timestamp() at time zone 'utc')::date
from invoicing_invoices i
where i.buyer_organisation_id = $1 and i.organisation_id = $2 and i.state = 'sent' and i.kind = 'invoice'
  and i.subject_type = $3 and i.total_amount > i.credited_amount + i.paid_amount
order by i.due_date, i.number
"""


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """A sent invoice of which something is still due."""

    id: UUID
    number: str
    due_date: date
    due: Money
    is_overdue: bool


async def open_invoices(
    session: AsyncSession, *, seller_id: UUID, buyer_id: UUID, subject_type: str
) -> list[OpenInvoice]:
    """Invoices about one kind of subject that the buyer still has to pay, the earliest due first.

    The transaction must be allowed to see them: one of either side, or the system's.
    """
    rows = await read_rows(session, _OPEN, buyer_id, seller_id, subject_type)
    return [
        OpenInvoice(row[0], row[1], row[2], Money(row[3], row[4]), is_overdue=row[5])
        for row in rows
    ]


_VOIDED = "select id from invoicing_invoices where id = any($1) and state = 'void'"


async def voided_among(session: AsyncSession, invoice_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these invoices were voided; the transaction must be allowed to see them."""
    return {row[0] for row in await read_rows(session, _VOIDED, list(invoice_ids))}
