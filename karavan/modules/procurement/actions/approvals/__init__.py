"""Spending limits: asking for agreement, giving it, and making sure that it was given."""
