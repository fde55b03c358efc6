"""Every table of the platform: importing this fills the metadata that migrations are compared with."""

import importlib
import pkgutil

import karavan.modules
from karavan.kit import audit, events, idempotency, mail, numbering, ratelimit
from karavan.kit.realtime import publishing

__all__ = [
    "audit",
    "events",
    "idempotency",
    "mail",
    "modules_with",
    "numbering",
    "publishing",
    "ratelimit",
]


def modules_with(part: str) -> list[str]:
    """Dotted names of every `karavan.modules.<noun>.<part>` that exists, in alphabetical order."""
    found = []
    for module in pkgutil.iter_modules(karavan.modules.__path__, "karavan.modules."):
        package = importlib.import_module(module.name)
        if any(child.name == part for child in pkgutil.iter_modules(package.__path__)):
            found.append(f"{module.name}.{part}")
    return found


for _name in modules_with("models"):
    importlib.import_module(_name)
