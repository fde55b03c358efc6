"""Reading a program in: thousands of classes and functions are made, and none of them ever dies."""

import gc
import sys
from importlib import import_module
from typing import Any, cast

from pydantic import BaseModel, ConfigDict

_ALLOCATIONS_BETWEEN_COLLECTIONS = 20_000
"""A request makes some thousands of objects, nearly all of which are freed by counting; the default is 700."""

_OPTIONAL = ("rich", "email_validator")
"""What these libraries would read in for what nobody sees here: colours, and addresses within the API's document."""
_WHO_ASK = ("structlog", "httpx", "fastapi")


def leave_out_unused() -> None:
    """Have libraries leave aside what nothing here uses, and build their models when these are used.

    That is a tenth of what a server reads in. Call it before anything else is imported.
    """
    modules = cast("Any", sys.modules)
    # The framework asks of every type whether it is of pydantic's first edition; without that edition none is.
    modules["pydantic.v1"] = None
    BaseModel.model_config = ConfigDict(defer_build=True)
    absent = [name for name in _OPTIONAL if name not in modules]
    modules.update(dict.fromkeys(absent))
    for name in _WHO_ASK:
        import_module(name)
    for name in absent:
        del modules[name]


def postpone_collection() -> None:
    """Collect nothing while modules are imported: it would walk ever more live objects and find no garbage."""
    gc.disable()


def resume_collection() -> None:
    """Collect again, from now on only among what is made after this moment. Call it when all has been imported."""
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS_BETWEEN_COLLECTIONS, 10, 10)
    gc.enable()
