"""Lexemes: what a word is kept as. Russian and English come from PostgreSQL's own stemmers, Kazakh from our suffixes."""

from collections.abc import Iterable, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_row
from karavan.modules.catalogue.search import kazakh
from karavan.modules.catalogue.search.scripts import is_cyrillic

KNOWN_MAX = 200_000

_KAZAKH_STOP = frozenset("және мен бен пен үшін арналған де да те та бір осы бұл немесе".split())
_STEM = """
select array(
  select coalesce((ts_lexize(
    case when w ~ '[a-z]' then 'english_stem'::regdictionary else 'russian_stem'::regdictionary end, w))[1], '')
  from unnest($1::text[]) with ordinality as given(w, place) order by place)
"""

_known: dict[str, str] = {}


def _bare(word: str, *, as_kazakh: bool) -> str:
    if not as_kazakh or not is_cyrillic(word):
        return word
    return "" if word in _KAZAKH_STOP else kazakh.stem(word)


async def learn(session: AsyncSession, words: Iterable[str]) -> None:
    """Ask the database once for the stems of words that this process has not met, so that `lexeme` knows them.

    A stem depends on nothing but the word and PostgreSQL's version, so it is kept for good; when there are too many, all
    are forgotten.

    Args:
        words: normalised; their Kazakh stems are learnt with them.
    """
    wanted: set[str] = set()
    for word in words:
        wanted.add(word)
        if is_cyrillic(word):
            wanted.add(kazakh.stem(word))
    missing = sorted(wanted - _known.keys())
    if not missing:
        return
    if len(_known) + len(missing) > KNOWN_MAX:
        _known.clear()
        missing = sorted(wanted)
    row = await read_row(session, _STEM, missing)
    assert row is not None
    _known.update(zip(missing, row[0], strict=True))


def lexeme(word: str, *, as_kazakh: bool = False) -> str:
    """The lexeme of a word that was learnt; empty for a word that says nothing, such as `и` or `for`.

    A Kazakh stem goes through the Russian stemmer too: `кофенің` and `кофе` must become the same, whoever wrote them.
    """
    bare = _bare(word, as_kazakh=as_kazakh)
    return _known[bare] if bare else ""


def lexemes(word: str, *, as_kazakh: bool) -> list[str]:
    """Every lexeme that a typed word may stand for: the Kazakh one beside the other, where it is another."""
    found = [lexeme(word)]
    if as_kazakh:
        found.append(lexeme(word, as_kazakh=True))
    return [one for one in dict.fromkeys(found) if one]


def known_stems() -> Mapping[str, str]:
    """What this process has learnt."""
    return _known
