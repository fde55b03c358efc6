"""Decimal numbers as people and programs read them."""

from decimal import Decimal


def plain(value: Decimal) -> str:
    """A number without an exponent and without zeros that say nothing: one spelling for one number."""
    return format(value.normalize(), "f")
