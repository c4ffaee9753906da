"""Canonical text → paragraphs and tables with places.

The form of a canonical text: a line is a paragraph or a table row; cells are separated by TAB; a
cell may contain line breaks, so a row goes on until it has as many cells as the table's header; a
line without TAB between rows is a sub-heading. A table cut by a page goes on below a blank line (or
续表) with its header repeated, or with a row of the same width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from tjkg.records import Source, Span

__all__ = [
    "Block", "Paragraph", "Row", "SubHeading", "Table", "blocks", "continues", "ends_table", "gap",
]

_HEADING = re.compile(r"\s*(第[一二三四五六七八九十百零〇\d]+[章节编篇]|注[：:]|附[件表录])")
_CHAPTER = re.compile(r"\s*第[一二三四五六七八九十百零〇\d]+[章节编篇]")
_CONTINUED = re.compile(r"[（(]?续上?表[\d一二三四五六七八九十]*[）)]?")  # a table cut by a page
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEAST_COLUMNS = 3  # a header has at least as many cells
_LONGEST_HEADER = 24  # characters of one header cell


@dataclass(frozen=True)
class Paragraph:
    """A line of prose (blank lines are left out); the span has no surrounding blanks."""

    span: Span


@dataclass(frozen=True)
class SubHeading:
    """A line without TAB between two rows of a table."""

    span: Span


@dataclass(frozen=True)
class Row:
    """A table row: its cells verbatim, and the first and last line it stands on."""

    cells: tuple[Span, ...]
    lines: tuple[int, int]

    @property
    def span(self) -> Span:
        """From the first cell's start to the last one's end."""
        return Span(self.cells[0].source, self.cells[0].start, self.cells[-1].end)


@dataclass(frozen=True)
class Table:
    """A header row and what stands under it; title: the paragraph right before it."""

    title: Span | None
    header: Row
    rows: tuple[Row | SubHeading, ...]


Block = Paragraph | Table


@dataclass(frozen=True)
class _Line:
    span: Span
    number: int

    @property
    def tabbed(self) -> bool:
        return "\t" in self.span.text

    @property
    def blank(self) -> bool:
        return not self.span.text.strip()


def _lines(source: Source) -> list[_Line]:
    found, start = [], 0
    for number, text in enumerate(source.text.split("\n"), 1):
        found.append(_Line(source.span(start, start + len(text)), number))
        start += len(text) + 1
    return found


def _cells(start: int, end: int, source: Source) -> tuple[Span, ...]:
    cells, at = [], start
    for text in source.text[start:end].split("\t"):
        cells.append(source.span(at, at + len(text)))
        at += len(text) + 1
    return tuple(cells)


def _row(lines: list[_Line]) -> Row:
    first, last = lines[0].span, lines[-1].span
    return Row(_cells(first.start, last.end, first.source), (lines[0].number, lines[-1].number))


def _strip(span: Span) -> Span:
    text = span.text
    left = len(text) - len(text.lstrip())
    return span.sub(left, len(text.rstrip()) if text.strip() else left)


def _names(line: _Line) -> list[str]:
    return [re.sub(r"\s", "", c) for c in line.span.text.split("\t")]


def _is_header(line: _Line) -> bool:
    cells = [c.strip() for c in line.span.text.split("\t")]
    return len(cells) >= _LEAST_COLUMNS and all(0 < len(c) <= _LONGEST_HEADER for c in cells)


def ends_table(text: str) -> bool:
    """Whether a line without TAB right under a row can be no sub-heading: 第三节 …, 注：…, 附件 …."""
    return _HEADING.match(text) is not None


def continues(text: str, row_below: bool = True) -> bool:
    """Whether a line without TAB under a row goes on with its last cell.

    It does without a Chinese character (100%), and with a row below it if it ends as a sentence does.
    """
    if ends_table(text) or gap(text):
        return False
    return _HAN.search(text) is None or (row_below and text.rstrip().endswith(tuple("。；;，,、")))


def gap(line: str) -> bool:
    """Whether a line may stand between the two parts of a table that a page has cut."""
    return not line.strip() or _CONTINUED.fullmatch(re.sub(r"\s", "", line)) is not None


class _Reader:
    """Walks the lines once; `at` is the next line to look at."""

    def __init__(self, source: Source) -> None:
        self.lines = _lines(source)
        self.at = 0

    def blocks(self) -> Iterator[Block]:
        title: Span | None = None
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.tabbed and _is_header(line):
                yield self.table(title)
                title = None
                continue
            self.at += 1
            if line.blank:
                continue
            title = _strip(line.span)
            yield Paragraph(title)

    def table(self, title: Span | None) -> Table:
        head = self.lines[self.at]
        header = _row([head])
        self.at += 1
        rows: list[Row | SubHeading] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.tabbed:
                row = self.row(len(header.cells))
                if _names(line) != _names(head):
                    rows.append(row)  # a header repeated after a page break says nothing new
            elif gap(line.span.text):
                if not self._goes_on(head):
                    break
            elif rows and (above := rows[-1]) and _whole(above, header, line) and self._cell_goes_on(head):
                self.at += 1
                rows[-1] = _longer(above, line)
            elif self._row_follows(head):
                self.at += 1
                rows.append(SubHeading(_strip(line.span)))
            else:
                break
        return Table(title, header, tuple(rows))

    def _goes_on(self, head: _Line) -> bool:
        """Steps over blank lines and 续表 to the header repeated, or to a row of the same width."""
        at = self.at
        while at < len(self.lines) and gap(self.lines[at].span.text):
            at += 1
        if at == len(self.lines):
            return False
        line = self.lines[at]
        same_width = line.span.text.count("\t") == head.span.text.count("\t")
        if _names(line) == _names(head) or (same_width and not _is_header(line)):
            self.at = at
            return True
        return False

    def _cell_goes_on(self, head: _Line) -> bool:
        """Whether the line at hand is a further line of the last cell of the row above."""
        at = self.at
        while at < len(self.lines) and not self.lines[at].tabbed and continues(self.lines[at].span.text):
            at += 1
        if at == self.at:
            return False
        row_below = at < len(self.lines) and self.lines[at].tabbed and _names(self.lines[at]) != _names(head)
        return continues(self.lines[self.at].span.text, row_below)

    def _row_follows(self, head: _Line) -> bool:
        """Whether a row stands below the sub-heading(s) at hand, before the table can end.

        A header below says that the line at hand is the title of the next table.
        """
        text, below = self.lines[self.at].span.text, self.lines[self.at + 1 : self.at + 3]
        if ends_table(text):
            row = below and below[0].span.text.count("\t") == head.span.text.count("\t")
            return bool(row) and _CHAPTER.match(text) is not None and not _is_header(below[0])
        for line in below:
            if line.blank or ends_table(line.span.text):
                return False
            if line.tabbed:
                return _names(line) != _names(head)
        return False

    def row(self, width: int) -> Row:
        """The row at hand; it takes further lines while cells are missing and none starts a new row.

        A row that stays short gives back the lines without TAB at its end: they are not its own.
        """
        taken = [self.lines[self.at]]
        while len(_row(taken).cells) < width and self.at + len(taken) < len(self.lines):
            line = self.lines[self.at + len(taken)]
            if line.blank or ends_table(line.span.text):
                break
            if len(_row(taken).cells) + line.span.text.count("\t") > width:
                break
            taken.append(line)
        if len(_row(taken).cells) < width:
            while not taken[-1].tabbed:
                taken.pop()
        self.at += len(taken)
        return _row(taken)


def _whole(above: Row | SubHeading, header: Row, line: _Line) -> TypeGuard[Row]:
    """Whether the line right above ends a row with all its cells, the last one filled."""
    if isinstance(above, SubHeading) or above.lines[1] != line.number - 1:
        return False
    return len(above.cells) == len(header.cells) and bool(above.cells[-1].text.strip())


def _longer(row: Row, line: _Line) -> Row:
    """The row with a further line of its last cell."""
    last = Span(line.span.source, row.cells[-1].start, line.span.end)
    return Row((*row.cells[:-1], last), (row.lines[0], line.number))


def blocks(source: Source) -> tuple[Block, ...]:
    """The paragraphs and tables of a text, in order."""
    return tuple(_Reader(source).blocks())
