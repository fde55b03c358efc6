"""Kazakh: from a word form to its stem, by a dictionary of suffixes.

A noun is stem + plural + possessive + case, each at most once, and each suffix has forms that follow the sound before
it and the harmony of vowels (Kazakh grammar, “септік”, “тәуелдік” and “көптік жалғаулар”). Suffixes are taken off from
the end in that order, only where both rules allow it, so that `принтер` keeps what merely looks like a plural.
"""

from functools import lru_cache

from msgspec import Struct

LETTERS = frozenset("әғқңөұүһі")
"""Letters that Russian does not have."""

_BACK, _FRONT = frozenset("аоұыяё"), frozenset("әеөүіэ")
_VOWELS = _BACK | _FRONT | frozenset("иую")
_VOICELESS = frozenset("пткқсшщчцфх")
_STEM_LETTERS_MIN = 3
_WORD_LETTERS_MIN = 4
_ENDING_LETTERS_MAX = 6

_AFTER: dict[str, frozenset[str]] = {
    "vowel": _VOWELS - frozenset("ую"),
    "glide": frozenset("рйую"),
    "l": frozenset("л"),
    "nasal": frozenset("мнң"),
    "buzz": frozenset("зж"),
    "stop": _VOICELESS | frozenset("бвгдғ"),
}


class _Suffix(Struct, frozen=True):
    text: str
    after: frozenset[str]


def _layer(*rows: str) -> tuple[_Suffix, ...]:
    """Suffixes from rows such as `лар лер: vowel glide`, the longest first."""
    made = []
    for row in rows:
        forms, _, sounds = row.partition(":")
        after = frozenset().union(*(_AFTER[sound] for sound in sounds.split()))
        made += [_Suffix(form, after) for form in forms.split()]
    return tuple(sorted(made, key=lambda one: -len(one.text)))


_CONSONANT = "glide l nasal buzz stop"
_CASES = _layer(
    "ның нің: vowel nasal",
    "дың дің: glide l buzz",
    "тың тің: stop",
    "ны ні: vowel",
    "ды ді: glide l nasal buzz",
    "ты ті: stop",
    "ға ге: vowel glide l nasal buzz",
    "қа ке: stop",
    "да де: vowel glide l nasal buzz",
    "та те: stop",
    "дан ден: vowel glide l buzz",
    "нан нен: vowel nasal",
    "тан тен: stop",
    "мен: vowel glide l nasal",
    "бен: buzz",
    "пен: stop",
    # After the possessive of the third person.
    "нда нде ндағы ндегі на не: vowel",
)
_POSSESSIVES = _layer(
    "сы сі: vowel",
    "ы і: " + _CONSONANT,
    "сын сін: vowel",
    "ымыз іміз ыңыз іңіз: " + _CONSONANT,
    "мыз міз ңыз ңіз: vowel",
)
_PLURALS = _layer("лар лер: vowel glide", "дар дер: l nasal buzz", "тар тер: stop")
_ADJECTIVES = _layer(
    "лы лі: vowel glide",
    "ды ді: l nasal buzz",
    "ты ті: stop",
    "сыз сіз: vowel " + _CONSONANT,
    "лық лік: vowel glide",
    "дық дік: l nasal buzz",
    "тық тік: stop",
    "дағы дегі: vowel glide l nasal buzz",
    "тағы тегі: stop",
    "ғы гі: vowel glide l nasal buzz",
    "қы кі: stop",
)

# Stems of two letters that goods are named by; any other stem keeps three.
_SHORT = frozenset("су ет ас от ұн аң ас үй ат ит жүн тұз".split())
# Whole words whose end only looks like a suffix.
_WHOLE = frozenset(
    "дәптер постер тостер бисер ноутбук орындық көйлек балық шырын сабын қатық айран ыдыс жастық сықпа "
    "көзілдірік кілем қалам тағам құрылғы үтік етік бөтелке түймедақ қысқыш қағаз сағат қант ірімшік ұнтақ "
    "көкөніс жеміс жидек картоп сәбіз пияз қияр асханалық емдік майлық орамал сүлгі ойыншық қуыршақ дала "
    "тақта сандық шұлық қолғап белдік сырға алқа мақта мата былғары сусын жаңғақ сүзбе кілегей пальто тоңазытқыш шаңсорғыш".split()
)
_SOFTENED = {"ғ": "қ", "г": "к", "б": "п"}


def is_kazakh(word: str) -> bool:
    """Whether letters tell that the word is Kazakh; without them it still may be."""
    return not LETTERS.isdisjoint(word)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a normalised Cyrillic word; the word itself where no suffix fits.

    `кофенің` → `кофе`, `алмаларымыздан` → `алма`, `сиыр еті` word by word → `сиыр`, `ет`.
    """
    if len(word) < _STEM_LETTERS_MIN:
        return word
    for end in range(len(word), max(_STEM_LETTERS_MIN, len(word) - _ENDING_LETTERS_MAX) - 1, -1):
        if word[:end] in _WHOLE:
            return word[:end]
    bare = _strip(_strip_possessive(_strip(word, _CASES)), _PLURALS)
    return _strip(bare, _ADJECTIVES)


def _strip(word: str, suffixes: tuple[_Suffix, ...]) -> str:
    if len(word) < _WORD_LETTERS_MIN and word[:-1] not in _SHORT:
        return word
    for suffix in suffixes:
        if word.endswith(suffix.text):
            bare = word[: -len(suffix.text)]
            if _may_stand(bare) and bare[-1] in suffix.after and _in_harmony(bare, suffix.text):
                return bare
    return word


def _strip_possessive(word: str) -> str:
    bare = _strip(word, _POSSESSIVES)
    if bare != word and word[len(bare)] in "ыі":
        # A vowel softens the consonant before it: `тарағы` is the possessive of `тарақ`.
        return bare[:-1] + _SOFTENED.get(bare[-1], bare[-1])
    return bare


def _may_stand(bare: str) -> bool:
    return bare in _SHORT or (len(bare) >= _STEM_LETTERS_MIN and not _VOWELS.isdisjoint(bare))


def _in_harmony(bare: str, suffix: str) -> bool:
    """Back vowels follow back ones; `и`, `у` and `ю` go with either, and `мен` never changes."""
    if suffix in {"мен", "бен", "пен"}:
        return True
    last = next((one for one in reversed(bare) if one in _BACK or one in _FRONT), "")
    following = next((one for one in suffix if one in _BACK or one in _FRONT), "")
    return not last or not following or (last in _BACK) == (following in _BACK)
