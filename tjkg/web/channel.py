"""A worker's socket in the event loop: one request out, one reply back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

from tjkg.web.frames import Head, Unpacker

__all__ = ["Channel"]


class Channel(asyncio.Protocol):
    """`on_reply` is called with (head, body) of each reply; `when_lost` with nothing once the other end is gone."""

    def __init__(self) -> None:
        self._unpacker = Unpacker()
        self._transport: asyncio.Transport | None = None
        self._lost: list[Callable[[], None]] = []
        self.gone = False
        self.on_reply: Callable[[Head, bytes], None] = lambda head, body: None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The loop has the socket."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by class

    def data_received(self, data: bytes) -> None:
        """Bytes of a reply."""
        for head, body in self._unpacker.feed(data):
            self.on_reply(head, body)

    def connection_lost(self, exc: Exception | None) -> None:
        """The worker closed its end or died."""
        self.gone = True
        for call in self._lost:
            call()
        self._lost.clear()

    def when_lost(self, call: Callable[[], None]) -> None:
        """Calls when the other end is gone, at once if it is."""
        if self.gone:
            call()
        else:
            self._lost.append(call)

    def send(self, data: bytes) -> None:
        """A packed request."""
        assert self._transport is not None
        self._transport.write(data)

    def close(self) -> None:
        """Nothing more is heard."""
        self.on_reply = lambda head, body: None
        if self._transport is not None:
            self._transport.abort()
