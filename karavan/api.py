"""The routers, in the order in which a reader of the documentation wants them."""

import importlib
import pkgutil

from fastapi import APIRouter

API_PREFIX = "/api/v1"

_READING_ORDER = (
    "identity organisations media procurement assistant invoicing conversations notifications audit administration"
).split()


def routers() -> list[APIRouter]:
    """Every router that is mounted under `/api/v1`."""
    found: list[APIRouter] = []
    packages = [f"karavan.modules.{name}" for name in _READING_ORDER]
    for package in [*packages, "karavan.processes"]:
        try:
            module = importlib.import_module(package)
        except ModuleNotFoundError:
            continue
        for child in sorted(pkgutil.iter_modules(module.__path__), key=lambda c: c.name):
            if child.name.startswith("endpoints"):
                part = importlib.import_module(f"{package}.{child.name}")
                found.extend(getattr(part, "routers", None) or [part.router])
    return found
