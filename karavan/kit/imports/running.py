"""The job that checks or imports a file: batch by batch, each with its position in its own transaction.

The next batch is read in a thread while the database works on the present one.
"""

import asyncio
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from uuid import UUID

import structlog
from msgspec.structs import asdict
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.clock import database_now
from karavan.kit.errors import DomainError
from karavan.kit.ids import new_id
from karavan.kit.imports.endings import fail, started_by, tell
from karavan.kit.imports.errors import TableRefusedError
from karavan.kit.imports.files import on_disk
from karavan.kit.imports.kinds import Attempt, ImportKind, Outcome, Writer, kind_named
from karavan.kit.imports.mapping import Mapping
from karavan.kit.imports.models import ImportRowError, ImportRun, ImportState
from karavan.kit.imports.readers import Table, open_table
from karavan.kit.imports.records import Reader
from karavan.kit.imports.seen import SeenKeys
from karavan.kit.imports.target import Record, Target
from karavan.kit.jobs import JobContext, job
from karavan.kit.scopes import SYSTEM, Scope
from karavan.kit.storage import STORAGE, FileMissingError

log = structlog.get_logger()

RUN = "imports.run"
TELL_EVERY_S = 0.5
SWITCH_EVERY_S = 0.0005
_SWITCH_USUALLY_EVERY_S = sys.getswitchinterval()
ERRORS_PER_ROW_MAX = 20
SECTIONS_TOLD_MAX = 300
UNUSED_TOLD_MAX = 50
UNUSED_NAME_MAX = 200

Batch = list[Record]


class _TakenOverError(Exception):
    """The import was cancelled, or another attempt works on it."""


@job(RUN, retries=8, timeout_s=6 * 3600)
async def run_import(context: JobContext, *, import_id: str, dry: bool) -> None:
    """Check or import a file, from where an earlier attempt stopped."""
    wanted = ImportState.CHECKING if dry else ImportState.RUNNING
    runner = new_id()
    async with context.database.transaction(SYSTEM) as session:
        run = await session.get(ImportRun, UUID(import_id), with_for_update=True)
        if run is None or run.state != wanted:
            return
        run.runner = runner
        if dry:
            run.position, run.progress, run.check_report = 0, 0.0, {}
            await _forget_errors(session, run, checked=True)
        kind = kind_named(run.kind)
        target = await kind.target_in(session)
    try:
        async with AsyncExitStack() as stack:
            storage = context.services[STORAGE]
            path = await stack.enter_async_context(on_disk(storage, run.storage_key))
            archive = (
                await stack.enter_async_context(on_disk(storage, run.archive_storage_key))
                if run.archive_storage_key
                else None
            )
            writer = await kind.writer(Attempt(context=context, run=run, archive=archive))
            stack.callback(writer.close)
            await _Importing(context, kind, target, run, runner, writer, dry=dry).work(path)
    except _TakenOverError:
        log.info("import_left", import_id=import_id)
    except TableRefusedError as error:
        await fail(context.database, run, error.reason.value, runner)
    except FileMissingError:
        await fail(context.database, run, "missing", runner)
    except DomainError as error:
        # What a person has chosen is no longer there, such as the place where stock is counted.
        await fail(context.database, run, error.code, runner)
    except Exception:
        if context.last_attempt:
            await fail(context.database, run, "internal", runner)
        raise


async def _forget_errors(session: AsyncSession, run: ImportRun, *, checked: bool) -> None:
    await session.execute(
        delete(ImportRowError).where(
            ImportRowError.import_id == run.id, ImportRowError.checked.is_(checked)
        )
    )


class _Importing:
    """One attempt at one file."""

    def __init__(
        self,
        context: JobContext,
        kind: ImportKind,
        target: Target,
        run: ImportRun,
        runner: UUID,
        writer: Writer,
        *,
        dry: bool,
    ) -> None:
        self._context = context
        self._kind = kind
        self._target = target
        self._run = run
        self._runner = runner
        self._writer = writer
        self._dry = dry
        self._scope = Scope(run.organisation_id, started_by(run))
        self._told_at = 0.0
        self._seen = SeenKeys()

    async def work(self, path: Path) -> None:
        """Read to the end.

        Raises:
            TableRefusedError: the file is damaged further down.
            _TakenOverError: the import is no longer ours.
        """
        with _quick_turns():
            await self._read_and_write(path)

    async def _read_and_write(self, path: Path) -> None:
        # One thread from beginning to end: the XML parser must not wander between threads.
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1, "import") as thread:
            table = await loop.run_in_executor(thread, open_table, path)
            try:
                await self._through(table, thread)
            finally:
                self._seen.close()
                await loop.run_in_executor(thread, table.close)

    async def _through(self, table: Table, thread: Executor) -> None:
        loop = asyncio.get_running_loop()
        reader = Reader(table, self._target, Mapping.model_validate(self._run.mapping))
        batches = self._batches(reader, self._run.position)
        # A future between threads belongs to a cycle: what it holds would live until the next collection.
        ready: deque[Batch] = deque()

        def read_on() -> bool:
            batch = next(batches, None)
            if batch is not None:
                ready.append(batch)
            return batch is not None

        more = await loop.run_in_executor(thread, read_on)
        while more:
            fraction = reader.fraction
            batch = ready.popleft()
            coming = loop.run_in_executor(thread, read_on)
            try:
                await self._write(batch, fraction)
            finally:
                # The thread must not read on in a file that is about to be closed.
                more = await coming
        await self._end(reader.ignored)

    def _batches(self, reader: Reader, position: int) -> Iterator[Batch]:
        """Batches of records behind `position`; keys of the rows before it are remembered all the same."""
        batch: Batch = []
        for _, record in reader.records():
            batch.append(record)
            if len(batch) >= self._kind.batch_rows:
                if fresh := self._fresh(batch, position):
                    yield fresh
                batch = []
        if fresh := self._fresh(batch, position):
            yield fresh

    def _fresh(self, batch: Batch, position: int) -> Batch:
        """Those of a batch that were not dealt with, prepared for the writer while the database writes those before."""
        if self._target.unique_keys:
            self._refuse_repeated(batch)
        fresh = [record for record in batch if record.number > position]
        self._writer.prepare([record for record in fresh if not record.errors])
        return fresh

    def _refuse_repeated(self, batch: Batch) -> None:
        key = self._target.key
        # People do not tell codes apart by their case.
        keys = [(str(r.values[key]).upper(), r.number) for r in batch if key in r.values]
        repeated = self._seen.add(keys)
        for record in batch:
            if (first := repeated.get(record.number)) is not None:
                record.refuse(key, "duplicate", f"Row {first} has the same value.", row=str(first))

    async def _write(self, batch: Batch, fraction: float) -> None:
        async with self._context.database.transaction(self._scope) as session:
            run = await session.scalar(
                select(ImportRun).where(ImportRun.id == self._run.id).with_for_update()
            )
            if run is None or run.runner != self._runner or run.state != self._run.state:
                raise _TakenOverError
            sound = [record for record in batch if not record.errors]
            outcomes = await self._writer.write(session, sound, dry=self._dry) if sound else []
            await self._keep_faults(session, [r for r in batch if r.errors or r.warnings])
            counts = run.check_report if self._dry else run.report
            report = _added(counts, outcomes, batch, refused=len(batch) - len(sound))
            if self._dry:
                run.check_report = report
            else:
                run.report = report
            run.position, run.progress = batch[-1].number, round(fraction, 4)
        if time.monotonic() - self._told_at >= TELL_EVERY_S:
            self._told_at = time.monotonic()
            await tell(self._context.database, self._run)

    async def _keep_faults(self, session: AsyncSession, faulty: Sequence[Record]) -> None:
        if not faulty:
            return
        rows = [
            {
                "import_id": self._run.id,
                "checked": self._dry,
                "row_number": record.number,
                "organisation_id": self._run.organisation_id,
                "errors": [
                    *(one.stored(is_warning=False) for one in record.errors),
                    *(one.stored(is_warning=True) for one in record.warnings),
                ][:ERRORS_PER_ROW_MAX],
            }
            for record in faulty
        ]
        await session.execute(insert(ImportRowError), rows)

    async def _end(self, ignored: int) -> None:
        async with self._context.database.transaction(SYSTEM) as session:
            run = await session.get(ImportRun, self._run.id, with_for_update=True)
            if run is None or run.runner != self._runner or run.state != self._run.state:
                raise _TakenOverError
            counts = dict(run.check_report if self._dry else run.report)
            report = {**_NO_COUNTS, **counts, "ignored": ignored}
            now = await database_now(session)
            move = self._kind.lifecycle.check(run, "report" if self._dry else "finish", None, now)
            run.progress, run.failure = 1.0, None
            if self._dry:
                # The import itself begins at the first row.
                sections = [asdict(one) for one in self._writer.sections()[:SECTIONS_TOLD_MAX]]
                unused = [name[:UNUSED_NAME_MAX] for name in self._writer.unused()]
                run.check_report = {
                    **report,
                    "sections": sections,
                    "unused": unused[:UNUSED_TOLD_MAX],
                }
                run.position = 0
            else:
                run.report, run.finished_at = report, now
            self._kind.lifecycle.apply(
                session,
                move,
                data={"import_id": str(run.id), **self._kind.told_of(run), **report},
            )
        await tell(self._context.database, self._run)


@contextmanager
def _quick_turns() -> Iterator[None]:
    """Let threads take turns more often: an answer of the database must not wait for the reader to look up."""
    sys.setswitchinterval(SWITCH_EVERY_S)
    try:
        yield
    finally:
        sys.setswitchinterval(_SWITCH_USUALLY_EVERY_S)


_NO_COUNTS = dict.fromkeys(("rows", *map(str, Outcome), "warned"), 0)


def _added(
    counts: dict[str, int], outcomes: Sequence[Outcome], batch: Batch, *, refused: int
) -> dict[str, int]:
    """The counts with those of a batch.

    Args:
        refused: rows that the writer was not asked about.
    """
    added = {**_NO_COUNTS, **counts}
    added["rows"] += len(batch)
    added["warned"] += sum(bool(record.warnings and not record.errors) for record in batch)
    added[Outcome.REFUSED] += refused
    for outcome in outcomes:
        added[outcome.value] += 1
    return added
