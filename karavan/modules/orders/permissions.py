"""What people may do about orders, and which roles carry it."""

from karavan.kit.authz import EVERY_ROLE, LEADERS, Role, permission

_BUYING = LEADERS | {Role.MANAGER, Role.BUYER}
_SELLING = LEADERS | {Role.MANAGER, Role.SALES, Role.VENDOR}

ORDER_READ = permission("orders:read", EVERY_ROLE)
ORDER_PLACE = permission("orders:place", _BUYING)
ORDER_SELL = permission("orders:sell", _SELLING)
ORDER_CANCEL = permission("orders:cancel", _BUYING | _SELLING)
CART_READ = permission("cart:read", _BUYING | {Role.VIEWER})
CART_WRITE = permission("cart:write", _BUYING)
