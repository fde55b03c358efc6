"""Who may see and add files of the organisation."""

from karavan.kit.authz import EVERY_ROLE, Role, permission

MEDIA_READ = permission("media:read", EVERY_ROLE)
MEDIA_WRITE = permission("media:write", EVERY_ROLE - {Role.VIEWER})
