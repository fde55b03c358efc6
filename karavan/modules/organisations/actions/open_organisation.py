"""Create an organisation, with its first owner, its trading profiles and its settings."""

from uuid import UUID

from msgspec import Struct
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor, Role, permissions_of
from karavan.kit.events import record_event
from karavan.kit.ids import new_id
from karavan.modules.identity.public import Visitor
from karavan.modules.organisations.models import (
    Membership,
    Organisation,
    OrganisationSettings,
    TradingProfile,
)
from karavan.modules.organisations.roles import Interest, Side, currency_of
from karavan.modules.organisations.slugs import slug_candidates


class NewOrganisation(Struct, frozen=True, kw_only=True):
    """What is known of an organisation when it is created."""

    name: str
    interest: Interest
    country: str = "KZ"
    locale: str = "en"


class Founder(Struct, frozen=True, kw_only=True):
    """The person who creates it, and from where."""

    user_id: UUID
    display_name: str
    email: str
    visitor: Visitor


async def open_organisation(
    session: AsyncSession,
    founder: Founder,
    new: NewOrganisation,
    organisation_id: UUID | None = None,
) -> Organisation:
    """Create an organisation whose owner is the founder; the transaction must be the system's.

    Args:
        organisation_id: chosen beforehand by the caller, where other rows already refer to it.
    """
    organisation = await _insert_with_free_slug(session, new, organisation_id or new_id())
    session.add_all(
        [
            Membership(
                organisation_id=organisation.id, user_id=founder.user_id, role=Role.OWNER.value
            ),
            OrganisationSettings(organisation_id=organisation.id),
            *(
                TradingProfile(organisation_id=organisation.id, side=side.value)
                for side, trades in (
                    (Side.BUYER, new.interest.buys),
                    (Side.VENDOR, new.interest.sells),
                )
                if trades
            ),
        ]
    )
    record_audit(
        session,
        actor_of(founder, organisation),
        "organisation.create",
        target_type="organisation",
        target_id=organisation.id,
        target_label=organisation.name,
        after={"name": organisation.name, "interest": new.interest.value},
    )
    record_event(
        session,
        "organisation.created",
        organisation_id=organisation.id,
        aggregate_id=organisation.id,
        payload={
            "organisation_id": str(organisation.id),
            "name": organisation.name,
            "kind": organisation.kind,
            "interest": organisation.interest,
            "owner_user_id": str(founder.user_id),
        },
    )
    await session.flush()
    return organisation


def actor_of(founder: Founder, organisation: Organisation) -> Actor:
    """The founder as the owner that they have just become, for the audit trail."""
    return Actor(
        user_id=founder.user_id,
        organisation_id=organisation.id,
        role=Role.OWNER,
        display_name=founder.display_name,
        email=founder.email,
        organisation_name=organisation.name,
        ip=founder.visitor.ip,
        request_id=founder.visitor.request_id,
        permissions=permissions_of(Role.OWNER, None),
    )


async def _insert_with_free_slug(
    session: AsyncSession, new: NewOrganisation, organisation_id: UUID
) -> Organisation:
    for slug in slug_candidates(new.name):
        inserted = await session.execute(
            insert(Organisation)
            .values(
                id=organisation_id,
                name=new.name,
                slug=slug,
                kind=new.interest.kind.value,
                interest=new.interest.value,
                buys=new.interest.buys,
                sells=new.interest.sells,
                country=new.country,
                locale=new.locale,
                currency=currency_of(new.country),
                version=1,
            )
            .on_conflict_do_nothing(index_elements=["slug"])
            .returning(Organisation)
        )
        organisation = inserted.scalar_one_or_none()
        if organisation is not None:
            return organisation
    raise RuntimeError("no free slug was found among candidates with 48 random bits")
