"""A buyer and a supplier who trade and work around the clock, and a delivered order."""

import pytest

from tests.factories.complaints import ALWAYS, HOURS, delivered
from tests.factories.orders import Trade
from tests.factories.procurement import ok


@pytest.fixture
async def trade(trade: Trade) -> Trade:
    ok(await trade.seller.client.put(HOURS, json=ALWAYS))
    return trade


@pytest.fixture
async def order(trade) -> dict:
    """3 × 1,000.00 and 2 × 500.00."""
    return await delivered(trade, "3", "2")
