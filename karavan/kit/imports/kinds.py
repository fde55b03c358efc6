"""What can be imported: each kind brings its fields, its modes and the way its rows are written."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.authz import Permission
from karavan.kit.imports.models import ImportRun
from karavan.kit.imports.target import Record, Target
from karavan.kit.jobs import JobContext
from karavan.kit.lifecycle import Lifecycle


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Writer(Protocol):
    """Writes the rows of one attempt at one import."""

    async def write(
        self, session: AsyncSession, records: Sequence[Record], *, dry: bool
    ) -> Sequence[Outcome]:
        """Write a batch in the given transaction, each key at most once, or only say what would happen.

        Args:
            records: those that could be read; a writer that refuses one adds to its errors.
            dry: nothing may be changed.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What a writer works with.

    Attributes:
        archive: the zip file beside the table, on this machine's disk.
    """

    context: JobContext
    run: ImportRun
    archive: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportKind:
    """One kind of thing that tables are imported as.

    Attributes:
        name: stable, as it stands in rows: `products`.
        permission, read_permission: of who imports, and of who looks on.
        modes: what an import may do; the first is the usual one.
        options: what a person chooses besides the mapping.
        writer: opens the writer of one attempt.
        batch_rows: rows of one transaction.
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
