"""Reading a UBL file for the checker: paths, numbers, and what a violation is."""

import re
from decimal import Decimal

from lxml import etree
from msgspec import Struct

from karavan.modules.invoicing.rendering.ubl_structure import NAMESPACES

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


class Violation(Struct, frozen=True):
    """A rule that the file breaks, where, and in words what is wrong.

    `fatal` is false for what only the Peppol network asks for and a receiver outside it may not.
    """

    rule: str
    path: str
    message: str
    fatal: bool = True


class UblDocument(Struct, frozen=True):
    """A parsed invoice or credit note."""

    root: etree._Element
    is_credit_note: bool

    @property
    def currency(self) -> str:
        """The code in DocumentCurrencyCode, empty when it is missing."""
        return self.text("cbc:DocumentCurrencyCode")

    @property
    def lines(self) -> list[etree._Element]:
        """All lines of the document."""
        return self.all("cac:CreditNoteLine" if self.is_credit_note else "cac:InvoiceLine")

    @property
    def quantity_name(self) -> str:
        """What a line's quantity is called in this kind of document."""
        return "CreditedQuantity" if self.is_credit_note else "InvoicedQuantity"

    def all(self, path: str, *start: etree._Element | None) -> list[etree._Element]:
        """Elements at an XPath below `start`, by default below the root; none below a missing one."""
        (origin,) = start or (self.root,)
        if origin is None:
            return []
        found = origin.xpath(path, namespaces=NAMESPACES)
        return [one for one in found if etree.iselement(one)]

    def first(self, path: str, *start: etree._Element | None) -> etree._Element | None:
        """The first element at a path, or None."""
        found = self.all(path, *start)
        return found[0] if found else None

    def text(self, path: str, *start: etree._Element | None) -> str:
        """Stripped text at a path, empty when there is none."""
        element = self.first(path, *start)
        return "" if element is None else (element.text or "").strip()

    def decimal(self, path: str, *start: etree._Element | None) -> Decimal | None:
        """The number at a path, or None when it is missing."""
        element = self.first(path, *start)
        return None if element is None else self.number(element)

    def number(self, element: etree._Element) -> Decimal | None:
        """The number in an element by xs:decimal, or None."""
        text = (element.text or "").strip()
        return Decimal(text) if _NUMBER.fullmatch(text) else None

    def amount(self, path: str, *start: etree._Element | None) -> Decimal:
        """The number at a path, zero when it is missing."""
        return self.decimal(path, *start) or Decimal(0)


def path_of(element: etree._Element) -> str:
    """Where an element stands, with the number of a line: /InvoiceLine[2]/Price."""
    steps: list[str] = []
    current: etree._Element | None = element
    while current is not None and current.getparent() is not None:
        name = etree.QName(current).localname
        parent = current.getparent()
        twins = [one for one in parent if one.tag == current.tag] if parent is not None else []
        steps.append(f"{name}[{twins.index(current) + 1}]" if len(twins) > 1 else name)
        current = parent
    return "/" + "/".join(reversed(steps))
