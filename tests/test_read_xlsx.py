"""Excel: any workbook sheet by sheet, and the one `export --format xlsx` writes, without loss."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tjkg.errors import InputError
from tjkg.read import read_bytes
from tjkg.read.text import decode
from tjkg.records import Source
from tjkg.report.xlsx import Sheet, plan_xlsx

HEADER = ["服务项目", "服务对象", "保障标准", "支出责任", "覆盖水平"]
FULL = ["甲", "城乡居民", "免费", "市财政负担。", "100%"]


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def text(rows: Sequence[Sequence[object]], *merged: str, title: str = "Sheet1") -> str:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    return read_bytes(saved(book), "plan.xlsx", ".xlsx").text


def lines(*rows: Sequence[str]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def test_a_sheet_is_a_table_and_its_name_the_title() -> None:
    assert text([HEADER, FULL], title="教育服务标准") == "教育服务标准\n" + lines(HEADER, FULL)
    assert text([HEADER, FULL]) == lines(HEADER, FULL)


def test_the_merged_row_above_the_header_is_the_title() -> None:
    rows = [["教育服务标准"], ["单位：元"], HEADER, FULL]
    assert text(rows, "A1:E1") == "教育服务标准\n单位：元\n" + lines(HEADER, FULL)


def test_merged_cells_come_out_once_and_merged_rows_as_sub_headings() -> None:
    rows: list[list[str | None]] = [[*HEADER], ["救助"], [*FULL], [None, "农村居民", "减半"], ["（二）就业"], ["乙", *FULL[1:]]]
    wanted = [HEADER, ["救助"], FULL, ["", "农村居民", "减半", "", ""], ["（二）就业"], ["乙", *FULL[1:]]]
    assert text(rows, "A2:E2", "A3:A4", "D3:D4", "E3:E4") == lines(*wanted)


def test_numbers_percentages_dates_and_escapes_as_shown() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["指标", "2020年", "2025年", "属性"])
    sheet.append(["毛入园率", 92.3, 0.935, "预期性"])
    sheet.append(["建成", date(2025, 12, 1), 1010.0, "约束_x000D_\n性"])
    sheet["C2"].number_format = "0.0%"
    found = read_bytes(saved(book), "plan.xlsx").text.split("\n")
    assert found[1:] == ["毛入园率\t92.3\t93.5%\t预期性", "建成\t2025年12月1日\t1010\t约束性"]


def test_prose_and_tables_one_below_the_other_and_hidden_sheets_left_out() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["关于印发的通知"], ["现将标准印发给你们。"], [], HEADER, FULL, [], ["2021年12月6日"]):
        sheet.append(row)
    hidden = book.create_sheet("列表")
    hidden.append(["甲", "乙", "丙"])
    hidden.sheet_state = "hidden"
    table = lines(HEADER, FULL)
    assert read_bytes(saved(book), "plan.xlsx").text == f"关于印发的通知\n现将标准印发给你们。\n\n{table}\n\n2021年12月6日"


# ---------------------------------------------------------------- the workbook of the export

PLAN = f"标准\n\n第一章  教育\n=1+1\n教育服务标准\n{lines(HEADER, ['学前'], FULL)}\n\n注：_x000D_ 下同。"


def test_the_export_reads_back_after_edits_in_excel() -> None:
    book = load_workbook(io.BytesIO(plan_xlsx(Source(PLAN))))
    sheet = book["教育"]
    sheet["C3"] = "每人每月\n300元"
    sheet.append(["乙\n服务", *FULL[1:]])
    found = read_bytes(saved(book), "plan.xlsx").text
    wanted = PLAN.replace("免费", "每人每月\n300元").replace("\n\n注", "\n" + lines(["乙服务", *FULL[1:]]) + "\n\n注")
    assert found == wanted


def test_the_export_has_its_sheets_in_order_and_further_ones_do_not_count() -> None:
    data = plan_xlsx(Source(PLAN), [("规划", "某市")], [Sheet("金额", ["服务", "元"], [["甲", 3]])])
    assert load_workbook(io.BytesIO(data)).sheetnames == ["说明", "原文", "教育", "金额"]
    assert read_bytes(data, "plan.xlsx").text == PLAN


def test_a_cell_longer_than_excel_allows_is_told() -> None:
    with pytest.raises(InputError, match="32768个字符"):
        plan_xlsx(Source("字" * 32768))


LINE = st.text("一二三服务1。，=_x0A \t\n\xa0\x0b第章注：", max_size=40)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(LINE, st.just(lines(HEADER, FULL)), st.just(lines(HEADER)))).map("\n".join))
def test_any_text_survives_the_export(plain: str) -> None:
    if plain.strip():
        plain = decode(plain.encode(), "x").strip("\n")
        assert read_bytes(plan_xlsx(Source(plain)), "plan.xlsx").text == plain
