"""How it is said that more pieces would become dearer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.decimals import plain
from karavan.kit.money import Money
from karavan.modules.catalogue.errors import MorePiecesDearerError
from karavan.modules.catalogue.models import PriceList, Product
from karavan.modules.catalogue.price_chains import Fault, faults


async def refuse_faults(
    session: AsyncSession, target: PriceList, lists: Mapping[UUID, PriceList], now: datetime
) -> None:
    """Refuse a change of a flushed list, or of whom it is for, that makes more pieces dearer.

    Raises:
        MorePiecesDearerError: with up to twenty rows.
    """
    found = await faults(session, target, lists, now)
    if found:
        raise await dearer(session, found, lists)


async def dearer(
    session: AsyncSession, found: Sequence[Fault], lists: Mapping[UUID, PriceList]
) -> MorePiecesDearerError:
    """The refusal that names every row."""
    skus = await session.execute(
        select(Product.id, Product.sku).where(Product.id.in_({one.product_id for one in found}))
    )
    by_id = {row.id: row.sku for row in skus}
    rows: list[dict[str, Any]] = [
        {
            "product_id": str(one.product_id),
            "sku": by_id.get(one.product_id, ""),
            "from_quantity": plain(one.from_quantity),
            "amount": one.amount,
            "list": _name(one.list_id, lists),
            "than_from": plain(one.than_from),
            "than_amount": one.than_amount,
            "than_list": _name(one.than_list, lists),
        }
        for one in found
    ]
    first = found[0]
    named = f"{rows[0]['sku']}: " if rows[0]["sku"] else ""
    return MorePiecesDearerError(named + sentence(first, lists), rows=rows)


def sentence(fault: Fault, lists: Mapping[UUID, PriceList]) -> str:
    """What is wrong with a step, for people."""
    named = figures(fault, lists)
    return (
        f"From {named['from_quantity']} on each piece would cost {named['cost']}"
        f" ({_name(fault.list_id, lists) or 'own price'}), from {named['than_from']} only {named['than_cost']}"
        f" ({_name(fault.than_list, lists) or 'own price'})."
    )


def figures(fault: Fault, lists: Mapping[UUID, PriceList]) -> dict[str, str]:
    """What the sentence names, in whatever language it is said."""
    currency = next(
        (
            found.currency
            for one in (fault.list_id, fault.than_list)
            if one and (found := lists.get(one))
        ),
        "KZT",
    )
    dear, cheap = (Money(one, currency).to_decimal() for one in (fault.amount, fault.than_amount))
    return {
        "from_quantity": plain(fault.from_quantity),
        "cost": f"{dear} {currency}",
        "than_from": plain(fault.than_from),
        "than_cost": f"{cheap} {currency}",
    }


def _name(list_id: UUID | None, lists: Mapping[UUID, PriceList]) -> str | None:
    return lists[list_id].name if list_id is not None and list_id in lists else None
