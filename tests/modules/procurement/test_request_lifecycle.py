"""Every state × transition × role of a request."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from karavan.kit.authz import Role
from karavan.modules.procurement.lifecycles import REQUEST
from karavan.modules.procurement.states import RequestState
from tests.factories.accounts import add_member, register
from tests.factories.procurement import in_days
from tests.kit.lifecycle_matrix import Person, Subject, try_everything


async def test_every_state_transition_and_role(app, owner):
    buyer = await register(app)
    stranger = await register(app, role="vendor")
    people = [Person(name="buyer's owner", client=buyer.client, role="owner", party="buyer")]
    for role in Role:
        if role is not Role.OWNER:
            member = await add_member(buyer, role.value)
            people.append(
                Person(name=f"buyer's {role}", client=member.client, role=role.value, party="buyer")
            )
    people.append(Person(name="a vendor", client=stranger.client, role="owner", party=None))

    async def fresh(state: StrEnum) -> UUID:
        return await insert_request(owner, buyer.organisation_id, buyer.user_id, state)

    tried = await try_everything(
        Subject(
            lifecycle=REQUEST,
            path="/api/v1/requests/{id}",
            table="procurement_requests",
            people=people,
            fresh=fresh,
            bodies={
                "amend": {"title": "Another title"},
                "extend": {"quotes_due_at": in_days(30)},
                "shortlist": {"quote_ids": [str(uuid4())]},
                "award": {"allocations": [{"quote_id": str(uuid4())}]},
                "reaward": {"allocations": [{"quote_id": str(uuid4())}]},
            },
            fallible=frozenset({"shortlist", "award", "reaward"}),
            readable=lambda person, state: (
                person.party == "buyer" or state is not RequestState.DRAFT
            ),
        ),
        owner,
    )
    assert tried == 6 * 10 * 8


async def insert_request(owner, organisation_id: UUID, user_id: UUID, state: StrEnum) -> UUID:
    """A request with one line, written past the application; a draft has not been published."""
    request_id = uuid4()
    published = None if state == RequestState.DRAFT else datetime.now(UTC)
    await owner.execute(
        """insert into procurement_requests (id, organisation_id, organisation_name, number, state, title,
             visibility, currency, quotes_due_at, revision, version, created_by, published_at)
           values ($1, $2, 'Buyer', $3, $4, 'Cement', 'public', 'KZT', $5, 1, 1, $6, $7)""",
        request_id,
        organisation_id,
        f"RFQ-{request_id}" if published else None,
        str(state),
        datetime.now(UTC) + timedelta(days=7),
        user_id,
        published,
    )
    await owner.execute(
        """insert into procurement_request_lines (id, request_id, organisation_id, position, name, quantity, unit)
           values ($1, $2, $3, 1, 'Cement', 10, 'TNE')""",
        uuid4(),
        request_id,
        organisation_id,
    )
    return request_id
