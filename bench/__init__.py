"""Benchmarks: each starts its own server on real PostgreSQL and measures a promise of `docs/performance.md`."""
