"""Routes of carts, quick orders and templates."""

from typing import Annotated
from uuid import UUID

from fastapi import Form, Query, UploadFile
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, requires
from karavan.kit.pagination import Page, Paging
from karavan.kit.routing import router as make_router
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import versioned
from karavan.modules.orders.actions import carts as actions
from karavan.modules.orders.actions.templates import (
    change_template,
    create_template,
    fill_from_template,
    find_template,
    reorder,
)
from karavan.modules.orders.models import Cart
from karavan.modules.orders.permissions import CART_READ, CART_WRITE
from karavan.modules.orders.pricing import Wanted
from karavan.modules.orders.queries.carts import cart_view, read_carts
from karavan.modules.orders.queries.quick_order import parse_table, parse_text
from karavan.modules.orders.queries.templates import list_templates, template_view
from karavan.modules.orders.schemas.carts import (
    CartBulkBody,
    CartItemBody,
    CartParseBody,
    CartQuantityBody,
    CartsView,
    CartView,
    FilledCart,
    OrderTemplateBody,
    OrderTemplatePatch,
    OrderTemplateView,
    ParsedOrder,
    SkippedLine,
)

cart = make_router("/cart", "cart")
templates = make_router("/order-templates", "order templates")
orders = make_router("/orders", "orders")
routers = [cart, templates, orders]

Buyer = Annotated[Actor, requires(CART_WRITE)]
Reader = Annotated[Actor, requires(CART_READ)]
Supplier = Annotated[UUID | None, Query(description="All suppliers' by default.")]


@cart.get("")
async def read_cart(session: Tx, actor: Reader, supplier_id: Supplier = None) -> CartsView:
    """What your people have gathered, one cart per supplier, at the prices and with the stock of this moment."""
    return await read_carts(session, actor.organisation_id, supplier_id)


@cart.delete("", status_code=204)
async def empty_cart(session: Tx, actor: Buyer, supplier_id: Supplier = None) -> None:
    """Throw a supplier's cart away, or all of them."""
    await actions.empty(session, actor, supplier_id)


@cart.post("/items", status_code=201)
async def add_item(body: CartItemBody, session: Tx, actor: Buyer) -> CartView:
    """Put a product into the cart of its supplier; more of what is there already is added to it."""
    (filled,) = await actions.add_items(session, actor, [Wanted(body.product_id, body.quantity)])
    return await cart_view(session, filled)


@cart.put("/items/{product_id}")
async def set_item(product_id: UUID, body: CartQuantityBody, session: Tx, actor: Buyer) -> CartView:
    """Change how much of a product is wanted."""
    changed = await actions.set_quantity(session, actor, product_id, body.quantity)
    return await cart_view(session, changed)


@cart.delete("/items/{product_id}")
async def remove_item(product_id: UUID, session: Tx, actor: Buyer) -> CartView:
    """Take a product out of its cart."""
    return await cart_view(session, await actions.remove_item(session, actor, product_id))


@cart.post("/bulk", status_code=201)
async def fill_cart(body: CartBulkBody, session: Tx, actor: Buyer) -> CartsView:
    """Put many products into the carts of their suppliers: all of them, or none."""
    wanted = [Wanted(one.product_id, one.quantity) for one in body.items]
    await actions.add_items(session, actor, wanted, replace=body.mode == "set")
    return await read_carts(session, actor.organisation_id)


@cart.delete("/lost/{supplier_id}", status_code=204)
async def put_lost_away(supplier_id: UUID, session: Tx, actor: Buyer) -> None:
    """Forget the lines that went when the trading link did."""
    await actions.put_lost_away(session, actor, supplier_id)


@cart.post("/parse")
async def parse_lines(body: CartParseBody, session: Tx, actor: Buyer) -> ParsedOrder:
    """Compare pasted lines, a code and a quantity each, with what the supplier sells. Nothing is put into the cart yet."""
    return await parse_text(
        session, actor.organisation_id, body.supplier_organisation_id, body.text
    )


@cart.post("/parse/file")
async def parse_file(
    supplier_organisation_id: Annotated[UUID, Form()],
    file: UploadFile,
    session: Tx,
    actor: Buyer,
) -> ParsedOrder:
    """The same of a table: CSV, XLSX, XLS or ODS. Its columns are recognised by their headings or their content."""
    return await parse_table(session, actor.organisation_id, supplier_organisation_id, file.file)


@orders.post("/{order_id}/reorder", status_code=201)
async def reorder_lines(order_id: UUID, session: Tx, actor: Buyer) -> FilledCart:
    """Put what was ordered into the cart again, at the prices of today."""
    return await _filled(session, *await reorder(session, actor, order_id))


@templates.get("")
async def read_templates(
    session: Tx, actor: Reader, paging: Paging, supplier_id: Supplier = None
) -> Page[OrderTemplateView]:
    """Your organisation's templates, by name."""
    return await list_templates(session, actor, paging, supplier_id)


@templates.post("", status_code=201)
async def create(body: OrderTemplateBody, session: Tx, actor: Buyer) -> OrderTemplateView:
    """Keep lines, or those of an order, under a name."""
    return template_view(await create_template(session, actor, body))


@templates.get("/{template_id}")
async def read_template(template_id: UUID, session: Tx, actor: Reader) -> OrderTemplateView:
    """A template."""
    del actor
    return template_view(await find_template(session, template_id))


@templates.patch("/{template_id}")
async def patch_template(
    template_id: UUID,
    body: Annotated[OrderTemplatePatch, versioned(OrderTemplatePatch)],
    session: Tx,
    actor: Buyer,
) -> OrderTemplateView:
    """Change a template's name or lines."""
    return template_view(await change_template(session, actor, template_id, body))


@templates.delete("/{template_id}", status_code=204)
async def delete_template(template_id: UUID, session: Tx, actor: Buyer) -> None:
    """Throw a template away."""
    del actor
    await session.delete(await find_template(session, template_id, lock=True))


@templates.post("/{template_id}/cart", status_code=201)
async def fill_cart_from_template(template_id: UUID, session: Tx, actor: Buyer) -> FilledCart:
    """Put a template's lines into the cart, at the prices of today."""
    return await _filled(session, *await fill_from_template(session, actor, template_id))


async def _filled(
    session: AsyncSession, filled: Cart | None, skipped: list[SkippedLine]
) -> FilledCart:
    return FilledCart(cart=await cart_view(session, filled) if filled else None, skipped=skipped)
