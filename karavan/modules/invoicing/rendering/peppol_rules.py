"""Our own checker of Peppol BIS Billing 3.0 for the part of UBL that Karavan writes.

The official rules are Schematron over XPath 2, which needs an XSLT 2 engine; these are the same rules
in Python, under their official names, so that no file leaves the platform that a receiver would
refuse. Where the official rule tolerates a difference of a whole unit (BR-CO-17), ours is exact to
the minor unit, because our own arithmetic is; credit notes may differ by one, because several share the
tax of one invoice.
"""

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from karavan.modules.invoicing.rendering.peppol_sums import check_sums
from karavan.modules.invoicing.rendering.peppol_tax import check_tax
from karavan.modules.invoicing.rendering.ubl_document import UblDocument, Violation, path_of
from karavan.modules.invoicing.rendering.ubl_structure import (
    CHILD_ORDER,
    COUNTRIES,
    CREDIT_NOTE_NAMESPACE,
    CREDIT_NOTE_TYPE,
    CUSTOMIZATION_ID,
    ELECTRONIC_ADDRESS_SCHEMES,
    INVOICE_NAMESPACE,
    INVOICE_TYPE,
    OUTSIDE_NETWORK_SCHEMES,
    PROFILE_ID,
    REPEATABLE,
)

_UNIT = re.compile(r"[A-Z0-9]{1,3}")
_DECIMALS_OF_TOTALS = {
    "LineExtensionAmount": "09",
    "AllowanceTotalAmount": "10",
    "ChargeTotalAmount": "11",
    "TaxExclusiveAmount": "12",
    "TaxAmount": "13",
    "TaxInclusiveAmount": "14",
    "PrepaidAmount": "16",
    "PayableAmount": "18",
}
_TRANSFER_CODES = frozenset({"30", "58"})


def check_ubl(xml: bytes) -> list[Violation]:
    """Check an invoice or a credit note against the rules that its elements can break.

    Args:
        xml: the whole file.

    Returns:
        Violations in the order of the document's parts, empty when a receiver would accept the file.
        Those with `fatal=False` hold only for the Peppol network itself.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        return [Violation("XML", "/", f"The file is not well-formed XML: {error}")]
    name = etree.QName(root)
    expected = {"Invoice": INVOICE_NAMESPACE, "CreditNote": CREDIT_NOTE_NAMESPACE}
    if expected.get(name.localname) != name.namespace:
        return [
            Violation("UBL-ROOT", "/", "The root is neither a UBL Invoice nor a UBL CreditNote.")
        ]
    document = UblDocument(root, is_credit_note=name.localname == "CreditNote")
    structure = list(_check_structure(document))
    if any(one.rule == "UBL-NUMBER" for one in structure):
        # Sums of what is not a number would only repeat the same complaint.
        return structure
    return [
        *structure,
        *_check_header(document),
        *_check_references(document),
        *_check_parties(document),
        *_check_payment(document),
        *_check_lines(document),
        *_check_adjustments(document),
        *check_sums(document),
        *check_tax(document),
    ]


def fatal_violations(xml: bytes) -> list[Violation]:
    """Only what makes the file invalid wherever it is sent."""
    return [one for one in check_ubl(xml) if one.fatal]


def _check_structure(document: UblDocument) -> Iterator[Violation]:
    """Order, repetition, emptiness, dates, currencies and numbers of every element."""
    for element in document.root.iter(etree.Element):
        name = etree.QName(element).localname
        text = (element.text or "").strip()
        if len(element) == 0 and not text:
            yield Violation("PEPPOL-EN16931-R008", path_of(element), "An element may not be empty.")
        elif name.endswith("Date") and not _is_day(text):
            yield Violation("PEPPOL-EN16931-F001", path_of(element), "A date is YYYY-MM-DD.")
        elif element.get("currencyID") is not None:
            yield from _check_amount(document, element)
        elif _holds_number(name) and document.number(element) is None:
            yield Violation("UBL-NUMBER", path_of(element), "Not a decimal number.")
        yield from _check_children(element, name)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _holds_number(name: str) -> bool:
    return name == "Percent" or name.endswith(("Amount", "Quantity"))


def _check_amount(document: UblDocument, element: etree._Element) -> Iterator[Violation]:
    if element.get("currencyID") != document.currency:
        yield Violation(
            "PEPPOL-EN16931-R051",
            path_of(element),
            "Every amount must be in the currency of the document.",
        )
    if document.number(element) is None:
        yield Violation("UBL-NUMBER", path_of(element), "Not a decimal number.")
        return
    _, _, fraction = (element.text or "").strip().partition(".")
    name = etree.QName(element).localname
    if len(fraction) > 2 and name != "PriceAmount":
        rule = _decimals_rule(document, element, name)
        yield Violation(rule, path_of(element), "An amount may have two decimals at most.")


def _decimals_rule(document: UblDocument, element: etree._Element, name: str) -> str:
    """The number that EN 16931 gives to “two decimals at most” at this place."""
    parent = element.getparent()
    place = etree.QName(parent).localname if parent is not None else ""
    if place == "AllowanceCharge":
        at_line = _is_at_line(parent)
        is_charge = document.text("cbc:ChargeIndicator", parent) == "true"
        number = ("27" if at_line else "05") if is_charge else ("24" if at_line else "01")
    elif place.endswith("Line"):
        number = "23"
    elif place == "TaxSubtotal":
        number = "19" if name == "TaxableAmount" else "20"
    else:
        number = _DECIMALS_OF_TOTALS.get(name, "")
    return f"BR-DEC-{number}" if number else "BR-DEC"


def _is_at_line(element: etree._Element | None) -> bool:
    parent = None if element is None else element.getparent()
    return parent is not None and etree.QName(parent).localname.endswith("Line")


def _check_children(element: etree._Element, name: str) -> Iterator[Violation]:
    order = CHILD_ORDER.get(name, [])
    position = -1
    for child in element.iterchildren(etree.Element):
        child_name = etree.QName(child).localname
        if child_name not in order:
            yield Violation("UBL-UNKNOWN", path_of(child), f"{child_name} does not belong here.")
            continue
        place = order.index(child_name)
        if place < position:
            yield Violation("UBL-ORDER", path_of(child), f"{child_name} stands too late in {name}.")
        if place == position and child_name not in REPEATABLE:
            yield Violation("UBL-ONCE", path_of(child), f"{child_name} may stand only once.")
        position = max(position, place)


def _check_header(document: UblDocument) -> Iterator[Violation]:
    note = document.is_credit_note
    type_name, type_code = (
        ("CreditNoteTypeCode", CREDIT_NOTE_TYPE) if note else ("InvoiceTypeCode", INVOICE_TYPE)
    )
    required = [
        ("BR-02", "ID", "The document needs a number."),
        ("BR-03", "IssueDate", "The document needs a date of issue."),
        ("BR-04", type_name, "The document needs a type code."),
        ("BR-05", "DocumentCurrencyCode", "The document needs a currency."),
    ]
    for rule, name, message in required:
        if not document.text(f"cbc:{name}"):
            yield Violation(rule, f"/{name}", message)
    if document.text("cbc:CustomizationID") != CUSTOMIZATION_ID:
        yield Violation("PEPPOL-EN16931-R004", "/CustomizationID", f"Must be {CUSTOMIZATION_ID}.")
    if document.text("cbc:ProfileID") != PROFILE_ID:
        yield Violation("PEPPOL-EN16931-R007", "/ProfileID", f"Must be {PROFILE_ID}.")
    if document.text(f"cbc:{type_name}") not in {"", type_code}:
        rule = "PEPPOL-EN16931-P0101" if note else "PEPPOL-EN16931-P0100"
        yield Violation(rule, f"/{type_name}", f"Must be {type_code}.")


def _check_references(document: UblDocument) -> Iterator[Violation]:
    if not document.text("cbc:BuyerReference") and not document.text("cac:OrderReference/cbc:ID"):
        yield Violation(
            "PEPPOL-EN16931-R003",
            "/BuyerReference",
            "A buyer reference or an order reference is needed.",
        )
    for reference in document.all("cac:BillingReference"):
        if not document.text("cac:InvoiceDocumentReference/cbc:ID", reference):
            yield Violation("BR-55", path_of(reference), "A corrected invoice needs its number.")
    if document.is_credit_note and not document.all("cac:BillingReference"):
        yield Violation(
            "KARAVAN-CN-01",
            "/BillingReference",
            "A credit note names the invoice that it corrects.",
        )


def _check_parties(document: UblDocument) -> Iterator[Violation]:
    sides = [
        ("AccountingSupplierParty", "PEPPOL-EN16931-R020", "BR-62", "BR-06", "BR-08", "BR-09"),
        ("AccountingCustomerParty", "PEPPOL-EN16931-R010", "BR-63", "BR-07", "BR-10", "BR-11"),
    ]
    for role, endpoint, scheme, name, address, country in sides:
        party = document.first(f"cac:{role}/cac:Party")
        path = f"/{role}/Party"
        if not document.text("cbc:EndpointID", party):
            yield Violation(endpoint, f"{path}/EndpointID", "An electronic address is needed.")
        else:
            yield from _check_endpoint(document, party, scheme, path)
        if not document.text("cac:PartyLegalEntity/cbc:RegistrationName", party):
            yield Violation(name, f"{path}/PartyLegalEntity", "A registered name is needed.")
        if document.first("cac:PostalAddress", party) is None:
            yield Violation(address, f"{path}/PostalAddress", "A postal address is needed.")
        elif not document.text("cac:PostalAddress/cac:Country/cbc:IdentificationCode", party):
            yield Violation(country, f"{path}/PostalAddress/Country", "A country is needed.")
    seller = document.first("cac:AccountingSupplierParty/cac:Party")
    identifiers = (
        "cac:PartyIdentification/cbc:ID",
        "cac:PartyLegalEntity/cbc:CompanyID",
        "cac:PartyTaxScheme/cbc:CompanyID",
    )
    if not any(document.text(path, seller) for path in identifiers):
        yield Violation(
            "BR-CO-26",
            "/AccountingSupplierParty/Party",
            "The seller needs an identifier, a registration number or a VAT number.",
        )
    for number in document.all(".//cac:PartyTaxScheme/cbc:CompanyID"):
        if (number.text or "")[:2] not in COUNTRIES | {"EL"}:
            yield Violation(
                "BR-CO-09", path_of(number), "A VAT number begins with its country's code."
            )
    for code in document.all(
        ".//cac:Country/cbc:IdentificationCode | .//cac:OriginCountry/cbc:IdentificationCode"
    ):
        if code.text not in COUNTRIES:
            yield Violation("BR-CL-14", path_of(code), "Not an ISO 3166-1 alpha-2 country code.")


def _check_endpoint(
    document: UblDocument, party: etree._Element | None, rule: str, path: str
) -> Iterator[Violation]:
    endpoint = document.first("cbc:EndpointID", party)
    scheme = endpoint.get("schemeID", "") if endpoint is not None else ""
    value = document.text("cbc:EndpointID", party)
    if not scheme:
        yield Violation(rule, f"{path}/EndpointID", "An electronic address needs its scheme.")
    elif scheme not in ELECTRONIC_ADDRESS_SCHEMES:
        yield Violation(
            "PEPPOL-EN16931-CL008",
            f"{path}/EndpointID",
            f"The Peppol network does not route to scheme {scheme}.",
            fatal=scheme not in OUTSIDE_NETWORK_SCHEMES,
        )
    elif scheme == "0088" and not _is_gln(value):
        yield Violation(
            "PEPPOL-COMMON-R040", f"{path}/EndpointID", "The GLN's check digit is wrong."
        )


def _is_gln(value: str) -> bool:
    """GS1 check digit, weights 3 and 1 from the right of the body; any length, as the rule has it."""
    if not value.isascii() or not value.isdigit():
        return False
    body, check = value[:-1], int(value[-1])
    total = sum(int(digit) * (3, 1)[index % 2] for index, digit in enumerate(reversed(body)))
    return (10 - total % 10) % 10 == check


def _check_payment(document: UblDocument) -> Iterator[Violation]:
    for means in document.all("cac:PaymentMeans"):
        code = document.text("cbc:PaymentMeansCode", means)
        if not code:
            yield Violation("BR-49", path_of(means), "A means of payment needs its code.")
        if code in _TRANSFER_CODES and not document.text("cac:PayeeFinancialAccount/cbc:ID", means):
            yield Violation("BR-61", path_of(means), "A credit transfer needs an account.")
    payable = document.decimal("cac:LegalMonetaryTotal/cbc:PayableAmount")
    dated = document.text("cbc:DueDate") or document.text("cac:PaymentTerms/cbc:Note")
    if payable is not None and payable > 0 and not document.is_credit_note and not dated:
        yield Violation("BR-CO-25", "/DueDate", "What is to be paid needs a due date or terms.")


def _check_lines(document: UblDocument) -> Iterator[Violation]:
    if not document.lines:
        yield Violation("BR-16", "/InvoiceLine", "The document needs a line.")
    for line in document.lines:
        path = path_of(line)
        quantity = document.first(f"cbc:{document.quantity_name}", line)
        price = document.decimal("cac:Price/cbc:PriceAmount", line)
        if not document.text("cbc:ID", line):
            yield Violation("BR-21", path, "A line needs its number.")
        if quantity is None:
            yield Violation("BR-22", path, "A line needs a quantity.")
        elif not quantity.get("unitCode"):
            yield Violation("BR-23", path, "A quantity needs its unit.")
        elif not _UNIT.fullmatch(quantity.get("unitCode", "")):
            yield Violation("BR-CL-23", path, "Not a unit code of UN/ECE Rec 20 or 21.")
        if document.decimal("cbc:LineExtensionAmount", line) is None:
            yield Violation("BR-24", path, "A line needs its net amount.")
        if not document.text("cac:Item/cbc:Name", line):
            yield Violation("BR-25", path, "A line needs the name of its item.")
        if price is None:
            yield Violation("BR-26", path, "A line needs a price.")
        elif price < 0:
            yield Violation("BR-27", path, "A price may not be negative; the quantity may.")
        if not document.text("cac:Item/cac:ClassifiedTaxCategory/cbc:ID", line):
            yield Violation("BR-CO-04", path, "A line needs its VAT category.")
        yield from _check_item_codes(document, line)


def _check_item_codes(document: UblDocument, line: etree._Element) -> Iterator[Violation]:
    for gtin in document.all("cac:Item/cac:StandardItemIdentification/cbc:ID", line):
        if not gtin.get("schemeID"):
            yield Violation("BR-64", path_of(gtin), "An item identifier needs its scheme.")
    for code in document.all(
        "cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode", line
    ):
        if not code.get("listID"):
            yield Violation("BR-65", path_of(code), "A classification needs its list.")
    base = document.first("cac:Price/cbc:BaseQuantity", line)
    if base is None:
        return
    if (document.number(base) or 0) <= 0:
        yield Violation("PEPPOL-EN16931-R121", path_of(base), "A base quantity is positive.")
    quantity = document.first(f"cbc:{document.quantity_name}", line)
    if quantity is not None and base.get("unitCode") != quantity.get("unitCode"):
        yield Violation(
            "PEPPOL-EN16931-R130", path_of(base), "Price and quantity are in different units."
        )


def _check_adjustments(document: UblDocument) -> Iterator[Violation]:
    for element in document.all(".//cac:AllowanceCharge"):
        path = path_of(element)
        indicator = document.text("cbc:ChargeIndicator", element)
        at_line = _is_at_line(element)
        is_charge = indicator == "true"
        if indicator not in {"true", "false"}:
            yield Violation("PEPPOL-EN16931-R043", path, "ChargeIndicator is true or false.")
        if not document.text("cbc:AllowanceChargeReason", element):
            rules = ("BR-CO-23", "BR-CO-24") if at_line else ("BR-CO-21", "BR-CO-22")
            yield Violation(rules[is_charge], path, "An allowance or a charge needs a reason.")
        if document.decimal("cbc:Amount", element) is None:
            rules = ("BR-41", "BR-43") if at_line else ("BR-31", "BR-36")
            yield Violation(rules[is_charge], path, "An allowance or a charge needs an amount.")
        if not at_line and not document.text("cac:TaxCategory/cbc:ID", element):
            yield Violation(("BR-32", "BR-37")[is_charge], path, "A VAT category is needed.")
