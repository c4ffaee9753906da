"""The tables of a canonical text as an office keeps them in Excel: a sheet a table, cells really merged."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms import Cells, pieces

__all__ = ["save_xlsx"]


def save_xlsx(text: str, path: Path) -> Path:
    """The tables as .xlsx, each with its title in a merged row above; prose is left out. Returns the path."""
    book = Workbook()
    del book[book.sheetnames[0]]
    above = ""
    for piece in pieces(text):
        if isinstance(piece, str):
            above = piece
            continue
        sheet = book.create_sheet(above.replace("“", "").replace("”", "")[:31])
        for i, row in enumerate(((above,), *piece.rows), 1):
            sheet.append(list(row))
            if len(row) == 1:
                sheet.merge_cells(start_row=i, end_row=i, start_column=1, end_column=piece.width)
        _merge_down(piece, sheet)
    book.save(path)
    return path


def _merge_down(cells: Cells, sheet: Worksheet) -> None:
    for i, row in enumerate(cells.rows):
        for j, text in enumerate(row if i else ()):
            down = cells.merged_down(i, j) if text and len(row) > 1 else 0
            if down:
                sheet.merge_cells(start_row=i + 2, end_row=i + 2 + down, start_column=j + 1, end_column=j + 1)
