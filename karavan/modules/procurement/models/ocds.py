"""What was imported from open contracting: releases as they came, and the history that they tell.

Buyers and suppliers of imported data are no tenants: they are kept by name, and nobody signs in for them.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, Identified, Timestamped


class OcdsProcess(Base, Identified, Timestamped):
    """One contracting process (`ocid`) of an organisation's imports, and the request that stands for it.

    `compiled` is the JSON text of all its releases merged, with exact numbers. `request_version` is the version of the
    request that the last import wrote: a person who has changed the draft since keeps what they wrote.
    """

    __tablename__ = "procurement_ocds_processes"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations_organisations.id"))
    request_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_requests.id", ondelete="CASCADE"), unique=True
    )
    ocid: Mapped[str]
    compiled: Mapped[str]
    extensions: Mapped[list[str]] = mapped_column(server_default="[]")
    request_version: Mapped[int]

    __table_args__ = (UniqueConstraint("organisation_id", "ocid"),)


class OcdsRelease(Base, Identified):
    """One release as it came. Never changed: a release with the same identifier and other content is refused."""

    __tablename__ = "procurement_ocds_releases"

    process_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_ocds_processes.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    release_id: Mapped[str]
    released_at: Mapped[datetime | None]
    tags: Mapped[list[str]] = mapped_column(server_default="[]")
    body: Mapped[str]
    sha256: Mapped[str]
    imported_by: Mapped[UUID]
    imported_by_name: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (UniqueConstraint("process_id", "release_id"),)


class ExternalParty(Base, Identified):
    """An organisation that imported data names."""

    __tablename__ = "procurement_external_parties"

    process_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_ocds_processes.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    position: Mapped[int]
    external_id: Mapped[str]
    name: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(server_default="[]")
    identifier: Mapped[str] = mapped_column(server_default="")
    country: Mapped[str] = mapped_column(server_default="")

    __table_args__ = (UniqueConstraint("process_id", "external_id"),)


class ExternalRecord(Base, Identified):
    """A bid, award or contract of imported data: history, in which nobody moves.

    `details` holds what has no column, such as the description and the period.
    """

    __tablename__ = "procurement_external_records"

    process_id: Mapped[UUID] = mapped_column(
        ForeignKey("procurement_ocds_processes.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[UUID]
    position: Mapped[int]
    kind: Mapped[str]
    external_id: Mapped[str]
    # The award that a contract follows from.
    award_id: Mapped[str | None]
    title: Mapped[str] = mapped_column(server_default="")
    status: Mapped[str] = mapped_column(server_default="")
    party_names: Mapped[list[str]] = mapped_column(server_default="[]")
    amount: Mapped[int | None]
    paid_amount: Mapped[int | None]
    currency: Mapped[str | None]
    dated_at: Mapped[datetime | None]
    details: Mapped[dict[str, Any]] = mapped_column(server_default="{}")

    __table_args__ = (UniqueConstraint("process_id", "kind", "external_id"),)
