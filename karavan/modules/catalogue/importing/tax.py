"""Prices of files that hold the tax: ours do not."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from karavan.kit.imports.words import says_with_tax
from karavan.kit.money import round_half_up


def prices_hold_tax(columns: Iterable[Mapping[str, Any]], chosen: bool | None) -> bool:  # noqa: FBT001  # an option
    """Whether the prices of a file hold the tax: as a person says, else as the heading does.

    Args:
        columns: of the mapping, as it is stored.
        chosen: what a person has said.
    """
    if chosen is not None:
        return chosen
    return any(says_with_tax(one["header"]) for one in columns if one["field"] == "price")


def net_amount(gross_amount: int, tax_rate: Decimal) -> int:
    """What is left without the tax, in minor units, rounded half away from zero.

    Args:
        tax_rate: in percent.
    """
    return round_half_up(gross_amount * 100 / (100 + tax_rate))
