"""The module's README shows the lifecycles as they are declared."""

from pathlib import Path

import karavan.modules.catalogue
from karavan.kit.lifecycle_docs import refreshed
from karavan.modules.catalogue.importing.kind import PRODUCT_IMPORT_LIFECYCLE
from karavan.modules.catalogue.lifecycles import CHANGE_REQUEST, PRODUCT

README = Path(karavan.modules.catalogue.__file__).with_name("README.md")


def test_readme_is_fresh():
    document = README.read_text()
    assert document == refreshed(document, [PRODUCT, CHANGE_REQUEST, PRODUCT_IMPORT_LIFECYCLE])
