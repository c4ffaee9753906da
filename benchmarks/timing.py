"""Times things in turn (A B C A B C …), so that a machine that drifts slows all alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median

__all__ = ["in_turn", "table"]


def in_turn(
    tasks: Mapping[str, Callable[[], object]], runs: int, fewer: Mapping[str, int] | None = None
) -> dict[str, list[float]]:
    """Seconds of each run by task, after one run of each that is not counted; fewer: runs of slow ones."""
    for task in tasks.values():
        task()
    found: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(runs):
        for name, task in tasks.items():
            if number < (fewer or {}).get(name, runs):
                start = time.perf_counter()
                task()
                found[name].append(time.perf_counter() - start)
    return found


def table(times: Mapping[str, list[float]], base: str) -> str:
    """Medians in milliseconds and the ratio of each to the base."""
    whole = median(times[base])
    lines = [f"{'':34s} {'median ms':>10s} {'min':>9s} {'max':>9s} {'× ' + base:>18s}"]
    for name, seconds in times.items():
        mid = median(seconds)
        lines.append(
            f"{name:34s} {mid * 1000:10.1f} {min(seconds) * 1000:9.1f} {max(seconds) * 1000:9.1f} {mid / whole:18.2f}"
        )
    return "\n".join(lines)
