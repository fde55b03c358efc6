"""Whose agreement an amount needs: the pure rules."""

import pytest

from karavan.kit.authz import Role
from karavan.modules.procurement.approval_chain import (
    SpendingRule,
    chain,
    covers,
    new_steps,
    next_step,
    outranks,
)

MANAGER, ADMIN, OWNER = Role.MANAGER, Role.ADMIN, Role.OWNER


@pytest.mark.parametrize(
    ("amount", "actor", "expected"),
    [
        (100, Role.BUYER, []),
        (101, Role.BUYER, [MANAGER]),
        (1000, Role.BUYER, [MANAGER]),
        (1001, Role.BUYER, [MANAGER, OWNER]),
        (None, Role.BUYER, [MANAGER, OWNER]),
        (1001, MANAGER, [OWNER]),
        (1001, ADMIN, [OWNER]),
        (1001, OWNER, []),
        (None, OWNER, []),
    ],
)
def test_chain(amount, actor, expected):
    rules = [SpendingRule(OWNER, 1000, amount), SpendingRule(MANAGER, 100, amount)]
    assert chain(rules, actor) == expected


def test_each_role_stands_in_the_chain_once():
    rules = [SpendingRule(ADMIN, limit, 500) for limit in (100, 200, 300)]
    assert chain(rules, Role.BUYER) == [ADMIN]


def test_roles_that_cannot_approve_outrank_nobody():
    assert not outranks("buyer", "manager")
    assert not outranks("owner", "buyer")
    assert outranks("owner", "manager")
    assert outranks("admin", "admin")


def test_a_higher_agreement_covers_a_lower_need():
    steps = new_steps([ADMIN])
    assert not covers(steps, [ADMIN])
    steps[0]["state"] = "approved"
    assert covers(steps, [MANAGER, ADMIN])
    assert not covers(steps, [MANAGER, OWNER])
    assert covers([], [])


def test_next_step_is_the_first_undecided():
    steps = new_steps([MANAGER, OWNER])
    steps[0]["state"] = "approved"
    assert next_step(steps) is steps[1]
    steps[1]["state"] = "approved"
    assert next_step(steps) is None
