"""The stream's promises: nothing lost, nothing twice, nothing for strangers, nothing held."""

import asyncio
import random

import httpx
import pytest
from realtime_server import Heard, listening, serve, tell
from sqlalchemy import text

from karavan.kit.db import PUBLIC, SYSTEM, Database
from karavan.kit.ids import new_id
from karavan.kit.jobs import JobContext
from karavan.kit.realtime import Hub, publish, publish_transient
from karavan.kit.realtime import hub as hub_module
from karavan.kit.realtime.following import Kind, follow, parse_position
from karavan.kit.realtime.publishing import sweep


async def until(condition, *, timeout_s=10):
    async with asyncio.timeout(timeout_s):
        while not condition():  # noqa: ASYNC110  # what is waited for happens in another task
            await asyncio.sleep(0.02)


class TestPublishing:
    async def test_news_exist_if_their_transaction_does(self, database, owner):
        company = new_id()

        async def fail():
            async with database.transaction(SYSTEM) as session:
                await publish(session, organisation_id=company, topic="a.b", payload={})
                raise RuntimeError("undone")

        with pytest.raises(RuntimeError):
            await fail()
        assert await owner.fetchval("select count(*) from kit_realtime_events") == 0
        await tell(database, organisation_id=company, number=1)
        row = await owner.fetchrow(
            "select organisation_id, user_id, topic, payload from kit_realtime_events"
        )
        assert tuple(row) == (company, None, "parcel.sent", '{"number": 1}')

    async def test_a_request_publishes_to_another_organisation_but_reads_nothing(self, database):
        async with database.transaction(PUBLIC) as session:
            await publish(session, organisation_id=new_id(), topic="a.b", payload={})
        for statement in ("select * from kit_realtime_events", "delete from kit_realtime_events"):
            with pytest.raises(Exception, match="permission denied"):
                async with database.transaction(PUBLIC) as session:
                    await session.execute(text(statement))

    async def test_news_of_one_transaction_keep_their_order(self, database, owner):
        async with database.transaction(SYSTEM) as session:
            for number in range(50):
                await publish(
                    session, organisation_id=new_id(), topic="a.b", payload={"number": number}
                )
        rows = await owner.fetch("select payload->>'number' n from kit_realtime_events order by id")
        assert [int(row["n"]) for row in rows] == list(range(50))

    async def test_a_number_is_not_visible_before_the_one_before_it(self, database, owner):
        async with database.transaction(SYSTEM) as early:
            await early.execute(
                text(
                    "select kit_publish(array[cast(:o as uuid)], array[null::uuid], array['a.b'], array['{}'])"
                ),
                {"o": new_id()},
            )
            late = asyncio.create_task(tell(database, organisation_id=new_id()))
            await asyncio.sleep(0.3)
            # It would have number 2 and be seen while 1 is not: a reader at 2 would never go back for 1.
            assert not late.done()
            assert await owner.fetchval("select count(*) from kit_realtime_events") == 0
        await late
        assert await owner.fetchval("select count(*) from kit_realtime_events") == 2

    async def test_a_transaction_at_work_does_not_hold_up_other_publishers(self, database):
        async with database.transaction(SYSTEM) as working:
            await publish(working, organisation_id=new_id(), topic="a.b", payload={})
            await working.execute(text("select 1"))
            async with asyncio.timeout(5):
                await tell(database, organisation_id=new_id())

    async def test_news_are_for_somebody(self, database):
        async with database.transaction(SYSTEM) as session:
            with pytest.raises(ValueError, match="organisation or a person"):
                await publish(session, organisation_id=None, topic="a.b", payload={})
            with pytest.raises(ValueError, match="identifiers only"):
                await publish_transient(
                    session, organisation_id=new_id(), topic="a.b", payload={"text": "x" * 8000}
                )


class TestStream:
    async def test_news_reach_the_people_they_concern_and_no_stranger(self, database):
        async with serve(database) as served:
            anna = served.person()
            boris = served.person(organisation_id=anna.organisation_id)
            stranger = served.person()
            async with (
                listening(served, anna) as by_anna,
                listening(served, boris) as by_boris,
                listening(served, stranger) as by_stranger,
            ):
                assert by_anna.response.headers["content-type"].startswith("text/event-stream")
                assert by_anna.response.headers["cache-control"] == "no-store"
                for one in (by_anna, by_boris, by_stranger):
                    assert (await one.next()).event == "ready"
                await tell(database, organisation_id=anna.organisation_id, number=1)
                await tell(
                    database,
                    organisation_id=anna.organisation_id,
                    user_id=boris.user_id,
                    number=2,
                )
                await tell(database, organisation_id=new_id(), user_id=anna.user_id, number=3)
                await tell(database, organisation_id=None, user_id=anna.user_id, number=4)
                await tell(database, organisation_id=stranger.organisation_id, number=5)

                first = await by_anna.next()
                assert first == Heard(first.id, "parcel.sent", {"number": 1})
                assert (await by_anna.next()).data == {"number": 4}
                assert [(await by_boris.next()).data["number"] for _ in range(2)] == [1, 2]
                assert (await by_stranger.next()).data == {"number": 5}

    async def test_resuming_yields_what_was_missed_once_and_goes_on(self, database):
        async with serve(database) as served:
            anna = served.person()
            async with listening(served, anna) as stream:
                await stream.next()
                await tell(database, organisation_id=anna.organisation_id, number=1)
                last = (await stream.next()).id
            for number in (2, 3):
                await tell(database, organisation_id=anna.organisation_id, number=number)
                await tell(database, organisation_id=new_id(), number=99)
            await tell(database, organisation_id=None, user_id=anna.user_id, number=4)
            await until(lambda: served.hub.position == last + 5)
            async with listening(served, anna, last) as stream:
                missed = [await stream.next() for _ in range(3)]
                assert [one.data["number"] for one in missed] == [2, 3, 4]
                ready = await stream.next()
                assert (ready.event, ready.id) == ("ready", missed[-1].id)
                await tell(database, organisation_id=anna.organisation_id, number=5)
                assert (await stream.next()).data == {"number": 5}

    async def test_a_reader_that_keeps_reconnecting_among_writers_hears_all_once_in_order(
        self, database, owner
    ):
        total, writers = 400, 4
        async with serve(database) as served:
            anna = served.person()
            writing = Database(database.url, pool_size=writers)

            async def write(which):
                for number in range(total // writers):
                    async with writing.transaction(SYSTEM) as session:
                        await publish(
                            session,
                            organisation_id=anna.organisation_id,
                            topic="parcel.sent",
                            payload={"writer": which, "number": number},
                        )
                    await asyncio.sleep(random.random() * 0.004)

            heard, last = [], None
            async with listening(served, anna) as stream:
                last = (await stream.next()).id
            tasks = [asyncio.create_task(write(which)) for which in range(writers)]
            while len(heard) < total:
                async with listening(served, anna, last) as stream:
                    for _ in range(random.randint(1, 30)):
                        one = await stream.next()
                        last = one.id
                        if one.event == "parcel.sent":
                            heard.append(one)
                        if len(heard) == total:
                            break
            await asyncio.gather(*tasks)
            await writing.close()
        rows = await owner.fetch("select id from kit_realtime_events order by id")
        assert [one.id for one in heard] == [row["id"] for row in rows]
        for which in range(writers):
            numbers = [one.data["number"] for one in heard if one.data["writer"] == which]
            assert numbers == list(range(total // writers))

    @pytest.mark.parametrize("given", ["999999", "12x", "-3", "9" * 40, "0; drop table"])
    async def test_a_number_that_is_not_ours_means_fetching_everything_anew(self, database, given):
        async with serve(database) as served:
            anna = served.person()
            await tell(database, organisation_id=anna.organisation_id)
            await until(lambda: served.hub.position == 1)
            async with listening(served, anna, given) as stream:
                assert (await stream.next()).event == "reload"
                await tell(database, organisation_id=anna.organisation_id, number=2)
                assert (await stream.next()).data == {"number": 2}

    async def test_a_number_older_than_what_is_kept_means_fetching_everything_anew(
        self, database, settings, owner
    ):
        async with serve(database) as served:
            anna = served.person()
            for number in range(5):
                await tell(database, organisation_id=anna.organisation_id, number=number)
            ids = [
                row["id"]
                for row in await owner.fetch("select id from kit_realtime_events order by id")
            ]
            await owner.execute(
                "update kit_realtime_events set created_at = now() - interval '25 hours' where id <= $1",
                ids[2],
            )
            await sweep(JobContext(database=database, settings=settings, services=None, job_id=0))
            assert await owner.fetchval("select count(*) from kit_realtime_events") == 2
            await until(lambda: served.hub.position == ids[4])
            async with listening(served, anna, ids[1]) as stream:
                reload = await stream.next()
                assert (reload.event, reload.id) == ("reload", ids[4])
            async with listening(served, anna, ids[2]) as stream:
                assert [(await stream.next()).data["number"] for _ in range(2)] == [3, 4]

    async def test_even_when_all_is_old_the_newest_is_kept_so_that_a_gap_is_seen(
        self, database, settings, owner
    ):
        for _ in range(3):
            await tell(database, organisation_id=new_id())
        await owner.execute("update kit_realtime_events set created_at = now() - interval '9 days'")
        await sweep(JobContext(database=database, settings=settings, services=None, job_id=0))
        assert await owner.fetchval("select count(*) from kit_realtime_events") == 1

    async def test_too_much_missed_means_fetching_everything_anew(self, database, monkeypatch):
        monkeypatch.setattr(hub_module, "_MISSED_MAX", 3)
        async with serve(database) as served:
            anna = served.person()
            async with listening(served, anna) as stream:
                last = (await stream.next()).id
            for number in range(4):
                await tell(database, organisation_id=anna.organisation_id, number=number)
            await until(lambda: served.hub.position == 4)
            async with listening(served, anna, last) as stream:
                assert (await stream.next()).event == "reload"

    async def test_a_quiet_stream_shows_life_and_ends_with_the_place_to_go_on_from(self, database):
        async with serve(database, heartbeat_s=0.05, lifetime_s=0.6) as served:
            anna = served.person()
            async with listening(served, anna) as stream:
                ready = await stream.next()
                # News for others move the place too, or a quiet reader would fall out of what is kept.
                await tell(database, organisation_id=new_id())
                end = await stream.next()
                assert (end.event, end.id) == ("reconnect", ready.id + 1)
                assert stream.comments >= 3
                assert await stream.next() is None

    async def test_an_ended_session_ends_its_own_streams_and_cannot_come_back(self, database):
        async with serve(database) as served:
            phone = served.person()
            laptop = served.person(user_id=phone.user_id, organisation_id=phone.organisation_id)
            async with listening(served, phone) as by_phone, listening(served, laptop) as by_laptop:
                await by_phone.next()
                await by_laptop.next()
                phone.signed_in = False
                await tell(
                    database,
                    user_id=phone.user_id,
                    topic="session.ended",
                    session_id=str(phone.session_id),
                )
                assert (await by_phone.next()).event == "session.ended"
                assert (await by_phone.next()).event == "end"
                assert await by_phone.next() is None
                assert (await by_laptop.next()).event == "session.ended"
                await tell(database, organisation_id=laptop.organisation_id, number=1)
                assert (await by_laptop.next()).data == {"number": 1}
                await tell(database, user_id=phone.user_id, topic="session.ended")
                await by_laptop.next()
                assert (await by_laptop.next()).event == "end"
            async with listening(served, phone) as stream:
                assert stream.response.status_code == 401

    async def test_a_client_that_leaves_frees_its_place_at_once(self, database):
        async with serve(database) as served:
            anna = served.person()
            async with listening(served, anna) as stream:
                await stream.next()
                assert served.hub.streams_of(anna.user_id) == 1
            await until(lambda: served.hub.streams_of(anna.user_id) == 0, timeout_s=3)

    async def test_streams_hold_no_connection(self, database, owner):
        async with serve(database) as served:
            people = [served.person() for _ in range(12)]
            streams = [listening(served, person) for person in people]
            opened = [await stream.__aenter__() for stream in streams]
            for one in opened:
                assert (await one.next()).event == "ready"
            # More streams than the pool could serve connections, and none is in use.
            assert database.engine.pool.checkedout() == 0
            assert (
                await owner.fetchval(
                    "select count(*) from pg_stat_activity"
                    " where datname = current_database() and state like 'idle in transaction%'"
                )
                == 0
            )
            for stream in streams:
                await stream.__aexit__(None, None, None)

    async def test_one_person_cannot_open_streams_without_end(self, database, monkeypatch):
        monkeypatch.setattr("karavan.kit.realtime.sse.STREAMS_PER_USER_MAX", 1)
        async with serve(database) as served:
            anna = served.person()
            async with listening(served, anna) as stream:
                await stream.next()
                async with httpx.AsyncClient(base_url=served.base_url) as client:
                    refused = await client.get("/stream", headers=anna.headers)
                assert refused.status_code == 429
                assert refused.json()["code"] == "rate_limited"
                assert refused.headers["retry-after"] == "30"

    async def test_a_process_that_stops_sends_its_readers_elsewhere(self, database):
        async with serve(database) as served:
            anna = served.person()
            async with listening(served, anna) as stream:
                ready = await stream.next()
                served.hub.end_streams()
                end = await stream.next()
                assert (end.event, end.id) == ("reconnect", ready.id)
                assert await stream.next() is None

    async def test_a_lost_listening_connection_loses_nothing(self, database, owner, monkeypatch):
        monkeypatch.setattr(hub_module, "_POLL_INTERVAL_S", 600)
        async with serve(database) as served:
            anna = served.person()
            async with listening(served, anna) as stream:
                await stream.next()
                await owner.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where query ilike 'listen%' and datname = current_database()"
                )
                await tell(database, organisation_id=anna.organisation_id, number=1)
                assert (await stream.next()).data == {"number": 1}


class TestHub:
    async def test_a_slow_reader_is_dropped_and_resumes_without_losing_one(self, database):
        hub = Hub(database)
        await hub.start()
        reader = _reader()
        with hub.subscribed(reader) as subscription:
            signals = follow(hub, subscription, None)
            ready = await anext(signals)
            for start in (0, 200):
                async with database.transaction(SYSTEM) as session:
                    for number in range(start, start + 200):
                        await publish(
                            session,
                            organisation_id=reader.organisation_id,
                            topic="parcel.sent",
                            payload={"number": number},
                        )
            await until(lambda: subscription.dropped)
            # Nothing that was queued is kept for somebody who does not take it.
            assert not subscription._queue
            signal = await anext(signals)
            assert (signal.kind, signal.position) == (Kind.RECONNECT, None)
            assert [one async for one in signals] == []
        with hub.subscribed(reader) as subscription:
            signals = follow(hub, subscription, ready.position)
            missed = await anext(signals)
            assert [item.payload["number"] for item in missed.items] == list(range(400))
            await signals.aclose()
        await hub.close()

    async def test_a_process_that_is_behind_repeats_nothing(self, database):
        ahead, behind = Hub(database), Hub(database)
        await behind.start()
        for task in behind._tasks:
            task.cancel()
        await ahead.start()
        reader = _reader()
        for number in range(3):
            await tell(database, organisation_id=reader.organisation_id, number=number)
        await until(lambda: ahead.position == behind.position + 3)
        with behind.subscribed(reader) as subscription:
            # The client has seen two of the three at the other process; this one has not read them yet.
            signals = follow(behind, subscription, ahead.position - 1)
            assert (await anext(signals)).kind is Kind.READY
            async with database.transaction(SYSTEM) as session:
                for item in await behind._read(session):
                    behind._hand_out(item)
            heard = await anext(signals)
            assert [item.payload["number"] for item in heard.items] == [2]
            await signals.aclose()
        await ahead.close()
        await behind.close()

    async def test_transient_news_reach_who_is_there_and_are_not_kept(self, database, owner):
        hub = Hub(database)
        await hub.start()
        reader = _reader()
        await until(lambda: hub._woken is not None)
        with hub.subscribed(reader) as subscription:
            signals = follow(hub, subscription, None)
            await anext(signals)
            await asyncio.sleep(0.3)
            async with database.transaction(PUBLIC) as session:
                await publish_transient(
                    session,
                    organisation_id=reader.organisation_id,
                    topic="thread.typing",
                    payload={"thread_id": "t"},
                )
            heard = await anext(signals)
            assert [(item.id, item.topic, item.payload) for item in heard.items] == [
                (None, "thread.typing", {"thread_id": "t"})
            ]
            await signals.aclose()
        assert await owner.fetchval("select count(*) from kit_realtime_events") == 0
        await hub.close()

    @pytest.mark.parametrize(
        ("given", "position"),
        [(None, None), ("", None), ("0", 0), ("17", 17), ("-1", -1), ("١٢", -1), ("1e3", -1)],
    )
    def test_positions_are_plain_numbers(self, given, position):
        assert parse_position(given) == position


def _reader():
    class Reader:
        user_id = new_id()
        organisation_id = new_id()
        session_id = new_id()

    return Reader()
