"""Rate limits that all processes share, without a round trip to the database for every request.

Each process counts on its own and reports to the shared store in steps; the answer tells it what the others have counted.
A window starts with the first request and lasts `window_s`. With P processes a limit can be overrun by at most
(P − 1) × step requests a window. The step of sign-in is 1: every attempt asks the store and the limit is exact.
"""

import asyncio
import ipaddress
import math
import re
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

import structlog
from msgspec import Struct, field
from sqlalchemy import Index, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from karavan.kit.db import Base, Database
from karavan.kit.errors import DomainError, TooManyRequestsError
from karavan.kit.jobs import JobContext, scheduled
from karavan.settings import Settings

log = structlog.get_logger()

_TRACKED_MAX = 100_000


class RateLimitBucket(Base):
    """What one subject has used in its present window. The table is unlogged: a crash forgets a minute of counts."""

    __tablename__ = "kit_rate_limit_buckets"

    subject: Mapped[str] = mapped_column(primary_key=True)
    used: Mapped[int]
    window_ends_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_kit_rate_limit_buckets_window_ends_at", "window_ends_at"),
        {"prefixes": ["UNLOGGED"]},
    )


class LimitPolicy(Struct, frozen=True):
    """How many requests a window allows.

    Attributes:
        step: requests that a process counts by itself before it reports them.
    """

    name: str
    quota: int
    window_s: int = 60
    step: int = 1


class LimitStore(Protocol):
    """Where processes add up. PostgreSQL is the one that is always there."""

    async def add(self, subject: str, amount: int, window_s: int) -> tuple[int, float]:
        """Add to a subject's window; returns what all processes have used of it and the seconds that it lasts."""


_ADD = text("""
insert into kit_rate_limit_buckets as bucket (subject, used, window_ends_at)
values (:subject, :amount, now() + make_interval(secs => :window_s))
on conflict (subject) do update set
  used = case when bucket.window_ends_at <= now() then excluded.used else bucket.used + excluded.used end,
  window_ends_at = greatest(bucket.window_ends_at,
    case when bucket.window_ends_at <= now() then excluded.window_ends_at end)
returning used, extract(epoch from window_ends_at - now())::float8
""")


_SWEEP = text("delete from kit_rate_limit_buckets where window_ends_at <= now()")


class PostgresLimitStore:
    """Counts in an unlogged table, one statement outside any transaction per report."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine

    async def add(self, subject: str, amount: int, window_s: int) -> tuple[int, float]:
        """Add to a subject's window, starting a new one when the last has ended."""
        values = {"subject": subject, "amount": amount, "window_s": window_s}
        async with self._engine.connect() as connection:
            row = (await connection.execute(_ADD, values)).one()
        return int(row[0]), float(row[1])


class _Counter(Struct):
    """One subject's window as this process knows it; `window_ends` is on the monotonic clock."""

    window_ends: float
    local: int = 0
    reported: int = 0
    by_others: int = 0
    known: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Verdict(Struct, frozen=True):
    """Whether a request may pass, and what to tell its sender."""

    policy: LimitPolicy
    allowed: bool
    remaining: int
    reset_s: int


class RateLimiter:
    """Counts requests of one process and reconciles them with the other processes' counts."""

    def __init__(self, store: LimitStore, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._counters: dict[str, _Counter] = {}

    async def hit(self, policy: LimitPolicy, subject: str) -> Verdict:
        """Count one request of `subject` under `policy`.

        When the store does not answer, this process's own count decides: a broken store must neither open the door
        wide nor close it for everybody.
        """
        key = f"{policy.name}:{subject}"
        now = self._clock()
        counter = self._counters.get(key)
        if counter is None or counter.window_ends <= now:
            counter = self._counters[key] = _Counter(window_ends=now + policy.window_s)
            self._forget_ended(now)
        if counter.local + counter.by_others >= policy.quota:
            return self._verdict(policy, counter, allowed=False)
        counter.local += 1
        mine = counter.local
        if not counter.known or counter.local - counter.reported >= policy.step:
            async with counter.lock:
                if not counter.known or counter.reported < mine <= counter.local:
                    await self._report(policy, key, counter)
        return self._verdict(policy, counter, allowed=mine + counter.by_others <= policy.quota)

    async def _report(self, policy: LimitPolicy, key: str, counter: _Counter) -> None:
        amount = counter.local - counter.reported
        try:
            used, left_s = await self._store.add(key, amount, policy.window_s)
        except (OSError, SQLAlchemyError, TimeoutError) as error:
            log.warning("rate_limit_store_silent", error=type(error).__name__)
            counter.known = True
            return
        counter.known = True
        counter.reported += amount
        counter.by_others = max(used - counter.reported, 0)
        counter.window_ends = self._clock() + left_s

    def _verdict(self, policy: LimitPolicy, counter: _Counter, *, allowed: bool) -> Verdict:
        remaining = max(policy.quota - counter.local - counter.by_others, 0)
        reset_s = max(math.ceil(counter.window_ends - self._clock()), 1)
        return Verdict(policy, allowed, remaining, reset_s)

    def _forget_ended(self, now: float) -> None:
        if len(self._counters) > _TRACKED_MAX:
            live = {k: c for k, c in self._counters.items() if c.window_ends > now}
            # Still too many means an attack from many addresses: the store remembers what is forgotten here.
            self._counters = live if len(live) <= _TRACKED_MAX else {}


def client_ip(headers: Headers, peer: str | None, trusted_proxies: int) -> str:
    """The address that a request came from.

    Args:
        peer: address of the connection.
        trusted_proxies: how many proxies of ours stand in front. Each appends the address it saw to
            X-Forwarded-For, so the entry that many places from the end is the last that cannot be forged.
    """
    if trusted_proxies > 0:
        chain = [part.strip() for part in headers.get("x-forwarded-for", "").split(",")]
        if len(chain) >= trusted_proxies:
            candidate = chain[-trusted_proxies]
            try:
                return str(ipaddress.ip_address(candidate))
            except ValueError:
                pass
    return peer or "unknown"


def ip_subject(address: str) -> str:
    """What is counted for an address: IPv6 customers own at least a /64, so they are counted as one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if parsed.version == 6:
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _header_fields(verdicts: list[Verdict]) -> dict[str, str]:
    """`RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-10."""
    return {
        "ratelimit-policy": ", ".join(
            f'"{v.policy.name}";q={v.policy.quota};w={v.policy.window_s}' for v in verdicts
        ),
        "ratelimit": ", ".join(
            f'"{v.policy.name}";r={v.remaining};t={v.reset_s}' for v in verdicts
        ),
    }


class RateLimitMiddleware:
    """Limits the API: visitors by address, signed-in people by account, and doors for sign-in by address, exactly."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        limiter: Callable[[Scope], RateLimiter],
        settings: Settings,
        sign_in_paths: re.Pattern[str],
        picture_paths: re.Pattern[str],
        refuse: Callable[[DomainError, str | None], Response],
    ) -> None:
        """Wrap `app`.

        Args:
            limiter: finds the process's limiter, which lives as long as the database.
            sign_in_paths: POST addresses that also count under the policy `sign-in`.
            picture_paths: addresses of which one page asks for dozens; they count under `pictures` alone.
            refuse: makes the answer of an error.
        """
        limits = settings.limits
        self.app = app
        self.limiter = limiter
        self.enabled = limits.enabled
        self.trusted_proxies = settings.trusted_proxies
        self.sign_in_paths = sign_in_paths
        self.picture_paths = picture_paths
        self.refuse = refuse
        self.by_ip = LimitPolicy("ip", limits.per_ip, step=max(limits.per_ip // 20, 1))
        self.by_user = LimitPolicy("user", limits.per_user, step=max(limits.per_user // 20, 1))
        self.sign_in = LimitPolicy("sign-in", limits.sign_in)
        self.pictures = LimitPolicy("pictures", limits.pictures, step=max(limits.pictures // 20, 1))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the request; refuse it with 429 or pass it on with the limit's headers in its answer."""
        if not self.enabled or scope["type"] != "http" or not scope["path"].startswith("/api/v1/"):
            await self.app(scope, receive, send)
            return
        verdicts = [await hit for hit in self._hits(scope)]
        fields = _header_fields(verdicts)

        async def send_with_fields(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(fields)
            await send(message)

        violated = [verdict for verdict in verdicts if not verdict.allowed]
        if violated:
            wait_s = max(verdict.reset_s for verdict in violated)
            error = TooManyRequestsError(
                headers={"Retry-After": str(wait_s)},
                retry_after_s=wait_s,
                violated_policies=[verdict.policy.name for verdict in violated],
            )
            answer = self.refuse(error, scope.get("state", {}).get("request_id"))
            await answer(scope, receive, send_with_fields)
            return
        await self.app(scope, receive, send_with_fields)

    def _hits(self, scope: Scope) -> list[Awaitable[Verdict]]:
        limiter = self.limiter(scope)
        if self.picture_paths.fullmatch(scope["path"]):
            return [limiter.hit(self.pictures, self._address(scope))]
        credentials = scope.get("state", {}).get("credentials")
        at_a_door = scope["method"] == "POST" and bool(self.sign_in_paths.fullmatch(scope["path"]))
        hits: list[Awaitable[Verdict]] = []
        if credentials is not None:
            hits.append(limiter.hit(self.by_user, str(credentials.user_id)))
        if credentials is None or at_a_door:
            address = self._address(scope)
            if credentials is None:
                hits.append(limiter.hit(self.by_ip, address))
            if at_a_door:
                hits.append(limiter.hit(self.sign_in, address))
        return hits

    def _address(self, scope: Scope) -> str:
        peer = scope["client"][0] if scope.get("client") else None
        return ip_subject(client_ip(Headers(scope=scope), peer, self.trusted_proxies))


@scheduled("*/10 * * * *", name="rate_limits.sweep")
async def sweep_rate_limits(context: JobContext) -> None:
    """Delete windows that have ended."""
    async with context.database.transaction() as session:
        await session.execute(_SWEEP)
