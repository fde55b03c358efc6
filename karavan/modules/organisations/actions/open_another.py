"""Open another organisation beside the ones that somebody belongs to already."""

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import as_system
from karavan.modules.identity.public import Visitor
from karavan.modules.organisations.actions.open_organisation import (
    Founder,
    NewOrganisation,
    open_organisation,
)
from karavan.modules.organisations.models import Organisation
from karavan.modules.organisations.roles import Interest


async def open_another(
    session: AsyncSession,
    actor: Actor,
    visitor: Visitor,
    *,
    name: str,
    interest: Interest,
    country: str,
) -> Organisation:
    """Create an organisation that the actor owns; they go on acting for their present one."""
    founder = Founder(
        user_id=actor.user_id,
        display_name=actor.display_name,
        email=actor.email,
        visitor=visitor,
    )
    new = NewOrganisation(name=name, interest=interest, country=country, locale=actor.locale)
    # The policies rightly let nobody write another organisation's rows, and this one is not the actor's yet.
    async with as_system(session):
        return await open_organisation(session, founder, new)
