"""What identity does in the background."""

import base64
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.jobs import JobContext, enqueue, job, scheduled
from karavan.kit.scopes import SYSTEM
from karavan.kit.signing import key_ring
from karavan.modules.identity.actions.request_reset import send_reset_code
from karavan.modules.identity.models import OAuthState, ResetCode, Session

SEND_RESET_CODE = "identity.send_reset_code"
_PURPOSE = "identity.reset-request"
_KEPT_AFTER_END = timedelta(days=30)


async def enqueue_reset_code(session: AsyncSession, email: str) -> None:
    """Have a code sent to the owner of an address, should it have one. Known or not, this does the same work.

    The address is encrypted, because arguments of jobs are shown on the jobs desk.
    """
    sealed = base64.b64encode(key_ring().encrypt(_PURPOSE, email.encode())).decode()
    await enqueue(session, SEND_RESET_CODE, sealed_email=sealed)


@job(SEND_RESET_CODE, retries=3)
async def run_send_reset_code(context: JobContext, *, sealed_email: str) -> None:
    """Send the code."""
    email = key_ring().decrypt(_PURPOSE, base64.b64decode(sealed_email)).decode()
    async with context.database.transaction(SYSTEM) as session:
        await send_reset_code(session, context.settings, email)


@scheduled("17 3 * * *", name="identity.sweep")
async def sweep(context: JobContext) -> None:
    """Forget sessions a month after they ended, codes after a day, and sign-ins at providers that went nowhere."""
    async with context.database.transaction(SYSTEM) as session:
        now = await database_now(session)
        month_ago = now - _KEPT_AFTER_END
        await session.execute(
            delete(Session).where((Session.ended_at < month_ago) | (Session.expires_at < month_ago))
        )
        await session.execute(
            delete(ResetCode).where(ResetCode.created_at < now - timedelta(days=1))
        )
        await session.execute(delete(OAuthState).where(OAuthState.expires_at < now))
