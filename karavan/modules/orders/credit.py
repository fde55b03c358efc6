"""Credit between two organisations: reserved by orders, used by their invoices, free again when those are paid.

Both sums are read and never kept, so they cannot drift from orders and invoices. Who places an order holds the link's
row, so two orders never see the same free credit.
"""

import json
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_row
from karavan.kit.money import Money
from karavan.modules.invoicing.public import (
    OPEN_INVOICES,
    OpenInvoice,
    open_invoices,
    voided_among,
)
from karavan.modules.orders.errors import (
    CreditCurrencyError,
    CreditLimitError,
    OverdueInvoicesError,
)

SUBJECT = "order"
"""The subject type under which invoices of orders stand."""

_OVERDUE_NAMED = 20
_EXPOSURE = f"""
select clock_timestamp(),
  (select json_agg(json_build_array(invoice_id, currency, amount)) from (
    select null::uuid as invoice_id, currency, sum(reserved_amount)::bigint as amount from orders_orders
    where buyer_organisation_id = $1 and organisation_id = $2 and reserved_amount > 0 group by currency
    union all
    select invoice_id, currency, total_amount from orders_orders
    where buyer_organisation_id = $1 and organisation_id = $2 and invoice_id is not null and paid_at is null
  ) taken)::text,
  ({OPEN_INVOICES})::text
"""


class Exposure(Struct, frozen=True):
    """What a buyer owes a supplier or will, in minor units by currency, and the invoices behind it.

    Attributes:
        at: when that was so, by the database's clock.
    """

    reserved: dict[str, int]
    invoices: list[OpenInvoice]
    at: datetime

    @property
    def used(self) -> dict[str, int]:
        """What is due by invoices, by currency."""
        sums: dict[str, int] = {}
        for one in self.invoices:
            sums[one.due.currency] = sums.get(one.due.currency, 0) + one.due.amount
        return sums

    @property
    def overdue(self) -> list[OpenInvoice]:
        """Invoices whose day has passed."""
        return [one for one in self.invoices if one.is_overdue]

    def available(self, limit: Money) -> int:
        """What is left of a limit, in its currency; below nought when more was granted than now would be."""
        taken = self.reserved.get(limit.currency, 0) + self.used.get(limit.currency, 0)
        return limit.amount - taken


async def exposure_of(session: AsyncSession, *, seller_id: UUID, buyer_id: UUID) -> Exposure:
    """What stands open between a buyer and a supplier by orders and by the invoices of orders.

    An order whose invoice was voided a moment ago has not taken its place in the credit again, and counts all the same.
    """
    row = await read_row(session, _EXPOSURE, buyer_id, seller_id, SUBJECT)
    assert row is not None
    at, found, open_ones = row
    invoices = open_invoices(open_ones)
    taken = [(UUID(one) if one else None, *rest) for one, *rest in json.loads(found or "[]")]
    settled = {invoice_id for invoice_id, _, _ in taken} - {None} - {one.id for one in invoices}
    voided = await voided_among(session, settled) if settled else set()
    reserved: dict[str, int] = {}
    for invoice_id, currency, amount in taken:
        if invoice_id is None or invoice_id in voided:
            reserved[currency] = reserved.get(currency, 0) + amount
    return Exposure(reserved, invoices, at)


def refuse_overdue(exposure: Exposure) -> None:
    """Refuse a new order while invoices of earlier ones are overdue.

    Raises:
        OverdueInvoicesError: with number, day and amount of each.
    """
    if exposure.overdue:
        raise OverdueInvoicesError(
            count=len(exposure.overdue),
            invoices=[
                {
                    "id": str(one.id),
                    "number": one.number,
                    "due_date": one.due_date.isoformat(),
                    "due": {"amount": one.due.amount, "currency": one.due.currency},
                }
                for one in exposure.overdue[:_OVERDUE_NAMED]
            ],
        )


def refuse_beyond(exposure: Exposure, limit: Money | None, total: Money) -> None:
    """Refuse an order that does not fit into what is left of the limit.

    Args:
        limit: nothing when no limit was agreed, which is not one of nought.

    Raises:
        CreditLimitError: with limit, reserved, used, available and the order's total.
        CreditCurrencyError: the order is in another currency than the limit.
    """
    if limit is None:
        return
    if total.currency != limit.currency:
        raise CreditCurrencyError(limit_currency=limit.currency, order_currency=total.currency)
    available = exposure.available(limit)
    if total.amount > available:

        def money(amount: int) -> dict[str, int | str]:
            return {"amount": amount, "currency": limit.currency}

        raise CreditLimitError(
            limit=money(limit.amount),
            reserved=money(exposure.reserved.get(limit.currency, 0)),
            used=money(exposure.used.get(limit.currency, 0)),
            available=money(max(0, available)),
            order=money(total.amount),
        )
