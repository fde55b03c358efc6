"""What members may do to their organisation."""

from karavan.kit.authz import EVERY_ROLE, LEADERS, Role, permission

DIRECTORY_READ = permission("organisations:read", EVERY_ROLE)
"""The directory and public profiles."""

ORGANISATION_UPDATE = permission("organisation:update", LEADERS)
SETTINGS_READ = permission("organisation:read_settings", {*LEADERS, Role.MANAGER})
SETTINGS_UPDATE = permission("organisation:update_settings", LEADERS)
MEMBERS_READ = permission("members:read", EVERY_ROLE)
MEMBERS_MANAGE = permission("members:manage", LEADERS)
ORGANISATION_LEAVE = permission("members:leave", EVERY_ROLE)
ORGANISATION_OPEN = permission("organisations:open", EVERY_ROLE)
"""Another organisation of one's own."""
