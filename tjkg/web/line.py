"""A waiting line that is fair between clients: each in turn, however many one of them sends."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

__all__ = ["Line"]

T = TypeVar("T")


class Line(Generic[T]):
    """bound: how many may wait in all; a client may fill half of it."""

    def __init__(self, bound: int) -> None:
        self._bound, self._each = bound, max(1, bound // 2)
        self._of: dict[str, deque[T]] = {}  # in the order of their turns
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return (item for waiting in list(self._of.values()) for item in list(waiting))

    def put(self, client: str, item: T, *, first: bool = False) -> bool:
        """Whether there was room. first: at the head of the client's own line."""
        waiting = self._of.get(client)
        if self._count >= self._bound or (waiting is not None and len(waiting) >= self._each):
            return False
        if waiting is None:
            waiting = self._of[client] = deque()
        (waiting.appendleft if first else waiting.append)(item)
        self._count += 1
        return True

    def take(self, allowed: Callable[[str], bool] = lambda client: True) -> T | None:
        """The first item of the client whose turn it is, among the allowed ones; None: nobody waits."""
        for client, waiting in self._of.items():
            if allowed(client):
                item = waiting.popleft()
                del self._of[client]
                if waiting:
                    self._of[client] = waiting
                self._count -= 1
                return item
        return None

    def drop(self, client: str, item: T) -> bool:
        """Takes an item out wherever it stands; whether it was there."""
        waiting = self._of.get(client)
        if waiting is None or item not in waiting:
            return False
        waiting.remove(item)
        if not waiting:
            del self._of[client]
        self._count -= 1
        return True
