"""Where workers come from: a nursery that is ready at once, then one with everything prepared; another when it dies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tjkg.errors import TjkgError
from tjkg.web.nurse import Nurse, Worker
from tjkg.web.settings import Settings

__all__ = ["Breeder"]

_START = 60.0  # seconds the data may take to load
_WARM = 0.25  # seconds after the start until what takes a second to make is made, in another process
_RETIRED = 0.5  # seconds between looks whether a retired nursery has workers left


class Breeder:
    """Makes workers. `facts`: what the nursery says of the data; `loads`: how often one was started at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._nurse: Nurse | None = None
        self._coming: Nurse | None = None
        self._retired: set[Nurse] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        self.facts: dict[str, Any] = {}
        self.loads = 0
        self.settled = asyncio.Event()  # workers are as prepared as they will be
        if not settings.prepare:
            self.settled.set()
        self.on_ready: Callable[[], None] = lambda: None
        self.on_warm: Callable[[], None] = lambda: None  # workers born from now on have everything prepared

    @property
    def alive(self) -> bool:
        """Whether workers can be had."""
        return self._nurse is not None and self._nurse.alive

    async def start(self) -> None:
        """Starts a nursery and waits until the data are loaded. Raises DataError when they cannot be."""
        await asyncio.wait_for(self._launch(), _START)

    async def _launch(self) -> None:
        self.loads += 1
        nurse = self._nurse = Nurse(self._settings, prepared=False, on_lost=self._lost)
        self.facts = await asyncio.shield(nurse.ready)
        self.on_ready()
        if self._settings.prepare:
            asyncio.get_running_loop().call_later(_WARM, lambda: self._do(self._prepare()))

    def _do(self, what: Any) -> None:
        if self._closing:
            what.close()
            return
        task = asyncio.get_running_loop().create_task(self._quietly(what))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @staticmethod
    async def _quietly(what: Any) -> None:
        """A nursery that fails is followed by another try (`_lost`), or the one there stays."""
        try:
            await what
        except (TjkgError, asyncio.CancelledError):
            return

    async def _prepare(self) -> None:
        """Another nursery with everything made takes over; the first goes when its workers have gone."""
        if self._coming is not None:
            return
        nurse = self._coming = Nurse(self._settings, prepared=True, on_lost=lambda: self._lost_one(nurse))
        try:
            await asyncio.wait_for(asyncio.shield(nurse.ready), _START)
        except (TimeoutError, asyncio.CancelledError):
            await nurse.close(patience=0)
            return
        finally:
            self._coming = None
            self.settled.set()
        before, self._nurse = self._nurse, nurse
        self.on_warm()
        if before is not None:
            self._retired.add(before)
            while before.children and not self._closing:
                await asyncio.sleep(_RETIRED)
            await before.close()
            self._retired.discard(before)

    def _lost_one(self, nurse: Nurse) -> None:
        if nurse is self._nurse:
            self._lost()

    def _lost(self) -> None:
        """The nursery has died after it was ready: there will be another."""
        if self._closing or self._nurse is None or self._nurse.alive:
            return
        if not self._nurse.ready.done() or self._nurse.ready.exception() is None:
            pause = min(0.2 * self.loads, 5.0)
            asyncio.get_running_loop().call_later(pause, lambda: self._do(self._launch()))

    async def worker(self) -> Worker:
        """A new worker. Raises ConnectionError when there is no nursery or it dies meanwhile."""
        if self._nurse is None:
            raise ConnectionError("no nursery")
        return await self._nurse.worker()

    async def close(self) -> None:
        """Lets the nurseries go; workers go when their channels are closed."""
        self._closing = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for nurse in (self._nurse, *self._retired):
            if nurse is not None:
                await nurse.close()
