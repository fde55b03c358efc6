"""Complaints, from the first word to the outcome."""
