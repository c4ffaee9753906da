"""A document as it comes: chosen by content, one text from all formats, a clear sentence for bad files."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.forms.sheets import save_xlsx
from tests.forms.web import save_html
from tests.forms.word import save_docx
from tjkg.errors import InputError
from tjkg.read import read, read_bytes
from tjkg.read.blocks import Block, Paragraph, Row, Table, blocks
from tjkg.read.canonical import Grid, Piece, canonical
from tjkg.records import Source
from tjkg.report.xlsx import plan_xlsx

PLAN = Path(__file__).parents[1] / "data" / "tianjin-2021" / "source.txt"
SMALL = """某市基本公共服务标准

第一章  教育
教育服务标准
服务项目\t服务对象\t保障标准\t支出责任\t覆盖水平
学前教育
幼儿资助\t在园儿童\t每生每年1500元，
低于的按实际。\t市、区财政负担。\t目标人群覆盖率100%\x20
临时救助\t急难型\t每人2万元\t市财政负担。\t100%
\t支出型\t24个月\t\t
注：下同。

2021年12月6日\x20\x20\x20\x20
    （此件公开）"""


@cache
def bytes_of(kind: str, text: str = SMALL) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "plan")
        if kind == "docx":
            return save_docx(text, path).read_bytes()
        if kind == "html":
            return save_html(text, path).read_bytes()
        if kind == "xlsx":
            return plan_xlsx(Source(text))
        return text.encode()


def shape(found: tuple[Block, ...]) -> list[object]:
    """Blocks as plain values, without positions."""
    out: list[object] = []
    for block in found:
        if isinstance(block, Paragraph):
            out.append(block.span.text)
        else:
            rows = [[c.text for c in r.cells] if isinstance(r, Row) else r.span.text for r in block.rows]
            title = block.title.text if block.title else None
            out.append([title, [c.text for c in block.header.cells], rows])
    return out


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "txt"])
def test_the_plan_in_every_format_is_one_text(kind: str) -> None:
    text = PLAN.read_text("utf-8")
    assert read_bytes(bytes_of(kind, text), f"plan.{kind}").text == text


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "txt"])
@pytest.mark.parametrize("suffix", [".docx", ".txt", ".html", ""])
def test_the_content_decides_not_the_suffix(kind: str, suffix: str) -> None:
    assert read_bytes(bytes_of(kind), "plan" + suffix, suffix).text == SMALL


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "txt"])
def test_reading_a_file_and_reading_its_text_give_the_same_blocks(kind: str, tmp_path: Path) -> None:
    source = read_bytes(bytes_of(kind), "plan")
    again = tmp_path / "source.txt"
    again.write_bytes(source.text.encode())
    assert shape(blocks(read(again))) == shape(blocks(source)) == shape(blocks(Source(SMALL)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_the_usual_encodings(encoding: str) -> None:
    assert read_bytes(SMALL.replace("\n", "\r\n").encode(encoding), "plan.txt").text == SMALL


def test_the_tables_of_the_plan_as_sheets_of_a_workbook(tmp_path: Path) -> None:
    text = PLAN.read_text("utf-8")
    found = shape(blocks(read(save_xlsx(text, tmp_path / "plan.xlsx"))))
    assert [b for b in found if isinstance(b, list)] == [b for b in shape(blocks(Source(text))) if isinstance(b, list)]


# ---------------------------------------------------------------- files that cannot be read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(name: str, content: bytes = b"x") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr(name, content)
    return stream.getvalue()


BAD = {
    "empty": (b"", ".txt", "空的"),
    "blank": (b"  \r\n\t ", ".txt", "空的"),
    "old word": (OLE + "WordDocument".encode("utf-16-le"), ".doc", "旧版 Word"),
    "old word called docx": (OLE + "WordDocument".encode("utf-16-le"), ".docx", "旧版 Word"),
    "old excel": (OLE + "Workbook".encode("utf-16-le"), ".xls", "旧版 Excel"),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le"), ".docx", "密码"),
    "other ole": (OLE, ".wps", "旧版 Office"),
    "pdf": (b"%PDF-1.7 ...", ".docx", "PDF"),
    "rtf": (b"{\\rtf1\\ansi ...}", ".doc", "RTF"),
    "picture": (b"\x89PNG\r\n\x1a\n", ".png", "图片"),
    "archive": (zipped("readme.md"), ".zip", "压缩包"),
    "open document": (zipped("content.xml"), ".odt", "读不了"),
    "cut word": (bytes_of("docx")[:3000], ".docx", "不完整"),
    "cut excel": (bytes_of("xlsx")[:-30], ".xlsx", "不完整"),
    "word without its parts": (zipped("word/document.xml", b"<a/>"), ".docx", "损坏"),
    "excel without its parts": (zipped("xl/workbook.xml", b"<a/>"), ".xlsx", "损坏"),
    "bytes called docx": (b"\x00\x01\x02binary", ".docx", "不是 .docx"),
    "bytes called txt": (b"text\x00text", ".txt", "空字符"),
    "neither encoding": (b"\xff\x00\xff" * 9, ".txt", "编码"),
    "page without words": (b"<html><body><img src=a.png></body></html>", ".html", "没有文字"),
}


@pytest.mark.parametrize("case", BAD, ids=list(BAD))
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(case: str) -> None:
    data, suffix, word = BAD[case]
    with pytest.raises(InputError) as caught:
        read_bytes(data, "plan" + suffix, suffix)
    error = caught.value
    assert word in error.what
    assert error.where == "plan" + suffix
    assert error.cure
    assert "\n" not in error.sentence()


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个文件"):
        read(tmp_path / "no.docx")
    with pytest.raises(InputError, match="文件夹"):
        read(tmp_path)


def test_a_workbook_whose_sheet_was_deleted_names_the_cell() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(bytes_of("xlsx")))
    del book["教育"]
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(InputError, match="教育.*") as caught:
        read_bytes(stream.getvalue(), "plan.xlsx")
    assert "原文!C" in caught.value.where


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(["docx", "xlsx", "html", "txt"]), data=st.data())
def test_damage_gives_a_sentence_or_a_text_never_a_traceback(kind: str, data: st.DataObject) -> None:
    content = bytearray(bytes_of(kind))
    if data.draw(st.booleans(), label="cut"):
        content = content[: data.draw(st.integers(0, len(content)), label="length")]
    for _ in range(data.draw(st.integers(0, 5), label="flips")):
        if content:
            content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    _text_or_sentence(bytes(content), "plan." + kind)


def _text_or_sentence(data: bytes, name: str) -> None:
    try:
        assert read_bytes(data, name, "." + name.rsplit(".")[-1]).text.strip()
    except InputError as error:
        assert error.what and error.cure and "\n" not in error.sentence()


PARTS = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet2.xml"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(PARTS)), st.floats(0, 1), st.booleans(), st.sampled_from(b"<>/\"=w0"))
def test_damage_inside_the_package(kind: str, at: float, cut: bool, sign: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bytes_of(kind))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == PARTS[kind]:
                place = int(at * (len(content) - 1))
                rest = b"" if cut else content[place + 1 :]
                content = content[:place] + bytes([sign]) + rest
            new.writestr(name, content)
    _text_or_sentence(stream.getvalue(), "plan." + kind)


# ---------------------------------------------------------------- the law of the canonical text

WORDS = st.text("一二工具服务市区。；，1%a \n", min_size=1, max_size=12).map(str.strip).filter(bool)
CELL = st.one_of(st.just(""), WORDS)
PROSE = st.one_of(WORDS.map(lambda text: plain(text) + "文"), st.just(""))


def plain(text: str) -> str:
    return "".join(text.split())


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(3, 5))
    header = tuple(f"列{'甲乙丙丁戊'[i]}" for i in range(width))
    row = st.lists(CELL, min_size=width, max_size=width).filter(any).map(tuple)
    heading = WORDS.map(lambda t: f"{plain(t)}类").filter(lambda t: len(t) > 1)
    rows: list[tuple[str, ...] | str] = [header]
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            rows.append(draw(heading))
        rows.append(draw(row))
    return Grid(tuple(rows))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(grids(), PROSE), min_size=1, max_size=6))
@example([Grid((("列甲", "列乙", "列丙"), ("a", "b", "一\n1%"), ("c", "d", "e"))), "文。", "表文"])
def test_reading_the_text_gives_back_every_cell_and_paragraph(pieces: list[Piece]) -> None:
    found = blocks(Source(canonical(pieces)))
    tables = [t for t in found if isinstance(t, Table)]
    wanted = [p for p in pieces if isinstance(p, Grid)]
    prose = [plain(b.span.text) for b in found if isinstance(b, Paragraph)]
    assert prose == [plain(p) for p in pieces if isinstance(p, str) and p.strip()]
    cells = [
        [[plain(c.text) for c in r.cells] if isinstance(r, Row) else plain(r.span.text) for r in t.rows]
        for t in tables
    ]
    expected = [
        [[plain(c) for c in r] if isinstance(r, tuple) else plain(r) for r in g.rows[1:]] for g in wanted
    ]
    assert [r for t in cells for r in t] == [r for t in expected for r in t]  # a table cut in two goes on
