"""What a worker can do: task → function of (edition, arguments), from the rooms that have them, when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from tjkg.web.edition import EditionData
from tjkg.web.replies import Reply

__all__ = ["Task", "load_all", "task"]

Task = Callable[[EditionData, dict[str, Any]], Reply]

# modules and their tables, the lightest first: a server that has just started answers queries at once
_ROOMS = (
    ("query_task", "QUERY_TASKS"), ("data_tasks", "DATA_TASKS"), ("api_tasks", "API_TASKS"), ("page_tasks", "PAGE_TASKS"),
    ("pages.table", "READING_TASKS"),
)


def _table(room: str, name: str) -> dict[str, Task]:
    table: dict[str, Task] = getattr(import_module(f"tjkg.web.{room}"), name)
    return table


@cache
def task(name: str) -> Task:
    """The function of a task. Raises KeyError for one that no room has: a fault of the server's own."""
    for room in _ROOMS:
        if name in (table := _table(*room)):
            return table[name]
    raise KeyError(name)


def load_all() -> None:
    """Imports every room."""
    for room in _ROOMS:
        _table(*room)
