"""Text to paragraphs and tables: broken cells, merged cells, repeated headers, rows too short."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tjkg.read.blocks import Paragraph, Row, SubHeading, Table, blocks
from tjkg.records import Source

HEAD = "服务项目\t服务对象\t保障标准\t支出责任\t覆盖水平"


def _table(text: str) -> Table:
    return next(b for b in blocks(Source(text)) if isinstance(b, Table))


def _cells(table: Table) -> list[list[str]]:
    return [[c.text for c in r.cells] for r in table.rows if isinstance(r, Row)]


def test_a_row_goes_on_until_its_cells_are_there() -> None:
    table = _table(f"标题\n{HEAD}\n甲\t乙\t一；\n二。\t市财政\n负担\t全\n乙\ta\tb\tc\td\n\n下文")
    assert _cells(table) == [["甲", "乙", "一；\n二。", "市财政\n负担", "全"], ["乙", "a", "b", "c", "d"]]
    assert [r.lines for r in table.rows if isinstance(r, Row)] == [(3, 5), (6, 6)]
    assert table.title is not None and table.title.text == "标题"


def test_a_line_without_tab_between_rows_is_a_sub_heading() -> None:
    table = _table(f"{HEAD}\n养老\n甲\ta\tb\tc\td\n救助\n乙\ta\tb\tc\td\n第三节  保障工程\n实施。")
    assert [r.span.text for r in table.rows if isinstance(r, SubHeading)] == ["养老", "救助"]


def test_a_header_repeated_after_a_page_break_says_nothing_new() -> None:
    assert len(_cells(_table(f"{HEAD}\n甲\ta\tb\tc\td\n{HEAD}\n乙\ta\tb\tc\td"))) == 2


def test_a_row_with_a_cell_too_few_does_not_swallow_the_next() -> None:
    assert [len(r) for r in _cells(_table(f"{HEAD}\n甲\ta\tb\tc\n乙\ta\tb\tc\td"))] == [4, 5]


def test_prose_after_a_table_is_prose() -> None:
    found = blocks(Source(f"{HEAD}\n甲\ta\tb\tc\td\n注：各级财政负担，即中央、市、区财政负担。\n\n后面"))
    assert [b.span.text for b in found if isinstance(b, Paragraph)] == ["注：各级财政负担，即中央、市、区财政负担。", "后面"]


@given(st.text(alphabet="甲乙丙。\t\n第一章节注：1 ", max_size=200))
def test_every_character_of_a_block_is_the_source_s_own(text: str) -> None:
    source = Source(text)
    last = 0
    for block in blocks(source):
        spans = [block.span] if isinstance(block, Paragraph) else [
            block.header.span, *(r.span for r in block.rows)
        ]
        for span in spans:
            assert source.text[span.start : span.end] == span.text
            assert span.start >= last
            last = span.end
