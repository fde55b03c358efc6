"""Words that every document shares, in each language of documents."""

from msgspec import Struct

from karavan.kit.documents.formatting import Language


class SharedLabels(Struct, frozen=True):
    """Field names of parties, bank details and page furniture."""

    page: str
    """With `{page}` and `{total}`."""
    tax_id: str
    tax_branch_code: str
    vat_number: str
    address: str
    phone: str
    email: str
    representative: str
    bank: str
    bank_code: str
    account: str
    correspondent_account: str
    beneficiary_code: str


SHARED_LABELS: dict[Language, SharedLabels] = {
    Language.ENGLISH: SharedLabels(
        page="Page {page} of {total}",
        tax_id="Tax ID",
        tax_branch_code="KPP",
        vat_number="VAT number",
        address="Address",
        phone="Phone",
        email="E-mail",
        representative="Represented by",
        bank="Bank",
        bank_code="BIC / SWIFT",
        account="Account",
        correspondent_account="Correspondent account",
        beneficiary_code="Beneficiary code (Kbe)",
    ),
    Language.RUSSIAN: SharedLabels(
        page="Стр. {page} из {total}",
        tax_id="Налоговый номер",
        tax_branch_code="КПП",
        vat_number="Рег. номер НДС",
        address="Адрес",
        phone="Телефон",
        email="Эл. почта",
        representative="Представитель",
        bank="Банк",
        bank_code="БИК",
        account="Счёт",
        correspondent_account="Корр. счёт",
        beneficiary_code="Кбе",
    ),
    Language.KAZAKH: SharedLabels(
        page="{page}-бет, барлығы {total}",
        tax_id="Салық нөмірі",
        tax_branch_code="КПП",
        vat_number="ҚҚС тіркеу нөмірі",
        address="Мекенжайы",
        phone="Телефон",
        email="Эл. пошта",
        representative="Өкілі",
        bank="Банк",
        bank_code="БСК",
        account="Шот",
        correspondent_account="Корр. шот",
        beneficiary_code="Бек",
    ),
}

_TAX_ID_NAMES = {
    "KZ": {Language.ENGLISH: "BIN/IIN", Language.RUSSIAN: "БИН/ИИН", Language.KAZAKH: "БСН/ЖСН"},
    "RU": {Language.ENGLISH: "INN", Language.RUSSIAN: "ИНН", Language.KAZAKH: "ИНН"},
    "BY": {Language.ENGLISH: "UNP", Language.RUSSIAN: "УНП", Language.KAZAKH: "УНП"},
    "KG": {Language.ENGLISH: "INN", Language.RUSSIAN: "ИНН", Language.KAZAKH: "ИНН"},
    "UZ": {Language.ENGLISH: "STIR", Language.RUSSIAN: "ИНН", Language.KAZAKH: "ИНН"},
}


def tax_id_name(country: str, language: Language) -> str:
    """What the national tax number of a country is called in a document's language."""
    names = _TAX_ID_NAMES.get(country)
    return names[language] if names else SHARED_LABELS[language].tax_id


# UN/ECE Recommendation 20 and 21 codes that goods and services are counted in here.
_UNIT_NAMES: dict[str, tuple[str, str, str]] = {
    "C62": ("pcs", "шт.", "дана"),
    "H87": ("pcs", "шт.", "дана"),
    "EA": ("pcs", "шт.", "дана"),
    "DZN": ("dozens", "дюж.", "дюжина"),
    "PR": ("pairs", "пар", "жұп"),
    "SET": ("sets", "компл.", "жиынтық"),
    "GRM": ("g", "г", "г"),
    "KGM": ("kg", "кг", "кг"),
    "TNE": ("t", "т", "т"),
    "MLT": ("ml", "мл", "мл"),
    "LTR": ("l", "л", "л"),
    "MMT": ("mm", "мм", "мм"),
    "CMT": ("cm", "см", "см"),
    "MTR": ("m", "м", "м"),
    "KMT": ("km", "км", "км"),
    "LM": ("lin. m", "пог. м", "қума м"),
    "MTK": ("m²", "м²", "м²"),
    "MTQ": ("m³", "м³", "м³"),
    "KWT": ("kW", "кВт", "кВт"),
    "KWH": ("kWh", "кВт·ч", "кВт·сағ"),
    "MIN": ("min", "мин", "мин"),
    "HUR": ("h", "ч", "сағ"),
    "DAY": ("days", "дн.", "күн"),
    "WEE": ("weeks", "нед.", "апта"),
    "MON": ("months", "мес.", "ай"),
    "ANN": ("years", "лет", "жыл"),
    "XPK": ("packs", "упак.", "қаптама"),
    "XBX": ("boxes", "кор.", "қорап"),
    "XCT": ("cartons", "кор.", "қорап"),
    "XBG": ("bags", "меш.", "қап"),
    "XPX": ("pallets", "палл.", "палет"),
    "XRO": ("rolls", "рул.", "орам"),
    "E48": ("services", "усл.", "қызмет"),
    "LS": ("lump sum", "усл.", "қызмет"),
}


def unit_name(code: str, language: Language) -> str:
    """A unit as it is printed; a code without a name here is printed itself."""
    names = _UNIT_NAMES.get(code)
    return names[list(Language).index(language)] if names else code
