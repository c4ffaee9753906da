"""A keeper's hand: what needs reading goes out in a workbook, the decisions come back into the data."""

from __future__ import annotations

from tjkg.review.decisions import Decisions, Mistake, read_decisions
from tjkg.review.known import Known, known
from tjkg.review.tasks import Tasks, dataset_of, tasks
from tjkg.review.workbook import write_workbook
from tjkg.review.writing import apply

__all__ = [
    "Decisions", "Known", "Mistake", "Tasks", "apply", "dataset_of", "known", "read_decisions", "tasks", "write_workbook",
]
