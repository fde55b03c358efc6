"""Everything that changes orders, carts, templates and standing orders."""
