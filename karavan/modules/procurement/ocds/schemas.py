"""What the import answers, row by row, and the imported history of a request."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from karavan.kit.money import MoneyBody
from karavan.kit.schemas import View


class ImportOutcome(StrEnum):
    """What became of one release."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class ReleaseNote(View):
    """Something about a release that is not as it should be."""

    path: str = Field(
        description="JSON Pointer within the release, or within its process as all releases tell it."
    )
    code: str
    message: str


class ImportRow(View):
    """What became of one release of the file."""

    index: int = Field(description="Position in the file, from 0.")
    ocid: str | None
    id: str | None
    outcome: ImportOutcome
    request_id: UUID | None
    request_title: str | None
    warnings: list[ReleaseNote] = Field(
        description="Of a refused release: why. Of others: what was left out or read differently."
    )
    warnings_left_out: int = Field(description="How many more warnings there are.")


class ImportReport(View):
    """The report of an import."""

    created: int
    updated: int
    unchanged: int
    refused: int
    releases: list[ImportRow]


class ExternalPartyView(View):
    """An organisation that imported data names. It has no account here."""

    external_id: str
    name: str
    roles: list[str]
    identifier: str
    country: str


class ExternalRecordView(View):
    """A bid, award or contract that imported data tells of."""

    kind: str
    external_id: str
    award_id: str | None
    title: str
    status: str
    party_names: list[str]
    value: MoneyBody | None
    paid: MoneyBody | None
    dated_at: datetime | None


class ImportedRelease(View):
    """One imported release."""

    release_id: str
    released_at: datetime | None
    tags: list[str]
    imported_by_name: str
    created_at: datetime


class ImportedHistory(View):
    """What was imported about a request."""

    ocid: str
    releases: list[ImportedRelease]
    parties: list[ExternalPartyView]
    quotes: list[ExternalRecordView]
    awards: list[ExternalRecordView]
    contracts: list[ExternalRecordView]
