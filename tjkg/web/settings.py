"""What the server allows: one record, from the command line to the workers."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field

__all__ = ["Settings"]

MIB = 1024 * 1024


def _cores() -> int:
    return max(2, len(os.sched_getaffinity(0)))


@dataclass(frozen=True)
class Settings:
    """The limits of the server.

    plan, on: edition in use, or the ISO date that chooses it (default the latest);
    workers: processes for quick requests; slow: further ones for requests that took more than `quick_seconds` of a
    processor;
    time_limit: seconds a request may run; memory: bytes of address space a request may add;
    rows, size: of a query's result (rows, bytes), beyond which it is cut off and says so;
    queue: requests that may wait, half of them from one address; patience: seconds a request waits at most;
    prepare: whether what answers questions is made ready soon after the start, not with the first question;
    body: bytes a request may bring; drain: seconds that running requests get when the server stops;
    log_queries: whether the access log shows what was asked.
    """

    plan: str | None = None
    on: str | None = None
    workers: int = field(default_factory=_cores)
    slow: int = field(default_factory=lambda: 2 * _cores())
    quick_seconds: float = 0.3
    time_limit: float = 10.0
    memory: int = 1024 * MIB
    rows: int = 100_000
    size: int = 16 * MIB
    queue: int = 512
    patience: float = 20.0
    prepare: bool = True
    body: int = 256 * 1024
    drain: float = 12.0
    log_queries: bool = False

    def text(self) -> str:
        """As one line of JSON, for another process."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Settings:
        """From that line."""
        return cls(**json.loads(text))
