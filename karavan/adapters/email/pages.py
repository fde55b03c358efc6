"""Development only: what was mailed, at `/dev/mail`. Plain pages that need neither script nor style."""

from functools import cache
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from karavan.kit.errors import NotFoundError
from karavan.kit.mail import read_mails
from karavan.kit.routing import KaravanRoute
from karavan.kit.schemas import View
from karavan.kit.unit_of_work import SystemTx

if TYPE_CHECKING:
    from jinja2 import Template

router = APIRouter(prefix="/dev/mail", include_in_schema=False, route_class=KaravanRoute)
# The path ends in `.json` instead of `/json`, so it cannot stand under the prefix.
json_router = APIRouter(include_in_schema=False, route_class=KaravanRoute)

_LIST = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Mail · Karavan development</title></head><body>
<h1>Mail</h1>
<p>What this installation has sent, newest first. Nothing left this machine unless SMTP is configured.</p>
{% if mails %}<table border="1" cellpadding="6"><caption>Sent mail</caption>
<thead><tr><th scope="col">When</th><th scope="col">To</th><th scope="col">Subject</th>
<th scope="col">Template</th><th scope="col">State</th></tr></thead><tbody>
{% for mail in mails %}<tr><td>{{ mail.created_at.strftime("%Y-%m-%d %H:%M:%S") }} UTC</td>
<td><a href="/dev/mail?to={{ mail.recipient|urlencode }}">{{ mail.recipient }}</a></td>
<td><a href="/dev/mail/{{ mail.id }}">{{ mail.words.subject if mail.words else "(words dropped)" }}</a></td>
<td>{{ mail.template }} · {{ mail.locale }}</td><td>{{ mail.state }}{% if mail.error %}: {{ mail.error }}{% endif %}</td></tr>
{% endfor %}</tbody></table>{% else %}<p>No mail yet.</p>{% endif %}
</body></html>"""

_ONE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ words.subject }} · Karavan development</title></head><body>
<p><a href="/dev/mail">All mail</a></p>
<h1>{{ words.subject }}</h1>
<p>To {{ mail.recipient }}, {{ mail.created_at.strftime("%Y-%m-%d %H:%M:%S") }} UTC, {{ mail.state }}.</p>
<h2>Text</h2><pre>{{ words.text|urlize }}</pre>
<h2>HTML</h2><p><a href="/dev/mail/{{ mail.id }}/html">Show it on its own</a></p>
</body></html>"""


@cache
def _page(pattern: str) -> "Template":
    from jinja2 import Environment

    return Environment(autoescape=True).from_string(pattern)


# A mail has to carry its styles in its elements; it may load nothing and run nothing.
_MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups"


class SentMail(View):
    """One mail for tests and tools."""

    id: UUID
    to: str
    template: str
    locale: str
    state: str
    subject: str
    text: str
    html: str


@json_router.get("/dev/mail.json")
async def list_mail_as_json(
    session: SystemTx, to: Annotated[str | None, Query(max_length=320)] = None
) -> list[SentMail]:
    """The newest mails first, to one address if asked."""
    return [
        SentMail(
            id=mail.id,
            to=mail.recipient,
            template=mail.template,
            locale=mail.locale,
            state=mail.state,
            subject=mail.words.subject,
            text=mail.words.text,
            html=mail.words.html,
        )
        for mail in await read_mails(session, to=to)
        if mail.words is not None
    ]


@router.get("", response_class=HTMLResponse)
async def list_mail(
    session: SystemTx, to: Annotated[str | None, Query(max_length=320)] = None
) -> str:
    """A table of the newest mails."""
    return _page(_LIST).render(mails=await read_mails(session, to=to))


@router.get("/{mail_id}", response_class=HTMLResponse)
async def show_mail(session: SystemTx, mail_id: UUID) -> str:
    """One mail's text, its links alive."""
    for mail in await read_mails(session, mail_id=mail_id):
        if mail.words is not None:
            return _page(_ONE).render(mail=mail, words=mail.words)
    raise NotFoundError


@router.get("/{mail_id}/html")
async def show_mail_html(session: SystemTx, mail_id: UUID) -> Response:
    """One mail's HTML as a mail program would show it."""
    for mail in await read_mails(session, mail_id=mail_id):
        if mail.words is not None:
            headers = {"content-security-policy": _MAIL_POLICY}
            return HTMLResponse(mail.words.html, headers=headers)
    raise NotFoundError
