"""A cell in pieces: lines, sentences, semicolon clauses and comma chunks, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tjkg.records import Passage, Span

__all__ = ["Chunk", "chunks", "masked"]

_CLOSED = re.compile(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）|\([^()]*\)|“[^”]*”|《[^》]*》|〔[^〕]*〕")
_MARKER = re.compile(r"(?:[0-9]{1,2}[.．、](?![0-9])|[一二三四五六七八九十]{1,2}(?:是|、)|（[一二三四五六七八九十0-9]+）)")
# A sentence that is no more than a heading: 一是资助参保。
_HEADING = re.compile(r"[^，。；：、0-9]{2,14}")


@dataclass(frozen=True)
class Chunk:
    """A comma piece of a cell. start, end: offsets in the cell, blanks and marks trimmed.

    line, sentence, clause: running numbers of what it is part of. head: it ends in a colon (“居家：”)
    or is a heading with a list marker (“一是资助参保。”). listed: its line has a list marker.
    """

    cell: Span
    start: int
    end: int
    line: int
    sentence: int
    clause: int
    head: bool = False
    listed: bool = False

    @property
    def text(self) -> str:
        """The characters, verbatim."""
        return self.cell.text[self.start : self.end]

    def passage(self, start: int | None = None, end: int | None = None) -> Passage:
        """The passage of this piece, or of cell offsets start to end."""
        a = self.start if start is None else start
        return self.cell.passage(a, self.end if end is None else end)


def masked(text: str) -> str:
    """The text with all that stands in brackets, quotes and 《》 blanked out, same length."""
    return _CLOSED.sub(lambda m: "□" * len(m[0]), text)


def _pieces(mask: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, closing mark) of the pieces between marks; one between digits is none."""
    at = start
    for m in re.compile(marks).finditer(mask, start, end):
        between_digits = mask[m.start() - 1 : m.start()].isdigit() and mask[m.end() : m.end() + 1].isdigit()
        if between_digits and m[0] in ":：∶,":  # 6：4, 1,200
            continue
        yield at, m.start(), m[0]
        at = m.end()
    yield at, end, ""


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without surrounding blanks."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def chunks(cell: Span) -> tuple[Chunk, ...]:
    """All comma chunks of a cell in text order."""
    text = cell.text
    mask = masked(text)
    out: list[Chunk] = []
    sentence = clause = 0
    # a line break inside a sentence is no end of it
    breaks = re.sub(r"(?<![。；;：:\n])\n(?![0-9]{1,2}[.．、](?![0-9])|[一二三四五六七八九十]{1,2}(?:是|、)|（)", " ", mask)
    line = 0
    for a, b, _ in _pieces(breaks, 0, len(text), r"\n"):
        line += 1
        for c, d, _ in _pieces(breaks, a, b, "。"):
            c, d = _trim(text, c, d)
            sentence += 1
            if marker := _MARKER.match(text, c, d):
                line, c = line + 1, marker.end()
                if d < b and _HEADING.fullmatch(text, c, d):
                    out.append(Chunk(cell, c, d, line, sentence, clause, head=True, listed=True))
                    continue
            for e, f, _ in _pieces(breaks, c, d, "[；;]"):
                clause += 1
                for g, h, mark in _pieces(breaks, e, f, "[，,:：]"):
                    g, h = _trim(text, g, h)
                    if g < h:
                        head = mark in (":", "：") if mark else False
                        out.append(Chunk(cell, g, h, line, sentence, clause, head, marker is not None))
    return tuple(out)
