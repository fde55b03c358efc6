"""The job worker: woken, locked, started by the clock, stopped, killed, and swept after."""

import asyncio
import os
import signal
import time

import asyncpg
import pytest
from procrastinate.periodic import PeriodicDeferrer
from queueing import put, running, states
from waiting import until

from karavan import worker
from karavan.kit.db import Database
from karavan.kit.jobs import (
    RetryLaterError,
    defined_jobs,
    job,
    registry,
    scheduled,
)
from karavan.kit.jobs import worker as job_worker
from karavan.kit.jobs.execution import JobRuntime
from karavan.kit.jobs.maintenance import live_workers, queue_depths, rescue, sweep
from karavan.kit.scopes import PUBLIC, SYSTEM
from karavan.kit.services import Services
from karavan.kit.wakeups import Waker

pytestmark = pytest.mark.usefixtures("own_jobs")


class TestWorker:
    async def test_a_commit_wakes_the_worker_before_its_poll(self, database, runtime, monkeypatch):
        monkeypatch.setattr(job_worker, "_POLL_INTERVAL_S", 600)
        done = asyncio.Event()

        @job("parcels.weigh")
        async def weigh(context):
            done.set()

        waker = Waker(database)
        waker.start()
        async with running(runtime):
            await asyncio.sleep(0.5)
            await put(database, "parcels.weigh", PUBLIC)
            async with asyncio.timeout(5):
                await done.wait()
        await waker.close()

    async def test_jobs_of_one_lock_follow_one_another(self, database, runtime, owner):
        busy, order = 0, []

        @job("parcels.load")
        async def load(context, *, place):
            nonlocal busy
            busy += 1
            assert busy == 1
            await asyncio.sleep(0.02)
            order.append(place)
            busy -= 1

        for place in range(8):
            await put(database, "parcels.load", lock="ramp", place=place)
        waker = Waker(database)
        waker.start()
        async with running(runtime):
            # Not one for each poll of a second.
            await until(lambda: _all_in(owner, "succeeded", 8), timeout_s=6)
        await waker.close()
        assert order == list(range(8))

    async def test_two_workers_run_each_job_once(self, database, runtime, settings, owner):
        seen = []

        @job("parcels.load")
        async def load(context, *, place):
            seen.append(place)

        for place in range(100):
            await put(database, "parcels.load", place=place)
        other = Database(database.url, pool_size=4)
        second = JobRuntime(database=other, settings=settings, services=Services())
        async with running(runtime), running(second):
            await until(lambda: _all_in(owner, "succeeded", 100))
        await other.close()
        assert sorted(seen) == list(range(100))

    async def test_a_failing_job_is_retried_by_the_worker_as_by_the_drain(
        self, database, runtime, owner
    ):
        @job("parcels.ship", retries=1)
        async def ship(context):
            raise RetryLaterError("once more", after_s=0)

        await put(database, "parcels.ship")
        async with running(runtime):
            await until(lambda: _all_in(owner, "failed", 1))
        assert await states(owner) == [("parcels.ship", "failed", 2)]
        assert (
            await owner.fetchval("select error from jobs.failures") == "RetryLaterError: once more"
        )

    async def test_a_worker_that_stops_lets_its_jobs_finish(self, database, runtime, owner):
        started = asyncio.Event()

        @job("parcels.load")
        async def load(context):
            started.set()
            await asyncio.sleep(0.3)

        await put(database, "parcels.load")
        async with running(runtime):
            await started.wait()
        assert await states(owner) == [("parcels.load", "succeeded", 1)]

    async def test_what_does_not_finish_in_time_goes_back_to_the_queue(
        self, database, runtime, owner, monkeypatch
    ):
        monkeypatch.setattr(job_worker, "SHUTDOWN_TIMEOUT_S", 0.1)
        started = asyncio.Event()

        @job("parcels.load", retries=0)
        async def load(context):
            started.set()
            await asyncio.sleep(60)

        await put(database, "parcels.load")
        async with running(runtime):
            await started.wait()
        assert await states(owner) == [("parcels.load", "todo", 1)]

    async def test_the_whole_worker_runs_jobs_and_stops_on_a_signal(
        self, settings, database, owner, monkeypatch
    ):
        monkeypatch.setattr(worker, "after_batch", list)
        done = asyncio.Event()

        @job("parcels.weigh")
        async def weigh(context):
            done.set()

        task = asyncio.create_task(worker.run_worker(settings))
        await put(database, "parcels.weigh")
        async with asyncio.timeout(20):
            await done.wait()
            async with database.transaction(SYSTEM) as session:
                assert await live_workers(session) == 1
            os.kill(os.getpid(), signal.SIGTERM)
            await task
        async with database.transaction(SYSTEM) as session:
            assert await live_workers(session) == 0
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


async def _all_in(owner, state, count):
    found = await owner.fetchval(
        "select count(*) from jobs.procrastinate_jobs where status::text = $1", state
    )
    return found == count


class TestClock:
    async def test_two_workers_start_a_tick_once(self, database, runtime, settings, owner):
        @scheduled("* * * * * *", name="parcels.tick")
        async def tick(context):
            pass

        now = time.time()
        async with (
            job_worker.opened(job_worker.build_queue(runtime)) as first,
            job_worker.opened(job_worker.build_queue(runtime)) as second,
        ):
            deferrers = [PeriodicDeferrer(queue.periodic_registry) for queue in (first, second)]
            await asyncio.gather(
                *(one.defer_jobs(one.get_previous_tasks(at=now)) for one in deferrers)
            )
            assert await states(owner) == [("parcels.tick", "todo", 0)]
            # While it waits, no further tick piles up behind it.
            await deferrers[0].defer_jobs(deferrers[0].get_previous_tasks(at=now + 1))
            assert await states(owner) == [("parcels.tick", "todo", 0)]

    async def test_a_scheduled_job_runs_without_arguments(self, database, runtime, owner):
        ran = []

        @scheduled("* * * * * *", name="parcels.tick")
        async def tick(context):
            ran.append(context.job_id)

        async with running(runtime):
            await until(lambda: _some(ran))
        assert await owner.fetchval("select count(*) from jobs.failures") == 0

    def test_the_name_comes_from_module_and_function(self):
        @scheduled("0 * * * *")
        async def hourly(context):
            pass

        (definition,) = defined_jobs().values()
        assert definition.name.endswith("hourly")
        assert definition.cron == "0 * * * *"


async def _some(ran):
    return bool(ran)


class TestMaintenance:
    async def test_jobs_of_dead_workers_are_given_back_and_those_of_live_ones_are_not(
        self, database, runtime, owner, run_due
    ):
        ran = []

        @job("parcels.load", retries=1)
        async def load(context, *, place):
            ran.append(place)

        for place in ("dead", "gone", "alive"):
            await put(database, "parcels.load", place=place)
        await _take(owner, beat_s_ago=120)
        gone = await _take(owner, beat_s_ago=0)
        await owner.execute("select jobs.procrastinate_unregister_worker_v1($1)", gone)
        await _take(owner, beat_s_ago=5)
        await rescue(_context(runtime))
        assert [state for _, state, _ in await states(owner)] == ["todo", "todo", "doing"]
        await run_due()
        assert ran == ["dead", "gone"]

    async def test_a_job_that_is_done_in_place_is_given_to_nobody_else(
        self, database, runtime, owner, run_due
    ):
        during = []

        @job("parcels.load", retries=0)
        async def load(context):
            await rescue(_context(runtime))
            during.extend(state for _, state, _ in await states(owner))

        await put(database, "parcels.load")
        await run_due()
        assert during == ["doing"]
        assert [state for _, state, _ in await states(owner)] == ["succeeded"]
        assert await owner.fetchval("select count(*) from jobs.procrastinate_workers") == 0

    async def test_a_job_that_keeps_killing_its_worker_has_failed(self, database, runtime, owner):
        @job("parcels.explode", retries=1)
        async def explode(context):
            pass

        await put(database, "parcels.explode")
        for _ in range(3):
            await _take(owner, beat_s_ago=120)
            await rescue(_context(runtime))
        assert await states(owner) == [("parcels.explode", "failed", 3)]
        assert (
            await owner.fetchval("select error from jobs.failures")
            == "the worker died each time it ran this job"
        )

    async def test_done_jobs_are_forgotten_after_a_day_and_failed_ones_kept(
        self, database, runtime, owner, run_due
    ):
        @job("parcels.weigh", retries=0)
        async def weigh(context, *, fails):
            if fails:
                raise ValueError("broken scale")

        await put(database, "parcels.weigh", fails=False)
        await put(database, "parcels.weigh", fails=True)
        await run_due(allow_failures=True)
        await owner.execute("update jobs.procrastinate_events set at = now() - interval '25 hours'")
        await put(database, "parcels.weigh", fails=False)
        await run_due()
        await sweep(_context(runtime))
        assert [state for _, state, _ in await states(owner)] == ["failed", "succeeded"]

    async def test_depths_count_what_waits_runs_and_has_failed(self, database, owner):
        for queue in ("default", "default", "mail"):
            await put(database, "parcels.weigh", queue=queue)
        await _take(owner, beat_s_ago=0)
        async with database.transaction(SYSTEM) as session:
            depths = {(one.queue, one.state): one.count for one in await queue_depths(session)}
        assert depths == {("default", "todo"): 1, ("default", "doing"): 1, ("mail", "todo"): 1}


def _context(runtime):
    return registry.JobContext(
        database=runtime.database, settings=runtime.settings, services=runtime.services, job_id=0
    )


async def _take(owner: asyncpg.Connection, *, beat_s_ago: int) -> int:
    """A worker registers, takes a job and then beats for the last time so many seconds ago."""
    number = await owner.fetchval("select worker_id from jobs.procrastinate_register_worker_v1()")
    taken = await owner.fetchval("select id from jobs.procrastinate_fetch_job_v2(null, $1)", number)
    assert taken is not None
    await owner.execute(
        "update jobs.procrastinate_workers set last_heartbeat = now() - make_interval(secs => $2) where id = $1",
        number,
        beat_s_ago,
    )
    return number
