"""Which orders of lists the buyers of a supplier have, now and later, and which of them would make more pieces dearer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_rows
from karavan.modules.catalogue.models import PriceList

AT_ONCE = 5000
FAULTS_MAX = 20

Chain = tuple[UUID, ...]


def chain_at(chain: Iterable[UUID], lists: Mapping[UUID, PriceList], moment: datetime) -> Chain:
    """Of an order of lists, those that hold at a moment."""
    return tuple(
        one
        for one in chain
        if (found := lists.get(one)) is not None
        and found.active
        and (found.valid_from is None or found.valid_from <= moment)
        and (found.valid_to is None or found.valid_to > moment)
    )


async def chains_of(
    session: AsyncSession, supplier: UUID, lists: Mapping[UUID, PriceList], now: datetime
) -> set[Chain]:
    """The chains that some buyer of the supplier has now."""
    rows = await read_rows(session, "select lists from catalogue_price_chains_of($1)", supplier)
    return {chain for row in rows if (chain := chain_at(row[0], lists, now))}


async def coming_chains_with(
    session: AsyncSession, target: PriceList, lists: Mapping[UUID, PriceList], now: datetime
) -> list[Chain]:
    """The chains with one list that some buyer has now, or will have when lists begin or end."""
    rows = await read_rows(
        session, "select lists from catalogue_price_chains_of($1)", target.organisation_id
    )
    bounds = (bound for one in lists.values() for bound in (one.valid_from, one.valid_to))
    moments = [now, *sorted({bound for bound in bounds if bound is not None and bound > now})]
    found = {
        chain_at(row[0], lists, moment) for row in rows if target.id in row[0] for moment in moments
    }
    return sorted(chain for chain in found if target.id in chain)


class Fault(Struct, frozen=True):
    """A step at which a buyer would pay more for each piece than for fewer.

    Attributes:
        from_quantity, amount, list_id: of the step that is too dear.
        than_from, than_amount, than_list: of a step for fewer pieces that is cheaper; a list is nothing for the
            product's own price.
    """

    product_id: UUID
    from_quantity: Decimal
    amount: int
    list_id: UUID | None
    than_from: Decimal
    than_amount: int
    than_list: UUID | None

    def step_of(self, list_id: UUID) -> Decimal | None:
        """The quantity of the step of this list that takes part; nothing when it takes no part."""
        if self.list_id == list_id:
            return self.from_quantity
        return self.than_from if self.than_list == list_id else None


_STEPS = """
with steps as materialized (select * from catalogue_price_steps($1, $2, $3))
select product_id, list_id, from_quantity, amount, currency, outcome from steps
where outcome in ('won', 'dearer')
  and product_id in (select product_id from steps where outcome = 'dearer' order by 1 limit $4)
order by product_id, from_quantity
"""
_PRODUCTS = "select distinct product_id from catalogue_list_prices where list_id = $1 order by 1"


async def faults(
    session: AsyncSession,
    target: PriceList,
    lists: Mapping[UUID, PriceList],
    now: datetime,
    products: Sequence[UUID] | None = None,
    *,
    limit: int = FAULTS_MAX,
) -> list[Fault]:
    """Where the list makes more pieces dearer: by itself, or with what buyers get beside it.

    What is wrong among other lists alone is not told: it is not this list's fault, and nobody pays it anyway, as such
    steps are left out of what a buyer gets.

    Args:
        lists: all lists of the supplier, locked and flushed.
        products: whose prices to look at; nothing for all of the list.
        limit: how many are enough.
    """
    if products is None:
        products = [row[0] for row in await read_rows(session, _PRODUCTS, target.id)]
    chains = await coming_chains_with(session, target, lists, now)
    looked: list[tuple[Chain, bool]] = [((target.id,), False), *((one, True) for one in chains)]
    found: dict[tuple[UUID, Decimal | None], Fault] = {}
    for begin in range(0, len(products), AT_ONCE):
        part = products[begin : begin + AT_ONCE]
        for chain, with_own in looked:
            rows = await read_rows(session, _STEPS, list(chain), list(part), with_own, limit)
            for fault in _faults_in(rows, target.id):
                found.setdefault((fault.product_id, fault.step_of(target.id)), fault)
            if len(found) >= limit:
                return list(found.values())[:limit]
    return list(found.values())


def _faults_in(rows: Iterable[Sequence[Any]], target: UUID) -> list[Fault]:
    """The faults in which the list takes part; rows are in the order of products and quantities."""
    found = []
    before: list[tuple[UUID, Decimal, int, UUID | None, str]] = []
    for product_id, list_id, from_quantity, amount, currency, outcome in rows:
        if outcome == "dearer":
            cheaper = [
                one
                for one in before
                if one[0] == product_id and one[4] == currency and one[2] < amount
            ]
            # If the list's own step is not the one that is too dear, it may be one of those that are cheaper.
            own = [one for one in cheaper if one[3] == target]
            if list_id == target or own:
                than = min(cheaper if list_id == target else own, key=lambda one: one[2])
                found.append(
                    Fault(product_id, from_quantity, amount, list_id, than[1], than[2], than[3])
                )
        else:
            before = [one for one in before if one[0] == product_id]
            before.append((product_id, from_quantity, amount, list_id, currency))
    return found
