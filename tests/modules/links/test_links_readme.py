"""The module's README shows the lifecycle as it is declared."""

from pathlib import Path

import karavan.modules.links
from karavan.kit.lifecycle_docs import refreshed
from karavan.modules.links.lifecycle import LINK

README = Path(karavan.modules.links.__file__).with_name("README.md")


def test_readme_is_fresh():
    document = README.read_text()
    assert document == refreshed(document, [LINK])
