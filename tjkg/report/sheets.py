"""Rows as an Excel workbook: headings fixed, wide columns wrapped, no formula from data."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

__all__ = ["rows_xlsx", "workbook"]

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDEST = 60


def workbook(sheets: Iterable[tuple[str, Sequence[str], Sequence[Sequence[object]]]]) -> bytes:
    """A workbook of (sheet name, columns, rows)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, columns, rows in sheets:
        sheet = book.create_sheet(name[:31])
        sheet.append(list(columns))
        for row in rows:
            sheet.append([_cell(v) for v in row])
        for line in sheet.iter_rows(min_row=2):
            for cell in line:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.data_type = "s"  # text that looks like a formula stays text
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for number, column in enumerate(columns, 1):
            widest = max([len(str(column)) * 2, *(len(str(r[number - 1] or "")) * 2 for r in rows)], default=8)
            sheet.column_dimensions[get_column_letter(number)].width = min(widest + 2, _WIDEST)
            sheet.cell(1, number).font = Font(bold=True)
        sheet.freeze_panes = "A2"
        if rows:
            sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: object) -> object:
    if value is None or isinstance(value, (int, float)):
        return value
    return _ILLEGAL.sub("", str(value))


def rows_xlsx(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of one sheet."""
    return workbook([("result", columns, rows)])
