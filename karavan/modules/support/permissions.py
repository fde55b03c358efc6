"""What people may do about complaints, and which roles carry it."""

from karavan.kit.authz import EVERY_ROLE, LEADERS, Role, permission

_BUYING = LEADERS | {Role.MANAGER, Role.BUYER}
_ANSWERING = LEADERS | {Role.MANAGER, Role.SALES}

COMPLAINT_READ = permission("complaints:read", EVERY_ROLE)
COMPLAINT_WRITE = permission("complaints:write", _BUYING)
COMPLAINT_ANSWER = permission("complaints:answer", _ANSWERING)
COMPLAINT_ESCALATE = permission("complaints:escalate", _BUYING | _ANSWERING)
COMPLAINT_DECIDE = permission("complaints:decide", LEADERS | {Role.MANAGER})
BUSINESS_HOURS_WRITE = permission("business-hours:write", LEADERS | {Role.MANAGER})
