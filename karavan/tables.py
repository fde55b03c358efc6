"""Every table of the platform: importing this fills the metadata that migrations are compared with."""

import importlib
import pkgutil

import karavan.modules
from karavan.kit import audit, events, idempotency, mail, numbering, ratelimit
from karavan.kit.db import Base
from karavan.kit.imports import models as imports
from karavan.kit.realtime import publishing
from karavan.modules.media.public import declare_reference, declare_snapshots

__all__ = [
    "audit",
    "events",
    "idempotency",
    "imports",
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

# Whoever throws files away looks through every column that holds one; which those are, their names tell.
for _table in Base.metadata.sorted_tables:
    for _column in _table.columns:
        if _column.name in {"attachments", "images"}:
            declare_snapshots(_table.name, _column.name)
        elif _column.name.endswith("media_id"):
            declare_reference(_table.name, _column.name)
