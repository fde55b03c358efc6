"""The checker against files in which one rule is broken and all else is right."""

import pytest
from invoice_views import BUYER, FREIGHT, SELLER, STANDARD_20, invoice, line, untaxed
from lxml import etree
from msgspec.structs import replace

from karavan.kit.documents.totals import Adjustment, TaxCategory
from karavan.kit.money import Money
from karavan.modules.invoicing.rendering.peppol_rules import check_ubl
from karavan.modules.invoicing.rendering.ubl import render_ubl
from karavan.modules.invoicing.rendering.ubl_structure import NAMESPACES


def rules(xml: bytes) -> set[str]:
    return {one.rule for one in check_ubl(xml)}


PARTY = "cac:Party"
SELLER_PATH = f"cac:AccountingSupplierParty/{PARTY}"
BUYER_PATH = f"cac:AccountingCustomerParty/{PARTY}"
SUBTOTAL = "cac:TaxTotal/cac:TaxSubtotal[1]"
SUMS = "cac:LegalMonetaryTotal"
LINE = "cac:InvoiceLine[1]"
ITEM_TAX = f"{LINE}/cac:Item/cac:ClassifiedTaxCategory"

REMOVED = {
    "cbc:CustomizationID": {"PEPPOL-EN16931-R004"},
    "cbc:ProfileID": {"PEPPOL-EN16931-R007"},
    "cbc:ID": {"BR-02"},
    "cbc:IssueDate": {"BR-03"},
    "cbc:InvoiceTypeCode": {"BR-04"},
    "cac:OrderReference": {"PEPPOL-EN16931-R003"},
    f"{SELLER_PATH}/cbc:EndpointID": {"PEPPOL-EN16931-R020"},
    f"{BUYER_PATH}/cbc:EndpointID": {"PEPPOL-EN16931-R010"},
    f"{SELLER_PATH}/cac:PartyLegalEntity/cbc:RegistrationName": {"BR-06"},
    f"{BUYER_PATH}/cac:PartyLegalEntity/cbc:RegistrationName": {"BR-07"},
    f"{SELLER_PATH}/cac:PostalAddress": {"BR-08"},
    f"{BUYER_PATH}/cac:PostalAddress": {"BR-10"},
    f"{SELLER_PATH}/cac:PostalAddress/cac:Country": {"BR-09"},
    f"{BUYER_PATH}/cac:PostalAddress/cac:Country": {"BR-11"},
    f"{SELLER_PATH}/cac:PartyTaxScheme": {"BR-S-02"},
    "cac:PaymentMeans/cbc:PaymentMeansCode": {"BR-49"},
    "cac:PaymentMeans/cac:PayeeFinancialAccount": {"BR-61"},
    "cac:TaxTotal": {"BR-CO-18", "BR-CO-15"},
    SUBTOTAL: {"BR-CO-18"},
    f"{SUBTOTAL}/cac:TaxCategory/cbc:Percent": {
        "BR-48",
        "BR-CO-17",
        "BR-S-06",
        "BR-S-08",
        "BR-S-01",
    },
    f"{SUBTOTAL}/cac:TaxCategory": {"BR-47", "BR-S-01"},
    f"{SUMS}/cbc:LineExtensionAmount": {"BR-12"},
    f"{SUMS}/cbc:TaxExclusiveAmount": {"BR-13"},
    f"{SUMS}/cbc:TaxInclusiveAmount": {"BR-14"},
    f"{SUMS}/cbc:PayableAmount": {"BR-15"},
    f"{SUMS}/cbc:AllowanceTotalAmount": {"BR-CO-11", "BR-CO-13"},
    f"{SUMS}/cbc:ChargeTotalAmount": {"BR-CO-12", "BR-CO-13"},
    f"{SUMS}/cbc:PrepaidAmount": {"BR-CO-16"},
    "cac:AllowanceCharge[1]/cbc:AllowanceChargeReason": {"BR-CO-21"},
    "cac:AllowanceCharge[2]/cbc:AllowanceChargeReason": {"BR-CO-22"},
    "cac:AllowanceCharge[1]/cac:TaxCategory": {"BR-32", "BR-S-08"},
    "cac:AllowanceCharge[2]/cac:TaxCategory": {"BR-37", "BR-S-08"},
    "cac:AllowanceCharge[1]/cbc:Amount": {"BR-31", "BR-CO-11", "BR-S-08"},
    "cac:AllowanceCharge[2]/cbc:Amount": {"BR-36", "BR-CO-12", "BR-S-08"},
    f"{LINE}/cac:AllowanceCharge/cbc:AllowanceChargeReason": {"BR-CO-23"},
    f"{LINE}/cac:AllowanceCharge/cbc:Amount": {"BR-41", "PEPPOL-EN16931-R120"},
    f"{LINE}/cbc:ID": {"BR-21"},
    f"{LINE}/cbc:InvoicedQuantity": {"BR-22", "PEPPOL-EN16931-R120"},
    f"{LINE}/cbc:LineExtensionAmount": {"BR-24", "BR-CO-10", "BR-S-08", "PEPPOL-EN16931-R120"},
    f"{LINE}/cac:Item/cbc:Name": {"BR-25"},
    f"{LINE}/cac:Price": {"BR-26", "PEPPOL-EN16931-R120"},
    ITEM_TAX: {"BR-CO-04", "BR-S-08"},
}

CHANGED = {
    ("cbc:ProfileID", "urn:other"): {"PEPPOL-EN16931-R007"},
    ("cbc:InvoiceTypeCode", "381"): {"PEPPOL-EN16931-P0100"},
    ("cbc:IssueDate", "21.11.2025"): {"PEPPOL-EN16931-F001"},
    ("cbc:DueDate", "2025-02-30"): {"PEPPOL-EN16931-F001"},
    ("cac:OrderReference/cbc:ID", " "): {"PEPPOL-EN16931-R008", "PEPPOL-EN16931-R003"},
    (f"{SELLER_PATH}/cbc:EndpointID", "4006381333932"): {"PEPPOL-COMMON-R040"},
    (f"{SELLER_PATH}/cbc:EndpointID/@schemeID", "9999"): {"PEPPOL-EN16931-CL008"},
    (f"{SELLER_PATH}/cac:PartyTaxScheme/cbc:CompanyID", "051140012345"): {"BR-CO-09"},
    (f"{SELLER_PATH}/cac:PostalAddress/cac:Country/cbc:IdentificationCode", "KAZ"): {"BR-CL-14"},
    ("cac:TaxTotal/cbc:TaxAmount", "1.00"): {"BR-CO-14", "BR-CO-15"},
    (f"{SUBTOTAL}/cbc:TaxAmount", "22.99"): {"BR-CO-14", "BR-CO-17"},
    (f"{SUBTOTAL}/cbc:TaxableAmount", "120.00"): {"BR-S-08", "BR-CO-17"},
    (f"{SUBTOTAL}/cac:TaxCategory/cbc:ID", "Z"): {"BR-Z-06", "BR-Z-08", "BR-S-01"},
    (f"{SUBTOTAL}/cac:TaxCategory/cbc:ID", "X"): {"BR-CL-17", "BR-S-01"},
    (f"{ITEM_TAX}/cbc:Percent", "0"): {"BR-S-05", "BR-S-01", "BR-S-08"},
    (f"{ITEM_TAX}/cac:TaxScheme/cbc:ID", "GST"): {"BR-CO-04"},
    (f"{SUMS}/cbc:LineExtensionAmount", "130.00"): {"BR-CO-10", "BR-CO-13"},
    (f"{SUMS}/cbc:AllowanceTotalAmount", "9.99"): {"BR-CO-11", "BR-CO-13"},
    (f"{SUMS}/cbc:ChargeTotalAmount", "9.99"): {"BR-CO-12", "BR-CO-13"},
    (f"{SUMS}/cbc:TaxExclusiveAmount", "1.00"): {"BR-CO-13", "BR-CO-15"},
    (f"{SUMS}/cbc:TaxInclusiveAmount", "1.00"): {"BR-CO-15", "BR-CO-16"},
    (f"{SUMS}/cbc:PayableAmount", "1.00"): {"BR-CO-16"},
    (f"{SUMS}/cbc:PayableAmount", "many"): {"UBL-NUMBER"},
    (f"{SUMS}/cbc:PayableAmount", "NaN"): {"UBL-NUMBER"},
    (f"{SUMS}/cbc:PayableAmount/@currencyID", "USD"): {"PEPPOL-EN16931-R051"},
    (f"{SUMS}/cbc:PrepaidAmount", "10.000"): {"BR-DEC-16"},
    (f"{LINE}/cbc:LineExtensionAmount", "29.03"): {"BR-CO-10", "BR-S-08", "PEPPOL-EN16931-R120"},
    (f"{LINE}/cbc:InvoicedQuantity/@unitCode", ""): {"BR-23"},
    (f"{LINE}/cbc:InvoicedQuantity/@unitCode", "штука"): {"BR-CL-23"},
    (f"{LINE}/cac:Price/cbc:PriceAmount", "-10.00"): {"BR-27", "PEPPOL-EN16931-R120"},
    (f"{LINE}/cac:AllowanceCharge/cbc:ChargeIndicator", "yes"): {
        "PEPPOL-EN16931-R043",
        "PEPPOL-EN16931-R120",
    },
}


def rich_invoice() -> bytes:
    """Every part that a rule speaks of stands in it once, and all of it is right."""
    lines = [line("3", "10.00", allowance=Money(100, "EUR")), line("1", "99.99")]
    bonus = Adjustment(Money(1000, "EUR"), STANDARD_20, "Bonus")
    xml = render_ubl(
        invoice(lines, allowances=(bonus,), charges=(FREIGHT,), prepaid=Money(1000, "EUR"))
    )
    assert check_ubl(xml) == []
    return xml


class TestChecker:
    """Each rule is broken once in a file that is right otherwise."""

    @pytest.mark.parametrize("path", list(REMOVED))
    def test_finds_what_is_missing(self, path: str) -> None:
        root = etree.fromstring(rich_invoice())
        (target,) = root.xpath(path, namespaces=NAMESPACES)
        target.getparent().remove(target)
        found = rules(etree.tostring(root))
        assert REMOVED[path] <= found
        assert not any(one.startswith("UBL-") for one in found)

    @pytest.mark.parametrize(("path", "value"), list(CHANGED))
    def test_finds_what_is_wrong(self, path: str, value: str) -> None:
        root = etree.fromstring(rich_invoice())
        element, _, attribute = path.partition("/@")
        (target,) = root.xpath(element, namespaces=NAMESPACES)
        if attribute:
            target.set(attribute, value)
        else:
            target.text = value
        assert rules(etree.tostring(root)) == CHANGED[path, value]

    def test_finds_an_element_out_of_order_repeated_or_unknown(self) -> None:
        root = etree.fromstring(rich_invoice())
        root.append(root.find("cbc:IssueDate", NAMESPACES))
        assert rules(etree.tostring(root)) == {"UBL-ORDER"}

        root = etree.fromstring(rich_invoice())
        note = root.find("cbc:DocumentCurrencyCode", NAMESPACES)
        note.addnext(etree.fromstring(etree.tostring(note)))
        assert rules(etree.tostring(root)) == {"UBL-ONCE"}

        root = etree.fromstring(rich_invoice())
        etree.SubElement(root, etree.QName(NAMESPACES["cbc"], "Surprise")).text = "1"
        assert rules(etree.tostring(root)) == {"UBL-UNKNOWN"}

    def test_says_where_the_fault_is(self) -> None:
        root = etree.fromstring(rich_invoice())
        root.xpath("cac:InvoiceLine[2]/cbc:ID", namespaces=NAMESPACES)[0].text = "  "
        found = [(one.rule, one.path) for one in check_ubl(etree.tostring(root))]
        assert found == [
            ("PEPPOL-EN16931-R008", "/InvoiceLine[2]/ID"),
            ("BR-21", "/InvoiceLine[2]"),
        ]

    def test_asks_for_a_day_or_terms_of_payment_when_something_is_due(self) -> None:
        view = invoice(due_date=None, payment_terms="")
        assert rules(render_ubl(view)) == {"BR-CO-25"}
        assert rules(render_ubl(replace(view, payment_terms="On receipt"))) == set()

    def test_asks_for_the_buyers_number_in_reverse_charge(self) -> None:
        nobody = replace(BUYER, vat_number="", tax_id="")
        view = invoice([line("1", "5", untaxed(TaxCategory.REVERSE_CHARGE))], buyer=nobody)
        assert rules(render_ubl(view)) == {"BR-AE-02"}

    def test_asks_for_delivery_within_the_community(self) -> None:
        view = invoice([line("1", "5", untaxed(TaxCategory.INTRA_COMMUNITY))], delivery=None)
        assert rules(render_ubl(view)) == {"BR-IC-11", "BR-IC-12"}

    def test_asks_the_seller_for_some_identifier(self) -> None:
        nameless = replace(SELLER, tax_id="", vat_number="")
        view = invoice([line("1", "5", untaxed(TaxCategory.OUTSIDE_SCOPE))], seller=nameless)
        assert rules(render_ubl(view)) == {"BR-CO-26"}

    def test_forbids_vat_numbers_outside_vat(self) -> None:
        root = etree.fromstring(
            render_ubl(invoice([line("1", "5", untaxed(TaxCategory.OUTSIDE_SCOPE))]))
        )
        taxed = etree.fromstring(render_ubl(invoice()))
        scheme = taxed.find(f"{SELLER_PATH}/cac:PartyTaxScheme", NAMESPACES)
        root.find(f"{SELLER_PATH}/cac:PostalAddress", NAMESPACES).addnext(scheme)
        assert rules(etree.tostring(root)) == {"BR-O-02"}

    @pytest.mark.parametrize(
        ("xml", "rule"),
        [
            (b"<Invoice", "XML"),
            (b"<Invoice/>", "UBL-ROOT"),
            (b"<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'/>", "UBL-ROOT"),
        ],
    )
    def test_refuses_what_is_no_invoice(self, xml: bytes, rule: str) -> None:
        assert rules(xml) == {rule}
