"""The words of an invoice and a credit note in the languages of documents."""

from dataclasses import dataclass

from karavan.kit.documents.formatting import Language
from karavan.kit.documents.totals import TaxCategory


@dataclass(frozen=True, slots=True)
class InvoiceLabels:
    """Every word that is printed and does not come from the data."""

    invoice: str
    """With `{number}`."""
    credit_note: str
    """With `{number}`."""
    dated: str
    """With `{date}`."""
    draft: str
    void: str
    seller: str
    buyer: str
    due_date: str
    tax_point_date: str
    buyer_reference: str
    order_reference: str
    contract_reference: str
    corrects: str
    delivered: str
    item: str
    quantity: str
    unit: str
    price: str
    tax: str
    net: str
    per: str
    """With `{quantity}` and `{unit}`, for a price of several units."""
    item_code: str
    line_allowance: str
    line_charge: str
    lines_total: str
    allowance: str
    charge: str
    tax_exclusive: str
    tax_of: str
    """With `{rate}` and `{base}`."""
    untaxed: str
    """With `{category}` and `{base}`."""
    tax_inclusive: str
    prepaid: str
    payable: str
    credited: str
    in_words: str
    exemption: str
    payment: str
    payment_reference: str
    payment_terms: str
    note: str
    signature: str
    categories: dict[TaxCategory, str]


_ENGLISH = InvoiceLabels(
    invoice="Invoice No. {number}",
    credit_note="Credit note No. {number}",
    dated="Dated {date}",
    draft="DRAFT",
    void="VOID",
    seller="Seller",
    buyer="Buyer",
    due_date="Payment due",
    tax_point_date="Date of supply",
    buyer_reference="Your reference",
    order_reference="Order",
    contract_reference="Contract",
    corrects="Corrects invoice",
    delivered="Delivered",
    item="Goods, works, services",
    quantity="Quantity",
    unit="Unit",
    price="Unit price",
    tax="VAT",
    net="Net amount",
    per="price per {quantity} {unit}",
    item_code="Item code",
    line_allowance="discount",
    line_charge="charge",
    lines_total="Total of lines",
    allowance="Discount",
    charge="Charge",
    tax_exclusive="Total without VAT",
    tax_of="VAT {rate} of {base}",
    untaxed="{category} on {base}",
    tax_inclusive="Total with VAT",
    prepaid="Paid already",
    payable="Amount due",
    credited="Amount credited",
    in_words="Amount in words",
    exemption="No VAT is charged",
    payment="Payment details",
    payment_reference="Payment reference",
    payment_terms="Terms of payment",
    note="Note",
    signature="For the seller",
    categories={
        TaxCategory.STANDARD: "VAT",
        TaxCategory.ZERO: "Zero rate",
        TaxCategory.EXEMPT: "Exempt",
        TaxCategory.REVERSE_CHARGE: "Reverse charge",
        TaxCategory.INTRA_COMMUNITY: "Intra-Community supply",
        TaxCategory.EXPORT: "Export",
        TaxCategory.OUTSIDE_SCOPE: "No VAT",
    },
)

_RUSSIAN = InvoiceLabels(
    invoice="Счёт на оплату № {number}",
    credit_note="Кредит-нота № {number}",
    dated="от {date}",
    draft="ЧЕРНОВИК",
    void="АННУЛИРОВАН",
    seller="Продавец",
    buyer="Покупатель",
    due_date="Оплатить до",
    tax_point_date="Дата поставки",
    buyer_reference="Ваш номер",
    order_reference="Заказ",
    contract_reference="Договор",
    corrects="К счёту",
    delivered="Отгружено",
    item="Товары (работы, услуги)",
    quantity="Кол-во",
    unit="Ед.",
    price="Цена",
    tax="НДС",
    net="Сумма без НДС",
    per="цена за {quantity} {unit}",
    item_code="Артикул",
    line_allowance="скидка",
    line_charge="надбавка",
    lines_total="Сумма по строкам",
    allowance="Скидка",
    charge="Надбавка",
    tax_exclusive="Итого без НДС",
    tax_of="НДС {rate} от {base}",
    untaxed="{category}: {base}",
    tax_inclusive="Итого с НДС",
    prepaid="Уже оплачено",
    payable="Всего к оплате",
    credited="Всего к возврату",
    in_words="Сумма прописью",
    exemption="НДС не начисляется",
    payment="Реквизиты для оплаты",
    payment_reference="Назначение платежа",
    payment_terms="Условия оплаты",
    note="Примечание",
    signature="От продавца",
    categories={
        TaxCategory.STANDARD: "НДС",
        TaxCategory.ZERO: "Ставка 0 %",
        TaxCategory.EXEMPT: "Освобождено от НДС",
        TaxCategory.REVERSE_CHARGE: "НДС уплачивает покупатель",
        TaxCategory.INTRA_COMMUNITY: "Поставка внутри ЕС",
        TaxCategory.EXPORT: "Экспорт",
        TaxCategory.OUTSIDE_SCOPE: "Без НДС",
    },
)

_KAZAKH = InvoiceLabels(
    invoice="Төлем шоты № {number}",
    credit_note="Кредит-нота № {number}",
    dated="{date}",
    draft="ЖОБА",
    void="КҮШІ ЖОЙЫЛДЫ",
    seller="Сатушы",
    buyer="Сатып алушы",
    due_date="Төлеу мерзімі",
    tax_point_date="Жеткізу күні",
    buyer_reference="Сіздің нөміріңіз",
    order_reference="Тапсырыс",
    contract_reference="Шарт",
    corrects="Түзетілетін шот",
    delivered="Жөнелтілді",
    item="Тауарлар (жұмыстар, қызметтер)",
    quantity="Саны",
    unit="Өлш. бірл.",
    price="Бағасы",
    tax="ҚҚС",
    net="ҚҚС-сыз сома",
    per="{quantity} {unit} бағасы",
    item_code="Артикул",
    line_allowance="жеңілдік",
    line_charge="үстеме",
    lines_total="Жолдар бойынша сома",
    allowance="Жеңілдік",
    charge="Үстеме",
    tax_exclusive="ҚҚС-сыз жиыны",
    tax_of="ҚҚС {rate}, салық базасы {base}",
    untaxed="{category}: {base}",
    tax_inclusive="ҚҚС-пен жиыны",
    prepaid="Төленген сома",
    payable="Төленуге тиіс сома",
    credited="Қайтарылуға тиіс сома",
    in_words="Сома жазбаша",
    exemption="ҚҚС есептелмейді",
    payment="Төлем деректемелері",
    payment_reference="Төлем мақсаты",
    payment_terms="Төлем шарттары",
    note="Ескертпе",
    signature="Сатушы атынан",
    categories={
        TaxCategory.STANDARD: "ҚҚС",
        TaxCategory.ZERO: "Мөлшерлемесі 0 %",
        TaxCategory.EXEMPT: "ҚҚС-тан босатылған",
        TaxCategory.REVERSE_CHARGE: "ҚҚС-ты сатып алушы төлейді",
        TaxCategory.INTRA_COMMUNITY: "ЕО ішіндегі жеткізілім",
        TaxCategory.EXPORT: "Экспорт",
        TaxCategory.OUTSIDE_SCOPE: "ҚҚС-сыз",
    },
)

INVOICE_LABELS: dict[Language, InvoiceLabels] = {
    Language.ENGLISH: _ENGLISH,
    Language.RUSSIAN: _RUSSIAN,
    Language.KAZAKH: _KAZAKH,
}
