"""Import of a price list: rows of SKU, quantity and price, several for one product where it has several steps."""

import contextlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import savepoint
from karavan.kit.errors import invalid
from karavan.kit.imports import headings, values
from karavan.kit.imports.faults import CellError
from karavan.kit.imports.kinds import (
    Attempt,
    ImportKind,
    Outcome,
    SectionMatch,
    declare_kind,
)
from karavan.kit.imports.lifecycle import import_lifecycle
from karavan.kit.imports.readers import Cell
from karavan.kit.imports.target import Field, Record, Target
from karavan.kit.imports.values import Hints, minor_units
from karavan.kit.imports.words import currency_code, unit_word
from karavan.kit.money import minor_digits
from karavan.kit.schemas import Body
from karavan.kit.scopes import SYSTEM
from karavan.kit.tenancy import caller_is
from karavan.modules.catalogue.actions.prices.rows import locked_lists, one_of, record
from karavan.modules.catalogue.actions.prices.steps import Cell as Step
from karavan.modules.catalogue.actions.prices.steps import amounts, write_cells
from karavan.modules.catalogue.actions.prices.told import figures, sentence
from karavan.modules.catalogue.errors import STEP_NOUGHT
from karavan.modules.catalogue.importing.kind import actor_of
from karavan.modules.catalogue.importing.remarks import PRICE_REMARKS
from karavan.modules.catalogue.importing.rows import as_asked
from karavan.modules.catalogue.importing.tax import net_amount, prices_hold_tax
from karavan.modules.catalogue.models import PriceList, Product
from karavan.modules.catalogue.permissions import PRICE_READ, PRICE_WRITE
from karavan.modules.catalogue.price_chains import faults
from karavan.modules.catalogue.states import ProductState

_NO_TAX = Decimal(0)


def _from_quantity(cell: Cell, hints: Hints) -> Decimal | None:
    value = values.quantity(cell, hints)
    if value is not None and value < 1:
        raise CellError("quantity", "A step begins at one piece or more.")
    return value


PRICES = Target(
    name="price_list",
    key="sku",
    unique_keys=False,
    fields=[
        Field(
            name="sku",
            synonyms=headings.CODES,
            parse=values.code(64),
            required=True,
        ),
        Field(
            name="price",
            synonyms=["цена", "price", "стоимость", "unit price", "цена за единицу", "баға", "бағасы", "оптовая цена",
                      "wholesale price", "цена опт", "прайс", "цена с ндс", "цена без ндс", "new price", "новая цена"],
            parse=values.amount,
            required=True,
        ),
        Field(
            name="from_quantity",
            synonyms=[*headings.QUANTITIES, "от количества", "от", "from quantity", "from", "min quantity", "от шт",
                      "минимальное количество", "min qty", "бастап", "tier", "объём", "объем"],
            parse=_from_quantity,
        ),
        Field(
            name="currency",
            synonyms=["валюта", "currency", "ccy", "валютасы"],
            parse=values.currency,
            betrays=lambda cell: isinstance(cell, str) and currency_code(cell) is not None and not unit_word(cell),
        ),
    ],
)  # fmt: skip


class PriceImportOptions(Body):
    """Which list the rows are for, and whether their prices hold the tax: by default the heading tells."""

    list_id: UUID
    prices_include_tax: bool | None = None


class PriceWriter:
    """Writes rows into a list. A row that makes more pieces dearer is refused, the others are written.

    Args:
        with_tax: whether the prices of the file hold the tax.
    """

    def __init__(self, actor: Actor, list_id: UUID, *, with_tax: bool) -> None:
        self._actor = actor
        self._list_id = list_id
        self._with_tax = with_tax
        self._rates: dict[UUID, Decimal] = {}

    def prepare(self, records: Sequence[Record]) -> None:
        """Nothing: what a row means depends on its product and list."""

    def sections(self) -> list[SectionMatch]:
        """None: rows of a price list belong nowhere else."""
        return []

    def unused(self) -> list[str]:
        """None: prices have no pictures."""
        return []

    def close(self) -> None:
        """Nothing is open."""

    async def write(
        self, session: AsyncSession, records: Sequence[Record], *, dry: bool
    ) -> Sequence[Outcome]:
        """One batch; see `Writer`.

        Raises:
            NotFoundError: the list is gone.
        """
        lists = await locked_lists(session, self._actor.organisation_id)
        price_list = one_of(lists, self._list_id)
        products = await self._products(session, {one.values["sku"] for one in records})
        cells, rows = _cells(records, products, price_list, self._rates)
        before = await amounts(session, price_list.id, cells)
        await self._refuse_dearer(session, lists, price_list, cells, rows)
        if not dry and cells and await write_cells(session, price_list, cells):
            changed = sorted({product_id for product_id, _ in cells})
            record(
                session, self._actor, price_list, "import", "prices_changed",
                after={"rows": len(cells)}, products=changed,
            )  # fmt: skip
            await session.flush()
        outcomes = []
        for one in records:
            key = _key(one, products)
            if one.errors or key is None:
                outcomes.append(Outcome.REFUSED)
            elif key not in before:
                outcomes.append(Outcome.CREATED)
            else:
                same = before[key] == cells[key]
                outcomes.append(Outcome.UNCHANGED if same else Outcome.UPDATED)
        return outcomes

    async def _products(self, session: AsyncSession, skus: set[str]) -> dict[str, UUID]:
        found = await session.execute(
            select(Product.sku, Product.id, Product.tax_rate).where(
                Product.organisation_id == self._actor.organisation_id,
                caller_is(Product.organisation_id),
                Product.sku_key.in_([sku.upper() for sku in skus]),
                Product.has_variants.is_(False),
                Product.state != ProductState.ARCHIVED,
            )
        )
        rows = found.all()
        if self._with_tax:
            self._rates = {row.id: row.tax_rate for row in rows}
        return as_asked(skus, {row.sku: row.id for row in rows})

    async def _refuse_dearer(
        self,
        session: AsyncSession,
        lists: dict[UUID, PriceList],
        price_list: PriceList,
        cells: dict[Step, int | None],
        rows: dict[Step, Record],
    ) -> None:
        """Write for a try, and take out whatever makes more pieces dearer, until nothing does."""
        now = await database_now(session)
        while cells:
            changed = sorted({product_id for product_id, _ in cells})
            with contextlib.suppress(_TakenBackError):
                async with savepoint(session):
                    await write_cells(session, price_list, cells)
                    await session.flush()
                    found = await faults(session, price_list, lists, now, changed, limit=len(cells))
                    raise _TakenBackError
            await session.refresh(price_list)
            refused = 0
            for fault in found:
                steps = (fault.step_of(price_list.id), fault.from_quantity, fault.than_from)
                for quantity in steps:
                    key = (fault.product_id, quantity) if quantity is not None else None
                    if key is not None and key in cells:
                        rows[key].refuse(
                            "price", "dearer", sentence(fault, lists), **figures(fault, lists)
                        )
                        del cells[key]
                        refused += 1
                        break
            if not refused:
                return


class _TakenBackError(Exception):
    """Ends a try, whose writing must leave nothing behind."""


def _key(one: Record, products: dict[str, UUID]) -> Step | None:
    product_id = products.get(one.values["sku"])
    return (
        None if product_id is None else (product_id, one.values.get("from_quantity") or Decimal(1))
    )


def _cells(
    records: Sequence[Record],
    products: dict[str, UUID],
    price_list: PriceList,
    rates: dict[UUID, Decimal],
) -> tuple[dict[Step, int | None], dict[Step, Record]]:
    """What the rows say by step; what is wrong with a row is added to its errors.

    Args:
        rates: of the tax that is in the prices, in percent, by product; empty where there is none in them.
    """
    cells: dict[Step, int | None] = {}
    rows: dict[Step, Record] = {}
    for one in records:
        key = _key(one, products)
        if key is None:
            one.refuse("sku", "unknown", "None of your products has this SKU.")
            continue
        if key in cells:
            first = rows[key].number
            one.refuse(
                "from_quantity", "duplicate", f"Row {first} says the same step.", row=str(first)
            )
            continue
        try:
            amount = _amount(one.values, price_list)
        except CellError as error:
            one.refuse("price", error.code, error.detail, **error.facts)
            continue
        cells[key], rows[key] = net_amount(amount, rates.get(key[0], _NO_TAX)), one
    return cells, rows


def _amount(row: dict[str, Any], price_list: PriceList) -> int:
    value, beside = row["price"]
    if value is None:
        raise CellError("required", "Give a price.")
    if (row.get("currency") or beside or price_list.currency) != price_list.currency:
        raise CellError(
            "currency", f"The list is in {price_list.currency}.", currency=price_list.currency
        )
    amount = minor_units(value, minor_digits(price_list.currency))
    if amount == 0:
        raise CellError("nought", STEP_NOUGHT)
    return amount


async def _writer(attempt: Attempt) -> PriceWriter:
    run = attempt.run
    async with attempt.context.database.transaction(SYSTEM) as session:
        actor = await actor_of(session, run)
    options = PriceImportOptions.model_validate(run.options)
    with_tax = prices_hold_tax(run.mapping["columns"], options.prices_include_tax)
    return PriceWriter(actor, options.list_id, with_tax=with_tax)


async def _check_options(session: AsyncSession, actor: Actor, options: PriceImportOptions) -> None:
    """Refuse a list that is not the actor's.

    Raises:
        ValidationError: it is not.
    """
    found = await session.scalar(
        select(PriceList.id).where(
            PriceList.id == options.list_id,
            PriceList.organisation_id == actor.organisation_id,
            caller_is(PriceList.organisation_id),
        )
    )
    if found is None:
        raise invalid("#/options/list_id", "unknown", "You have no such price list.")


PRICE_IMPORTS = declare_kind(
    ImportKind(
        name="price_list",
        target=PRICES,
        lifecycle=import_lifecycle("price_import", PRICE_WRITE),
        permission=PRICE_WRITE,
        read_permission=PRICE_READ,
        modes=["upsert"],
        options=PriceImportOptions,
        writer=_writer,
        check_options=_check_options,
        remarks=PRICE_REMARKS,
        subject=lambda options: {"list_id": str(options.list_id)},
    )
)
