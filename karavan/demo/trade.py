"""The wholesale trade of the demonstration: shops, links, orders and opinions, each building on the one before."""

from karavan.demo.assortment import open_shops
from karavan.demo.opinions import complain, moderate, review, wish
from karavan.demo.partners import link_up, write_price_lists
from karavan.demo.story import Cast
from karavan.demo.wholesale import (
    Market,
    habits,
    orders_delivered,
    orders_ended,
    orders_on_their_way,
)


async def trade(cast: Cast) -> None:
    """Fill the shops, link buyers to them, order, and say what one thinks of it."""
    shops = await open_shops(cast)
    await link_up(cast, shops, await write_price_lists(shops))
    await cast.settle()
    market = Market(cast, shops, {})
    await orders_on_their_way(market)
    await orders_delivered(market)
    await orders_ended(market)
    await habits(market)
    await cast.settle()
    await review(market)
    await wish(market)
    await cast.settle()
    await read_notices(cast)
    await complain(market)
    await moderate(market)


async def read_notices(cast: Cast) -> None:
    """Everybody has read what they were told until now: people at work do not start their day at a hundred notices."""
    for person in cast.people.values():
        await person.post("/notifications/read-all")
