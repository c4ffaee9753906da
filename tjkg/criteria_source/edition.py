"""The criteria of an edition: each standard's and benefit's, bound to the text and to each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SH
from rdflib.term import Node

from tjkg import boxes
from tjkg.criteria_source.facts import fact_nodes, read_facts
from tjkg.criteria_source.flat import Writer
from tjkg.criteria_source.shapes import Part, Quote, Reader, tree_of
from tjkg.errors import DataError
from tjkg.facts import Facts, Tree
from tjkg.graph import new_graph, read_turtle
from tjkg.iris import Edition
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.records import Plan, Service, Span, Standard

__all__ = ["criteria_graph"]

_CRITERION = "criterion"


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
    reader = Reader(source, known, cells, where, Bounds(plan, edition).amount)
    node, standard = URIRef(iri), edition.node("standard", row.service, row.number)
    part = reader.shape(node, Quote())
    writer = Writer(graph, edition, known, iri)
    _head(writer, facts, source, edition, iri, part, tree_of(part, known))
    writer.add(standard, TJKG.hasCriterion, iri)
    writer.add(edition.service(row.service), PREFIXES["cv"] + "holdsRequirement", iri)
    for link in (TJKG.excludes, TJKG.buildsOn):
        for other in source.objects(node, URIRef(link)):
            writer.add(standard, link, reader.one(other, URIRef(TJKG.standard)))
            reader.find(reader.quote(other, Quote()))
    for note in source.objects(node, RDFS.comment):
        graph.add((node, RDFS.comment, note))
    subs = [(reader.shape(n, Quote()), n) for n in source.objects(node, URIRef(TJKG.hasCriterion))]
    for number, (sub, natural) in enumerate(sorted(subs, key=lambda s: (s[0].start, repr(s[0]))), 1):
        name = f"{iri}_benefit{number}"
        own = Writer(graph, edition, known, name)
        own.add(name, SH.node, iri)
        _head(own, facts, source, edition, name, sub, tree_of(sub, known), with_all=tree_of(part, known))
        for note in source.objects(natural, RDFS.comment):
            graph.add((URIRef(name), RDFS.comment, note))
        for benefit in _benefits(reader, source, natural, row, edition):
            if (URIRef(benefit), URIRef(TJKG.hasCriterion), None) in graph:
                raise reader.error(f"待遇 {benefit.rsplit('/', 1)[-1]} 有两个条件")
            own.add(benefit, TJKG.hasCriterion, name)


def _head(
    writer: Writer, facts: Facts, source: Graph, edition: Edition, iri: str, part: Part, tree: Tree,
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
        value = source.value(URIRef(iri), URIRef(term)) or source.value(URIRef(edition.plan + "/criteria"), URIRef(term))
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


def _benefits(reader: Reader, source: Graph, natural: Node, row: Standard, edition: Edition) -> Iterator[str]:
    """The benefits that stand inside the words of tjkg:forBenefit, or are printed so."""
    wanted = source.value(natural, URIRef(TJKG.condition))
    for words in (str(w) for w in source.objects(natural, URIRef(TJKG.forBenefit))):
        place = reader.find(Quote(words, cell="guarantee"))
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
    for node in sorted({*fact_nodes(source), *source.subjects(RDF.type, URIRef(TJKG.Code))}, key=str):
        for predicate, value in source.predicate_objects(node):
            shape = str(predicate).startswith(str(SH)) or value == SH.NodeShape
            if not shape:
                graph.add((node, predicate, value))


def _rules(facts: Facts, graph: Graph, edition: Edition) -> None:
    """The facts with what follows from them and what cannot be, compiled for the run."""
    node = URIRef(edition.plan + "/criteria")
    graph.add((node, URIRef(TJKG.inPlan), URIRef(edition.plan)))
    graph.add((node, URIRef(TJKG.tree), _json(facts.plain())))
