"""Ending streams when the process is told to stop."""

import asyncio
import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from karavan.kit.realtime.hub import Hub


@contextlib.contextmanager
def streams_end_on_signals(hub: Hub) -> Iterator[None]:
    """End the streams of `hub` when the process is told to stop, before the server waits for its connections.

    A server that stops waits until every answer is finished, and a stream would keep it waiting: the application is
    asked to shut down only after that. So the signal is passed on by a handler in front of the server's own.
    Outside the main thread, where Python takes no signals, nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    previous = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def pass_on(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(hub.end_streams)
        before = previous[signal.Signals(number)]
        if callable(before):
            before(number, frame)
        elif before == signal.SIG_DFL:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    for number in previous:
        signal.signal(number, pass_on)
    try:
        yield
    finally:
        for number, handler in previous.items():
            # A server that is stopping may already have put its own handlers back.
            if signal.getsignal(number) is pass_on:
                signal.signal(number, handler)
