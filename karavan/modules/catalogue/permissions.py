"""What people may do in the catalogue, and which roles carry it."""

from karavan.kit.authz import EVERY_ROLE, LEADERS, PlatformRole, Role, permission

CATEGORY_MANAGE = permission("categories:manage", {PlatformRole.SUPERADMIN, PlatformRole.ADMIN})

PRODUCT_READ = permission("products:read", EVERY_ROLE)
PRODUCT_WRITE = permission("products:write", LEADERS | {Role.MANAGER, Role.VENDOR})
STOCK_WRITE = permission("stock:write", LEADERS | {Role.MANAGER, Role.VENDOR, Role.SALES})
MODERATION_DECIDE = permission(
    "moderation:decide", {PlatformRole.SUPERADMIN, PlatformRole.ADMIN, PlatformRole.MODERATOR}
)
SYNONYM_MANAGE = permission("synonyms:manage", {PlatformRole.SUPERADMIN, PlatformRole.ADMIN})

PRICE_READ = permission("prices:read", LEADERS | {Role.MANAGER, Role.VENDOR, Role.VIEWER})
PRICE_WRITE = permission("prices:write", LEADERS | {Role.MANAGER})
REVIEW_WRITE = permission("reviews:write", LEADERS | {Role.MANAGER, Role.BUYER})
REVIEW_REPLY = permission("reviews:reply", LEADERS | {Role.MANAGER, Role.SALES, Role.VENDOR})
WISHLIST_WRITE = permission("wishlist:write", LEADERS | {Role.MANAGER, Role.BUYER})
