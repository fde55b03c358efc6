"""What the catalogue's front page reads, for a server that shows it before the app has come."""

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.modules.catalogue.queries.categories import category_tree, tree_tag
from karavan.modules.catalogue.queries.own_prices import with_own_prices
from karavan.modules.catalogue.queries.search_filter import SearchFilter
from karavan.modules.catalogue.search.ports import SearchIndex, SearchRequest

FRONT_SIZE = 20
"""Goods of a page, where nobody asked for more."""


async def front_of_catalogue(
    session: AsyncSession, index: SearchIndex, locale: str
) -> dict[str, bytes]:
    """The answers that a visitor's browser would ask for, by their addresses below `/api/v1`.

    Args:
        session: a visitor's.
        locale: `en`, `ru` or `kk`.
    """
    everything = SearchRequest(
        words="", wanted=SearchFilter(), sort="relevance", page=1, size=FRONT_SIZE, locale=locale
    )
    found = await with_own_prices(session, None, await index.search(session, everything))
    tree = await category_tree(
        session, await tree_tag(session), parent_id=None, depth=1, archived=False
    )
    return {"/search": found, "/categories?depth=1&archived=false": tree}
