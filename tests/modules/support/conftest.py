"""A buyer and a supplier who trade and work around the clock, and a delivered order."""

import pytest

from tests.factories.complaints import ALWAYS, HOURS, delivered
from tests.factories.orders import Trade, make_trade
from tests.factories.procurement import ok


@pytest.fixture
async def trade(app, owner) -> Trade:
    made = await make_trade(app, owner)
    ok(await made.seller.client.put(HOURS, json=ALWAYS))
    return made


@pytest.fixture
async def order(trade) -> dict:
    """3 × 1,000.00 and 2 × 500.00."""
    return await delivered(trade, "3", "2")
