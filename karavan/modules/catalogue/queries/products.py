"""The supplier's table of products, and the page of one product for whoever may see it: one statement each."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import utc_now
from karavan.kit.db import read_json, read_row
from karavan.kit.errors import NotFoundError, invalid
from karavan.kit.json_sql import Conditions, moment, money, order_by, page_of, with_parts
from karavan.kit.pagination import CursorParameters, PageParameters, Sorting
from karavan.kit.text_search import prefix_query
from karavan.modules.catalogue.barcodes.gtin import find_in_scan
from karavan.modules.catalogue.lifecycles import PRODUCT
from karavan.modules.catalogue.models import Product
from karavan.modules.catalogue.queries.categories import branch_sql
from karavan.modules.catalogue.queries.product_json import PAGE, SUMMARY
from karavan.modules.catalogue.queries.product_rows import own_product

_SORT_COLUMNS = {
    "created_at": "p.created_at",
    "updated_at": "p.updated_at",
    "name": "p.name",
    "sku": "p.sku",
    "price": "p.price_amount",
    "available": "p.available",
    "state": "p.state",
}
PRODUCT_SORTS = Sorting("ProductSort", _SORT_COLUMNS, default="-created_at")
COUNTED_TO = 10_000
"""Further pages can be asked for all the same."""


class ProductFilter(Struct, frozen=True, kw_only=True):
    """What a supplier looks for among their products."""

    words: str | None = None
    states: Sequence[str] = ()
    active: bool | None = None
    visibility: str | None = None
    category_id: UUID | None = None
    in_stock: bool | None = None
    with_picture: bool | None = None
    flagged: bool | None = None


async def product_page(session: AsyncSession, actor: Actor | None, product_id: UUID) -> bytes:
    """A product as JSON for its supplier, or for a buyer or visitor who may see it, with what the reader may do now.

    Raises:
        NotFoundError: the reader may not know of it.
    """
    row = await read_row(session, PAGE, product_id, actor.organisation_id if actor else None)
    if row is None:
        raise NotFoundError
    body, organisation_id, state, parent_id = row
    if actor is None or actor.organisation_id != organisation_id:
        return f'{body[:-1]}, "actions": []}}'.encode()
    # The lifecycle's guards read these columns and no others; the row is never added to the session.
    moved = Product(organisation_id=organisation_id, state=state, parent_id=parent_id)
    actions = PRODUCT.actions(moved, actor, utc_now())
    return with_parts(body, actions=[one.model_dump(mode="json") for one in actions])


def own_products(actor: Actor, wanted: ProductFilter) -> Conditions:
    """Which products of the actor's organisation match; families count as their heads."""
    where = Conditions(
        "p.organisation_id = $1", "p.parent_id is null", values=[actor.organisation_id]
    )
    where.add("p.state = any(?::text[])", list(wanted.states))
    where.add("p.active = ?", wanted.active)
    where.add("p.visibility = ?", wanted.visibility)
    where.add("p.has_image = ?", wanted.with_picture)
    where.add("(p.available > 0) = ?", wanted.in_stock)
    where.add("(p.findings <> '[]'::jsonb) = ?", wanted.flagged)
    if wanted.category_id is not None:
        root = where.parameter([wanted.category_id])
        where.clauses.append(f"p.category_id = any({branch_sql(f'{root}::uuid[]')})")
    if wanted.words:
        _add_words(where, wanted.words)
    return where


def _add_words(where: Conditions, typed: str) -> None:
    words, prefix = where.parameter(typed), where.parameter(prefix_query(typed))
    sku, barcode = where.parameter(typed.strip()), where.parameter(find_in_scan(typed))
    escaped = typed.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = where.parameter(f"{escaped}%")
    # Whatever finds a variant finds its family.
    where.clauses.append(
        f"""p.id = any(array(
          select coalesce(m.parent_id, m.id) from catalogue_products m
          where m.organisation_id = $1 and m.id in (select catalogue_own_matching({words}, {prefix}))
          union all
          select coalesce(m.parent_id, m.id) from catalogue_products m
          where m.organisation_id = $1
            and (m.sku = {sku} or m.sku ilike {like} or m.barcode = {barcode})))"""
    )


async def list_products(
    session: AsyncSession,
    actor: Actor,
    wanted: ProductFilter,
    *,
    sort: Sequence[str],
    paging: PageParameters,
) -> bytes:
    """A page of the organisation's own products as JSON; `total` is counted to `COUNTED_TO`."""
    sql, values = page_of(
        SUMMARY,
        "catalogue_products p",
        own_products(actor, wanted),
        order_by(_SORT_COLUMNS, sort, "p.id", nullable=()),
        page=paging.page,
        size=paging.size,
        key="p.id",
        counted_to=COUNTED_TO,
    )
    return await read_json(session, sql, *values) or b""


_PRICE_CHANGES = f"""
select json_build_object('items', coalesce(json_agg(json_build_object(
    'id', c.id, 'before', {money("c.before_amount", "c.before_currency")},
    'after', {money("c.after_amount", "c.currency")}, 'reason', c.reason,
    'actor_name', c.actor_name, 'created_at', {moment("c.created_at")}) order by c.id desc)
    filter (where c.place <= $4), '[]'::json),
  'next', null)::text as body,
  (array_agg(c.id order by c.id desc) filter (where c.place = $4))[1] as last, count(*) > $4 as more
from (
  select *, row_number() over (order by id desc) as place from catalogue_price_changes
  where product_id = $1 and organisation_id = $2 and ($3::uuid is null or id < $3)
  order by id desc limit $4 + 1
) c
"""


async def price_changes(
    session: AsyncSession, actor: Actor, product_id: UUID, cursor: CursorParameters
) -> bytes:
    """A stretch of a product's prices, the newest first, as JSON.

    Raises:
        NotFoundError: it is no product of the actor's organisation.
        ValidationError: the cursor is none of ours.
    """
    await own_product(session, product_id)
    before = cursor_id(cursor)
    row = await read_row(
        session, _PRICE_CHANGES, product_id, actor.organisation_id, before, cursor.size
    )
    assert row is not None
    body, last, more = row
    return feed(body, CursorParameters.encode(last) if more else None)


def cursor_id(cursor: CursorParameters) -> UUID | None:
    """The position of a feed that is ordered by UUIDv7.

    Raises:
        ValidationError: it is none of ours.
    """
    text = cursor.decoded()
    try:
        return None if text is None else UUID(text)
    except ValueError:
        raise invalid(
            "#/query/cursor", "cursor", "This cursor did not come from this feed."
        ) from None


def feed(body: str, following: str | None) -> bytes:
    """A feed that SQL has built with `next` as its last, empty member."""
    if following is None:
        return body.encode()
    head, separator, _ = body.rpartition("null")
    assert separator
    return f'{head}"{following}"}}'.encode()
