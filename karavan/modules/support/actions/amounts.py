"""How much an outcome gives back."""

from karavan.kit.errors import invalid
from karavan.kit.money import MoneyBody
from karavan.modules.support.actions.rows import money
from karavan.modules.support.errors import AlreadyCreditedError, AmountTooLargeError
from karavan.modules.support.models import Complaint
from karavan.modules.support.states import Outcome


def agreed_amount(
    complaint: Complaint, outcome: Outcome | None, amount: MoneyBody | None, most: int
) -> int | None:
    """The amount of an outcome in minor units without tax; nothing for an outcome without money.

    Args:
        most: the largest one.

    Raises:
        ValidationError: it is missing, unasked for, of another currency, or nothing.
        AmountTooLargeError: it is more than the goods cost.
        AlreadyCreditedError: a credit note gives more already.
    """
    if outcome is None or not outcome.gives_money:
        if amount is not None:
            raise invalid("#/amount", "unexpected", "An amount belongs to a refund or a credit.")
        if complaint.credited_amount and outcome is not None:
            raise AlreadyCreditedError(credited=money(complaint.credited_amount, complaint))
        return None
    if amount is None:
        raise invalid("#/amount", "required", "Say how much, without tax.")
    if amount.currency != complaint.currency:
        raise invalid("#/amount/currency", "currency", f"The order is in {complaint.currency}.")
    if amount.amount <= 0:
        raise invalid("#/amount", "too_small", "Give something back, or decline.")
    if amount.amount > most:
        raise AmountTooLargeError(most=money(most, complaint))
    if complaint.credited_amount and (
        outcome is not Outcome.CREDIT or amount.amount < complaint.credited_amount
    ):
        raise AlreadyCreditedError(credited=money(complaint.credited_amount, complaint))
    return amount.amount
