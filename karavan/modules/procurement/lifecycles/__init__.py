"""The lifecycles of procurement: what may happen to a request, a quote and a deal."""

from karavan.modules.procurement.lifecycles.deals import DEAL
from karavan.modules.procurement.lifecycles.quotes import QUOTE
from karavan.modules.procurement.lifecycles.requests import REQUEST

__all__ = ["DEAL", "QUOTE", "REQUEST"]
