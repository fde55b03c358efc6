"""Which word was meant: on another layout, in another script, in Kazakh, or mistyped."""

from collections.abc import Collection, Mapping, Sequence

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_json
from karavan.modules.catalogue.search import kazakh
from karavan.modules.catalogue.search.parsing import Term
from karavan.modules.catalogue.search.scripts import is_cyrillic, skeleton
from karavan.modules.catalogue.search.spelling import deletions, distance_allowed, edits_between
from karavan.modules.catalogue.search.stems import learn, lexeme

_KNOWN = """
select json_build_object(
  'words', coalesce((select json_object_agg(word, frequency) from catalogue_search_words
    where word = any($1::text[])), '{}'::json),
  'lexemes', coalesce((select json_object_agg(lexeme, frequency) from (
    select lexeme, max(frequency) as frequency from catalogue_search_words
    where lexeme = any($2::text[]) group by lexeme) found), '{}'::json),
  'sounding', coalesce((select json_agg(json_build_array(word, skeleton, frequency)
      order by frequency desc) from catalogue_search_words
    where skeleton = any($3::text[])), '[]'::json))::text
"""
_BEGINNING = """
select coalesce(json_agg(json_build_array(word, skeleton, frequency) order by frequency desc), '[]'::json)::text
from unnest($1::text[]) as b(beginning) cross join lateral (
  select word, skeleton, frequency from catalogue_search_words
  where skeleton >= b.beginning collate "C" and skeleton < (b.beginning || '~') collate "C"
  order by frequency desc limit $2) found
"""
_ALIKE = """
select coalesce(json_agg(json_build_array(word, skeleton, frequency)), '[]'::json)::text
from (select word, skeleton, frequency from catalogue_search_words
  where deletions && $1::text[] order by frequency desc limit 2000) found
"""


SOUNDING_MAX = 4
BEGINNINGS_MAX = 5


class Word(Struct, frozen=True):
    """A word of the vocabulary.

    Attributes:
        frequency: in how many products it stands.
    """

    text: str
    bones: str
    frequency: int


class Vocabulary:
    """The part of the vocabulary that a query has to do with."""

    def __init__(
        self, words: Mapping[str, int], lexemes: Mapping[str, int], sounding: Sequence[Word]
    ) -> None:
        self._words, self._lexemes, self._sounding = words, lexemes, sounding

    @classmethod
    async def read(cls, session: AsyncSession, words: Collection[str]) -> "Vocabulary":
        """What is known of these words, which are learnt by the way."""
        await learn(session, words)
        lexemes = {lexeme(one) for one in words} | {kazakh.stem(one) for one in words}
        bones = {skeleton(one) for one in words if len(one) > 1}
        found = msgspec.json.decode(
            await read_json(
                session, _KNOWN, sorted(lexemes | set(words)), sorted(lexemes - {""}), sorted(bones)
            )
            or b"{}"
        )
        sounding = [Word(*one) for one in found["sounding"]]
        await learn(session, [one.text for one in sounding])
        return cls(found["words"], found["lexemes"], sounding)

    def frequency(self, word: str) -> int:
        """In how many names the word stands, in this form or another; nought for an unknown one."""
        return max(self._words.get(word, 0), self._lexemes.get(lexeme(word), 0))

    def frequency_as_kazakh(self, word: str) -> int:
        """The same for a word that may be Kazakh."""
        if not is_cyrillic(word):
            return 0
        bare = kazakh.stem(word)
        return max(self._words.get(bare, 0), self._lexemes.get(bare, 0))

    def sounding_like(self, word: str) -> list[str]:
        """Words that sound the same: of the other script for a known word, of any for an unknown one."""
        bones, known = skeleton(word), self.frequency(word) > 0
        return [
            one.text
            for one in self._sounding
            if one.bones == bones
            and one.text != word
            and not (known and is_cyrillic(one.text) == is_cyrillic(word))
        ][:SOUNDING_MAX]


async def find_beginnings(session: AsyncSession, beginnings: Sequence[str]) -> list[str]:
    """The most frequent words that begin in one of these ways; their skeletons may do so instead."""
    bones = sorted({skeleton(one) for one in beginnings})
    found = msgspec.json.decode(
        await read_json(session, _BEGINNING, bones, BEGINNINGS_MAX) or b"[]"
    )
    words = [Word(*one).text for one in found]
    await learn(session, words)
    return words


async def find_alike(session: AsyncSession, words: Collection[str]) -> Sequence[Word]:
    """Words of the vocabulary that could become one of `words` by a few edits, candidates all of them."""
    keys: set[str] = set()
    for word in words:
        bones = skeleton(word)
        keys |= deletions(bones, max(distance_allowed(bones), distance_allowed(word)))
    if not keys:
        return []
    found = msgspec.json.decode(await read_json(session, _ALIKE, sorted(keys)) or b"[]")
    return [Word(*one) for one in found]


def closest(term: Term, retyped: Sequence[str], alike: Sequence[Word]) -> tuple[str, int] | None:
    """The word that was most likely meant, and how far it is.

    What sounds the same in the other script is at distance nought; what another layout would have written is as far as
    its own errors and half a step more; between equals the more frequent word wins.
    """
    best: tuple[float, int, str] | None = None
    for candidate, penalty in ((term.word, 0.0), *((one, 0.5) for one in retyped)):
        if not candidate:
            continue
        bones = skeleton(candidate)
        limit = max(distance_allowed(candidate), distance_allowed(bones))
        for word in alike:
            distance = _distance(candidate, bones, word, limit)
            if distance is None:
                continue
            rated = (distance + penalty, -word.frequency, word.text)
            if best is None or rated < best:
                best = rated
    return None if best is None else (best[2], int(best[0]))


def _distance(typed: str, bones: str, word: Word, limit: int) -> float | None:
    if bones == word.bones:
        return 0.0
    found = edits_between(bones, word.bones, limit)
    if found is None:
        return None
    # A first letter is seldom wrong; of two words as far away the one that begins alike was meant.
    same_start = bones[:1] == word.bones[:1]
    same_script = is_cyrillic(typed) == is_cyrillic(word.text)
    return found + (0.0 if same_start else 0.25) + (0.0 if same_script else 0.1)
