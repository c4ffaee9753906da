"""What a reader found (paragraphs and grids of cells) → the one canonical text everything works on.

The form is that of `blocks`: reading the text back gives the same paragraphs, rows and sub-headings.
What the form cannot carry is settled here: a TAB inside a cell or paragraph becomes a blank; a line
break in a header, in the first cell of a row or in a sub-heading closes up (it is a wrap); so does one
in the last cell whose next line would read as a sub-heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tjkg.read.blocks import continues, ends_table, gap

__all__ = ["Grid", "Piece", "canonical", "row_text"]

_INVISIBLE = re.compile("[\x00\ufeff\u200b\u2060\u00ad]")  # BOM, zero-width blanks, soft hyphen
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef“”‘’—…·]")


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, the header first, and sub-headings (a str)."""

    rows: tuple[tuple[str, ...] | str, ...]


Piece = str | Grid


@dataclass(frozen=True)
class _Line:
    text: str
    table: int | None = None  # the number of its grid


def _clean(text: str) -> str:
    """\\n line ends, no TAB, nothing invisible."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n"))
    return re.sub(r"[\r\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", text).replace("\t", " ").replace("\xa0", " ")


def _lines_of(cell: str) -> list[str]:
    """The lines of a cell that have something in them (a cell of blanks is empty)."""
    return [line for line in cell.split("\n") if line.strip()]


def _close(lines: list[str]) -> str:
    """Lines as one: closed up next to a Chinese character, else with a blank between."""
    text = lines[0] if lines else ""
    for line in lines[1:]:
        wide = _WIDE.match(line[:1]) or _WIDE.match(text[-1:])
        text += line if wide else " " + line
    return text


def _kept(lines: list[str]) -> str:
    """Lines with their breaks; one that would read as the end of the table closes up."""
    text = lines[0] if lines else ""
    for line in lines[1:]:
        text = _close([text, line]) if ends_table(line) or gap(line) else f"{text}\n{line}"
    return text


def _last(lines: list[str], row_below: bool) -> str:
    """The last cell keeps its breaks where no line of it reads as a sub-heading."""
    return "\n".join(lines) if all(continues(x, row_below) for x in lines[1:]) else _close(lines)


def _stands(cells: Sequence[str], row_below: bool) -> bool:
    """Whether the cells can be written with all their breaks and read back."""
    if not cells or "\n" in cells[0]:
        return len(cells) == 0
    first, *more = cells[-1].split("\n")
    lines = "\t".join([*cells[:-1], first]).split("\n")[1:]
    if any(gap(line) or ends_table(line) for line in lines):
        return False
    return not more or (bool(first.strip()) and all(continues(line, row_below) for line in more))


def row_text(cells: Sequence[str], row_below: bool) -> str:
    """A row of cells as lines of the text; row_below: another row stands right under it."""
    if _stands(cells, row_below):
        return "\t".join(cells)
    first, *middle, last = [_lines_of(c) for c in cells] if len(cells) > 1 else [_lines_of(cells[0]), []]
    texts = [_close(first), *(_kept(m) for m in middle), _last(last, row_below)]
    return "\t".join(texts[: len(cells)])


def _key(row: Sequence[str]) -> list[str]:
    return [re.sub(r"\s", "", c) for c in row]


def _grid(grid: Grid, number: int) -> Iterable[_Line]:
    clean = [_clean(r) if isinstance(r, str) else [_clean(c) for c in r] for r in grid.rows]
    header = next((row for row in clean if isinstance(row, list)), [])
    rows = [r for r in clean if isinstance(r, str) or r is header or _key(r) != _key(header)]
    for i, row in enumerate(rows):
        if isinstance(row, str):
            text = _close(_lines_of(row))
        elif row is header:
            text = "\t".join(_close(_lines_of(c)) for c in row)
        else:
            row = ["\n".join(_lines_of(c)) for c in row]
            text = row_text(row, i + 1 < len(rows) and isinstance(rows[i + 1], list))
        if text.strip():
            yield from (_Line(line, number) for line in text.split("\n"))


def _apart(lines: list[_Line]) -> Iterable[str]:
    """The lines, with a blank one where a paragraph under a table would be read as a part of it."""
    for i, line in enumerate(lines):
        above = lines[i - 1].table if i else None
        if above is not None and above != line.table and line.text.strip():
            row_near = any(below.table is not None for below in lines[i : i + 3])
            if not ends_table(line.text) and (row_near or continues(line.text)):
                yield ""
        yield line.text


def canonical(pieces: Iterable[Piece]) -> str:
    """The canonical text of the pieces, without blank lines at its ends."""
    lines: list[_Line] = []
    for number, piece in enumerate(pieces):
        if isinstance(piece, Grid):
            lines += _grid(piece, number)
        else:
            lines += [_Line(text if text.strip() else "") for text in _clean(piece).split("\n")]
    return "\n".join(_apart(lines)).strip("\n")
