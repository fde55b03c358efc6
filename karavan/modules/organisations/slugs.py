"""Readable parts of addresses, also for names in Cyrillic."""

import re
import secrets
import unicodedata

_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya a g q n o u u h i".split(),
        strict=True,
    )
)
SLUG_MAX_LENGTH = 60


def slug_of(name: str) -> str:
    """`ТОО «Алматы Құрылыс»` becomes `too-almaty-qurylys`; a name without any letter becomes `organisation`."""
    latin = "".join(_LETTERS.get(letter, letter) for letter in name.lower()).replace("_", "")
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_MAX_LENGTH].rstrip("-")
    return slug or "organisation"


def slug_candidates(name: str) -> list[str]:
    """The plain slug first, then ones that are taken less and less likely."""
    slug = slug_of(name)
    return [slug, f"{slug}-{secrets.token_hex(2)}", f"{slug}-{secrets.token_hex(6)}"]
