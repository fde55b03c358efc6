"""Fetching of public addresses over HTTP."""
