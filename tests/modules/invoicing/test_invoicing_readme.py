"""The module's README shows the lifecycles as they are declared."""

from pathlib import Path

import karavan.modules.invoicing
from karavan.kit.lifecycle_docs import refreshed
from karavan.modules.invoicing.lifecycle import CREDIT_NOTE, INVOICE

README = Path(karavan.modules.invoicing.__file__).with_name("README.md")


def test_readme_is_fresh():
    document = README.read_text()
    assert document == refreshed(document, [INVOICE, CREDIT_NOTE])
