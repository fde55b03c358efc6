"""Write a new password hash, and everything that follows from it."""

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.events import record_event
from karavan.kit.ids import new_id
from karavan.modules.identity.actions.end_sessions import end_sessions
from karavan.modules.identity.models import Password
from karavan.modules.identity.queries import Login
from karavan.modules.identity.wordings import password_changed_wording, send_notice
from karavan.settings import Settings


async def set_password(
    session: AsyncSession,
    settings: Settings,
    login: Login,
    hashed: str,
    *,
    how: str,
    actor: Actor | None = None,
) -> None:
    """Store the hash, end the other sessions, and tell the owner by mail.

    Args:
        how: `change` or `reset`.
        actor: whose own session stays; nothing after a reset, when none stays.
    """
    await store_hash(session, login, hashed)
    await end_sessions(
        session,
        user_id=login.user_id,
        reason=f"password_{how}",
        except_session_id=actor.session_id if actor else None,
    )
    organisation_id = actor.organisation_id if actor else login.last_organisation_id
    if organisation_id is not None:
        record_audit(
            session,
            actor,
            f"password.{how}",
            target_type="user",
            target_id=login.user_id,
            target_label=login.display_name,
            organisation_id=organisation_id,
        )
    record_event(
        session,
        "password.changed",
        organisation_id=organisation_id,
        aggregate_id=login.user_id,
        payload={"user_id": str(login.user_id), "how": how},
    )
    await send_notice(
        session, settings, login, password_changed_wording(login.locale), key=f"password:{new_id()}"
    )


async def store_hash(session: AsyncSession, login: Login, hashed: str) -> None:
    """Store a hash, also for somebody who had no password until now."""
    statement = insert(Password).values(user_id=login.user_id, password_hash=hashed)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["user_id"],
            set_={"password_hash": statement.excluded.password_hash, "changed_at": func.now()},
        )
    )
