"""From credentials to an actor, in one statement: it stands in front of every request."""

from functools import cache

from fastapi import Request
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, Credentials, PlatformRole, Role, permissions_of
from karavan.kit.db import begin_writing, read_row
from karavan.kit.ratelimit import client_ip

# Plain SQL across the tables of two modules, with the driver's own parameters: no compilation, one round trip,
# four look-ups by primary key. Row-level security stays on: the transaction is the caller's own.
_RESOLVE = """
select u.display_name, u.email, u.locale, u.platform_role, m.role, o.name, o.sells,
       s.last_used_at < now() - interval '5 minutes'
  from identity_sessions s
  join identity_users u on u.id = s.user_id
  join organisations_memberships m on m.user_id = s.user_id and m.organisation_id = $3
  join organisations_organisations o on o.id = m.organisation_id
 where s.id = $1 and s.user_id = $2 and s.ended_at is null and s.expires_at > now()
"""

# A session's last use is kept to within five minutes, so that reading does not write. Whoever finds the row locked
# leaves it to whoever locks it: no request waits for another.
_NOTE_USE = text("""
update identity_sessions set last_used_at = now()
 where id = (select id from identity_sessions where id = :id for no key update skip locked)
""")


@cache
def _permissions(role: Role, platform_role: PlatformRole | None) -> frozenset[str]:
    return permissions_of(role, platform_role)


async def resolve_actor(
    session: AsyncSession, credentials: Credentials, request: Request
) -> Actor | None:
    """Who is asking: nothing when the session has ended or the membership is gone, whatever the token says."""
    row = await read_row(
        session,
        _RESOLVE,
        credentials.session_id,
        credentials.user_id,
        credentials.organisation_id,
    )
    if row is None:
        return None
    display_name, email, locale, platform_name, role_name, organisation_name, sells, is_stale = row
    if is_stale:
        await begin_writing(session)
        await session.execute(_NOTE_USE, {"id": credentials.session_id})
    role = Role(role_name)
    platform_role = PlatformRole(platform_name) if platform_name else None
    peer = request.client.host if request.client else None
    return Actor(
        user_id=credentials.user_id,
        organisation_id=credentials.organisation_id,
        role=role,
        session_id=credentials.session_id,
        platform_role=platform_role,
        display_name=display_name,
        email=email,
        locale=locale,
        organisation_name=organisation_name,
        organisation_sells=sells,
        ip=client_ip(request.headers, peer, request.app.state.settings.trusted_proxies),
        request_id=getattr(request.state, "request_id", None),
        permissions=_permissions(role, platform_role),
    )
