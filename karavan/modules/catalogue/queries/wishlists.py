"""A person's wishlist, with what is offered now."""

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_json
from karavan.kit.json_sql import Conditions, moment, page_of
from karavan.kit.pagination import PageParameters
from karavan.modules.catalogue.queries.own_prices import with_own_prices
from karavan.modules.catalogue.queries.product_json import ITEM, OFFERED

_ITEM = f"""json_build_object('product', {ITEM}, 'added_at', {moment("w.created_at")},
  'price_then', json_build_object('amount', w.amount, 'currency', w.currency))"""


async def list_wishes(session: AsyncSession, actor: Actor, paging: PageParameters) -> bytes:
    """A page of what the actor keeps an eye on and may still see, the newest first, as JSON with the actor's own prices."""
    where = Conditions(
        "w.organisation_id = $1 and w.user_id = $2",
        OFFERED,
        values=[actor.organisation_id, actor.user_id],
    )
    sql, values = page_of(
        _ITEM,
        "catalogue_wishlist_items w join catalogue_products p on p.id = w.product_id",
        where,
        "w.created_at desc, w.product_id desc",
        page=paging.page,
        size=paging.size,
        key="w.product_id",
    )
    # The page is joined by the product alone: other people's wishes of it are not the actor's.
    sql = sql.replace(
        "join page on page.id = w.product_id",
        "join page on page.id = w.product_id and w.organisation_id = $1 and w.user_id = $2",
    )
    page = msgspec.json.decode(await read_json(session, sql, *values) or b"{}")
    goods = {"items": [one["product"] for one in page["items"]]}
    priced = msgspec.json.decode(
        await with_own_prices(session, actor.organisation_id, msgspec.json.encode(goods))
    )
    for one, product in zip(page["items"], priced["items"], strict=True):
        one["product"] = product
    return msgspec.json.encode(page)
