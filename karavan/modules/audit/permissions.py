"""Who may read the trail."""

from karavan.kit.authz import Role, permission

AUDIT_READ = permission("audit:read", {Role.OWNER, Role.ADMIN, Role.MANAGER, Role.VIEWER})
