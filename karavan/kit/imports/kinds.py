"""What can be imported: each kind brings its fields, its modes and the way its rows are written."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from msgspec import Struct
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Actor, Permission
from karavan.kit.imports.models import ImportRun
from karavan.kit.imports.remarks import NO_REMARKS, Remarks
from karavan.kit.imports.target import Field, Record, Target
from karavan.kit.jobs import JobContext
from karavan.kit.lifecycle import Lifecycle


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class SectionMatch(Struct, frozen=True):
    """What rows say they belong to, and what that was taken for.

    Attributes:
        path: as the file writes it, steps joined; empty for rows that say nothing.
        rows: how many rows say so.
        match: identifier of what was found, nothing when nothing was.
    """

    path: str
    rows: int
    match: str | None


class Writer(Protocol):
    """Writes the rows of one attempt at one import."""

    def prepare(self, records: Sequence[Record]) -> None:
        """Work out, without the database, what `write` will need; called in another thread, once before it."""

    def close(self) -> None:
        """Let go of whatever was opened; called at the end of the attempt."""

    def sections(self) -> Sequence[SectionMatch]:
        """What the rows so far said they belong to, the most frequent first."""

    def unused(self) -> Sequence[str]:
        """Files of the archive that no row so far has meant, by name."""

    async def write(
        self, session: AsyncSession, records: Sequence[Record], *, dry: bool
    ) -> Sequence[Outcome]:
        """Write a batch in the given transaction, each key at most once, or only say what would happen.

        Args:
            records: those that could be read; a writer that refuses one adds to its errors.
            dry: nothing may be changed.
        """


class Attempt(Struct, frozen=True, kw_only=True):
    """What a writer works with.

    Attributes:
        archive: the zip file beside the table, on this machine's disk.
    """

    context: JobContext
    run: ImportRun
    archive: Path | None


class ImportKind(Struct, frozen=True, kw_only=True):
    """One kind of thing that tables are imported as.

    Attributes:
        name: stable, as it stands in rows: `products`.
        permission, read_permission: of who imports, and of who looks on.
        modes: what an import may do; the first is the usual one.
        options: what a person chooses besides the mapping.
        writer: opens the writer of one attempt.
        batch_rows: rows of one transaction.
        further: fields that are not known before there is a database, such as attributes of categories.
        check_options: refuses what names something that is not there; raises `ValidationError`.
        subject: what events say of the options, such as the list that rows are for.
        remarks: what is wrong with rows, in other languages than English.
        chosen_sections: of the options, what a person has taken sections for, by path: remembered for the next file.
    """

    name: str
    target: Target
    lifecycle: Lifecycle[ImportRun]
    permission: Permission
    read_permission: Permission
    modes: Sequence[str]
    options: type[BaseModel]
    writer: Callable[[Attempt], Awaitable[Writer]]
    batch_rows: int = 1000
    further: Callable[[AsyncSession], Awaitable[Sequence[Field]]] | None = None
    check_options: Callable[[AsyncSession, Actor, Any], Awaitable[None]] | None = None
    subject: Callable[[Any], Mapping[str, str]] | None = None
    remarks: Remarks = NO_REMARKS
    chosen_sections: Callable[[Any], Mapping[str, UUID]] | None = None

    async def target_in(self, session: AsyncSession) -> Target:
        """The target with all its fields."""
        return (
            self.target if self.further is None else self.target.also(await self.further(session))
        )

    def told_of(self, run: ImportRun) -> dict[str, str]:
        """What events say of an import besides its outcome."""
        subject = {} if self.subject is None else self.subject(self.options_of(run))
        return {"user_id": str(run.started_by or run.created_by), **subject}

    @property
    def sections_kind(self) -> str:
        """Under which chosen sections are remembered, beside the headings."""
        return f"{self.name}.sections"

    def options_of(self, run: ImportRun) -> Any:
        """The options of an import, parsed."""
        return self.options.model_validate(run.options)


_kinds: dict[str, ImportKind] = {}


def declare_kind(kind: ImportKind) -> ImportKind:
    """Make a kind known to the job that imports.

    Raises:
        ValueError: the name is taken.
    """
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"imports of {kind.name} are declared twice")
    return kind


def kind_named(name: str) -> ImportKind:
    """A declared kind."""
    return _kinds[name]
