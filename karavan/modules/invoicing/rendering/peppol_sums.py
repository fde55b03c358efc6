"""The arithmetic rules of EN 16931: BR-CO-10 to BR-CO-16 and the net amount of a line."""

from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from karavan.modules.invoicing.rendering.ubl_document import UblDocument, Violation, path_of

_SLACK = Decimal("0.02")
"""What PEPPOL-EN16931-R120 tolerates between a line and its own factors."""


def check_sums(document: UblDocument) -> Iterator[Violation]:
    """Every total against what it is the total of."""
    for line in document.lines:
        yield from _check_line(document, line)
    total = document.first("cac:LegalMonetaryTotal")
    required = {
        "LineExtensionAmount": "BR-12",
        "TaxExclusiveAmount": "BR-13",
        "TaxInclusiveAmount": "BR-14",
        "PayableAmount": "BR-15",
    }
    missing = [name for name in required if document.decimal(f"cbc:{name}", total) is None]
    if total is None or missing:
        for name in missing:
            yield Violation(required[name], f"/LegalMonetaryTotal/{name}", f"{name} is missing.")
        return
    yield from _check_totals(document, total)


def _adjustments(document: UblDocument, start: etree._Element | None, indicator: str) -> Decimal:
    path = f"cac:AllowanceCharge[normalize-space(cbc:ChargeIndicator)='{indicator}']"
    found = document.all(path, start)
    return sum((document.amount("cbc:Amount", one) for one in found), Decimal(0))


def _check_line(document: UblDocument, line: etree._Element) -> Iterator[Violation]:
    base = document.decimal("cac:Price/cbc:BaseQuantity", line) or Decimal(1)
    quantity = document.decimal(f"cbc:{document.quantity_name}", line)
    price = document.amount("cac:Price/cbc:PriceAmount", line)
    expected = (
        (Decimal(1) if quantity is None else quantity) * price / base
        + _adjustments(document, line, "true")
        - _adjustments(document, line, "false")
    )
    net = document.amount("cbc:LineExtensionAmount", line)
    if abs(net - expected) > _SLACK:
        yield Violation(
            "PEPPOL-EN16931-R120",
            path_of(line),
            f"The net amount is {net}, quantity, price and adjustments give {expected}.",
        )


def _check_totals(document: UblDocument, total: etree._Element) -> Iterator[Violation]:
    lines = sum(
        (document.amount("cbc:LineExtensionAmount", one) for one in document.lines), Decimal(0)
    )
    allowances = _adjustments(document, document.root, "false")
    charges = _adjustments(document, document.root, "true")
    exclusive = document.amount("cbc:TaxExclusiveAmount", total)
    inclusive = document.amount("cbc:TaxInclusiveAmount", total)
    stated_lines = document.amount("cbc:LineExtensionAmount", total)
    stated_allowances = document.amount("cbc:AllowanceTotalAmount", total)
    stated_charges = document.amount("cbc:ChargeTotalAmount", total)
    tax = document.amount("cac:TaxTotal/cbc:TaxAmount")
    prepaid = document.amount("cbc:PrepaidAmount", total)
    checks = [
        ("BR-CO-10", "LineExtensionAmount", lines),
        ("BR-CO-11", "AllowanceTotalAmount", allowances),
        ("BR-CO-12", "ChargeTotalAmount", charges),
        ("BR-CO-13", "TaxExclusiveAmount", stated_lines - stated_allowances + stated_charges),
        ("BR-CO-15", "TaxInclusiveAmount", exclusive + tax),
        ("BR-CO-16", "PayableAmount", inclusive - prepaid),
    ]
    for rule, name, expected in checks:
        stated = document.amount(f"cbc:{name}", total)
        if stated != expected:
            yield Violation(
                rule,
                f"/LegalMonetaryTotal/{name}",
                f"{name} is {stated} and should be {expected}.",
            )
