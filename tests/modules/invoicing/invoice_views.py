"""Invoices for the tests of rendering: one believable, and a strategy for all that could be sent."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from karavan.kit.documents.formatting import Language
from karavan.kit.documents.parties import (
    BankAccount,
    ElectronicAddress,
    Party,
    PostalAddress,
    Representative,
)
from karavan.kit.documents.totals import Adjustment, PricedLine, TaxCategory, TaxTreatment
from karavan.kit.money import Money, minor_digits
from karavan.modules.invoicing.rendering.view import (
    Classification,
    Delivery,
    DocumentKind,
    InvoiceLine,
    InvoiceReference,
    InvoiceView,
    Payment,
    totals_of,
)

STANDARD_20 = TaxTreatment(TaxCategory.STANDARD, Decimal(20))
STANDARD_12 = TaxTreatment(TaxCategory.STANDARD, Decimal(12))
REASONS = {
    TaxCategory.EXEMPT: "Exempt under article 394 of the Tax Code",
    TaxCategory.REVERSE_CHARGE: "Reverse charge",
    TaxCategory.INTRA_COMMUNITY: "Intra-Community supply",
    TaxCategory.EXPORT: "Export outside the customs union",
    TaxCategory.OUTSIDE_SCOPE: "The seller is not registered for VAT",
}

FREIGHT = Adjustment(Money(500, "EUR"), STANDARD_20, "Freight")


def untaxed(category: TaxCategory) -> TaxTreatment:
    return TaxTreatment(category, Decimal(0), REASONS.get(category, ""))


SELLER = Party(
    legal_name="ТОО «Қарағанды Құрылыс Жабдықтау»",
    trading_name="Jabdyq",
    address=PostalAddress(
        "KZ", "Қарағанды", "Бұқар жырау даңғылы, 49/6", "оф. 312", "100000", "Қарағанды облысы"
    ),
    tax_id="051140012345",
    vat_number="KZ051140012345",
    email="sales@jabdyq.example",
    phone="+7 7212 55 01 02",
    bank=BankAccount(
        "KZ86 125K ZT50 0410 0100", "АО «Народный банк Казахстана»", "HSBKKZKX", "", "17"
    ),
    representative=Representative("Әбдіғаппар Ұлықбек", "Бас директор", "Жарғы"),
    electronic_address=ElectronicAddress("0088", "4006381333931"),
)
BUYER = Party(
    legal_name="ООО «Горизонт»",
    address=PostalAddress("RU", "Санкт-Петербург", "наб. реки Фонтанки, д. 124", "", "190005"),
    tax_id="7801234567",
    vat_number="7801234567",
    tax_branch_code="780101001",
    electronic_address=ElectronicAddress("0088", "4601234567893"),
)


def line(quantity: str, price: str, tax: TaxTreatment = STANDARD_20, **rest: object) -> InvoiceLine:
    pricing = {
        key: rest.pop(key) for key in ("allowance", "charge", "base_quantity") if key in rest
    }
    return InvoiceLine(
        name=str(rest.pop("name", "Портландцемент ПЦ 400-Д0")),
        pricing=PricedLine(Decimal(quantity), Decimal(price), tax, **pricing),
        **rest,
    )


def invoice(
    lines: Sequence[InvoiceLine] = (line("3", "10.00"), line("1", "99.99")),
    currency: str = "EUR",
    *,
    charges: tuple[Adjustment, ...] = (),
    allowances: tuple[Adjustment, ...] = (),
    prepaid: Money | None = None,
    **rest: object,
) -> InvoiceView:
    lines = tuple(lines)
    values: dict[str, object] = {
        "kind": DocumentKind.INVOICE,
        "number": "2025-000123",
        "issue_date": date(2025, 11, 21),
        "issued_at": datetime(2025, 11, 21, 9, 30, tzinfo=UTC),
        "language": Language.ENGLISH,
        "seller": SELLER,
        "buyer": BUYER,
        "due_date": date(2025, 12, 5),
        "payment_terms": "100 % within 14 days of delivery",
        "payment": Payment("30", SELLER.bank, "INV-2025-000123"),
        "order_reference": "PO-7781",
        "contract_reference": "C-2025-0012",
        "delivery": Delivery(date(2025, 11, 20), BUYER.address),
    }
    return InvoiceView(
        lines=lines,
        totals=totals_of(lines, currency, allowances=allowances, charges=charges, prepaid=prepaid),
        allowances=allowances,
        charges=charges,
        **(values | rest),
    )


def credit_note(**rest: object) -> InvoiceView:
    corrects = InvoiceReference("2025-000100", date(2025, 10, 1))
    return invoice(**({"kind": DocumentKind.CREDIT_NOTE, "corrects": corrects} | rest))


def _treatment(category: TaxCategory, rate: Decimal) -> TaxTreatment:
    percent = rate if category is TaxCategory.STANDARD else Decimal(0)
    return TaxTreatment(category, percent, REASONS.get(category, ""))


def _decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), places=places)


_NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=40
).filter(lambda text: any(one.isprintable() and not one.isspace() for one in text))


@st.composite
def invoices(
    draw: st.DrawFn, currencies: Sequence[str] = ("EUR", "KZT", "RUB", "JPY")
) -> InvoiceView:
    """Any invoice or credit note that actions could send, in any mixture of categories."""
    currency = draw(st.sampled_from(currencies))
    rates = st.sampled_from([Decimal(5), Decimal(12), Decimal(20), Decimal("7.7")])
    within_vat = st.sampled_from(
        [one for one in TaxCategory if one is not TaxCategory.OUTSIDE_SCOPE]
    )
    outside = draw(st.booleans()) and draw(st.booleans())
    categories = st.just(TaxCategory.OUTSIDE_SCOPE) if outside else within_vat
    treatments = st.builds(_treatment, categories, rates)
    amounts = st.integers(1, 10 ** (3 + minor_digits(currency))).map(lambda n: Money(n, currency))
    pricing = st.builds(
        PricedLine,
        _decimals("-50", "5000", 6).filter(bool) | _decimals("1", "5000", 0),
        _decimals("0", "20000", 6) | _decimals("0", "20000", 2),
        treatments,
        st.sampled_from([Decimal(1), Decimal(1), Decimal(100), Decimal("0.5")]),
        st.none() | amounts,
        st.none() | amounts,
    )
    lines = draw(
        st.lists(
            st.builds(
                InvoiceLine,
                name=_NAMES,
                pricing=pricing,
                unit_code=st.sampled_from(["H87", "KGM", "MTR", "HUR", "XPK"]),
                description=st.just("") | _NAMES,
                gtin=st.sampled_from(["", "04006381333931"]),
                classification=st.none() | st.just(Classification("43211503", "STI")),
            ),
            min_size=1,
            max_size=6,
        )
    )
    adjustments = st.lists(
        st.builds(Adjustment, amounts, treatments, st.sampled_from(["Freight", "Бонус"])),
        max_size=2,
    ).map(tuple)
    make = draw(st.sampled_from([invoice, credit_note]))
    return make(
        lines=lines,
        currency=currency,
        allowances=draw(adjustments),
        charges=draw(adjustments),
        prepaid=draw(st.none() | amounts),
        language=draw(st.sampled_from(list(Language))),
        due_date=draw(st.none() | st.just(date(2025, 12, 5))),
        payment=draw(st.none() | st.just(Payment("30", SELLER.bank, "INV 1"))),
        note=draw(st.just("") | _NAMES),
    )
