"""uvicorn, guarded: a request head that is too long or never comes ends the connection; a signal ends it in order."""

from __future__ import annotations

import asyncio
import socket
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["Guarded", "InOrder"]

_HEAD_BYTES = 64 * 1024
_HEAD_SECONDS = 15.0


class Guarded(HttpToolsProtocol):
    """uvicorn's protocol, which by itself takes request heads of any length for any time."""

    _length = 0
    _in_head = True
    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """A first request must come in time."""
        super().connection_made(transport)
        self._clock = self.loop.call_later(_HEAD_SECONDS, transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """The clock stops."""
        self._stop()
        super().connection_lost(exc)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def data_received(self, data: bytes) -> None:
        """Bytes of a head are counted."""
        if self._in_head:
            self._length += len(data)
            if self._clock is None:
                self._clock = self.loop.call_later(_HEAD_SECONDS, self.transport.close)
        super().data_received(data)
        if self._in_head and self._length > _HEAD_BYTES and not self.transport.is_closing():
            self.transport.write(
                b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
            self.transport.close()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        self._stop()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """What comes next is another head."""
        self._in_head, self._length = True, 0
        super().on_message_complete()


class InOrder(uvicorn.Server):
    """Says its address once it answers; stopped by a signal it has ended well."""

    def __init__(self, config: uvicorn.Config, says: str) -> None:
        super().__init__(config)
        self._says = says

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """uvicorn would die of the signal after it has stopped in order."""
        super().handle_exit(sig, frame)
        self._captured_signals.clear()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then prints the address."""
        await super().startup(sockets)
        print(self._says, flush=True)
