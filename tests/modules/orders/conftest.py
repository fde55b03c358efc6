"""A buyer and a supplier who trade."""

import pytest

from tests.factories.orders import Trade, make_trade


@pytest.fixture
async def trade(app, owner) -> Trade:
    return await make_trade(app, owner)
