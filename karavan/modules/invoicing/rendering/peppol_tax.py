"""The VAT rules of EN 16931: subtotals by category and rate, reasons, and identifiers of the parties."""

from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from karavan.kit.documents.totals import NEEDS_REASON, TaxCategory, tax_on
from karavan.kit.money import Money
from karavan.modules.invoicing.rendering.ubl_document import UblDocument, Violation, path_of

_PREFIX = {"K": "IC"}
"""Rules are named after the category, but intra-community supply (K) has the name IC."""

_BOTH_SIDES = frozenset({TaxCategory.REVERSE_CHARGE.value, TaxCategory.INTRA_COMMUNITY.value})

_Group = tuple[str, Decimal | None]


def check_tax(document: UblDocument) -> Iterator[Violation]:
    """Subtotals against lines and adjustments, then what each category asks of the document."""
    total = document.first("cac:TaxTotal")
    subtotals = document.all("cac:TaxTotal/cac:TaxSubtotal")
    if total is None or not subtotals:
        yield Violation("BR-CO-18", "/TaxTotal", "The document needs a VAT breakdown.")
        return
    stated = document.amount("cbc:TaxAmount", total)
    summed = sum((document.amount("cbc:TaxAmount", one) for one in subtotals), Decimal(0))
    if stated != summed:
        yield Violation(
            "BR-CO-14", "/TaxTotal/TaxAmount", f"VAT is {stated} and its groups add up to {summed}."
        )
    yield from _check_groups(document, subtotals)
    for element in document.all(".//cac:TaxCategory | .//cac:ClassifiedTaxCategory"):
        yield from _check_category(document, element)
    yield from _check_identifiers(document)
    yield from _check_intra_community(document)


def _rule(category: str, number: str) -> str:
    return f"BR-{_PREFIX.get(category, category)}-{number}"


def _group(document: UblDocument, category: etree._Element | None) -> _Group:
    percent = document.decimal("cbc:Percent", category)
    return document.text("cbc:ID", category), percent


def _expected_bases(document: UblDocument) -> dict[_Group, Decimal]:
    """What is taxable in each group, from lines and document-level adjustments."""
    bases: dict[_Group, Decimal] = {}
    for line in document.lines:
        group = _group(document, document.first("cac:Item/cac:ClassifiedTaxCategory", line))
        bases[group] = bases.get(group, Decimal(0)) + document.amount(
            "cbc:LineExtensionAmount", line
        )
    for one in document.all("cac:AllowanceCharge"):
        group = _group(document, document.first("cac:TaxCategory", one))
        sign = 1 if document.text("cbc:ChargeIndicator", one) == "true" else -1
        bases[group] = bases.get(group, Decimal(0)) + sign * document.amount("cbc:Amount", one)
    return bases


def _check_groups(document: UblDocument, subtotals: list[etree._Element]) -> Iterator[Violation]:
    bases = _expected_bases(document)
    seen: set[_Group] = set()
    for subtotal in subtotals:
        group = _group(document, document.first("cac:TaxCategory", subtotal))
        category, percent = group
        path = path_of(subtotal)
        if not category:
            yield Violation("BR-47", path, "A VAT group needs its category.")
            continue
        if category not in set(TaxCategory):
            continue
        if group in seen:
            yield Violation(_rule(category, "01"), path, "A VAT group stands twice.")
        seen.add(group)
        taxable = document.amount("cbc:TaxableAmount", subtotal)
        if taxable != bases.get(group, Decimal(0)):
            yield Violation(
                _rule(category, "08"),
                path,
                f"The taxable amount is {taxable}, the lines give {bases.get(group, Decimal(0))}.",
            )
        yield from _check_group_tax(document, subtotal, category, percent)
    for category, percent in sorted(bases.keys() - seen, key=str):
        message = f"There is no VAT group of category {category} at {percent} %."
        yield Violation(_rule(category, "01"), "/TaxTotal", message)
    outside = TaxCategory.OUTSIDE_SCOPE.value
    if any(category == outside for category, _ in seen) and len(seen) > 1:
        yield Violation("BR-O-11", "/TaxTotal", "What is outside VAT stands alone.")


def _check_group_tax(
    document: UblDocument, subtotal: etree._Element, category: str, percent: Decimal | None
) -> Iterator[Violation]:
    path = path_of(subtotal)
    taxable = document.amount("cbc:TaxableAmount", subtotal)
    tax = document.amount("cbc:TaxAmount", subtotal)
    if percent is None and category != TaxCategory.OUTSIDE_SCOPE:
        yield Violation("BR-48", path, "A VAT group needs its rate.")
    currency = document.currency
    computed = tax_on(Money.from_decimal(taxable, currency), percent or Decimal(0))
    expected = computed.to_decimal()
    # Of several credit notes each takes the tax that it adds to those before it, which rounds to a minor unit beside.
    tolerated = Money(1 if document.is_credit_note else 0, currency).to_decimal()
    if abs(tax - expected) > tolerated:
        rule = "BR-CO-17" if category == TaxCategory.STANDARD else _rule(category, "09")
        yield Violation(rule, path, f"VAT is {tax} and should be {expected}.")
    has_reason = any(
        document.text(f"cac:TaxCategory/cbc:{name}", subtotal)
        for name in ("TaxExemptionReason", "TaxExemptionReasonCode")
    )
    if has_reason != (category in NEEDS_REASON):
        message = "A reason is needed." if not has_reason else "No reason belongs here."
        yield Violation(_rule(category, "10"), path, message)


def _check_category(document: UblDocument, element: etree._Element) -> Iterator[Violation]:
    """The rate that a category allows, wherever the category stands."""
    category, percent = _group(document, element)
    path = path_of(element)
    if category not in set(TaxCategory):
        yield Violation("BR-CL-17", path, f"{category or 'Nothing'} is not a VAT category.")
        return
    numbers = {"TaxCategory": "06", "ClassifiedTaxCategory": "05"}
    rule = _rule(category, numbers[etree.QName(element).localname])
    if category == TaxCategory.OUTSIDE_SCOPE:
        if percent is not None:
            yield Violation(rule, path, "What is outside VAT has no rate.")
    elif category == TaxCategory.STANDARD:
        if percent is None or percent <= 0:
            yield Violation(rule, path, "The standard category needs a positive rate.")
    elif percent != 0:
        yield Violation(rule, path, f"The rate of category {category} is 0.")
    if document.text("cac:TaxScheme/cbc:ID", element) != "VAT":
        yield Violation("BR-CO-04", path, "The tax scheme is VAT.")


def _check_identifiers(document: UblDocument) -> Iterator[Violation]:
    """Category O forbids VAT numbers; every other one asks for the seller's, two for the buyer's."""
    categories = {
        document.text("cbc:ID", one)
        for one in document.all(".//cac:TaxCategory | .//cac:ClassifiedTaxCategory")
    }
    path = "cac:{}/cac:Party/cac:PartyTaxScheme/cbc:CompanyID"
    seller = document.text(path.format("AccountingSupplierParty"))
    buyer = document.text(path.format("AccountingCustomerParty"))
    buyer_registration = document.text(
        "cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID"
    )
    for category in sorted(categories & set(TaxCategory)):
        rule = _rule(category, "02")
        if category == TaxCategory.OUTSIDE_SCOPE:
            if seller or buyer:
                yield Violation(rule, "/PartyTaxScheme", "Outside VAT nobody states a VAT number.")
        elif not seller:
            yield Violation(
                rule, "/AccountingSupplierParty/Party", "The seller's VAT number is needed."
            )
        needs_buyer = category in _BOTH_SIDES
        may_register = category == TaxCategory.REVERSE_CHARGE and buyer_registration
        if needs_buyer and not buyer and not may_register:
            yield Violation(
                rule, "/AccountingCustomerParty/Party", "The buyer's VAT number is needed."
            )


def _check_intra_community(document: UblDocument) -> Iterator[Violation]:
    if not document.all(
        "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:ID[normalize-space()='K']"
    ):
        return
    if not document.text("cac:Delivery/cbc:ActualDeliveryDate"):
        yield Violation("BR-IC-11", "/Delivery", "The day of delivery is needed.")
    country = "cac:Delivery/cac:DeliveryLocation/cac:Address/cac:Country/cbc:IdentificationCode"
    if not document.text(country):
        yield Violation("BR-IC-12", "/Delivery", "The country of delivery is needed.")
