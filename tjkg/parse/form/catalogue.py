"""The list of services (类别 × 项目) and the tables of standards → categories, services, rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tjkg.parse.form.columns import Columns
from tjkg.parse.form.headings import bare, heading
from tjkg.parse.text.numerals import to_decimal
from tjkg.read.blocks import Row, SubHeading, Table
from tjkg.records import Category, Finding, Passage, Service, Span, Standard

__all__ = ["ASPECTS", "Group", "Rows", "categories", "key", "rows_of"]

ASPECTS = ("target", "guarantee", "funding", "coverage")
_COUNT = re.compile(r"[（(]\s*共计?\s*([\d一二三四五六七八九十百]+)\s*项\s*[）)]\s*$")


def _trim(span: Span) -> Span:
    text = span.text
    left = len(text) - len(text.lstrip())
    return span.sub(left, left + len(text.strip()))


def key(name: str) -> str:
    """A name as the list and the tables compare it: without blanks, line breaks and a number before it."""
    return re.sub(r"\s", "", bare(name))


def _name(span: Span) -> Span:
    """A cell's name: no blanks around it, no number before it."""
    text = _trim(span).text
    return _trim(_trim(span).sub(len(text) - len(bare(text)), len(text)))


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
    most = max(name.count("、") for name in known)
    while i < len(pieces):
        end = next(
            (j for j in range(min(len(pieces) - 1, i + most), i, -1) if key(text[pieces[i][0] : pieces[j][1]]) in known), i
        )
        joined.append((pieces[i][0], pieces[end][1]))
        i = end + 1
    return joined


def _listed(span: Span, known: frozenset[str]) -> tuple[tuple[tuple[str, Passage], ...], int | None]:
    """The services of a list's cell with their places, and the printed count."""
    count = _COUNT.search(span.text)
    body = span.sub(0, count.start()) if count else span
    number = to_decimal(count[1]) if count else None
    names = tuple((key(s.text), s.passage()) for s in map(_name, _split(body, known)))
    return names, int(number) if number is not None else None


def categories(table: Table, cols: Columns, known: frozenset[str]) -> tuple[Category, ...]:
    """The categories of the list with their services, in text order; an empty category cell takes the one above."""
    found: list[Category] = []
    for row in table.rows:
        names = cols.cell(row, "services") if isinstance(row, Row) else None
        if not isinstance(row, Row) or names is None:
            continue
        name, goal = cols.cell(row, "category"), cols.cell(row, "goal")
        services, count = _listed(names, known)
        if name is None or not name.text.strip():
            if found:
                found[-1] = replace(found[-1], services=(*found[-1].services, *services))
            continue
        said = _trim(goal) if goal is not None and goal.text.strip() else None
        found.append(
            Category(
                key(name.text), said.text if said else None, said.passage() if said else None,
                _name(name).passage(), services, count,
            )
        )
    return tuple(found)


# ---------------------------------------------------------------- the tables


@dataclass
class Group:
    """What a table groups its services by: a domain that it names itself (or none), with its sub-headings."""

    name: str | None
    passage: Passage | None
    sections: list[tuple[str, Passage]] = field(default_factory=list)


@dataclass
class Rows:
    """The services of one table of standards, how it groups them, and the categories its rows name."""

    services: list[Service] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    categories: dict[str, Passage] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class _Reading:
    """Reads a table top down; empty cells take the cell above (merged cells come out empty)."""

    def __init__(self, table: Table, cols: Columns, domain: str | None, order: int) -> None:
        self.table, self.cols = table, cols
        self.order = order
        self.out = Rows(groups=[Group(domain, None)])
        self.section: str | None = None
        self.category: str | None = None
        self.above: dict[str, Span] = {}
        styles = {_style(r) for r in table.rows if isinstance(r, SubHeading)}
        # 一、 above （一）: the outer one names a domain; so does the only one where nothing else does
        self.outer = "han" if {"han", "bracket"} <= styles else None
        self.only = domain is None and self.outer is None and "domain" not in cols.index

    def read(self) -> Rows:
        for row in self.table.rows:
            if isinstance(row, SubHeading):
                self._heading(row)
            elif len(row.cells) != len(self.table.header.cells):
                self._finding("row-width", row, have=str(len(row.cells)), want=str(len(self.table.header.cells)))
            else:
                self._grouping(row)
                self.row(row)
        self.out.groups = [g for g in self.out.groups if g.sections or g.name or len(self.out.groups) == 1]
        return self.out

    def _heading(self, row: SubHeading) -> None:
        if self.only or (self.outer is not None and _style(row) == self.outer):
            self._domain(_name(row.span))
        else:
            self._section(_name(row.span))
        self.above = {}

    def _domain(self, span: Span) -> None:
        self.section = None
        if not any(g.name == key(span.text) for g in self.out.groups):
            self.out.groups.append(Group(key(span.text), span.passage()))

    def _section(self, span: Span) -> None:
        self.section = key(span.text)
        group = self.out.groups[-1]
        if self.section not in [name for name, _ in group.sections]:
            group.sections.append((self.section, span.passage()))

    def _grouping(self, row: Row) -> None:
        """Domain, category and section of a row, where the table has columns for them."""
        for aspect, take in (("domain", self._domain), ("section", self._section)):
            cell = self.cols.cell(row, aspect)
            if cell is not None and cell.text.strip():
                take(_name(cell))
        category = self.cols.cell(row, "category")
        if category is not None and category.text.strip():
            self.category = key(category.text)
            self.out.categories.setdefault(self.category, _name(category).passage())

    def _finding(self, rule: str, row: Row, **values: str) -> None:
        name = self.cols.cell(row, "name") or row.cells[0]
        quote = name if name.text.strip() else row.span
        self.out.findings.append(
            Finding("violation", rule, values, _trim(quote).passage(), key(name.text) or None)
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
        domain = self.out.groups[-1].name or ""
        self.out.services.append(
            Service(
                key(name.text), self.category, domain, self.section, self.order, _name(name).passage(), (standard,)
            )
        )

    def _append(self, row: Row, service: Service, cells: tuple[dict[str, Span], tuple[str, ...]]) -> None:
        if any([c.text for c in cells[0].values()] == [getattr(s, a).text for a in ASPECTS] for s in service.standards):
            self._finding("duplicate-row", row)
            return
        standard = self._standard(row, service.name, len(service.standards) + 1, cells)
        self.out.services[-1] = replace(service, standards=(*service.standards, standard))

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
            row.lines, inherited, self.order, self._beside(row, "content"), self._beside(row, "lead"),
        )

    def _beside(self, row: Row, aspect: str) -> Span | None:
        """A further cell of the row; an empty one takes the cell above in rows of one service."""
        cell = self.cols.cell(row, aspect)
        if cell is not None and cell.text.strip():
            self.above[aspect] = cell
            return cell
        name = self.cols.cell(row, "name")
        return self.above.get(aspect) if name is not None and not name.text.strip() else None


def _style(row: SubHeading) -> str | None:
    found = heading(row.span.text)
    return found.style if found is not None else None


def rows_of(table: Table, cols: Columns, domain: str | None, order: int) -> Rows:
    """The services of a table of standards.

    domain: what the document calls the table's field, None where only the table itself can tell;
    order: the last number given before it.
    """
    return _Reading(table, cols, domain, order).read()
