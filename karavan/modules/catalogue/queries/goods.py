"""Goods as carts and orders need them: what is for sale of one supplier, by id or by what people call it."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.json import decode
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_rows
from karavan.modules.catalogue.barcodes.gtin import find_in_scan
from karavan.modules.catalogue.models.products import Product
from karavan.modules.catalogue.prices import Tier, with_own_price

ALIKE_MAX = 5


class Goods(Struct, frozen=True):
    """A published and active product, or one of its variants; `has_variants` says that it is the head of a family, of
    which only the variants are sold. `price_amount` is the list price in minor units, without tax.
    """

    id: UUID
    parent_id: UUID | None
    has_variants: bool
    sku: str
    name: str
    names: dict[str, str]
    options: dict[str, str]
    price_amount: int
    currency: str
    tax_rate: Decimal
    unit: str
    pack_size: Decimal
    minimum_order: Decimal
    available: Decimal
    image: dict[str, Any] | None
    barcode: str | None
    barcode_text: str | None


async def sku_and_names(
    session: AsyncSession, product_id: UUID
) -> tuple[str, dict[str, str]] | None:
    """A product's SKU and its names by language, in whatever state it is; nothing when it is gone."""
    found = await session.execute(
        select(Product.sku, Product.names).where(Product.id == product_id)
    )
    row = found.one_or_none()
    return None if row is None else (row.sku, row.names)


_COLUMNS = """p.id, p.parent_id, p.has_variants, p.sku, p.name, p.names::text, p.options::text,
 p.price_amount, p.currency, p.tax_rate, p.unit, p.pack_size, p.minimum_order, p.available, (p.images -> 0)::text,
 p.barcode, p.barcode_text"""
_FOR_SALE = "p.organisation_id = $1 and p.state = 'published' and p.active"

_OFFERED = f"""
select s.steps::text, {_COLUMNS} from catalogue_products p
left join catalogue_buyer_steps($3::uuid, $2::uuid[]) s on s.product_id = p.id
where p.id = any($2::uuid[]) and {_FOR_SALE}
"""

_BY_CODE = f"""
select {_COLUMNS} from catalogue_products p
where {_FOR_SALE} and (p.sku_key = any($2::text[]) or p.barcode = any($3::text[])
  or p.barcode_text = any($4::text[]))
order by p.sku limit 5000
"""

_OF_FAMILIES = f"""
select {_COLUMNS} from catalogue_products p
where {_FOR_SALE} and p.parent_id = any($2::uuid[]) order by p.parent_id, p.position, p.id
"""

# Words of a name, or a SKU that begins alike. Only the supplier's own goods are looked through.
_ALIKE = f"""
select {_COLUMNS} from catalogue_products p
where {_FOR_SALE} and not p.has_variants
  and (p.sku ilike $2 || '%' or p.names::text ilike '%' || $2 || '%'
    or replace(replace(p.sku, '-', ''), ' ', '') ilike replace(replace($2, '-', ''), ' ', ''))
order by (p.sku ilike $2 || '%') desc, p.name, p.id limit {ALIKE_MAX}
"""


def _goods(row: Sequence[Any]) -> Goods:
    product_id, parent_id, has_variants, sku, name, names, options, *numbers, image, mark, text = (
        row
    )
    price_amount, currency, tax_rate, unit, pack_size, minimum_order, available = numbers
    return Goods(
        id=product_id,
        parent_id=parent_id,
        has_variants=has_variants,
        sku=sku,
        name=name,
        names=decode(names),
        options=decode(options),
        price_amount=price_amount,
        currency=currency,
        tax_rate=tax_rate,
        unit=unit,
        pack_size=pack_size,
        minimum_order=minimum_order,
        available=available,
        image=decode(image) if image else None,
        barcode=mark,
        barcode_text=text,
    )


async def goods_and_prices(
    session: AsyncSession, supplier_id: UUID, buyer_id: UUID, product_ids: Sequence[UUID]
) -> dict[UUID, tuple[Goods, list[Tier]]]:
    """Those of the products that the supplier sells at this moment, with what a buyer pays for each by quantity.

    Whether the buyer may buy them, the caller has asked. Tiers are as `prices_for` gives them.
    """
    rows = await read_rows(session, _OFFERED, supplier_id, list(product_ids), buyer_id)
    found = {}
    for steps, *columns in rows:
        goods = _goods(columns)
        listed = decode(steps) if steps else ()
        found[goods.id] = goods, with_own_price(listed, goods.price_amount, goods.currency)
    return found


async def goods_by_code(
    session: AsyncSession, supplier_id: UUID, codes: Sequence[str]
) -> dict[str, list[Goods]]:
    """What the supplier sells under each SKU, whatever its case, or barcode; nothing for codes that mean nothing."""
    scanned = {code: gtin for code in codes if (gtin := find_in_scan(code))}
    rows = await read_rows(
        session,
        _BY_CODE,
        supplier_id,
        [code.upper() for code in codes],
        list(scanned.values()),
        list(codes),
    )
    known = [_goods(row) for row in rows]
    by_sku: dict[str, list[Goods]] = defaultdict(list)
    by_mark: dict[str, list[Goods]] = defaultdict(list)
    for goods in known:
        by_sku[goods.sku.upper()].append(goods)
        for mark in (goods.barcode, goods.barcode_text):
            if mark is not None:
                by_mark[mark].append(goods)
    return {
        code: by_sku.get(code.upper()) or by_mark.get(scanned.get(code, code)) or []
        for code in codes
    }


async def goods_of_families(
    session: AsyncSession, supplier_id: UUID, head_ids: Sequence[UUID]
) -> dict[UUID, list[Goods]]:
    """The variants on sale of each family, in their order, by the family's head."""
    by_head: dict[UUID, list[Goods]] = defaultdict(list)
    for row in await read_rows(session, _OF_FAMILIES, supplier_id, list(head_ids)):
        goods = _goods(row)
        if goods.parent_id is not None:
            by_head[goods.parent_id].append(goods)
    return by_head


async def goods_alike(session: AsyncSession, supplier_id: UUID, words: str) -> list[Goods]:
    """A few goods whose SKU begins so or whose name contains it: what somebody may have meant."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return [_goods(row) for row in await read_rows(session, _ALIKE, supplier_id, escaped)]
