"""Real time: what has happened reaches the people it concerns, over SSE or a WebSocket, without losing one.

`docs/subsystems/realtime.md` tells how it works and what a client must do.
"""

from karavan.kit.realtime.hub import Hub, Item
from karavan.kit.realtime.publishing import SESSION_ENDED, publish, publish_transient
from karavan.kit.realtime.shutdown import streams_end_on_signals
from karavan.kit.realtime.sse import stream_response
from karavan.kit.realtime.websocket import SocketContext, on_client_message, socket_router

__all__ = [
    "SESSION_ENDED",
    "Hub",
    "Item",
    "SocketContext",
    "on_client_message",
    "publish",
    "publish_transient",
    "socket_router",
    "stream_response",
    "streams_end_on_signals",
]
