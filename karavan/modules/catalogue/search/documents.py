"""From a product to its document: lexemes with places and weights, values to filter by, words for the vocabulary."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct, field

from karavan.modules.catalogue.search.scripts import is_cyrillic
from karavan.modules.catalogue.search.stems import kazakh_lexemes, lexeme
from karavan.modules.catalogue.search.text import HYPHENATED_CODE, Kind, Token, code_key, tokens

NAME, BESIDE, ABOUT, DESCRIPTION = "A", "B", "C", "D"
"""Weights: what a thing is; what it is for and where it is filed; who sells it and what it has; the rest."""

_GAP, _ROUND = 8, 16
_PLACE_MAX = 16_000
_DESCRIPTION_TOKENS_MAX = 400
_TURNS = frozenset("для под к от без for with".split())
"""After these words a name says what the thing is for, not what it is: a cup for coffee is no coffee."""
_TURNS_BEFORE = frozenset("арналған үшін".split())
"""After these Kazakh words a name says what the thing is: what it is for came before."""
_ANY_TURN = _TURNS | _TURNS_BEFORE
_HYPHENATED = re.compile(rf"[^\W\d_]+(?:-[^\W\d_]+)+|(?<![^\W_]){HYPHENATED_CODE.pattern}")

Texts = Mapping[str, str]


class ProductText(Struct, frozen=True, kw_only=True):
    """Everything about a product that can be searched for.

    Attributes:
        categories: names by language of its category and of those above it, its own last.
        values: attributes and options as people read them, by language where they are translated.
        codes: stock-keeping units and barcodes, of its variants too.
        measures: weight and pack as text with a unit, such as `500 g`.
    """

    names: Texts
    descriptions: Texts = field(default_factory=dict)
    categories: Sequence[Texts] = ()
    values: Sequence[Texts] = ()
    seller: str = ""
    codes: Sequence[str] = ()
    measures: Sequence[str] = ()


@lru_cache(maxsize=65_536)
def cut(text: str) -> tuple[tuple[int, Token], ...]:
    """Tokens with their places; `wi-fi` gives `wi`, `fi` and, at the place of the first, `wifi`; `М-500` `m500` too.

    Names of categories, values and sellers come back with every product: they are cut once.
    """
    made: list[tuple[int, Token]] = []
    place, end = 0, 0
    for found in _HYPHENATED.finditer(text) if "-" in text else ():
        before, parts = tokens(text[end : found.start()]), tokens(found[0])
        made += enumerate(before, place)
        place += len(before)
        made.append((place, tokens(found[0].replace("-", ""))[0]))
        made += enumerate(parts, place)
        place += len(parts)
        end = found.end()
    made += enumerate(tokens(text[end:]), place)
    return tuple(made)


def words_of(text: ProductText) -> set[str]:
    """Every word that `Document` will ask the stemmers for."""
    texts = [*text.names.values(), *text.descriptions.values(), text.seller]
    for translated in (*text.categories, *text.values):
        texts += translated.values()
    return set().union(*map(_words, texts))


@lru_cache(maxsize=65_536)
def _words(text: str) -> frozenset[str]:
    return frozenset(token.text for _, token in cut(text) if token.kind is Kind.WORD)


class _Part(Struct, frozen=True):
    """A text as a document holds it.

    Attributes:
        lexemes: with their places and weights; the text of a `tsvector`, in which a lexeme may come again.
        words: what the vocabulary may count, with the lexeme of each.
        length: places that it takes.
    """

    lexemes: str
    words: tuple[tuple[str, str], ...]
    length: int


def _part(text: str, language: str, start: int, weights: str, most: int | None = None) -> _Part:
    """Cut a text and place it.

    Args:
        start: where its first token stands.
        weights: of each token; the last one holds for the rest.
        most: tokens after so many are left out.
    """
    made: list[str] = []
    words: list[tuple[str, str]] = []
    last, last_weight = -1, len(weights) - 1
    for number, (place, token) in enumerate(cut(text)):
        if most is not None and place >= most:
            break
        kept, meant = _kept(token, language == "kk")
        at = f":{min(start + place, _PLACE_MAX)}{weights[min(number, last_weight)]}"
        made += [one + at for one in kept]
        last = place
        if meant:
            words.append((token.text, meant))
    return _Part(" ".join(made), tuple(words), last + 1)


@lru_cache(maxsize=65_536)
def _kept(token: Token, is_kazakh: bool) -> tuple[tuple[str, ...], str]:  # noqa: FBT001  # a key of the cache
    """Lexemes of a token, quoted; and what it counts as in the vocabulary, if it is a word that says something."""
    if token.kind is not Kind.WORD:
        return tuple(quoted(one) for one in (token.text, token.number) if one), ""
    kept = kazakh_lexemes(token.text) if is_kazakh else [lexeme(token.text)]
    meant = kept[0] if kept and len(token.text) > 1 else ""
    return tuple(quoted(one) for one in kept if one), meant


_shared_part = lru_cache(maxsize=65_536)(_part)
"""For texts that many products have: descriptions that are copied, weights."""


def _filed(categories: Sequence[Texts]) -> Iterator[tuple[str, str, str, bool]]:
    """Names of categories with their language, their weight, and whether their words are counted."""
    for depth, category in enumerate(reversed(categories)):
        weight = ABOUT if depth else BESIDE
        for language, name in category.items():
            yield name, language, weight, depth == 0


@lru_cache(maxsize=65_536)
def _shared(texts: tuple[tuple[str, str, str, bool], ...], start: int) -> _Part:
    """Texts one after another, as one part."""
    made: list[str] = []
    words: list[tuple[str, str]] = []
    following = start
    for text, language, weight, counted in texts:
        part = _part(text, language, following, weight)
        made.append(part.lexemes)
        following += part.length + _GAP
        words += part.words if counted else ()
    return _Part(" ".join(filter(None, made)), tuple(words), following - start)


class Document:
    """The searchable form of a product. Its words must have been learnt (`stems.learn`).

    Attributes:
        lexemes: the text of a `tsvector` (PostgreSQL § 8.11.1), in which a lexeme may come again.
        words: of the names, the values, the category and the seller, with the lexeme of each.
        name_length: tokens of the shortest name.

    Args:
        marks: lexemes to filter by (`marks.py`), which have no place.
    """

    def __init__(self, text: ProductText, marks: Iterable[str] = ()) -> None:
        self.words: dict[str, str] = {}
        self._next = 1
        self._made: list[str] = []
        for language, name in text.names.items():
            self._put(_part(name, language, self._next, _weights_of_name(name)), counted=True)
        lengths = [len(cut(name)) for name in text.names.values()]
        self.name_length = min(max(min(lengths, default=1), 1), 100)
        # What many products share begins at round places, so that most of it has been placed before.
        self._next += -self._next % _ROUND
        self._put(_shared(tuple(_filed(text.categories)), self._next), counted=True)
        for value in text.values:
            for language, words in value.items():
                self._add(words, language, ABOUT)
        self._add(text.seller, "", ABOUT)
        for language, words in text.descriptions.items():
            self._add(words, language, DESCRIPTION, most=_DESCRIPTION_TOKENS_MAX)
        for measure in text.measures:
            self._add(measure, "", DESCRIPTION)
        codes = (quoted(key) for code in text.codes for key in code_lexemes(code))
        self.lexemes = " ".join(filter(None, (*self._made, *codes, *map(quoted, marks))))

    def _add(self, text: str, language: str, weight: str, *, most: int | None = None) -> None:
        self._next += -self._next % _ROUND
        part = _shared_part(text, language, self._next, weight, most)
        self._put(part, counted=weight != DESCRIPTION)

    def _put(self, part: _Part, *, counted: bool) -> None:
        self._made.append(part.lexemes)
        self._next += part.length + _GAP
        if counted:
            for word, meaning in part.words:
                self.words.setdefault(word, meaning)


def _weights_of_name(name: str) -> str:
    given = [token.text for _, token in cut(name)]
    if _ANY_TURN.isdisjoint(given):
        return NAME
    turn = next((n for n, one in enumerate(given) if one in _TURNS), len(given))
    turned = next((n for n, one in enumerate(given) if one in _TURNS_BEFORE), -1)
    # A name that begins with the turn has nothing else to say what the thing is.
    return "".join(BESIDE if n > turn > 0 or n < turned else NAME for n in range(len(given)))


def quoted(one: str) -> str:
    """A lexeme as the text of a `tsvector` or `tsquery` writes it, whatever is in it."""
    return "'" + one.replace("\\", "\\\\").replace("'", "''") + "'"


def code_lexemes(code: str) -> list[str]:
    """A code as a lexeme that no word can be; a barcode also without the zeros that fill it up to fourteen digits."""
    key = code_key(code)
    if not key:
        return []
    return ["#" + one for one in dict.fromkeys((key, key.lstrip("0") or key))]


def is_counted(word: str) -> bool:
    """Whether a word belongs into the vocabulary: something that a person could have mistyped."""
    return 2 <= len(word) <= 40 and (word.isascii() or is_cyrillic(word))
