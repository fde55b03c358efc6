"""What past trade says: prices of similar lines, categories of similar requests, dealings with vendors."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import as_system

MARKET_MIN_ORGANISATIONS = 5
"""Fewer vendors or buyers than this and a statistic would tell one organisation's prices to another."""

_SIMILAR = "to_tsvector('russian', {column}) @@ plainto_tsquery('russian', :words)"


class PriceStatistics(Struct, frozen=True):
    """Unit prices in minor units. `own` when they come from the organisation's own deals, named by `labels`."""

    low: int
    median: int
    high: int
    count: int
    own: bool
    labels: tuple[str, ...] = ()


class Dealings(Struct, frozen=True):
    """What an organisation has had to do with a vendor."""

    quotes: int
    deals: int


_OWN_PRICES = text(f"""
with lines as (
  select d.number, (line->'unit_price'->>'amount')::bigint as price, d.created_at
  from procurement_deals d
  join procurement_deal_terms t on t.deal_id = d.id and t.number = d.terms_number
  cross join lateral jsonb_array_elements(t.body->'lines') line
  where d.organisation_id = :organisation_id and d.state <> 'cancelled' and d.currency = :currency
    and line->>'unit' = :unit and {_SIMILAR.format(column="line->>'name'")}
)
select percentile_disc(0.1) within group (order by price) as low,
  percentile_disc(0.5) within group (order by price) as median,
  percentile_disc(0.9) within group (order by price) as high,
  count(*) as count, (array_agg(distinct number))[1:5] as labels
from lines
""")

# Only quantiles leave this statement, and only of prices that enough independent parties have named in the open.
_MARKET_PRICES = text(f"""
select percentile_disc(0.1) within group (order by l.unit_price_amount) as low,
  percentile_disc(0.5) within group (order by l.unit_price_amount) as median,
  percentile_disc(0.9) within group (order by l.unit_price_amount) as high,
  count(*) as count
from procurement_quote_lines l
join procurement_quote_versions v on v.id = l.version_id
join procurement_quotes q on q.id = v.quote_id and q.current_version = v.number
where l.kind = 'offered' and v.currency = :currency and l.unit = :unit
  and {_SIMILAR.format(column="l.name")}
having count(distinct l.organisation_id) >= :least
  and count(distinct l.buyer_organisation_id) >= :least
""")


async def price_statistics(
    session: AsyncSession, actor: Actor, *, name: str, unit: str, currency: str
) -> PriceStatistics | None:
    """Unit prices of lines with a similar name: from own deals, else from the market as a whole.

    The market's are quantiles over at least `MARKET_MIN_ORGANISATIONS` vendors and as many buyers; with fewer there is
    no answer, because it would tell somebody else's price.
    """
    values = {
        "organisation_id": actor.organisation_id,
        "words": name,
        "unit": unit,
        "currency": currency,
    }
    low, median, high, count, labels = (await session.execute(_OWN_PRICES, values)).one()
    if count:
        return PriceStatistics(low, median, high, count, True, tuple(labels))
    async with as_system(session):
        market = await session.execute(
            _MARKET_PRICES, {**values, "least": MARKET_MIN_ORGANISATIONS}
        )
    for low, median, high, count in market:
        return PriceStatistics(low, median, high, count, False)
    return None


_CATEGORIES = text("""
select r.category, count(*) as count, (array_agg(r.number order by r.created_at desc))[1:3] as numbers
from procurement_requests r
where r.search @@ to_tsquery('russian', :query)
  and r.category <> 'other' and (r.organisation_id = :organisation_id or r.visibility = 'public')
group by r.category order by count desc, r.category limit 3
""")


async def categories_of_similar(
    session: AsyncSession, actor: Actor, query: str
) -> list[tuple[str, int, list[str]]]:
    """Categories of the own and public requests that mention the same things, the most frequent first.

    Args:
        query: a text search query, such as `'кофе' | 'стаканы'`.
    """
    rows = await session.execute(
        _CATEGORIES, {"query": query, "organisation_id": actor.organisation_id}
    )
    return [(category, count, [n for n in numbers if n]) for category, count, numbers in rows]


_DEALINGS = text("""
select v.id,
  (select count(*) from procurement_quotes q
   where q.organisation_id = v.id and q.buyer_organisation_id = :organisation_id) as quotes,
  (select count(*) from procurement_deals d
   where d.vendor_organisation_id = v.id and d.organisation_id = :organisation_id
     and d.state <> 'cancelled') as deals
from unnest(cast(:vendors as uuid[])) as v (id)
""")


async def dealings_with(
    session: AsyncSession, actor: Actor, vendor_ids: Sequence[UUID]
) -> dict[UUID, Dealings]:
    """The organisation's own history with each vendor."""
    rows = await session.execute(
        _DEALINGS, {"organisation_id": actor.organisation_id, "vendors": list(vendor_ids)}
    )
    return {vendor: Dealings(quotes, deals) for vendor, quotes, deals in rows}
