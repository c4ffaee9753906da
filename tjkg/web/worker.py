"""A worker: one process, forked with the data in memory, that answers one request after another."""

from __future__ import annotations

import resource
import signal
import socket
from math import ceil
from typing import Any

from tjkg.errors import DataError, InputError, NotFoundError, TjkgError
from tjkg.web.frames import receive, send
from tjkg.web.replies import Refused
from tjkg.web.settings import Settings
from tjkg.web.stores import Stores
from tjkg.web.tasks import task as find

__all__ = ["serve"]

_KINDS: dict[type[TjkgError], str] = {InputError: "input", NotFoundError: "missing", DataError: "data"}


def _address_space() -> int:
    """Bytes of address space in use (/proc/self/statm, pages)."""
    with open("/proc/self/statm", encoding="ascii") as table:
        return int(table.read().split()[0]) * resource.getpagesize()


def _bounded(settings: Settings) -> None:
    """Memory beyond what is there now is limited; a parent's Ctrl-C is the parent's."""
    most = _address_space() + settings.memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _answer(stores: Stores, task: str, args: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """(head, body) of the reply: kind `done` with its media type, or the kind of refusal and its sentence."""
    try:
        edition = stores.of(args.pop("plan", None), args.pop("on", None))
        reply = find(task)(edition, args)
    except Refused as error:
        return {"kind": "unacceptable", "what": str(error)}, b""
    except TjkgError as error:
        return {"kind": _KINDS.get(type(error), "data"), "what": error.what, "cure": error.cure}, b""
    except RecursionError:
        return {"kind": "input", "what": "查询嵌套得太深", "cure": "请简化查询"}, b""
    except MemoryError:
        return {"kind": "memory"}, b""
    return {"kind": "done", "media": reply.media, "cut": reply.cut}, reply.body


def serve(channel: socket.socket, stores: Stores, settings: Settings) -> int:
    """Answers until the server closes the channel; the exit code.

    A request that runs past the time limit ends the process even when the server is gone (SIGALRM).
    """
    _bounded(settings)
    patience = ceil(settings.time_limit) + 1
    while True:
        try:
            head, _ = receive(channel)
            signal.alarm(patience)
            reply, body = _answer(stores, head.pop("task"), head)
            signal.alarm(0)
            send(channel, reply, body)
        except (EOFError, ConnectionError):
            return 0
