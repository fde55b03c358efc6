"""Templates of requests."""
