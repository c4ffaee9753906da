"""The nursery: a process that loads the data once and forks a worker in a millisecond when the server asks.

The server and the nursery talk over a SEQPACKET socket, one JSON object a packet:

    nursery → {"ready": {…}} | {"failed": sentence} | {"born": token, "pid": n} | {"dead": pid, "status": n}
    server  → {"fork": token} with the worker's end of a socket pair | {"kill": pid}

It is the parent of the workers, so a pid it kills can be no other process's.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
from typing import Any

from tjkg.errors import TjkgError
from tjkg.web.settings import Settings
from tjkg.web.stores import Stores
from tjkg.web.tasks import load_all
from tjkg.web.worker import serve

__all__ = ["Nursery", "main"]


class Nursery:
    """control: the socket to the server; prepared: what is made once is made before the first worker."""

    def __init__(self, control: socket.socket, settings: Settings, *, prepared: bool) -> None:
        self._control, self._settings, self._prepared = control, settings, prepared
        self._children: set[int] = set()
        self._woken, self._waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def _tell(self, **message: Any) -> None:
        self._control.send(json.dumps(message, ensure_ascii=False).encode())

    def _load(self) -> Stores | None:
        try:
            stores = Stores(self._settings.plan, self._settings.on)
            if self._prepared:
                load_all()
                stores.prepare()
        except TjkgError as error:
            self._tell(failed=error.sentence())
            return None
        _settle()
        self._tell(ready={
            "plan": stores.plan, "triples": stores.triples,
            "editions": [e._asdict() for e in stores.editions],
        })
        return stores

    def run(self) -> int:
        """Forks and buries until the server closes the socket; the exit code."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        stores = self._load()
        if stores is None:
            return 2
        control = self._control.fileno()
        while True:
            ready, _, _ = select.select([control, self._woken], [], [])
            if self._woken in ready:
                os.read(self._woken, 4096)
                self._bury()
            if control in ready:
                data, handles, _, _ = socket.recv_fds(self._control, 4096, 1)
                if not data:
                    self._leave()
                    return 0
                message = json.loads(data)
                if "fork" in message:
                    self._fork(str(message["fork"]), handles[0], stores)
                elif message["kill"] in self._children:
                    os.kill(message["kill"], signal.SIGKILL)

    def _leave(self) -> None:
        """The server is gone or needs no more: nothing is left behind."""
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def _bury(self) -> None:
        for pid in list(self._children):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                self._children.discard(pid)
                self._tell(dead=pid, status=os.waitstatus_to_exitcode(status))

    def _fork(self, token: str, handle: int, stores: Stores) -> None:
        channel = socket.socket(fileno=handle)
        pid = os.fork()
        if pid == 0:
            self._be_worker(channel, stores)
        channel.close()
        self._children.add(pid)
        self._tell(born=token, pid=pid)

    def _be_worker(self, channel: socket.socket, stores: Stores) -> None:
        """Never returns: the child must not go on as a nursery."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._control.close()
            os.close(self._woken)
            os.close(self._waker)
            code = serve(channel, stores, self._settings)
        finally:
            if sys.exc_info()[1] is not None:
                sys.excepthook(*sys.exc_info())  # for the operator; the client hears one sentence
            sys.stderr.flush()
            os._exit(code)


def _settle() -> None:
    """What is loaded is never collected, so its pages stay shared."""
    gc.collect()
    gc.freeze()


def main() -> int:
    """Socket on standard input; arguments: settings, `prepared` or `at once`."""
    control = socket.socket(fileno=os.dup(0))
    os.set_inheritable(control.fileno(), False)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # what a library prints is not for the server's standard output
    try:
        return Nursery(control, Settings.read(sys.argv[1]), prepared=sys.argv[2] == "prepared").run()
    except ConnectionError:  # the server is gone
        return 0


if __name__ == "__main__":
    sys.exit(main())
