"""Synonyms: how an entry is found from a query, and what it adds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_json
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


def token_lexeme(token: Token, *, as_kazakh: bool = False) -> str:
    """The lexeme of any token; its words must have been learnt."""
    return lexeme(token.text, as_kazakh=as_kazakh) if token.kind is Kind.WORD else token.text


def lexemes_of(text: str, language: str) -> Alternative:
    """The lexemes of a term; empty when all of its words say nothing."""
    found = (token_lexeme(token, as_kazakh=language == "kk") for token in tokens(text))
    return tuple(one for one in found if one)


def key_of(parts: Iterable[str]) -> str:
    """Lexemes as the key that an entry is found by."""
    return " ".join(parts)


async def keys_of(session: AsyncSession, terms: Sequence[str], language: str) -> list[str]:
    """The keys of an entry's terms, in their order; an empty one for a term that says nothing."""
    await learn(session, {token.text for term in terms for token in tokens(term)})
    return [key_of(lexemes_of(term, language)) for term in terms]


@dataclass(frozen=True, slots=True)
class Synonyms:
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
            # A word may be said in any of the languages, so what it stands for is looked for as Kazakh as well.
            meant = [lexemes_of(one, language) for one in others]
            for key in entry["keys"]:
                have = added.setdefault(key, [])
                have += [one for one in meant if one and key_of(one) != key and one not in have]
        return cls(added)
