"""Tables of the catalogue, by area."""

from karavan.modules.catalogue.models.categories import (
    Category,
    CategoryAttribute,
    CategoryTree,
    RemovedAttribute,
)
from karavan.modules.catalogue.models.imports import ImportPicture
from karavan.modules.catalogue.models.prices import (
    CustomerGroup,
    CustomerGroupMember,
    ListPrice,
    PriceAssignment,
    PriceChain,
    PriceList,
    PriceTouch,
    ResolvedPrice,
)
from karavan.modules.catalogue.models.products import ChangeRequest, PriceChange, Product
from karavan.modules.catalogue.models.reviews import (
    RatingCount,
    Review,
    ReviewReport,
    ReviewRight,
    WishlistItem,
)
from karavan.modules.catalogue.models.search import (
    SearchDocument,
    SearchQueued,
    SearchTier,
    SearchWord,
    Synonym,
)
from karavan.modules.catalogue.models.stock import StockLevel, StockLocation, StockMovement

__all__ = [
    "Category",
    "CategoryAttribute",
    "CategoryTree",
    "ChangeRequest",
    "CustomerGroup",
    "CustomerGroupMember",
    "ImportPicture",
    "ListPrice",
    "PriceAssignment",
    "PriceChain",
    "PriceChange",
    "PriceList",
    "PriceTouch",
    "Product",
    "RatingCount",
    "RemovedAttribute",
    "ResolvedPrice",
    "Review",
    "ReviewReport",
    "ReviewRight",
    "SearchDocument",
    "SearchQueued",
    "SearchTier",
    "SearchWord",
    "StockLevel",
    "StockLocation",
    "StockMovement",
    "Synonym",
    "WishlistItem",
]
