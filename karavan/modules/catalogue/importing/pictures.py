"""Pictures of imported products: which ones a row means, and their queue. A job fetches them afterwards."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.imports.readers.archives import open_archive
from karavan.kit.jobs import enqueue
from karavan.modules.catalogue.models.imports import ImportPicture

FETCH = "catalogue.fetch_pictures"
ZIP = "zip:"
IMAGES_MAX = 20

_PICTURE = re.compile(r"\.(png|jpe?g|webp|gif)$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?P<sku>.+?)[ _\-.(]+\d{1,2}\)?$")

# A picture that was named in an earlier import of the product is not fetched again.
_KNOWN = text("""
select product_id, source from catalogue_import_pictures
where product_id = any(:products) and organisation_id = :organisation_id and state <> 'failed'
""")


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
            if name.lower().startswith(("http://", "https://")):
                found.append(name)
            elif (entry := self._by_name.get(name.casefold())) is not None:
                found.append(ZIP + entry)
        found = found or [ZIP + entry for entry in self._by_sku.get(sku.casefold(), ())]
        sources = list(dict.fromkeys(found))[:IMAGES_MAX]
        for source in sources:
            self._unused.pop(source.removeprefix(ZIP), None)
        return sources

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
        values = {"products": list(by_product), "organisation_id": self._organisation_id}
        known = {(row.product_id, row.source) for row in await session.execute(_KNOWN, values)}
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
