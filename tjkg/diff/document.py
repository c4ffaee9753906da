"""A plan that was read from a document as the catalogue that `export` gives of a graph, without the graph.

A comparison then needs no triples. A test holds both equal on the real plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tjkg import fields
from tjkg.fields import Field
from tjkg.iris import Edition
from tjkg.records import (
    Benefit,
    Indicator,
    IndicatorValue,
    Measure,
    Passage,
    Plan,
    Rule,
    Service,
    Span,
    Standard,
    Vocabulary,
)

__all__ = ["catalogue_of", "texts_of"]

Json = dict[str, Any]
_CELLS = {"target": "target", "standard": "guarantee", "funding": "funding", "coverage": "coverage"}


def _number(value: Any) -> Any:
    return int(value) if value == value.to_integral_value() else float(value)


def _place(passage: Passage | None) -> Json:
    if passage is None:
        return {"quote": None, "line": None, "start": None, "end": None}
    return {"quote": passage.quote, "line": passage.line, "start": passage.start, "end": passage.end}


def _groups(mentions: Iterable[Json]) -> list[Json]:
    """One entry a group, with all its rows; named is stronger than included."""
    found: dict[str, Json] = {}
    for mention in mentions:
        name = mention.pop("group")
        entry = found.setdefault(name, {"name": name, **mention, "standard": []})
        entry["standard"] = sorted({*entry["standard"], *mention["standard"]})
        if mention["relation"] == "named":
            entry["relation"] = "named"
    return list(found.values())


def _rule(rule: Rule) -> str:
    return f"{rule.name}（{rule.number}）" if rule.number and rule.number not in rule.name else rule.name


class _Reader:
    """Records as the JSON of the export has them; concepts of data/shared by their label."""

    def __init__(self, plan: Plan, vocabulary: Vocabulary, edition: Edition) -> None:
        self.plan, self.edition = plan, edition
        self.labels: dict[str, Mapping[str, str]] = {
            "group": {t.id: t.label for t in vocabulary.groups},
            "payer": {t.id: t.label for t in vocabulary.payers},
            "agency": {a.id: a.label for a in vocabulary.agencies},
        }

    def record(self, record: Any, table: Iterable[Field]) -> Json:
        found: Json = {}
        for attr, _, kind in table:
            value = getattr(record, attr)
            if value is None or kind in ("text", "boolean"):
                found[attr] = value
            elif kind == "decimal":
                found[attr] = _number(value)
            elif kind == "rule":
                found[attr] = _rule(value)
            else:
                found[attr] = getattr(record, "name", None) or self.labels[kind].get(value, value)
        return found

    def per_row(self, service: Service, attr: str, cell: str) -> list[tuple[Any, list[int], int]]:
        """(record, numbers of the rows it holds for, its number in its row), in text order."""
        found: dict[tuple[int, int], tuple[Any, list[int], int]] = {}
        for row in service.standards:
            owner = row.number
            if cell in row.inherited:
                owner = next(r.number for r in service.standards if getattr(r, cell) == getattr(row, cell))
            for i, record in enumerate(getattr(row, attr), 1):
                found.setdefault((owner, i), (record, [], i))[1].append(row.number)
        return list(found.values())

    def benefit(self, service: Service, benefit: Benefit, rows: list[int], number: int) -> Json:
        bracket = None
        if benefit.bracket is not None:
            b = self.record(benefit.bracket, fields.BRACKET)
            bracket = {"from": b["lower"], "from_included": b["lower_included"], "to": b["upper"],
                       "to_included": b["upper_included"], "unit": b["unit"]}
        return {
            "standard": rows[0], **self.record(benefit, fields.BENEFIT), "bracket": bracket, "criterion": None,
            **_place(benefit.passage), "id": self.edition.node("benefit", service.name, rows[0], number),
        }

    def standard(self, row: Standard) -> Json:
        names = {aspect: key for key, aspect in _CELLS.items()}
        cells: dict[str, Span] = {key: getattr(row, aspect) for key, aspect in _CELLS.items()}
        return {
            **{key: cell.text if cell.text.strip() else "" for key, cell in cells.items()},
            "number": row.number, "lines": list(row.lines), "inherited": sorted(names[a] for a in row.inherited),
            "places": {k: _place(c.passage() if c.text.strip() else None) for k, c in cells.items()},
            "id": self.edition.node("standard", row.service, row.number),
        }

    def service(self, service: Service) -> Json:
        def listed(attr: str, cell: str, table: Iterable[Field]) -> list[Json]:
            return [
                {"standard": rows, **self.record(record, table), **_place(record.passage)}
                for record, rows, _ in self.per_row(service, attr, cell)
            ]

        return {
            "name": service.name, "category": service.category, "domain": service.domain, "section": service.section,
            "standards": [self.standard(row) for row in service.standards],
            "groups": _groups(listed("audience", "target", fields.AUDIENCE)),
            "universal": service.universal,
            "funding": listed("payments", "funding", fields.FUNDING),
            "contributions": listed("contributions", "funding", fields.CONTRIBUTION),
            "coverage_targets": listed("coverage_targets", "coverage", fields.COVERAGE),
            "benefits": [
                self.benefit(service, b, rows, i) for b, rows, i in self.per_row(service, "benefits", "guarantee")
            ],
            "limits": listed("limits", "guarantee", fields.QUANTITY),
            "agencies": [
                {"name": r.pop("agency"), **r, **_place(role.passage)}
                for role in service.agencies
                for r in [self.record(role, fields.AGENCY_ROLE)]
            ],
            "line": service.passage.line, "iri": self.edition.service(service.name),
        }

    def value(self, value: IndicatorValue) -> Json:
        return {
            "year": value.year, "text": value.text, "value": None if value.value is None else _number(value.value),
            "operator": value.operator, "note": value.note, **_place(value.passage),
        }

    def indicator(self, indicator: Indicator) -> Json:
        return {
            "domain": indicator.domain, "name": indicator.name, "unit": indicator.unit,
            "baseline": self.value(indicator.baseline), "target": self.value(indicator.target),
            "property": indicator.property, "note": indicator.note, **_place(indicator.passage),
        }

    def measure(self, measure: Measure) -> Json:
        return {
            "domain": measure.domain, "title": measure.title, "text": measure.span.text,
            "targets": [
                self.record(t, fields.QUANTITY) | _place(t.passage) for t in measure.targets if t.kind == "target"
            ],
            **{k: v for k, v in _place(measure.span.passage()).items() if k != "quote"},
        }


def catalogue_of(plan: Plan, vocabulary: Vocabulary, edition: Edition) -> Json:
    """The catalogue of a plan, with the keys of `export` that a comparison reads."""
    reader = _Reader(plan, vocabulary, edition)
    measures = {kind: [reader.measure(m) for m in plan.measures if m.kind == kind] for kind in ("task", "project", "measure")}
    return {
        "plan": {"id": edition.id, "title": plan.title, "date": plan.date, "sha256": plan.source.sha256},
        "services": [reader.service(s) for s in plan.services],
        "indicators": [reader.indicator(i) for i in plan.indicators],
        "projects": measures["project"], "tasks": measures["task"], "measures": measures["measure"],
    }


def texts_of(plan: Plan) -> list[Json]:
    """The paragraphs, notes and goals of a plan that no table row, task or project stands for, in text order."""
    told = {m.span.start for m in plan.measures}
    spans = [p.span for p in plan.parts if p.kind in ("paragraph", "note") and p.span.start not in told]
    found = [{"text": s.text, **_place(s.passage())} for s in spans]
    found += [{"text": c.goal, **_place(c.goal_passage)} for c in plan.categories if c.goal and c.goal_passage]
    return sorted(found, key=lambda t: t["start"])
