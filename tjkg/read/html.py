"""Web page → canonical text: the article of a government page, without menus, scripts and footers.

Data tables are told from tables that lay out the page (a data table has a header row of at least
three short cells and no data table inside); layout tables are walked like any other container. The
article is the smallest container that holds every sentence and every data table outside links. Blanks
collapse as browsers show them; &nbsp; is a blank that stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from tjkg.errors import InputError
from tjkg.read.canonical import Grid, Piece, canonical
from tjkg.read.grid import Slot, table
from tjkg.read.text import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["text_of"]

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_GB = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNSEEN = {
    "script", "style", "noscript", "template", "head", "nav", "footer", "iframe", "object", "svg", "select",
    "button", "textarea", "input", "audio", "video", "canvas", "map", "colgroup",
}
_FURNITURE = re.compile(  # parts of a page by the names sites give them
    r"(^|[\s_-])(nav|menu|foot|footer|crumbs?|breadcrumb|share|sidebar|toolbar|copyright|search|position|qrcode)"
    r"([\s_-]|$)", re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
    "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
}
_INLINE = {"span", "font", "b", "strong", "em", "i", "u"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LONG = 60  # characters of a paragraph that is no menu entry
_SHORT = 40  # longest cell of a header row
_MOST = 1000  # largest colspan and rowspan taken at their word (HTML, 4.9.11)


def _decoded(data: bytes, name: str) -> str:
    """Text by BOM, else by the charset the page declares, else as any text file."""
    declared = _CHARSET.search(data[:4096])
    known = declared[1].decode("ascii", "replace").lower() if declared else ""
    if known in _GB:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            return decode(data, name)  # declared wrongly, as happens
    return decode(data, name)


def _tag(element: HtmlElement) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def _seen(element: HtmlElement) -> bool:
    if not _tag(element) or _tag(element) in _UNSEEN or element.get("hidden") is not None:
        return False
    return _HIDDEN.search(element.get("style", "")) is None


def _furniture(element: HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return _tag(element) in ("div", "ul", "ol", "table", "td", "section") and bool(_FURNITURE.search(names))


# ---------------------------------------------------------------- lines


class _Lines:
    """Gathers inline text into lines as a browser would break it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.now: list[str] = []
        self.open = False

    def add(self, text: str) -> None:
        self.now.append(text)

    def end(self, forced: bool = False) -> None:
        """Ends the line; forced (<br>): an empty one stands too."""
        raw = _BLANKS.sub(" ", "".join(self.now)).strip(" ")
        if raw or forced:
            line = raw.replace("\xa0", " ")
            self.lines.append(line if line.strip() else "")
        self.now = []


def _walk(element: HtmlElement, out: _Lines) -> None:
    out.add(element.text or "")
    for child in element:
        if _tag(child) == "br":
            out.end(forced=True)
        elif _seen(child):
            block = _tag(child) in _BLOCKS
            if block:
                out.end()
            _walk(child, out)
            if block:
                out.end()
        out.add(child.tail or "")


def _lines(element: HtmlElement) -> list[str]:
    out = _Lines()
    _walk(element, out)
    out.end()
    return out.lines


# ---------------------------------------------------------------- tables

Covered = dict[int, tuple[int, int]]  # first column of a merged cell → rows still covered, width


def _rows(element: HtmlElement) -> list[HtmlElement]:
    """The table's own rows (not those of tables inside)."""
    rows = []
    for child in element:
        if _tag(child) == "tr" and _seen(child):
            rows.append(child)
        elif _tag(child) in ("tbody", "thead", "tfoot"):
            rows += [row for row in child if _tag(row) == "tr" and _seen(row)]
    return rows


def _own_cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if _tag(cell) in ("td", "th") and _seen(cell)]


def _is_header(row: HtmlElement) -> bool:
    texts = [re.sub(r"\s", "", cell.text_content()) for cell in _own_cells(row)]
    return len(texts) >= 3 and all(0 < len(t) <= _SHORT for t in texts)


def _is_data(element: HtmlElement, inside: set[HtmlElement]) -> bool:
    rows = _rows(element)
    if len(rows) < 2 or not any(_is_header(row) for row in rows[:5]):
        return False
    links = sum(len(a.text_content()) for a in element.iter("a"))
    return links * 2 <= len(element.text_content()) and not any(t in inside for t in element.iter("table"))


def _data_tables(root: HtmlElement) -> set[HtmlElement]:
    found: set[HtmlElement] = set()
    for element in reversed(list(root.iter("table"))):  # inner ones first
        if _is_data(element, found):
            found.add(element)
    return found


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), _MOST) if value.isdecimal() and len(value) < 6 else 1


def _slots(element: HtmlElement) -> list[list[Slot]]:
    """The rows with what rowspan covers filled in (HTML, 4.9.12.1)."""
    rows: list[list[Slot]] = []
    covered: Covered = {}
    for element_row in _rows(element):
        row, covered = _row(_own_cells(element_row), covered)
        rows.append(row)
    return rows


def _row(cells: list[HtmlElement], covered: Covered) -> tuple[list[Slot], Covered]:
    """One row's slots, and what its cells cover of the rows below."""
    row: list[Slot] = []
    below: Covered = {}
    waiting, at = list(cells), 0
    while waiting or covered:
        if at in covered or not waiting:
            start = at if at in covered else min(covered)
            height, width = covered.pop(start)
            row.append(Slot("", start, width, covered=True))
        else:
            cell, start = waiting.pop(0), at
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            row.append(Slot("\n".join(_lines(cell)), at, width))
        if height > 1:
            below[start] = (height - 1, width)
        at = max(at, start + width)
    return row, below


# ---------------------------------------------------------------- the article


def _blocks(element: HtmlElement, tables: set[HtmlElement], out: _Lines) -> Iterator[Piece]:
    """Lines and tables of a container, in order."""
    out.add(element.text or "")
    for child in element:
        if _tag(child) == "br":
            out.end(forced=True)
        elif child in tables:
            out.end()
            yield from out.lines
            out.lines = []
            yield from (line for caption in child.iter("caption") for line in _lines(caption))
            yield from table(_slots(child))
        elif _seen(child) and not _furniture(child):
            block = _tag(child) in _BLOCKS
            if block:
                out.end()
            yield from _blocks(child, tables, out)
            if block:
                out.end()
        out.add(child.tail or "")


def _weight(element: HtmlElement, tables: set[HtmlElement], known: dict[HtmlElement, int]) -> int:
    """Characters of sentences and data tables outside links; filled into `known` for all below."""
    total = 0
    if element in tables:
        total = len(element.text_content())
    elif _seen(element) and not _furniture(element) and _tag(element) != "a":
        inline = [element.text or ""]
        for child in element:
            total += _weight(child, tables, known)
            inline += [child.text_content() if _tag(child) in _INLINE else "", child.tail or ""]
        text = "".join(inline).strip()
        if "。" in text or len(text) > _LONG:
            total += len(text)
    known[element] = total
    return total


def _article(root: HtmlElement, tables: set[HtmlElement]) -> HtmlElement:
    known: dict[HtmlElement, int] = {}
    whole = _weight(root, tables, known)
    here = root
    while whole:
        inner = next((c for c in here if known.get(c) == whole and c not in tables), None)
        if inner is None or not any(_tag(below) in _BLOCKS for below in inner):
            break  # a paragraph: its container is the article
        here = inner
    return here


def _title(root: HtmlElement) -> str:
    """The article's title as the page declares it (meta ArticleTitle), or its only h1."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle":
            return (meta.get("content") or "").strip()
    heads = [h for h in root.iter("h1") if _seen(h)]
    return " ".join(_lines(heads[0])).strip() if len(heads) == 1 else ""


def text_of(data: bytes, name: str) -> str:
    """The canonical text of a page's bytes. Raises InputError when nothing in it can be read."""
    text = _DECLARATION.sub("", _decoded(data, name))
    try:
        root = lxml_html.document_fromstring(text)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(
            f"网页读不出来（{type(error).__name__}）", where=name, cure="请用浏览器打开后另存为网页再试"
        ) from None
    tables = _data_tables(root)
    out = _Lines()
    pieces = list(_blocks(_article(root, tables), tables, out))
    out.end()
    pieces += out.lines
    return canonical(_titled(pieces, _title(root)))


def _titled(pieces: list[Piece], title: str) -> list[Piece]:
    """The pieces, with the page's title above where they do not have it."""
    plain = re.sub(r"\s", "", "".join(p for p in pieces if not isinstance(p, Grid)))
    return pieces if re.sub(r"\s", "", title) in plain else [title, *pieces]
