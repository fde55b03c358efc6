"""What every change of a product leaves behind: audit rows, events, rows of prices."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.ids import new_id
from karavan.kit.money import AMOUNT_MAX, MoneyBody
from karavan.modules.catalogue.errors import PriceNoughtError, ProductArchivedError
from karavan.modules.catalogue.lifecycles import PRODUCT
from karavan.modules.catalogue.models import PriceChange, Product
from karavan.modules.catalogue.queries.product_rows import Family
from karavan.modules.catalogue.states import COMPLETE, ProductState


def facts_of(product: Product, **further: Any) -> dict[str, Any]:
    """What events say of a product: enough for search, prices and notifications to know whom it concerns."""
    return {
        "product_id": str(product.id),
        "organisation_id": str(product.organisation_id),
        "parent_id": str(product.parent_id) if product.parent_id else None,
        "has_variants": product.has_variants,
        **further,
    }


def record_change(
    session: AsyncSession,
    actor: Actor | None,
    product: Product,
    verb: str,
    event: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str | None = None,
    **facts: Any,
) -> None:
    """The audit row `product.<verb>` and the event `product.<event>` of a change that is no transition."""
    record_audit(
        session,
        actor,
        f"product.{verb}",
        target_type="product",
        target_id=product.id,
        target_label=PRODUCT.label_of(product),
        organisation_id=product.organisation_id,
        before=before,
        after=after,
        reason=reason or None,
    )
    PRODUCT.record(
        session, product, event, actor, reason=reason or None, data=facts_of(product, **facts)
    )


def refuse_archived(product: Product) -> None:
    """Refuse to change what orders refer to.

    Raises:
        ProductArchivedError: it is archived.
    """
    if product.state == ProductState.ARCHIVED:
        raise ProductArchivedError


def refuse_nought(product: Product, price: MoneyBody) -> None:
    """Refuse to give goods away that buyers see, or are about to: nought is the price of a draft that has none yet.

    Raises:
        PriceNoughtError: the price is nought.
    """
    if price.amount == 0 and product.state in COMPLETE:
        raise PriceNoughtError


def set_price(
    session: AsyncSession,
    actor: Actor | None,
    product: Product,
    price: MoneyBody,
    reason: str,
    *,
    first: bool = False,
) -> bool:
    """Give a locked product a price, and keep the one before with the reason.

    Args:
        first: the product is new, and this is no change for anybody.

    Returns:
        Whether it is another price.
    """
    before = None if first else (product.price_amount, product.currency)
    if before == (price.amount, price.currency):
        return False
    assert 0 <= price.amount <= AMOUNT_MAX
    product.price_amount, product.currency = price.amount, price.currency
    session.add(
        PriceChange(
            id=new_id(),
            product_id=product.id,
            organisation_id=product.organisation_id,
            before_amount=before[0] if before else None,
            before_currency=before[1] if before else None,
            after_amount=price.amount,
            currency=price.currency,
            reason=reason,
            actor_user_id=actor.user_id if actor else None,
            actor_name=actor.display_name if actor else "",
        )
    )
    if before is not None:
        record_change(
            session,
            actor,
            product,
            "change_price",
            "price_changed",
            before={"price_amount": before[0], "currency": before[1]},
            after={"price_amount": price.amount, "currency": price.currency},
            reason=reason,
            before_amount=before[0],
            before_currency=before[1],
            after_amount=price.amount,
            currency=price.currency,
        )
    return True


def refresh_head(session: AsyncSession, actor: Actor | None, family: Family) -> None:
    """Let the head of a locked family show the lowest price and the whole stock of its living variants."""
    head, living = family.root, family.living
    if not head.has_variants or not living:
        return
    active = [one for one in living if one.active] or living
    cheapest = min(active, key=lambda one: one.price_amount)
    head.available = sum((one.available for one in living), start=head.available * 0)
    price = MoneyBody.of(cheapest.price_amount, cheapest.currency)
    set_price(session, actor, head, price, "")
