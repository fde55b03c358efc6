"""Lifecycles of the catalogue."""

from karavan.modules.catalogue.lifecycles.change_requests import CHANGE_REQUEST
from karavan.modules.catalogue.lifecycles.products import PRODUCT
from karavan.modules.catalogue.lifecycles.reviews import REVIEW

__all__ = ["CHANGE_REQUEST", "PRODUCT", "REVIEW"]
