"""From a PATCH body to changes: a field that is left out stays, one that is `null` is cleared where that makes sense."""

from typing import Any

from karavan.kit.errors import FieldError, ValidationError
from karavan.kit.schemas import Body


def changes_of(
    body: Body, *, nullable: frozenset[str], without: frozenset[str], pointer: str = "#"
) -> dict[str, Any]:
    """The fields that a request names, by column.

    Raises:
        ValidationError: one that cannot be empty is `null`.
    """
    given = {name: getattr(body, name) for name in body.model_fields_set if name not in without}
    errors = [
        FieldError(pointer=f"{pointer}/{name}", code="null", detail="This cannot be empty.")
        for name, value in sorted(given.items())
        if value is None and name not in nullable
    ]
    if errors:
        raise ValidationError(errors=errors)
    return given
