"""From a query to what the index is asked: attempts, from what was typed to what may have been meant.

Every word becomes alternatives, every pair of words must both occur. The attempts are tried in turn until one finds
something, so that a rare but right word is never “corrected”.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.catalogue.search.documents import code_lexemes, quoted
from karavan.modules.catalogue.search.kazakh import is_kazakh
from karavan.modules.catalogue.search.marks import EVERY
from karavan.modules.catalogue.search.parsing import Parsed, Term, parse
from karavan.modules.catalogue.search.scripts import retyped as retype
from karavan.modules.catalogue.search.scripts import skeleton
from karavan.modules.catalogue.search.stems import learn, lexeme, lexemes
from karavan.modules.catalogue.search.synonyms import (
    PHRASE_TOKENS_MAX,
    Alternative,
    Synonyms,
    key_of,
)
from karavan.modules.catalogue.search.text import Kind, code_key, joined_code, tokens
from karavan.modules.catalogue.search.words import (
    Vocabulary,
    closest,
    find_alike,
    find_beginnings,
)

_CODE_LETTERS_MIN = 3


class Attempt(Struct, frozen=True, kw_only=True):
    """What the index is asked; texts of `tsquery`, nothing where every product fits.

    Attributes:
        wanted: what a product must match.
        ranked: the words themselves, without what they may stand for: matching them counts for more.
        pinned: the query as a stock-keeping unit or barcode: such products come first.
        corrected: the query as it was understood, where that differs from what was typed.
        relaxed: whether some of the words may be missing.
    """

    wanted: str | None
    ranked: str | None
    pinned: str | None = None
    corrected: str | None = None
    relaxed: bool = False


class _Reading(Struct):
    """How one term is read.

    Attributes:
        before: what stands before the prefix in a term of several tokens.
        code: the term as a stock-keeping unit, which may be a beginning too.
        meant: the word that replaces what was typed.
        beginnings: words that begin as what was typed, on another layout or in another script.
    """

    term: Term
    alternatives: list[Alternative] = field(default_factory=list)
    prefix: str = ""
    before: Alternative = ()
    code: str = ""
    meant: str = ""
    beginnings: list[str] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        return bool(self.alternatives or self.prefix or self.code)


async def interpret(
    session: AsyncSession,
    typed: str,
    *,
    locale: str,
    corrected: bool = True,
    completing: bool = False,
) -> list[Attempt]:
    """The attempts for a query, the most literal first. None of its text reaches SQL but as quoted lexemes.

    Args:
        locale: of the reader: in Kazakh every word may be a Kazakh form.
        corrected: whether other words than the typed ones may be searched for.
        completing: whether the last word may be unfinished although there is such a word.
    """
    parsed = parse(typed)
    words = parsed.words | {one for term in parsed.terms for one in term.retyped()}
    vocabulary = await Vocabulary.read(session, words)
    readings = [
        reading
        for term in parsed.terms
        if (
            reading := _read(term, vocabulary, as_kazakh=locale == "kk", completing=completing)
        ).says_something
    ]
    if not readings:
        pinned = _pinned(parsed)
        return [
            Attempt(
                wanted=pinned or (None if not parsed.terms else "'#'"), ranked=None, pinned=pinned
            )
        ]
    meant = await _meant(session, readings, vocabulary) if corrected else readings
    synonyms = await _synonyms(session, [readings, meant])
    pinned = _pinned(parsed)
    attempts = [_attempt(readings, synonyms, pinned)]
    if meant is not readings:
        text = " ".join(reading.meant or reading.term.typed for reading in meant)
        told = text if any(reading.meant for reading in meant) else None
        attempts.append(replace(_attempt(meant, synonyms, None), corrected=told))
    if corrected:
        attempts += [
            replace(one, corrected=attempts[-1].corrected, relaxed=True)
            for one in _relaxed(meant, synonyms)
        ]
    return attempts


def _read(term: Term, vocabulary: Vocabulary, *, as_kazakh: bool, completing: bool) -> _Reading:
    word = term.word
    is_whole = bool(word) and not completing and vocabulary.frequency(word) > 0
    reading = _Reading(term, prefix="" if is_whole else term.prefix)
    if word:
        unknown = not vocabulary.frequency(word) and vocabulary.frequency_as_kazakh(word) > 0
        forms = lexemes(word, as_kazakh=as_kazakh or is_kazakh(word) or unknown)
        reading.alternatives = [(one,) for one in forms]
        for other in vocabulary.sounding_like(word):
            reading.alternatives += [(one,) for one in lexemes(other, as_kazakh=is_kazakh(other))]
        if not forms:
            # `и` or `for`: it says nothing, unless it is the beginning of something.
            reading.prefix = ""
    else:
        parts = [
            lexeme(token.text) if token.kind is Kind.WORD else token.text for token in term.tokens
        ]
        together = tuple(one for one in parts if one)
        reading.alternatives = [together] if together else []
        reading.before = together[:-1] if term.prefix else ()
    if term.joined:
        reading.alternatives += [(one,) for one in lexemes(term.joined, as_kazakh=False)]
    if not term.phrase and (code := joined_code(term.typed)):
        reading.alternatives.append((code,))
    key = code_key(term.typed)
    if not term.phrase and len(key) >= _CODE_LETTERS_MIN and any(map(str.isdigit, key)):
        reading.code = key
    return reading


async def _meant(
    session: AsyncSession, readings: Sequence[_Reading], vocabulary: Vocabulary
) -> Sequence[_Reading]:
    """The readings with unknown words replaced by what was probably meant; the same readings where all are known."""
    unknown = [
        reading
        for reading in readings
        if _is_unknown(reading.term, vocabulary)
        and not (reading.term.word and vocabulary.sounding_like(reading.term.word))
    ]
    if not unknown:
        return readings
    retyped = {id(one): list(one.term.retyped()) for one in unknown}
    candidates = {word for one in unknown for word in (one.term.word, *retyped[id(one)]) if word}
    alike = await find_alike(session, candidates)
    replaced: dict[int, _Reading] = {}
    for reading in unknown:
        other = retyped[id(reading)]
        found = next((one for one in other if vocabulary.frequency(one)), None) or next(
            (one for one in other if vocabulary.frequency_as_kazakh(one)), None
        )
        if found is None and reading.term.prefix:
            replaced[id(reading)] = reading
            reading.beginnings = await find_beginnings(session, [reading.term.prefix, *other])
        if found is None and (nearest := closest(reading.term, other, alike)) is not None:
            found = nearest[0]
        if found is not None or reading.beginnings:
            await learn(session, [found] if found else [])
            sounding = (
                []
                if found is None
                else [
                    *vocabulary.sounding_like(found),
                    *(one.text for one in alike if one.bones == skeleton(found)),
                ]
            )
            replaced[id(reading)] = await _as_meant(session, reading, found, sounding)
    if not replaced:
        return readings
    if any(one.meant in retyped[key] for key, one in replaced.items() if one.meant):
        for reading in readings:
            if id(reading) not in replaced:
                replaced[id(reading)] = _retyped_code(reading)
    return [replaced.get(id(reading), reading) for reading in readings]


def _retyped_code(reading: _Reading) -> _Reading:
    """`f4` beside a word that was typed on another layout is `а4` too."""
    codes = [
        found[0].text
        for typed in retype(reading.term.typed)
        if not reading.term.word and len(found := tokens(typed)) == 1 and found[0].kind is Kind.CODE
    ]
    return replace(reading, alternatives=[*reading.alternatives, *((one,) for one in codes)])


async def _as_meant(
    session: AsyncSession, reading: _Reading, found: str | None, sounding: Sequence[str]
) -> _Reading:
    words = [*([found] if found else []), *reading.beginnings, *sounding]
    await learn(session, words)
    forms = [
        form for word in words for form in lexemes(word, as_kazakh=is_kazakh(word) or not found)
    ]
    return _Reading(
        reading.term,
        alternatives=[(one,) for one in dict.fromkeys(forms)],
        prefix=found if found and reading.term.prefix else "",
        meant="" if reading.beginnings or found is None else found,
        beginnings=reading.beginnings,
    )


def _is_unknown(term: Term, vocabulary: Vocabulary) -> bool:
    if term.word:
        return not vocabulary.frequency(term.word) and not vocabulary.frequency_as_kazakh(term.word)
    single = len(term.tokens) == 1 and term.tokens[0].kind is Kind.CODE
    return (single or not term.tokens or "-" not in term.typed) and any(
        True for _ in term.retyped()
    )


async def _synonyms(session: AsyncSession, sequences: Iterable[Sequence[_Reading]]) -> Synonyms:
    keys = {
        key
        for readings in sequences
        for start in range(len(readings))
        for end in range(start + 1, min(start + PHRASE_TOKENS_MAX, len(readings)) + 1)
        for key in _run_keys(readings[start:end])
    }
    return await Synonyms.read(session, sorted(keys))


def _run_keys(readings: Sequence[_Reading]) -> set[str]:
    """The keys of words that stand together: as they are, and as Kazakh forms."""
    if any(one.term.excluded or one.term.phrase or not one.alternatives for one in readings):
        return set()
    return {
        key_of(
            part
            for one in readings
            for part in one.alternatives[min(nth, len(one.alternatives) - 1)]
        )
        for nth in (0, 1)
    }


def _attempt(readings: Sequence[_Reading], synonyms: Synonyms, pinned: str | None) -> Attempt:
    required = [one for one in readings if not one.term.excluded]
    parts = _segments(required, synonyms)
    wanted = " & ".join(parts)
    if pinned:
        wanted = f"({wanted}) | {pinned}" if wanted else pinned
    for one in readings:
        if one.term.excluded:
            wanted = " & ".join([f"({wanted})" if wanted else quoted(EVERY), f"!{_literal(one)}"])
    ranked = [_literal(one) for one in required if one.alternatives]
    return Attempt(wanted=wanted, ranked=" & ".join(ranked) or None, pinned=pinned)


def _relaxed(readings: Sequence[_Reading], synonyms: Synonyms) -> list[Attempt]:
    """Attempts that let one word be missing, then all but one."""
    required = [one for one in readings if not one.term.excluded]
    if len(required) < 2:
        return []
    excluded = [one for one in readings if one.term.excluded]
    without = "".join(f" & !{_literal(one)}" for one in excluded)
    parts = [_term(one, synonyms) for one in required]
    ranked = " | ".join(_literal(one) for one in required if one.alternatives) or None
    made = []
    if len(parts) > 2:
        but_one = [
            "(" + " & ".join(parts[:place] + parts[place + 1 :]) + ")"
            for place in range(len(parts))
        ]
        made.append(Attempt(wanted=f"({' | '.join(but_one)}){without}", ranked=ranked))
    made.append(Attempt(wanted=f"({' | '.join(parts)}){without}", ranked=ranked))
    return made


def _segments(readings: Sequence[_Reading], synonyms: Synonyms) -> list[str]:
    """A condition for each word, or for words that together have synonyms; the longest run of words goes first."""
    made, place = [], 0
    while place < len(readings):
        for end in range(min(place + PHRASE_TOKENS_MAX, len(readings)), place + 1, -1):
            others = _others(readings[place:end], synonyms)
            if others:
                literal = " & ".join(_term(one, synonyms) for one in readings[place:end])
                made.append(f"(({literal}) | {' | '.join(others)})")
                place = end
                break
        else:
            made.append(_term(readings[place], synonyms))
            place += 1
    return made


def _others(readings: Sequence[_Reading], synonyms: Synonyms) -> list[str]:
    found = [
        one for key in sorted(_run_keys(readings)) for one in synonyms.alternatives.get(key, ())
    ]
    return [_together(one) for one in dict.fromkeys(found)]


def _term(reading: _Reading, synonyms: Synonyms) -> str:
    """All that a term may be found by."""
    parts = [_literal(reading)] if reading.alternatives else []
    if reading.prefix:
        parts.append(" & ".join([*map(quoted, reading.before), quoted(reading.prefix) + ":*"]))
    if reading.code:
        parts += [quoted("#" + reading.code) + ":*"]
    parts += _others([reading], synonyms)
    return f"({' | '.join(parts)})"


def _literal(reading: _Reading) -> str:
    """The term itself."""
    if not reading.alternatives:
        return _term(reading, Synonyms({}))
    if reading.term.phrase:
        return _phrase(reading.term)
    return f"({' | '.join(_together(one) for one in reading.alternatives)})"


def _phrase(term: Term) -> str:
    made, gap = "", 0
    for token in term.tokens:
        gap += 1
        forms = lexemes(token.text, as_kazakh=True) if token.kind is Kind.WORD else [token.text]
        if forms:
            either = f"({' | '.join(map(quoted, forms))})"
            made = f"{made} <{gap}> {either}" if made else either
            gap = 0
    return f"({made})"


def _together(alternative: Alternative) -> str:
    parts = [quoted(one) for one in alternative]
    return parts[0] if len(parts) == 1 else f"({' & '.join(parts)})"


def _pinned(parsed: Parsed) -> str | None:
    found = code_lexemes(parsed.code)
    return f"({' | '.join(map(quoted, found))})" if found else None
