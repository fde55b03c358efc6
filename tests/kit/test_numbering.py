"""Numbers without gaps, while many write and some fail."""

import asyncio
from contextlib import suppress
from uuid import uuid4

import pytest

from karavan.kit.db import Database
from karavan.kit.numbering import next_in_series, next_number
from karavan.kit.scopes import SYSTEM, Scope


class RolledBackOnPurposeError(Exception):
    pass


async def test_fifty_writers_of_whom_some_fail_leave_no_gap(database: Database) -> None:
    organisation_id = uuid4()
    crowd = Database(database.url, pooled=False)
    committed: list[str] = []

    async def write(writer: int) -> None:
        with suppress(RolledBackOnPurposeError):
            async with crowd.transaction(Scope(organisation_id)) as session:
                number = await next_number(session, organisation_id, series="INV", year=2026)
                await asyncio.sleep(0.002 * (writer % 5))
                if writer % 3 == 0:
                    raise RolledBackOnPurposeError
            committed.append(number)

    await asyncio.gather(*(write(writer) for writer in range(50)))
    expected = 50 - len(range(0, 50, 3))
    assert sorted(committed) == [f"INV-2026-{n:06d}" for n in range(1, expected + 1)]


async def test_series_years_and_organisations_count_apart(database: Database) -> None:
    first, second = uuid4(), uuid4()
    async with database.transaction(SYSTEM) as session:
        assert await next_number(session, first, series="RFQ", year=2026) == "RFQ-2026-000001"
        assert await next_number(session, first, series="RFQ", year=2026) == "RFQ-2026-000002"
        assert await next_number(session, first, series="RFQ", year=2027) == "RFQ-2027-000001"
        assert await next_number(session, first, series="INV", year=2026) == "INV-2026-000001"
        assert await next_number(session, second, series="RFQ", year=2026) == "RFQ-2026-000001"
        assert await next_in_series(session, first, "COMP") == 1
        assert await next_in_series(session, first, "COMP") == 2


async def test_a_number_can_be_longer_than_its_padding(database: Database, owner) -> None:
    organisation_id = uuid4()
    await owner.execute(
        "insert into kit_number_series values ($1, 'RFQ', 2026, 999999)", organisation_id
    )
    async with database.transaction(Scope(organisation_id)) as session:
        number = await next_number(session, organisation_id, series="RFQ", year=2026)
    assert number == "RFQ-2026-1000000"


@pytest.mark.parametrize("series", ["", "R", "rfq", "RFQ-1", "TOOLONGNAME"])
async def test_a_series_must_be_named_by_capital_letters(database: Database, series: str) -> None:
    async with database.transaction(SYSTEM) as session:
        with pytest.raises(ValueError, match="capital letters"):
            await next_number(session, uuid4(), series=series, year=2026)


async def test_no_organisation_can_touch_the_numbers_of_another(database: Database, owner) -> None:
    mine, theirs = uuid4(), uuid4()
    await owner.execute("insert into kit_number_series values ($1, 'RFQ', 2026, 7)", theirs)
    with pytest.raises(Exception, match="row-level security"):
        async with database.transaction(Scope(mine)) as session:
            await next_number(session, theirs, series="RFQ", year=2026)
    kept = await owner.fetchval(
        "select last_number from kit_number_series where organisation_id = $1", theirs
    )
    assert kept == 7
