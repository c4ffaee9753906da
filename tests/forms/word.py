"""A canonical text as a Word file with really merged cells."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.table import Table, _Cell

from tests.forms import Cells, pieces

__all__ = ["add_table", "save_docx"]


def _fill(cell: _Cell, text: str) -> None:
    first, *rest = text.split("\n")
    cell.paragraphs[0].add_run(first)
    for line in rest:
        cell.add_paragraph(line)


def add_table(document: Word, cells: Cells) -> Table:
    """The table with sub-headings merged over the width and empty cells merged with the one above."""
    table: Table = document.add_table(rows=len(cells.rows), cols=cells.width)
    grid = [list(row.cells) for row in table.rows]
    for i, row in enumerate(cells.rows):
        if len(row) == 1:
            _fill(grid[i][0].merge(grid[i][-1]), row[0])
            continue
        for j, text in enumerate(row):
            if text or not i:
                down = cells.merged_down(i, j)
                _fill(grid[i][j].merge(grid[i + down][j]) if down else grid[i][j], text)
    return table


def save_docx(text: str, path: Path) -> Path:
    """The text as .docx; returns the path."""
    document = Document()
    for piece in pieces(text):
        if isinstance(piece, Cells):
            add_table(document, piece)
        else:
            document.add_paragraph(piece)
    document.save(str(path))
    return path
