"""Every read of orders, carts, templates and standing orders."""
