"""A plan as an Excel workbook that people can work in and `read` reads back to the same text.

Sheets: 说明 (what this is), 原文 (every line of prose with its number; where a table stands, the name
of its sheet), 清单, 指标, and one sheet a table of standards with its own columns, verbatim. Cells that
exist have a frame, sub-headings are merged over the width; both are how the reader knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tjkg.errors import InputError
from tjkg.parse.form.columns import columns
from tjkg.parse.form.outline import outline
from tjkg.read.blocks import Row, Table, blocks
from tjkg.read.xlsx import TEXT_HEADER, TEXT_SHEET
from tjkg.records import Source

__all__ = ["Sheet", "plan_xlsx", "write_plan_xlsx"]

_ABOUT = "说明"
_KINDS = {"list": "清单", "indicators": "指标"}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # and at most 31 characters (Excel's limits)
_LONGEST_CELL = 32767  # characters of a cell (Excel's limit)
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_THIN = Side(style="thin", color="999999")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")
_BOLD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E8EEF4")
_LINK = Font(color="0563C1", underline="single")


@dataclass(frozen=True)
class Sheet:
    """A further sheet that is not part of the text: name, header, rows."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def _sheet(book: Workbook, wanted: str) -> Worksheet:
    """A sheet with a name that Excel takes; openpyxl numbers a name that is taken."""
    sheet: Worksheet = book.create_sheet(_NOT_IN_NAMES.sub("", wanted).strip("' ")[:28] or "表")
    return sheet


def _put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    cell = sheet.cell(row, column)
    cell.border, cell.alignment = _FRAME, _WRAP
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        cell.value = value
    elif value is not None and value != "":
        text = _UNSAFE.sub(lambda m: f"_x{ord(m[0]):04X}_", str(value))
        if len(text) > _LONGEST_CELL:
            raise InputError(
                f"有{len(text)}个字符，超过 Excel 单元格的上限", where=f"{sheet.title}!{cell.coordinate}",
                cure="请改用其他格式导出",
            )
        cell.value = text
        cell.data_type = "s"  # "=…" is text here, no formula


def _shade(sheet: Worksheet, row: int, column: int) -> None:
    sheet.cell(row, column).font = _BOLD
    sheet.cell(row, column).fill = _SHADE


def _head(sheet: Worksheet, row: int, names: Sequence[str]) -> None:
    for column, name in enumerate(names, 1):
        _put(sheet, row, column, name)
        _shade(sheet, row, column)
    sheet.freeze_panes = f"A{row + 1}"


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _fill_table(sheet: Worksheet, table: Table, lines: Sequence[str], last: int) -> None:
    """The lines of a table, header to last: rows cell by cell, sub-headings merged over the width."""
    width = len(table.header.cells)
    rows = {row.lines[0]: row for row in table.rows if isinstance(row, Row)}
    _head(sheet, 1, [c.text for c in table.header.cells])
    _widths(sheet, [60 // width + 12] * width)
    number, at = table.header.lines[0] + 1, 2
    while number <= last:
        row = rows.get(number)
        cells = [c.text for c in row.cells] if row else lines[number - 1].split("\t")
        for column, text in enumerate(cells, 1):
            _put(sheet, at, column, text)
        if len(cells) == 1:
            sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
            _shade(sheet, at, 1)
        number, at = (row.lines[1] if row else number) + 1, at + 1


def _names(source: Source) -> list[tuple[Table, str]]:
    """The tables of the text and what their sheets are called."""
    found = []
    for section in outline(blocks(source)).sections:
        for table in section.tables:
            cols = columns(table)
            title = table.title.text if table.title else ""
            name = _KINDS.get(cols.kind, section.chapter_title or title) if cols else title
            found.append((table, name))
    return sorted(found, key=lambda pair: pair[0].header.span.start)


def plan_xlsx(source: Source, about: Sequence[tuple[str, str]] = (), more: Iterable[Sheet] = ()) -> bytes:
    """The workbook's bytes.

    source: the canonical text; about: rows of the sheet 说明 (what, value); more: further sheets, which
    reading the workbook back leaves out.

    Raises:
        InputError: a line or cell is longer than Excel allows.
    """
    book = Workbook()
    del book[book.sheetnames[0]]
    front, prose = _sheet(book, _ABOUT), _sheet(book, TEXT_SHEET)
    for row, (key, value) in enumerate(about, 1):
        _put(front, row, 1, key)
        _put(front, row, 2, value)
    _widths(front, (16, 90))
    _head(prose, 1, TEXT_HEADER)
    _widths(prose, (8, 120, 24))
    lines = source.text.split("\n")
    done, at = 0, 2
    for table, wanted in _names(source):
        first = table.header.lines[0]
        end = (table.rows[-1] if table.rows else table.header).span.end
        last = source.line_at(end)
        sheet = _sheet(book, wanted)
        _fill_table(sheet, table, lines, last)
        at = _lines(prose, at, lines[done : first - 1], done)
        _put(prose, at, 1, first)
        _put(prose, at, 2, None)
        _put(prose, at, 3, sheet.title)
        prose.cell(at, 3).hyperlink = f"#'{sheet.title}'!A1"
        prose.cell(at, 3).font = _LINK
        done, at = last, at + 1
    _lines(prose, at, lines[done:], done)
    for extra in more:
        _fill_extra(_sheet(book, extra.name), extra)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lines(sheet: Worksheet, at: int, lines: Sequence[str], done: int) -> int:
    """Writes lines of prose from row `at`; `done` lines came before. The next free row."""
    for i, line in enumerate(lines):
        _put(sheet, at + i, 1, done + i + 1)
        _put(sheet, at + i, 2, line)
    return at + len(lines)


def _fill_extra(sheet: Worksheet, extra: Sheet) -> None:
    _head(sheet, 1, extra.header)
    _widths(sheet, [24] * len(extra.header))
    for at, row in enumerate(extra.rows, 2):
        for column, value in enumerate(row, 1):
            _put(sheet, at, column, value)


def write_plan_xlsx(
    out: BinaryIO, source: Source, about: Sequence[tuple[str, str]] = (), more: Iterable[Sheet] = ()
) -> None:
    """Writes `plan_xlsx` to an open binary file."""
    out.write(plan_xlsx(source, about, more))
