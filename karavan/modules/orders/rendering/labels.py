"""The words on the papers of an order."""

from msgspec import Struct

from karavan.kit.documents.formatting import Language


class OrderLabels(Struct, frozen=True):
    """Titles, facts and column heads; `{number}`, `{date}`, `{days}` and `{position}` are filled in."""

    proforma: str
    packing_slip: str
    dated: str
    seller: str
    buyer: str
    payable: str
    not_an_invoice: str
    buyer_reference: str
    wanted_on: str
    delivery_address: str
    payment: str
    payment_days: str
    note: str
    shipment: str
    carrier: str
    tracking_number: str
    sku: str
    goods: str
    unit: str
    ordered: str
    packed: str
    outside_vat: str
    packed_by: str
    received_by: str


ORDER_LABELS: dict[Language, OrderLabels] = {
    Language.ENGLISH: OrderLabels(
        proforma="Proforma for order {number}",
        packing_slip="Packing slip for order {number}",
        dated="of {date}",
        seller="Seller",
        buyer="Buyer",
        payable="Total",
        not_an_invoice="This is not a tax invoice. It shows what was ordered at which prices.",
        buyer_reference="Your reference",
        wanted_on="Wanted on",
        delivery_address="Deliver to",
        payment="Payment",
        payment_days="within {days} days of the invoice",
        note="Note",
        shipment="Shipment {position}",
        carrier="Carrier",
        tracking_number="Tracking number",
        sku="SKU",
        goods="Goods",
        unit="Unit",
        ordered="Ordered",
        packed="Packed",
        outside_vat="Not subject to VAT",
        packed_by="Packed by",
        received_by="Received by",
    ),
    Language.RUSSIAN: OrderLabels(
        proforma="Предварительный счёт к заказу {number}",
        packing_slip="Упаковочный лист к заказу {number}",
        dated="от {date}",
        seller="Продавец",
        buyer="Покупатель",
        payable="Итого",
        not_an_invoice="Это не счёт-фактура. Документ показывает, что и по каким ценам заказано.",
        buyer_reference="Ваш номер",
        wanted_on="Желаемая дата",
        delivery_address="Куда доставить",
        payment="Оплата",
        payment_days="в течение {days} дн. после счёта",
        note="Примечание",
        shipment="Отгрузка {position}",
        carrier="Перевозчик",
        tracking_number="Номер отслеживания",
        sku="Артикул",
        goods="Товар",
        unit="Ед.",
        ordered="Заказано",
        packed="Упаковано",
        outside_vat="НДС не облагается",
        packed_by="Упаковал",
        received_by="Получил",
    ),
    Language.KAZAKH: OrderLabels(
        proforma="{number} тапсырысының алдын ала шоты",
        packing_slip="{number} тапсырысының орама парағы",
        dated="{date}",
        seller="Сатушы",
        buyer="Сатып алушы",
        payable="Барлығы",
        not_an_invoice="Бұл шот-фактура емес. Құжат ненің қандай бағамен тапсырылғанын көрсетеді.",
        buyer_reference="Сіздің нөміріңіз",
        wanted_on="Қалаған күні",
        delivery_address="Жеткізу мекенжайы",
        payment="Төлем",
        payment_days="шоттан кейін {days} күн ішінде",
        note="Ескертпе",
        shipment="{position}-жөнелтілім",
        carrier="Тасымалдаушы",
        tracking_number="Қадағалау нөмірі",
        sku="Артикул",
        goods="Тауар",
        unit="Бірлік",
        ordered="Тапсырылды",
        packed="Оралды",
        outside_vat="ҚҚС салынбайды",
        packed_by="Ораған",
        received_by="Қабылдаған",
    ),
}
