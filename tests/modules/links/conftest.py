"""A buyer and a supplier."""

import pytest

from tests.factories.deals import Pair, make_pair


@pytest.fixture
async def pair(app) -> Pair:
    return await make_pair(app)
