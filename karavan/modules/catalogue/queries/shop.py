"""What buyers see of a supplier: the catalogue through a trading link, and the seller's public page."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_json
from karavan.kit.errors import NotFoundError
from karavan.kit.json_sql import moment
from karavan.kit.pagination import PageParameters, Sorting
from karavan.modules.catalogue.queries.linked_catalogue import (
    SORT_COLUMNS,
    CatalogueFilter,
    linked_page,
)
from karavan.modules.catalogue.queries.product_json import OFFERED, SHOWN
from karavan.modules.links.public import LINKED_SUPPLIERS, NoLinkError
from karavan.modules.organisations.public import organisation_card

CATALOGUE_SORTS = Sorting("CatalogueSort", SORT_COLUMNS, default="name")
COUNTED_TO = 1_000


async def linked_catalogue(
    session: AsyncSession,
    actor: Actor,
    supplier_id: UUID,
    wanted: CatalogueFilter,
    *,
    sort: Sequence[str],
    paging: PageParameters,
) -> bytes:
    """A page of a supplier's catalogue as JSON; `total` is counted to `COUNTED_TO`.

    Raises:
        NoLinkError: there is no accepted link, and it is not the actor's own catalogue.
    """
    sql, values = linked_page(
        wanted,
        sort,
        page=paging.page,
        size=paging.size,
        buyer=actor.organisation_id,
        supplier=supplier_id,
        counted_to=COUNTED_TO,
    )
    body = await read_json(session, sql, *values)
    if body is None:
        raise NoLinkError
    return body


_SELLER = f"""
with offered as materialized (
  select p.category_id, p.rating_sum, p.rating_count, p.published_at from catalogue_products p
  where p.organisation_id = $1 and {SHOWN} and (p.organisation_id = $2::uuid or {OFFERED})
  limit 100000
)
select json_build_object(
  'id', $1::uuid, 'name', $3::text, 'description', $4::text, 'country', $5::text, 'city', $6::text,
  'website', $7::text, 'logo_url', $8::text,
  'products_count', (select count(*) from offered),
  'rating', (select json_build_object('sum', coalesce(sum(rating_sum), 0),
                                      'count', coalesce(sum(rating_count), 0)) from offered),
  'categories', coalesce((select json_agg(json_build_object(
      'id', c.id, 'code', c.code, 'names', c.names, 'count', n.count) order by n.count desc, c.code)
    from (select category_id, count(*) as count from offered group by 1 order by 2 desc limit 50) n
    join catalogue_categories c on c.id = n.category_id), '[]'::json),
  'since', (select {moment("min(published_at)")} from offered),
  'linked', $1::uuid = any({LINKED_SUPPLIERS}),
  'own', coalesce($1::uuid = $2::uuid, false)
)::text
where exists (select 1 from offered) or $1::uuid = $2::uuid
"""


async def seller_page(session: AsyncSession, actor: Actor | None, organisation_id: UUID) -> bytes:
    """A seller's page as JSON: what the reader may see of their goods, counted.

    Raises:
        NotFoundError: there is no such seller, or nothing that the reader may see.
    """
    card = await organisation_card(session, organisation_id)
    if card is None:
        raise NotFoundError
    reader = actor.organisation_id if actor else None
    body = await read_json(
        session,
        _SELLER,
        organisation_id,
        reader,
        card.name,
        card.description,
        card.country,
        card.city,
        card.website,
        card.logo_url,
    )
    if body is None:
        raise NotFoundError
    return body
