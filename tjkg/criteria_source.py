"""Reviewed criteria (natural SHACL with quotes) → named flat nodes, passages, conditions, maximal boxes.

Reads criteria.ttl and facts.ttl at build time; the result is eligibility.ttl. Each criterion also
carries its tree and its maximal boxes as JSON: a start then reads some hundred rows instead of
walking thousands of nodes and compiling them (tests hold both equal to the shapes).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Node

from tjkg import boxes
from tjkg.errors import DataError
from tjkg.facts import Contradiction, Fact, Facts, Tree
from tjkg.graph import new_graph, read_turtle
from tjkg.iris import Edition
from tjkg.namespaces import CODE, FACT, PREFIXES, TJKG
from tjkg.records import Passage, Plan, Service, Span, Standard

__all__ = ["criteria_graph", "facts_of", "read_facts"]

_BOUNDS = {SH.minInclusive: ">=", SH.minExclusive: ">", SH.maxInclusive: "<=", SH.maxExclusive: "<"}
_OPS = {op: iri for iri, op in _BOUNDS.items()}
_CRITERION = "criterion"


@dataclass(frozen=True)
class Part:
    """A piece of a criterion: all, any or not of parts, or an atom on one fact.

    tests: (op, value) pairs of an atom that hold together. definition: the term it spells out.
    """

    kind: str
    parts: tuple[Part, ...] = ()
    fact: str = ""
    tests: tuple[tuple[str, object], ...] = ()
    passage: Passage | None = None
    definition: str | None = None
    bounds: tuple[tuple[str, str, Decimal | None], ...] = ()  # (op, benefit IRI, factor)

    @property
    def start(self) -> int:
        """Where its first quote stands."""
        own = [self.passage.start] if self.passage else []
        return min([*own, *(p.start for p in self.parts)], default=0)


@dataclass(frozen=True)
class _Quote:
    """Words to be found in a cell; the parts of a shape share those of the shape."""

    text: str | None = None
    nth: int = 1
    cell: str = "target"


# ---------------------------------------------------------------- facts


def read_facts(*graphs: Graph) -> Facts:
    """The facts, definitions and contradictions of some graphs (facts.ttl, an edition's criteria.ttl)."""
    graph = new_graph()
    for each in graphs:
        graph += each
    return facts_of(graph)


def facts_of(graph: Graph) -> Facts:
    """The facts, definitions and contradictions of a graph. Raises DataError for what is not closed."""
    labels = {
        _name(code): (_label(graph, code, "zh"), _label(graph, code, "en"))
        for code in graph.subjects(RDF.type, URIRef(TJKG.Code))
    }
    order = {
        _name(code): int(str(graph.value(code, URIRef(TJKG.order)))) for code in graph.subjects(RDF.type, URIRef(TJKG.Code))
    }
    known = {f.id: f for f in sorted((_fact(graph, n, order) for n in _facts(graph)), key=lambda f: (f.order, f.id))}
    reader = _Reader(graph, known, {}, where="facts.ttl")
    definitions = {
        f.id: _tree(reader.shape(URIRef(FACT + f.id), _Quote()), known) for f in known.values() if f.kind == "definition"
    }
    contradictions = [
        Contradiction(_label(graph, node, "zh"), _condition(graph, reader, node, TJKG.when), _condition(graph, reader, node, TJKG.never))
        for node in sorted(graph.subjects(RDF.type, URIRef(TJKG.Contradiction)), key=str)
    ]
    ordinary = [
        (_condition(graph, reader, node, TJKG.when), _condition(graph, reader, node, TJKG.then))
        for node in sorted(graph.subjects(RDF.type, URIRef(TJKG.OrdinaryRule)), key=str)
    ]
    aliases = {
        _name(code): tuple(sorted(str(a) for a in graph.objects(code, SKOS.altLabel)))
        for code in graph.subjects(SKOS.altLabel, None)
    }
    return Facts(known, definitions, tuple(contradictions), tuple(ordinary), labels, aliases)


def _facts(graph: Graph) -> Iterable[Node]:
    return graph.subjects(RDF.type, URIRef(TJKG.Fact))


def _condition(graph: Graph, reader: _Reader, node: Node, link: str) -> Tree:
    return _tree(reader.shape(graph.value(node, URIRef(link)), _Quote()), reader.facts)


def _fact(graph: Graph, node: Node, order: dict[str, int]) -> Fact:
    def text(term: str) -> str | None:
        value = graph.value(node, URIRef(TJKG[term]))
        return None if value is None else str(value)

    ordinary = graph.value(node, URIRef(TJKG.ordinaryValue))
    values = [_name(v) for v in graph.objects(node, URIRef(TJKG.allowedValue))]
    stands = graph.value(node, URIRef(TJKG.standsFor))
    return Fact(
        id=_name(node), label=_label(graph, node, "zh"), label_en=_label(graph, node, "en"),
        type=text("factType") or "boolean", multiple=text("multiple") == "true", unit=text("unit"),
        question=_label(graph, node, "zh", TJKG.question), question_en=_label(graph, node, "en", TJKG.question),
        help=_label(graph, node, "zh", str(RDFS.comment)), group=_label(graph, node, "zh", TJKG.factGroup),
        values=tuple(sorted(values, key=lambda v: (order.get(v, 0), v))), kind=text("factKind") or "stated",
        ordinary=None if ordinary is None else _name(ordinary), rule=text("ruleName"),
        about=tuple(sorted(str(a) for a in graph.objects(node, URIRef(TJKG.factAbout)))),
        order=int(text("order") or 0), source=_label(graph, node, "zh", str(DCTERMS.source)) or None,
        stands_for=None if stands is None else _name(stands),
    )


def _label(graph: Graph, node: Node, lang: str, predicate: str = str(RDFS.label)) -> str:
    found = [o for o in graph.objects(node, URIRef(predicate)) if isinstance(o, Literal) and o.language == lang]
    return str(min(found)) if found else ""


def _name(node: Node) -> str:
    """Local name of a fact or code; the text of a literal."""
    text = str(node)
    return text.removeprefix(FACT).removeprefix(CODE)


# ---------------------------------------------------------------- reading natural SHACL


@dataclass
class _Reader:
    """Shapes of one standard, read into parts; `cells` are the places where quotes are looked for."""

    graph: Graph
    facts: dict[str, Fact]
    cells: dict[str, Span]
    where: str = ""
    bound: Bounds | None = None
    depth: int = 0

    def shape(self, node: Node | None, quote: _Quote) -> Part:
        """A node or property shape as one part."""
        if node is None:
            raise self.error("缺少条件")
        quote = self.quote(node, quote)
        if (node, SH.path, None) in self.graph:
            return self.atom(node, quote)
        parts = [self.atom(p, self.quote(p, quote)) for p in self.graph.objects(node, SH.property)]
        parts += [self.definition(n, quote) for n in self.graph.objects(node, SH.node)]
        for link, kind in ((SH["and"], "all"), (SH["or"], "any")):
            for head in self.graph.objects(node, link):
                members = tuple(self.shape(m, quote) for m in Collection(self.graph, head))
                parts += members if kind == "all" else [Part("any", members)]
        parts += [Part("not", (self.shape(n, quote),)) for n in self.graph.objects(node, SH["not"])]
        if not parts:
            raise self.error("空的条件")
        ordered = sorted(parts, key=lambda p: (p.start, repr(p)))
        return ordered[0] if len(ordered) == 1 else Part("all", tuple(ordered))

    def definition(self, node: Node, quote: _Quote) -> Part:
        """What a term stands for, with the words that use it."""
        name = _name(node)
        if name not in self.facts or self.facts[name].kind != "definition":
            raise self.error(f"没有定义 {name}")
        if self.depth > 8:
            raise self.error(f"定义 {name} 循环")
        self.depth += 1
        part = self.shape(node, quote)
        self.depth -= 1
        return replace(part, definition=name)

    def atom(self, node: Node, quote: _Quote) -> Part:
        """A property shape: one fact, one or two bounds, a value, or some values."""
        name = _name(self.one(node, SH.path))
        fact = self.facts.get(name)
        if fact is None or fact.kind == "definition":
            raise self.error(f"没有事实 {name}")
        tests: list[tuple[str, object]] = [
            (op, self.number(fact, value)) for iri, op in _BOUNDS.items() for value in self.graph.objects(node, iri)
        ]
        value = self.graph.value(node, SH.hasValue)
        if value is not None:
            tests.append(self.value(fact, value))
        chosen = self.graph.value(node, SH["in"])
        if chosen is not None:
            tests.append(("in", tuple(str(self.value(fact, v)[1]) for v in Collection(self.graph, chosen))))
        bounds = []
        start = self.graph.value(node, URIRef(TJKG.boundFrom))
        if start is not None:
            op, number, benefit, factor = self.bound_from(node, start)
            tests.append((op, number))
            bounds.append((op, benefit, factor))
        if not tests:
            raise self.error(f"事实 {name} 没有取值")
        return Part("atom", (), name, tuple(tests), self.find(quote), bounds=tuple(bounds))

    def value(self, fact: Fact, value: Node) -> tuple[str, object]:
        """The test of sh:hasValue: membership of a set, yes or no, or a value."""
        name = _name(value)
        if fact.type == "boolean":
            if name not in ("true", "false"):
                raise self.error(f"事实 {fact.id} 是“是”或“否”，不是 {name}")
            return "=", name == "true"
        if name not in fact.values:
            raise self.error(f"事实 {fact.id} 没有取值 {name}")
        return ("has" if fact.multiple else "="), name

    def number(self, fact: Fact, value: Node) -> object:
        """A bound, as the JSON tree has it."""
        if not fact.numeric:
            raise self.error(f"事实 {fact.id} 不是数")
        if fact.type == "date":
            return str(value)
        number = Decimal(str(value))
        return int(number) if number == number.to_integral_value() else float(number)

    def bound_from(self, node: Node, standard: Node) -> tuple[str, object, str, Decimal | None]:
        """A bound that is another standard's amount times a factor."""
        kind = self.one(node, URIRef(TJKG.boundAs))
        factor = self.graph.value(node, URIRef(TJKG.boundFactor))
        if self.bound is None or kind not in _BOUNDS:
            raise self.error("boundFrom 要有 tjkg:boundAs")
        amount, benefit = self.bound.amount(str(standard))
        times = None if factor is None else Decimal(str(factor))
        value = amount * (times or 1)
        whole = value == value.to_integral_value()
        return _BOUNDS[URIRef(str(kind))], int(value) if whole else float(value), benefit, times

    # ------------------------------------------------------------ words

    def quote(self, node: Node, above: _Quote) -> _Quote:
        """The words of a shape, else those of the shape it stands in."""
        text = self.graph.value(node, URIRef(TJKG.quote))
        if text is None:
            return above
        nth, cell = self.graph.value(node, URIRef(TJKG.nth)), self.graph.value(node, URIRef(TJKG.cell))
        return _Quote(str(text), int(str(nth)) if nth is not None else 1, str(cell) if cell is not None else "target")

    def find(self, quote: _Quote) -> Passage | None:
        """Where the words stand. Raises DataError when they do not."""
        if not self.cells:
            return None
        if quote.text is None:
            raise self.error("条件没有引文")
        cell = self.cells.get(quote.cell)
        if cell is None:
            raise self.error(f"没有单元格 {quote.cell}")
        at = -1
        for _ in range(quote.nth):
            at = cell.text.find(quote.text, at + 1)
            if at < 0:
                which = f"第{quote.nth}处" if quote.nth > 1 else ""
                raise self.error(f"单元格里没有{which}“{quote.text}”：{cell.text}")
        return cell.passage(at, at + len(quote.text))

    def one(self, node: Node, predicate: URIRef) -> Node:
        value = self.graph.value(node, predicate)
        if value is None:
            raise self.error(f"缺少 {predicate}")
        return value

    def error(self, what: str) -> DataError:
        return DataError(what, where=self.where, cure="请改正 criteria.ttl（或 facts.ttl）")


# ---------------------------------------------------------------- parts as JSON and as SHACL


def _tree(part: Part, facts: dict[str, Fact]) -> Tree:
    """A part as the JSON tree of the contract; a spelt-out term keeps its name."""
    if part.kind == "atom":
        fact, place = facts[part.fact], part.passage
        said: Tree = {}
        if place:
            said = {"kind": fact.kind, "rule": fact.rule, "quote": place.quote, "line": place.line,
                    "start": place.start, "end": place.end}
        leaves: list[Tree] = [
            {"fact": part.fact, "op": op, "value": list(value) if isinstance(value, tuple) else value, **said}
            for op, value in part.tests
        ]
        tree: Tree = leaves[0] if len(leaves) == 1 else {"all": leaves}
    elif part.kind == "not":
        tree = {"not": _tree(part.parts[0], facts)}
    else:
        tree = {part.kind: [_tree(p, facts) for p in part.parts]}
    return {**tree, "definition": part.definition} if part.definition else tree


@dataclass
class _Writer:
    """Writes parts as flat, named SHACL nodes; the local names say the path."""

    graph: Graph
    edition: Edition
    facts: dict[str, Fact]
    criterion: str = ""
    negated: bool = False
    via: str | None = None  # the term that is being spelt out
    names: set[str] = field(default_factory=set)

    def add(self, subject: str, predicate: str | URIRef, value: object) -> None:
        term = value if isinstance(value, Literal) else URIRef(str(value))
        self.graph.add((URIRef(subject), URIRef(predicate), term))

    def passage(self, place: Passage) -> str:
        iri = self.edition.passage(place.start, place.end)
        oa = PREFIXES["oa"]
        for cls in (TJKG.Passage, oa + "TextQuoteSelector", oa + "TextPositionSelector"):
            self.add(iri, RDF.type, cls)
        self.add(iri, oa + "exact", Literal(place.quote))
        self.add(iri, oa + "start", Literal(place.start))
        self.add(iri, oa + "end", Literal(place.end))
        self.add(iri, TJKG.line, Literal(place.line))
        self.add(iri, TJKG.inText, self.edition.text)
        return iri

    def shape(self, part: Part, iri: str) -> None:
        """A part as a shape of that name; what spells out a term says so."""
        before, self.via = self.via, self.via or part.definition
        self._shape(part, iri)
        self.via = before

    def _shape(self, part: Part, iri: str) -> None:
        if part.kind == "atom":
            self.atom(part, iri)
            return
        self.add(iri, RDF.type, SH.NodeShape)
        if iri != self.criterion:
            self.add(iri, RDF.type, TJKG.CriterionPart)
        if self.via:
            self.add(iri, TJKG.viaDefinition, FACT + self.via)
        for number, child in enumerate(part.parts if part.kind == "all" else (part,), 1):
            self.child(child, iri, number)

    def child(self, part: Part, iri: str, number: int) -> None:
        """One of the parts that a shape asks for together."""
        before, self.via = self.via, self.via or part.definition
        self._child(part, iri, f"{iri}_{number}")
        self.via = before

    def _child(self, part: Part, iri: str, name: str) -> None:
        if part.kind == "atom":
            self.add(iri, SH.property, name)
            self.atom(part, name)
        elif part.kind == "any":
            self.add(iri, SH["or"], self.list(name, [f"{name}_{i}" for i in range(1, len(part.parts) + 1)]))
            for i, member in enumerate(part.parts, 1):
                self.shape(member, f"{name}_{i}")
        elif part.kind == "not":
            self.add(iri, SH["not"], name)
            self.negated = not self.negated
            self.shape(part.parts[0], name)
            self.negated = not self.negated
        else:
            self.add(iri, SH.node, name)
            self.shape(part, name)

    def atom(self, part: Part, iri: str) -> None:
        """A property shape on one fact; a range needs a value to be there."""
        fact = self.facts[part.fact]
        for cls in (SH.PropertyShape, TJKG.CriterionPart):
            self.add(iri, RDF.type, cls)
        self.add(iri, SH.path, FACT + part.fact)
        for op, value in part.tests:
            if op in _OPS:
                self.add(iri, _OPS[op], _literal(fact, value))
                self.add(iri, SH.minCount, Literal(1))
            elif op == "in" and isinstance(value, tuple):
                self.add(iri, SH["in"], self.list(f"{iri}_in", [CODE + str(v) for v in value]))
                self.add(iri, SH.minCount, Literal(1))
            else:
                self.add(iri, SH.hasValue, Literal(value) if isinstance(value, bool) else CODE + str(value))
        for _, benefit, factor in part.bounds:
            self.add(iri, TJKG.boundFrom, benefit)
            if factor is not None:
                self.add(iri, TJKG.boundFactor, Literal(factor))
        if self.via:
            self.add(iri, TJKG.viaDefinition, FACT + self.via)
        if part.passage:
            self.add(iri, TJKG.quote, Literal(part.passage.quote))
            self.add(iri, TJKG.statedIn, self.passage(part.passage))
        self.add(self.criterion, TJKG.negatedCondition if self.negated else TJKG.condition, iri)

    def list(self, name: str, members: list[str]) -> str:
        """An rdf:List with named cells; its first cell."""
        cells = [f"{name}_cell{i}" for i in range(1, len(members) + 1)]
        for cell, member, rest in zip(cells, members, [*cells[1:], str(RDF.nil)], strict=True):
            self.add(cell, RDF.first, member)
            self.add(cell, RDF.rest, rest)
        return cells[0]


def _literal(fact: Fact, value: object) -> Literal:
    kind = {"integer": XSD.integer, "decimal": XSD.decimal, "date": XSD.date}[fact.type]
    return Literal(str(value), datatype=kind)


# ---------------------------------------------------------------- criteria of an edition


@dataclass(frozen=True)
class Bounds:
    """Amounts of other standards that conditions refer to."""

    plan: Plan
    edition: Edition

    def amount(self, standard: str) -> tuple[Decimal, str]:
        """The one plain amount in 元 of a standard and the benefit that states it."""
        for row in _rows(self.plan):
            if self.edition.node("standard", row.service, row.number) == standard:
                found = [
                    (b.value, self.edition.node("benefit", row.service, row.number, i))
                    for i, b in enumerate(row.benefits, 1)
                    if b.currency == "元" and b.value is not None and b.role in ("grant", "floor") and not b.derived
                ]
                if len(found) == 1:
                    return found[0]
                raise DataError(f"{standard} 有 {len(found)} 个金额，不知道取哪一个", cure="请检查 boundFrom")
        raise DataError(f"没有标准 {standard}", cure="请检查 boundFrom")


def _rows(plan: Plan) -> Iterator[Standard]:
    for service in plan.services:
        yield from service.standards


def criteria_graph(path: Path, facts_path: Path, plan: Plan, edition: Edition) -> Graph:
    """The criteria of an edition as named nodes, with their passages, trees and maximal boxes.

    path: criteria.ttl; facts_path: facts.ttl; plan: what the parser read of the source.

    Raises:
        DataError: a standard without criterion, a criterion without standard, a quote that is not in its
            cell, an unknown fact or value, or a benefit that is not there.
    """
    source, ontology = read_turtle(path), read_turtle(facts_path)
    facts = read_facts(ontology, source)
    graph = new_graph()
    _copy_own_facts(source, graph)
    _rules(facts, graph, edition)
    wanted = {edition.node(_CRITERION, r.service, r.number): (s, r) for s in plan.services for r in s.standards}
    given = {str(n) for n in source.subjects(RDF.type, SH.NodeShape) if str(n).startswith(edition.plan)}
    for name, missing in (("没有标准的条件", given - wanted.keys()), ("没有条件的标准", wanted.keys() - given)):
        if missing:
            raise DataError(f"{name}：{'、'.join(sorted(m.rsplit('/', 1)[-1] for m in missing))}", where=str(path),
                            cure="请让 criteria.ttl 与规划逐条对应")
    both = source + ontology
    for iri, (service, row) in wanted.items():
        _one(both, graph, facts, edition, plan, iri, service, row)
    return graph


def _one(
    source: Graph, graph: Graph, facts: Facts, edition: Edition, plan: Plan, iri: str, service: Service, row: Standard
) -> None:
    """The criterion of one standard and those of its benefits."""
    known = dict(facts.known)
    cells = {"target": row.target, "guarantee": row.guarantee, "funding": row.funding, "coverage": row.coverage}
    at = service.passage
    cells["name"] = Span(plan.source, at.start, at.end)
    where = f"{row.service}（第{row.number}行标准，原文第{row.lines[0]}行）"
    reader = _Reader(source, known, cells, where, Bounds(plan, edition))
    node, standard = URIRef(iri), edition.node("standard", row.service, row.number)
    part = reader.shape(node, _Quote())
    writer = _Writer(graph, edition, known, iri)
    _head(writer, facts, source, edition, iri, part, _tree(part, known))
    writer.add(standard, TJKG.hasCriterion, iri)
    writer.add(edition.service(row.service), PREFIXES["cv"] + "holdsRequirement", iri)
    for link in (TJKG.excludes, TJKG.buildsOn):
        for other in source.objects(node, URIRef(link)):
            writer.add(standard, link, reader.one(other, URIRef(TJKG.standard)))
            reader.find(reader.quote(other, _Quote()))
    for note in source.objects(node, RDFS.comment):
        graph.add((node, RDFS.comment, note))
    subs = [(reader.shape(n, _Quote()), n) for n in source.objects(node, URIRef(TJKG.hasCriterion))]
    for number, (sub, natural) in enumerate(sorted(subs, key=lambda s: (s[0].start, repr(s[0]))), 1):
        name = f"{iri}_benefit{number}"
        own = _Writer(graph, edition, known, name)
        own.add(name, SH.node, iri)
        _head(own, facts, source, edition, name, sub, _tree(sub, known), with_all=_tree(part, known))
        for note in source.objects(natural, RDFS.comment):
            graph.add((URIRef(name), RDFS.comment, note))
        for benefit in _benefits(reader, source, natural, row, edition):
            if (URIRef(benefit), URIRef(TJKG.hasCriterion), None) in graph:
                raise reader.error(f"待遇 {benefit.rsplit('/', 1)[-1]} 有两个条件")
            own.add(benefit, TJKG.hasCriterion, name)


def _head(
    writer: _Writer, facts: Facts, source: Graph, edition: Edition, iri: str, part: Part, tree: Tree,
    with_all: Tree | None = None,
) -> None:
    """Types, review, shape, tree and boxes of a criterion; `with_all`: the criterion it adds to."""
    cv = PREFIXES["cv"]
    for cls in (TJKG.Criterion, cv + "Criterion", cv + "Requirement"):
        writer.add(iri, RDF.type, cls)
    writer.add(iri, DCTERMS.identifier, Literal(iri.removeprefix(PREFIXES["id"])))
    writer.add(iri, DCTERMS.title, Literal("享受条件：" + iri.rpartition("/")[2].replace("_", " "), lang="zh"))
    writer.add(iri, TJKG.criterionState, Literal("reviewed"))
    for term in (TJKG.reviewedBy, TJKG.reviewedOn):
        value = source.value(URIRef(edition.plan + "/criteria"), URIRef(term))
        if value is not None:
            writer.graph.add((URIRef(iri), URIRef(term), value))
    if part.kind in ("all", "any", "not"):
        writer.shape(part, iri)
    else:
        writer.shape(Part("all", (part,)), iri)
    whole = {"all": [with_all, tree]} if with_all else tree
    space, sure, may = boxes.compile_tree(whole, facts)
    writer.add(iri, TJKG.tree, _json(tree))
    writer.add(iri, TJKG.boxes, _json({"sure": boxes.store(sure, space), "may": boxes.store(may, space)}))


def _json(value: object) -> Literal:
    return Literal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _benefits(reader: _Reader, source: Graph, natural: Node, row: Standard, edition: Edition) -> Iterator[str]:
    """The benefits that stand inside the words of tjkg:forBenefit, or are printed so."""
    wanted = source.value(natural, URIRef(TJKG.condition))
    for words in (str(w) for w in source.objects(natural, URIRef(TJKG.forBenefit))):
        place = reader.find(_Quote(words, cell="guarantee"))
        there = [
            (i, b) for i, b in enumerate(row.benefits, 1)
            if place and b.passage.start < place.end and place.start < b.passage.end
        ]
        if wanted is not None:
            there = [(i, b) for i, b in there if b.condition == str(wanted)] or [
                (i, b) for i, b in there if str(wanted) in (b.condition or "")
            ]
        exact = [(i, b) for i, b in there if b.text in words or words in b.text]
        if not there:
            raise reader.error(f"“{words}”里没有读出待遇")
        for i, _ in exact or there:
            yield edition.node("benefit", row.service, row.number, i)


def _copy_own_facts(source: Graph, graph: Graph) -> None:
    """What the edition itself declares: open facts, definitions (by label; shapes are spelt out), codes."""
    for node in sorted({*_facts(source), *source.subjects(RDF.type, URIRef(TJKG.Code))}, key=str):
        for predicate, value in source.predicate_objects(node):
            shape = str(predicate).startswith(str(SH)) or value == SH.NodeShape
            if not shape:
                graph.add((node, predicate, value))


def _rules(facts: Facts, graph: Graph, edition: Edition) -> None:
    """The facts with what follows from them and what cannot be, compiled for the run."""
    node = URIRef(edition.plan + "/criteria")
    graph.add((node, URIRef(TJKG.inPlan), URIRef(edition.plan)))
    graph.add((node, URIRef(TJKG.tree), _json(facts.plain())))
