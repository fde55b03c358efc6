"""Reads of the tree. A branch is found by walking it: nothing but the parent is stored (docs/adr/0012)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import read_json, read_row
from karavan.kit.errors import NotFoundError, invalid
from karavan.modules.catalogue.errors import CategoryArchivedError
from karavan.modules.catalogue.permissions import CATEGORY_MANAGE
from karavan.modules.catalogue.queries.attributes import attributes_of

_BRANCH = """with recursive branch as (
  select id from catalogue_categories where id = any({roots})
  union all
  select c.id from catalogue_categories c join branch b on c.parent_id = b.id
) select id from branch"""

_LEVEL_MAX = 1_000_000


def branch_sql(roots: str) -> str:
    """An array of the categories `roots`, a `uuid[]` expression, and of all below them.

    It depends on nothing of the row it is compared with, so a statement evaluates it once:
    `p.category_id = any({branch_sql("$3::uuid[]")})`.
    """
    return f"array({_BRANCH.format(roots=roots)})"


_MOMENT = (
    """replace(to_char({} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z')"""
)
_REF = "json_build_object('id', {0}.id, 'code', {0}.code, 'names', {0}.names)"

_ANCESTORS = """(
  with recursive above as (
    select p.id, p.parent_id, p.code, p.names, 1 as height
    from catalogue_categories p where p.id = {parent}
    union all
    select p.id, p.parent_id, p.code, p.names, a.height + 1
    from catalogue_categories p join above a on p.id = a.parent_id
  ) select coalesce(json_agg(json_build_object('id', id, 'code', code, 'names', names)
      order by height desc), '[]'::json) from above
)"""

_NODES = """
with recursive tree as (
  select c.*, 1 as depth from catalogue_categories c
  where {start} and ($2 or c.archived_at is null)
  union all
  select c.*, t.depth + 1 from catalogue_categories c join tree t on c.parent_id = t.id
  where t.depth < $3 and ($2 or c.archived_at is null)
)
select coalesce(json_agg(json_build_object(
  'id', t.id, 'code', t.code, 'names', t.names, 'parent_id', t.parent_id, 'icon', t.icon,
  'position', t.position, 'archived', t.archived_at is not null, 'version', t.version,
  'child_count', (select count(*) from catalogue_categories k
                  where k.parent_id = t.id and ($2 or k.archived_at is null)),
  'children', '[]'::json
) order by t.depth, t.position, t.id), '[]'::json)::text from tree t
"""

_PAGE = f"""
select json_build_object(
  'id', c.id, 'code', c.code, 'names', c.names, 'parent_id', c.parent_id, 'icon', c.icon,
  'position', c.position, 'version', c.version,
  'archived_at', {_MOMENT.format("c.archived_at")}, 'replaced_by_id', c.replaced_by_id,
  'updated_at', {_MOMENT.format("c.updated_at")},
  'path', {_ANCESTORS.format(parent="c.parent_id")},
  'children', (select coalesce(json_agg({_REF.format("k")} order by k.position, k.id), '[]'::json)
               from catalogue_categories k where k.parent_id = c.id and k.archived_at is null),
  'attributes', '[]'::json, 'actions', '[]'::json
)::text from catalogue_categories c where c.id = $1
"""

_HITS = f"""
select json_build_object('items', coalesce(json_agg(json_build_object(
  'id', c.id, 'code', c.code, 'names', c.names, 'icon', c.icon,
  'child_count', (select count(*) from catalogue_categories k
                  where k.parent_id = c.id and k.archived_at is null),
  'path', {_ANCESTORS.format(parent="c.parent_id")}
) order by c.rank, c.names ->> 'en', c.id), '[]'::json))::text
from (
  select *, case
    when $1 in (code, lower(names ->> 'en'), lower(names ->> 'ru'), lower(names ->> 'kk')) then 0
    when $1 = left(lower(names ->> 'en'), length($1)) or $1 = left(lower(names ->> 'ru'), length($1))
      or $1 = left(lower(names ->> 'kk'), length($1)) then 1
    else 2 end as rank
  from catalogue_categories
  where archived_at is null and (code = $1
    or strpos(lower(names ->> 'en'), $1) > 0 or strpos(lower(names ->> 'ru'), $1) > 0
    or strpos(lower(names ->> 'kk'), $1) > 0)
  order by rank, names ->> 'en', id limit $2
) c
"""

# The whole tree as it was answered last, for each choice of `archived`: one read for every change of the tree.
_whole: dict[bool, tuple[str, bytes]] = {}


async def tree_tag(session: AsyncSession) -> str:
    """An entity tag of everything that is read here (RFC 9110 § 8.8.3): it changes with the tree.

    The identifier of the tree's row version keeps two databases apart that have seen as many changes.
    """
    row = await read_row(
        session,
        "select revision || '-' || xmin || '-' || (select oid from pg_database"
        " where datname = current_database()) from catalogue_category_tree",
    )
    assert row is not None
    return str(row[0])


async def category_tree(
    session: AsyncSession, tag: str, *, parent_id: UUID | None, depth: int | None, archived: bool
) -> bytes:
    """The tree, or what is below a category, as JSON.

    Args:
        tag: what `tree_tag` has said in this transaction.
        depth: levels, from the first on; all by default.
        archived: with archived categories.
    """
    whole = parent_id is None and depth is None
    if whole and (kept := _whole.get(archived)) is not None and kept[0] == tag:
        return kept[1]
    start = "c.parent_id is null and $1::uuid is null" if parent_id is None else "c.parent_id = $1"
    body = await read_json(
        session, _NODES.format(start=start), parent_id, archived, depth or _LEVEL_MAX
    )
    nodes: list[dict[str, Any]] = msgspec.json.decode(body or b"[]")
    by_id = {node["id"]: node for node in nodes}
    first: list[dict[str, Any]] = []
    for node in nodes:
        parent = by_id.get(node["parent_id"])
        (first if parent is None else parent["children"]).append(node)
    answer = msgspec.json.encode({"revision": int(tag.split("-", maxsplit=1)[0]), "items": first})
    if whole:
        _whole[archived] = (tag, answer)
    return answer


async def category_id_of(session: AsyncSession, id_or_code: str) -> UUID:
    """A category by its identifier or by its code.

    Raises:
        NotFoundError: there is none.
    """
    try:
        return UUID(id_or_code)
    except ValueError:
        row = await read_row(
            session, "select id from catalogue_categories where code = $1", id_or_code
        )
    if row is None:
        raise NotFoundError
    return UUID(str(row[0]))


async def category_page(session: AsyncSession, actor: Actor | None, category_id: UUID) -> bytes:
    """A category with its place in the tree and everything that its products are asked for, as JSON.

    Raises:
        NotFoundError: there is none.
    """
    body = await read_json(session, _PAGE, category_id)
    if body is None:
        raise NotFoundError
    page = msgspec.json.decode(body)
    refs = {one["id"]: one for one in page["path"]}
    page["attributes"] = [
        {
            **attribute.as_json(),
            "inherited_from": refs.get(str(attribute.category_id)),
        }
        for attribute in await attributes_of(session, category_id)
    ]
    if actor is not None and actor.may(CATEGORY_MANAGE):
        archived = page["archived_at"] is not None
        page["actions"] = [
            "edit",
            "move",
            "restore" if archived else "archive",
            *([] if page["children"] else ["delete"]),
        ]
    return msgspec.json.encode(page)


async def find_categories(session: AsyncSession, words: str, *, size: int) -> bytes:
    """Categories whose name in any language holds `words`, as JSON: equal ones first, then beginnings, then parts."""
    return await read_json(session, _HITS, " ".join(words.lower().split()), size) or b"{}"


async def branch_of(session: AsyncSession, *category_ids: UUID) -> list[UUID]:
    """These categories and all below them, archived ones included."""
    row = await read_row(session, f"select {branch_sql('$1::uuid[]')}", list(category_ids))
    return [] if row is None else list(row[0])


async def lasting_category(session: AsyncSession, category_id: UUID) -> UUID | None:
    """The category, or what took its place since it was archived; nothing when none of them is left."""
    row = await read_row(
        session,
        """
        with recursive later as (
          select id, replaced_by_id, archived_at, 1 as step
          from catalogue_categories where id = $1
          union all
          select c.id, c.replaced_by_id, c.archived_at, l.step + 1
          from later l join catalogue_categories c on c.id = l.replaced_by_id
          where l.archived_at is not null and l.step < 100
        ) select id from later where archived_at is null
        """,
        category_id,
    )
    return None if row is None else row[0]


async def path_of(session: AsyncSession, category_id: UUID) -> list[UUID]:
    """The category and its ancestors, nearest first; nothing when there is no such category."""
    row = await read_row(
        session,
        """
        with recursive above as (
          select id, parent_id, 1 as height from catalogue_categories where id = $1
          union all
          select p.id, p.parent_id, a.height + 1
          from catalogue_categories p join above a on p.id = a.parent_id
        ) select coalesce(array_agg(id order by height), '{}') from above
        """,
        category_id,
    )
    return [] if row is None else list(row[0])


async def category_named(session: AsyncSession, names: Sequence[str]) -> UUID | None:
    """The category that a path of names means, as in “Coffee → Beans”: in any language, and the last one decides.

    Args:
        names: from the widest to the narrowest; ancestors may be left out.

    Returns:
        Nothing when no live category, or more than one, answers to it.
    """
    wanted = [" ".join(name.lower().split()) for name in names if name.strip()]
    if not wanted:
        return None
    found = await session.execute(
        text(
            """
            with recursive hits as (
              select id, id as at, parent_id, 1 as matched from catalogue_categories
              where archived_at is null and :last in
                (code, lower(names ->> 'en'), lower(names ->> 'ru'), lower(names ->> 'kk'))
              union all
              select h.id, p.id, p.parent_id, h.matched + case
                when array[p.code, lower(p.names ->> 'en'), lower(p.names ->> 'ru'),
                           lower(p.names ->> 'kk')] && :above then 1 else 0 end
              from hits h join catalogue_categories p on p.id = h.parent_id
            )
            select id, max(matched) as matched from hits group by id order by matched desc limit 2
            """
        ).bindparams(bindparam("above", wanted[:-1]), bindparam("last", wanted[-1]))
    )
    rows = found.all()
    if not rows or (len(rows) == 2 and rows[0].matched == rows[1].matched):
        return None
    return UUID(str(rows[0].id))


class CategoryFacts(Struct, frozen=True, kw_only=True):
    """What others need of a category. `names` has `en`, `ru` and `kk`."""

    id: UUID
    code: str
    names: Mapping[str, str]


async def chosen_category(
    session: AsyncSession, category_id: UUID, *, pointer: str = "#/category_id"
) -> CategoryFacts:
    """The category that somebody files a product under.

    Args:
        pointer: where the request names it.

    Raises:
        ValidationError: there is none.
        CategoryArchivedError: nothing is filed under it any more; `meta` says what took its place.
    """
    row = await read_row(
        session,
        "select code, names::text, archived_at is not null, replaced_by_id"
        " from catalogue_categories where id = $1",
        category_id,
    )
    if row is None:
        raise invalid(pointer, "unknown", "There is no such category.")
    code, names, archived, replaced_by = row
    if archived:
        raise CategoryArchivedError(
            replaced_by_id=None if replaced_by is None else str(replaced_by)
        )
    return CategoryFacts(id=category_id, code=code, names=msgspec.json.decode(names))
