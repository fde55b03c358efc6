"""One word in another script or on another keyboard layout.

`skeleton` writes Cyrillic and Latin in one rough alphabet, in which `кофе` and `kofe`, `сүт` and `сут` are the same;
the vocabulary is looked through in it. `retyped` gives what the keys would have written on the other layouts.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_CYRILLIC = {
    "а": "a",
    "ә": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "ғ": "g",
    "д": "d",
    "е": "e",
    "ж": "j",
    "з": "z",
    "и": "i",
    "й": "i",
    "к": "k",
    "қ": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "ң": "n",
    "о": "o",
    "ө": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ұ": "u",
    "ү": "u",
    "ф": "f",
    "х": "h",
    "һ": "h",
    "ц": "c",
    "ч": "q",
    "ш": "w",
    "щ": "w",
    "ъ": "",
    "ы": "i",
    "і": "i",
    "ь": "",
    "э": "e",
    "ю": "iu",
    "я": "ia",
}
# Latin spellings of one Cyrillic letter, the longest first. `q` stands for ch and `w` for sh: neither is needed otherwise.
_LATIN: tuple[tuple[str, str], ...] = (
    ("shch", "w"),
    ("sch", "w"),
    ("sh", "w"),
    ("ch", "q"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ng", "ng"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("ck", "k"),
    ("ya", "ia"),
    ("yu", "iu"),
    ("yo", "e"),
    ("ye", "e"),
    ("yi", "i"),
    ("iy", "i"),
    ("yy", "i"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("c", "k"),
    ("x", "ks"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
    ("'", ""),
)
_LATIN_PATTERN = re.compile("|".join(re.escape(latin) for latin, _ in _LATIN))
_LATIN_MAP = dict(_LATIN)
_CYRILLIC_TABLE = str.maketrans(_CYRILLIC)
_DOUBLED = re.compile(r"([a-z])\1+")

_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю."
# The Kazakh layout is the Russian one with nine letters on the row of digits.
_KAZAKH_KEYS, _KAZAKH = "234589" + "0-=", "әіңғүұ" + "қөһ"
_TO_RUSSIAN = str.maketrans(_KEYS, _RUSSIAN)
_TO_KAZAKH = str.maketrans(_KEYS + _KAZAKH_KEYS, _RUSSIAN + _KAZAKH)
_TO_LATIN = str.maketrans(_RUSSIAN + _KAZAKH, _KEYS + _KAZAKH_KEYS)
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")
_LATIN_LETTER = re.compile("[a-z]")


def is_cyrillic(word: str) -> bool:
    """Whether there is a Cyrillic letter in it."""
    return _CYRILLIC_LETTER.search(word) is not None


def is_latin(word: str) -> bool:
    """Whether there is a Latin letter in it."""
    return _LATIN_LETTER.search(word) is not None


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """A normalised word in the rough alphabet; doubled letters count once."""
    if is_cyrillic(word):
        plain = word.translate(_CYRILLIC_TABLE).replace("dj", "j")
    else:
        plain = _LATIN_PATTERN.sub(lambda found: _LATIN_MAP[found[0]], word)
    return _DOUBLED.sub(r"\1", plain)


def retyped(typed: str) -> Iterator[str]:
    """What the same keys write on the other layouts: `rjat` → `кофе`, `0fyn` → `қант`, `сщаауу` → `coffee`.

    Args:
        typed: small letters as they were typed, punctuation included: `,` is where `б` is.
    """
    if is_cyrillic(typed):
        if not is_latin(typed):
            yield typed.translate(_TO_LATIN)
        return
    if is_latin(typed) or any(one in "`[];',." for one in typed):
        yield typed.translate(_TO_RUSSIAN)
        if any(one in _KAZAKH_KEYS for one in typed):
            yield typed.translate(_TO_KAZAKH)
