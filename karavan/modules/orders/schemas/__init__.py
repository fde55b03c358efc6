"""Bodies and answers of orders."""
