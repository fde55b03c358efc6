"""Bringing tables in: any file that people keep, whatever it is for."""
