"""Whose agreement an amount needs: pure rules, without the database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from karavan.kit.authz import Role
from karavan.modules.procurement.states import ApprovalPurpose

APPROVER_ROLES = (Role.MANAGER, Role.ADMIN, Role.OWNER)
"""Roles that can approve, the lowest first."""


class ApprovalSubject(Struct, frozen=True, kw_only=True):
    """What somebody is asked to agree to.

    Attributes:
        amount: minor units of `currency`; nothing when nobody knows what will be spent.
        fingerprint: SHA-256 of all that the approver saw: when it changes, the approval is void.
        summary: JSON facts that the approver reads; `label` and `title` at least.
    """

    request_id: UUID
    purpose: ApprovalPurpose
    amount: int | None
    currency: str
    fingerprint: str
    summary: dict[str, Any]


class SpendingRule(Struct, frozen=True):
    """From more than `above_amount` on, `role` must agree. `amount` is the spending in the rule's own currency.

    Without an `amount` (nobody knows it, or there is no rate into the rule's currency) the rule applies: a limit that
    an unknown sum passes by would be none.
    """

    role: Role
    above_amount: int
    amount: int | None

    @property
    def applies(self) -> bool:
        """Whether the limit is exceeded."""
        return self.amount is None or self.amount > self.above_amount


def rank(role: str) -> int:
    """Authority of a role over spending: 0 for those that cannot approve."""
    return APPROVER_ROLES.index(Role(role)) + 1 if role in APPROVER_ROLES else 0


def outranks(role: str, needed: str) -> bool:
    """Whether `role` is `needed` or stands above it."""
    return rank(role) >= rank(needed) > 0


def chain(rules: Iterable[SpendingRule], actor_role: Role) -> list[Role]:
    """Roles that must still agree when somebody with `actor_role` acts, the lowest first, each once.

    Limits concern those below: a step at or under the actor's own role is satisfied by their acting.
    """
    asked = {rule.role for rule in rules if rule.applies}
    return [role for role in APPROVER_ROLES if role in asked and not outranks(actor_role, role)]


def covers(steps: Sequence[Mapping[str, Any]], needed: Sequence[Role]) -> bool:
    """Whether the roles that agreed stand at or above every role that is needed now; rules may have changed since."""
    agreed = [step["role"] for step in steps if step["state"] == "approved"]
    return all(any(outranks(role, wanted) for role in agreed) for wanted in needed)


def new_steps(roles: Sequence[Role]) -> list[dict[str, Any]]:
    """Undecided steps, as an approval stores them."""
    return [
        {
            "role": role.value,
            "state": "pending",
            "decided_by": None,
            "decided_by_name": "",
            "decided_at": None,
            "reason": None,
        }
        for role in roles
    ]


def next_step(steps: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The first step that nobody has decided."""
    return next((step for step in steps if step["state"] == "pending"), None)
