"""One-click unsubscription from mail (RFC 8058): no sign-in, and a GET that only asks."""

from functools import cache
from typing import TYPE_CHECKING, Annotated

from fastapi import Path
from fastapi.responses import HTMLResponse
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.errors import NotFoundError
from karavan.kit.routing import router as module_router
from karavan.kit.unit_of_work import SystemTx
from karavan.modules.identity.public import account_of
from karavan.modules.notifications.groups import Group
from karavan.modules.notifications.preferences import stop_mail
from karavan.modules.notifications.unsubscribing import subject_of
from karavan.modules.notifications.wording import group_label, locale_or_english, texts_of

if TYPE_CHECKING:
    from jinja2 import Template

router = module_router("/notifications/unsubscribe", "notifications")

Token = Annotated[str, Path(min_length=45, max_length=120, pattern=r"^[A-Za-z0-9_.-]+$")]

_PAGE = """<!doctype html>
<html lang="{{ locale }}"><head><meta charset="utf-8"><meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ words.title }} · Karavan</title></head>
<body><main><h1>{{ words.title }}</h1>
{% if done %}<p role="status">{{ words.done.format(group=group) }}</p>
{% else %}<p>{{ words.question.format(group=group) }}</p>
<form method="post"><button name="List-Unsubscribe" value="One-Click">{{ words.button }}</button></form>
{% endif %}<p><a href="/app/settings/notifications">{{ words.settings }}</a></p></main></body></html>
"""


@cache
def _pattern() -> "Template":
    from jinja2 import Environment

    return Environment(autoescape=True).from_string(_PAGE)


@router.get("/{token}", response_class=HTMLResponse)
async def ask_to_unsubscribe(token: Token, session: SystemTx) -> HTMLResponse:
    """A page that asks. Nothing changes: scanners of mail follow every link."""
    return await _page(session, token, done=False)


@router.post("/{token}", response_class=HTMLResponse)
async def unsubscribe(token: Token, session: SystemTx) -> HTMLResponse:
    """Send no more mail of this group to the person whom the token names. Repeating it changes nothing."""
    return await _page(session, token, done=True)


async def _page(session: AsyncSession, token: str, *, done: bool) -> HTMLResponse:
    subject = subject_of(token)
    account = None if subject is None else await account_of(session, subject[0])
    if subject is None or account is None:
        raise NotFoundError
    group: Group = subject[1]
    if done:
        await stop_mail(session, account.user_id, group)
    locale = locale_or_english(account.locale)
    page = _pattern().render(
        locale=locale,
        words=texts_of(locale)["unsubscribe"],
        group=group_label(group, locale),
        done=done,
    )
    return HTMLResponse(page)
