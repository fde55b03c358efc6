"""What one organisation owes another, by the invoices between them."""

import json
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_rows
from karavan.kit.money import Money

OPEN_INVOICES = """
select json_agg(json_build_object('id', i.id, 'number', i.number, 'due_date', i.due_date,
  'due', i.total_amount - i.credited_amount - i.paid_amount, 'currency', i.currency,
  'is_overdue', i.due_date < (clock_timestamp() at time zone 'utc')::date) order by i.due_date, i.number)
from invoicing_invoices i
where i.buyer_organisation_id = $1 and i.organisation_id = $2 and i.state = 'sent' and i.kind = 'invoice'
  and i.subject_type = $3 and i.total_amount > i.credited_amount + i.paid_amount
"""
"""SQL for invoices about one kind of subject that a buyer still has to pay a seller, the earliest due first, as JSON for
`open_invoices`: of the buyer `$1` and the seller `$2`, about subjects of the type `$3`. It is a part of the asker's own
statement, so that both see one moment. The transaction must be allowed to see them: one of either side, or the system's.
"""


class OpenInvoice(Struct, frozen=True):
    """A sent invoice of which something is still due."""

    id: UUID
    number: str
    due_date: date
    due: Money
    is_overdue: bool


def open_invoices(found: str | None) -> list[OpenInvoice]:
    """What `OPEN_INVOICES` found."""
    return [
        OpenInvoice(
            UUID(one["id"]),
            one["number"],
            date.fromisoformat(one["due_date"]),
            Money(one["due"], one["currency"]),
            is_overdue=one["is_overdue"],
        )
        for one in json.loads(found or "[]")
    ]


_VOIDED = "select id from invoicing_invoices where id = any($1) and state = 'void'"


async def voided_among(session: AsyncSession, invoice_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these invoices were voided; the transaction must be allowed to see them."""
    return {row[0] for row in await read_rows(session, _VOIDED, list(invoice_ids))}
