"""The tasks as a workbook a keeper can fill in: what is ours is grey, what may be chosen is a list."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tjkg.review.sheets import CRITERIA, FINDINGS, READING, Sheet
from tjkg.review.tasks import Tasks

__all__ = ["ABOUT", "write_workbook"]

ABOUT = "说明"
_GREY = PatternFill("solid", fgColor="EEEEEE")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPARE = 50  # empty lines below, with the same lists to choose from
_HOW = (
    "灰色的栏由系统填写，请不要改；白色的栏由您填写。",
    "每一行做了决定的，都要写审读人身份（不写姓名）和日期；没有决定的留空。",
    "填好后运行：tjkg review --in 这个文件。有不妥之处会逐格说明，一处也不写入。",
)


def _fill(sheet: Worksheet, layout: Sheet, rows: Iterable[Mapping[str, object]]) -> None:
    for number, column in enumerate(layout.columns, 1):
        head = sheet.cell(1, number, column.title)
        head.font = Font(bold=True)
        head.fill = _GREY if column.given else PatternFill()
        if column.help:
            head.comment = Comment(column.help, "tjkg")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    last = 1
    for last, row in enumerate(rows, 2):
        for number, column in enumerate(layout.columns, 1):
            value = row.get(column.key)
            cell = sheet.cell(last, number)
            cell.value = value if value is None or isinstance(value, int) else _ILLEGAL.sub("", str(value))
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"  # text that looks like a formula stays text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if column.given:
                cell.fill = _GREY
    for number, column in enumerate(layout.columns, 1):
        if column.values:
            choice = DataValidation(type="list", formula1='"' + ",".join(column.values) + '"', allow_blank=True)
            choice.error = "请从列表中选：" + "、".join(column.values)
            letter = get_column_letter(number)
            choice.add(f"{letter}2:{letter}{last + _SPARE}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "A2"


def write_workbook(tasks: Tasks) -> bytes:
    """A workbook: how to use it, then a sheet each for conditions, reading and findings."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = ABOUT
    first.column_dimensions["A"].width = 90
    for text in (f"审读表：{tasks.plan}", "", *_HOW, "", *(f"{s.name}：{s.about}" for s in (CRITERIA, READING, FINDINGS))):
        first.append([text])
    first["B1"] = tasks.plan
    first["A1"].font = Font(bold=True, size=14)
    for row in first.iter_rows():
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
    for layout, rows in ((CRITERIA, tasks.criteria), (READING, tasks.reading), (FINDINGS, tasks.findings)):
        _fill(book.create_sheet(layout.name), layout, rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
