"""Messages between the server and its workers: a small JSON head and a body of bytes, with their lengths."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from typing import Any

__all__ = ["Head", "Unpacker", "pack", "receive", "send"]

Head = dict[str, Any]
_LENGTHS = struct.Struct(">II")


def pack(head: Head, body: bytes = b"") -> bytes:
    """One message."""
    data = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(data), len(body)) + data + body


class Unpacker:
    """Takes bytes as they come, gives whole messages."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Head, bytes]]:
        """The messages that these bytes complete."""
        held = self._held
        held += data
        while len(held) >= _LENGTHS.size:
            head, body = _LENGTHS.unpack_from(held)
            middle, end = _LENGTHS.size + head, _LENGTHS.size + head + body
            if len(held) < end:
                return
            message = json.loads(held[_LENGTHS.size:middle]), bytes(held[middle:end])
            del held[:end]
            yield message


def _exactly(channel: socket.socket, count: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < count:
        piece = channel.recv(count - len(pieces))
        if not piece:
            raise EOFError
        pieces += piece
    return bytes(pieces)


def receive(channel: socket.socket) -> tuple[Head, bytes]:
    """The next message of a blocking socket. Raises EOFError when the other side is gone."""
    first = channel.recv(65536)  # a request nearly always comes whole
    while len(first) < _LENGTHS.size:
        if not first:
            raise EOFError
        first += _exactly(channel, _LENGTHS.size - len(first))
    head, body = _LENGTHS.unpack_from(first)
    whole = _LENGTHS.size + head + body
    if len(first) < whole:
        first += _exactly(channel, whole - len(first))
    return json.loads(first[_LENGTHS.size:_LENGTHS.size + head]), first[_LENGTHS.size + head:whole]


def send(channel: socket.socket, head: Head, body: bytes = b"") -> None:
    """One message on a blocking socket."""
    channel.sendall(pack(head, body))
