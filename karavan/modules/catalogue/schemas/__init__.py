"""Bodies and answers of the catalogue."""
