"""Events in."""

from karavan.modules.procurement import (
    deal_handlers,  # noqa: F401  # subscribes those of deals
    request_handlers,  # noqa: F401  # and those of requests
)
