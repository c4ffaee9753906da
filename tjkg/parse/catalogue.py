"""The list of services (类别 × 项目) and the tables of standards → categories, services, rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tjkg.parse.columns import Columns
from tjkg.parse.numerals import to_decimal
from tjkg.read.blocks import Row, SubHeading, Table
from tjkg.records import Category, Finding, Passage, Service, Span, Standard

__all__ = ["ASPECTS", "Rows", "categories", "check_list", "rows_of"]

ASPECTS = ("target", "guarantee", "funding", "coverage")
_COUNT = re.compile(r"[（(]\s*共计?\s*([\d一二三四五六七八九十百]+)\s*项\s*[）)]\s*$")


def _trim(span: Span) -> Span:
    text = span.text
    left = len(text) - len(text.lstrip())
    return span.sub(left, left + len(text.strip()))


def key(name: str) -> str:
    """A name as the list and the tables compare it: without blanks and line breaks."""
    return re.sub(r"\s", "", name)


# ---------------------------------------------------------------- the list


def _split(span: Span, known: frozenset[str]) -> list[Span]:
    """The names of a list cell: by `，` or `；` where it has them (names may contain `、`), else by `、`.

    With the tables' names known, pieces split at `、` are joined again when only the whole is a name.
    """
    text = span.text.rstrip("。； ")
    sign = next((s for s in "；，" if s in text), "、")
    pieces, at = [], 0
    for piece in text.split(sign):
        pieces.append((at, at + len(piece)))
        at += len(piece) + 1
    if sign == "、" and known:
        pieces = _rejoin(text, pieces, known)
    return [_trim(span.sub(a, b)) for a, b in pieces if b > a]


def _rejoin(text: str, pieces: list[tuple[int, int]], known: frozenset[str]) -> list[tuple[int, int]]:
    joined, i = [], 0
    while i < len(pieces):
        end = next(
            (j for j in range(len(pieces) - 1, i, -1) if key(text[pieces[i][0] : pieces[j][1]]) in known), i
        )
        joined.append((pieces[i][0], pieces[end][1]))
        i = end + 1
    return joined


def categories(table: Table, cols: Columns, known: frozenset[str]) -> tuple[Category, ...]:
    """The categories of the list with their services, in text order."""
    found = []
    for row in table.rows:
        if not isinstance(row, Row):
            continue
        name, goal, names = (cols.cell(row, a) for a in ("category", "goal", "services"))
        if name is None or goal is None or names is None:
            continue
        count = _COUNT.search(names.text)
        body = names.sub(0, count.start()) if count else names
        services = tuple((key(s.text), s.passage()) for s in _split(body, known))
        number = to_decimal(count[1]) if count else None
        found.append(
            Category(
                key(name.text), _trim(goal).text, _trim(goal).passage(), _trim(name).passage(), services,
                int(number) if number is not None else None,
            )
        )
    return tuple(found)


# ---------------------------------------------------------------- the tables


@dataclass
class Rows:
    """The services of one table of standards, and its sub-headings."""

    services: list[Service] = field(default_factory=list)
    sections: list[tuple[str, Passage]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class _Reading:
    """Reads a table top down; empty cells take the cell above (merged cells come out empty)."""

    def __init__(self, table: Table, cols: Columns, domain: str, order: int) -> None:
        self.table, self.cols, self.domain = table, cols, domain
        self.order = order
        self.out = Rows()
        self.section: str | None = None
        self.above: dict[str, Span] = {}

    def read(self) -> Rows:
        for row in self.table.rows:
            if isinstance(row, SubHeading):
                self.section = key(row.span.text)
                self.out.sections.append((self.section, row.span.passage()))
                self.above = {}
            elif len(row.cells) != len(self.table.header.cells):
                self._finding("row-width", row, have=str(len(row.cells)), want=str(len(self.table.header.cells)))
            else:
                self.row(row)
        return self.out

    def _finding(self, rule: str, row: Row, **values: str) -> None:
        quote = row.cells[0] if row.cells[0].text.strip() else row.span
        self.out.findings.append(
            Finding("violation", rule, values, _trim(quote).passage(), key(row.cells[0].text) or None)
        )

    def row(self, row: Row) -> None:
        name = self.cols.cell(row, "name")
        assert name is not None  # columns() demands it
        last = self.out.services[-1] if self.out.services else None
        if not name.text.strip():
            if last is None or not self.above:
                self._finding("row-without-name", row)
                return
            self._append(row, last, self._cells(row, merged=True))
            return
        cells = self._cells(row, merged=False)
        if last is not None and key(name.text) == last.name:  # the name repeated after a page break
            self._append(row, last, cells)
            return
        self.order += 1
        standard = self._standard(row, key(name.text), 1, cells)
        self.out.services.append(
            Service(key(name.text), None, self.domain, self.section, self.order, _trim(name).passage(), (standard,))
        )

    def _append(self, row: Row, service: Service, cells: tuple[dict[str, Span], tuple[str, ...]]) -> None:
        if any([c.text for c in cells[0].values()] == [getattr(s, a).text for a in ASPECTS] for s in service.standards):
            self._finding("duplicate-row", row)
            return
        standard = self._standard(row, service.name, len(service.standards) + 1, cells)
        self.out.services[-1] = Service(
            service.name, None, service.domain, service.section, service.order, service.passage,
            (*service.standards, standard),
        )

    def _cells(self, row: Row, *, merged: bool) -> tuple[dict[str, Span], tuple[str, ...]]:
        cells: dict[str, Span] = {}
        inherited = []
        for aspect in ASPECTS:
            cell = self.cols.cell(row, aspect)
            if cell is not None and cell.text.strip():
                cells[aspect] = self.above[aspect] = cell
            elif merged and aspect in self.above:
                cells[aspect] = self.above[aspect]
                inherited.append(aspect)
            elif cell is not None:
                cells[aspect] = cell
                self.above.pop(aspect, None)
                self._finding("cell-empty", row, aspect=aspect)
            else:
                cells[aspect] = row.span.sub(0, 0)
        return cells, tuple(inherited)

    def _standard(
        self, row: Row, name: str, number: int, cells: tuple[dict[str, Span], tuple[str, ...]]
    ) -> Standard:
        spans, inherited = cells
        return Standard(
            name, number, spans["target"], spans["guarantee"], spans["funding"], spans["coverage"],
            row.lines, inherited, self.order,
        )


def rows_of(table: Table, cols: Columns, domain: str, order: int) -> Rows:
    """The services of a table of standards; `order` is the last number given before it."""
    return _Reading(table, cols, domain, order).read()


# ---------------------------------------------------------------- the two against each other


def check_list(found: Sequence[Category], services: Sequence[Service]) -> list[Finding]:
    """List against tables: a name on one side only, a name twice, a printed count that does not fit."""
    findings = []
    listed: dict[str, Passage] = {}
    for category in found:
        if category.count is not None and category.count != len(category.services):
            values = {"category": category.name, "printed": str(category.count), "found": str(len(category.services))}
            findings.append(Finding("violation", "count-differs", values, category.passage))
        for name, passage in category.services:
            if name in listed:
                findings.append(Finding("violation", "listed-twice", {"name": name}, passage, name))
            listed[name] = passage
    seen: set[str] = set()
    for service in services:
        if service.name in seen:
            findings.append(
                Finding("violation", "service-twice", {"name": service.name}, service.passage, service.name)
            )
        seen.add(service.name)
        if found and service.name not in listed:
            findings.append(
                Finding("violation", "not-in-list", {"name": service.name}, service.passage, service.name)
            )
    findings += [
        Finding("violation", "not-in-tables", {"name": name}, passage, name)
        for name, passage in listed.items()
        if name not in seen
    ]
    return findings
