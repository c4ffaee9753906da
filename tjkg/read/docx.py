"""Word (.docx) → canonical text: paragraphs and tables in document order, as a reader of the page sees them.

Deleted text (tracked changes) is left out, inserted text read; automatic numbers are written out;
text boxes come before the paragraph that holds them. Headers, footers, footnotes and the table of
contents (a copy of the headings) are not read.
ECMA-376-1, 17.3 (paragraphs), 17.4 (tables).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from tjkg.errors import InputError
from tjkg.read.canonical import Piece, canonical
from tjkg.read.grid import Slot, table
from tjkg.read.numbering import Numbering

if TYPE_CHECKING:
    from docx.document import Document as Word
    from lxml.etree import _Element

__all__ = ["text_of"]

# what the libraries raise on a package whose parts are missing, cut off or not what they should be
BROKEN = (
    PackageNotFoundError, zipfile.BadZipFile, zlib.error, struct.error, etree.LxmlError, SyntaxError,
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError,
    RuntimeError, TypeError, ValueError,
)

_LINE_BREAKS = {qn("w:br"), qn("w:cr")}
_SIGNS = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:noBreakHyphen"): "-"}
_UNREAD = {
    qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:instrText"), qn("w:delText"),
    qn("w:txbxContent"), qn("w:rt"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_BOX = qn("w:txbxContent")
_INSIDE = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")}


def _text(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag in _UNREAD or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _LINE_BREAKS:
            yield "" if child.get(qn("w:type")) in ("page", "column") else "\n"
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _text(child)


def _children(element: _Element, *tags: str) -> Iterator[_Element]:
    """The children with one of the tags, those in content controls and insertions too."""
    wanted = {qn(t) for t in tags}
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag in _INSIDE:
            yield from _children(child, *tags)


def _value(element: _Element, path: str) -> str | None:
    found = element.find("/".join(qn(p) for p in path.split("/")))
    return None if found is None else found.get(qn("w:val"), "")


def _count(element: _Element, path: str, otherwise: int) -> int:
    value = _value(element, path)
    return int(value) if value and value.isdigit() else otherwise


class _Reader:
    def __init__(self, document: Word) -> None:
        part = document.part
        found = [r.target_part for r in part.rels.values() if r.reltype == RELATIONSHIP_TYPE.NUMBERING]
        numbering = etree.fromstring(found[0].blob) if found else None
        self.numbers = Numbering(numbering, document.styles.element)
        self.contents = {s.style_id for s in document.styles if (s.name or "").lower().startswith("toc ")}
        self.body = document.element.body

    def pieces(self, parent: _Element) -> Iterator[Piece]:
        for child in _children(parent, "w:p", "w:tbl"):
            if child.tag == qn("w:tbl"):
                yield from table([self.row(row) for row in _children(child, "w:tr")])
            elif not self.of_contents(child):
                for box in child.iter(_BOX):
                    if not any(above.tag in _UNREAD for above in box.iterancestors()):
                        yield from self.pieces(box)
                yield self.paragraph(child)

    def of_contents(self, element: _Element) -> bool:
        """Whether a paragraph is an entry of the table of contents: its style, or its link to a heading."""
        if _value(element, "w:pPr/w:pStyle") in self.contents:
            return True
        links = element.findall(qn("w:hyperlink"))
        return any((link.get(qn("w:anchor")) or "").startswith("_Toc") for link in links)

    def paragraph(self, element: _Element) -> str:
        return self.numbers.prefix(element.find(qn("w:pPr"))) + "".join(_text(element))

    def cell(self, element: _Element) -> str:
        """The lines of a cell; a table inside comes line by line, its cells with a blank between."""
        lines = []
        for child in _children(element, "w:p", "w:tbl"):
            if child.tag == qn("w:p"):
                lines.append(self.paragraph(child))
            else:
                for row in _children(child, "w:tr"):
                    lines.append(" ".join(filter(str.strip, (self.cell(c) for c in _children(row, "w:tc")))))
        return "\n".join(lines)

    def row(self, element: _Element) -> list[Slot]:
        at = _count(element, "w:trPr/w:gridBefore", 0)
        slots = [Slot("", 0, at)] if at else []
        for cell in _children(element, "w:tc"):
            span = max(_count(cell, "w:tcPr/w:gridSpan", 1), 1)
            covered = _value(cell, "w:tcPr/w:vMerge") in ("", "continue")
            slots.append(Slot("" if covered else self.cell(cell), at, span, covered))
            at += span
        after = _count(element, "w:trPr/w:gridAfter", 0)
        return [*slots, Slot("", at, after)] if after else slots


def text_of(data: bytes, name: str) -> str:
    """The canonical text of a .docx file's bytes. Raises InputError when Word's parts are damaged."""
    try:
        reader = _Reader(Document(BytesIO(data)))
    except BROKEN as error:
        raise _damaged(name, type(error).__name__) from None
    if reader.body is None:
        raise _damaged(name, "w:body")
    return canonical(reader.pieces(reader.body))


def _damaged(name: str, part: str) -> InputError:
    return InputError(f"Word 文件的内部已损坏（{part}）", where=name, cure="请用 Word 打开后另存再试")
