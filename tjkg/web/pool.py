"""Which worker answers which request: two lanes by measured work, so that slow requests never hold up quick ones.

Every request starts in the quick lane. One that takes more than `quick_seconds` of a processor (a machine that is
busy with other things makes nothing slow) goes to the slow lane: its worker
is taken over there at a lower priority and a new one is forked for the quick lane; when the slow lane is full it is
stopped and waits its turn there. A request known to be slow goes there at once. Both lines are fair between
clients; no client may hold the whole slow lane.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from math import ceil

from tjkg.web.breeder import Breeder
from tjkg.web.frames import Head, pack
from tjkg.web.line import Line
from tjkg.web.nurse import Worker
from tjkg.web.refusals import Broken, Busy, Refusal, TooDeep, TooLarge, TooLong
from tjkg.web.settings import Settings

__all__ = ["Job", "Pool"]

# tasks that need nothing of what is made once; others wait for prepared workers in the first second
AT_ONCE = frozenset({
    "query", "services", "show", "export", "node", "vocabulary", "void", "service-description", "dump", "dumps-page",
    "questions", "question", "about", "api", "editor",
})
_TICK = 0.05  # seconds between looks at the running requests
_PATIENT = 4  # times as long by the clock as by the processor
_NICE = 4  # of the slow lane: about two fifths of a quick worker's share of a core
_PAUSE = 0.5  # seconds before a worker that died unused is replaced
_REMEMBERED = 4096  # slow requests
_OUTSIDE = (-signal.SIGKILL, -signal.SIGTERM, None)  # ends that are not the request's fault


def _spent(pid: int) -> float:
    """Seconds of a processor that a process has used (Linux: clock_getcpuclockid); 0 when it is gone."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


class Job:
    """A request on its way: its packed message, who asked, when, and the future of (head, body)."""

    def __init__(self, client: str, message: bytes, gone: Callable[[], Awaitable[None]] | None) -> None:
        self.client, self.message, self.gone = client, message, gone
        self.key = hash(message)
        self.asked = time.monotonic()
        self.tries = 0
        self.worker: Worker | None = None
        self.watch: asyncio.Task[None] | None = None
        self.reply: asyncio.Future[tuple[Head, bytes]] = asyncio.get_running_loop().create_future()

    def fail(self, why: Refusal) -> None:
        """It gets no answer."""
        if not self.reply.done():
            self.reply.set_exception(why)


class Pool:
    """The workers of a server; make it inside the event loop."""

    def __init__(self, settings: Settings, breeder: Breeder) -> None:
        self._settings, self._breeder = settings, breeder
        breeder.on_ready, breeder.on_warm = self._refill, self._renew
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._unborn = {False: 0, True: 0}  # by lane (slow?)
        self._quick_line: Line[Job] = Line(settings.queue)
        self._slow_line: Line[Job] = Line(settings.queue)
        self._known_slow: OrderedDict[int, None] = OrderedDict()
        self._ticking: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        self.replaced = 0

    # ------------------------------------------------------------ asking

    async def run(
        self, head: Head, client: str = "", gone: Callable[[], Awaitable[None]] | None = None
    ) -> tuple[Head, bytes]:
        """(head, body) of the worker's reply.

        client: who asks (fairness); gone: returns when the client is no longer there (asked only of slow requests).

        Raises:
            Refusal: no answer, with the reason.
        """
        if head["task"] not in AT_ONCE and not self._breeder.settled.is_set():
            with suppress(TimeoutError):  # then an unprepared worker does it as well as it can
                await asyncio.wait_for(self._breeder.settled.wait(), self._settings.patience)
        job = Job(client, pack(head), gone)
        slow = job.key in self._known_slow
        if self._closing or not (self._slow_line if slow else self._quick_line).put(client, job):
            raise self._busy_now(slow)
        self._next()
        try:
            return await job.reply
        finally:
            if not job.reply.done() or job.reply.cancelled():
                self._abandon(job)
            if job.watch is not None:
                job.watch.cancel()

    def _busy_now(self, slow: bool) -> Busy:
        return Busy(ceil(self._settings.time_limit / 2) if slow else 1)

    def _abandon(self, job: Job) -> None:
        """Nobody waits for the answer any more."""
        if job.worker is not None:
            self._dismiss(job.worker)
        else:
            self._quick_line.drop(job.client, job)
            self._slow_line.drop(job.client, job)

    @property
    def state(self) -> dict[str, int]:
        """How many workers are idle and busy, how many requests wait, how many workers were replaced."""
        return {
            "idle": len(self._idle), "busy": len(self._busy), "waiting": len(self._quick_line) + len(self._slow_line),
            "replaced": self.replaced, "loads": self._breeder.loads,
        }

    # ------------------------------------------------------------ giving work

    def _next(self) -> None:
        """Gives idle workers work."""
        while self._idle and (job := self._quick_line.take()):
            self._give(self._idle.pop(), job)
        while self._slow_room() > 0 and (job := self._slow_line.take(self._may_be_slow)):
            self._spawn(slow=True, job=job)

    def _give(self, worker: Worker, job: Job) -> None:
        worker.job, worker.since, worker.spent = job, time.monotonic(), _spent(worker.pid)
        job.worker, job.tries = worker, job.tries + 1
        self._busy.add(worker)
        worker.channel.send(job.message)
        if self._ticking is None:
            self._ticking = asyncio.get_running_loop().call_later(_TICK, self._tick)

    def _replied(self, worker: Worker, head: Head, body: bytes) -> None:
        job: Job = worker.job
        self._busy.discard(worker)
        worker.job = job.worker = None
        if not job.reply.done():
            job.reply.set_result((head, body))
        if worker.slow or worker.last or head["kind"] == "memory":
            self._dismiss(worker)
        else:
            self._idle.append(worker)
        self._next()

    # ------------------------------------------------------------ the slow lane

    def _slow_jobs(self) -> list[Job]:
        return [worker.job for worker in self._busy if worker.slow]

    def _slow_room(self) -> int:
        return self._settings.slow - len(self._slow_jobs()) - self._unborn[True]

    def _may_be_slow(self, client: str) -> bool:
        """No client holds the whole slow lane."""
        held = sum(job.client == client for job in self._slow_jobs())
        return held + self._unborn[True] < max(1, self._settings.slow - 1)

    def _tick(self) -> None:
        """Looks at what runs and what waits."""
        now, limits = time.monotonic(), self._settings
        for worker in list(self._busy):
            age = now - worker.since
            if age > limits.time_limit:
                worker.job.fail(TooLong(limits.time_limit))
                self._dismiss(worker)
            elif not worker.slow and (
                age > _PATIENT * limits.quick_seconds or _spent(worker.pid) - worker.spent > limits.quick_seconds
            ):
                self._demote(worker)
        for line, slow in ((self._quick_line, False), (self._slow_line, True)):
            for job in line:
                if now - job.asked > limits.patience and line.drop(job.client, job):
                    job.fail(self._busy_now(slow))
        waiting = self._busy or len(self._quick_line) or len(self._slow_line)
        self._ticking = asyncio.get_running_loop().call_later(_TICK, self._tick) if waiting else None

    def _demote(self, worker: Worker) -> None:
        """A request has shown to be slow."""
        job: Job = worker.job
        self._known_slow[job.key] = None
        self._known_slow.move_to_end(job.key)
        if len(self._known_slow) > _REMEMBERED:
            self._known_slow.popitem(last=False)
        if job.gone is not None and job.watch is None:
            job.watch = asyncio.get_running_loop().create_task(self._watch(job))
        if self._slow_room() > 0 and self._may_be_slow(job.client):
            worker.slow = True
            with suppress(ProcessLookupError, PermissionError):
                os.setpriority(os.PRIO_PROCESS, worker.pid, _NICE)
            self._spawn(slow=False)
            return
        worker.job = job.worker = None
        job.tries -= 1
        self._dismiss(worker)
        if not self._slow_line.put(job.client, job):
            job.fail(self._busy_now(slow=True))

    async def _watch(self, job: Job) -> None:
        """Stops a slow request whose client has left."""
        assert job.gone is not None
        await job.gone()
        job.reply.cancel()

    # ------------------------------------------------------------ births and deaths

    def _spawn(self, *, slow: bool, job: Job | None = None) -> None:
        self._unborn[slow] += 1
        task = asyncio.get_running_loop().create_task(self._raise(slow, job))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _raise(self, slow: bool, job: Job | None) -> None:
        """A new worker takes its place, or its job."""
        try:
            worker = await self._breeder.worker()
        except ConnectionError:  # `_refill` will be called when there is a nursery again
            if job is not None and not self._slow_line.put(job.client, job, first=True):
                job.fail(self._busy_now(slow))
            return
        finally:
            self._unborn[slow] -= 1
        worker.slow = slow
        worker.channel.on_reply = lambda head, body: self._replied(worker, head, body)
        worker.channel.when_lost(lambda: self._idle.remove(worker) if worker in self._idle else None)
        worker.ended.add_done_callback(lambda ended: self._ended(worker, ended.result()))
        if self._closing:
            worker.kill()
        elif job is None:
            self._idle.append(worker)
            self._next()
        elif job.reply.done():
            self._dismiss(worker)
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.setpriority(os.PRIO_PROCESS, worker.pid, _NICE)
            self._give(worker, job)

    def _dismiss(self, worker: Worker) -> None:
        """Stops a worker on purpose."""
        job: Job | None = worker.job
        if job is not None:
            worker.job = job.worker = None
        self._busy.discard(worker)
        worker.kill()

    def _ended(self, worker: Worker, status: int | None) -> None:
        """A worker is gone: its request is tried once more unless it was to blame; the place is filled."""
        self._busy.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        job: Job | None = worker.job
        if job is not None:
            worker.job = job.worker = None
            self._again(job, status, slow=worker.slow)
        if self._closing:
            return
        self.replaced += 1
        if worker.since == 0.0:  # it never worked: do not hurry into the same end
            asyncio.get_running_loop().call_later(_PAUSE, self._refill)
        else:
            self._refill()
            self._next()

    def _again(self, job: Job, status: int | None, *, slow: bool) -> None:
        if status in _OUTSIDE and job.tries < 2:
            if not (self._slow_line if slow else self._quick_line).put(job.client, job, first=True):
                job.fail(self._busy_now(slow))
        elif status == -signal.SIGALRM:
            job.fail(TooLong(self._settings.time_limit))
        elif status == -signal.SIGABRT:  # Rust aborts when memory cannot be had
            job.fail(TooLarge())
        elif status in (-signal.SIGSEGV, -signal.SIGBUS):
            job.fail(TooDeep())
        else:
            job.fail(Broken())

    def _refill(self) -> None:
        """As many quick workers as there should be."""
        if self._closing or not self._breeder.alive:
            return
        quick = len(self._idle) + sum(not w.slow for w in self._busy) + self._unborn[False]
        for _ in range(self._settings.workers - quick):
            self._spawn(slow=False)

    def _renew(self) -> None:
        """Workers forked before the nursery had everything ready make room for new ones, one by one."""
        for worker in self._busy:
            worker.last = True
        for worker in list(self._idle):
            worker.since = worker.since or time.monotonic()
            self._idle.remove(worker)
            self._dismiss(worker)

    # ------------------------------------------------------------ beginning and end

    async def start(self) -> None:
        """Loads the data and forks the first workers. Raises DataError when the data cannot be loaded."""
        await self._breeder.start()
        await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """Lets running requests end for `drain` seconds, then stops everything."""
        end = time.monotonic() + self._settings.drain
        while (self._busy or len(self._quick_line)) and time.monotonic() < end:
            await asyncio.sleep(0.02)
        self._closing = True
        for job in [*self._quick_line, *self._slow_line]:
            job.fail(self._busy_now(slow=False))
        for worker in [*self._idle, *self._busy]:
            if worker.job is not None:
                worker.job.fail(self._busy_now(slow=False))
            self._dismiss(worker)
        self._idle.clear()
        if self._ticking is not None:
            self._ticking.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._breeder.close()
