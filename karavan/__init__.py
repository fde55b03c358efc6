"""Karavan: one open trade platform."""

from importlib.metadata import version

__version__ = version("karavan")
