"""Idempotency keys: a POST that is sent twice takes effect once, and both senders get the first answer.

Follows draft-ietf-httpapi-idempotency-key-header-07: the key is claimed in the transaction of the effect, so key,
effect and stored answer come true together or not at all.
"""

import hashlib
import json
import re
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

import asyncpg
from fastapi import Request, Response
from msgspec import Struct
from sqlalchemy import Index, LargeBinary, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, append_change, read_row
from karavan.kit.errors import BadRequestError, DomainError
from karavan.kit.jobs import JobContext, scheduled
from karavan.kit.scopes import SYSTEM
from karavan.kit.signing import key_ring

RETENTION = "24 hours"
_PURPOSE = "idempotency.answer"
_KEY = re.compile(r"[\x20-\x7e]{1,255}")
_KEPT_HEADERS = ("content-type", "location", "etag", "content-disposition")


class IdempotencyMismatchError(DomainError):
    """The key was used before, with another body."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "idempotency.mismatch"
    title = "This Idempotency-Key was already used for another request."


class IdempotencyInProgressError(DomainError):
    """The first request with this key has not finished."""

    status = HTTPStatus.CONFLICT
    code = "idempotency.in_progress"
    title = "The first request with this Idempotency-Key is still being worked on."


class IdempotencyKey(Base):
    """A claimed key and, once its transaction commits, the answer. The key itself is kept only as a hash."""

    __tablename__ = "kit_idempotency_keys"

    scope: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    organisation_id: Mapped[UUID]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None]
    headers: Mapped[dict[str, str]] = mapped_column(server_default="{}")
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]

    __table_args__ = (Index("ix_kit_idempotency_keys_expires_at", "expires_at"),)


class Claim(Struct, frozen=True):
    """A key that this request holds until its transaction ends."""

    session: AsyncSession
    scope: bytes


class Replayed(Exception):  # noqa: N818  # it carries an answer, not an error
    """The request was answered before; `response` is that answer."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


_CLAIM = f"""
insert into kit_idempotency_keys as held (scope, organisation_id, fingerprint, expires_at)
values ($1, $2, $3, now() + interval '{RETENTION}')
on conflict (scope) do update
   set fingerprint = excluded.fingerprint, expires_at = excluded.expires_at,
       status = null, headers = '{{}}', answer = null
 where held.expires_at <= now()
returning scope
"""

_FIRST = """
select fingerprint, status, headers::text, answer from kit_idempotency_keys where scope = $1
"""
_REMEMBER = """
update kit_idempotency_keys set status = $2, headers = $3, answer = $4 where scope = $1
"""
_FORGET = "delete from kit_idempotency_keys where scope = $1"


def parse_key(values: list[str]) -> str | None:
    """The key of an `Idempotency-Key` header: bare, or a structured-field string in double quotes (RFC 9651 § 3.3.3).

    Raises:
        BadRequestError: more than one header, or not 1–255 printable ASCII characters.
    """
    if not values:
        return None
    key = values[0].strip()
    if len(key) >= 2 and key[0] == key[-1] == '"':
        key = re.sub(r'\\(["\\])', r"\1", key[1:-1])
    if len(values) > 1 or not _KEY.fullmatch(key):
        raise BadRequestError(
            "Idempotency-Key must be one value of 1 to 255 printable ASCII characters."
        )
    return key


async def claim(
    session: AsyncSession, request: Request, *, organisation_id: UUID, user_id: UUID
) -> None:
    """Claim the request's key, if it carries one, before anything takes effect.

    A second request with the same key waits on the unique index until the first has ended: then it is answered from the
    store, or, if the first was rolled back, goes ahead itself. Only POST is claimed; uploads are not, because their
    body is a stream that is read after the guard.

    Raises:
        Replayed: the first answer.
        IdempotencyMismatchError: the same key with another body.
        IdempotencyInProgressError: the first request takes longer than the lock timeout.
    """
    if request.method != "POST":
        return
    key = parse_key(request.headers.getlist("idempotency-key"))
    if key is None or request.headers.get("content-type", "").startswith("multipart/"):
        return
    body = await request.body()
    query = request.url.query.encode()
    fingerprint = hashlib.sha256(query + b"\n" + body if query else body).digest()
    parts = (str(organisation_id), str(user_id), request.method, request.url.path, key)
    scope = hashlib.sha256("\0".join(parts).encode()).digest()
    try:
        claimed = await read_row(session, _CLAIM, scope, organisation_id, fingerprint)
    except asyncpg.LockNotAvailableError as error:
        raise IdempotencyInProgressError(headers={"Retry-After": "1"}) from error
    if claimed is None:
        await _replay(session, scope, fingerprint)
    request.state.idempotency_claim = Claim(session, scope)


async def _replay(session: AsyncSession, scope: bytes, fingerprint: bytes) -> None:
    first = await read_row(session, _FIRST, scope)
    if first is None or first[1] is None:
        raise IdempotencyInProgressError(headers={"Retry-After": "1"})
    held, status, headers, answer = first
    if held != fingerprint:
        raise IdempotencyMismatchError
    body = key_ring().decrypt(_PURPOSE, answer)
    said = {**json.loads(headers), "idempotency-replayed": "true"}
    raise Replayed(Response(body, status_code=status, headers=said))


def remember(held: Claim, response: Response) -> None:
    """Have the answer stored when the transaction of the effect ends, in it.

    Not stored, so that the key stays free: refusals, streams, and answers that set cookies (they sign somebody in).
    The body is encrypted, because an answer may show a secret once.
    """
    body = getattr(response, "body", None)
    if (
        response.status_code >= HTTPStatus.BAD_REQUEST
        or body is None
        or ("set-cookie" in response.headers)
    ):
        append_change(held.session, IdempotencyKey.__tablename__, _FORGET, held.scope)
        return
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    answer = key_ring().encrypt(_PURPOSE, bytes(body))
    append_change(
        held.session,
        IdempotencyKey.__tablename__,
        _REMEMBER,
        held.scope,
        response.status_code,
        json.dumps(headers),
        answer,
    )


@scheduled("41 * * * *", name="idempotency.sweep")
async def sweep_idempotency_keys(context: JobContext) -> None:
    """Delete keys that are older than a day, every hour."""
    async with context.database.transaction(SYSTEM) as session:
        await session.execute(text("delete from kit_idempotency_keys where expires_at <= now()"))
