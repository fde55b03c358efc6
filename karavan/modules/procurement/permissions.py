"""What people may do in procurement, and which roles carry it."""

from karavan.kit.authz import EVERY_ROLE, LEADERS, Role, permission

_BUYING = LEADERS | {Role.MANAGER, Role.BUYER}
_SELLING = LEADERS | {Role.MANAGER, Role.SALES, Role.VENDOR}

BOARD_READ = permission("board:read", EVERY_ROLE)
REQUEST_READ = permission("requests:read", EVERY_ROLE)
REQUEST_WRITE = permission("requests:write", _BUYING)
REQUEST_AWARD = permission("requests:award", _BUYING)
APPROVAL_READ = permission("approvals:read", EVERY_ROLE)
APPROVAL_DECIDE = permission("approvals:decide", LEADERS | {Role.MANAGER})
APPROVAL_CONFIGURE = permission("approvals:configure", LEADERS)
QUESTION_ASK = permission("questions:ask", _SELLING)
QUOTE_READ = permission("quotes:read", EVERY_ROLE)
QUOTE_SUBMIT = permission("quotes:submit", _SELLING)
DEAL_READ = permission("deals:read", EVERY_ROLE)
DEAL_NEGOTIATE = permission("deals:negotiate", _BUYING | _SELLING)
DEAL_SIGN = permission("deals:sign", _BUYING | _SELLING)
DEAL_SELL = permission("deals:sell", _SELLING)
DEAL_INVOICE = permission("deals:invoice", _BUYING | _SELLING)
EXCHANGE_RATE_WRITE = permission("exchange-rates:write", LEADERS | {Role.MANAGER})
OCDS_IMPORT = permission("ocds:import", LEADERS | {Role.MANAGER, Role.BUYER})
