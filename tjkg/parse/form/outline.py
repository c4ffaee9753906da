"""The document's outline: front matter, preface, chapters, sections, paragraphs, tables, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tjkg.parse.form.headings import heading, levels
from tjkg.read.blocks import Block, Paragraph, Table
from tjkg.records import Part, Span

__all__ = ["Outline", "Section", "outline", "title_of"]

_PREFACE = re.compile(r"(序\s*言|前\s*言|引\s*言)$")
_NOTE = re.compile(r"注[：:]")
_ISSUED = re.compile(r"(?:现将|印发|发布|公布)《([^《》]+)》")


@dataclass
class Section:
    """A section (or a chapter without sections: number None) and what stands in it."""

    path: tuple[int, ...]
    chapter_title: str
    title: str | None
    paragraphs: list[Span] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    chapter_span: Span | None = None


@dataclass(frozen=True)
class Outline:
    """All parts in text order, and the sections by path. Chapter 0 is front matter (0, 0) and preface (0, 1)."""

    parts: tuple[Part, ...]
    sections: tuple[Section, ...]


class _Walk:
    """Keeps the place in the outline while the blocks go by."""

    def __init__(self, styles: Sequence[str]) -> None:
        self.styles = styles  # of headings: the chapters' and the sections'
        self.parts: list[Part] = []
        self.sections = [Section((0, 0), "", None)]
        self.chapter = 0
        self.section = 0
        self.count = 0

    def _part(self, kind: str, path: tuple[int, ...], number: str | None, title: str | None, span: Span) -> None:
        self.parts.append(Part(kind, path, number, title, span))

    def _open(self, path: tuple[int, ...], chapter_title: str, title: str | None, span: Span | None) -> None:
        self.sections.append(Section(path, chapter_title, title, chapter_span=span))
        self.count = 0

    def heading(self, span: Span) -> bool:
        """Opens a chapter, section or preface if the paragraph is a heading."""
        text = span.text
        found = heading(text)
        style = found.style if found is not None else None
        if found is not None and style in self.styles[:1]:
            self.chapter, self.section = self.chapter + 1, 0
            self._part("chapter", (self.chapter,), found.number, found.title, span)
            self._open((self.chapter,), found.title, None, span)
        elif found is not None and style in self.styles[1:] and self.chapter:
            self.section += 1
            above = self.sections[-1]
            self._part("section", (self.chapter, self.section), found.number, found.title, span)
            self._open((self.chapter, self.section), above.chapter_title, found.title, above.chapter_span)
        elif _PREFACE.fullmatch(text) and not self.chapter:
            self._part("preface", (0, 1), None, text, span)
            self._open((0, 1), text, None, span)
        else:
            return False
        return True

    def paragraph(self, span: Span) -> None:
        self.count += 1
        here = self.sections[-1]
        if _NOTE.match(span.text):
            here.notes.append(span)
            self._part("note", (*here.path, self.count), None, None, span)
        else:
            here.paragraphs.append(span)
            self._part("paragraph", (*here.path, self.count), None, None, span)

    def table(self, table: Table) -> None:
        here = self.sections[-1]
        here.tables.append(table)
        start = table.header.span.start
        if table.title and here.paragraphs and here.paragraphs[-1] == table.title:
            here.paragraphs.pop()
            self.parts.pop()
            start = table.title.start
        else:  # no title, or one that is a heading
            self.count += 1
        title = table.title.text if table.title else None
        last = table.rows[-1] if table.rows else table.header
        whole = Span(table.header.span.source, start, last.span.end)
        self._part("table", (*here.path, self.count), None, title, whole)


def outline(blocks: Sequence[Block]) -> Outline:
    """The outline of a document's blocks."""
    walk = _Walk(levels(b.span.text for b in blocks if isinstance(b, Paragraph)))
    for block in blocks:
        if isinstance(block, Table):
            walk.table(block)
        elif isinstance(block, Paragraph) and not walk.heading(block.span):
            walk.paragraph(block.span)
    return Outline(tuple(walk.parts), tuple(walk.sections))


def title_of(tree: Outline) -> str:
    """The plan's title: the document the front matter issues (现将《…》印发), else its first paragraph."""
    front = tree.sections[0].paragraphs
    for span in front:
        if match := _ISSUED.search(span.text):
            return match[1]
    return front[0].text if front else (tree.parts[0].title or "" if tree.parts else "")
