"""An order is placed: priced by the server, taken from stock and from credit, numbered by the supplier."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.db import as_system, write
from karavan.kit.errors import FieldError, ValidationError
from karavan.kit.ids import new_id
from karavan.kit.money import Money
from karavan.kit.numbering import next_number
from karavan.kit.rows import built
from karavan.modules.catalogue.public import Demand, allocate
from karavan.modules.links.public import LinkView, accepted_link
from karavan.modules.orders.actions.rows import facts, move_values
from karavan.modules.orders.credit import Exposure, exposure_of, refuse_beyond, refuse_overdue
from karavan.modules.orders.errors import (
    MinimumCurrencyError,
    MinimumOrderError,
    TotalChangedError,
)
from karavan.modules.orders.lifecycle import BUYER, ORDER
from karavan.modules.orders.models import Order, OrderLine, OrderMove
from karavan.modules.orders.permissions import ORDER_PLACE
from karavan.modules.orders.pricing import (
    Offer,
    Priced,
    Sums,
    Wanted,
    list_price_of,
    obstacle_of,
    offers_of,
    source_of,
    summed,
    sums_of,
    tier_of,
)
from karavan.modules.orders.states import OrderKind

SERIES = "ORD"
ANSWERED_WITHIN = timedelta(days=30)
"""An order that the seller has not answered by then is cancelled by the clock."""


class NewOrder(Struct, frozen=True, kw_only=True):
    """What a buyer wants of a supplier.

    Attributes:
        expected_total: with tax, as the buyer has seen it; another one is refused.
        standing_order_id: the standing order whose turn it is.
    """

    supplier_id: UUID
    lines: Sequence[Wanted]
    note: str = ""
    buyer_reference: str = ""
    delivery_address: str = ""
    wanted_on: date | None = None
    expected_total: Money | None = None
    language: str = "en"
    standing_order_id: UUID | None = None


class Placed(Struct, frozen=True):
    """An order that has just been written, with what it consists of and what its goods were at that moment."""

    order: Order
    lines: Sequence[OrderLine]
    move: OrderMove
    offers: Mapping[UUID, Offer]
    at: datetime


async def place(session: AsyncSession, actor: Actor, new: NewOrder) -> Placed:
    """Place a wholesale order through an accepted link.

    The link is locked first, then stock in the order of its keys, and the number is taken last: so neither a block nor
    another order on the same credit comes between, and nobody waits in a circle.

    Raises:
        NotFoundError: there is no accepted link with the supplier.
        ForbiddenError: the role does not order.
        ValidationError: a line cannot be ordered so; `errors` names each.
        MinimumCurrencyError, MinimumOrderError: it comes to less than the link's terms ask for.
        CreditLimitError, CreditCurrencyError, OverdueInvoicesError: the supplier gives no more credit.
        TotalChangedError: it comes to another total than the buyer has seen.
        OutOfStockError: with every product that is short.
    """
    actor.require(ORDER_PLACE)
    link = await accepted_link(session, actor.organisation_id, new.supplier_id, lock=True)
    quantities = summed(new.lines)
    offers = await offers_of(session, new.supplier_id, actor.organisation_id, quantities)
    currency = _checked(new.lines, offers, quantities)
    prices = {one: tier_of(offers[one], quantity) for one, quantity in quantities.items()}
    sums = sums_of(
        [
            Priced(
                line.quantity,
                prices[line.product_id].amount,
                list_price_of(offers[line.product_id], prices[line.product_id]),
                offers[line.product_id].goods.tax_rate,
            )
            for line in new.lines
        ],
        currency,
    )
    exposure = await _refuse_by_terms(session, actor, link, new, sums)
    order = _order(actor, link, new, sums)
    lines = _lines(order, new.lines, offers, quantities, sums)
    order.due_at = exposure.at + ANSWERED_WITHIN
    async with as_system(session):
        demands = [Demand(product, quantity) for product, quantity in quantities.items()]
        await allocate(session, demands, order.id, actor=actor)
        order.number = await next_number(
            session, new.supplier_id, series=SERIES, year=exposure.at.year
        )
        move = built(OrderMove, **move_values(order, "place", BUYER, actor), facts={})
        await write(session, order, *lines, move)
    record_audit(
        session,
        actor,
        "order.place",
        target_type="order",
        target_id=order.id,
        target_label=order.number,
        after={"state": order.state, "total_amount": order.total_amount, "currency": currency},
    )
    ORDER.record(session, order, "placed", actor, data=facts(order, lines))
    return Placed(order, lines, move, offers, exposure.at)


def _checked(
    lines: Sequence[Wanted], offers: dict[UUID, Offer], quantities: dict[UUID, Decimal]
) -> str:
    """The one currency of lines that can all be ordered.

    Raises:
        ValidationError: naming each line that cannot.
    """
    errors: list[FieldError] = []
    currencies: dict[str, int] = {}
    for index, line in enumerate(lines):
        offer = offers.get(line.product_id)
        obstacle = obstacle_of(offer, quantities[line.product_id])
        if obstacle is not None:
            field = (
                "product_id" if obstacle.code in {"unavailable", "choose_variant"} else "quantity"
            )
            errors.append(
                FieldError(
                    pointer=f"#/lines/{index}/{field}", code=obstacle.code, detail=obstacle.detail
                )
            )
        elif offer is not None:
            found = tier_of(offer, quantities[line.product_id]).currency
            currencies.setdefault(found, index)
    if errors:
        raise ValidationError(errors=errors)
    first, *others = currencies
    if others:
        raise ValidationError(
            "An order is in one currency.",
            errors=[
                FieldError(
                    pointer=f"#/lines/{currencies[other]}/product_id",
                    code="currency",
                    detail=f"It is priced in {other}, others in {first}. Order it separately.",
                )
                for other in others
            ],
        )
    return first


async def _refuse_by_terms(
    session: AsyncSession, actor: Actor, link: LinkView, new: NewOrder, sums: Sums
) -> Exposure:
    total, net = sums.totals.tax_inclusive, sums.totals.tax_exclusive
    terms = link.terms
    if terms is not None and terms.minimum_order is not None:
        least = terms.minimum_order
        if least.currency != net.currency:
            raise MinimumCurrencyError(minimum_currency=least.currency, order_currency=net.currency)
        if net.amount < least.amount:
            raise MinimumOrderError(minimum=_money(least), net=_money(net))
    exposure = await exposure_of(session, seller_id=new.supplier_id, buyer_id=actor.organisation_id)
    refuse_overdue(exposure)
    refuse_beyond(exposure, terms.credit_limit if terms else None, total)
    if new.expected_total is not None and new.expected_total != total:
        raise TotalChangedError(expected=_money(new.expected_total), total=_money(total))
    return exposure


def _order(actor: Actor, link: LinkView, new: NewOrder, sums: Sums) -> Order:
    terms = link.terms
    return built(
        Order,
        id=new_id(),
        kind=OrderKind.WHOLESALE,
        state=ORDER.initial,
        version=1,
        organisation_id=link.supplier_organisation_id,
        organisation_name=link.supplier_organisation_name,
        buyer_organisation_id=link.consumer_organisation_id,
        buyer_organisation_name=link.consumer_organisation_name,
        link_id=link.id,
        terms_number=terms.number if terms else None,
        payment_days=terms.payment_days if terms else None,
        representative_user_id=terms.representative_user_id if terms else None,
        representative_name=terms.representative_name if terms else None,
        standing_order_id=new.standing_order_id,
        buyer_reference=new.buyer_reference,
        note=new.note,
        delivery_address=new.delivery_address,
        wanted_on=new.wanted_on,
        language=new.language,
        currency=sums.totals.currency,
        net_amount=sums.totals.tax_exclusive.amount,
        tax_amount=sums.totals.tax.amount,
        total_amount=sums.totals.tax_inclusive.amount,
        discount_amount=sums.discount,
        reserved_amount=sums.totals.tax_inclusive.amount,
        lines_count=len(new.lines),
        placed_by=actor.user_id,
        placed_by_name=actor.display_name,
    )


def _lines(
    order: Order,
    wanted: Sequence[Wanted],
    offers: dict[UUID, Offer],
    quantities: dict[UUID, Decimal],
    sums: Sums,
) -> list[OrderLine]:
    lines = []
    for position, (line, net) in enumerate(zip(wanted, sums.totals.line_nets, strict=True), 1):
        offer = offers[line.product_id]
        goods, tier = offer.goods, tier_of(offer, quantities[line.product_id])
        lines.append(
            built(
                OrderLine,
                id=new_id(),
                order_id=order.id,
                organisation_id=order.organisation_id,
                buyer_organisation_id=order.buyer_organisation_id,
                position=position,
                product_id=goods.id,
                parent_id=goods.parent_id,
                sku=goods.sku,
                name=goods.name,
                names=goods.names,
                options=goods.options,
                unit=goods.unit,
                quantity=line.quantity,
                confirmed_quantity=line.quantity,
                list_price_amount=list_price_of(offer, tier),
                unit_price_amount=tier.amount,
                price_source=source_of(tier),
                tax_rate=goods.tax_rate,
                net_amount=net.amount,
            )
        )
    return lines


def _money(money: Money) -> dict[str, int | str]:
    return {"amount": money.amount, "currency": money.currency}
