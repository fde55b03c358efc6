"""UBL files against the rules of Peppol BIS Billing 3.0, and the arithmetic beneath them."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from invoice_views import (
    BUYER,
    FREIGHT,
    REASONS,
    SELLER,
    STANDARD_12,
    STANDARD_20,
    credit_note,
    invoice,
    invoices,
    line,
    untaxed,
)
from lxml import etree
from msgspec.structs import replace

from karavan.kit.documents.parties import ElectronicAddress
from karavan.kit.documents.totals import (
    Adjustment,
    DocumentArithmeticError,
    PricedLine,
    TaxCategory,
    TaxTreatment,
    compute_totals,
)
from karavan.kit.money import CurrencyMismatchError, Money
from karavan.modules.invoicing.rendering.peppol_rules import check_ubl, fatal_violations
from karavan.modules.invoicing.rendering.ubl import render_ubl
from karavan.modules.invoicing.rendering.ubl_structure import NAMESPACES
from karavan.modules.invoicing.rendering.view import Classification, InvoiceView


def read(view: InvoiceView) -> Callable[[str], str]:
    root = etree.fromstring(render_ubl(view))
    return lambda path: str(root.xpath(f"string({path})", namespaces=NAMESPACES))


def rules(xml: bytes) -> set[str]:
    return {one.rule for one in check_ubl(xml)}


class TestArithmetic:
    def test_worked_check_of_the_standard_to_the_cent(self) -> None:
        totals = invoice(charges=(FREIGHT,)).totals
        assert totals.line_nets == (Money(3000, "EUR"), Money(9999, "EUR"))
        assert totals.lines == Money(12999, "EUR")
        assert totals.tax_exclusive == Money(13499, "EUR")
        assert totals.tax == Money(2700, "EUR")
        assert totals.tax_inclusive == Money(16199, "EUR")
        assert totals.payable == Money(16199, "EUR")

    def test_tax_is_rounded_once_per_group_not_per_line(self) -> None:
        pennies = [PricedLine(Decimal(1), Decimal("0.12"), STANDARD_20) for _ in range(10)]
        # Per line 0.024 would become 0.02 ten times over, 0.20; the group is 1.20 × 20 % = 0.24.
        assert compute_totals(pennies, currency="EUR").tax == Money(24, "EUR")

    def test_rates_written_differently_share_a_group_and_rates_that_differ_do_not(self) -> None:
        lines = [
            PricedLine(
                Decimal(1), Decimal(10), TaxTreatment(TaxCategory.STANDARD, Decimal("20.00"))
            ),
            PricedLine(Decimal(1), Decimal(10), STANDARD_20),
            PricedLine(Decimal(1), Decimal(10), STANDARD_12),
        ]
        groups = compute_totals(lines, currency="EUR").tax_groups
        assert [
            (one.treatment.rate_percent, one.taxable.amount, one.tax.amount) for one in groups
        ] == [
            (Decimal(20), 2000, 400),
            (Decimal(12), 1000, 120),
        ]

    @pytest.mark.parametrize(
        ("quantity", "price", "base", "currency", "net"),
        [
            ("0.333333", "1.005", "1", "EUR", 33),
            ("1", "0.005", "1", "EUR", 1),
            ("-1", "0.005", "1", "EUR", -1),
            ("1500", "4.2", "1000", "EUR", 630),
            ("0.5", "333", "1", "JPY", 167),
            ("3", "1.2345", "1", "KWD", 3704),
            ("2.5", "1249.99", "1", "KZT", 312498),
        ],
    )
    def test_line_net_is_rounded_half_up_to_the_minor_unit(
        self, quantity: str, price: str, base: str, currency: str, net: int
    ) -> None:
        one = PricedLine(Decimal(quantity), Decimal(price), STANDARD_20, Decimal(base))
        assert one.net(currency) == Money(net, currency)

    def test_price_given_as_money_and_as_decimal_agree(self) -> None:
        as_money = PricedLine(Decimal("2.5"), Money(1999, "USD"), STANDARD_20)
        as_decimal = PricedLine(Decimal("2.5"), Decimal("19.99"), STANDARD_20)
        assert as_money.net("USD") == as_decimal.net("USD") == Money(4998, "USD")

    def test_adjustments_count_in_their_own_tax_group(self) -> None:
        totals = compute_totals(
            [PricedLine(Decimal(1), Decimal(100), STANDARD_20)],
            [Adjustment(Money(1000, "EUR"), STANDARD_20, "Bonus")],
            [Adjustment(Money(500, "EUR"), STANDARD_12, "Freight")],
            Money(2000, "EUR"),
            currency="EUR",
        )
        assert [(one.taxable.amount, one.tax.amount) for one in totals.tax_groups] == [
            (9000, 1800),
            (500, 60),
        ]
        assert (totals.tax_exclusive.amount, totals.tax_inclusive.amount) == (9500, 11360)
        assert totals.payable == Money(9360, "EUR")

    def test_what_cannot_stand_on_a_document_is_refused(self) -> None:
        one = PricedLine(Decimal(1), Decimal(1), STANDARD_20)
        outside = PricedLine(Decimal(1), Decimal(1), untaxed(TaxCategory.OUTSIDE_SCOPE))
        with pytest.raises(DocumentArithmeticError, match="at least one line"):
            compute_totals([], currency="EUR")
        with pytest.raises(DocumentArithmeticError, match="outside VAT"):
            compute_totals([one, outside], currency="EUR")
        with pytest.raises(DocumentArithmeticError, match="negative"):
            PricedLine(Decimal(1), Decimal(-1), STANDARD_20)
        with pytest.raises(DocumentArithmeticError, match="decimals"):
            PricedLine(Decimal("0.0000001"), Decimal(1), STANDARD_20)
        with pytest.raises(DocumentArithmeticError, match="does not fit"):
            TaxTreatment(TaxCategory.EXEMPT, Decimal(12))
        with pytest.raises(DocumentArithmeticError, match="does not fit"):
            TaxTreatment(TaxCategory.STANDARD, Decimal(0))
        with pytest.raises(CurrencyMismatchError):
            compute_totals([PricedLine(Decimal(1), Money(1, "USD"), STANDARD_20)], currency="EUR")

    @given(invoices(currencies=("EUR", "JPY", "KWD", "KZT")))
    @settings(deadline=None, max_examples=60)
    def test_totals_always_add_up(self, view: InvoiceView) -> None:
        totals = view.totals
        total = sum(one.amount for one in totals.line_nets)
        assert totals.lines.amount == total
        exclusive = total - totals.allowances.amount + totals.charges.amount
        assert totals.tax_exclusive.amount == exclusive
        assert sum(one.taxable.amount for one in totals.tax_groups) == exclusive
        assert totals.tax_inclusive.amount == exclusive + sum(
            one.tax.amount for one in totals.tax_groups
        )
        assert totals.payable.amount == totals.tax_inclusive.amount - totals.prepaid.amount


class TestInvoice:
    def test_says_what_the_view_says(self) -> None:
        at = read(invoice(charges=(FREIGHT,)))
        assert at("/*/cbc:CustomizationID") == (
            "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
        )
        assert at("/*/cbc:ProfileID") == "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
        assert at("/*/cbc:ID") == "2025-000123"
        assert at("/*/cbc:IssueDate") == "2025-11-21"
        assert at("/*/cbc:DueDate") == "2025-12-05"
        assert at("/*/cbc:InvoiceTypeCode") == "380"
        assert at("/*/cac:OrderReference/cbc:ID") == "PO-7781"
        seller = "/*/cac:AccountingSupplierParty/cac:Party"
        assert at(f"{seller}/cbc:EndpointID/@schemeID") == "0088"
        assert at(f"{seller}/cac:PartyLegalEntity/cbc:RegistrationName") == SELLER.legal_name
        assert at(f"{seller}/cac:PartyTaxScheme/cbc:CompanyID") == "KZ051140012345"
        buyer = "/*/cac:AccountingCustomerParty/cac:Party"
        assert at(f"{buyer}/cac:PartyTaxScheme/cbc:CompanyID") == "RU7801234567"
        assert at("/*/cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID") == "KZ86125KZT5004100100"
        assert at("/*/cac:TaxTotal/cbc:TaxAmount") == "27.00"
        assert at("/*/cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount") == "134.99"
        totals = "/*/cac:LegalMonetaryTotal"
        assert at(f"{totals}/cbc:LineExtensionAmount") == "129.99"
        assert at(f"{totals}/cbc:TaxExclusiveAmount") == "134.99"
        assert at(f"{totals}/cbc:TaxInclusiveAmount") == "161.99"
        assert at(f"{totals}/cbc:ChargeTotalAmount") == "5.00"
        assert at(f"{totals}/cbc:PayableAmount") == "161.99"
        assert at(f"{totals}/cbc:PayableAmount/@currencyID") == "EUR"

    def test_line_carries_codes_price_base_and_adjustments(self) -> None:
        screw = line(
            "1500",
            "4.2",
            base_quantity=Decimal(1000),
            allowance=Money(30, "EUR"),
            name="Screw 4×40",
            seller_item_code="S-440",
            gtin="04006381333931",
            origin_country="CN",
            order_line="7",
            classification=Classification("31161500", "STI"),
        )
        xml = render_ubl(invoice([screw]))
        at = read(invoice([screw]))
        first = "/*/cac:InvoiceLine[1]"
        assert at(f"{first}/cbc:LineExtensionAmount") == "6.00"
        assert at(f"{first}/cac:Price/cbc:BaseQuantity") == "1000"
        assert at(f"{first}/cac:AllowanceCharge/cbc:Amount") == "0.30"
        assert at(f"{first}/cac:Item/cac:StandardItemIdentification/cbc:ID/@schemeID") == "0160"
        assert at(f"{first}/cac:OrderLineReference/cbc:LineID") == "7"
        assert check_ubl(xml) == []

    def test_same_view_gives_same_bytes(self) -> None:
        assert render_ubl(invoice()) == render_ubl(invoice())

    def test_text_that_xml_cannot_hold_is_cleaned_and_markup_is_escaped(self) -> None:
        view = invoice([line("1", "1", name="A\x00B\x1f<script>&amp;")])
        assert read(view)("/*/cac:InvoiceLine/cac:Item/cbc:Name") == "AB<script>&amp;"
        assert check_ubl(render_ubl(view)) == []

    @pytest.mark.parametrize("category", list(TaxCategory))
    def test_every_category_passes_with_its_reason(self, category: TaxCategory) -> None:
        tax = STANDARD_20 if category is TaxCategory.STANDARD else untaxed(category)
        view = invoice([line("2", "50.00", tax)])
        at = read(view)
        assert check_ubl(render_ubl(view)) == []
        group = "/*/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory"
        assert at(f"{group}/cbc:TaxExemptionReason") == REASONS.get(category, "")

    def test_outside_vat_there_is_no_rate_and_no_vat_number(self) -> None:
        xml = render_ubl(invoice([line("1", "50", untaxed(TaxCategory.OUTSIDE_SCOPE))]))
        root = etree.fromstring(xml)
        assert root.xpath("count(//cac:PartyTaxScheme)", namespaces=NAMESPACES) == 0
        assert root.xpath("count(//cbc:Percent)", namespaces=NAMESPACES) == 0
        assert check_ubl(xml) == []

    def test_exempt_without_a_reason_is_found(self) -> None:
        view = invoice([line("1", "50", TaxTreatment(TaxCategory.EXEMPT))])
        assert rules(render_ubl(view)) == {"BR-E-10"}

    def test_e_mail_address_is_valid_outside_the_network_only(self) -> None:
        buyer = replace(BUYER, electronic_address=ElectronicAddress("EM", "buyer@gorizont.example"))
        xml = render_ubl(invoice(buyer=buyer))
        assert [(one.rule, one.fatal) for one in check_ubl(xml)] == [
            ("PEPPOL-EN16931-CL008", False)
        ]
        assert fatal_violations(xml) == []


class TestCreditNote:
    def test_has_its_own_root_type_and_reference(self) -> None:
        view = credit_note()
        at = read(view)
        assert etree.QName(etree.fromstring(render_ubl(view))).localname == "CreditNote"
        assert at("/*/cbc:CreditNoteTypeCode") == "381"
        assert at("/*/cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID") == "2025-000100"
        assert at("/*/cac:CreditNoteLine[1]/cbc:CreditedQuantity") == "3"
        assert at("/*/cac:PaymentMeans/cbc:PaymentDueDate") == "2025-12-05"
        assert at("/*/cbc:DueDate") == ""
        assert at("/*/cac:LegalMonetaryTotal/cbc:PayableAmount") == "155.99"
        assert check_ubl(render_ubl(view)) == []

    def test_without_the_invoice_it_corrects_is_found(self) -> None:
        assert rules(render_ubl(credit_note(corrects=None))) == {"KARAVAN-CN-01"}


class TestOtherMinorUnits:
    def test_yen_has_no_decimals_and_shows_what_rounding_moved(self) -> None:
        view = invoice([line("0.5", "333", STANDARD_12)], "JPY")
        at = read(view)
        assert at("/*/cac:InvoiceLine/cbc:LineExtensionAmount") == "167"
        assert at("/*/cac:InvoiceLine/cac:AllowanceCharge/cbc:Amount") == "0.50"
        assert at("/*/cac:InvoiceLine/cac:AllowanceCharge/cbc:ChargeIndicator") == "true"
        assert at("/*/cac:TaxTotal/cbc:TaxAmount") == "20"
        assert at("/*/cac:LegalMonetaryTotal/cbc:PayableAmount") == "187"
        assert check_ubl(render_ubl(view)) == []

    def test_dinar_passes_while_no_amount_needs_its_third_decimal(self) -> None:
        view = invoice([line("2", "1.250")], "KWD")
        assert read(view)("/*/cac:LegalMonetaryTotal/cbc:PayableAmount") == "3.00"
        assert check_ubl(render_ubl(view)) == []

    def test_third_decimal_of_a_dinar_is_kept_and_reported(self) -> None:
        view = invoice([line("1", "1.234")], "KWD")
        xml = render_ubl(view)
        assert read(view)("/*/cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount") == "1.234"
        assert rules(xml) == {
            "BR-DEC-09",
            "BR-DEC-12",
            "BR-DEC-13",
            "BR-DEC-14",
            "BR-DEC-18",
            "BR-DEC-19",
            "BR-DEC-20",
            "BR-DEC-23",
        }


class TestAnyDocument:
    @given(invoices())
    @settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
    def test_passes_the_checker(self, view: InvoiceView) -> None:
        assert check_ubl(render_ubl(view)) == []
