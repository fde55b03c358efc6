"""Change one's profile or the firm's logo: the row is one module's, the picture another's."""

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.modules.identity.public import set_avatar, update_profile
from karavan.modules.media.public import Purpose, release, save_picture
from karavan.modules.organisations.public import (
    OrganisationView,
    ProfileBody,
    changes_of,
    organisation_view,
    set_logo,
)


async def change_profile(session: AsyncSession, actor: Actor, body: ProfileBody) -> None:
    """Apply the fields that the request names, all or none of them.

    Raises:
        ValidationError, FileRefusedError: the avatar is no picture.
        ConflictError: the profile has another version than the caller read.
    """
    changes = changes_of(body, nullable=frozenset(), without=frozenset({"version", "avatar"}))
    await update_profile(session, actor, changes, version=body.version)
    if "avatar" in body.model_fields_set:
        picture = None if body.avatar is None else await save_picture(session, actor, body.avatar)
        replaced = await set_avatar(session, actor, None if picture is None else picture.id)
        await release(session, actor.organisation_id, [replaced] if replaced else [])
    await session.flush()


async def change_logo(
    session: AsyncSession, actor: Actor, data_url: str | None
) -> OrganisationView:
    """Give the actor's organisation a logo, or take it away.

    Raises:
        ValidationError, FileRefusedError: the logo is no picture.
    """
    picture = None
    if data_url is not None:
        picture = await save_picture(session, actor, data_url, purpose=Purpose.LOGO)
    organisation, replaced = await set_logo(session, actor, None if picture is None else picture.id)
    await release(session, actor.organisation_id, [replaced] if replaced else [])
    await session.flush()
    await session.refresh(organisation)
    return await organisation_view(session, organisation, member_id=actor.organisation_id)
