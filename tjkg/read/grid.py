"""Cells with spans, as Word and web pages have them → rows as wide as their header.

A cell merged downwards comes out once, with an empty cell under it in each further row; a cell merged
over the whole width is a sub-heading. Hidden grid lines (cells of one row shifted against those of
the next) do not matter: a row with as many cells as the header is taken cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tjkg.read.canonical import Grid, Piece

__all__ = ["Slot", "table"]

# 一、… （一）… : a line of text alone in its row that is numbered like a heading; 注：… under a table
_HEADING = re.compile(r"\s*([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|注[：:]|附注)")
_LEAST_COLUMNS = 3


@dataclass(frozen=True)
class Slot:
    """A cell of one row: text, first grid column, columns it spans; covered: by a cell above."""

    text: str
    start: int
    span: int = 1
    covered: bool = False


Row = Sequence[Slot]


def _end(row: Row) -> int:
    return max((s.start + s.span for s in row), default=0)


def _heading(row: Row, width: int) -> str | None:
    """The text of a row that is one line: one cell, merged over the width, or numbered as a heading."""
    filled = [s for s in row if s.text.strip()]
    if len(filled) != 1 or any(s.covered for s in row):
        return None
    (only,) = filled
    alone = len(row) == 1 or only.span >= width
    return only.text if alone or (only is row[0] and _HEADING.match(only.text)) else None


def _overlap(a: Slot, b: Slot) -> bool:
    return a.start < b.start + b.span and b.start < a.start + a.span


def _filled(row: Row) -> int:
    return sum(bool(s.text.strip()) for s in row)


def _cells(row: Row, header: Row) -> tuple[str, ...]:
    """The row's texts under the header's columns; a row too short stays short."""
    if len(row) == len(header) or _end(row) < _end(header) or _end(row) > _end(header):
        return tuple("" if s.covered else s.text for s in row)
    cells = [""] * len(header)
    for slot in row:
        under = [i for i, h in enumerate(header) if _overlap(h, slot)]
        at = next((i for i in under if not cells[i]), under[-1])
        if not slot.covered:
            cells[at] = f"{cells[at]}\n{slot.text}" if cells[at] else slot.text
    return tuple(cells)


def table(rows: Sequence[Row]) -> list[Piece]:
    """The pieces of a table: lines above its header (title, 单位：元), then the grid.

    A table of one column is lines only; one without a row of at least three cells has no header and
    keeps its rows as they are.
    """
    rows = [row for row in rows if any(s.text.strip() or s.covered for s in row)]
    width = max((_end(row) for row in rows), default=0)
    head = next((i for i, row in enumerate(rows) if _filled(row) >= _LEAST_COLUMNS), None)
    if head is None or width < _LEAST_COLUMNS:
        lines = ["\n".join(s.text for s in row if s.text.strip()) for row in rows]
        return [line for line in lines if line.strip()]
    pieces: list[Piece] = []
    for row in rows[:head]:
        pieces.append("\n".join(s.text.strip("\n") for s in row if s.text.strip()))
    header = rows[head]
    body: list[tuple[str, ...] | str] = [tuple(s.text for s in header)]
    for row in rows[head + 1 :]:
        heading = _heading(row, width)
        body.append(_cells(row, header) if heading is None else heading)
    return [*pieces, Grid(tuple(body))]
