"""What identity lets people do."""

from karavan.kit.authz import EVERY_ROLE, permission

ACCOUNT_MANAGE = permission("account:manage", EVERY_ROLE)
"""One's own profile, password and sessions: everybody's, whatever their role."""
