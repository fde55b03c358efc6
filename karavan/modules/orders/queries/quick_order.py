"""A quick order is compared with what the supplier sells: matched, ambiguous, missing, each with what may be meant."""

import asyncio
from collections.abc import Collection, Sequence
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.decimals import plain
from karavan.kit.imports.errors import TableRefusedError
from karavan.modules.catalogue.public import Goods, goods_alike, goods_by_code, goods_of_families
from karavan.modules.links.public import accepted_link
from karavan.modules.orders.errors import UnreadableTableError
from karavan.modules.orders.pricing import Offer, offers_of
from karavan.modules.orders.queries.carts import product_view, warnings_of
from karavan.modules.orders.quick_order import (
    ROWS_MAX,
    Asked,
    batches,
    codes_in,
    pasted_lines,
)
from karavan.modules.orders.quick_tables import cells_of, read_order_table, table_lines
from karavan.modules.orders.schemas.carts import ParsedLine, ParsedOrder

_CODES_AT_ONCE = 2_000
_LOOKED_FOR_MAX = 40
"""For so many missing lines something alike is looked for: each costs a look through the supplier's goods."""


async def parse_text(
    session: AsyncSession, buyer_id: UUID, supplier_id: UUID, text: str
) -> ParsedOrder:
    """What pasted lines ask a supplier for.

    Raises:
        NotFoundError: there is no accepted link.
    """
    await accepted_link(session, buyer_id, supplier_id)
    found = await _found(session, supplier_id, codes_in(text))
    asked = pasted_lines(text, {code.upper() for code, goods in found.items() if goods})
    return await _parsed(session, buyer_id, supplier_id, asked, found)


async def parse_table(
    session: AsyncSession, buyer_id: UUID, supplier_id: UUID, file: BinaryIO
) -> ParsedOrder:
    """What a table asks a supplier for.

    Raises:
        NotFoundError: there is no accepted link.
        UnreadableTableError: the file is no table that can be read.
    """
    await accepted_link(session, buyer_id, supplier_id)
    try:
        table = await asyncio.to_thread(read_order_table, file)
    except TableRefusedError as error:
        raise UnreadableTableError(reason=error.reason.value) from error
    found = await _found(session, supplier_id, cells_of(table))
    asked = table_lines(table, {code.upper() for code, goods in found.items() if goods})
    return await _parsed(session, buyer_id, supplier_id, asked, found)


async def _found(
    session: AsyncSession, supplier_id: UUID, codes: Collection[str]
) -> dict[str, list[Goods]]:
    found: dict[str, list[Goods]] = {}
    for some in batches(codes, _CODES_AT_ONCE):
        found |= await goods_by_code(session, supplier_id, some)
    return found


async def _parsed(
    session: AsyncSession,
    buyer_id: UUID,
    supplier_id: UUID,
    asked: Sequence[Asked],
    found: dict[str, list[Goods]],
) -> ParsedOrder:
    kept = asked[:ROWS_MAX]
    heads = [one.id for line in kept for one in found.get(line.code) or () if one.has_variants]
    families = await goods_of_families(session, supplier_id, heads) if heads else {}
    meant: dict[int, list[Goods]] = {}
    looked_for = 0
    for one in kept:
        # Of a family only its variants can be ordered: they are what there is to choose from.
        meant[one.position] = [
            sold
            for goods in found.get(one.code) or ()
            for sold in (families.get(goods.id, ()) if goods.has_variants else (goods,))
        ]
        if not found.get(one.code) and looked_for < _LOOKED_FOR_MAX:
            looked_for += 1
            alike = await goods_alike(session, supplier_id, one.code)
            meant[one.position] = alike
    offers = await offers_of(
        session,
        supplier_id,
        buyer_id,
        [goods.id for several in meant.values() for goods in several],
    )
    lines = [_line(one, found.get(one.code) or [], meant[one.position], offers) for one in kept]
    states = [line.state for line in lines]
    return ParsedOrder(
        lines=lines,
        matched=states.count("matched"),
        ambiguous=states.count("ambiguous"),
        missing=states.count("missing"),
        cut_off=len(asked) > len(kept),
    )


def _line(
    asked: Asked, exact: Sequence[Goods], meant: Sequence[Goods], offers: dict[UUID, Offer]
) -> ParsedLine:
    candidates = [offers[goods.id] for goods in meant if goods.id in offers]
    single = candidates[0] if len(exact) == 1 and candidates and not exact[0].has_variants else None
    state = "matched" if single else "ambiguous" if exact else "missing"
    quantity = asked.quantity
    if quantity is None and single is not None and not asked.is_unread:
        quantity = single.goods.minimum_order
    return ParsedLine(
        position=asked.position,
        text=asked.text[:300],
        code=asked.code,
        quantity=None if quantity is None else type(quantity)(plain(quantity)),
        state=state,
        product=product_view(single) if single else None,
        candidates=[] if single else [product_view(one) for one in candidates],
        warnings=warnings_of(single, quantity) if single and quantity else [],
    )
