"""Word as offices use it: merged cells, automatic numbers, tracked changes, hidden grids, short rows."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.forms import Cells
from tests.forms.word import add_table
from tjkg.read import read_bytes
from tjkg.read.numbering import chinese

HEADER = ("服务项目", "服务对象", "保障标准", "支出责任", "覆盖水平")
FULL = ("甲", "城乡居民", "免费", "市财政负担。", "100%")


def text(document: Word) -> str:
    stream = io.BytesIO()
    document.save(stream)
    return read_bytes(stream.getvalue(), "plan.docx", ".docx").text


def paragraph(document: Word, inner: str) -> None:
    document.element.body.insert_element_before(parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"), "w:sectPr")


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def test_cells_merged_down_leave_empty_cells_and_merged_rows_are_sub_headings() -> None:
    document = Document()
    rows = (HEADER, ("社会救助",), FULL, ("", "农村居民", "", "", ""))
    add_table(document, Cells(rows))
    assert text(document).split("\n") == ["\t".join(r) for r in rows]


def test_breaks_stay_where_the_text_can_carry_them() -> None:
    document = Document()
    add_table(document, Cells((HEADER, ("甲\n服务", "居\n民", "一是免费。\n\n二是补贴。", "市\n财政", "目标\n人群"))))
    row = text(document).split("\n", 1)[1]
    assert row == "甲服务\t居\n民\t一是免费。\n二是补贴。\t市\n财政\t目标人群"


def test_tracked_changes_read_as_accepted_and_tabs_of_prose_as_blanks() -> None:
    document = Document()
    gone = '<w:del w:id="1" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    new = f'<w:ins w:id="2" w:author="a">{run("新")}</w:ins>'
    paragraph(document, run("标准为") + gone + new + "<w:r><w:tab/><w:t>元</w:t></w:r>")
    paragraph(document, run("上行") + '<w:r><w:br/></w:r><w:r><w:br w:type="page"/></w:r>' + run("下行"))
    assert text(document) == "标准为新 元\n上行\n下行"


def test_a_table_of_contents_is_not_a_second_outline() -> None:
    document = Document()
    paragraph(document, f'<w:hyperlink w:anchor="_Toc1">{run("第一章 总则")}<w:r><w:tab/></w:r>{run("1")}</w:hyperlink>')
    paragraph(document, run("第一章  总则"))
    assert text(document) == "第一章  总则"


def test_content_controls_and_text_boxes_are_read() -> None:
    document = Document()
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run('控件里')}</w:p></w:sdtContent></w:sdt>"
    document.element.body.insert_element_before(parse_xml(control), "w:sectPr")
    paragraph(document, f"<w:r><w:pict><w:txbxContent><w:p>{run('框里')}</w:p></w:txbxContent></w:pict></w:r>{run('框外')}")
    assert text(document) == "控件里\n框里\n框外"


NUMBERING = """<w:abstractNum w:abstractNumId="90" %s>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/>
<w:lvlText w:val="第%%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
<w:lvlText w:val="（%%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%%1.%%3"/></w:lvl>
</w:abstractNum>"""


def test_automatic_numbers_are_written_out() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING % nsdecls("w")))
    numbering.append(
        parse_xml(f'<w:num w:numId="91" {nsdecls("w")}><w:abstractNumId w:val="90"/></w:num>')
    )
    for level, words in ((0, "总则"), (1, "目的"), (2, "细"), (1, "原则"), (0, "教育"), (1, "任务")):
        number = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr></w:pPr>'
        paragraph(document, number + run(words))
    assert text(document).split("\n") == [
        "第一章 总则", "（一）目的", "1.1 细", "（二）原则", "第二章 教育", "（一）任务",
    ]


@pytest.mark.parametrize(
    ("n", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (105, "一百零五"), (110, "一百一十")]
)
def test_chinese_numbers(n: int, words: str) -> None:
    assert chinese(n) == words


def row_xml(*cells: tuple[str, int]) -> str:
    inside = "".join(
        f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p>{run(words)}</w:p></w:tc>' for words, span in cells
    )
    return f"<w:tr>{inside}</w:tr>"


def table_xml(document: Word, *rows: str) -> None:
    inside = f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"
    document.element.body.insert_element_before(parse_xml(inside), "w:sectPr")


def test_borders_shifted_from_row_to_row_make_no_columns() -> None:
    document = Document()
    header = row_xml(("服务项目", 1), ("服务对象", 2), ("保障标准", 1), ("支出责任", 2), ("覆盖水平", 1))
    shifted = row_xml(("甲", 2), ("居民", 1), ("免费", 2), ("市财政", 1), ("100%", 1))
    table_xml(document, header, shifted)
    assert text(document).split("\n")[1] == "甲\t居民\t免费\t市财政\t100%"


def test_a_cell_merged_sideways_fills_the_first_of_its_columns() -> None:
    document = Document()
    header = row_xml(("服务项目", 1), ("服务对象", 1), ("保障标准", 1), ("支出责任", 1))
    table_xml(document, header, row_xml(("甲", 1), ("居民", 1), ("免费，市财政负担", 2)))
    assert text(document).split("\n")[1] == "甲\t居民\t免费，市财政负担\t"


def test_a_row_with_a_cell_too_few_stays_short() -> None:
    document = Document()
    header = row_xml(("服务项目", 1), ("服务对象", 1), ("保障标准", 1), ("支出责任", 1))
    table_xml(document, header, row_xml(("甲", 1), ("居民", 1), ("免费", 1)))
    assert text(document).split("\n")[1] == "甲\t居民\t免费"


def test_the_title_may_be_the_tables_first_row_and_its_note_the_last() -> None:
    document = Document()
    add_table(document, Cells((HEADER, FULL)))
    table = document.tables[0]
    for words, first in (("教育服务标准", True), ("注：下同。", False)):
        row = parse_xml(f"<w:tr {nsdecls('w')}>{row_xml((words, 5))[6:]}")
        if first:
            table._tbl.insert(table._tbl.index(table.rows[0]._tr), row)
        else:
            table._tbl.append(row)
    assert text(document).split("\n") == ["教育服务标准", "\t".join(HEADER), "\t".join(FULL), "注：下同。"]


def test_a_table_inside_a_cell_comes_line_by_line() -> None:
    document = Document()
    add_table(document, Cells((HEADER, FULL)))
    inner = document.tables[0].rows[1].cells[2].add_table(rows=2, cols=2)
    for cell, words in zip(inner._cells, ("一级", "100元", "二级", "50元"), strict=True):
        cell.paragraphs[0].add_run(words)
    assert "免费\n一级 100元\n二级 50元\t" in text(document)


def test_prose_under_a_table_is_no_sub_heading() -> None:
    document = Document()
    add_table(document, Cells((HEADER, FULL)))
    document.add_paragraph("就业服务标准")
    add_table(document, Cells((HEADER, ("乙", *FULL[1:]))))
    lines = text(document).split("\n")
    assert lines[2:4] == ["", "就业服务标准"]
