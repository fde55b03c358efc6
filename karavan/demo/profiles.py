"""What the companies of the demonstration say of themselves. Numbers, accounts and addresses are made up."""

from typing import Any

from msgspec import Struct

RATES = {
    "USD": "528.40",
    "EUR": "571.15",
    "RUB": "5.62",
    "CNY": "73.10",
    "UZS": "0.0417",
    "KGS": "6.04",
}
"""Tenge for one unit: plausible, and nobody's official rate."""


class DemoProfile(Struct, frozen=True, kw_only=True):
    """Public profile and private settings, as the API takes them."""

    public: dict[str, Any]
    private: dict[str, Any]


def _profile(
    description: str,
    legal_name: str,
    tax_id: str,
    address: str,
    postal_code: str,
    email: str,
    categories: list[str],
    account: str,
) -> DemoProfile:
    return DemoProfile(
        public={
            "description": description,
            "legal_name": legal_name,
            "tax_id": tax_id,
            # In Kazakhstan and Russia one is registered for VAT under the tax number.
            "vat_number": tax_id,
            "address": address,
            "postal_code": postal_code,
            "email": email,
            "phone": "+7 727 000 00 00",
            "website": f"https://{email.split('@')[1]}",
            "categories": categories,
        },
        private={"bank_name": "Demo Bank", "bank_code": "DEMOKZKA", "bank_account": account},
    )


PROFILES = {
    "demo": _profile("Retail chain with forty stores and a distribution centre; buys for itself and its branches.", "Demo Inc LLP", "000140000017", "Abay Ave 52", "050000", "office@demo.example", [], "KZ00 0000 0000 0000 0017"),
    "altyn": _profile("Астық, ұн және азық-түлік. Ақмола облысының он екі шаруашылығынан тікелей.", "«Алтын Дән» ЖШС", "000240000025", "Абылай хан көшесі 9", "020000", "office@altyn.example", ["agriculture", "food", "safety"], "KZ00 0000 0000 0000 0025"),
    "volga": _profile("Снабжение предприятий Поволжья и Казахстана: стройматериалы, спецодежда, бумага, тара.", "ООО «Волжский Снаб»", "0000000034", "ул. Портовая 4", "420000", "office@volga.example", ["construction", "metals", "safety", "office", "timber", "beverages", "electronics", "marketing", "agriculture"], "40702810000000000034"),
    "steppe": _profile("Packaging, warehousing and freight between the Caspian and the Altai.", "Steppe Logistics & Packaging LLP", "000340000042", "Kabanbay Batyr 17", "010000", "office@steppe.example", ["packaging", "logistics", "furniture", "catering", "construction", "beverages", "electronics", "agriculture"], "KZ00 0000 0000 0000 0042"),
    "kaspi_office": _profile("Всё для офиса и склада на западе Казахстана: мебель, техника, расходные материалы.", "ТОО «Каспий Офис»", "000440000051", "14 мкр., дом 8", "130000", "office@kaspi-office.example", ["office", "furniture", "electronics", "household", "packaging", "catering", "safety", "beverages", "agriculture"], "KZ00 0000 0000 0000 0051"),
}  # fmt: skip
