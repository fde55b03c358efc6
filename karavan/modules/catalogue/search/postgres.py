"""The search index that is PostgreSQL itself."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.catalogue.queries.search import is_found, search_page, suggestion_material
from karavan.modules.catalogue.queries.search_filter import SearchFilter
from karavan.modules.catalogue.schemas.search import Suggestions
from karavan.modules.catalogue.search.indexing import index_products
from karavan.modules.catalogue.search.interpreting import Attempt, interpret
from karavan.modules.catalogue.search.ports import SearchRequest
from karavan.modules.catalogue.search.text import normalise, tokens

SUGGESTIONS_MAX = 10
_QUERIES_MAX, _CATEGORIES_MAX, _SELLERS_MAX = 4, 2, 1
_SUGGEST_LETTERS_MIN = 2


class PostgresSearchIndex:
    """Words by an inverted index, everything else by the planner: see docs/subsystems/search.md."""

    async def search(self, session: AsyncSession, request: SearchRequest) -> bytes:
        """The first attempt that finds something; filters that leave nothing over change no words."""
        attempts = await self._attempts(session, request)
        body = b""
        for number, attempt in enumerate(attempts):
            body, total = await _page(session, attempt, request, request.wanted)
            if total:
                return body
            is_narrowed = number == 0 and request.wanted != SearchFilter() and len(attempts) > 1
            if is_narrowed and await is_found(session, attempt):
                # What was chosen has left nothing over, not the words: they stay as they are.
                return body
        if len(attempts) > 1:
            body, _ = await _page(session, attempts[0], request, request.wanted)
        return body

    async def _attempts(self, session: AsyncSession, request: SearchRequest) -> list[Attempt]:
        if not request.words.strip():
            return [Attempt(wanted=None, ranked=None)]
        return await interpret(
            session, request.words, locale=request.locale, corrected=not request.literal
        )

    async def suggest(self, session: AsyncSession, words: str, *, locale: str) -> Suggestions:
        """Completions come from names that match: no query of anybody is kept to be shown to others."""
        if len(normalise(words).strip()) < _SUGGEST_LETTERS_MIN:
            return Suggestions(queries=[], categories=[], products=[], sellers=[])
        for attempt in await interpret(session, words, locale=locale, completing=True):
            if attempt.relaxed:
                break
            made = await suggestion_material(session, attempt, products=SUGGESTIONS_MAX)
            if made["products"]:
                return _suggestions(made, attempt.corrected or words, locale)
        return Suggestions(queries=[], categories=[], products=[], sellers=[])

    async def index(self, session: AsyncSession, product_ids: Sequence[UUID]) -> int:
        """The documents and the vocabulary, in the caller's transaction."""
        return await index_products(session, product_ids)


async def _page(
    session: AsyncSession, attempt: Attempt, request: SearchRequest, wanted: SearchFilter
) -> tuple[bytes, int]:
    return await search_page(
        session,
        attempt,
        wanted,
        sort=request.sort,
        page=request.page,
        size=request.size,
        query={
            "text": request.words,
            "corrected": attempt.corrected,
            "relaxed": attempt.relaxed,
        },
    )


def _suggestions(made: dict[str, Any], words: str, locale: str) -> Suggestions:
    typed = [token.text for token in tokens(words)]
    sellers = [one for one in made["sellers"] if _begins(one["name"], typed)][:_SELLERS_MAX]
    categories = made["categories"][:_CATEGORIES_MAX]
    queries = _completions(made["names"], words, locale)
    left = SUGGESTIONS_MAX - len(sellers) - len(categories) - len(queries)
    return Suggestions(
        queries=queries, categories=categories, products=made["products"][:left], sellers=sellers
    )


def _begins(name: str, typed: Sequence[str]) -> bool:
    words = [token.text for token in tokens(name)]
    return bool(typed) and all(any(word.startswith(one) for word in words) for one in typed)


def _completions(names: Sequence[dict[str, str]], typed: str, locale: str) -> list[str]:
    """What was typed with its last word finished, or with the word that follows it in most of the names."""
    text = " ".join(normalise(typed).split())
    before, _, last = text.rpartition(" ")
    counts: Counter[str] = Counter()
    for by_language in names:
        # One name speaks for a product: three languages would count it three times.
        name = _name_like(by_language, last, locale)
        words = [part.strip(".,;:()\"'«»") for part in normalise(name).split()]
        for place, word in enumerate(words):
            if not last or not word.startswith(last):
                continue
            if word not in before.split() and word.isalpha():
                counts[f"{before} {word}".strip()] += 2
            following = words[place + 1] if place + 1 < len(words) else ""
            if following.isalpha() and len(following) > 2 and following not in before.split():
                counts[f"{before} {word} {following}".strip()] += 1
    ordered = sorted(counts, key=lambda one: (-counts[one], len(one), one))
    return [one for one in ordered if one != text][:_QUERIES_MAX]


def _name_like(names: dict[str, str], last: str, locale: str) -> str:
    order = [locale, *sorted(names)]
    matching = (
        names[one]
        for one in order
        if one in names and any(word.startswith(last) for word in normalise(names[one]).split())
    )
    return next(matching, "")
