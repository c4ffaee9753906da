"""A canonical text as an office would hand it over: Word, Excel, a government web page."""

from __future__ import annotations

from dataclasses import dataclass

from tjkg.read.blocks import Row, Table, blocks
from tjkg.records import Source

__all__ = ["Cells", "pieces"]


@dataclass(frozen=True)
class Cells:
    """A table as rows of cells; a row of one cell is a sub-heading over the whole width."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        return len(self.rows[0])

    def merged_down(self, row: int, column: int) -> int:
        """How many rows below have an empty cell in this column: the writers merge those with it."""
        count = 0
        while row + count + 1 < len(self.rows):
            below = self.rows[row + count + 1]
            if len(below) != self.width or below[column]:
                break
            count += 1
        return count


def _cells(table: Table) -> Cells:
    rows = [tuple(c.text for c in table.header.cells)]
    for row in table.rows:
        rows.append(tuple(c.text for c in row.cells) if isinstance(row, Row) else (row.span.text,))
    return Cells(tuple(rows))


def pieces(text: str) -> list[str | Cells]:
    """The lines (blank ones too) and tables of a canonical text, in order."""
    source = Source(text)
    lines = text.split("\n")
    found: list[str | Cells] = []
    done = 0
    for block in blocks(source):
        if isinstance(block, Table):
            first = block.header.lines[0]
            found += lines[done : first - 1]
            found.append(_cells(block))
            last = block.rows[-1] if block.rows else block.header
            done = source.line_at(last.span.end)
    return found + lines[done:]
