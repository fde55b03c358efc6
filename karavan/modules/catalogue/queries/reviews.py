"""Reviews as SQL builds them: of a product for everybody, of a seller, and for moderators."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_json, read_row
from karavan.kit.errors import NotFoundError
from karavan.kit.json_sql import Conditions, moment, order_by, page_of
from karavan.kit.pagination import PageParameters, Sorting
from karavan.modules.catalogue.permissions import REVIEW_REPLY, REVIEW_WRITE
from karavan.modules.catalogue.queries.product_json import OFFERED

_SORTS = {"published_at": "r.published_at", "rating": "r.rating", "created_at": "r.created_at"}
REVIEW_SORTS = Sorting("ReviewSort", _SORTS, default="-published_at")
COUNTED_TO = 10_000

_MINE = "coalesce(r.buyer_organisation_id = $1::uuid, false)"

# `$1` is the reader's organisation or null, `$2` and `$3` whether they may write reviews and answer them.
_VIEW = f"""json_build_object(
  'id', r.id, 'product_id', r.product_id, 'product_name', r.product_name,
  'product_names', coalesce((select p.names from catalogue_products p where p.id = r.product_id), '{{}}'::jsonb),
  'seller', json_build_object('id', r.organisation_id, 'name', r.organisation_name),
  'author_name', r.buyer_name, 'mine', {_MINE},
  'state', r.state, 'rating', r.rating, 'text', r.text, 'images', r.images,
  'reply', case when r.reply is not null then json_build_object('text', r.reply,
    'replied_at', {moment("r.replied_at")},
    'author_name', case when r.organisation_id = $1::uuid then r.reply_by_name end) end,
  'findings', case when r.buyer_organisation_id = $1::uuid then r.findings else '[]'::jsonb end,
  'rejection_reason', case when r.buyer_organisation_id = $1::uuid then r.rejection_reason end,
  'version', r.version, 'created_at', {moment("r.created_at")}, 'edited', r.edited_at is not null,
  'actions', case
    when r.buyer_organisation_id = $1::uuid and $2::boolean then '["edit", "delete"]'::json
    when r.buyer_organisation_id = $1::uuid then '[]'::json
    when r.organisation_id = $1::uuid and $3::boolean and r.state = 'published'
      then '["reply", "report"]'::json
    when $1::uuid is not null and r.state = 'published' then '["report"]'::json
    else '[]'::json end)"""


def _reader(actor: Actor | None) -> list[object]:
    if actor is None:
        return [None, False, False]
    return [actor.organisation_id, actor.may(REVIEW_WRITE), actor.may(REVIEW_REPLY)]


async def review_view(session: AsyncSession, actor: Actor, review_id: UUID) -> bytes:
    """A review that the actor may read, as JSON.

    Raises:
        NotFoundError: there is none.
    """
    sql = f"""select {_VIEW}::text from catalogue_reviews r
        where r.id = $4 and (r.state = 'published' or r.buyer_organisation_id = $1::uuid)"""
    body = await read_json(session, sql, *_reader(actor), review_id)
    if body is None:
        raise NotFoundError
    return body


_PRODUCT = f"""
select coalesce(h.id, p.id), h.rating_sum, h.rating_count from catalogue_products p
left join catalogue_products h on h.id = coalesce(p.parent_id, p.id)
where p.id = $1 and (p.organisation_id = $2::uuid or {OFFERED})
"""
_STARS = ("one", "two", "three", "four", "five")
_SUMMARY = f"""
select json_build_object(
  'average', case when $4::bigint > 0 then round($5::numeric / $4, 2)::float8 end, 'count', $4::bigint,
  'distribution', json_build_object({
    ", ".join(
        f"'{name}', coalesce(sum(n.count) filter (where n.rating = {stars}), 0)"
        for stars, name in enumerate(_STARS, start=1)
    )
}))::text,
  (select {_VIEW}::text from catalogue_reviews r
   where r.product_id = $6 and r.buyer_organisation_id = $1::uuid),
  $2::boolean and exists (select 1 from catalogue_review_rights g
    where g.product_id = $6 and g.buyer_organisation_id = $1::uuid)
  and not exists (select 1 from catalogue_reviews r
    where r.product_id = $6 and r.buyer_organisation_id = $1::uuid), $3::boolean
from catalogue_rating_counts n where n.product_id = $6
"""


async def product_reviews(
    session: AsyncSession,
    actor: Actor | None,
    product_id: UUID,
    *,
    ratings: Sequence[int],
    with_images: bool | None,
    sort: Sequence[str],
    paging: PageParameters,
) -> bytes:
    """A page of a product's published reviews as JSON, with their summary and the reader's own.

    Raises:
        NotFoundError: the reader may not know of the product.
    """
    reader = _reader(actor)
    product = await read_row(session, _PRODUCT, product_id, reader[0])
    if product is None:
        raise NotFoundError
    root, rating_sum, rating_count = product
    where = Conditions(
        "r.product_id = $4",
        "r.state = 'published'",
        "$2::boolean is not null and $3::boolean is not null",
        values=[*reader, root],
    )
    where.add("r.rating = any(?::bigint[])", list(ratings))
    where.add("(r.images <> '[]'::jsonb) = ?", with_images)
    page = await _page(session, where, sort, paging)
    row = await read_row(session, _SUMMARY, *reader, rating_count, rating_sum, root)
    assert row is not None
    summary, own, may_review, _ = row
    tail = (
        f', "summary": {summary}, "own": {own or "null"}, "may_review": {str(may_review).lower()}}}'
    )
    return page.rstrip()[:-1] + tail.encode()


async def seller_reviews(
    session: AsyncSession,
    actor: Actor,
    *,
    answered: bool | None,
    ratings: Sequence[int],
    sort: Sequence[str],
    paging: PageParameters,
) -> bytes:
    """A page of the published reviews of the actor's own products, as JSON."""
    where = Conditions(
        "r.organisation_id = $1::uuid",
        "r.state = 'published'",
        "$2::boolean is not null and $3::boolean is not null",
        values=_reader(actor),
    )
    where.add("(r.reply is not null) = ?", answered)
    where.add("r.rating = any(?::bigint[])", list(ratings))
    return await _page(session, where, sort, paging)


async def _page(
    session: AsyncSession, where: Conditions, sort: Sequence[str], paging: PageParameters
) -> bytes:
    sql, values = page_of(
        _VIEW,
        "catalogue_reviews r",
        where,
        order_by(_SORTS, sort, "r.id", nullable=()),
        page=paging.page,
        size=paging.size,
        counted_to=COUNTED_TO,
    )
    return await read_json(session, sql, *values) or b""


async def waiting_reviews(session: AsyncSession, paging: PageParameters) -> bytes:
    """What waits for a moderator, the oldest first, as JSON.

    Args:
        session: of the system: the rows are other organisations'.
    """
    # A moderator reads what the author reads of it without being the author, and acts by the desk's own routes.
    view = _VIEW.replace(_MINE, "false").replace(
        "r.buyer_organisation_id = $1::uuid", "$1::uuid is null"
    )
    item = f"""json_build_object('review', {view}, 'reports', coalesce((
      select json_agg(n.reason order by n.created_at) from catalogue_review_reports n
      where n.review_id = r.id and r.reports_count > 0), '[]'::json))"""
    where = Conditions(
        "r.state = 'proposed' or r.reports_count > 0",
        "$1::uuid is null and not $2::boolean and not $3::boolean",
        values=[None, False, False],
    )
    sql, values = page_of(
        item,
        "catalogue_reviews r",
        where,
        "r.created_at, r.id",
        page=paging.page,
        size=paging.size,
        counted_to=COUNTED_TO,
    )
    return await read_json(session, sql, *values) or b""
