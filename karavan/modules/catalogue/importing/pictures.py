"""Pictures of imported products: which ones a row means, and their queue. A job fetches them afterwards."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.imports.readers.archives import open_archive
from karavan.kit.imports.target import Record
from karavan.kit.jobs import enqueue
from karavan.modules.catalogue.models.imports import ImportPicture

FETCH = "catalogue.fetch_pictures"
ZIP = "zip:"
IMAGES_MAX = 20
_NAME_SHOWN = 100

_PICTURE = re.compile(r"\.(png|jpe?g|webp|gif)$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?P<sku>.+?)[ _\-.(]+\d{1,2}\)?$")

# A picture that was named in an earlier import of the product is not fetched again.
_KNOWN = text("""
select product_id, source from catalogue_import_pictures
where product_id = any(:products) and organisation_id = :organisation_id and state <> 'failed'
""")


def is_address(name: str) -> bool:
    """Whether a cell says where a picture is to be fetched, rather than what its file is called."""
    return name.lower().startswith(("http://", "https://"))


class PictureQueue:
    """Finds the pictures of rows, and puts them into the queue of the job.

    Args:
        archive: a zip beside the table; its entries are meant by their names in cells, or by being called like a SKU:
            `SKU.jpg`, `SKU_2.jpg`.
    """

    def __init__(self, import_id: UUID, organisation_id: UUID, archive: Path | None) -> None:
        self._import_id = import_id
        self._organisation_id = organisation_id
        self._by_name: dict[str, str] = {}
        self._by_sku: dict[str, list[str]] = {}
        self._unused: dict[str, None] = {}
        self._has_archive = archive is not None
        if archive is not None:
            with archive.open("rb") as file, open_archive(file, archive.stat().st_size) as opened:
                self._index(opened)

    def _index(self, archive: zipfile.ZipFile) -> None:
        for entry in sorted(archive.infolist(), key=lambda one: one.filename):
            base = entry.filename.rpartition("/")[2]
            if entry.is_dir() or base.startswith("."):
                continue
            self._unused[entry.filename] = None
            if not _PICTURE.search(base):
                continue
            self._by_name.setdefault(base.casefold(), entry.filename)
            self._by_name[entry.filename.casefold()] = entry.filename
            stem = _PICTURE.sub("", base).casefold()
            numbered = _NUMBERED.match(stem)
            for sku in {stem, numbered["sku"] if numbered else stem}:
                self._by_sku.setdefault(sku, []).append(entry.filename)

    def sources(self, sku: str, named: Sequence[str]) -> list[str]:
        """Where the pictures of a product are: what its cells name, else what is called like its SKU."""
        if not named and not self._by_sku:
            return []
        found = []
        for name in named:
            if is_address(name):
                found.append(name)
            elif (entry := self._by_name.get(name.casefold())) is not None:
                found.append(ZIP + entry)
        found = found or [ZIP + entry for entry in self._by_sku.get(sku.casefold(), ())]
        sources = list(dict.fromkeys(found))[:IMAGES_MAX]
        for source in sources:
            self._unused.pop(source.removeprefix(ZIP), None)
        return sources

    def missing(self, named: Sequence[str]) -> list[str]:
        """Those of the names in a row that no entry of the archive has."""
        return [
            name for name in named if not is_address(name) and name.casefold() not in self._by_name
        ]

    async def warn_of_missing(
        self, session: AsyncSession, wanting: Sequence[tuple[Record, UUID | None, list[str]]]
    ) -> None:
        """Say in each row which of its pictures are nowhere, unless its product has them from an earlier import.

        Args:
            wanting: rows with their products, where those are there already, and the names.
        """
        had = await self._had(session, [one for _, one, _ in wanting if one is not None])
        for record, product_id, names in wanting:
            fresh = [one for one in names if (product_id, one.casefold()) not in had]
            if not fresh:
                continue
            shown = _shown(fresh)
            if self._has_archive:
                record.warn(
                    "images", "picture_missing",
                    f"The archive of pictures lacks {shown}. Correct the name in the table, or add the file to the archive.",
                    names=shown,
                )  # fmt: skip
            else:
                record.warn(
                    "images", "picture_without_archive",
                    f"No archive of pictures (ZIP) came with the table to take {shown} from. Upload it as well, or write"
                    " the address of the picture.",
                    names=shown,
                )  # fmt: skip

    async def _had(
        self, session: AsyncSession, products: Sequence[UUID]
    ) -> set[tuple[UUID | None, str]]:
        """The files that earlier imports gave to products, by product and name."""
        if not products:
            return set()
        had: set[tuple[UUID | None, str]] = set()
        for row in await self._known(session, products):
            entry = row.source.removeprefix(ZIP).casefold()
            had |= {(row.product_id, entry), (row.product_id, entry.rpartition("/")[2])}
        return had

    async def _known(self, session: AsyncSession, products: Sequence[UUID]) -> Sequence[Row[Any]]:
        values = {"products": products, "organisation_id": self._organisation_id}
        return (await session.execute(_KNOWN, values)).all()

    def unused(self) -> list[str]:
        """Entries of the archive that no product has been given, in the order of their names."""
        return list(self._unused)

    async def add(
        self, session: AsyncSession, wanted: Iterable[tuple[UUID, Sequence[str]]]
    ) -> None:
        """Put pictures into the queue, in the transaction that wrote their products."""
        by_product = dict(wanted)
        if not by_product:
            return
        known = {
            (row.product_id, row.source) for row in await self._known(session, list(by_product))
        }
        rows = [
            {
                "import_id": self._import_id,
                "product_id": product_id,
                "organisation_id": self._organisation_id,
                "source": source,
            }
            for product_id, sources in by_product.items()
            for source in sources
            if (product_id, source) not in known
        ]
        if not rows:
            return
        await session.execute(insert(ImportPicture), rows)
        lock = f"{FETCH}:{self._import_id}"
        await enqueue(session, FETCH, import_id=str(self._import_id), lock=lock, queueing_lock=lock)


def warn_of_own(record: Record, *, writes: bool) -> None:
    """Say in the row of a variant that its pictures belong to another row.

    Args:
        writes: whether the import writes pictures at all.
    """
    if named := record.values.get("images") if writes else None:
        shown = _shown(named)
        detail = f"Pictures stand with the family: name {shown} in its row, then choose for each variant."
        record.warn("images", "picture_of_variant", detail, names=shown)


def _shown(names: Sequence[str]) -> str:
    return ", ".join(f"“{name[:_NAME_SHOWN]}”" for name in names)
