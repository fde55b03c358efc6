"""The index that searches are answered from. PostgreSQL's is built in; another engine may take its place."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.services import Port
from karavan.modules.catalogue.queries.search_filter import SearchFilter
from karavan.modules.catalogue.schemas.search import Suggestions


class SearchRequest(Struct, frozen=True, kw_only=True):
    """One page of one search.

    Attributes:
        words: as they were typed; empty to see everything.
        literal: search for the words as they are, whatever they may have been meant to be.
        locale: of the reader: `en`, `ru` or `kk`.
        sort: one of `queries.search.SORTS`.
    """

    words: str
    wanted: SearchFilter
    sort: str
    page: int
    size: int
    literal: bool = False
    locale: str = "en"


class SearchIndex(Protocol):
    """Finds products for whoever the session's transaction belongs to, and nothing that they may not see."""

    async def search(self, session: AsyncSession, request: SearchRequest) -> bytes:
        """A page with its facets, as the JSON of `SearchPage`."""

    async def suggest(self, session: AsyncSession, words: str, *, locale: str) -> Suggestions:
        """What may be meant while somebody is still typing."""

    async def index(self, session: AsyncSession, product_ids: Sequence[UUID]) -> int:
        """Take these products in as they are now, or out when they are no longer shown.

        Args:
            session: the system's.
            product_ids: variants stand for their families.

        Returns:
            How many are in.
        """


SEARCH_INDEX: Port[SearchIndex] = Port("search index")
