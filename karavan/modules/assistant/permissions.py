"""Who may ask the assistant."""

from karavan.kit.authz import LEADERS, Role, permission

ASSISTANT_USE = permission("assistant:use", LEADERS | {Role.MANAGER, Role.BUYER})
