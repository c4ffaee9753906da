"""The server's side of the nursery: starts it, asks it for workers, hears of their ends, starts another when it dies."""

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

__all__ = ["Breeder", "Worker"]

_START = 60.0  # seconds the data may take to load


class Worker:
    """A worker as the server sees it; `ended` is its exit status (None: not known) once it is gone."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.channel = Channel()
        self.born: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[int | None] = loop.create_future()
        self.pid = 0
        self.job: Any = None
        self.since = 0.0
        self.slow = False
        self.last = False  # its next reply is its last


class Breeder:
    """Makes workers. `facts`: what the nursery says of the data; `loads`: how often it was started."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tokens = itertools.count(1)
        self._unborn: dict[str, Worker] = {}
        self._living: dict[int, Worker] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._ready: asyncio.Future[None] | None = None
        self._closing = False
        self.facts: dict[str, Any] = {}
        self.loads = 0
        self.on_ready: Callable[[], None] = lambda: None
        self.on_warm: Callable[[], None] = lambda: None  # workers forked from now on have everything ready

    @property
    def alive(self) -> bool:
        """Whether workers can be had."""
        return self._control is not None and self._ready is not None and self._ready.done()

    async def start(self) -> None:
        """Starts the nursery and waits until the data are loaded. Raises DataError when they cannot be."""
        self._launch()
        assert self._ready is not None
        await asyncio.wait_for(asyncio.shield(self._ready), _START)

    def _launch(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        loop = asyncio.get_running_loop()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tjkg.web.nursery", self._settings.text()], stdin=theirs.fileno()
        )
        theirs.close()
        self._control, self._ready = ours, loop.create_future()
        self.loads += 1
        loop.add_reader(ours.fileno(), self._hear)

    def _hear(self) -> None:
        assert self._control is not None and self._ready is not None
        while True:
            try:
                data = self._control.recv(65536)
            except BlockingIOError:
                return
            except ConnectionError:
                data = b""
            if not data:
                self._lost()
                return
            message = json.loads(data)
            if "ready" in message:
                self.facts = message["ready"]
                self._ready.set_result(None)
                self.on_ready()
            elif "failed" in message:
                self._ready.set_exception(DataError(message["failed"]))
            elif "warm" in message:
                self.on_warm()
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
        assert self._control is not None and self._process is not None and self._ready is not None
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._control.fileno())
        self._control.close()
        self._control = None
        loop.run_in_executor(None, self._process.wait)  # it is dead already, or dying
        for unborn in self._unborn.values():
            unborn.born.cancel()
        self._unborn.clear()
        for worker in self._living.values():
            worker.channel.when_lost(partial(_set, worker.ended, None))
        self._living.clear()
        if not self._ready.done():
            self._ready.set_exception(DataError("数据没有装入", cure="请看服务器的错误输出"))
        elif not self._closing:
            loop.call_later(min(0.2 * self.loads, 5.0), self._again)

    def _again(self) -> None:
        if not self._closing and self._control is None:
            self._launch()
            assert self._ready is not None
            self._ready.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def worker(self) -> Worker:
        """A new worker. Raises ConnectionError when the nursery dies meanwhile."""
        if self._control is None:
            raise ConnectionError("no nursery")
        loop = asyncio.get_running_loop()
        token, worker = str(next(self._tokens)), Worker(loop)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.setblocking(False)
        self._unborn[token] = worker
        with theirs:
            socket.send_fds(self._control, [json.dumps({"fork": token}).encode()], [theirs.fileno()])
        await loop.create_unix_connection(lambda: worker.channel, sock=ours)
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

    async def close(self) -> None:
        """Lets the nursery go; workers go when their channels are closed."""
        self._closing = True
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            self._control.close()
            self._control = None
        if self._process is None:
            return
        end = time.monotonic() + 2
        while self._process.poll() is None and time.monotonic() < end:
            await asyncio.sleep(0.01)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def _set(future: asyncio.Future[int | None], status: int | None) -> None:
    if not future.done():
        future.set_result(status)
