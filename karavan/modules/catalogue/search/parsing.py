"""What somebody typed, cut into terms: words, quoted phrases, words that must not occur."""

import re
from collections.abc import Iterator

from msgspec import Struct

from karavan.modules.catalogue.search.scripts import retyped
from karavan.modules.catalogue.search.text import Kind, Token, code_key, is_unit, normalise, tokens

CHARACTERS_MAX = 200
TERMS_MAX = 12
_PHRASE = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”')
# A number and its unit are one term however they are spaced.
_SPACED_UNIT = re.compile(r"(\d)\s+([^\W\d_]{1,16})(?=\s|$)")
_CODE_CHARACTERS = range(3, 65)
_PREFIX_LETTERS_MIN = 2


class Term(Struct, frozen=True, kw_only=True):
    """One thing that must occur, or must not.

    Attributes:
        typed: small letters, as the keys were hit.
        tokens: what it was cut into; several for `wi-fi` or a phrase.
        joined: `wi-fi` as one word.
        prefix: the beginning of a word that is still being typed, or nothing.
    """

    typed: str
    tokens: tuple[Token, ...]
    phrase: bool = False
    excluded: bool = False
    joined: str = ""
    prefix: str = ""

    @property
    def word(self) -> str:
        """The word, where it is a single plain one: only such a word is looked at for errors."""
        if self.phrase or self.excluded or len(self.tokens) != 1:
            return ""
        return self.tokens[0].text if self.tokens[0].kind is Kind.WORD else ""

    def retyped(self) -> Iterator[str]:
        """What the same keys write on other layouts, where that is one word."""
        if self.phrase or self.excluded or len(self.tokens) > 2:
            return
        for typed in retyped(self.typed):
            found = tokens(typed)
            if len(found) == 1 and found[0].kind is Kind.WORD and len(found[0].text) > 1:
                yield found[0].text


class Parsed(Struct, frozen=True):
    """A query that was cut.

    Attributes:
        code: the whole of it as a stock-keeping unit or barcode, where it could be one.
    """

    terms: tuple[Term, ...]
    code: str = ""

    @property
    def words(self) -> set[str]:
        """Every plain word in it."""
        found = {
            token.text for term in self.terms for token in term.tokens if token.kind is Kind.WORD
        }
        return found | {term.joined for term in self.terms if term.joined}


def parse(typed: str) -> Parsed:
    """Cut a query.

    `кофе "без кофеина" -растворимый 500 г` gives the word, the phrase, the exclusion and the measure. The last word may
    be the beginning of one, unless a space or a quotation mark ends it.
    """
    text = normalise(typed[:CHARACTERS_MAX])
    terms = [_phrase(found) for found in _PHRASE.findall(text)]
    terms = [term for term in terms if term.tokens]
    chunks = _SPACED_UNIT.sub(_joined, _PHRASE.sub(" ", text)).split()
    open_end = bool(text) and not text[-1].isspace() and text[-1] not in '"»”'
    for number, chunk in enumerate(chunks):
        term = _term(chunk, last=open_end and number == len(chunks) - 1)
        if term is not None:
            terms.append(term)
    key = code_key(text)
    is_code = len(key) in _CODE_CHARACTERS and any(one.isdigit() for one in key)
    return Parsed(tuple(terms[:TERMS_MAX]), key if is_code else "")


def _joined(found: re.Match[str]) -> str:
    return found[1] + found[2] if is_unit(found[2]) else found[0]


def _phrase(found: tuple[str, ...]) -> Term:
    text = next((one for one in found if one), "")
    return Term(typed=text, tokens=tuple(tokens(text)), phrase=True)


def _term(chunk: str, *, last: bool) -> Term | None:
    excluded = chunk.startswith("-") and len(chunk) > 1 and chunk[1].isalnum()
    found = tuple(tokens(chunk))
    if not found and not any(True for _ in retyped(chunk)):
        return None
    final = found[-1] if found else None
    unfinished = (
        last
        and not excluded
        and final is not None
        and final.kind in {Kind.WORD, Kind.CODE}
        and len(final.text) >= _PREFIX_LETTERS_MIN
    )
    letters = [part for part in chunk.split("-") if part]
    return Term(
        typed=chunk,
        tokens=found,
        excluded=excluded,
        joined="".join(letters) if len(letters) > 1 and all(map(str.isalpha, letters)) else "",
        prefix=final.text if unfinished and final is not None else "",
    )
