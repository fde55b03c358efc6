"""Give somebody a role on the platform itself, from the command line."""

from collections.abc import Callable
from uuid import UUID

from karavan.kit.audit import record_audit
from karavan.kit.authz import PlatformRole
from karavan.kit.db import Database
from karavan.kit.scopes import SYSTEM
from karavan.kit.signing import install_keys
from karavan.modules.identity.public import (
    Visitor,
    check_new_password,
    find_login,
    hash_password,
    normalise_email,
    set_platform_role,
)
from karavan.modules.organisations.actions.open_account import NewAccount, open_account
from karavan.modules.organisations.actions.open_organisation import NewOrganisation
from karavan.modules.organisations.roles import Interest
from karavan.settings import Settings

_COMMAND_LINE = Visitor(ip=None, user_agent="command line")


async def create_platform_admin(
    settings: Settings, *, email: str, role: str, ask_password: Callable[[], str]
) -> str:
    """Give the owner of an address a platform role; an account is made where there is none.

    Args:
        ask_password: called only when an account must be made.

    Returns:
        a sentence for whoever ran the command.

    Raises:
        ValueError: the address or the role is none.
        ValidationError: the password is too weak.
    """
    address = normalise_email(email)
    platform_role = PlatformRole(role)
    install_keys(settings)
    database = Database(settings.database_url, pooled=False)
    try:
        async with database.transaction(SYSTEM) as session:
            login = await find_login(session, address)
        made = False
        if login is None:
            await _make_account(database, settings, address, ask_password())
            made = True
        async with database.transaction(SYSTEM) as session:
            login = await find_login(session, address)
            assert login is not None  # it was there, or has just been made
            assert login.last_organisation_id is not None  # set when an account is made
            before = await set_platform_role(session, login.user_id, platform_role)
            record_audit(
                session,
                None,
                "user.grant_platform_role",
                target_type="user",
                target_id=login.user_id,
                target_label=login.display_name,
                organisation_id=UUID(str(login.last_organisation_id)),
                before={"platform_role": before},
                after={"platform_role": platform_role.value},
                reason="command line",
            )
    finally:
        await database.close()
    return f"{address} {'was created and ' if made else ''}is now {platform_role.value} of the platform."


async def _make_account(
    database: Database, settings: Settings, address: str, password: str
) -> None:
    check_new_password(password, email=address)
    hashed = await hash_password(password)
    name = address.partition("@")[0]
    new = NewAccount(
        email=address,
        password_hash=hashed,
        display_name=name,
        email_verified=True,
        organisation=NewOrganisation(name=name, interest=Interest.CUSTOMER),
    )
    async with database.transaction(SYSTEM) as session:
        await open_account(session, settings, _COMMAND_LINE, new)
