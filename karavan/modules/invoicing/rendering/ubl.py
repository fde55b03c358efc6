"""An invoice or a credit note as UBL 2.1 by the rules of Peppol BIS Billing 3.0.

Written in the order of the schema, with no element left empty. The file says exactly what the view
says: amounts are never rounded here, so a currency with three decimals comes out with three, and
`peppol_rules.check_ubl` then tells that EN 16931 allows two.
"""

from decimal import Decimal

from lxml import etree

from karavan.kit.documents.formatting import Language, clean_text
from karavan.kit.documents.parties import BankAccount, Party, PostalAddress
from karavan.kit.documents.totals import (
    NEEDS_REASON,
    Adjustment,
    TaxCategory,
    TaxGroup,
    TaxTreatment,
)
from karavan.kit.money import Money
from karavan.modules.invoicing.rendering.ubl_structure import (
    CAC,
    CBC,
    CREDIT_NOTE_NAMESPACE,
    CREDIT_NOTE_TYPE,
    CUSTOMIZATION_ID,
    EXEMPTION_CODES,
    INVOICE_NAMESPACE,
    INVOICE_TYPE,
    PROFILE_ID,
)
from karavan.modules.invoicing.rendering.view import DocumentKind, InvoiceLine, InvoiceView

_ROUNDING_NAME = {
    Language.ENGLISH: "Rounding",
    Language.RUSSIAN: "Округление",
    Language.KAZAKH: "Дөңгелектеу",
}
_ROUNDING_SHOWN = Decimal("0.01")
_GTIN_SCHEME = "0160"
_BUSINESS_VAT_PREFIX = {"GR": "EL"}


def render_ubl(view: InvoiceView) -> bytes:
    """Write the document as UTF-8 XML.

    Returns:
        The same bytes for the same view. Whether they pass the rules is asked of `check_ubl`.

    Source: Peppol BIS Billing 3.0 (May 2025) over EN 16931-1 and UBL 2.1.
    """
    return _Writer(view).document()


class _Writer:
    def __init__(self, view: InvoiceView) -> None:
        self.view = view
        self.is_credit_note = view.kind is DocumentKind.CREDIT_NOTE
        namespace = CREDIT_NOTE_NAMESPACE if self.is_credit_note else INVOICE_NAMESPACE
        self.root = etree.Element(
            etree.QName(namespace, "CreditNote" if self.is_credit_note else "Invoice"),
            nsmap={None: namespace, "cac": CAC, "cbc": CBC},
        )
        self.outside_vat = any(
            group.treatment.category is TaxCategory.OUTSIDE_SCOPE
            for group in view.totals.tax_groups
        )

    def document(self) -> bytes:
        """Header, parties, delivery and payment, sums, lines."""
        self._header()
        self._references()
        self._party("AccountingSupplierParty", self.view.seller)
        self._party("AccountingCustomerParty", self.view.buyer)
        self._delivery()
        self._payment()
        for one in self.view.allowances:
            self._adjustment(one, is_charge=False)
        for one in self.view.charges:
            self._adjustment(one, is_charge=True)
        self._tax_total()
        self._monetary_total()
        nets = self.view.totals.line_nets
        for index, (line, net) in enumerate(zip(self.view.lines, nets, strict=True), 1):
            self._line(index, line, net)
        etree.indent(self.root)
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8") + b"\n"

    # Parts of the document.

    def _header(self) -> None:
        view, root = self.view, self.root
        tax_point = view.tax_point_date.isoformat() if view.tax_point_date else ""
        _text(root, "CustomizationID", CUSTOMIZATION_ID)
        _text(root, "ProfileID", PROFILE_ID)
        _text(root, "ID", view.number)
        _text(root, "IssueDate", view.issue_date.isoformat())
        if self.is_credit_note:
            _text(root, "TaxPointDate", tax_point)
            _text(root, "CreditNoteTypeCode", CREDIT_NOTE_TYPE)
            _text(root, "Note", view.note)
        else:
            _text(root, "DueDate", view.due_date.isoformat() if view.due_date else "")
            _text(root, "InvoiceTypeCode", INVOICE_TYPE)
            _text(root, "Note", view.note)
            _text(root, "TaxPointDate", tax_point)
        _text(root, "DocumentCurrencyCode", view.currency)
        _text(root, "BuyerReference", view.buyer_reference)

    def _references(self) -> None:
        view = self.view
        if view.order_reference.strip():
            _text(_child(self.root, "OrderReference"), "ID", view.order_reference)
        if view.corrects:
            reference = _child(self.root, "BillingReference", "InvoiceDocumentReference")
            _text(reference, "ID", view.corrects.number)
            day = view.corrects.issue_date
            _text(reference, "IssueDate", day.isoformat() if day else "")
        if view.contract_reference.strip():
            _text(_child(self.root, "ContractDocumentReference"), "ID", view.contract_reference)

    def _party(self, role: str, party: Party) -> None:
        element = _child(self.root, role, "Party")
        address = party.electronic_address
        if address:
            _text(element, "EndpointID", address.value, schemeID=address.scheme)
        if party.trading_name.strip():
            _text(_child(element, "PartyName"), "Name", party.trading_name)
        self._address(_child(element, "PostalAddress"), party.address)
        # Category O forbids VAT identifiers on either side (BR-O-02).
        if party.vat_number.strip() and not self.outside_vat:
            scheme = _child(element, "PartyTaxScheme")
            _text(scheme, "CompanyID", _with_country(party))
            _text(_child(scheme, "TaxScheme"), "ID", "VAT")
        legal = _child(element, "PartyLegalEntity")
        _text(legal, "RegistrationName", party.legal_name)
        _text(legal, "CompanyID", party.tax_id)
        name = party.representative.name if party.representative else ""
        if any(value.strip() for value in (name, party.phone, party.email)):
            contact = _child(element, "Contact")
            _text(contact, "Name", name)
            _text(contact, "Telephone", party.phone)
            _text(contact, "ElectronicMail", party.email)

    def _address(self, element: etree._Element, address: PostalAddress) -> None:
        _text(element, "StreetName", address.street)
        _text(element, "AdditionalStreetName", address.additional_street)
        _text(element, "CityName", address.city)
        _text(element, "PostalZone", address.postal_code)
        _text(element, "CountrySubentity", address.region)
        _text(_child(element, "Country"), "IdentificationCode", address.country)

    def _delivery(self) -> None:
        delivery = self.view.delivery
        if not delivery or not (delivery.day or delivery.address):
            return
        element = _child(self.root, "Delivery")
        _text(element, "ActualDeliveryDate", delivery.day.isoformat() if delivery.day else "")
        if delivery.address:
            self._address(_child(element, "DeliveryLocation", "Address"), delivery.address)

    def _payment(self) -> None:
        view = self.view
        # A credit note has no due date of its own: UBL keeps it with the means of payment.
        due = view.due_date.isoformat() if view.due_date and self.is_credit_note else ""
        if view.payment or due:
            element = _child(self.root, "PaymentMeans")
            _text(element, "PaymentMeansCode", view.payment.means_code if view.payment else "1")
            _text(element, "PaymentDueDate", due)
            if view.payment:
                _text(element, "PaymentID", view.payment.reference)
                if view.payment.account:
                    self._account(element, view.payment.account)
        if view.payment_terms.strip():
            _text(_child(self.root, "PaymentTerms"), "Note", view.payment_terms)

    def _account(self, parent: etree._Element, account: BankAccount) -> None:
        element = _child(parent, "PayeeFinancialAccount")
        _text(element, "ID", account.account.replace(" ", ""))
        if account.bank_code.strip():
            _text(_child(element, "FinancialInstitutionBranch"), "ID", account.bank_code)

    def _adjustment(self, one: Adjustment, *, is_charge: bool) -> None:
        element = self._allowance_charge(
            self.root, one.amount.to_decimal(), one.reason, is_charge=is_charge
        )
        self._category(element, "TaxCategory", one.tax)

    def _allowance_charge(
        self, parent: etree._Element, amount: Decimal, reason: str, *, is_charge: bool
    ) -> etree._Element:
        element = _child(parent, "AllowanceCharge")
        _text(element, "ChargeIndicator", "true" if is_charge else "false")
        _text(element, "AllowanceChargeReason", reason)
        _text(element, "Amount", _decimal(amount), currencyID=self.view.currency)
        return element

    def _tax_total(self) -> None:
        total = _child(self.root, "TaxTotal")
        self._amount(total, "TaxAmount", self.view.totals.tax)
        for group in self.view.totals.tax_groups:
            subtotal = _child(total, "TaxSubtotal")
            self._amount(subtotal, "TaxableAmount", group.taxable)
            self._amount(subtotal, "TaxAmount", group.tax)
            self._category(subtotal, "TaxCategory", group.treatment, group)

    def _category(
        self,
        parent: etree._Element,
        name: str,
        treatment: TaxTreatment,
        group: TaxGroup | None = None,
    ) -> None:
        element = _child(parent, name)
        category = treatment.category
        _text(element, "ID", category.value)
        if category is not TaxCategory.OUTSIDE_SCOPE:
            _text(element, "Percent", _decimal(treatment.rate_percent))
        if group and category in NEEDS_REASON:
            _text(element, "TaxExemptionReasonCode", EXEMPTION_CODES.get(category.value, ""))
            _text(element, "TaxExemptionReason", treatment.exemption_reason)
        _text(_child(element, "TaxScheme"), "ID", "VAT")

    def _monetary_total(self) -> None:
        totals, element = self.view.totals, _child(self.root, "LegalMonetaryTotal")
        self._amount(element, "LineExtensionAmount", totals.lines)
        self._amount(element, "TaxExclusiveAmount", totals.tax_exclusive)
        self._amount(element, "TaxInclusiveAmount", totals.tax_inclusive)
        if self.view.allowances:
            self._amount(element, "AllowanceTotalAmount", totals.allowances)
        if self.view.charges:
            self._amount(element, "ChargeTotalAmount", totals.charges)
        if totals.prepaid.amount:
            self._amount(element, "PrepaidAmount", totals.prepaid)
        self._amount(element, "PayableAmount", totals.payable)

    def _line(self, index: int, line: InvoiceLine, net: Money) -> None:
        pricing = line.pricing
        element = _child(self.root, "CreditNoteLine" if self.is_credit_note else "InvoiceLine")
        _text(element, "ID", str(index))
        quantity_name = "CreditedQuantity" if self.is_credit_note else "InvoicedQuantity"
        _text(element, quantity_name, _decimal(pricing.quantity), unitCode=line.unit_code)
        self._amount(element, "LineExtensionAmount", net)
        if line.order_line.strip():
            _text(_child(element, "OrderLineReference"), "LineID", line.order_line)
        self._line_adjustments(element, line, net)
        self._item(_child(element, "Item"), line)
        price = _child(element, "Price")
        _text(price, "PriceAmount", _decimal(pricing.price_decimal), currencyID=self.view.currency)
        if pricing.base_quantity != 1:
            _text(price, "BaseQuantity", _decimal(pricing.base_quantity), unitCode=line.unit_code)

    def _line_adjustments(self, element: etree._Element, line: InvoiceLine, net: Money) -> None:
        """Allowance, charge, and what rounding to whole yen moved (R120 tolerates 0.02 only)."""
        pricing = line.pricing
        exact = pricing.gross()
        for amount, is_charge in ((pricing.allowance, False), (pricing.charge, True)):
            if amount and amount.amount:
                value = amount.to_decimal()
                exact += value if is_charge else -value
                reason = _adjustment_name(self.view.language, is_charge=is_charge)
                self._allowance_charge(element, value, reason, is_charge=is_charge)
        moved = (net.to_decimal() - exact).quantize(_ROUNDING_SHOWN)
        if abs(moved) > _ROUNDING_SHOWN:
            reason = _ROUNDING_NAME[self.view.language]
            self._allowance_charge(element, abs(moved), reason, is_charge=moved > 0)

    def _item(self, element: etree._Element, line: InvoiceLine) -> None:
        _text(element, "Description", line.description)
        _text(element, "Name", line.name)
        if line.seller_item_code.strip():
            _text(_child(element, "SellersItemIdentification"), "ID", line.seller_item_code)
        if line.gtin.strip():
            standard = _child(element, "StandardItemIdentification")
            _text(standard, "ID", line.gtin, schemeID=_GTIN_SCHEME)
        if line.origin_country.strip():
            _text(_child(element, "OriginCountry"), "IdentificationCode", line.origin_country)
        if line.classification:
            _text(
                _child(element, "CommodityClassification"),
                "ItemClassificationCode",
                line.classification.code,
                listID=line.classification.list_id,
            )
        self._category(element, "ClassifiedTaxCategory", line.pricing.tax)

    def _amount(self, parent: etree._Element, name: str, money: Money) -> None:
        _text(parent, name, _decimal(money.to_decimal()), currencyID=money.currency)


def _child(parent: etree._Element, *names: str) -> etree._Element:
    """Append aggregates one inside the other and return the innermost."""
    for name in names:
        parent = etree.SubElement(parent, etree.QName(CAC, name))
    return parent


def _text(parent: etree._Element, name: str, value: str, **attributes: str) -> None:
    """Append a basic component; nothing at all for a blank value, since R008 forbids empty ones."""
    clean = clean_text(value).strip()
    if clean:
        etree.SubElement(parent, etree.QName(CBC, name), attributes).text = clean


def _decimal(value: Decimal) -> str:
    """A number without exponent, and without zeros after its second decimal."""
    whole, _, fraction = format(value, "f").partition(".")
    fraction = fraction[:2] + fraction[2:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _with_country(party: Party) -> str:
    """A VAT identifier with its country prefix (BR-CO-09); Greece uses EL."""
    number = party.vat_number.replace(" ", "")
    prefix = _BUSINESS_VAT_PREFIX.get(party.address.country, party.address.country)
    return number if number[:2].isalpha() else f"{prefix}{number}"


def _adjustment_name(language: Language, *, is_charge: bool) -> str:
    names = {
        Language.ENGLISH: ("Discount", "Charge"),
        Language.RUSSIAN: ("Скидка", "Надбавка"),
        Language.KAZAKH: ("Жеңілдік", "Үстеме"),
    }
    return names[language][is_charge]
