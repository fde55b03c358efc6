"""Every state × transition × role of a trading link, on both sides."""

from enum import StrEnum
from uuid import UUID, uuid4

from karavan.modules.links.lifecycle import LINK
from karavan.modules.links.states import LIVE_SQL, LinkState
from tests.factories.clones import clone
from tests.factories.links import make_link
from tests.factories.matrix import people_of_both_sides
from tests.kit.lifecycle_matrix import Subject, try_everything


async def test_every_state_transition_and_role(pair, owner):
    accepted = await make_link(pair.buyer, pair.vendor)
    people = await people_of_both_sides({"supplier": pair.vendor, "consumer": pair.buyer})
    # One live link for a pair: proved elsewhere, and in the way of a matrix whose people belong to one pair.
    await owner.execute("drop index uq_links_links_live")

    async def fresh(state: StrEnum) -> UUID:
        link_id = uuid4()
        if state == LinkState.DENIED:
            await owner.execute(f"update links_links set state = 'left' where {LIVE_SQL}")
        await clone(owner, "links_links", "id", UUID(accepted["id"]), id=link_id, state="left")
        return link_id

    tried = await try_everything(
        Subject(
            lifecycle=LINK,
            path="/api/v1/links/{id}",
            table="links_links",
            people=people,
            fresh=fresh,
        ),
        owner,
    )
    assert tried == 6 * 6 * 15
