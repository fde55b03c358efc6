"""What people may do about trading links, and which roles carry it."""

from karavan.kit.authz import EVERY_ROLE, LEADERS, Role, permission

LINK_READ = permission("links:read", EVERY_ROLE)
LINK_REQUEST = permission("links:request", LEADERS | {Role.MANAGER, Role.BUYER})
LINK_DECIDE = permission("links:decide", LEADERS | {Role.MANAGER})
