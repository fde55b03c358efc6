"""Contracts on paper, read back from the finished file."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import fields, replace
from pypdf import PdfReader

from karavan.kit.documents.formatting import Language
from karavan.kit.documents.parties import BankAccount, Party, PostalAddress, Representative
from karavan.kit.documents.totals import PricedLine, TaxCategory, TaxTreatment, compute_totals
from karavan.modules.procurement.rendering.contract_labels import CONTRACT_LABELS
from karavan.modules.procurement.rendering.contract_pdf import render_contract_pdf
from karavan.modules.procurement.rendering.contract_view import (
    ContractLine,
    ContractSignature,
    ContractTerms,
    ContractView,
)

NBSP = "\N{NO-BREAK SPACE}"
VAT_12 = TaxTreatment(TaxCategory.STANDARD, Decimal(12))
SUPPLIER = Party(
    legal_name="ТОО «Қарағанды Құрылыс Жабдықтау»",
    address=PostalAddress("KZ", "Қарағанды", "Бұқар жырау даңғылы, 49/6", "", "100000"),
    tax_id="051140012345",
    vat_number="KZ051140012345",
    bank=BankAccount("KZ86125KZT5004100100", "АО «Народный банк»", "HSBKKZKX", "", "17"),
    representative=Representative("Ұлықбек Әбдіғаппар", "директор", "Жарғы"),
)
BUYER = Party(
    legal_name="ООО «Горизонт»",
    address=PostalAddress("RU", "Санкт-Петербург", "наб. реки Фонтанки, д. 124", "", "190005"),
    tax_id="7801234567",
    tax_branch_code="780101001",
    bank=BankAccount("40702810900000012345", "ПАО Сбербанк", "044030653", "30101810500000000653"),
    representative=Representative("Анна Кузнецова", "генеральный директор"),
)
TERMS = ContractTerms(
    delivery_terms="DAP (Incoterms 2020)",
    delivery_place="124 Fontanka embankment",
    lead_time_days=21,
    payment_terms="30% in advance, 70% within 14 days of delivery.",
    warranty="24 months from delivery.",
    penalties="0.1% a day, 10% at most.",
    other="Disputes go to the court at the seat of the Supplier.",
)


def contract(count: int = 3, **changes: object) -> ContractView:
    lines = tuple(
        ContractLine(
            f"Item-{index:03d}",
            PricedLine(Decimal("2.5"), Decimal("1250.40"), VAT_12),
            "TNE",
            "Grade A",
            f"SKU-{index}",
            lead_time_days=14 if index == 1 else None,
        )
        for index in range(1, count + 1)
    )
    view = ContractView(
        number="C-2025-0012",
        version=3,
        concluded_on=date(2025, 11, 22),
        created_at=datetime(2025, 11, 22, 10, 15, tzinfo=UTC),
        language=Language.ENGLISH,
        supplier=SUPPLIER,
        buyer=BUYER,
        lines=lines,
        totals=compute_totals([one.pricing for one in lines], currency="KZT"),
        terms=TERMS,
        place="Karaganda",
        valid_until=date(2026, 12, 31),
        request_number="RFQ-77",
        quote_number="Q-143",
    )
    return replace(view, **changes)


SIGNED = {
    "supplier_signature": ContractSignature(
        "Ұлықбек Әбдіғаппар", datetime(2025, 11, 22, 9, 5, tzinfo=UTC), 3, "director"
    ),
    "buyer_signature": ContractSignature(
        "Анна Кузнецова", datetime(2025, 11, 22, 10, 15, tzinfo=UTC), 3
    ),
}


def pages(view: ContractView) -> list[str]:
    reader = PdfReader(io.BytesIO(render_contract_pdf(view)))
    return [page.extract_text().replace(NBSP, " ") for page in reader.pages]


def text(view: ContractView) -> str:
    return " ".join("\n".join(pages(view)).split())


def test_says_what_the_parties_agreed_on() -> None:
    content = text(contract())
    for expected in (
        "Supply contract No. C-2025-0012",
        "Karaganda, 22 November 2025, version 3",
        (
            "ТОО «Қарағанды Құрылыс Жабдықтау», represented by директор Ұлықбек Әбдіғаппар, "
            "acting on the basis of: Жарғы (the “Supplier”)"
        ),
        "ООО «Горизонт», represented by генеральный директор Анна Кузнецова (the “Buyer”)",
        "request No. RFQ-77, quote No. Q-143",
        "Item-001",
        "Item code SKU-1, lead time in days: 14",
        "Price of the contract 10,503.36 KZT",
        "Ten thousand, five hundred and three tenge 36 tiyn",
        "DAP (Incoterms 2020)",
        "124 Fontanka embankment",
        "calendar days from signing 21",
        "30% in advance, 70% within 14 days of delivery.",
        "24 months from delivery.",
        "0.1% a day, 10% at most.",
        "Disputes go to the court at the seat of the Supplier.",
        "31 December 2026",
        "051140012345",
        "780101001",
        "KZ86125KZT5004100100",
        "30101810500000000653",
    ):
        assert expected in content, expected


def test_clauses_are_numbered_without_gaps_and_empty_ones_are_left_out() -> None:
    reader = PdfReader(io.BytesIO(render_contract_pdf(contract())))
    assert [one.title for one in reader.outline] == [
        "Supply contract No. C-2025-0012",
        "1. Subject of the contract",
        "2. Specification and price",
        "3. Delivery",
        "4. Payment",
        "5. Warranty",
        "6. Liability",
        "7. Other terms",
        "8. Validity",
        "9. Requisites and signatures",
    ]
    bare = contract(terms=ContractTerms(payment_terms="On receipt"), valid_until=None)
    reader = PdfReader(io.BytesIO(render_contract_pdf(bare)))
    assert [one.title for one in reader.outline][3:] == [
        "3. Payment",
        "4. Validity",
        "5. Requisites and signatures",
    ]
    assert "in force from the signature of both parties" in text(bare)


def test_signatures_say_who_when_and_which_version() -> None:
    unsigned = text(contract())
    assert unsigned.count("Not signed yet") == 2
    signed = text(contract(**SIGNED))
    assert "Not signed yet" not in signed
    assert "Signed electronically: Ұлықбек Әбдіғаппар, director" in signed
    assert "22 November 2025, 09:05 UTC, version 3" in signed
    assert "22 November 2025, 10:15 UTC, version 3" in signed


def test_one_signature_leaves_the_other_place_open() -> None:
    half = text(contract(supplier_signature=SIGNED["supplier_signature"]))
    assert half.count("Not signed yet") == 1
    assert half.count("Signed electronically") == 1


@pytest.mark.parametrize("count", [3, 17, 60])
def test_signatures_stand_on_one_page_with_the_requisites(count: int) -> None:
    content = pages(contract(count, **SIGNED))
    (last,) = [page for page in content if "Requisites and signatures" in page]
    assert last == content[-1]
    assert last.count("Signed electronically") == 2
    assert "044030653" in last
    (sums,) = [page for page in content if "Price of the contract" in page]
    assert f"Item-{count:03d}" in sums
    for index, page in enumerate(content, 1):
        assert f"Page {index} of {len(content)}" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            Language.RUSSIAN,
            [
                "Договор поставки № C-2025-0012",
                "22 ноября 2025 г., редакция 3",
                "запрос № RFQ-77, предложение № Q-143",
                "Цена договора 10 503,36 KZT",
                "Десять тысяч пятьсот три тенге 36 тиынов",
                "Подписано электронно: Ұлықбек Әбдіғаппар",
            ],
        ),
        (
            Language.KAZAKH,
            [
                "Жеткізу шарты № C-2025-0012",
                "2025 жылғы 22 қараша, 3-редакция",
                "№ RFQ-77 сұрау салу, № Q-143 ұсыныс",
                "Шарт бағасы 10 503,36 KZT",
                "Он мың бес жүз үш теңге 36 тиын",
                "Электрондық түрде қол қойды: Ұлықбек Әбдіғаппар",
            ],
        ),
    ],
)
def test_speaks_russian_and_kazakh(language: Language, words: list[str]) -> None:
    content = text(contract(language=language, **SIGNED))
    for expected in words:
        assert expected in content, expected


def test_labels_keep_their_places_in_every_language() -> None:
    english = CONTRACT_LABELS[Language.ENGLISH]
    for language in Language:
        for one in fields(english):
            ours = getattr(CONTRACT_LABELS[language], one.name)
            theirs = getattr(english, one.name)
            assert ours.strip()
            assert _places(ours) == _places(theirs), (language, one.name)


def _places(template: str) -> set[str]:
    return {part.split("}")[0] for part in template.split("{")[1:]}


def test_names_with_braces_are_printed_as_they_are() -> None:
    odd = replace(SUPPLIER, legal_name="{buyer} & {0} Ltd", representative=None)
    assert "{buyer} & {0} Ltd (the “Supplier”)" in text(contract(supplier=odd))


def test_is_the_same_to_the_byte_in_another_process() -> None:
    here = hashlib.sha256(render_contract_pdf(contract(**SIGNED))).hexdigest()
    script = (
        "import hashlib, test_contract_pdf as t;"
        "print(hashlib.sha256(t.render_contract_pdf(t.contract(**t.SIGNED))).hexdigest())"
    )
    root = Path(__file__).parents[3]
    environment = os.environ | {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Almaty",
        "PYTHONPATH": os.pathsep.join([str(root), str(Path(__file__).parent)]),
    }
    there = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == here


def test_every_agreed_word_changes_the_hash() -> None:
    base = render_contract_pdf(contract())
    for changed in (
        contract(version=4),
        contract(number="C-2025-0013"),
        contract(terms=replace(TERMS, penalties="0.2% a day, 10% at most.")),
        contract(valid_until=date(2027, 12, 31)),
        contract(**SIGNED),
    ):
        assert render_contract_pdf(changed) != base
