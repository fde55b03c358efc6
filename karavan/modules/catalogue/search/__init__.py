"""Search: what people type, what products say, and how the two meet."""
