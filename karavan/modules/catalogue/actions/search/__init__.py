"""Change what searches know."""
