"""The server's side of one nursery: starts the process, asks it for workers, hears of their births and ends."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from tjkg.errors import DataError
from tjkg.web.channel import Channel
from tjkg.web.settings import Settings

__all__ = ["Nurse", "Worker"]


class Worker:
    """A worker as the server sees it; `ended` is its exit status (None: not known) once it is gone."""

    def __init__(self, nurse: Nurse) -> None:
        loop = asyncio.get_running_loop()
        self.nurse = nurse
        self.channel = Channel()
        self.born: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[int | None] = loop.create_future()
        self.pid = 0
        self.job: Any = None
        self.since = 0.0
        self.spent = 0.0  # seconds of a processor it had used when it got its job
        self.slow = False
        self.last = False  # its next reply is its last

    def kill(self) -> None:
        """Ends it at once; `ended` will be set."""
        self.nurse.kill(self)


class Nurse:
    """One nursery process; make it inside the event loop, which starts the process.

    prepared: it makes everything that is made once before it is ready; on_lost: called when it dies.
    """

    def __init__(self, settings: Settings, *, prepared: bool, on_lost: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        mode = "prepared" if prepared else "at once"
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tjkg.web.nursery", settings.text(), mode], stdin=theirs.fileno()
            )
        self._control: socket.socket | None = ours
        self._on_lost = on_lost
        self._tokens = itertools.count(1)
        self._unborn: dict[str, Worker] = {}
        self._living: dict[int, Worker] = {}
        self.ready: asyncio.Future[dict[str, Any]] = loop.create_future()
        loop.add_reader(ours.fileno(), self._hear)

    @property
    def alive(self) -> bool:
        """Whether workers can be had."""
        return self._control is not None and self.ready.done() and self.ready.exception() is None

    @property
    def children(self) -> int:
        """How many workers of it live or are being born."""
        return len(self._living) + len(self._unborn)

    def _hear(self) -> None:
        while self._control is not None:
            try:
                data = self._control.recv(65536)
            except BlockingIOError:
                return
            except ConnectionError:
                data = b""
            if not data:
                self._lost()
                return
            self._heard(json.loads(data))

    def _heard(self, message: dict[str, Any]) -> None:
        if "ready" in message:
            self.ready.set_result(message["ready"])
        elif "failed" in message:
            self.ready.set_exception(DataError(message["failed"]))
        elif "born" in message:
            worker = self._unborn.pop(message["born"])
            worker.pid = message["pid"]
            self._living[worker.pid] = worker
            if not worker.born.done():
                worker.born.set_result(None)
        elif dead := self._living.pop(message["dead"], None):
            _set(dead.ended, message["status"])

    def _lost(self) -> None:
        """The nursery is gone: its workers live on, but nobody tells how they end."""
        self._hang_up()
        for unborn in self._unborn.values():
            unborn.born.cancel()
        self._unborn.clear()
        for worker in self._living.values():
            worker.channel.when_lost(partial(_set, worker.ended, None))
        self._living.clear()
        if not self.ready.done():
            self.ready.set_exception(DataError("数据没有装入", cure="请看服务器的错误输出"))
        asyncio.get_running_loop().run_in_executor(None, self._process.wait)
        self._on_lost()

    def _hang_up(self) -> None:
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            self._control.close()
            self._control = None

    async def worker(self) -> Worker:
        """A new worker. Raises ConnectionError when the nursery is gone or dies meanwhile."""
        if self._control is None:
            raise ConnectionError("no nursery")
        token, worker = str(next(self._tokens)), Worker(self)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.setblocking(False)
        self._unborn[token] = worker
        with theirs:
            try:
                socket.send_fds(self._control, [json.dumps({"fork": token}).encode()], [theirs.fileno()])
            except OSError:
                ours.close()
                self._unborn.pop(token, None)
                raise ConnectionError("the nursery is gone") from None
        await asyncio.get_running_loop().create_unix_connection(lambda: worker.channel, sock=ours)
        try:
            await worker.born
        except asyncio.CancelledError:
            worker.channel.close()
            raise ConnectionError("the nursery is gone") from None
        return worker

    def kill(self, worker: Worker) -> None:
        """Ends a worker at once; its `ended` will be set."""
        worker.channel.close()
        if self._control is not None and worker.pid in self._living:
            with suppress(OSError):
                self._control.send(json.dumps({"kill": worker.pid}).encode())
        else:  # its parent is gone: the pid is not reused before init has buried it
            with suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)
            _set(worker.ended, None)

    async def close(self, patience: float = 2.0) -> None:
        """Lets the nursery go, after some seconds by force; workers go when their channels are closed."""
        self._hang_up()
        end = time.monotonic() + patience
        while self._process.poll() is None and time.monotonic() < end:
            await asyncio.sleep(0.01)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if not self.ready.done():
            self.ready.cancel()


def _set(future: asyncio.Future[int | None], status: int | None) -> None:
    if not future.done():
        future.set_result(status)
