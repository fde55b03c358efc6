"""What papers write instead of signs that their font has no picture of: the nearest that can be read."""

import unicodedata
from collections.abc import Container

from karavan.kit.documents.formatting import clean_text

_INSTEAD = {
    **dict.fromkeys("✓✔☑✅", "√"),
    **dict.fromkeys("✕✖✗✘☒❌❎", "×"),
    **dict.fromkeys("☐□▢◻⬜", "[ ]"),
    **dict.fromkeys("→⇒➔➜➝➞➡⟶⟹▶►▸", "->"),
    **dict.fromkeys("←⇐⬅⟵◀◄◂", "<-"),
    **dict.fromkeys("↔⇔⟷", "<->"),
    **dict.fromkeys("●■▪◆◼⬛◾⚫‣⦁⚪○◇◦", "•"),
    **dict.fromkeys("★☆⭐", "*"),
    **dict.fromkeys("⌀∅", "Ø"),
    **dict.fromkeys("⚠❗❕", "(!)"),
    **dict.fromkeys("➕", "+"),
    **dict.fromkeys("➖‐‑‒⁃", "-"),
    **dict.fromkeys("☎✆📞", "tel."),
    **dict.fromkeys("✉📧", "@"),
}

_MARK = "\N{REPLACEMENT CHARACTER}"


def shown(text: str, known: Container[int]) -> str:
    """Text without controls, in which every sign is one that the font can show.

    A sign is replaced by one that looks or reads alike; a pictogram by its name, since nothing may be left out of a paper
    that somebody signs. What has neither leaves a visible mark.

    Args:
        known: code points that the font has.
    """
    clean = unicodedata.normalize("NFC", clean_text(text))
    return "".join(
        one if one == "\n" or ord(one) in known else _instead(one, known) for one in clean
    )


def _instead(one: str, known: Container[int]) -> str:
    kind = unicodedata.category(one)
    for nearest in (_INSTEAD.get(one), unicodedata.normalize("NFKC", one)):
        if nearest and all(ord(letter) in known for letter in nearest):
            return nearest
    if kind == "Zs":
        return " "
    if (
        kind in {"Mn", "Me"}
        or "\N{EMOJI MODIFIER FITZPATRICK TYPE-1-2}"
        <= one
        <= "\N{EMOJI MODIFIER FITZPATRICK TYPE-6}"
    ):
        # It only says how the sign before it looks.
        return ""
    name = unicodedata.name(one, "") if kind == "So" else ""
    return f"[{name.lower()}]" if name else _MARK
