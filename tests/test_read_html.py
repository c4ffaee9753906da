"""Government pages: encodings, layout tables, spans, blanks, what is no part of the article."""

from __future__ import annotations

import pytest

from tests.forms import Cells
from tests.forms.web import page
from tjkg.read import read_bytes

HEADER = ("服务项目", "服务对象", "保障标准", "支出责任", "覆盖水平")
FULL = ("甲", "城乡居民", "免费", "市财政负担。", "100%")
TEXT = "关于印发标准的通知\n\n现将标准印发给你们。\n" + "\n".join("\t".join(r) for r in (HEADER, FULL))


def text(html: str, encoding: str = "utf-8") -> str:
    return read_bytes(html.encode(encoding), "plan.html", ".html").text


def table(*rows: str) -> str:
    head = "".join(f"<th>{name}</th>" for name in HEADER)
    return f"<table><tr>{head}</tr>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def cells(*texts: str) -> str:
    return "".join(f"<td>{words}</td>" for words in texts)


def rows_of(html: str) -> list[list[str]]:
    return [line.split("\t") for line in text(html).split("\n")][1:]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb18030", "gb2312"), ("gb18030", "GBK"), ("utf-8", "utf-8"), ("utf-8-sig", "gb2312"), ("utf-16", "utf-8"),
     ("utf-8", "gb2312"), ("gb18030", "utf-8")],
)
def test_the_encoding_is_found_even_where_the_page_is_wrong(encoding: str, declared: str) -> None:
    html = page(TEXT).replace("charset=gb2312", f"charset={declared}")
    assert text(html, encoding) == TEXT


def test_menus_scripts_footers_and_layout_tables_are_no_part_of_the_article() -> None:
    assert text(page(TEXT), "gb18030") == TEXT


def test_rows_and_columns_spanned() -> None:
    html = table(
        '<td colspan="5">救助</td>',
        '<td rowspan="2">甲</td><td>急难型</td><td>2万元</td><td rowspan="2">市财政</td><td rowspan=2>100%</td>',
        "<td>支出型</td><td>24个月</td>",
        cells("乙", "居民", "免费", "区财政", "90%"),
    )
    assert rows_of(html) == [
        ["救助"], ["甲", "急难型", "2万元", "市财政", "100%"], ["", "支出型", "24个月", "", ""],
        ["乙", "居民", "免费", "区财政", "90%"],
    ]


def test_a_row_with_a_cell_too_few_stays_short() -> None:
    assert rows_of(table(cells("甲", "居民", "免费", "市财政"))) == [["甲", "居民", "免费", "市财政"]]


def test_breaks_and_blanks_as_a_browser_shows_them() -> None:
    html = table(cells("甲", "居\n   民", "一是免费。<br>二是补贴。<p>&nbsp;</p>", "市&nbsp;财政", "100%&nbsp;"))
    assert text(html).split("\n", 1)[1] == "甲\t居 民\t一是免费。\n二是补贴。\t市 财政\t100% "
    prose = "<p>第一章&nbsp;&nbsp;总则</p><p></p><p>上行<br>下行</p><p><br></p><div>末  行。</div>"
    assert text(prose) == "第一章  总则\n上行\n下行\n\n末 行。"


def test_a_caption_is_the_title_and_hidden_rows_are_left_out() -> None:
    html = table(cells(*FULL), "").replace("<table>", "<table><caption>教育服务标准</caption>")
    html = html.replace("</table>", f'<tr style="display: none">{cells(*FULL)}</tr></table>')
    assert text(html).split("\n")[0] == "教育服务标准"
    assert len(rows_of(html)) == 2


@pytest.mark.parametrize("head", ['<meta name="ArticleTitle" content="某市标准">', ""])
def test_a_title_outside_the_article_comes_first(head: str) -> None:
    html = f"<html><head>{head}</head><body><div><h1>某市标准</h1><div><p>甲。</p><p>乙。</p></div></div></body></html>"
    assert text(html) == "某市标准\n甲。\n乙。"


def test_a_table_in_a_layout_table_of_many_columns() -> None:
    menu = "<td><a href=1>一</a><br><a href=2>二</a></td>"
    html = f"<table><tr>{menu}<td><p>说明。</p>{table(cells(*FULL))}</td>{menu}</tr></table>"
    assert text(html) == "说明。\n" + "\n".join("\t".join(r) for r in (HEADER, FULL))


def test_spans_that_are_no_numbers_or_out_of_bounds_do_no_harm() -> None:
    html = table('<td rowspan="999999">甲</td><td colspan="x">乙</td><td rowspan="-1">丙</td><td>丁</td><td>戊</td>')
    assert rows_of(html) == [["甲", "乙", "丙", "丁", "戊"]]


def test_the_writer_of_these_tests_merges_cells() -> None:
    assert Cells((HEADER, FULL, ("", "农村居民", "减半", "", ""))).merged_down(1, 0) == 1
