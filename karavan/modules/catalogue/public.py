"""What other modules may use of the catalogue."""

from karavan.modules.catalogue.actions.prices.lists import find_price_list
from karavan.modules.catalogue.barcodes.gtin import with_check_digit
from karavan.modules.catalogue.models.products import ChangeRequest, PriceChange, Product
from karavan.modules.catalogue.permissions import PRODUCT_READ, PRODUCT_WRITE, STOCK_WRITE
from karavan.modules.catalogue.price_resolving import resolve_supplier
from karavan.modules.catalogue.prices import Tier, price_at, prices_for
from karavan.modules.catalogue.queries.attributes import (
    Attribute,
    attributes_of,
    check_attributes,
    checked_attributes,
    filters_of,
)
from karavan.modules.catalogue.queries.categories import (
    CategoryFacts,
    branch_of,
    branch_sql,
    category_id_of,
    category_named,
    chosen_category,
    path_of,
)
from karavan.modules.catalogue.queries.front import front_of_catalogue
from karavan.modules.catalogue.queries.goods import (
    Goods,
    goods_alike,
    goods_and_prices,
    goods_by_code,
    goods_of_families,
    sku_and_names,
)
from karavan.modules.catalogue.queries.product_json import first_picture
from karavan.modules.catalogue.queries.search_filter import SearchFilter
from karavan.modules.catalogue.search.ports import SEARCH_INDEX, SearchIndex, SearchRequest
from karavan.modules.catalogue.search.postgres import PostgresSearchIndex
from karavan.modules.catalogue.search.seed import load_trade_synonyms
from karavan.modules.catalogue.search_tasks import rebuild as rebuild_search
from karavan.modules.catalogue.states import ProductState, ProductVisibility
from karavan.modules.catalogue.stock import (
    Allocation,
    Count,
    Demand,
    adjust,
    allocate,
    receive,
    release,
    ship_allocated,
)
from karavan.modules.catalogue.text_checks import (
    FORBIDDEN_BY_DEFAULT,
    ReviewPolicy,
    use_review_policy,
)

__all__ = [
    "FORBIDDEN_BY_DEFAULT",
    "PRODUCT_READ",
    "PRODUCT_WRITE",
    "SEARCH_INDEX",
    "STOCK_WRITE",
    "Allocation",
    "Attribute",
    "CategoryFacts",
    "ChangeRequest",
    "Count",
    "Demand",
    "Goods",
    "PostgresSearchIndex",
    "PriceChange",
    "Product",
    "ProductState",
    "ProductVisibility",
    "ReviewPolicy",
    "SearchFilter",
    "SearchIndex",
    "SearchRequest",
    "Tier",
    "adjust",
    "allocate",
    "attributes_of",
    "branch_of",
    "branch_sql",
    "category_id_of",
    "category_named",
    "check_attributes",
    "checked_attributes",
    "chosen_category",
    "filters_of",
    "find_price_list",
    "first_picture",
    "front_of_catalogue",
    "goods_alike",
    "goods_and_prices",
    "goods_by_code",
    "goods_of_families",
    "load_trade_synonyms",
    "path_of",
    "price_at",
    "prices_for",
    "rebuild_search",
    "receive",
    "release",
    "resolve_supplier",
    "ship_allocated",
    "sku_and_names",
    "use_review_policy",
    "with_check_digit",
]
