"""The people of a lifecycle matrix with two sides."""

from karavan.kit.authz import Role
from tests.factories.accounts import Account, add_member, register
from tests.kit.lifecycle_matrix import Person


async def people_of_both_sides(sides: dict[str, Account]) -> list[Person]:
    """Somebody of every role on each side, and the owner of a stranger."""
    people = []
    for party, account in sides.items():
        people.append(
            Person(name=f"{party}'s owner", client=account.client, role="owner", party=party)
        )
        for role in Role:
            if role is not Role.OWNER:
                member = await add_member(account, role.value)
                people.append(
                    Person(
                        name=f"{party}'s {role}", client=member.client, role=role.value, party=party
                    )
                )
    stranger = await register(next(iter(sides.values())).app, role="vendor")
    return [*people, Person(name="a stranger", client=stranger.client, role="owner", party=None)]
