"""Jobs: they exist with their transaction, run until done, and what fails for good can be seen."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from queueing import put, states
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from karavan.kit.jobs import (
    PermanentFailureError,
    RetryLaterError,
    enqueue,
    job,
    scheduled,
)
from karavan.kit.jobs.execution import retry_delay_s
from karavan.kit.scopes import PUBLIC, SYSTEM
from karavan.kit.services import Port

pytestmark = pytest.mark.usefixtures("own_jobs")


class TestEnqueue:
    @pytest.mark.parametrize("scope", [PUBLIC, SYSTEM], ids=["app", "system"])
    async def test_both_roles_enqueue_in_their_own_transaction(
        self, database, owner, run_due, scope
    ):
        seen = []

        @job("parcels.weigh")
        async def weigh(context, *, parcel, scale):
            seen.append((parcel, scale, context.attempt, context.last_attempt))

        number = await put(database, "parcels.weigh", scope, parcel="p1", scale=[1, None])
        assert number == await owner.fetchval("select id from jobs.procrastinate_jobs")
        assert await run_due() == 1
        assert seen == [("p1", [1, None], 1, False)]
        assert await states(owner) == [("parcels.weigh", "succeeded", 1)]

    async def test_a_rolled_back_transaction_enqueues_nothing(self, database, owner):
        async def fail():
            async with database.transaction(PUBLIC) as session:
                assert await enqueue(session, "parcels.weigh") is not None
                raise RuntimeError("undone")

        with pytest.raises(RuntimeError):
            await fail()
        assert await states(owner) == []

    async def test_arguments_must_be_json(self, database, owner):
        with pytest.raises(TypeError):
            await put(database, "parcels.weigh", parcel=object())
        assert await states(owner) == []

    async def test_requests_can_do_nothing_with_the_queue_but_enqueue(self, database, owner):
        await put(database, "parcels.weigh")
        for statement in (
            "select * from jobs.procrastinate_jobs",
            "delete from jobs.procrastinate_jobs",
            "select * from jobs.failures",
            "select jobs.procrastinate_fetch_job_v2(null, null)",
            "select jobs.procrastinate_finish_job_v1(1, 'failed', true)",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"):
                async with database.transaction(PUBLIC) as session:
                    await session.execute(text(statement))
        assert len(await states(owner)) == 1

    async def test_one_job_of_a_queueing_lock_waits_at_a_time(self, database, owner, run_due):
        @job("parcels.count")
        async def count(context):
            pass

        async with database.transaction(PUBLIC) as session:
            assert await enqueue(session, "parcels.count", queueing_lock="count") is not None
            assert await enqueue(session, "parcels.count", queueing_lock="count") is None
            # The refusal has not harmed the transaction.
            assert await enqueue(session, "parcels.count") is not None
        assert len(await states(owner)) == 2
        await run_due()
        assert await put(database, "parcels.count", queueing_lock="count") is not None

    async def test_a_later_job_is_left_until_its_time(self, database, owner, run_due):
        @job("parcels.remind")
        async def remind(context):
            pass

        await put(database, "parcels.remind", run_at=datetime.now(UTC) + timedelta(hours=1))
        assert await run_due() == 0
        assert await states(owner) == [("parcels.remind", "todo", 0)]
        await owner.execute("update jobs.procrastinate_jobs set scheduled_at = now()")
        assert await run_due() == 1

    async def test_a_tick_of_the_clock_is_run_by_whoever_finds_it(self, database, owner, run_due):
        seen = []

        @scheduled("* * * * *", name="parcels.sweep")
        async def sweep(context):
            seen.append(context.attempt)

        # The queue's clock gives each tick its time, which no job asks for.
        await put(database, "parcels.sweep", timestamp=1_795_277_700)
        assert await run_due() == 1
        assert (seen, await states(owner)) == ([1], [("parcels.sweep", "succeeded", 1)])

    def test_a_name_is_declared_once(self):
        job("parcels.weigh")(lambda context: None)
        with pytest.raises(ValueError, match="twice"):
            job("parcels.weigh")(lambda context: None)


class TestFailure:
    async def test_a_failed_job_waits_longer_each_time_and_then_is_failed(
        self, database, owner, run_due
    ):
        last = []

        @job("parcels.ship", retries=2)
        async def ship(context):
            last.append(context.last_attempt)
            raise ConnectionError(f"attempt {context.attempt}")

        await put(database, "parcels.ship")
        for attempt in (1, 2, 3):
            assert await run_due(allow_failures=True) == 1
            row = await owner.fetchrow("select attempts, error from jobs.failures")
            assert tuple(row) == (attempt, f"ConnectionError: attempt {attempt}")
            if attempt < 3:
                assert await states(owner) == [("parcels.ship", "todo", attempt)]
                wait_s = await owner.fetchval(
                    "select extract(epoch from scheduled_at - now()) from jobs.procrastinate_jobs"
                )
                middle_s = 5 * 3 ** (attempt - 1)
                assert middle_s * 0.5 - 1 <= wait_s <= middle_s * 1.5
            await owner.execute("update jobs.procrastinate_jobs set scheduled_at = now()")
        assert await states(owner) == [("parcels.ship", "failed", 3)]
        assert last == [False, False, True]
        assert await run_due() == 0

    def test_the_delay_grows_threefold_up_to_an_hour_and_a_half(self):
        for attempt, steady_s in ((1, 5), (2, 15), (3, 45), (6, 1215), (7, 3600), (40, 3600)):
            drawn = [retry_delay_s(attempt) for _ in range(200)]
            assert steady_s * 0.5 <= min(drawn) < max(drawn) <= steady_s * 1.5

    async def test_a_permanent_failure_is_not_retried(self, database, owner, run_due):
        @job("parcels.ship", retries=5)
        async def ship(context):
            raise PermanentFailureError("no such street")

        await put(database, "parcels.ship")
        assert await run_due(allow_failures=True) == 1
        assert await states(owner) == [("parcels.ship", "failed", 1)]

    async def test_a_job_may_say_when_to_try_again(self, database, owner, run_due):
        @job("parcels.ship", retries=1)
        async def ship(context):
            raise RetryLaterError("carrier closed", after_s=7200)

        await put(database, "parcels.ship")
        await run_due(allow_failures=True)
        wait_s = await owner.fetchval(
            "select extract(epoch from scheduled_at - now()) from jobs.procrastinate_jobs"
        )
        assert 7190 < wait_s <= 7200

    async def test_a_job_that_takes_too_long_has_failed(self, database, owner, run_due):
        @job("parcels.wait", retries=1, timeout_s=0.05)
        async def wait(context):
            await asyncio.sleep(60)

        await put(database, "parcels.wait")
        with pytest.raises(TimeoutError):
            await run_due()
        assert await states(owner) == [("parcels.wait", "todo", 1)]

    async def test_a_job_of_an_unknown_name_fails_and_says_so(self, database, owner, run_due):
        await put(database, "parcels.vanished")
        await run_due(allow_failures=True)
        assert await states(owner) == [("parcels.vanished", "failed", 1)]
        assert "no job is called parcels.vanished" in await owner.fetchval(
            "select error from jobs.failures"
        )

    async def test_draining_raises_what_failed(self, database, run_due):
        @job("parcels.ship")
        async def ship(context):
            raise ValueError("lost")

        await put(database, "parcels.ship")
        with pytest.raises(ValueError, match="lost") as caught:
            await run_due()
        assert caught.value.__notes__ == ["in job parcels.ship({})"]

    async def test_services_are_found_by_their_port(self, runtime, database, run_due):
        scale = Port[str]("scale")
        seen = []

        @job("parcels.weigh")
        async def weigh(context):
            seen.append(context.services[scale])

        await put(database, "parcels.weigh")
        with pytest.raises(LookupError, match="nothing for scale"):
            await run_due()
        runtime.services.provide(scale, "brass")
        await put(database, "parcels.weigh")
        await run_due()
        assert seen == ["brass"]
