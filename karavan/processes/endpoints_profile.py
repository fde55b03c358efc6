"""One's profile and the firm's logo, whose pictures the media module keeps."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from karavan.kit.authz import Actor, requires
from karavan.kit.errors import NotFoundError
from karavan.kit.routing import router as make_router
from karavan.kit.schemas import Body
from karavan.kit.unit_of_work import Tx
from karavan.kit.versions import versioned
from karavan.modules.identity.public import ACCOUNT_MANAGE
from karavan.modules.organisations.public import (
    ORGANISATION_UPDATE,
    OrganisationView,
    ProfileBody,
    ProfileView,
    profile_view,
)
from karavan.processes.change_profile import change_logo, change_profile

router = make_router("/auth", "auth")
users = make_router("/users", "users")
organisations = make_router("/organisations", "organisations")
routers = [router, users, organisations]

Me = Annotated[Actor, requires(ACCOUNT_MANAGE)]
Changes = Annotated[ProfileBody, versioned(ProfileBody)]


class LogoBody(Body):
    """A logo."""

    logo: Annotated[str, StringConstraints(max_length=2_000_000)] | None = Field(
        description="A picture as a data URL; `null` removes it."
    )


@router.patch("/profile")
async def patch_profile(body: Changes, actor: Me, session: Tx) -> ProfileView:
    """Change one's profile; what is left out stays."""
    await change_profile(session, actor, body)
    return await profile_view(session, actor)


@router.put("/profile")
async def put_profile(body: Changes, actor: Me, session: Tx) -> ProfileView:
    """The same as PATCH."""
    await change_profile(session, actor, body)
    return await profile_view(session, actor)


@users.patch("/profile", name="change-profile")
async def patch_user_profile(body: Changes, actor: Me, session: Tx) -> ProfileView:
    """The same as `PATCH /auth/profile`."""
    await change_profile(session, actor, body)
    return await profile_view(session, actor)


@organisations.put("/{organisation_id}/logo")
async def put_logo(
    organisation_id: UUID,
    body: LogoBody,
    actor: Annotated[Actor, requires(ORGANISATION_UPDATE)],
    session: Tx,
) -> OrganisationView:
    """Give one's organisation a logo, or take it away."""
    if organisation_id != actor.organisation_id:
        raise NotFoundError
    return await change_logo(session, actor, body.logo)
