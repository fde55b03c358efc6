"""The words of a contract in the languages of documents.

Sentences are templates with named places. They bind the parties to what the platform knows (goods,
sums, dates) and leave law, liability and the rest to the terms that the parties wrote themselves.
"""

from msgspec import Struct

from karavan.kit.documents.formatting import Language


class ContractLabels(Struct, frozen=True):
    """Every word that is printed and does not come from the data."""

    title: str
    """With `{number}`."""
    draft: str
    subtitle: str
    """With `{date}`, `{version}`."""
    supplier: str
    buyer: str
    preamble: str
    """With `{supplier}` and `{buyer}`, each made by `side`."""
    side: str
    """With `{name}`, `{representation}`, `{role}`."""
    represented: str
    """With `{person}`, `{basis}`; begins with a comma."""
    on_basis: str
    """With `{basis}`; begins with a comma."""
    subject: str
    subject_default: str
    origin: str
    """With `{sources}`."""
    request: str
    quote: str
    goods: str
    line_lead_time: str
    """With `{days}`."""
    total: str
    delivery: str
    delivery_terms: str
    delivery_place: str
    lead_time: str
    payment: str
    warranty: str
    penalties: str
    other: str
    validity: str
    valid_from: str
    valid_until: str
    valid_from_signing: str
    requisites: str
    signed: str
    """With `{name}`."""
    signed_at: str
    """With `{moment}`, `{version}`."""
    unsigned: str


_ENGLISH = ContractLabels(
    title="Supply contract No. {number}",
    draft="DRAFT",
    subtitle="{date}, version {version}",
    supplier="Supplier",
    buyer="Buyer",
    preamble="{supplier}, and {buyer}, have agreed as follows.",
    side="{name}{representation} (the “{role}”)",
    represented=", represented by {person}{basis}",
    on_basis=", acting on the basis of: {basis}",
    subject="Subject of the contract",
    subject_default=(
        "The Supplier delivers the goods, works or services listed below, and the Buyer accepts "
        "and pays for them."
    ),
    origin="The contract was awarded on the basis of {sources}.",
    request="request No. {number}",
    quote="quote No. {number}",
    goods="Specification and price",
    line_lead_time="lead time in days: {days}",
    total="Price of the contract",
    delivery="Delivery",
    delivery_terms="Terms",
    delivery_place="Place",
    lead_time="Lead time, calendar days from signing",
    payment="Payment",
    warranty="Warranty",
    penalties="Liability",
    other="Other terms",
    validity="Validity",
    valid_from="In force from",
    valid_until="In force until",
    valid_from_signing="The contract is in force from the signature of both parties.",
    requisites="Requisites and signatures",
    signed="Signed electronically: {name}",
    signed_at="{moment}, version {version}",
    unsigned="Not signed yet",
)

_RUSSIAN = ContractLabels(
    title="Договор поставки № {number}",
    draft="ЧЕРНОВИК",
    subtitle="{date}, редакция {version}",
    supplier="Поставщик",
    buyer="Покупатель",
    preamble="{supplier}, с одной стороны, и {buyer}, с другой стороны, заключили настоящий договор.",
    side="{name}{representation} («{role}»)",
    represented=", представитель: {person}{basis}",
    on_basis=", основание полномочий: {basis}",
    subject="Предмет договора",
    subject_default=(
        "Поставщик обязуется передать перечисленные ниже товары (выполнить работы, оказать услуги), "
        "а Покупатель обязуется принять и оплатить их."
    ),
    origin="Договор заключён по итогам закупки: {sources}.",
    request="запрос № {number}",
    quote="предложение № {number}",
    goods="Спецификация и цена",
    line_lead_time="срок поставки (дней): {days}",
    total="Цена договора",
    delivery="Поставка",
    delivery_terms="Условия",
    delivery_place="Место",
    lead_time="Срок, календарных дней с даты подписания",
    payment="Порядок оплаты",
    warranty="Гарантия",
    penalties="Ответственность сторон",
    other="Прочие условия",
    validity="Срок действия",
    valid_from="Действует с",
    valid_until="Действует до",
    valid_from_signing="Договор вступает в силу с момента подписания обеими сторонами.",
    requisites="Реквизиты и подписи сторон",
    signed="Подписано электронно: {name}",
    signed_at="{moment}, редакция {version}",
    unsigned="Ещё не подписано",
)

_KAZAKH = ContractLabels(
    title="Жеткізу шарты № {number}",
    draft="ЖОБА",
    subtitle="{date}, {version}-редакция",
    supplier="Жеткізуші",
    buyer="Сатып алушы",
    preamble="Бір тараптан {supplier} және екінші тараптан {buyer} осы шартты жасасты.",
    side="{name}{representation} («{role}»)",
    represented=", өкілі: {person}{basis}",
    on_basis=", өкілеттік негізі: {basis}",
    subject="Шарттың мәні",
    subject_default=(
        "Жеткізуші төменде көрсетілген тауарларды беруге (жұмыстарды орындауға, қызметтерді "
        "көрсетуге), ал Сатып алушы оларды қабылдап, ақысын төлеуге міндеттенеді."
    ),
    origin="Шарт сатып алу қорытындысы бойынша жасалды: {sources}.",
    request="№ {number} сұрау салу",
    quote="№ {number} ұсыныс",
    goods="Ерекшелік және баға",
    line_lead_time="жеткізу мерзімі (күн): {days}",
    total="Шарт бағасы",
    delivery="Жеткізу",
    delivery_terms="Шарттары",
    delivery_place="Орны",
    lead_time="Мерзімі, қол қойылған күннен бастап күнтізбелік күн",
    payment="Төлем тәртібі",
    warranty="Кепілдік",
    penalties="Тараптардың жауапкершілігі",
    other="Өзге шарттар",
    validity="Қолданылу мерзімі",
    valid_from="Күшіне енетін күні",
    valid_until="Аяқталатын күні",
    valid_from_signing="Шарт екі тарап қол қойған сәттен бастап күшіне енеді.",
    requisites="Тараптардың деректемелері мен қолдары",
    signed="Электрондық түрде қол қойды: {name}",
    signed_at="{moment}, {version}-редакция",
    unsigned="Әлі қол қойылмаған",
)

CONTRACT_LABELS: dict[Language, ContractLabels] = {
    Language.ENGLISH: _ENGLISH,
    Language.RUSSIAN: _RUSSIAN,
    Language.KAZAKH: _KAZAKH,
}
