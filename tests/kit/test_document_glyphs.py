"""Signs that people write and that a font has no picture of: papers keep them readable."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from karavan.kit.documents.formatting import Language
from karavan.kit.documents.page import DocumentFrame, DocumentPdf

FRAME = DocumentFrame(
    title="Paper",
    author="Karavan",
    subject="Signs",
    running_title="Paper",
    language=Language.KAZAKH,
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
)


def printed(text: str) -> str:
    pdf = DocumentPdf(FRAME)
    pdf.paragraph(text)
    page = PdfReader(io.BytesIO(pdf.finish())).pages[0].extract_text()
    return page.split("\n")[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("ӘәҒғҚқҢңӨөҰұҮүҺһІі", "ӘәҒғҚқҢңӨөҰұҮүҺһІі"),
        ("№ 5 ≥ 3 € ₸ ₽ ± 2°", "№ 5 ≥ 3 € ₸ ₽ ± 2°"),
        ("✓ иә ✔️ да ✗ жоқ ❌", "√ иә √ да × жоқ ×"),
        ("A → B ⇒ C ← D ↔ E", "A -> B -> C <- D <-> E"),
        ("• бір ● екі ★ үш ☐ төрт", "• бір • екі * үш [ ] төрт"),
        # A letter of two parts is the letter; a sign of a superscript is the sign in a line.
        ("и\u0306од 5 ㎡ ①", "йод 5 m2 1"),
        ("Жеткізу 🚚 тез 👍🏽", "Жеткізу [delivery truck] тез [thumbs up sign]"),
        ("茶 чай", "\ufffd чай"),
    ],
)
def test_signs_without_a_picture_are_written_as_what_they_say(written, expected):
    assert printed(written) == expected
