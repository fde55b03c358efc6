"""Templates of orders, and what was ordered before, put into the cart again."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.decimals import plain
from karavan.kit.errors import FieldError, NotFoundError, ValidationError, invalid
from karavan.kit.ids import new_id
from karavan.kit.locks import find_row
from karavan.kit.tenancy import caller_is
from karavan.kit.versions import refuse_stale
from karavan.modules.links.public import accepted_link
from karavan.modules.orders.actions.carts import fill
from karavan.modules.orders.actions.rows import lines_of, visible_order
from karavan.modules.orders.errors import TemplateNameTakenError
from karavan.modules.orders.lifecycle import BUYER, party_of
from karavan.modules.orders.models import Cart, Order, OrderTemplate
from karavan.modules.orders.pricing import Wanted, obstacle_of, offers_of
from karavan.modules.orders.schemas.carts import OrderTemplateBody, OrderTemplatePatch, SkippedLine
from karavan.modules.orders.schemas.orders import OrderLineBody

Kept = list[dict[str, Any]]
"""Lines as they are kept: [{"product_id", "sku", "name", "quantity"}, …]."""


async def kept_lines(
    session: AsyncSession, actor: Actor, supplier_id: UUID, lines: Sequence[OrderLineBody]
) -> Kept:
    """Lines to be kept for later, each of something that the supplier sells now.

    Raises:
        NotFoundError: there is no accepted link with the supplier.
        ValidationError: naming each line of something else.
    """
    await accepted_link(session, actor.organisation_id, supplier_id)
    offers = await offers_of(
        session, supplier_id, actor.organisation_id, [line.product_id for line in lines]
    )
    errors, kept = [], []
    for index, line in enumerate(lines):
        offer = offers.get(line.product_id)
        if offer is None or offer.goods.has_variants:
            obstacle = obstacle_of(offer, line.quantity)
            assert obstacle is not None
            errors.append(
                FieldError(
                    pointer=f"#/lines/{index}/product_id",
                    code=obstacle.code,
                    detail=obstacle.detail,
                )
            )
            continue
        kept.append(
            {
                "product_id": str(line.product_id),
                "sku": offer.goods.sku,
                "name": offer.goods.name,
                "names": offer.goods.names,
                "quantity": plain(line.quantity),
            }
        )
    if errors:
        raise ValidationError(errors=errors)
    return kept


def wanted_of(lines: Kept) -> list[Wanted]:
    """What kept lines ask for."""
    return [Wanted(UUID(line["product_id"]), Decimal(line["quantity"])) for line in lines]


async def create_template(
    session: AsyncSession, actor: Actor, body: OrderTemplateBody
) -> OrderTemplate:
    """Keep lines, or those of an order, under a name.

    Raises:
        NotFoundError: no such order of the actor's, or no accepted link with the supplier.
        ValidationError: neither lines nor an order, or lines of something that the supplier does not sell.
        TemplateNameTakenError: the name is taken.
    """
    if body.order_id is not None:
        order = await bought(session, actor, body.order_id)
        supplier_id, supplier_name = order.organisation_id, order.organisation_name
        lines: Kept = [
            {
                "product_id": str(line.product_id),
                "sku": line.sku,
                "name": line.name,
                "names": line.names,
                "quantity": plain(line.quantity),
            }
            for line in await lines_of(session, order.id)
        ]
    elif body.lines and body.supplier_organisation_id:
        supplier_id = body.supplier_organisation_id
        lines = await kept_lines(session, actor, supplier_id, body.lines)
        link = await accepted_link(session, actor.organisation_id, supplier_id)
        supplier_name = link.supplier_organisation_name
    else:
        raise invalid("#/lines", "required", "Name a supplier and lines, or an order.")
    await _refuse_taken(session, actor, body.name)
    template = OrderTemplate(
        id=new_id(),
        buyer_organisation_id=actor.organisation_id,
        supplier_organisation_id=supplier_id,
        supplier_organisation_name=supplier_name,
        name=body.name,
        lines=lines,
        created_by_name=actor.display_name,
    )
    session.add(template)
    await session.flush()
    return template


async def change_template(
    session: AsyncSession, actor: Actor, template_id: UUID, body: OrderTemplatePatch
) -> OrderTemplate:
    """Change a template's name or lines."""
    template = await find_template(session, template_id, lock=True)
    refuse_stale(template, body.version)
    if body.name is not None and body.name != template.name:
        await _refuse_taken(session, actor, body.name)
        template.name = body.name
    if body.lines is not None:
        template.lines = await kept_lines(
            session, actor, template.supplier_organisation_id, body.lines
        )
    template.version += 1
    await session.flush()
    return template


async def find_template(
    session: AsyncSession, template_id: UUID, *, lock: bool = False
) -> OrderTemplate:
    """A template of the caller's organisation.

    Raises:
        NotFoundError: there is none.
    """
    wanted = select(OrderTemplate).where(
        OrderTemplate.id == template_id, caller_is(OrderTemplate.buyer_organisation_id)
    )
    return await find_row(session, wanted, lock=lock)


async def fill_from_template(
    session: AsyncSession, actor: Actor, template_id: UUID
) -> tuple[Cart | None, list[SkippedLine]]:
    """Put a template's lines into the cart."""
    template = await find_template(session, template_id)
    return await fill_with(session, actor, template.supplier_organisation_id, template.lines)


async def reorder(
    session: AsyncSession, actor: Actor, order_id: UUID
) -> tuple[Cart | None, list[SkippedLine]]:
    """Put what was ordered into the cart again, at the prices of today."""
    order = await bought(session, actor, order_id)
    lines = [
        {
            "product_id": str(line.product_id),
            "sku": line.sku,
            "name": line.name,
            "quantity": plain(line.quantity),
        }
        for line in await lines_of(session, order.id)
    ]
    return await fill_with(session, actor, order.organisation_id, lines)


async def fill_with(
    session: AsyncSession, actor: Actor, supplier_id: UUID, lines: Kept
) -> tuple[Cart | None, list[SkippedLine]]:
    """Put kept lines into the cart; what the supplier does not sell any more is left out and told.

    Raises:
        NotFoundError: there is no accepted link with the supplier any more.
    """
    await accepted_link(session, actor.organisation_id, supplier_id)
    offers = await offers_of(
        session, supplier_id, actor.organisation_id, [UUID(line["product_id"]) for line in lines]
    )
    able, skipped = [], []
    for line, one in zip(lines, wanted_of(lines), strict=True):
        offer = offers.get(one.product_id)
        if offer is None or offer.goods.has_variants:
            code = "unavailable" if offer is None else "choose_variant"
            skipped.append(SkippedLine.model_validate({**line, "code": code}))
        else:
            able.append(one)
    if not able:
        return None, skipped
    return await fill(session, actor, supplier_id, able, offers), skipped


async def bought(session: AsyncSession, actor: Actor, order_id: UUID) -> Order:
    """An order that the actor's organisation has placed.

    Raises:
        NotFoundError: there is none.
    """
    order = await visible_order(session, order_id)
    if party_of(order, actor.organisation_id) != BUYER:
        raise NotFoundError
    return order


async def _refuse_taken(session: AsyncSession, actor: Actor, name: str) -> None:
    taken = await session.scalar(
        select(OrderTemplate.id).where(
            OrderTemplate.buyer_organisation_id == actor.organisation_id,
            OrderTemplate.name == name,
        )
    )
    if taken is not None:
        raise TemplateNameTakenError(template_id=str(taken))
