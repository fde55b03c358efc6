"""What people may do in conversations, and which roles carry it."""

from karavan.kit.authz import EVERY_ROLE, Role, permission

MESSAGE_READ = permission("messages:read", EVERY_ROLE)
MESSAGE_WRITE = permission("messages:write", EVERY_ROLE - {Role.VIEWER})
