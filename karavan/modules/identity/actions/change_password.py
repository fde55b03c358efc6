"""Change one's own password."""

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor
from karavan.kit.db import Database
from karavan.kit.errors import FieldError
from karavan.kit.scopes import Scope
from karavan.modules.identity import passwords
from karavan.modules.identity.actions.set_password import set_password
from karavan.modules.identity.errors import WrongPasswordError
from karavan.modules.identity.queries import Login, login_of
from karavan.settings import Settings


async def change_password(
    database: Database,
    settings: Settings,
    actor: Actor,
    *,
    current_password: str | None,
    new_password: str,
) -> None:
    """Change the actor's password after asking for the present one. Their other sessions end.

    Somebody who has only signed in with other providers so far has none, and sets their first without.

    Raises:
        WrongPasswordError: the present password is wrong or missing.
        ValidationError: the new one is too weak.
    """
    scope = Scope(actor.organisation_id, actor.user_id)
    async with database.transaction(scope) as session:
        login = await _own_login(session, actor)
    if login.password_hash is not None:
        right, _ = await passwords.verify_password(current_password or "", login.password_hash)
        if not right:
            raise WrongPasswordError(
                errors=[
                    FieldError(
                        pointer="#/current_password",
                        code=WrongPasswordError.code,
                        detail=WrongPasswordError.title,
                    )
                ]
            )
    passwords.check_new_password(new_password, email=login.email, pointer="#/new_password")
    hashed = await passwords.hash_password(new_password)
    async with database.transaction(scope) as session:
        await set_password(session, settings, login, hashed, how="change", actor=actor)


async def _own_login(session: AsyncSession, actor: Actor) -> Login:
    login = await login_of(session, actor.user_id)
    assert login is not None  # the guard has just found the person
    return login
