"""Keeping documents: products in, rows of `catalogue_search` out, the vocabulary counted along.

Everything here runs as the system, one at a time (the job's lock), so counts of words do not race.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID
from zlib import crc32

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_json, read_row
from karavan.modules.catalogue.search.category_book import CategoryBook, facet
from karavan.modules.catalogue.search.documents import (
    Document,
    ProductText,
    is_counted,
    words_of,
)
from karavan.modules.catalogue.search.marks import (
    EVERY,
    OPEN,
    category_mark,
    currency_mark,
    facet_mark,
    price_marks,
    supplier_mark,
)
from karavan.modules.catalogue.search.scripts import skeleton
from karavan.modules.catalogue.search.spelling import deletions
from karavan.modules.catalogue.search.stems import learn

# A family says what its variants are, and is found by their codes.
_READ = """
with heads as (
  select distinct coalesce(parent_id, id) as id from catalogue_products where id = any($1::uuid[])
)
select json_build_object('products', coalesce((select json_agg(json_build_object(
    'id', p.id, 'organisation', p.organisation_id, 'seller', p.organisation_name,
    'visibility', p.visibility, 'category', p.category_id, 'price', p.price_amount,
    'currency', p.currency, 'available', p.available > 0, 'names', p.names,
    'descriptions', p.descriptions, 'attributes', p.attributes, 'sku', p.sku,
    'barcode', p.barcode, 'barcode_text', p.barcode_text, 'weight', p.weight_grams,
    'rating_sum', p.rating_sum, 'rating_count', p.rating_count, 'has_image', p.has_image,
    'published_at', coalesce(p.published_at, p.created_at),
    'variants', case when p.has_variants then coalesce((select json_agg(json_build_object(
        'sku', v.sku, 'barcode', v.barcode, 'barcode_text', v.barcode_text, 'options', v.options))
      from catalogue_products v
      where v.parent_id = p.id and v.state = 'published' and v.active), '[]'::json)
      else '[]'::json end))
  from catalogue_products p join heads h on h.id = p.id
  where p.state = 'published' and p.active and p.parent_id is null), '[]'::json),
  'before', coalesce((select json_agg(json_build_object('id', s.product_id, 'words', s.words))
    from catalogue_search s
    where s.product_id = any($1::uuid[] || array(select id from heads))), '[]'::json))::text
"""

_WRITE = """
with given as (
  select * from jsonb_to_recordset($1::jsonb) as g(
    product_id uuid, organisation_id uuid, organisation_name text, visibility text,
    category_id uuid, price_amount bigint, currency text, in_stock boolean, rating real,
    published_at timestamptz, quality real, name_length smallint, facets text[], words text[],
    lexemes text)
), placed as (
  select g.*, (select count(*) from catalogue_search_tiers t where t.quality_from > g.quality) as tier
  from given g
), gone as (
  delete from catalogue_search where product_id = any($2::uuid[]) returning 1
), written as (
  insert into catalogue_search as s (product_id, organisation_id, organisation_name, visibility,
    category_id, price_amount, currency, in_stock, rating, published_at, quality, name_length,
    tier, facets, words, lexemes)
  select product_id, organisation_id, organisation_name, visibility, category_id, price_amount,
    currency, in_stock, rating, published_at, quality, name_length, tier, facets, words,
    lexemes::tsvector from placed order by product_id
  on conflict (product_id) do update set
    organisation_name = excluded.organisation_name, visibility = excluded.visibility,
    category_id = excluded.category_id, price_amount = excluded.price_amount,
    currency = excluded.currency, in_stock = excluded.in_stock, rating = excluded.rating,
    published_at = excluded.published_at, quality = excluded.quality,
    name_length = excluded.name_length, tier = excluded.tier, facets = excluded.facets,
    words = excluded.words, lexemes = excluded.lexemes
  where s.* is distinct from excluded.*
  returning 1
)
select (select count(*) from written) + (select count(*) from gone)
"""

_COUNT = """
with given as (
  select * from jsonb_to_recordset($1::jsonb) as g(
    word text, lexeme text, skeleton text, change bigint, deletions text[])
), changed as (
  insert into catalogue_search_words as w (word, lexeme, skeleton, frequency, deletions)
  select word, lexeme, skeleton, change, coalesce(deletions, '{}') from given
  on conflict (word) do update set frequency = w.frequency + excluded.frequency
  returning 1
)
select count(*) from changed
"""
_FORGET = "with gone as (delete from catalogue_search_words where frequency <= 0 returning 1) select count(*) from gone"

# Three reviews of the middle, so that one reader's five stars do not go before a hundred readers' four and a half.
_PRIOR_COUNT, _PRIOR_RATING = 3, 3.5


async def index_products(
    session: AsyncSession, product_ids: Sequence[UUID], *, book: CategoryBook | None = None
) -> int:
    """Make the documents of these products anew, and take away those of products that are no longer shown.

    Args:
        session: the system's.
        product_ids: variants stand for their families.
        book: the categories, where many batches share them.

    Returns:
        How many documents were written.
    """
    if not product_ids:
        return 0
    read = msgspec.json.decode(await read_json(session, _READ, list(product_ids)) or b"{}")
    products, before = read["products"], {one["id"]: one["words"] for one in read["before"]}
    book = book or await CategoryBook.read(session)
    texts = [text_of(product, book) for product in products]
    await learn(session, set().union(*(words_of(text) for text, _ in texts)) if texts else ())
    rows, counts, meanings = [], Counter[str](), dict[str, str]()
    for words in before.values():
        counts.subtract(words)
    for product, (text, facets) in zip(products, texts, strict=True):
        document = Document(text, marks_of(product, facets, book))
        # Words of goods that are for linked buyers alone must not be guessed from corrections.
        shown = product["visibility"] != "linked"
        words = sorted(one for one in document.words if shown and is_counted(one))
        counts.update(words)
        meanings.update(document.words)
        rows.append(row_of(product, document, facets, words))
    shown_ids = {product["id"] for product in products}
    gone = [UUID(one) for one in before if one not in shown_ids]
    await read_row(session, _WRITE, msgspec.json.encode(rows).decode(), gone)
    await _count_words(session, counts, meanings)
    return len(rows)


def text_of(product: dict[str, Any], book: CategoryBook) -> tuple[ProductText, list[str]]:
    """What can be searched of a product as `_READ` gives it, and the values to filter it by."""
    category, variants = product["category"], product["variants"]
    values, facets = book.values(category, product["attributes"])
    for variant in variants:
        for axis, value in variant["options"].items():
            values.append({"": str(value)})
            facets.append(facet(axis, str(value)))
    codes = [
        one[key]
        for one in (product, *variants)
        for key in ("sku", "barcode", "barcode_text")
        if one[key]
    ]
    weight = product["weight"]
    text = ProductText(
        names=product["names"],
        descriptions=product["descriptions"],
        categories=book.names(category),
        values=values,
        seller=product["seller"],
        codes=codes,
        measures=[f"{weight} g"] if weight else [],
    )
    return text, sorted(set(facets))


def marks_of(product: dict[str, Any], facets: list[str], book: CategoryBook) -> list[str]:
    """The marks of a product as `_READ` gives it."""
    return [
        EVERY,
        *((OPEN,) if product["visibility"] != "linked" else ()),
        supplier_mark(product["organisation"]),
        *map(category_mark, book.chain(product["category"])),
        currency_mark(product["currency"]),
        *price_marks(product["currency"], product["price"]),
        *map(facet_mark, facets),
    ]


def quality_of(product: dict[str, Any]) -> float:
    """What speaks for a product whatever the words are, from nought to one.

    Between equals a thousandth decides that is drawn from the identifier: no two sellers share a place, nobody is first
    for having come first, and however many are alike, the best so many can be told from the rest. What can be had now
    has 0.4995 or more, which `catalogue_search_matching` counts on.
    """
    count, total = product["rating_count"], product["rating_sum"]
    liked = (total + _PRIOR_COUNT * _PRIOR_RATING) / (count + _PRIOR_COUNT) / 5
    known = 0.5 * product["available"] + 0.35 * liked + 0.15 * product["has_image"]
    drawn = crc32(str(product["id"]).encode()) / 2**32
    return float(round(0.999 * known + 0.001 * drawn, 8))


def row_of(
    product: dict[str, Any], document: Document, facets: list[str], words: list[str]
) -> dict[str, Any]:
    """The row of `catalogue_search` for a product as `_READ` gives it; `lexemes` is the text of a `tsvector`."""
    count, total = product["rating_count"], product["rating_sum"]
    return {
        "product_id": product["id"],
        "organisation_id": product["organisation"],
        "organisation_name": product["seller"],
        "visibility": product["visibility"],
        "category_id": product["category"],
        "price_amount": product["price"],
        "currency": product["currency"],
        "in_stock": product["available"],
        "rating": total / count if count else 0,
        "published_at": product["published_at"],
        "quality": quality_of(product),
        "name_length": document.name_length,
        "facets": facets,
        "words": words,
        "lexemes": document.lexemes,
    }


async def _count_words(
    session: AsyncSession, counts: Counter[str], meanings: dict[str, str]
) -> None:
    given = []
    for word, change in sorted(counts.items()):
        if change:
            bones = skeleton(word)
            known = word in meanings
            given.append(
                {
                    "word": word,
                    "lexeme": meanings.get(word, ""),
                    "skeleton": bones,
                    "change": change,
                    "deletions": sorted(deletions(bones)) if known else [],
                }
            )
    if given:
        await read_row(session, _COUNT, msgspec.json.encode(given).decode())
        await read_row(session, _FORGET)
