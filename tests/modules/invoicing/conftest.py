"""What tests of invoicing share."""

import pytest

from tests.factories.deals import make_pair


@pytest.fixture
async def pair(app):
    """A buyer and a vendor with the details that documents need."""
    return await make_pair(app)
