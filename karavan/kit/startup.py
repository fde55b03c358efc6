"""Reading a program in: thousands of classes and functions are made, and none of them ever dies."""

import gc

from pydantic import BaseModel, ConfigDict

_ALLOCATIONS_BETWEEN_COLLECTIONS = 20_000
"""A request makes some thousands of objects, nearly all of which are freed by counting; the default is 700."""


def build_models_when_used() -> None:
    """Have libraries build their models too when the first value comes. Call it before anything else is imported."""
    BaseModel.model_config = ConfigDict(defer_build=True)


def postpone_collection() -> None:
    """Collect nothing while modules are imported: it would walk ever more live objects and find no garbage."""
    gc.disable()


def resume_collection() -> None:
    """Collect again, from now on only among what is made after this moment. Call it when all has been imported."""
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS_BETWEEN_COLLECTIONS, 10, 10)
    gc.enable()
