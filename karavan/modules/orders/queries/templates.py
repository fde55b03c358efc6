"""Templates as their buyer sees them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.pagination import Page, PageParameters, count_rows
from karavan.modules.orders.models import OrderTemplate
from karavan.modules.orders.schemas.carts import OrderTemplateLine, OrderTemplateView
from karavan.modules.orders.schemas.orders import OrderParty


async def list_templates(
    session: AsyncSession, actor: Actor, paging: PageParameters, supplier_id: UUID | None
) -> Page[OrderTemplateView]:
    """A page of the organisation's templates, by name."""
    wanted = select(OrderTemplate).where(
        OrderTemplate.buyer_organisation_id == actor.organisation_id
    )
    if supplier_id is not None:
        wanted = wanted.where(OrderTemplate.supplier_organisation_id == supplier_id)
    total = await count_rows(session, wanted)
    rows = await session.scalars(
        wanted.order_by(OrderTemplate.name, OrderTemplate.id)
        .offset(paging.offset)
        .limit(paging.size)
    )
    return paging.answer([template_view(row) for row in rows], total)


def template_view(template: OrderTemplate) -> OrderTemplateView:
    """A template."""
    return OrderTemplateView(
        id=template.id,
        name=template.name,
        supplier=OrderParty(
            id=template.supplier_organisation_id, name=template.supplier_organisation_name
        ),
        lines=[OrderTemplateLine.model_validate(line) for line in template.lines],
        created_by_name=template.created_by_name,
        version=template.version,
        created_at=template.created_at,
        updated_at=template.updated_at,
    )
