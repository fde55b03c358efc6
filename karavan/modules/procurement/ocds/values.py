"""Single values of OCDS read as values of the platform; what does not fit is noted, never guessed."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from karavan.kit.money import AMOUNT_MAX, CURRENCIES, Money, minor_digits
from karavan.modules.procurement.ocds.rules import Finding, parse_moment

AMOUNT_DIGITS_MAX = 16


class Notes:
    """Collects what was left out or read differently."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, path: str, code: str, message: str) -> None:
        """Note one value."""
        self.findings.append(Finding(path, code, message))


def plain_text(value: Any, limit: int, notes: Notes, path: str, *, lines: bool = False) -> str:
    """Text without control characters, cut to `limit` characters.

    Args:
        lines: keep line breaks; else they become spaces.
    """
    if not isinstance(value, str):
        return ""
    kept = "\n\t" if lines else ""
    cleaned = "".join(
        character
        if character in kept or not (ord(character) < 32 or ord(character) == 127)
        else " "
        for character in value
    ).strip()
    if len(cleaned) > limit:
        notes.add(path, "too_long", f"Cut to {limit} characters.")
        cleaned = cleaned[:limit].strip()
    return cleaned


def money_of(value: Any, notes: Notes, path: str) -> Money | None:
    """A `Value` in minor units; nothing when it is incomplete or larger than can be recorded."""
    if not isinstance(value, dict) or value.get("amount") is None:
        return None
    currency = value.get("currency")
    if currency not in CURRENCIES:
        notes.add(path, "currency", "An amount without a currency was left out.")
        return None
    amount = Decimal(value["amount"])
    if amount and amount.adjusted() > AMOUNT_DIGITS_MAX:
        notes.add(f"{path}/amount", "too_large", "The amount is larger than can be recorded.")
        return None
    money = Money.from_decimal(amount, currency)
    if abs(money.amount) > AMOUNT_MAX:
        notes.add(f"{path}/amount", "too_large", "The amount is larger than can be recorded.")
        return None
    if Decimal(money.amount).scaleb(-minor_digits(currency)) != amount:
        notes.add(f"{path}/amount", "rounded", f"Rounded to the minor unit of {currency}.")
    return money


def moment_of(value: Any, notes: Notes, path: str) -> datetime | None:
    """A date with its time; nothing when it is nonsense."""
    moment = parse_moment(value)
    if value is not None and moment is None:
        notes.add(path, "date", "This date cannot be read and was left out.")
    return moment


def section(value: Any, *names: str) -> dict[str, Any]:
    """A nested object, or an empty one."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def entries(value: Any, name: str) -> list[dict[str, Any]]:
    """The objects of a list, or none."""
    found = value.get(name) if isinstance(value, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
