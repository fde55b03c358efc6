"""One EAN or UPC, one product of a supplier: also where rows of a table name them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from karavan.kit.db import read_rows
from karavan.kit.imports.seen import SeenKeys
from karavan.kit.imports.target import Record
from karavan.modules.catalogue.actions.barcodes.taken import lock_all_barcodes
from karavan.modules.catalogue.importing.packing import packed, unpacked

_HOLDERS = f"""
select found.barcode, found.sku from unnest({unpacked("$2", "text")}) as wanted(code)
cross join lateral (select p.barcode, p.sku from catalogue_products p
  where p.organisation_id = $1 and p.barcode = wanted.code and p.state <> 'archived' offset 0) found
"""


def gtin_of(record: Record) -> str | None:
    """The EAN or UPC that a row has, as 14 digits."""
    code: str | None = record.values.get("barcode", (None, None))[0]
    return code


class Codes:
    """Whose code is whose, while rows are read in their order.

    A row that was taken holds its code, and lets go of the one that its product had before. Written rows stand in the
    database; a check writes nothing, so it remembers them on disk.
    """

    def __init__(self, organisation_id: UUID) -> None:
        self._organisation_id = organisation_id
        self._holders: dict[str, set[str]] = {}
        self._taken: set[str] = set()
        self._freed: set[tuple[str, str]] = set()
        self._seen: SeenKeys | None = None

    def close(self) -> None:
        """Forget what was remembered."""
        if self._seen is not None:
            self._seen.close()

    async def learn(self, session: AsyncSession, records: Sequence[Record], *, dry: bool) -> None:
        """Find out who has the codes of a batch. Unless nothing is written, nobody else gets one until the transaction ends."""
        codes = sorted({code for record in records if (code := gtin_of(record)) is not None})
        self._holders.clear()
        if not dry:
            self._taken.clear()
            self._freed.clear()
        if not codes:
            return
        if not dry:
            await lock_all_barcodes(session, self._organisation_id)
        rows = await read_rows(session, _HOLDERS, self._organisation_id, packed(codes))
        for code, sku in rows:
            self._holders.setdefault(code, set()).add(sku)

    def refuse_taken(self, record: Record, row: Mapping[str, Any] | None) -> None:
        """Add to the errors of a row whose code stands on another product.

        Args:
            row: the product that the row changes; it keeps what it has.
        """
        code, sku = gtin_of(record), record.values["sku"]
        if code is None or (row is not None and row["barcode"] == code):
            return
        if self._is_known(code):
            detail = "An earlier row has the same EAN or UPC."
            record.refuse("barcode", "barcode_taken", detail)
            return
        others = self._holders.get(code, set()) - {sku}
        if holder := next((one for one in sorted(others) if not self._is_freed(code, one)), None):
            detail = f"Your product {holder} has this EAN or UPC already."
            record.refuse("barcode", "barcode_taken", detail)

    def take(self, record: Record, row: Mapping[str, Any] | None, *, dry: bool) -> None:
        """Remember what a row that was not refused holds and lets go of."""
        code, sku = gtin_of(record), record.values["sku"]
        if code is None:
            return
        before = None if row is None or row["barcode"] == code else row["barcode"]
        if dry:
            freed = [] if before is None else [(f"{before} {sku}", record.number)]
            self._seen = self._seen or SeenKeys()
            self._seen.add([(code, record.number), *freed])
            return
        self._taken.add(code)
        if before is not None:
            self._freed.add((before, sku))

    def _is_known(self, code: str) -> bool:
        return code in self._taken or self._was_seen(code)

    def _is_freed(self, code: str, sku: str) -> bool:
        return (code, sku) in self._freed or self._was_seen(f"{code} {sku}")

    def _was_seen(self, key: str) -> bool:
        # Only a check remembers on disk: where rows are written, a look for each of them would be in vain.
        return self._seen is not None and bool(self._seen.known([key]))
