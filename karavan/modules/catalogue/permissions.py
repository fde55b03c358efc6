"""What people may do in the catalogue, and which roles carry it."""

from karavan.kit.authz import PlatformRole, permission

CATEGORY_MANAGE = permission("categories:manage", {PlatformRole.SUPERADMIN, PlatformRole.ADMIN})
