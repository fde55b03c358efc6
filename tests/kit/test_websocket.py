"""The WebSocket: who may open it, what it carries, what it refuses, and that nothing is left behind."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
import websockets
from realtime_server import serve, tell
from waiting import until

from karavan.kit.errors import NotFoundError
from karavan.kit.realtime import on_client_message, publish_transient, websocket


@pytest.fixture(autouse=True)
def own_message_handlers(monkeypatch):
    """A registry of the test's own."""
    monkeypatch.setattr(websocket, "_message_handlers", {})


@asynccontextmanager
async def connected(served, person=None, *, query="", **options):
    headers = person.headers if person else {}
    address = served.base_url.replace("http", "ws", 1) + "/api/v1/ws" + query
    async with websockets.connect(address, additional_headers=headers, **options) as socket:
        yield socket


async def receive(socket):
    async with asyncio.timeout(10):
        return json.loads(await socket.recv())


async def closing(socket):
    """The code and reason with which the server closes."""
    async with asyncio.timeout(15):
        await socket.wait_closed()
    return socket.close_code, socket.close_reason


class TestOpening:
    async def test_a_header_a_query_or_a_first_message_prove_who_it_is(self, database):
        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna) as socket:
                assert (await receive(socket))["type"] == "ready"
            async with connected(served, query=f"?token={anna.token}") as socket:
                assert (await receive(socket))["type"] == "ready"
            async with connected(served) as socket:
                await socket.send(json.dumps({"type": "auth", "token": anna.token}))
                assert (await receive(socket))["type"] == "ready"

    @pytest.mark.parametrize(
        "first",
        [
            '{"type":"auth","token":"a.b.c"}',
            '{"type":"auth"}',
            '{"type":"ping"}',
            '{"type":"auth","token":"\\ud800"}',
        ],
    )
    async def test_without_credentials_it_is_closed(self, database, first):
        async with serve(database) as served, connected(served) as socket:
            await socket.send(first)
            assert await closing(socket) == (4401, "sign in to continue")

    async def test_an_ended_session_does_not_open_it(self, database):
        async with serve(database) as served:
            anna = served.person()
            anna.signed_in = False
            async with connected(served, anna) as socket:
                assert await closing(socket) == (4401, "the session has ended")

    async def test_who_says_nothing_is_not_waited_for(self, database, monkeypatch):
        monkeypatch.setattr(websocket, "_AUTHENTICATION_TIMEOUT_S", 0.1)
        async with serve(database) as served, connected(served) as socket:
            assert (await closing(socket))[0] == 4408

    @pytest.mark.parametrize(
        ("origin", "allowed"),
        [
            ("http://karavan.test", True),
            ("https://evil.test", False),
            ("null", False),
            ("http://karavan.test.evil.test", False),
        ],
    )
    async def test_a_page_of_another_site_cannot_open_it(self, database, origin, allowed):
        async with serve(database) as served:
            anna = served.person()
            if allowed:
                async with connected(served, anna, origin=origin) as socket:
                    assert (await receive(socket))["type"] == "ready"
            else:
                with pytest.raises(websockets.InvalidStatus) as refused:
                    async with connected(served, anna, origin=origin):
                        pass
                assert refused.value.response.status_code == 403

    async def test_one_person_cannot_open_sockets_without_end(self, database, monkeypatch):
        monkeypatch.setattr(websocket, "STREAMS_PER_USER_MAX", 1)
        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna) as first:
                await receive(first)
                async with connected(served, anna) as second:
                    assert (await closing(second))[0] == 1013


class TestNews:
    async def test_news_arrive_and_are_resumed_without_losing_one(self, database):
        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna) as socket:
                await receive(socket)
                await tell(database, organisation_id=anna.organisation_id, number=1)
                first = await receive(socket)
                assert first == {
                    "type": "event",
                    "id": first["id"],
                    "topic": "parcel.sent",
                    "data": {"number": 1},
                }
            await tell(database, organisation_id=anna.organisation_id, number=2)
            await until(lambda: served.hub.position > first["id"])
            async with connected(served, anna, query=f"?last_event_id={first['id']}") as socket:
                assert (await receive(socket))["data"] == {"number": 2}
                assert (await receive(socket))["type"] == "ready"
            async with connected(served, anna, query="?last_event_id=junk") as socket:
                assert (await receive(socket))["type"] == "reload"

    async def test_a_client_chooses_its_topics(self, database):
        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna) as socket:
                await receive(socket)
                await socket.send(json.dumps({"type": "subscribe", "topics": ["deal.*", "a.b"]}))
                assert await receive(socket) == {"type": "subscribed", "topics": ["a.b", "deal.*"]}
                for topic in ("deals.moved", "a.c", "deal.moved", "a.b"):
                    await tell(database, organisation_id=anna.organisation_id, topic=topic)
                assert [(await receive(socket))["topic"] for _ in range(2)] == ["deal.moved", "a.b"]

    async def test_an_ended_session_closes_it(self, database):
        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna) as socket:
                await receive(socket)
                await tell(
                    database,
                    user_id=anna.user_id,
                    topic="session.ended",
                    session_id=str(anna.session_id),
                )
                assert (await receive(socket))["topic"] == "session.ended"
                assert await closing(socket) == (4401, "the session has ended")

    async def test_the_session_is_asked_for_again_while_the_socket_lives(
        self, database, monkeypatch
    ):
        follow = websocket.follow
        monkeypatch.setattr(
            websocket, "follow", lambda *given: follow(*given, heartbeat_s=0.05, lifetime_s=0.2)
        )
        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna) as socket:
                assert (await receive(socket))["type"] == "ready"
                for _ in range(8):
                    assert await receive(socket) == {"type": "ping"}
                anna.signed_in = False
                assert await closing(socket) == (4401, "the session has ended")

    async def test_a_process_that_stops_sends_its_clients_elsewhere(self, database):
        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna) as socket:
                await receive(socket)
                served.hub.end_streams()
                assert await closing(socket) == (1012, "connect again")


class TestMessages:
    async def test_somebody_typing_is_seen_by_the_other_side(self, database):
        async with serve(database) as served:
            anna, boris = served.person(), served.person()

            @on_client_message("typing")
            async def typing(context, message):
                assert context.actor.user_id == anna.user_id
                async with context.database.transaction(context.scope) as session:
                    await publish_transient(
                        session,
                        organisation_id=boris.organisation_id,
                        topic="thread.typing",
                        payload={"thread_id": message["thread_id"]},
                    )

            async with connected(served, anna) as by_anna, connected(served, boris) as by_boris:
                await receive(by_anna)
                await receive(by_boris)
                await by_anna.send(json.dumps({"type": "typing", "thread_id": "t1"}))
                assert await receive(by_boris) == {
                    "type": "event",
                    "id": None,
                    "topic": "thread.typing",
                    "data": {"thread_id": "t1"},
                }

    async def test_a_refused_message_is_answered_and_the_socket_stays(self, database):
        @on_client_message("open")
        async def refuse(context, message):
            raise NotFoundError("No such thread.")

        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna) as socket:
                await receive(socket)
                for message, code in (
                    ({"type": "open"}, "not_found"),
                    ({"type": "dance"}, "bad_request"),
                    ({"type": "subscribe"}, "bad_request"),
                    ({"type": "subscribe", "topics": [1]}, "bad_request"),
                    ({"type": "subscribe", "topics": ["a"] * 101}, "bad_request"),
                ):
                    await socket.send(json.dumps(message))
                    answer = await receive(socket)
                    assert (answer["type"], answer["code"]) == ("error", code)
                await socket.send('{"type":"ping"}')
                assert await receive(socket) == {"type": "pong"}

    @pytest.mark.parametrize(
        ("message", "code"),
        [
            ("not json", 4400),
            ("[]", 4400),
            ('{"type":1}', 4400),
            ("[" * 12_000, 4400),
            (b"\x00\x01", 4400),
            ('{"type":"ping","padding":"' + "x" * 17_000 + '"}', 1009),
            ('{"type":"ping","padding":"' + "ж" * 9_000 + '"}', 1009),
        ],
    )
    async def test_what_is_no_message_closes_the_socket(self, database, message, code):
        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna) as socket:
                await receive(socket)
                await socket.send(message)
                assert (await closing(socket))[0] == code
            await until(lambda: served.hub.streams_of(anna.user_id) == 0)

    async def test_a_flood_closes_the_socket(self, database):
        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna) as socket:
                await receive(socket)
                for _ in range(61):
                    await socket.send('{"type":"pong"}')
                assert (await closing(socket))[0] == 4429

    async def test_a_handler_that_breaks_closes_with_an_internal_error(self, database):
        @on_client_message("break")
        async def broken(context, message):
            raise LookupError("oops")

        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna) as socket:
                await receive(socket)
                await socket.send('{"type":"break"}')
                assert await closing(socket) == (1011, "internal error")
            await until(lambda: served.hub.streams_of(anna.user_id) == 0)

    def test_a_type_is_handled_once(self):
        on_client_message("typing")(None)
        for taken in ("typing", "auth", "ping"):
            with pytest.raises(ValueError, match="handled already"):
                on_client_message(taken)(None)


class TestLeaving:
    async def test_a_client_that_takes_nothing_is_given_up(self, database, monkeypatch):
        monkeypatch.setattr(websocket, "_SEND_TIMEOUT_S", 0.4)
        monkeypatch.setattr(websocket, "_CLOSE_TIMEOUT_S", 0.2)
        async with serve(database) as served:
            anna = served.person()
            async with connected(served, anna, max_queue=1, compression=None) as socket:
                await receive(socket)
                socket.transport.pause_reading()
                for _ in range(120):
                    await tell(database, organisation_id=anna.organisation_id, text="x" * 100_000)
                await until(lambda: served.hub.streams_of(anna.user_id) == 0)
                await until(lambda: not _serving_tasks())
                socket.transport.abort()

    async def test_a_client_that_only_listens_and_vanishes_leaves_nothing_behind(self, database):
        async with serve(database) as served:
            people = [served.person() for _ in range(20)]
            sockets = []
            for person in people:
                address = served.base_url.replace("http", "ws", 1) + "/api/v1/ws"
                socket = await websockets.connect(address, additional_headers=person.headers)
                await receive(socket)
                sockets.append(socket)
            before = len(asyncio.all_tasks())
            # No farewell: the connection is cut, and the server has nothing to send that would tell it so.
            for socket in sockets:
                socket.transport.abort()
            await until(lambda: all(served.hub.streams_of(p.user_id) == 0 for p in people))
            await until(lambda: len(asyncio.all_tasks()) <= before - 4 * len(people))
            assert database.engine.pool.checkedout() == 0


def _serving_tasks():
    """Tasks of the server that serve a socket."""
    return [task for task in asyncio.all_tasks() if "run_asgi" in str(task.get_coro())]
