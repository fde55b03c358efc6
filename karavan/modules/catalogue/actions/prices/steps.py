"""Prices of a list, cell by cell: all that are named change, or none."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import read_row
from karavan.kit.decimals import plain
from karavan.kit.errors import FieldError, ValidationError
from karavan.kit.tenancy import caller_is
from karavan.kit.versions import refuse_stale
from karavan.modules.catalogue.actions.prices.rows import locked_lists, one_of, record
from karavan.modules.catalogue.actions.prices.told import dearer, figures, sentence
from karavan.modules.catalogue.errors import STEP_NOUGHT
from karavan.modules.catalogue.models import PriceList, Product
from karavan.modules.catalogue.price_chains import Fault, faults
from karavan.modules.catalogue.schemas.prices import PriceInput, PricesBody
from karavan.modules.catalogue.states import ProductState

Cell = tuple[UUID, Decimal]
"""A product and a quantity."""

_WRITE = """
with cells as (
  select * from json_to_recordset($2::json) as c(product_id uuid, from_quantity numeric, amount bigint)
), gone as (
  delete from catalogue_list_prices p using cells c
  where p.list_id = $1 and p.product_id = c.product_id and p.from_quantity = c.from_quantity
    and c.amount is null
  returning p.product_id, p.from_quantity, p.amount
), made as (
  insert into catalogue_list_prices as p (list_id, product_id, from_quantity, organisation_id, amount)
  select $1, product_id, from_quantity, $3, amount from cells where amount is not null
  on conflict (list_id, product_id, from_quantity) do update set amount = excluded.amount
    where p.amount <> excluded.amount
  returning p.product_id
), touched as (
  insert into catalogue_price_touches as t (list_id, product_id, organisation_id, revision)
  select $1, product_id, $3, $4 from (select product_id from gone union select product_id from made) x
  on conflict (list_id, product_id) do update set revision = excluded.revision
  returning 1
)
select (select count(*) from gone) + (select count(*) from made), (select count(*) from touched)
"""
_BEFORE = """
select coalesce(json_agg(json_build_array(p.product_id, trim_scale(p.from_quantity)::text, p.amount)), '[]'::json)::text
from catalogue_list_prices p
join json_to_recordset($2::json) as c(product_id uuid, from_quantity numeric, amount bigint)
  on c.product_id = p.product_id and c.from_quantity = p.from_quantity
where p.list_id = $1
"""


async def set_prices(
    session: AsyncSession, actor: Actor, list_id: UUID, body: PricesBody
) -> PriceList:
    """Write, change and take away steps of a list.

    Raises:
        NotFoundError: it is not a list of the actor's organisation.
        ConflictError: somebody else changed it since the caller read it.
        ValidationError: with a pointer to each row that does not fit: an unknown product, another currency, the same step
            twice, or a step that makes more pieces dearer, in the list or in what some buyer gets.
        MorePiecesDearerError: a step that is taken away leaves others behind that are dearer.
    """
    lists = await locked_lists(session, actor.organisation_id)
    price_list = one_of(lists, list_id)
    refuse_stale(price_list, body.version)
    products = await sellable(session, actor, {one.product_id for one in body.prices})
    errors = _misfits(body.prices, price_list, products)
    if errors:
        raise ValidationError(errors=errors)
    cells = {
        (one.product_id, one.from_quantity): one.price.amount if one.price else None
        for one in body.prices
    }
    before = await amounts(session, price_list.id, cells)
    if not await write_cells(session, price_list, cells):
        return price_list
    await session.flush()
    changed = sorted({product_id for product_id, _ in cells})
    found = await faults(session, price_list, lists, await database_now(session), changed)
    if found:
        raise await _refusal(session, found, body.prices, lists, price_list)
    after = {key: amount for key, amount in cells.items() if before.get(key) != amount}
    record(
        session,
        actor,
        price_list,
        "change_prices",
        "prices_changed",
        before=_audited({key: before.get(key) for key in after}, products),
        after=_audited(after, products),
        products=changed,
    )
    return price_list


async def sellable(session: AsyncSession, actor: Actor, ids: set[UUID]) -> dict[UUID, str]:
    """The SKUs of those of the actor's products that can have a price in a list, by id."""
    found = await session.execute(
        select(Product.id, Product.sku).where(
            Product.id.in_(ids),
            Product.organisation_id == actor.organisation_id,
            caller_is(Product.organisation_id),
            Product.has_variants.is_(False),
            Product.state != ProductState.ARCHIVED,
        )
    )
    return {row.id: row.sku for row in found}


async def amounts(
    session: AsyncSession, list_id: UUID, cells: Mapping[Cell, int | None]
) -> dict[Cell, int]:
    """What a list says in these cells; absent where it says nothing."""
    row = await read_row(session, _BEFORE, list_id, _encoded(cells))
    assert row is not None
    return {
        (UUID(product_id), Decimal(from_quantity)): amount
        for product_id, from_quantity, amount in msgspec.json.decode(row[0])
    }


async def write_cells(
    session: AsyncSession, price_list: PriceList, cells: Mapping[Cell, int | None]
) -> int:
    """Write amounts into a locked list, and note whose prices changed at its next revision.

    Returns:
        How many cells are different now.
    """
    revision = price_list.revision + 1
    row = await read_row(
        session, _WRITE, price_list.id, _encoded(cells), price_list.organisation_id, revision
    )
    assert row is not None
    if row[0]:
        price_list.revision = revision
        price_list.version += 1
    return int(row[0])


def _encoded(cells: Mapping[Cell, int | None]) -> str:
    return msgspec.json.encode(
        [
            {"product_id": str(product_id), "from_quantity": str(quantity), "amount": amount}
            for (product_id, quantity), amount in cells.items()
        ]
    ).decode()


def _misfits(
    prices: Sequence[PriceInput], price_list: PriceList, products: Mapping[UUID, str]
) -> list[FieldError]:
    errors = []
    seen: set[Cell] = set()
    for index, one in enumerate(prices):
        pointer = f"#/prices/{index}"
        key = (one.product_id, one.from_quantity)
        if one.product_id not in products:
            errors.append(
                FieldError(
                    pointer=f"{pointer}/product_id",
                    code="unknown",
                    detail="None of your products that can be sold has this id.",
                )
            )
        elif key in seen:
            errors.append(
                FieldError(
                    pointer=f"{pointer}/from_quantity",
                    code="duplicate",
                    detail="The same step stands twice.",
                )
            )
        elif one.price is not None and one.price.currency != price_list.currency:
            errors.append(
                FieldError(
                    pointer=f"{pointer}/price/currency",
                    code="currency",
                    detail=f"The list is in {price_list.currency}.",
                )
            )
        elif one.price is not None and one.price.amount == 0:
            errors.append(FieldError(pointer=f"{pointer}/price", code="nought", detail=STEP_NOUGHT))
        seen.add(key)
    return errors


async def _refusal(
    session: AsyncSession,
    found: Sequence[Fault],
    prices: Sequence[PriceInput],
    lists: Mapping[UUID, PriceList],
    price_list: PriceList,
) -> Exception:
    rows = {(one.product_id, one.from_quantity): index for index, one in enumerate(prices)}
    errors = []
    named: dict[str, Any] = {}
    for fault in found:
        ours = fault.step_of(price_list.id)
        # Of two steps of this list the row that was sent is to be mended, be it the dear one or the cheap one.
        candidates = [ours, fault.from_quantity, fault.than_from]
        index = next(
            (
                rows[fault.product_id, one]
                for one in candidates
                if one is not None and (fault.product_id, one) in rows
            ),
            None,
        )
        if index is not None:
            named = named or figures(fault, lists)
            errors.append(
                FieldError(
                    pointer=f"#/prices/{index}/price",
                    code="dearer",
                    detail=sentence(fault, lists),
                )
            )
    if not errors:
        return await dearer(session, found, lists)
    return ValidationError(errors[0].detail, errors=errors, **named)


def _audited(cells: Mapping[Cell, Any], products: Mapping[UUID, str]) -> dict[str, Any]:
    shown = list(cells.items())[:50]
    return {
        f"{products[product_id]} × {plain(quantity)}": amount
        for (product_id, quantity), amount in shown
    }
