"""The lifecycles of procurement: what may happen to a request, a quote, a deal and an approval."""

from karavan.modules.procurement.lifecycles.approvals import APPROVAL
from karavan.modules.procurement.lifecycles.deals import DEAL
from karavan.modules.procurement.lifecycles.quotes import QUOTE
from karavan.modules.procurement.lifecycles.requests import REQUEST

__all__ = ["APPROVAL", "DEAL", "QUOTE", "REQUEST"]
