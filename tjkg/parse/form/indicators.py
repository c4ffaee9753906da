"""The table of indicators: names, units, two years' values, 约束性/预期性, and what its note adds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tjkg.parse.form.columns import Columns
from tjkg.parse.numbers import numbers
from tjkg.parse.targets.prose import indicator_value
from tjkg.read.blocks import Row, Table
from tjkg.records import Finding, Indicator, IndicatorValue, Passage, Span

__all__ = ["indicators"]

_UNIT = re.compile(r"[（(]([^（）()]+)[）)]$")
_MARK = re.compile(r"标\s*(\S)\s*(?:为|的为|者为)\s*(\d{4})\s*年")  # 标*为2019年数据


def _trim(span: Span) -> Span:
    text = span.text
    left = len(text) - len(text.lstrip())
    return span.sub(left, left + len(text.strip()))


def _name(span: Span, unit: Span | None) -> tuple[str, str | None]:
    """(name, unit): the unit stands in the last brackets, or in a column of its own."""
    if unit is not None and unit.text.strip():
        return span.text, unit.text.strip()
    match = _UNIT.search(span.text)
    return (span.text[: match.start()], match[1]) if match else (span.text, None)


def _marks(notes: Sequence[Span]) -> dict[str, tuple[int, Passage]]:
    """sign → (year, passage) from notes such as 标*为2019年数据."""
    found = {}
    for note in notes:
        for match in _MARK.finditer(note.text):
            found[match[1]] = (int(match[2]), note.passage(match.start(), match.end()))
    return found


def _sentence_on(name: str, notes: Sequence[Span]) -> str | None:
    """The sentence of a note that names the indicator."""
    for note in notes:
        for sentence in re.split(r"(?<=。)", note.text):
            if name in sentence:
                return re.sub(r"^(注[：:]|另外?|其中)+", "", sentence).rstrip("。") or None
    return None


def _unit_of(cell: Span, unit: str | None) -> str | None:
    """The indicator's unit, or the one printed with the only number of the cell (覆盖率达到80%)."""
    measured = [n for n in numbers(cell.text) if n.measured]
    return unit or (measured[0].unit if len(measured) == 1 else None)


def _value(cell: Span, role: str, year: int, unit: str | None, marks: dict[str, tuple[int, Passage]]) -> IndicatorValue:
    cell = _trim(cell)
    operator, value = indicator_value(cell, unit, past=role == "baseline")
    unit = _unit_of(cell, unit) if value is not None else None
    sign = next((s for s in marks if cell.text.endswith(s)), None)
    if sign is None:
        return IndicatorValue(role, year, cell.text, cell.passage(), operator, value, unit)
    real_year, passage = marks[sign]
    return IndicatorValue(
        role, real_year, cell.text, cell.passage(), operator, value, unit, passage.quote, passage
    )


def indicators(
    table: Table, cols: Columns, notes: Sequence[Span]
) -> tuple[tuple[Indicator, ...], tuple[Finding, ...]]:
    """The rows of a table of indicators; an empty domain cell takes the one above."""
    found, findings = [], []
    marks = _marks(notes)
    domain = ""
    for row in table.rows:
        if not isinstance(row, Row):
            domain = re.sub(r"\s", "", row.span.text)  # a sub-heading across the table is the domain
            continue
        if len(row.cells) != len(table.header.cells):
            values = {"have": str(len(row.cells)), "want": str(len(table.header.cells))}
            findings.append(Finding("violation", "row-width", values, row.span.passage()))
            continue
        above = cols.cell(row, "domain")
        domain = re.sub(r"\s", "", above.text) if above is not None and above.text.strip() else domain
        name, before, after, prop = (cols.cell(row, a) for a in ("name", "year0", "year1", "property"))
        if name is None or before is None or after is None or prop is None:
            continue
        label, unit = _name(_trim(name), cols.cell(row, "unit"))
        for cell, aspect in ((name, "name"), (before, "baseline"), (after, "target"), (prop, "property")):
            if not cell.text.strip():
                findings.append(Finding("violation", "indicator-empty", {"aspect": aspect}, row.span.passage()))
        found.append(
            Indicator(
                label, domain, unit,
                _value(before, "baseline", cols.years[0], unit, marks),
                _value(after, "target", cols.years[1], unit, marks),
                prop.text.strip(), _trim(name).passage(), _sentence_on(label, notes),
            )
        )
    return tuple(found), tuple(findings)
