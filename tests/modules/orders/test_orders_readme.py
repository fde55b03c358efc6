"""The module's README shows the lifecycles as they are declared."""

from pathlib import Path

import karavan.modules.orders
from karavan.kit.lifecycle_docs import refreshed
from karavan.modules.orders.lifecycle import ORDER
from karavan.modules.orders.standing_lifecycle import STANDING

README = Path(karavan.modules.orders.__file__).with_name("README.md")


def test_readme_is_fresh():
    document = README.read_text()
    assert document == refreshed(document, [ORDER, STANDING])
