"""What people may do with notifications: everybody reads their own."""

from karavan.kit.authz import EVERY_ROLE, permission

NOTIFICATION_READ = permission("notifications:read", EVERY_ROLE)
