"""Who may work at the platform desk."""

from karavan.kit.authz import PlatformRole, permission

JOBS_MANAGE = permission("jobs:manage", {PlatformRole.SUPERADMIN, PlatformRole.ADMIN})
