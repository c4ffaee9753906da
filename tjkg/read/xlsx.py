"""Excel (.xlsx) → canonical text: a sheet is a table, or paragraphs and tables one below the other.

A workbook that `report.xlsx` wrote has a sheet 原文 with every line of the text and, where a table
stands, the name of its sheet: reading it gives back the text. Any other workbook is read sheet by
sheet: rows of one cell above a header are lines (the sheet's name where there are none), merged cells
come out once, hidden sheets and rows are left out. Formulas come as the values last computed.
"""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tjkg.errors import InputError
from tjkg.read.canonical import Piece, canonical, row_text
from tjkg.read.grid import Slot, table

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["TEXT_HEADER", "TEXT_SHEET", "text_of"]

TEXT_SHEET = "原文"  # the sheet that puts the others in order
TEXT_HEADER = ("行", "原文", "工作表")

# what the libraries raise on a package whose parts are missing, cut off or not what they should be
BROKEN = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, struct.error, etree.LxmlError, SyntaxError,
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError,
    RuntimeError, TypeError, ValueError,
)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # ECMA-376-1, 22.9.2.19 ST_Xstring
_PLAIN_NAME = re.compile(r"(Sheet|工作表|表)\s*\d*")  # says nothing of what the sheet holds


def _number(value: float | int, form: str) -> str:
    if "%" in form:
        return f"{(Decimal(str(value)) * 100).normalize():f}%"
    return f"{Decimal(str(value)).normalize():f}" if isinstance(value, float) else str(value)


def _text(cell: Cell | MergedCell) -> str:
    """A cell's value as it is shown, as far as its value tells."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return _number(value, str(cell.number_format))
    if isinstance(value, (datetime, date)):
        return f"{value.year}年{value.month}月{value.day}日"
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), str(value))


def _merged(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int, int]]:
    """(row, column) of every merged cell → first row, first column and width of its range."""
    found = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, min(area.max_row, sheet.max_row) + 1):
            for column in range(area.min_col, area.max_col + 1):
                found[row, column] = (area.min_row, area.min_col, area.max_col - area.min_col + 1)
    return found


def _slots(sheet: Worksheet) -> Iterator[list[Slot]]:
    merged = _merged(sheet)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if sheet.row_dimensions[number].hidden:
            continue
        row = []
        for column, cell in enumerate(cells, 1):
            top, left, width = merged.get((number, column), (number, column, 1))
            if column == left:
                row.append(Slot(_text(cell), left, width, covered=top != number))
        yield row


def _narrow(rows: list[list[Slot]]) -> list[list[Slot]]:
    """Rows without the empty columns right of everything."""
    end = max((s.start + s.span for row in rows for s in row if s.text.strip()), default=0)
    return [[s for s in row if s.start < end] for row in rows]


def _sheet(sheet: Worksheet) -> Iterator[Piece]:
    """The pieces of a sheet: blank rows part it, prose and tables follow as they stand."""
    blocks: list[list[list[Slot]]] = [[]]
    for row in _slots(sheet):
        if any(s.text.strip() or s.covered for s in row):
            blocks[-1].append(row)
        elif blocks[-1]:
            blocks.append([])
    pieces = [table(_narrow(block)) for block in blocks if block]
    if pieces and not isinstance(pieces[0][0], str) and not _PLAIN_NAME.fullmatch(sheet.title):
        yield sheet.title
    for i, part in enumerate(pieces):
        if i:
            yield ""
        yield from part


# ---------------------------------------------------------------- the workbook of `report.xlsx`


def _is_ours(book: Workbook) -> bool:
    if TEXT_SHEET not in book.sheetnames:
        return False
    return tuple(c.value for c in book[TEXT_SHEET][1])[:3] == TEXT_HEADER


def _cells(cells: tuple[Cell | MergedCell, ...]) -> str | list[str]:
    """A row of a table's sheet: a line where it is merged, else its cells (those with a frame)."""
    texts = [_text(c).replace("\r\n", "\n").replace("\t", " ") for c in cells]
    if any(type(c).__name__ == "MergedCell" for c in cells):
        return texts[0]
    used = max((i for i, c in enumerate(cells, 1) if c.has_style or c.value is not None), default=0)
    return texts[:used]


def _table(sheet: Worksheet) -> Iterator[str]:
    rows = [_cells(row) for row in sheet.iter_rows()]
    for row, below in zip(rows, [*rows[1:], ""], strict=True):
        if isinstance(row, str):
            yield row
        elif any("\n" in cell for cell in row):
            yield row_text(row, row_below=isinstance(below, list))
        else:
            yield "\t".join(row)


def _ordered(book: Workbook, name: str) -> Iterator[str]:
    for number, cells in enumerate(book[TEXT_SHEET].iter_rows(min_row=2), 2):
        text, sheet = (_text(c) for c in cells[1:3])
        if not sheet:
            yield text.replace("\r\n", "\n")
        elif sheet not in book.sheetnames:
            raise InputError(
                f"找不到工作表“{sheet}”", where=f"{name}：{TEXT_SHEET}!C{number}",
                cure="请恢复该表，或清空这一格",
            )
        else:
            yield from _table(book[sheet])


def text_of(data: bytes, name: str) -> str:
    """The canonical text of an .xlsx file's bytes.

    Raises:
        InputError: Excel's parts are damaged, or the sheet 原文 names a sheet that is not there.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations it leaves out
            book = load_workbook(BytesIO(data), data_only=True)
    except BROKEN as error:
        raise InputError(
            f"Excel 文件的内部已损坏（{type(error).__name__}）", where=name, cure="请用 Excel 打开后另存再试"
        ) from None
    if _is_ours(book):
        return "\n".join(_ordered(book, name))
    pieces: list[Piece] = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            pieces += [*_sheet(sheet), ""]
    return canonical(pieces)
