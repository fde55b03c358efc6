"""The words of an invoice and a credit note in the languages of documents."""

from msgspec import Struct

from karavan.kit.documents.formatting import Language


class InvoiceLabels(Struct, frozen=True):
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
    payable: str
    credited: str
    payment: str
    payment_reference: str
    payment_terms: str
    note: str
    signature: str


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
    payable="Amount due",
    credited="Amount credited",
    payment="Payment details",
    payment_reference="Payment reference",
    payment_terms="Terms of payment",
    note="Note",
    signature="For the seller",
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
    payable="Всего к оплате",
    credited="Всего к возврату",
    payment="Реквизиты для оплаты",
    payment_reference="Назначение платежа",
    payment_terms="Условия оплаты",
    note="Примечание",
    signature="От продавца",
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
    payable="Төленуге тиіс сома",
    credited="Қайтарылуға тиіс сома",
    payment="Төлем деректемелері",
    payment_reference="Төлем мақсаты",
    payment_terms="Төлем шарттары",
    note="Ескертпе",
    signature="Сатушы атынан",
)

INVOICE_LABELS: dict[Language, InvoiceLabels] = {
    Language.ENGLISH: _ENGLISH,
    Language.RUSSIAN: _RUSSIAN,
    Language.KAZAKH: _KAZAKH,
}
