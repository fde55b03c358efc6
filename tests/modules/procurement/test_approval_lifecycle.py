"""Every state × transition × role of an approval."""

import json
from enum import StrEnum
from uuid import UUID, uuid4

import pytest

from karavan.kit.authz import Role
from karavan.modules.procurement.approval_chain import new_steps
from karavan.modules.procurement.lifecycles import APPROVAL
from tests.factories.accounts import add_member, register
from tests.factories.procurement import make_request
from tests.kit.lifecycle_matrix import Person, Subject, try_everything


@pytest.mark.parametrize("step", [Role.MANAGER, Role.OWNER])
async def test_every_state_transition_and_role(app, owner, step):
    buyer = await register(app)
    stranger = await register(app)
    request = await make_request(buyer)
    people = [Person(name="buyer's owner", client=buyer.client, role="owner", party="buyer")]
    for role in Role:
        if role is not Role.OWNER:
            member = await add_member(buyer, role.value)
            people.append(
                Person(name=f"buyer's {role}", client=member.client, role=role.value, party="buyer")
            )
    people.append(Person(name="a stranger", client=stranger.client, role="owner", party=None))

    async def fresh(state: StrEnum) -> UUID:
        approval_id = uuid4()
        await owner.execute(
            """insert into procurement_approvals (id, organisation_id, request_id, purpose, state, amount, currency,
                 fingerprint, steps, next_role, requested_by, version)
               values ($1, $2, $3, 'publish', $4, 5, 'KZT', 'f', $5::jsonb, $6, $7, 1)""",
            approval_id,
            buyer.organisation_id,
            UUID(request["id"]),
            str(state),
            json.dumps(new_steps([step])),
            step.value,
            uuid4(),
        )
        return approval_id

    tried = await try_everything(
        Subject(
            lifecycle=APPROVAL,
            path="/api/v1/approvals/{id}",
            table="procurement_approvals",
            people=people,
            fresh=fresh,
            bodies={"approve": {"version": 1}, "reject": {"version": 1}},
            # An owner's step is refused to managers and admins by the guard, so it is not offered to them either.
            fallible=frozenset({"approve", "reject"} if step is Role.OWNER else ()),
        ),
        owner,
    )
    assert tried == 4 * 2 * 8
