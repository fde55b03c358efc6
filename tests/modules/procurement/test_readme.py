"""The module's README shows the lifecycles as they are declared."""

from pathlib import Path

import pytest

import karavan.modules.procurement
from karavan.kit.lifecycle_docs import refreshed, section
from karavan.modules.procurement.lifecycles import APPROVAL, DEAL, QUOTE, REQUEST

README = Path(karavan.modules.procurement.__file__).with_name("README.md")


def test_readme_is_fresh():
    document = README.read_text()
    assert document == refreshed(document, [REQUEST, QUOTE, DEAL, APPROVAL])


def test_section_shows_diagram_and_table():
    made = section(APPROVAL)
    assert "stateDiagram-v2\n    [*] --> pending\n" in made
    assert "    pending --> rejected: reject" in made
    assert (
        "| `reject` | pending → rejected | buyer | approvals:decide | `approval.decided` | required |"
        in made
    )


def test_a_lifecycle_without_a_section_is_refused():
    with pytest.raises(ValueError, match="no section of \\['deal'\\]"):
        refreshed("<!-- lifecycle: quote -->\nold\n<!-- /lifecycle -->", [QUOTE, DEAL])
