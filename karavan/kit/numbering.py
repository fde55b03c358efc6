"""Numbers of documents, per organisation, series and year, without gaps.

The counter's row stays locked until the transaction that took the number ends: a rolled back document gives its number
back, and the next writer takes it. That makes writers of one series wait for one another, which is the price of
having no gaps; so take the number late in a transaction.
"""

import re
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from karavan.kit.db import Base, read_row

_SERIES = re.compile(r"[A-Z]{2,8}")

_NEXT = """
insert into kit_number_series as series (organisation_id, name, year, last_number)
values ($1, $2, $3, 1)
on conflict (organisation_id, name, year) do update set last_number = series.last_number + 1
returning last_number
"""


class NumberSeries(Base):
    """The last number given out in one series; `year` is 0 for series that never start again."""

    __tablename__ = "kit_number_series"

    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


async def next_in_series(
    session: AsyncSession, organisation_id: UUID, series: str, *, year: int = 0
) -> int:
    """The next integer of a series, from 1.

    Raises:
        ValueError: the series is not 2–8 capital letters.
    """
    if not _SERIES.fullmatch(series):
        raise ValueError(f"a series is named by 2 to 8 capital letters, not {series!r}")
    row = await read_row(session, _NEXT, organisation_id, series, year)
    assert row is not None
    return int(row[0])


async def next_number(
    session: AsyncSession, organisation_id: UUID, *, series: str, year: int
) -> str:
    """The next number of a yearly series, such as `RFQ-2026-000123`.

    A transaction that needs numbers of several series takes them in alphabetical order, or two of them could
    wait for each other.
    """
    number = await next_in_series(session, organisation_id, series, year=year)
    return f"{series}-{year}-{number:06d}"
