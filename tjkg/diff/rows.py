"""One row of an edition with its cells and what is read of them, for a comparison cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tjkg.diff.change import Quote
from tjkg.edits import Edit, clause, edits

__all__ = ["ASPECTS", "Cell", "Moved", "Pair", "Row", "Spot", "overlaps", "spots"]

Json = dict[str, Any]
ASPECTS = ("target", "standard", "funding", "coverage")
_PHRASE = "，；。、：:;,（）()\n"  # ends of the phrase around an edit
_CLAUSE = "；。;\n"


@dataclass(frozen=True)
class Cell:
    """A cell: its words, where they begin in the text and on which line."""

    key: str
    text: str
    start: int = 0
    line: int | None = None

    def quote(self, start: int, end: int) -> Quote | None:
        """Words [start, end) of the cell as a quote; None for none."""
        text = self.text[start:end]
        if not text.strip():
            return None
        while text[:1] in " \n\t" and text:
            start, text = start + 1, text[1:]
        text = text.rstrip()
        line = None if self.line is None else self.line + self.text.count("\n", 0, start)
        return Quote(text, line, self.start + start, self.start + start + len(text))

    def clause(self, start: int, end: int) -> Quote | None:
        """The clause around words of the cell."""
        return self.quote(*clause(self.text, start, end, _CLAUSE))

    def phrase(self, start: int, end: int) -> str | None:
        """The phrase around words of the cell, None when there are none."""
        if start == end:
            return None
        first, last = clause(self.text, start, end, _PHRASE)
        return self.text[first:last].strip() or self.text[start:end].strip() or None


@dataclass(frozen=True)
class Row:
    """A row (a standard) of a service of one side."""

    service: Json
    standard: Json

    @property
    def number(self) -> int:
        """Its number within the service."""
        return int(self.standard["number"])

    def cell(self, key: str) -> Cell:
        """One of its four cells."""
        place = self.standard["places"][key]
        return Cell(key, str(self.standard[key] or ""), place["start"] or 0, place["line"])

    def entries(self, kind: str) -> list[Json]:
        """What was read of it: benefits, limits, funding, contributions, coverage_targets, groups."""
        found = []
        for entry in self.service[kind]:
            rows = entry.get("standard")
            if rows is None or rows == self.number or isinstance(rows, list) and self.number in rows:
                found.append(entry)
        return found


@dataclass(frozen=True)
class Spot:
    """An entry with the words it is read of, and the very number among them (cell positions)."""

    entry: Json
    start: int
    end: int
    core: tuple[int, int]

    @property
    def derived(self) -> bool:
        """Whether we calculated it: then it is no word of the plan."""
        return bool(self.entry.get("derived"))


def spots(entries: Iterable[Json], cell: Cell) -> list[Spot]:
    """The entries that are read of a cell, with their places in it."""
    found: list[Spot] = []
    last: dict[tuple[int, str], int] = {}
    for entry in entries:
        quote = entry.get("quote")
        if not quote:
            continue
        start = (entry["start"] if entry.get("start") is not None else -1) - cell.start
        if cell.text[max(start, 0) : max(start, 0) + len(quote)] != quote:
            continue
        printed = _printed(entry, quote)
        key = (start, printed)
        at = quote.find(printed, last.get(key, -1) + 1) if printed else -1
        if at < 0 and printed:
            at = quote.find(printed)
        if at >= 0 and not entry.get("derived"):
            last[key] = at
        core = (start + at, start + at + len(printed)) if at >= 0 else (start, start + len(quote))
        found.append(Spot(entry, start, start + len(quote), core))
    return found


def _printed(entry: Mapping[str, Any], quote: str) -> str:
    """The number as printed, found in the quote."""
    text = str(entry.get("text") or "")
    if text and text in quote:
        return text
    rate = entry.get("rate")
    return f"{rate}" if rate is not None and f"{rate}" in quote else ""


def overlaps(start: int, end: int, piece: tuple[int, int]) -> bool:
    """Whether words [start, end) and an edited piece have something in common; an empty piece must lie inside."""
    if piece[0] == piece[1]:
        return start < piece[0] < end
    return start < piece[1] and piece[0] < end


class Moved:
    """Where words of the old cell stand in the new one."""

    def __init__(self, found: Sequence[Edit]) -> None:
        self.edits = found

    def at(self, position: int, *, end: bool = False) -> int:
        """A boundary's new position; inside an edit its edge, so that all replaced words are in."""
        shift = 0
        for e in self.edits:
            if e.old[0] < position < e.old[1]:
                return e.new[1] if end else e.new[0]
            if position >= e.old[1] and not (end and position == e.old[1] == e.old[0]):
                shift = e.new[1] - e.old[1]
        return position + shift

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The words [start, end) in the new cell."""
        first = self.at(start)
        return first, max(first, self.at(end, end=True))


@dataclass(frozen=True)
class Pair:
    """A row of the old side and what became of it."""

    old: Row
    new: Row

    def cells(self, key: str) -> tuple[Cell, Cell]:
        """One of the four cells on both sides."""
        return self.old.cell(key), self.new.cell(key)

    def edits(self, key: str) -> tuple[Edit, ...]:
        """The edits of a cell."""
        old, new = self.cells(key)
        return edits(old.text, new.text)
