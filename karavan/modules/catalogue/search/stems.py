"""Lexemes: what a word is kept as. Russian and English come from PostgreSQL's own stemmers, Kazakh from our suffixes."""

from collections.abc import Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_row
from karavan.modules.catalogue.search import kazakh
from karavan.modules.catalogue.search.scripts import is_cyrillic

KNOWN_MAX = 200_000

_KAZAKH_STOP = frozenset("және мен бен пен үшін арналған де да те та бір осы бұл немесе".split())
STEM = """
select array(
  select coalesce((ts_lexize(
    case when w ~ '[a-z]' then 'english_stem'::regdictionary else 'russian_stem'::regdictionary end, w))[1], '')
  from unnest(cast($1 as text[])) with ordinality as given(w, place) order by place)
"""

_known: dict[str, str] = {}


def _bare(word: str) -> str:
    if not is_cyrillic(word):
        return word
    return "" if word in _KAZAKH_STOP else kazakh.stem(word)


async def learn(session: AsyncSession, words: Iterable[str]) -> None:
    """Ask the database once for the stems of words that this process has not met, so that `lexeme` knows them.

    A stem depends on nothing but the word and PostgreSQL's version, so it is kept for good; when there are too many, all
    are forgotten.

    Args:
        words: normalised; their Kazakh stems are learnt with them.
    """
    wanted = forms_of(words)
    missing = sorted(wanted - _known.keys())
    if not missing:
        return
    if len(_known) + len(missing) > KNOWN_MAX:
        _known.clear()
        missing = sorted(wanted)
    row = await read_row(session, STEM, missing)
    assert row is not None
    remember(missing, row[0])


def forms_of(words: Iterable[str]) -> set[str]:
    """The words and, of Cyrillic ones, their Kazakh stems."""
    wanted: set[str] = set()
    for word in words:
        wanted.add(word)
        if is_cyrillic(word):
            wanted.add(kazakh.stem(word))
    return wanted


def remember(words: Sequence[str], stems: Sequence[str]) -> None:
    """Keep what the statement `STEM` has answered."""
    _known.update(zip(words, stems, strict=True))


def lexeme(word: str) -> str:
    """The lexeme of a word that was learnt; empty for a word that says nothing, such as `и` or `for`."""
    return "" if word in _KAZAKH_STOP else _known[word]


def kazakh_lexemes(word: str) -> list[str]:
    """What a Kazakh text keeps of a word: its stem, which other forms share, and the form itself, so that `балға` (a
    hammer) stands nearer to `балға` than to `бал` (honey).
    """
    if not is_cyrillic(word):
        return [one for one in [lexeme(word)] if one]
    bare = _bare(word)
    return [one for one in dict.fromkeys((bare, word)) if bare]


def lexemes(word: str, *, as_kazakh: bool) -> list[str]:
    """Every lexeme that a typed word may be kept as: in a Russian or English text, and in a Kazakh one."""
    found = [lexeme(word)]
    if not found[0]:
        return []
    if is_cyrillic(word):
        found.append(word)
    if as_kazakh and (bare := _bare(word)):
        found += [bare, _known[bare]]
    return [one for one in dict.fromkeys(found) if one]
