"""What a worker can do: one table, task → function of (edition, arguments)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from tjkg.web.api_tasks import API_TASKS
from tjkg.web.data_tasks import DATA_TASKS
from tjkg.web.edition import EditionData
from tjkg.web.page_tasks import PAGE_TASKS
from tjkg.web.pages.table import READING_TASKS
from tjkg.web.query_task import query
from tjkg.web.replies import Reply

__all__ = ["TASKS"]

TASKS: Mapping[str, Callable[[EditionData, dict[str, Any]], Reply]] = MappingProxyType({
    "query": query, **API_TASKS, **DATA_TASKS, **PAGE_TASKS, **READING_TASKS,
})
