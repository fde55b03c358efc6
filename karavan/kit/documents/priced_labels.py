"""The words around priced lines: the head of their table and the names of their sums."""

from msgspec import Struct

from karavan.kit.documents.formatting import Language
from karavan.kit.documents.totals import TaxCategory


class PricedLabels(Struct, frozen=True):
    """Column titles, notes under a line, and rows of the totals."""

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
    in_words: str
    exemption: str
    categories: dict[TaxCategory, str]


_ENGLISH = PricedLabels(
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
    in_words="Amount in words",
    exemption="No VAT is charged",
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

_RUSSIAN = PricedLabels(
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
    in_words="Сумма прописью",
    exemption="НДС не начисляется",
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

_KAZAKH = PricedLabels(
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
    in_words="Сома жазбаша",
    exemption="ҚҚС есептелмейді",
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

PRICED_LABELS: dict[Language, PricedLabels] = {
    Language.ENGLISH: _ENGLISH,
    Language.RUSSIAN: _RUSSIAN,
    Language.KAZAKH: _KAZAKH,
}
