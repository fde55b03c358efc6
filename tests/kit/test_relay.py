"""The relay's promises: every handler hears of every event once, in order, whatever fails or dies."""

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from waiting import until

from karavan.kit import events, relay
from karavan.kit.db import Database
from karavan.kit.events import handles, record_event
from karavan.kit.ids import new_id
from karavan.kit.outbox import bury_unknown, due_lanes, fan_out, give_turn
from karavan.kit.relay import Relay
from karavan.kit.scopes import Scope
from karavan.kit.wakeups import OUTBOX_CHANNEL, Waker

COMPANY = new_id()
VICTIM = Path(__file__).parent / "relay_victim.py"


@pytest.fixture(autouse=True)
def own_handlers(monkeypatch):
    """A registry of the test's own."""
    monkeypatch.setattr(events, "_handlers", {})


@pytest.fixture
async def effects(owner):
    """A table that handlers write to, and what it holds."""
    await owner.execute(
        "create table effects (place bigint generated always as identity, handler text, aggregate_id uuid, number int);"
        "grant select, insert on effects to karavan_system"
    )

    async def read(handler="note"):
        rows = await owner.fetch(
            "select aggregate_id, number from effects where handler = $1 order by place", handler
        )
        return [(row["aggregate_id"], row["number"]) for row in rows]

    return read


async def write_effect(session, event, handler="note"):
    await session.execute(
        text("insert into effects (handler, aggregate_id, number) values (:h, :a, :n)"),
        {"h": handler, "a": event.aggregate_id, "n": event.payload["number"]},
    )


async def send(database, aggregate_id, number, *, event_type="parcel.sent"):
    async with database.transaction(Scope(COMPANY)) as session:
        record_event(
            session,
            event_type,
            organisation_id=COMPANY,
            aggregate_id=aggregate_id,
            payload={"number": number},
        )


async def deliver_due(database):
    """What one pass of a relay does, without its clock."""
    while await fan_out(database):
        pass
    happened = 1
    while happened:
        happened = 0
        for lane in await due_lanes(database):
            happened += (await give_turn(database, lane)).happened


@asynccontextmanager
async def running(*relays):
    tasks = [asyncio.create_task(one.run()) for one in relays]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class TestDelivery:
    async def test_handlers_hear_of_what_was_committed_and_of_nothing_else(self, database, effects):
        handles("parcel.sent")(write_effect)
        parcel = new_id()
        await send(database, parcel, 1)

        async def fail():
            async with database.transaction(Scope(COMPANY)) as session:
                record_event(
                    session,
                    "parcel.sent",
                    organisation_id=COMPANY,
                    aggregate_id=parcel,
                    payload={"number": 2},
                )
                await session.flush()
                raise RuntimeError("undone")

        with pytest.raises(RuntimeError):
            await fail()
        await send(database, parcel, 3, event_type="parcel.lost")
        await deliver_due(database)
        assert await effects() == [(parcel, 1)]

    async def test_a_second_pass_repeats_nothing(self, database, effects):
        handles("parcel.sent")(write_effect)
        await send(database, new_id(), 1)
        await deliver_due(database)
        await deliver_due(database)
        assert len(await effects()) == 1

    async def test_two_relays_at_once_handle_each_event_once_and_in_order(self, database, effects):
        handles("parcel.sent")(write_effect)
        parcels = [new_id() for _ in range(20)]
        for number in range(15):
            for parcel in parcels:
                await send(database, parcel, number)
        other = Database(database.url, pool_size=4)

        async def all_there():
            return len(await effects()) >= 300

        async with running(Relay(database), Relay(other)):
            await until(all_there)
            await asyncio.sleep(0.3)
        await other.close()
        seen = await effects()
        assert len(seen) == 300
        for parcel in parcels:
            assert [number for one, number in seen if one == parcel] == list(range(15))

    async def test_a_relay_killed_inside_a_handler_leaves_no_effect_and_the_next_delivers(
        self, database, effects, owner
    ):
        parcel = new_id()
        await send(database, parcel, 7)
        victim = await asyncio.create_subprocess_exec(
            sys.executable, str(VICTIM), database.url, stdout=asyncio.subprocess.PIPE
        )
        async with asyncio.timeout(30):
            assert await victim.stdout.readline() == b"written\n"
        # Fanned out, in the middle of its turn: nobody else may start it.
        name = await owner.fetchval("select handler from kit_outbox_deliveries")
        assert name == "__main__.note"
        os.kill(victim.pid, signal.SIGKILL)
        await victim.wait()
        assert await effects() == []

        async def note(session, event):
            await write_effect(session, event)

        note.__module__, note.__name__ = "__main__", "note"
        handles("parcel.sent")(note)
        async with running(Relay(database)):
            await until(lambda: _done(owner))
        assert await effects() == [(parcel, 7)]


async def _done(owner):
    return await owner.fetchval("select bool_and(state = 'done') from kit_outbox_deliveries")


class TestLane:
    async def test_nobody_overtakes_what_waits_or_is_in_somebody_elses_hands(
        self, database, effects, owner
    ):
        handles("parcel.sent")(write_effect)
        parcel = new_id()
        await send(database, parcel, 1)
        await send(database, parcel, 2)
        await fan_out(database)
        (lane,) = await due_lanes(database)
        await owner.execute(
            "update kit_outbox_deliveries set next_attempt_at = now() + interval '1 hour'"
            " where event_sequence = (select min(event_sequence) from kit_outbox_deliveries)"
        )
        assert await due_lanes(database) == []
        assert not (await give_turn(database, lane)).happened

        await _make_due(owner)
        async with owner.transaction():
            await owner.execute(
                "select from kit_outbox_deliveries order by event_sequence limit 1 for update"
            )
            assert not (await give_turn(database, lane)).happened
        assert await effects() == []
        assert (await give_turn(database, lane)).event.payload == {"number": 1}
        assert (await give_turn(database, lane)).event.payload == {"number": 2}
        assert not (await give_turn(database, lane)).happened


class TestFailure:
    async def test_a_failing_event_holds_back_its_own_aggregate_alone(
        self, database, effects, owner
    ):
        broken = True

        @handles("parcel.sent")
        async def note(session, event):
            await write_effect(session, event)
            if broken and event.payload["number"] == 2 and event.aggregate_id == first:
                raise ValueError("wet label")

        first, second = new_id(), new_id()
        for number in (1, 2, 3):
            await send(database, first, number)
            await send(database, second, number)
        await deliver_due(database)
        assert [n for a, n in await effects() if a == first] == [1]
        assert [n for a, n in await effects() if a == second] == [1, 2, 3]
        failed = await owner.fetchrow(
            "select * from kit_outbox_deliveries where attempts = 1 and state = 'pending'"
        )
        assert failed["error"] == "ValueError: wet label"
        delay_s = await owner.fetchval(
            "select extract(epoch from $1 - now())", failed["next_attempt_at"]
        )
        assert 0 < delay_s <= 1

        broken = False
        await _make_due(owner)
        await deliver_due(database)
        assert [n for a, n in await effects() if a == first] == [1, 2, 3]
        assert await _done(owner)

    async def test_after_eight_attempts_a_delivery_is_dead_and_the_next_goes_on(
        self, database, effects, owner
    ):
        @handles("parcel.sent")
        async def note(session, event):
            if event.payload["number"] == 1:
                raise ValueError("never")
            await write_effect(session, event)

        parcel = new_id()
        await send(database, parcel, 1)
        await send(database, parcel, 2)
        delays = []
        for _ in range(7):
            await deliver_due(database)
            delays.append(
                await owner.fetchval(
                    "select round(extract(epoch from next_attempt_at - now()))"
                    " from kit_outbox_deliveries where attempts > 0"
                )
            )
            await _make_due(owner)
        assert [int(delay) for delay in delays] == [1, 5, 30, 120, 600, 600, 600]
        assert await effects() == []
        await deliver_due(database)
        assert await effects() == [(parcel, 2)]
        rows = await owner.fetch(
            "select state, attempts from kit_outbox_deliveries order by event_sequence"
        )
        assert [tuple(row) for row in rows] == [("dead", 8), ("done", 1)]

    async def test_a_handler_that_breaks_its_transaction_fails_alone(self, database, effects):
        @handles("parcel.sent")
        async def broken(session, event):
            await session.execute(text("select 1 / 0"))

        handles("parcel.sent")(write_effect)
        parcel = new_id()
        await send(database, parcel, 1)
        await deliver_due(database)
        assert await effects() == [(parcel, 1)]

    async def test_a_handler_that_hangs_stops_neither_others_nor_itself_for_good(
        self, database, effects, owner
    ):
        hanging = asyncio.Event()

        @handles("parcel.sent")
        async def hang(session, event):
            hanging.set()
            await asyncio.sleep(600)

        handles("parcel.sent")(write_effect)
        for number in range(30):
            await send(database, new_id(), number)

        async def all_noted():
            return hanging.is_set() and len(await effects()) == 30

        async def timed_out():
            return await owner.fetchval(
                "select count(*) from kit_outbox_deliveries where error like 'TimeoutError%'"
            )

        async with running(Relay(database, concurrency=2, handler_timeout_s=2)):
            await until(all_noted)
            await until(timed_out)

    async def test_a_delivery_without_a_handler_waits_for_a_newer_worker_then_is_dead(
        self, database, owner
    ):
        async def retired(session, event):
            raise AssertionError("never called")

        handles("parcel.sent")(retired)
        await send(database, new_id(), 1)
        await fan_out(database)
        events._handlers.clear()
        await deliver_due(database)
        assert await bury_unknown(database) == 0
        assert await owner.fetchval("select state from kit_outbox_deliveries") == "pending"
        assert await bury_unknown(database, grace_s=0) == 1
        row = await owner.fetchrow("select state, error from kit_outbox_deliveries")
        assert row["state"] == "dead"
        assert row["error"].startswith("no handler is called ")
        assert "retired" in row["error"]


async def _make_due(owner):
    await owner.execute("update kit_outbox_deliveries set next_attempt_at = now()")


class TestWaking:
    async def test_a_commit_wakes_the_relay_without_waiting_for_its_poll(
        self, database, effects, monkeypatch, owner
    ):
        monkeypatch.setattr(relay, "_POLL_INTERVAL_S", 600)
        handles("parcel.sent")(write_effect)
        waker = Waker(database)
        waker.start()
        async with running(Relay(database)):
            await until(lambda: _listening(owner))
            await send(database, new_id(), 1)
            await until(lambda: _count(effects, 1), timeout_s=5)
            # The connection that listens is lost: it comes back and looks for what it missed.
            await owner.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'"
            )
            await send(database, new_id(), 2)
            await until(lambda: _count(effects, 2), timeout_s=5)
        await waker.close()

    async def test_the_poll_finds_what_no_notification_told_of(self, database, effects):
        handles("parcel.sent")(write_effect)
        async with running(Relay(database)):
            await send(database, new_id(), 1)
            await until(lambda: _count(effects, 1), timeout_s=5)

    async def test_many_commits_send_few_notifications(self, database, owner):
        heard = []
        await owner.add_listener(OUTBOX_CHANNEL, lambda *message: heard.append(message))
        waker = Waker(database, interval_s=0.2)
        waker.start()
        for number in range(50):
            await send(database, new_id(), number)
        await asyncio.sleep(0.5)
        await waker.close()
        assert 1 <= len(heard) <= 10

    async def test_hooks_run_after_deliveries_and_their_failures_stop_nothing(
        self, database, effects
    ):
        handles("parcel.sent")(write_effect)
        called = asyncio.Event()

        async def broken(given):
            raise RuntimeError("not today")

        async def hook(given):
            assert given is database
            called.set()

        async with running(Relay(database, after_batch=[broken, hook])):
            await send(database, new_id(), 1)
            await until(lambda: _count(effects, 1))
            async with asyncio.timeout(5):
                await called.wait()


async def _count(effects, wanted):
    return len(await effects()) == wanted


async def _listening(owner):
    return await owner.fetchval(
        "select exists (select from pg_stat_activity where query ilike 'listen%' and datname = current_database())"
    )
