"""Canonical text → paragraphs and tables with places.

The form of a canonical text: a line is a paragraph or a table row; cells are separated by TAB; a
cell may contain line breaks, so a row goes on until it has as many cells as the table's header; a
line without TAB between rows is a sub-heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tjkg.records import Source, Span

__all__ = ["Block", "Paragraph", "Row", "SubHeading", "Table", "blocks"]

_HEADING = re.compile(r"\s*(第[一二三四五六七八九十百零〇\d]+[章节编篇]|注[：:]|附[件表录])")
_LEAST_COLUMNS = 3  # a header has at least as many cells


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


def _is_header(line: _Line) -> bool:
    cells = line.span.text.split("\t")
    return len(cells) >= _LEAST_COLUMNS and all(c.strip() for c in cells) and len(max(cells, key=len)) <= 16


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
        header = _row([self.lines[self.at]])
        width = len(header.cells)
        self.at += 1
        rows: list[Row | SubHeading] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.blank or (not line.tabbed and (_HEADING.match(line.span.text) or not self._row_follows())):
                break
            if not line.tabbed:
                self.at += 1
                rows.append(SubHeading(_strip(line.span)))
                continue
            row = self.row(width)
            if [c.text.strip() for c in row.cells] != [c.text.strip() for c in header.cells]:
                rows.append(row)  # a header repeated after a page break says nothing new
        return Table(title, header, tuple(rows))

    def _row_follows(self) -> bool:
        """Whether a row stands below the sub-heading(s) at hand, before the table can end."""
        for line in self.lines[self.at + 1 : self.at + 3]:
            if line.blank or _HEADING.match(line.span.text):
                return False
            if line.tabbed:
                return True
        return False

    def row(self, width: int) -> Row:
        """The row at hand; it takes further lines while cells are missing and none starts a new row."""
        taken = [self.lines[self.at]]
        self.at += 1
        while (have := _row(taken)) and len(have.cells) < width and self.at < len(self.lines):
            line = self.lines[self.at]
            more = line.span.text.count("\t")
            if line.blank or _HEADING.match(line.span.text) or len(have.cells) + more > width:
                break
            taken.append(line)
            self.at += 1
        return have


def blocks(source: Source) -> tuple[Block, ...]:
    """The paragraphs and tables of a text, in order."""
    return tuple(_Reader(source).blocks())
