"""Credit as both sides of a trading link see it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import NotFoundError
from karavan.kit.money import MoneyBody
from karavan.modules.links.public import link_view
from karavan.modules.orders.credit import exposure_of
from karavan.modules.orders.schemas.orders import CreditView, OrderInvoice


async def credit_of_link(session: AsyncSession, link_id: UUID) -> CreditView:
    """What a buyer owes by orders and their invoices, and what is left of the limit.

    Raises:
        NotFoundError: the caller is no side of such a link, or it was never accepted.
    """
    link = await link_view(session, link_id)
    if link is None or link.terms is None:
        raise NotFoundError
    exposure = await exposure_of(
        session,
        seller_id=link.supplier_organisation_id,
        buyer_id=link.consumer_organisation_id,
    )
    limit = link.terms.credit_limit
    return CreditView(
        link_id=link.id,
        limit=MoneyBody.of(limit.amount, limit.currency) if limit else None,
        reserved=_amounts(exposure.reserved),
        used=_amounts(exposure.used),
        available=(
            MoneyBody.of(max(0, exposure.available(limit)), limit.currency) if limit else None
        ),
        payment_days=link.terms.payment_days,
        blocked=bool(exposure.overdue),
        invoices=[
            OrderInvoice(
                id=one.id,
                number=one.number,
                state="sent",
                due=MoneyBody.of(one.due.amount, one.due.currency),
                due_date=one.due_date,
                overdue=one.is_overdue,
            )
            for one in exposure.invoices
        ],
    )


def _amounts(sums: dict[str, int]) -> list[MoneyBody]:
    return [MoneyBody.of(amount, currency) for currency, amount in sorted(sums.items())]
