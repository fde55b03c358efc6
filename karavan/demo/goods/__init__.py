"""Four hundred goods of three suppliers, made up for the demonstration."""

from karavan.demo.goods.building import BUILDING
from karavan.demo.goods.food import FOOD
from karavan.demo.goods.kinds import Article, Kind, Look, articles_of
from karavan.demo.goods.office import OFFICE

__all__ = ["ASSORTMENTS", "Article", "Kind", "Look", "articles_of"]

ASSORTMENTS: dict[str, tuple[Kind, ...]] = {
    "altyn": FOOD,
    "volga": BUILDING,
    "kaspi_office": OFFICE,
}
"""What each supplier sells, by the key of the company."""
