"""Import of open-contracting data: releases become requests and history, once each, with a report row by row."""

import asyncio
import hashlib
from collections.abc import Sequence

from msgspec import Struct, field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.audit import record_audit
from karavan.kit.authz import Actor
from karavan.kit.db import savepoint
from karavan.kit.errors import DomainError, ValidationError
from karavan.kit.ids import new_id
from karavan.kit.locks import lock_name
from karavan.modules.organisations.public import organisation_card
from karavan.modules.procurement.models import OcdsProcess, OcdsRelease, Request
from karavan.modules.procurement.ocds.history import write_history
from karavan.modules.procurement.ocds.mapping import map_request
from karavan.modules.procurement.ocds.merging import compile_releases
from karavan.modules.procurement.ocds.reading import (
    RELEASES_MAX,
    ReadRelease,
    canonical,
    parse,
    read_package,
)
from karavan.modules.procurement.ocds.requests import start_request, update_request
from karavan.modules.procurement.ocds.rules import Finding, parse_moment
from karavan.modules.procurement.ocds.schemas import (
    ImportOutcome,
    ImportReport,
    ImportRow,
    ReleaseNote,
)
from karavan.modules.procurement.ocds.values import Notes
from karavan.modules.procurement.queries.rows import locked_request

WARNINGS_MAX = 50


class Row(Struct):
    """A release of the file and what becomes of it."""

    read: ReadRelease
    outcome: ImportOutcome
    request: Request | None = None
    findings: list[Finding] = field(default_factory=list)


async def import_package(session: AsyncSession, actor: Actor, content: bytes) -> ImportReport:
    """Import a release package or a record package.

    A release that was imported before changes nothing. Whatever is wrong with one release stops that release alone.

    Args:
        content: the file, JSON in UTF-8.

    Raises:
        PayloadTooLargeError: the file is too large.
        ValidationError: it is no package at all.
    """
    package = await asyncio.to_thread(read_package, content)
    # One import of an organisation at a time: two of the same file would both find nothing there.
    await lock_name(session, "ocds", actor.organisation_id)
    rows = [_row_of(read) for read in package.releases]
    by_ocid: dict[str, list[Row]] = {}
    for row in rows:
        if row.outcome is not ImportOutcome.REFUSED and row.read.ocid is not None:
            by_ocid.setdefault(row.read.ocid, []).append(row)
    card = await organisation_card(session, actor.organisation_id)
    currency = card.currency if card else "KZT"
    for ocid in sorted(by_ocid):
        group = by_ocid[ocid]
        try:
            async with savepoint(session):
                await _import_process(
                    session, actor, ocid, group, package.extensions, currency=currency
                )
        except DomainError as error:
            for row in group:
                row.outcome, row.request, row.findings = (
                    ImportOutcome.REFUSED,
                    None,
                    _reasons(error),
                )
    report = _report(rows)
    if report.created or report.updated:
        record_audit(
            session,
            actor,
            "ocds.import",
            target_type="organisation",
            target_id=actor.organisation_id,
            target_label=actor.organisation_name,
            after={"created": report.created, "updated": report.updated, "refused": report.refused},
        )
    await session.flush()
    return report


def _row_of(read: ReadRelease) -> Row:
    if read.refused:
        return Row(read, ImportOutcome.REFUSED, findings=list(read.refused))
    return Row(read, ImportOutcome.UNCHANGED, findings=list(read.warnings))


def _reasons(error: DomainError) -> list[Finding]:
    if isinstance(error, ValidationError) and error.errors:
        return [Finding(one.pointer.lstrip("#"), one.code, one.detail) for one in error.errors]
    return [Finding("", error.code, error.detail)]


async def _import_process(
    session: AsyncSession,
    actor: Actor,
    ocid: str,
    group: Sequence[Row],
    extensions: list[str],
    *,
    currency: str,
) -> None:
    process = await session.scalar(
        select(OcdsProcess).where(
            OcdsProcess.organisation_id == actor.organisation_id, OcdsProcess.ocid == ocid
        )
    )
    request = await locked_request(session, process.request_id) if process else None
    stored = await _stored(session, process)
    fresh = _fresh_rows(group, {one.release_id: one.sha256 for one in stored})
    for row in group:
        row.request = request if row.outcome is not ImportOutcome.REFUSED else None
    if not fresh:
        return
    if len(stored) + len(fresh) > RELEASES_MAX:
        detail = f"A process may have at most {RELEASES_MAX} releases."
        raise ValidationError(detail, errors=[])
    bodies = [parse(one.body) for one in stored] + [row.read.body for row in fresh]
    compiled = compile_releases(bodies)
    mapped = map_request(compiled, currency)
    notes = Notes()
    outcome = ImportOutcome.UPDATED if process else ImportOutcome.CREATED
    if process is None or request is None:
        request = await start_request(session, actor, ocid, mapped)
        process = OcdsProcess(
            id=new_id(),
            organisation_id=actor.organisation_id,
            request_id=request.id,
            ocid=ocid,
            request_version=request.version,
            extensions=[],
        )
        session.add(process)
    else:
        await update_request(session, actor, request, process, mapped, notes)
    process.compiled = canonical(compiled).decode()
    process.extensions = list(dict.fromkeys([*process.extensions, *extensions]))[:50]
    await session.flush()
    session.add_all(_release_row(process, actor, row.read) for row in fresh)
    await write_history(session, process, compiled, notes)
    for row in fresh:
        row.outcome, row.request, outcome = outcome, request, ImportOutcome.UPDATED
    fresh[-1].findings += [*mapped.notes, *notes.findings]


async def _stored(session: AsyncSession, process: OcdsProcess | None) -> list[OcdsRelease]:
    if process is None:
        return []
    found = await session.scalars(
        select(OcdsRelease).where(OcdsRelease.process_id == process.id).order_by(OcdsRelease.id)
    )
    return list(found)


def _fresh_rows(group: Sequence[Row], known: dict[str, str]) -> list[Row]:
    """Rows whose release has not been imported, oldest first; a known identifier with other content is refused."""
    fresh = []
    for row in group:
        key, digest = str(row.read.id), _digest(row.read)
        if key not in known:
            known[key] = digest
            fresh.append(row)
        elif known[key] != digest:
            row.outcome = ImportOutcome.REFUSED
            message = (
                "A release with this id was imported with other content; a change needs a new id."
            )
            row.findings = [Finding("/id", "changed", message)]
    return sorted(fresh, key=_released)


def _released(row: Row) -> tuple[str, str]:
    moment = parse_moment(row.read.body.get("date"))
    return (moment.isoformat() if moment else "", str(row.read.id))


def _digest(read: ReadRelease) -> str:
    return hashlib.sha256(canonical(read.body)).hexdigest()


def _release_row(process: OcdsProcess, actor: Actor, read: ReadRelease) -> OcdsRelease:
    return OcdsRelease(
        id=new_id(),
        process_id=process.id,
        organisation_id=process.organisation_id,
        release_id=str(read.id),
        released_at=parse_moment(read.body.get("date")),
        tags=[str(one) for one in read.body["tag"]],
        body=canonical(read.body).decode(),
        sha256=_digest(read),
        imported_by=actor.user_id,
        imported_by_name=actor.display_name,
    )


def _report(rows: Sequence[Row]) -> ImportReport:
    counted = dict.fromkeys(ImportOutcome, 0)
    for row in rows:
        counted[row.outcome] += 1
    return ImportReport(
        **{outcome.value: count for outcome, count in counted.items()},
        releases=[
            ImportRow(
                index=row.read.index,
                ocid=row.read.ocid,
                id=row.read.id,
                outcome=row.outcome,
                request_id=row.request.id if row.request else None,
                request_title=row.request.title if row.request else None,
                warnings=[
                    ReleaseNote(path=one.path, code=one.code, message=one.message)
                    for one in row.findings[:WARNINGS_MAX]
                ],
                warnings_left_out=max(0, len(row.findings) - WARNINGS_MAX),
            )
            for row in rows
        ],
    )
