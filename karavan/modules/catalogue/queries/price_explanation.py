"""Why a price is what it is: for the supplier with every list, for a buyer with their own alone."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.clock import database_now
from karavan.kit.db import as_system, read_row, read_rows
from karavan.kit.errors import NotFoundError
from karavan.kit.money import MoneyBody
from karavan.modules.catalogue.prices import ONE, Tier, price_at, prices_for
from karavan.modules.catalogue.queries.product_json import OFFERED
from karavan.modules.catalogue.schemas.prices import PriceReason, PriceTier, PriceView

_PRODUCT = f"""
select p.organisation_id, p.unit, p.price_amount, p.currency from catalogue_products p
where p.id = $1 and (p.organisation_id = $2::uuid or {OFFERED})
"""
_LISTS = """
select id, name, priority, active, valid_from, valid_to from catalogue_price_lists
where organisation_id = $1 and (id = any($2) or $3 and id in (
  select list_id from catalogue_list_prices where product_id = $4))
order by array_position($2, id), priority desc, id
"""
_STEPS = """
select list_id, trim_scale(from_quantity), amount, currency, outcome
from catalogue_price_steps($1, array[$2::uuid], true)
"""
_CHAIN = "select lists from catalogue_price_chain($1, $2, $3)"


class _Step(Struct, frozen=True):
    from_quantity: Decimal
    amount: int
    currency: str
    outcome: str


class _List(Struct, frozen=True):
    id: UUID
    name: str
    priority: int
    active: bool
    valid_from: datetime | None
    valid_to: datetime | None


async def explained_price(
    session: AsyncSession,
    actor: Actor | None,
    product_id: UUID,
    buyer: UUID | None,
    quantity: Decimal,
) -> PriceView:
    """What a buyer pays for a quantity of a product, by which list, and what the other lists say.

    Args:
        buyer: for whom; by default the actor's organisation. Only the supplier may name another one.

    Raises:
        NotFoundError: the actor may not know of the product, or asks for somebody else.
    """
    own = actor.organisation_id if actor else None
    product = await read_row(session, _PRODUCT, product_id, own)
    if product is None:
        raise NotFoundError
    supplier, unit, amount, currency = product
    sells = own is not None and supplier == own
    if buyer is not None and buyer != own and not sells:
        raise NotFoundError
    reader = buyer if buyer is not None else (None if sells else own)
    tiers = (await prices_for(session, supplier, reader, [product_id]))[product_id]
    holding = price_at(tiers, quantity)
    async with as_system(session):
        reasons = await _reasons(
            session, supplier, product_id, reader, quantity, holding, every=sells
        )
    return PriceView(
        product_id=product_id,
        buyer_organisation_id=reader,
        quantity=quantity,
        unit=unit,
        price=MoneyBody.of(holding.amount, holding.currency),
        own_price=MoneyBody.of(amount, currency),
        tiers=[
            PriceTier(
                from_quantity=tier.from_quantity,
                price=MoneyBody.of(tier.amount, tier.currency),
                list_id=tier.list_id,
            )
            for tier in tiers
        ],
        explanation=reasons,
    )


async def _reasons(
    session: AsyncSession,
    supplier: UUID,
    product_id: UUID,
    buyer: UUID | None,
    quantity: Decimal,
    holding: Tier,
    *,
    every: bool,
) -> list[PriceReason]:
    """What each list says, those of the buyer first.

    Args:
        every: also of lists that have the product and are not the buyer's, which only the supplier may read.
    """
    now = await database_now(session)
    row = await read_row(session, _CHAIN, supplier, buyer, now)
    chain: Sequence[UUID] = (row[0] if row else None) or []
    steps: dict[UUID | None, list[_Step]] = {}
    for list_id, *values in await read_rows(session, _STEPS, list(chain), product_id):
        steps.setdefault(list_id, []).append(_Step(*values))
    reasons = []
    for row in await read_rows(session, _LISTS, supplier, list(chain), every, product_id):
        one = _List(*row)
        outside = None if one.id in chain else _why_not(one, now)
        reasons.append(_reason(one, steps.get(one.id, []), quantity, holding, outside))
    return [*reasons, _reason(None, steps.get(None, []), quantity, holding, None)]


def _why_not(one: _List, now: datetime) -> str:
    if not one.active:
        return "inactive"
    if one.valid_from is not None and one.valid_from > now:
        return "not_yet_valid"
    return "expired" if one.valid_to is not None and one.valid_to <= now else "not_assigned"


def _reason(
    one: _List | None, steps: list[_Step], quantity: Decimal, holding: Tier, outside: str | None
) -> PriceReason:
    list_id = one.id if one else None
    steps.sort(key=lambda step: step.from_quantity)
    reached = [step for step in steps if step.from_quantity <= max(quantity, ONE)]
    nearest = reached[-1] if reached else (steps[0] if steps else None)
    if outside is not None:
        outcome = outside
    elif nearest is None:
        outcome = "no_price"
    elif not reached:
        outcome = "more_pieces"
    elif nearest.outcome != "won":
        outcome = nearest.outcome
    else:
        outcome = "won" if holding.list_id == list_id else "smaller_quantity"
    return PriceReason.model_validate(
        {
            "list_id": list_id,
            "list_name": one.name if one else None,
            "priority": one.priority if one else None,
            "from_quantity": nearest.from_quantity if nearest else None,
            "price": MoneyBody.of(nearest.amount, nearest.currency) if nearest else None,
            "outcome": outcome,
        }
    )
