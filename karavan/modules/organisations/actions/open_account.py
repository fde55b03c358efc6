"""Create a person together with their organisation, in one transaction."""

from uuid import UUID

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.ids import new_id
from karavan.kit.mail import send_mail
from karavan.modules.identity.public import Visitor, register_user
from karavan.modules.organisations.actions.open_organisation import (
    Founder,
    NewOrganisation,
    open_organisation,
)
from karavan.settings import Settings


class NewAccount(Struct, frozen=True, kw_only=True):
    """A person who registers.

    Attributes:
        email: normalised.
        password_hash: nothing for somebody who signs in with another provider.
        platform_role: given by the command line alone.
    """

    email: str
    password_hash: str | None
    display_name: str
    email_verified: bool
    organisation: NewOrganisation
    platform_role: str | None = None
    is_demo: bool = False


class OpenedAccount(Struct, frozen=True):
    """The ids of what was created."""

    user_id: UUID
    organisation_id: UUID


async def open_account(
    session: AsyncSession, settings: Settings, visitor: Visitor, new: NewAccount
) -> OpenedAccount | None:
    """Create the person, their organisation, their membership as its owner, and the profile of the side they trade on.

    The transaction must be the system's.

    Returns:
        nothing when the address has an account already; then nothing was created.
    """
    organisation_id = new_id()
    user = await register_user(
        session,
        email=new.email,
        password_hash=new.password_hash,
        display_name=new.display_name,
        locale=new.organisation.locale,
        email_verified=new.email_verified,
        organisation_id=organisation_id,
        platform_role=new.platform_role,
        is_demo=new.is_demo,
    )
    if user is None:
        return None
    founder = Founder(
        user_id=user.id, display_name=user.display_name, email=user.email, visitor=visitor
    )
    organisation = await open_organisation(session, founder, new.organisation, organisation_id)
    if not new.is_demo:
        await send_mail(
            session,
            to=user.email,
            template="welcome",
            locale=user.locale,
            context={
                "name": user.display_name,
                "organisation": organisation.name,
                "link": f"{settings.base_url}/app",
            },
            idempotency_key=f"welcome:{user.id}",
        )
    return OpenedAccount(user.id, organisation.id)
