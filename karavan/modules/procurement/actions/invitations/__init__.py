"""Asking vendors to quote, and their first reactions."""
