"""Products, categories and sellers, as searchers and messengers see them."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import Database, read_row, read_rows
from karavan.kit.money import Money
from karavan.kit.public_pages import Address, AddressParts, FixedFacts, PageHead, PublicPages
from karavan.modules.catalogue.models.products import SHOWN_PUBLICLY
from karavan.modules.catalogue.prices import prices_for
from karavan.modules.catalogue.queries.categories import branch_of
from karavan.modules.organisations.public import organisation_card

_ID = r"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
PICTURE_SIDE_MIN = 600
"""Messengers show smaller pictures as stamps. In pixels."""

_PUBLIC = "p.state = 'published' and p.active and p.visibility in ('public', 'both')"
_LISTED = f"{_PUBLIC} and p.parent_id is null"

_ABOVE = """
with recursive above as (
  select c.id, c.parent_id, c.code, c.names, c.archived_at, 1 as height
  from catalogue_categories c where {which}
  union all
  select c.id, c.parent_id, c.code, c.names, c.archived_at, a.height + 1
  from catalogue_categories c join above a on c.id = a.parent_id
)
select json_agg(json_build_object('id', id, 'code', code, 'names', names) order by height desc)::text,
  bool_or(archived_at is not null)
from above
"""
_PRODUCT = f"""
select json_build_object(
  'names', p.names, 'descriptions', p.descriptions, 'sku', p.sku, 'barcode', p.barcode,
  'images', p.images, 'amount', p.price_amount, 'currency', p.currency,
  'available', p.available > 0, 'category_id', p.category_id, 'parent_id', p.parent_id,
  'seller_id', p.organisation_id, 'seller', p.organisation_name,
  'rating_sum', p.rating_sum, 'rating_count', p.rating_count,
  'variants', (select json_build_object('count', count(*), 'high', max(v.price_amount))
    from catalogue_products v
    where p.has_variants and v.parent_id = p.id and v.state = 'published' and v.active)
)::text from catalogue_products p where p.id = $1 and {_PUBLIC}
"""


_WORDS_MAX = 200
_GOODS_SHOWN = 20
_NEWEST_GOODS = f"""
select p.id, p.names::text from catalogue_products p where {SHOWN_PUBLICLY}
order by p.published_at desc, p.id desc limit {_GOODS_SHOWN}
"""
# Every category of the branch gives a few by an index, however many products there are.
_GOODS_OF_BRANCH = f"""
select g.id, g.names::text from unnest($1::uuid[]) as branch(id) cross join lateral (
  select p.id, p.names, p.published_at from catalogue_products p
  where p.category_id = branch.id and {SHOWN_PUBLICLY} order by p.price_amount, p.id limit {_GOODS_SHOWN}) g
order by g.published_at desc, g.id desc limit {_GOODS_SHOWN}
"""


def _in(texts: Mapping[str, str], locale: str) -> str:
    """A text in the reader's language, else in the first that there is."""
    return next((found for code in (locale, "en", "ru", "kk") if (found := texts.get(code))), "")


def _crumbs(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Names and paths from the widest to the page itself, as schema.org's BreadcrumbList."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": path}
            for position, (name, path) in enumerate(steps, 1)
        ],
    }


async def _above(session: AsyncSession, which: str, value: object) -> list[dict[str, Any]] | None:
    """A category and all above it, the widest first; nothing when it is not there or archived."""
    row = await read_row(session, _ABOVE.format(which=which), value)
    if row is None or row[0] is None or row[1]:
        return None
    found: list[dict[str, Any]] = msgspec.json.decode(row[0])
    return found


def _steps(above: Sequence[Mapping[str, Any]], locale: str) -> list[tuple[str, str]]:
    """Names and paths of categories."""
    return [(_in(one["names"], locale), f"/catalogue/{one['code']}") for one in above]


def _goods(rows: Sequence[Sequence[Any]], locale: str) -> dict[str, Any]:
    """Goods of a page as schema.org's ItemList; nothing where there are none."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": _in(msgspec.json.decode(names), locale),
            "url": f"/products/{product_id}",
        }
        for position, (product_id, names) in enumerate(rows, 1)
    ]
    return {"mainEntity": {"@type": "ItemList", "itemListElement": items}} if items else {}


def _pictures(images: Sequence[Mapping[str, Any]]) -> list[str]:
    """Paths of pictures, each in the smallest size that is large enough for a preview."""

    def path_of(image: Mapping[str, Any]) -> str:
        sizes = image["sizes"]
        side = next((one for one in sizes if one >= PICTURE_SIDE_MIN), sizes[-1])
        return f"/api/v1/media/pictures/{image['key']}/{side}.webp"

    return [path_of(image) for image in images if image.get("sizes")]


def _major(amount: int, currency: str) -> str:
    return str(Money(amount, currency).to_decimal())


async def _offer(
    session: AsyncSession, product_id: UUID, found: Mapping[str, Any], url: str
) -> dict[str, Any]:
    """What everybody pays for one piece, as schema.org's Offer; of a family, from the lowest to the highest."""
    tiers = (await prices_for(session, None, None, [product_id])).get(product_id)
    amount, currency = (
        (tiers[0].amount, tiers[0].currency) if tiers else (found["amount"], found["currency"])
    )
    offer: dict[str, Any] = {
        "url": url,
        "priceCurrency": currency,
        "availability": f"https://schema.org/{'InStock' if found['available'] else 'OutOfStock'}",
        "seller": {
            "@type": "Organization",
            "name": found["seller"],
            "url": f"/sellers/{found['seller_id']}",
        },
    }
    variants = found["variants"]
    if variants["count"]:
        return {
            "@type": "AggregateOffer",
            "lowPrice": _major(amount, currency),
            "highPrice": _major(max(amount, variants["high"]), currency),
            "offerCount": variants["count"],
            **offer,
        }
    return {"@type": "Offer", "price": _major(amount, currency), **offer}


async def _read_product(
    session: AsyncSession, matched: re.Match[str], locale: str
) -> PageHead | None:
    product_id = UUID(matched[1])
    row = await read_row(session, _PRODUCT, product_id)
    if row is None:
        return None
    found = msgspec.json.decode(row[0])
    url = f"/products/{found['parent_id'] or product_id}"
    name, about = _in(found["names"], locale), _in(found["descriptions"], locale)
    above = None
    if found["category_id"]:
        above = await _above(session, "c.id = $1", UUID(found["category_id"]))
    steps = _steps(above or (), locale)
    pictures = _pictures(found["images"])
    facts: dict[str, Any] = {
        "@type": "Product",
        "@id": url,
        "name": name,
        "description": about,
        "sku": found["sku"],
        "gtin": found["barcode"],
        "image": pictures,
        "category": " > ".join(one for one, _ in steps),
        "offers": await _offer(session, product_id, found, url),
    }
    if found["rating_count"]:
        mean = Decimal(found["rating_sum"]) / found["rating_count"]
        facts["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": str(mean.quantize(Decimal("0.1"))),
            "ratingCount": found["rating_count"],
        }
    return PageHead(
        title=name,
        description=f"{name}, {found['seller']}. {about}",
        facts={
            "@graph": [
                {key: value for key, value in facts.items() if value},
                _crumbs([*steps, (name, url)]),
            ]
        },
        picture=pictures[0] if pictures else None,
    )


async def _read_category(
    session: AsyncSession, matched: re.Match[str], locale: str
) -> PageHead | None:
    above = await _above(session, "c.code = $1 or c.id::text = lower($1)", matched[1])
    if above is None:
        return None
    steps = _steps(above, locale)
    name, path = steps[-1]
    branch = await branch_of(session, UUID(above[-1]["id"]))
    return PageHead(
        title=name,
        description=" › ".join(one for one, _ in steps) + ". " + _OFFERS[locale],
        facts={
            "@graph": [
                {
                    "@type": "CollectionPage",
                    "name": name,
                    "url": path,
                    "inLanguage": locale,
                    **_goods(await read_rows(session, _GOODS_OF_BRANCH, branch), locale),
                },
                _crumbs(steps),
            ],
        },
    )


async def _read_home(
    database: Database, head: PageHead, words: str, locale: str
) -> Mapping[str, Any]:
    """The whole site, and how it is searched."""
    del database, words
    return {
        "@type": "WebSite",
        "name": "Karavan",
        "url": "/",
        "description": head.description,
        "inLanguage": locale,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": "/search?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }


async def _read_front(
    database: Database, head: PageHead, words: str, locale: str
) -> Mapping[str, Any]:
    """The catalogue with its newest goods."""
    del words
    async with database.transaction() as session:
        goods = _goods(await read_rows(session, _NEWEST_GOODS), locale)
    return {
        "@graph": [
            {
                "@type": "CollectionPage",
                "name": head.title,
                "description": head.description,
                "url": "/catalogue",
                "inLanguage": locale,
                **goods,
            },
            _crumbs([(head.title, "/catalogue")]),
        ]
    }


async def _read_search(
    database: Database, head: PageHead, words: str, locale: str
) -> Mapping[str, Any]:
    """That these are results, and of what: which ones is asked for by those who read them, and costs a search."""
    del database
    return {
        "@graph": [
            {
                "@type": "SearchResultsPage",
                "name": f"{head.title}: {words[:_WORDS_MAX]}" if words else head.title,
                "description": head.description,
                "url": "/search",
                "inLanguage": locale,
            },
            _crumbs([(head.title, "/search")]),
        ]
    }


_OFFERS = {
    "en": "Prices, stock and suppliers on one page.",
    "ru": "Цены, наличие и поставщики на одной странице.",
    "kk": "Бағалар, қоймадағы қалдық және жеткізушілер бір бетте.",
}


async def _read_seller(
    session: AsyncSession, matched: re.Match[str], locale: str
) -> PageHead | None:
    seller_id = UUID(matched[1])
    offers = await read_row(
        session,
        f"select 1 from catalogue_products p where p.organisation_id = $1 and {_LISTED} limit 1",
        seller_id,
    )
    card = await organisation_card(session, seller_id) if offers else None
    if card is None:
        return None
    facts = {
        "@type": "Organization",
        "name": card.name,
        "description": card.description,
        "url": f"/sellers/{card.id}",
        "sameAs": card.website,
        "address": {
            "@type": "PostalAddress",
            "addressCountry": card.country,
            "addressLocality": card.city,
        },
    }
    return PageHead(
        title=card.name,
        description=f"{card.name}. {card.description or _OFFERS[locale]}",
        facts={name: value for name, value in facts.items() if value},
    )


# Every category and seller costs one look into an index, whatever the number of products.
_FILLED_CATEGORIES = text(f"""
select c.code, n.published_at from catalogue_categories c cross join lateral (
  select p.published_at from catalogue_products p
  where p.category_id = c.id and {_LISTED} limit 1) n
where c.archived_at is null order by c.code limit :wanted
""")
_SELLERS = text(f"""
with recursive sellers as (
  (select p.organisation_id from catalogue_products p where {_LISTED} order by 1 limit 1)
  union all
  select (select p.organisation_id from catalogue_products p
    where p.organisation_id > s.organisation_id and {_LISTED} order by 1 limit 1)
  from sellers s where s.organisation_id is not null
)
select s.organisation_id, (select p.published_at from catalogue_products p
    where p.organisation_id = s.organisation_id and {_LISTED}
    order by p.published_at desc, p.id desc limit 1) as changed_at
from sellers s where s.organisation_id is not null limit :wanted
""")
_PRODUCT_STARTS = text(f"""
select id from (select p.id, row_number() over (order by p.id) as place from catalogue_products p where {_LISTED}) one
where (place - 1) % :step = 0 order by id
""")
_PRODUCTS = text(f"""
select p.id, p.updated_at from catalogue_products p where p.id >= :start and {_LISTED} order by p.id limit :wanted
""")


async def _category_addresses(session: AsyncSession, wanted: int) -> Sequence[Address]:
    rows = await session.execute(_FILLED_CATEGORIES, {"wanted": wanted})
    return [(f"/catalogue/{code}", published_at) for code, published_at in rows]


async def _seller_addresses(session: AsyncSession, wanted: int) -> Sequence[Address]:
    rows = await session.execute(_SELLERS, {"wanted": wanted})
    return [(f"/sellers/{seller_id}", changed_at) for seller_id, changed_at in rows]


async def _product_starts(session: AsyncSession, step: int) -> Sequence[UUID]:
    return (await session.scalars(_PRODUCT_STARTS, {"step": step})).all()


async def _product_addresses(session: AsyncSession, start: UUID, wanted: int) -> Sequence[Address]:
    rows = await session.execute(_PRODUCTS, {"start": start, "wanted": wanted})
    return [(f"/products/{product_id}", changed_at) for product_id, changed_at in rows]


CATALOGUE_PAGES = (
    PublicPages(
        path=re.compile(r"/catalogue/([A-Za-z0-9_-]{1,80})"),
        read=_read_category,
        addresses=_category_addresses,
    ),
    PublicPages(path=re.compile(f"/sellers/{_ID}"), read=_read_seller, addresses=_seller_addresses),
    PublicPages(
        path=re.compile(f"/products/{_ID}"),
        read=_read_product,
        parts=AddressParts(name="products", starts=_product_starts, read=_product_addresses),
    ),
)

CATALOGUE_FACTS = (
    FixedFacts(path="/", read=_read_home),
    FixedFacts(path="/catalogue", read=_read_front),
    FixedFacts(path="/search", read=_read_search),
)
