"""Many applicants at once: criteria as SQL text, streamed over a table of people."""

from __future__ import annotations

from tjkg.batch.columns import ColumnMap, read_mapping
from tjkg.batch.sql import service_sql
from tjkg.batch.stream import Summary, run

__all__ = ["ColumnMap", "Summary", "read_mapping", "run", "service_sql"]
