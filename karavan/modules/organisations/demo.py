"""Accounts of the demonstration."""

DEMO_PASSWORD = "karavan-demo-2026"  # noqa: S105  # published on the sign-in page of a development installation
"""The password of every demonstration account. Only a development installation tells it or creates such accounts."""
