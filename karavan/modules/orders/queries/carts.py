"""Carts as their buyer sees them: prices, stock and warnings of this moment."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.decimals import plain
from karavan.kit.errors import NotFoundError
from karavan.kit.money import Money, MoneyBody
from karavan.kit.tenancy import caller_is
from karavan.modules.links.public import LinkTermsFacts, accepted_link
from karavan.modules.media.public import PictureView
from karavan.modules.orders.actions.carts import items_of
from karavan.modules.orders.credit import Exposure, exposure_of
from karavan.modules.orders.models import Cart, CartItem
from karavan.modules.orders.pricing import (
    Offer,
    Priced,
    Sums,
    list_price_of,
    obstacle_of,
    offers_of,
    sums_of,
    tier_of,
)
from karavan.modules.orders.schemas.carts import (
    CartLine,
    CartPriceTier,
    CartProduct,
    CartsView,
    CartTotals,
    CartView,
    CartWarning,
    LostLine,
)
from karavan.modules.orders.schemas.orders import OrderParty


async def read_carts(
    session: AsyncSession, buyer_id: UUID, supplier_id: UUID | None = None
) -> CartsView:
    """The buyer's carts that hold anything, the most recently changed first."""
    statement = select(Cart).where(
        Cart.buyer_organisation_id == buyer_id, caller_is(Cart.buyer_organisation_id)
    )
    if supplier_id is not None:
        statement = statement.where(Cart.supplier_organisation_id == supplier_id)
    carts = await session.scalars(
        statement.order_by(Cart.updated_at.desc(), Cart.id).execution_options(
            populate_existing=True
        )
    )
    views = [await cart_view(session, cart) for cart in carts.all()]
    return CartsView(carts=[view for view in views if view.lines or view.lost])


async def cart_view(session: AsyncSession, cart: Cart) -> CartView:
    """One cart with what it would cost now."""
    items = await items_of(session, cart.id)
    lost = [LostLine.model_validate(one) for one in cart.lost]
    try:
        link = await accepted_link(
            session, cart.buyer_organisation_id, cart.supplier_organisation_id
        )
    except NotFoundError:
        # The event that empties the cart is on its way; nothing of it is shown meanwhile.
        return _view(cart, [], lost + [_lost(item) for item in items])
    offers = await offers_of(
        session,
        cart.supplier_organisation_id,
        cart.buyer_organisation_id,
        [item.product_id for item in items],
    )
    lines = [_line(item, offers.get(item.product_id)) for item in items]
    _warn_of_currencies(lines)
    exposure = await exposure_of(
        session, seller_id=cart.supplier_organisation_id, buyer_id=cart.buyer_organisation_id
    )
    sums = _sums(items, lines, offers)
    return _view(cart, lines, lost, sums=sums, terms=link.terms, exposure=exposure, linked=True)


def product_view(offer: Offer) -> CartProduct:
    """A product as one buyer gets it."""
    goods = offer.goods
    return CartProduct(
        id=goods.id,
        sku=goods.sku,
        name=goods.name,
        names=goods.names,
        options=goods.options,
        has_variants=goods.has_variants,
        unit=goods.unit,
        pack_size=_number(goods.pack_size),
        minimum_order=_number(goods.minimum_order),
        available=_number(goods.available),
        tax_rate=_number(goods.tax_rate),
        list_price=MoneyBody.of(goods.price_amount, goods.currency),
        tiers=[
            CartPriceTier(
                from_quantity=_number(tier.from_quantity),
                price=MoneyBody.of(tier.amount, tier.currency),
            )
            for tier in offer.tiers
        ],
        image=None if goods.image is None else PictureView.model_validate(goods.image),
    )


def warnings_of(offer: Offer | None, quantity: Decimal) -> list[CartWarning]:
    """What stands against ordering so much of a product now."""
    obstacle = obstacle_of(offer, quantity)
    if obstacle is not None:
        return [CartWarning(code=obstacle.code, blocking=True, facts=dict(obstacle.facts))]
    if offer is not None and offer.goods.available < quantity:
        facts = {"available": plain(offer.goods.available)}
        return [CartWarning(code="short", blocking=True, facts=facts)]
    return []


def _line(item: CartItem, offer: Offer | None) -> CartLine:
    warnings = warnings_of(offer, item.quantity)
    tier = tier_of(offer, item.quantity) if offer is not None else None
    if tier is not None and (tier.amount, tier.currency) != (item.price_seen_amount, item.currency):
        seen = {"amount": item.price_seen_amount, "currency": item.currency}
        now = {"amount": tier.amount, "currency": tier.currency}
        facts = {"before": seen, "after": now}
        warnings.append(CartWarning(code="price_changed", blocking=False, facts=facts))
    net = Money(tier.amount, tier.currency).times(item.quantity) if tier else None
    return CartLine(
        product_id=item.product_id,
        sku=item.sku,
        name=offer.goods.name if offer else item.name,
        quantity=_number(item.quantity),
        product=product_view(offer) if offer else None,
        unit_price=MoneyBody.of(tier.amount, tier.currency) if tier else None,
        net=MoneyBody.of(net.amount, net.currency) if net else None,
        added_by_name=item.added_by_name,
        warnings=warnings,
    )


def _warn_of_currencies(lines: Sequence[CartLine]) -> None:
    priced = [line for line in lines if line.unit_price is not None]
    if not priced or priced[0].unit_price is None:
        return
    first = priced[0].unit_price.currency
    for line in priced:
        if line.unit_price is not None and line.unit_price.currency != first:
            line.warnings.append(
                CartWarning(code="currency", blocking=True, facts={"currency": first})
            )


def _sums(
    items: Sequence[CartItem], lines: Sequence[CartLine], offers: dict[UUID, Offer]
) -> Sums | None:
    """What the lines come to that nothing stands against."""
    priced, currency = [], None
    for item, line in zip(items, lines, strict=True):
        if line.unit_price is None or any(warning.blocking for warning in line.warnings):
            continue
        offer = offers[item.product_id]
        currency = line.unit_price.currency
        list_price = list_price_of(offer, tier_of(offer, item.quantity))
        priced.append(
            Priced(item.quantity, line.unit_price.amount, list_price, offer.goods.tax_rate)
        )
    return sums_of(priced, currency) if currency is not None else None


def _view(
    cart: Cart,
    lines: list[CartLine],
    lost: list[LostLine],
    *,
    sums: Sums | None = None,
    terms: LinkTermsFacts | None = None,
    exposure: Exposure | None = None,
    linked: bool = False,
) -> CartView:
    least = terms.minimum_order if terms else None
    limit = terms.credit_limit if terms else None
    missing = None
    comparable = least is None or sums is None or sums.totals.currency == least.currency
    if least is not None and sums is not None and comparable:
        gap = least.amount - sums.totals.tax_exclusive.amount
        missing = MoneyBody.of(gap, least.currency) if gap > 0 else None
    available = max(0, exposure.available(limit)) if exposure and limit else None
    overdue = len(exposure.overdue) if exposure else 0
    fits = (
        limit is None
        or sums is None
        or available is None
        or (
            sums.totals.currency == limit.currency and sums.totals.tax_inclusive.amount <= available
        )
    )
    clear = not any(warning.blocking for line in lines for warning in line.warnings)
    return CartView(
        id=cart.id,
        supplier=OrderParty(id=cart.supplier_organisation_id, name=cart.supplier_organisation_name),
        linked=linked,
        lines=lines,
        lost=lost,
        totals=_totals(sums) if sums else None,
        minimum_order=MoneyBody.of(least.amount, least.currency) if least else None,
        missing_to_minimum=missing,
        credit_available=(
            MoneyBody.of(available, limit.currency) if limit and available is not None else None
        ),
        overdue_invoices=overdue,
        orderable=(
            bool(lines) and clear and comparable and missing is None and fits and overdue == 0
        ),
        updated_at=cart.updated_at,
    )


def _totals(sums: Sums) -> CartTotals:
    totals = sums.totals
    return CartTotals(
        net=MoneyBody.of(totals.tax_exclusive.amount, totals.currency),
        tax=MoneyBody.of(totals.tax.amount, totals.currency),
        total=MoneyBody.of(totals.tax_inclusive.amount, totals.currency),
        discount=MoneyBody.of(sums.discount, totals.currency),
    )


def _lost(item: CartItem) -> LostLine:
    return LostLine(
        product_id=item.product_id,
        sku=item.sku,
        name=item.name,
        quantity=_number(item.quantity),
        code="link_ended",
    )


def _number(value: Decimal) -> Decimal:
    """The same number without zeros that say nothing."""
    return Decimal(plain(value))
