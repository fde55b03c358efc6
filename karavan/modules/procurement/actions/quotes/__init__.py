"""What a vendor does with a quote, and what becomes of it."""
