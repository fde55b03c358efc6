"""What people may do in invoicing, and which roles carry it."""

from karavan.kit.authz import EVERY_ROLE, LEADERS, Role, permission

INVOICE_READ = permission("invoices:read", EVERY_ROLE)
INVOICE_WRITE = permission("invoices:write", LEADERS | {Role.MANAGER, Role.SALES, Role.VENDOR})
PAYMENT_RECORD = permission("payments:record", LEADERS | {Role.MANAGER, Role.SALES, Role.VENDOR})
