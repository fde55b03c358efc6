"""The stream of server-sent events: nothing lost, nothing twice, nothing for strangers, nothing held."""

import asyncio
import random

import httpx
import pytest
from realtime_server import Heard, listening, serve, tell
from waiting import until

from karavan.kit.db import Database
from karavan.kit.ids import new_id
from karavan.kit.jobs import JobContext
from karavan.kit.realtime import hub as hub_module
from karavan.kit.realtime import publish
from karavan.kit.realtime.publishing import sweep
from karavan.kit.scopes import SYSTEM


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
            await until(lambda: database.engine.pool.checkedout() == 0, timeout_s=3)
            assert (
                await owner.fetchval(
                    "select count(*) from pg_stat_activity"
                    " where datname = current_database() and state like 'idle in transaction%'"
                )
                == 0
            )
            for stream in streams:
                await stream.__aexit__(None, None, None)

    async def test_a_client_that_takes_nothing_is_given_up(self, database, monkeypatch):
        monkeypatch.setattr("karavan.kit.realtime.sse._SEND_TIMEOUT_S", 0.4)
        async with serve(database) as served:
            anna = served.person()
            host, port = served.base_url.removeprefix("http://").split(":")
            _, writer = await asyncio.open_connection(host, int(port), limit=1024)
            writer.write(
                f"GET /stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {anna.token}\r\n\r\n".encode()
            )
            await until(lambda: served.hub.streams_of(anna.user_id) == 1)
            for _ in range(120):
                await tell(database, organisation_id=anna.organisation_id, text="x" * 100_000)
            await until(lambda: served.hub.streams_of(anna.user_id) == 0)
            writer.transport.abort()

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
