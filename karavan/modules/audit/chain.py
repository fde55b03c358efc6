"""The chain over the audit trail: each entry's hash covers the entry and the hash before it.

An entry that is changed, removed, inserted or moved breaks the chain from there on, and the head tells where it must
end. Sealing is apart from writing, so that writers never wait for one another: a single sealer follows behind.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import Database
from karavan.kit.scopes import SYSTEM

FIRST_PREVIOUS = bytes(32)
"""What stands in for the hash before the first entry."""

_BATCH = 500
_LOCK = 0x61756469

# JSON is hashed as PostgreSQL writes it, because numbers would lose digits on their way through Python.
_CONTENT = """
  sequence, organisation_id::text as organisation_id, actor_user_id::text as actor_user_id, actor_name, action,
  target_type, target_id::text as target_id, target_label, before::text as before, after::text as after, reason, ip,
  request_id, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as occurred_at
"""

_UNSEALED = text(f"""
select {_CONTENT} from kit_audit_entries where chain_position is null order by sequence limit {_BATCH}
""")

_HEADS = text("""
select organisation_id::text as organisation_id, position, entry_hash from audit_heads
where organisation_id = any(cast(:organisations as uuid[]))
""")

_LINK = text("""
update kit_audit_entries as entry set chain_position = link.position, entry_hash = link.entry_hash
from unnest(cast(:sequences as bigint[]), cast(:positions as bigint[]), cast(:hashes as bytea[]))
  as link(sequence, position, entry_hash)
where entry.sequence = link.sequence
""")

_ADVANCE = text("""
insert into audit_heads (organisation_id, position, entry_hash)
select * from unnest(cast(:organisations as uuid[]), cast(:positions as bigint[]), cast(:hashes as bytea[]))
on conflict (organisation_id) do update
set position = excluded.position, entry_hash = excluded.entry_hash, sealed_at = now()
""")

_CHAIN = text(f"""
select {_CONTENT}, chain_position, entry_hash from kit_audit_entries
where organisation_id = :organisation_id and chain_position is not null
  and chain_position <= :end and (chain_position, sequence) > (:position, :sequence)
order by chain_position, sequence limit {_BATCH}
""")

_COUNTS = text("""
select count(*) as entries, count(chain_position) as sealed from kit_audit_entries
where organisation_id = :organisation_id
""")


class ChainReport(Struct, frozen=True):
    """What checking a chain found.

    Attributes:
        entries: entries in the trail.
        sealed: how many of them stand in the chain; the rest are seconds old.
        broken_at: position of the first entry that is not what was sealed there.
        reason: `changed`, `missing`, `inserted` or `head_missing`.
        head_hash: hash of the last sealed entry, in hexadecimal: written down elsewhere, it proves the whole trail.
    """

    ok: bool
    entries: int
    sealed: int
    broken_at: int | None = None
    reason: str | None = None
    head_hash: str | None = None


def entry_hash(previous: bytes, position: int, content: dict[str, Any]) -> bytes:
    """SHA-256 over the previous hash and the entry as canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(
        {**content, "position": position}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(previous + canonical.encode()).digest()


def _content(row: Row[Any]) -> dict[str, Any]:
    values = dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's documented way to a row's names
    values.pop("chain_position", None)
    values.pop("entry_hash", None)
    return values


async def seal(database: Database) -> int:
    """Link the entries that are not in a chain yet, oldest first; returns how many.

    Any number of workers may call it: one seals, the others find the lock taken and go on.
    """
    sealed = 0
    while True:
        async with database.transaction(SYSTEM) as session:
            locked = await session.execute(
                text("select pg_try_advisory_xact_lock(:key)"), {"key": _LOCK}
            )
            if not locked.scalar_one():
                return sealed
            rows = (await session.execute(_UNSEALED)).all()
            if rows:
                await _link(session, rows)
        sealed += len(rows)
        if len(rows) < _BATCH:
            return sealed


async def _link(session: AsyncSession, rows: Iterable[Row[Any]]) -> None:
    rows = list(rows)
    organisations = sorted({row.organisation_id for row in rows})
    found = await session.execute(_HEADS, {"organisations": organisations})
    heads = {row.organisation_id: (row.position, row.entry_hash) for row in found}
    links: list[tuple[int, int, bytes]] = []
    for row in rows:
        position, previous = heads.get(row.organisation_id, (0, FIRST_PREVIOUS))
        position += 1
        linked = entry_hash(previous, position, _content(row))
        links.append((row.sequence, position, linked))
        heads[row.organisation_id] = (position, linked)
    await session.execute(
        _LINK,
        {
            "sequences": [sequence for sequence, _, _ in links],
            "positions": [position for _, position, _ in links],
            "hashes": [linked for _, _, linked in links],
        },
    )
    await session.execute(
        _ADVANCE,
        {
            "organisations": organisations,
            "positions": [heads[organisation][0] for organisation in organisations],
            "hashes": [heads[organisation][1] for organisation in organisations],
        },
    )


async def verify(session: AsyncSession, organisation_id: UUID) -> ChainReport:
    """Recompute an organisation's chain from its first entry to its head.

    Entries that are sealed while this runs stand beyond the head that was read first, and are left to the next time.
    """
    heads = await session.execute(_HEADS, {"organisations": [str(organisation_id)]})
    head = heads.one_or_none()
    counts = (await session.execute(_COUNTS, {"organisation_id": organisation_id})).one()

    def report(broken_at: int | None, reason: str | None) -> ChainReport:
        return ChainReport(
            ok=broken_at is None,
            entries=counts.entries,
            sealed=counts.sealed,
            broken_at=broken_at,
            reason=reason,
            head_hash=None if head is None else head.entry_hash.hex(),
        )

    if head is None:
        return report(1, "head_missing") if counts.sealed else report(None, None)
    position, sequence, previous = 0, 0, FIRST_PREVIOUS
    while True:
        values = {
            "organisation_id": organisation_id,
            "end": head.position,
            "position": position,
            "sequence": sequence,
        }
        rows = (await session.execute(_CHAIN, values)).all()
        for row in rows:
            if row.chain_position != position + 1:
                inserted = row.chain_position == position
                return report(
                    position + (0 if inserted else 1), "inserted" if inserted else "missing"
                )
            position, sequence = row.chain_position, row.sequence
            if entry_hash(previous, position, _content(row)) != row.entry_hash:
                return report(position, "changed")
            previous = row.entry_hash
        if len(rows) < _BATCH:
            break
    if position != head.position:
        return report(position + 1, "missing")
    return report(None, None) if previous == head.entry_hash else report(position, "changed")
