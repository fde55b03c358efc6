"""The stream's promises: nothing lost, nothing twice, nothing for strangers, nothing held."""

import asyncio

import pytest
from realtime_server import tell
from sqlalchemy import text
from waiting import until

from karavan.kit.ids import new_id
from karavan.kit.realtime import Hub, publish, publish_transient
from karavan.kit.realtime.following import Kind, follow, parse_position
from karavan.kit.scopes import PUBLIC, SYSTEM


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
