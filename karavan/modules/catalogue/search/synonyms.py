"""Synonyms: how an entry is found from a query, and what it adds."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_json
from karavan.modules.catalogue.search import kazakh
from karavan.modules.catalogue.search.stems import learn, lexeme
from karavan.modules.catalogue.search.text import Kind, Token, tokens

PHRASE_TOKENS_MAX = 4
_FOUND = """
select coalesce(json_agg(json_build_object('language', language, 'terms', terms,
  'replacements', replacements, 'keys', keys)), '[]'::json)::text
from (select * from catalogue_synonyms where keys && $1::text[] order by created_at limit 50) found
"""

Alternative = tuple[str, ...]
"""Lexemes that must occur together."""


def lexemes_of(text: str, language: str) -> Alternative:
    """The lexemes of a term; empty when all of its words say nothing."""
    found = (_lexeme(token, language) for token in tokens(text))
    return tuple(one for one in found if one)


def _lexeme(token: Token, language: str) -> str:
    if token.kind is not Kind.WORD:
        return token.text
    return kazakh.stem(token.text) if language == "kk" else lexeme(token.text)


def key_of(parts: Iterable[str]) -> str:
    """Lexemes as the key that an entry is found by: `кофе зерновой` is `зерновой кофе`."""
    return " ".join(sorted(parts))


async def keys_of(session: AsyncSession, terms: Sequence[str], language: str) -> list[str]:
    """The keys of an entry's terms, in their order; an empty one for a term that says nothing."""
    await learn(session, {token.text for term in terms for token in tokens(term)})
    return [key_of(lexemes_of(term, language)) for term in terms]


class Synonyms(Struct, frozen=True):
    """What the operator's entries add to a query, by key."""

    alternatives: Mapping[str, Sequence[Alternative]]

    @classmethod
    async def read(cls, session: AsyncSession, keys: Sequence[str]) -> "Synonyms":
        """The entries that any of `keys` belongs to."""
        if not keys:
            return cls({})
        entries = msgspec.json.decode(await read_json(session, _FOUND, list(keys)) or b"[]")
        if not entries:
            return cls({})
        words = {
            token.text
            for entry in entries
            for term in (*entry["terms"], *entry["replacements"])
            for token in tokens(term)
        }
        await learn(session, words)
        added: dict[str, list[Alternative]] = {}
        for entry in entries:
            language = entry["language"]
            others = entry["replacements"] or entry["terms"]
            # What is meant is looked for in texts of every language, whichever the entry is in.
            meant = [form for one in others for form in _forms(one, language)]
            for key in entry["keys"]:
                have = added.setdefault(key, [])
                have += [one for one in meant if one and key_of(one) != key and one not in have]
        return cls(added)


def _forms(term: str, language: str) -> list[Alternative]:
    plain = lexemes_of(term, "ru")
    return [plain, lexemes_of(term, "kk")] if language == "kk" else [plain, *_as_written(term)]


def _as_written(term: str) -> list[Alternative]:
    """A Kazakh text keeps loan words as they are written: `смартфон`."""
    words = [token.text for token in tokens(term)]
    return [tuple(words)] if len(words) == 1 else []
