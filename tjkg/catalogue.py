"""The catalogue as plain data, read back from a store: the contract of `export --format json`.

The graph is read node by node and the tables of `fields` say which property is which key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from tjkg import fields
from tjkg.errors import NotFoundError
from tjkg.fields import Field
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.query import internal
from tjkg.store.answers import Rows, Store, Value

__all__ = ["Json", "Nodes", "benefits_by_standard", "export", "plain", "service_iri", "show"]

Json = dict[str, Any]
_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["skos"] + "prefLabel"
_RULE_LABEL = PREFIXES["rdfs"] + "label"
_TITLE, _IDENTIFIER, _DATE = (PREFIXES["dct"] + n for n in ("title", "identifier", "issued"))
_EXACT, _START, _END = (PREFIXES["oa"] + n for n in ("exact", "start", "end"))
_CELLS = {"target": "target", "standard": "guarantee", "funding": "funding", "coverage": "coverage"}
_MEASURES = {"projects": TJKG.GuaranteeProject, "tasks": TJKG.KeyTask, "measures": TJKG.ImplementationMeasure}


def plain(value: Value) -> Any:
    """A value as JSON has it: whole decimals as integers, others as floats."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


class Nodes:
    """Statements by node: subject → property → values, in the order given; criteria by their owner."""

    def __init__(self, rows: Rows, trees: Rows = Rows((), [])) -> None:
        self.criteria = {
            str(owner): {"tree": json.loads(str(tree)), "state": str(state)} for owner, tree, state in trees.rows
        }
        self._of: dict[str, dict[str, list[Value]]] = {}
        self._by_class: dict[str, list[str]] = {}
        for s, p, o in rows.rows:
            self._of.setdefault(str(s), {}).setdefault(str(p), []).append(o)
            if p == _TYPE:
                self._by_class.setdefault(str(o), []).append(str(s))

    def all(self, node: str, predicate: str) -> list[Value]:
        """All values of a property."""
        return self._of.get(node, {}).get(predicate, [])

    def one(self, node: str, predicate: str) -> Value:
        """The value of a property, or None (the least, should there be several)."""
        found = self.all(node, predicate)
        return min(found, key=str) if len(found) > 1 else found[0] if found else None

    def ordered(self, nodes: Iterable[Value]) -> list[str]:
        """Nodes by their tjkg:order."""
        return sorted({str(n) for n in nodes}, key=lambda n: (self.number(n, TJKG.order), n))

    def of_class(self, cls: str) -> list[str]:
        """The nodes of a class, in order."""
        return self.ordered(self._by_class.get(cls, []))

    def having(self, predicate: str) -> Iterable[tuple[str, list[Value]]]:
        """The nodes that have a property, and its values."""
        return ((node, found[predicate]) for node, found in self._of.items() if predicate in found)

    def number(self, node: str, predicate: str) -> int:
        """An integer property; 0 when it is not there."""
        value = self.one(node, predicate)
        return value if isinstance(value, int) else 0

    def name(self, node: Value) -> str | None:
        """The Chinese label of a concept (labels in other languages are told by their script)."""
        if node is None:
            return None
        labels = [str(v) for p in (_LABEL, _TITLE, _RULE_LABEL) for v in self.all(str(node), p)]
        return next((v for v in labels if any("\u4e00" <= c <= "\u9fff" for c in v)), labels[0] if labels else None)

    def place(self, node: str, predicate: str = TJKG.statedIn) -> Json:
        """quote, line, start, end of where a node is stated."""
        passage = self.one(node, predicate)
        if passage is None:
            return {"quote": None, "line": None, "start": None, "end": None}
        at = str(passage)
        return {
            "quote": self.one(at, _EXACT), "line": self.one(at, TJKG.line),
            "start": self.one(at, _START), "end": self.one(at, _END),
        }

    def record(self, node: str, table: Iterable[Field]) -> Json:
        """The keys of a table of fields; concepts by their label, rules by name and number."""
        found: Json = {}
        for attr, term, kind in table:
            value = self.one(node, TJKG[term])
            if kind in ("payer", "group", "agency"):
                found[attr] = self.name(value)
            elif kind == "rule":
                found[attr] = self._rule(value)
            else:
                found[attr] = plain(value)
        return found

    def _rule(self, node: Value) -> str | None:
        name = self.name(node)
        number = self.one(str(node), TJKG.documentNumber)
        return f"{name}（{number}）" if name and number and str(number) not in name else name


# ---------------------------------------------------------------- one service


def _standard(nodes: Nodes, node: str) -> Json:
    cells = {key: nodes.one(node, TJKG[f"{aspect}Text"]) or "" for key, aspect in _CELLS.items()}
    names = {aspect: key for key, aspect in _CELLS.items()}
    return {
        **cells,
        "content": nodes.one(node, TJKG.contentText),
        "number": nodes.number(node, TJKG.number),
        "lines": [nodes.number(node, TJKG.firstLine), nodes.number(node, TJKG.lastLine)],
        "inherited": sorted(names[str(v)] for v in nodes.all(node, TJKG.inheritedCell)),
        "places": {key: nodes.place(node, TJKG[f"{aspect}Cell"]) for key, aspect in _CELLS.items()},
        "id": node,
    }


def _benefit(nodes: Nodes, node: str, number: int) -> Json:
    low, high = (nodes.one(node, TJKG[f"bracket{w}"]) for w in ("Lower", "Upper"))
    bracket = None
    if low is not None or high is not None:
        bracket = {
            "from": plain(low), "from_included": nodes.one(node, TJKG.bracketLowerIncluded),
            "to": plain(high), "to_included": nodes.one(node, TJKG.bracketUpperIncluded),
            "unit": nodes.one(node, TJKG.bracketUnit),
        }
    criterion = nodes.criteria.get(node, {}).get("tree")
    return {
        "standard": number, **nodes.record(node, fields.BENEFIT), "bracket": bracket, "criterion": criterion,
        **nodes.place(node), "id": node,
    }


def benefits_by_standard(rows: Rows) -> dict[str, list[Json]]:
    """Standard IRI → its benefit objects, in text order (rows of queries/internal/benefits.rq)."""
    nodes = Nodes(rows)
    return {
        standard: [_benefit(nodes, b, nodes.number(standard, TJKG.number)) for b in nodes.ordered(found)]
        for standard, found in nodes.having(TJKG.hasBenefit)
    }


def _per_row(nodes: Nodes, standards: list[str], link: str) -> list[tuple[str, list[int]]]:
    """(node, numbers of the rows it holds for), in text order."""
    found: dict[str, list[int]] = {}
    for standard in standards:
        for node in nodes.ordered(nodes.all(standard, link)):
            found.setdefault(node, []).append(nodes.number(standard, TJKG.number))
    return list(found.items())


def _distinct(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def _funding(nodes: Nodes, standards: list[str]) -> Json:
    """funding and its views: payers, shares, contributions (without repeats over the rows)."""
    entries = [
        {"standard": rows, **nodes.record(node, fields.FUNDING), "criterion": None,
         **nodes.place(node), "id": node}
        for node, rows in _per_row(nodes, standards, TJKG.hasFunding)
    ]
    contributions = [
        nodes.record(node, fields.CONTRIBUTION) | nodes.place(node)
        for node, _ in _per_row(nodes, standards, TJKG.hasContribution)
    ]
    return {
        "funding": entries,
        "payers": _distinct(e["payer"] for e in entries),
        "shares": _distinct(
            {"payer": e["payer"], "percent": e["percent"], "condition": e["condition"]}
            for e in entries
            if e["percent"] is not None
        ),
        "contributions": _distinct(
            {k: c[k] for k in ("payer", "rate", "unit", "base", "quote", "line", "start", "end")} for c in contributions
        ),
    }


def _groups(nodes: Nodes, standards: list[str]) -> list[Json]:
    mentions = [
        nodes.record(node, fields.AUDIENCE) | {"standard": rows} | nodes.place(node)
        for node, rows in _per_row(nodes, standards, TJKG.hasAudience)
    ]
    found: dict[str, Json] = {}
    for mention in mentions:
        entry = found.setdefault(
            mention["group"],
            {"name": mention["group"], "relation": mention["relation"], "standard": [], "quote": mention["quote"],
             "line": mention["line"], "start": mention["start"], "end": mention["end"]},
        )
        entry["standard"] = sorted({*entry["standard"], *mention["standard"]})
        if mention["relation"] == "named":
            entry["relation"] = "named"
    return list(found.values())


def _service(nodes: Nodes, node: str) -> Json:
    standards = sorted((str(s) for s in nodes.all(node, TJKG.hasStandard)), key=lambda s: nodes.number(s, TJKG.number))
    place = nodes.place(node)
    return {
        "name": nodes.name(node),
        "category": nodes.name(nodes.one(node, TJKG.category)),
        "domain": nodes.name(nodes.one(node, TJKG.domain)),
        "section": nodes.name(nodes.one(node, TJKG.section)),
        "standards": [_standard(nodes, s) for s in standards],
        "groups": _groups(nodes, standards),
        "universal": bool(nodes.one(node, TJKG.universal)),
        **_funding(nodes, standards),
        "coverage_targets": [
            {"standard": rows, **nodes.record(n, fields.COVERAGE), **nodes.place(n)}
            for n, rows in _per_row(nodes, standards, TJKG.hasCoverageTarget)
        ],
        "benefits": [
            _benefit(nodes, n, rows[0]) for n, rows in _per_row(nodes, standards, TJKG.hasBenefit)
        ],
        "limits": [
            {"standard": rows, **nodes.record(n, fields.QUANTITY), **nodes.place(n)}
            for n, rows in _per_row(nodes, standards, TJKG.hasLimit)
        ],
        "criteria": [
            {"standard": nodes.number(s, TJKG.number), **nodes.criteria[s]} for s in standards if s in nodes.criteria
        ],
        "agencies": [_agency(nodes, n) for n in sorted(str(r) for r in nodes.all(node, TJKG.hasAgencyRole))],
        "line": place["line"],
        "iri": node,
    }


def _agency(nodes: Nodes, node: str) -> Json:
    record = nodes.record(node, fields.AGENCY_ROLE)
    return {"name": record.pop("agency"), **record, **nodes.place(node)}


# ---------------------------------------------------------------- indicators, tasks, the plan


def _observation(nodes: Nodes, node: str) -> Json:
    return {
        "year": nodes.one(node, TJKG.year), "text": nodes.one(node, TJKG.printed),
        "value": plain(nodes.one(node, TJKG.value)), "operator": nodes.one(node, TJKG.operator),
        "note": nodes.one(node, TJKG.note), **nodes.place(node),
    }


def _indicators(nodes: Nodes) -> list[Json]:
    values: dict[str, dict[str, str]] = {}
    for node in nodes.of_class(TJKG.IndicatorValue):
        values.setdefault(str(nodes.one(node, TJKG.indicator)), {})[str(nodes.one(node, TJKG.valueRole))] = node
    return [
        {
            "domain": nodes.name(nodes.one(node, TJKG.domain)), "name": nodes.name(node),
            "unit": nodes.one(node, TJKG.unit),
            "baseline": _observation(nodes, values[node]["baseline"]),
            "target": _observation(nodes, values[node]["target"]),
            "property": nodes.one(node, TJKG.bindingness), "note": nodes.one(node, TJKG.note),
            **nodes.place(node), "iri": node,
        }
        for node in nodes.of_class(TJKG.Indicator)
    ]


def _measures(nodes: Nodes, cls: str) -> list[Json]:
    return [
        {
            "domain": nodes.name(nodes.one(node, TJKG.domain)), "title": nodes.name(node),
            "text": nodes.one(node, TJKG.text),
            "targets": [
                nodes.record(t, fields.QUANTITY) | nodes.place(t)
                for t in nodes.ordered(nodes.all(node, TJKG.hasTarget))
                if nodes.one(t, TJKG.quantityKind) == "target"
            ],
            **{k: v for k, v in nodes.place(node).items() if k != "quote"}, "iri": node,
        }
        for node in nodes.of_class(cls)
    ]


def _plan(nodes: Nodes) -> Json:
    node = next(iter(nodes.of_class(TJKG.Plan)))
    text = str(nodes.one(node, TJKG.hasText))
    return {
        "id": nodes.one(node, _IDENTIFIER), "region": nodes.one(node, TJKG.region), "title": nodes.one(node, _TITLE),
        "date": nodes.one(node, _DATE), "sha256": nodes.one(text, TJKG.sha256),
    }


def export(store: Store) -> Json:
    """The whole catalogue of the edition in use (keys: DESIGN of the JSON export)."""
    nodes = Nodes(store.select(internal("catalogue")), store.select(internal("trees")))
    return {
        "plan": _plan(nodes),
        "services": [_service(nodes, s) for s in nodes.of_class(TJKG.BasicPublicService) if nodes.all(s, TJKG.hasStandard)],
        "indicators": _indicators(nodes),
        **{key: _measures(nodes, cls) for key, cls in _MEASURES.items()},
    }


def service_iri(store: Store, name: str) -> str:
    """The service of a name or of another name it is known by.

    Raises:
        NotFoundError: none of that name; the nearest ones are told.
    """
    found = store.select(internal("service-iri", {"name": name})).rows
    if found:
        return str(found[0][0])
    names = [str(row[1]) for row in store.select(internal("service-names")).rows]
    near = [n for n in names if name and name in n][:5] or get_close_matches(name, names, n=3, cutoff=0.3)
    cure = f"最接近的：{'、'.join(near)}" if near else "用 tjkg services 看全部服务"
    raise NotFoundError(f"没有名为“{name}”的服务", cure=cure)


def show(store: Store, name: str) -> Json:
    """One service with everything known: an element of `export`'s services."""
    iri = service_iri(store, name)
    values = {"service": iri}
    nodes = Nodes(store.select(internal("service", values)), store.select(internal("trees-of-service", values)))
    return _service(nodes, iri)
