"""Conditions that a reviewed edition's words give another text: carried over, or aligned and suggested."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SH

from tjkg import boxes
from tjkg.criteria_source.facts import fact_nodes
from tjkg.criteria_source.flat import Writer
from tjkg.criteria_source.shapes import Part
from tjkg.facts import Fact, Facts, Tree
from tjkg.graph import new_graph
from tjkg.iris import Edition
from tjkg.namespaces import FACT, PREFIXES, TJKG
from tjkg.records import Passage, Plan, Span, Standard

__all__ = ["Carried", "carried_graph"]

_REVIEW = (TJKG.reviewedBy, TJKG.reviewedOn)
_LINKS = (TJKG.excludes, TJKG.buildsOn)


@dataclass(frozen=True)
class Carried:
    """What was aligned: the facts (opened ones among them), IRI of a standard or benefit → (tree, state)."""

    facts: Facts
    rows: Mapping[str, tuple[Tree, str]]
    benefits: Mapping[str, tuple[Tree, str]]


def carried_graph(found: Carried, base: Graph, base_plan: str, plan: Plan, edition: Edition) -> Graph:
    """The conditions of an edition as named nodes, each with its state, quotes, tree and maximal boxes.

    base: eligibility.ttl of the edition they come from, base_plan its plan's IRI. A condition whose words
    are those of the base stays reviewed and says by whom; any other is suggested.
    """
    graph = new_graph()
    _declared(found.facts, base, graph)
    node = URIRef(edition.plan + "/criteria")
    graph.add((node, URIRef(TJKG.inPlan), URIRef(edition.plan)))
    graph.add((node, URIRef(TJKG.tree), _json(found.facts.plain())))
    for service in plan.services:
        for row in service.standards:
            standard = edition.node("standard", row.service, row.number)
            iri = edition.node("criterion", row.service, row.number)
            cells = _cells(plan, row, service.passage)
            tree, state = _placed(found.rows[standard][0], cells), found.rows[standard][1]
            before = URIRef(iri.replace(edition.plan, base_plan, 1))
            _write(Writer(graph, edition, dict(found.facts.known), iri), found.facts, iri, tree, _sure(tree, state), base, before)
            graph.add((URIRef(standard), URIRef(TJKG.hasCriterion), URIRef(iri)))
            graph.add((URIRef(edition.service(row.service)), URIRef(PREFIXES["cv"] + "holdsRequirement"), URIRef(iri)))
            for number, _ in enumerate(row.benefits, 1):
                benefit = edition.node("benefit", row.service, row.number, number)
                if benefit not in found.benefits:
                    continue
                own, state = _placed(found.benefits[benefit][0], cells), found.benefits[benefit][1]
                name = f"{iri}_benefit{number}"
                graph.add((URIRef(name), SH.node, URIRef(iri)))
                writer = Writer(graph, edition, dict(found.facts.known), name)
                _write(writer, found.facts, name, own, _sure(own, state), base, before, tree)
                graph.add((URIRef(benefit), URIRef(TJKG.hasCriterion), URIRef(name)))
    _links(base, base_plan, graph, edition)
    return graph


def _write(
    writer: Writer, facts: Facts, iri: str, tree: Tree, state: str, base: Graph, before: URIRef, above: Tree | None = None
) -> None:
    """One condition; `above`: the one it adds to; `before`: the base's, whose review it keeps if it is carried over."""
    for cls in (TJKG.Criterion, PREFIXES["cv"] + "Criterion", PREFIXES["cv"] + "Requirement"):
        writer.add(iri, RDF.type, cls)
    writer.add(iri, DCTERMS.identifier, Literal(iri.removeprefix(PREFIXES["id"])))
    writer.add(iri, DCTERMS.title, Literal("享受条件：" + iri.rpartition("/")[2].replace("_", " "), lang="zh"))
    writer.add(iri, TJKG.criterionState, Literal(state))
    source = before.rpartition("/criterion/")[0].removeprefix(PREFIXES["id"])
    if state == "reviewed":
        for term in _REVIEW:
            for value in base.objects(before, URIRef(term)):
                writer.graph.add((URIRef(iri), URIRef(term), value))
        writer.add(iri, RDFS.comment, Literal(f"沿用 {source} 审读过的条件：原文字句未变", lang="zh"))
    part = _part(tree)
    writer.shape(part if part.kind in ("all", "any", "not") else Part("all", (part,)), iri)
    space, sure, may = boxes.compile_tree({"all": [above, tree]} if above is not None else tree, facts)
    writer.add(iri, TJKG.tree, _json(tree))
    writer.add(iri, TJKG.boxes, _json({"sure": boxes.store(sure, space), "may": boxes.store(may, space)}))


def _json(value: object) -> Literal:
    return Literal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


# ---------------------------------------------------------------- places


def _cells(plan: Plan, row: Standard, name: Passage) -> tuple[Span, ...]:
    return (row.target, row.guarantee, row.funding, row.coverage, plan.source.span(name.start, name.end))


def _placed(tree: Tree, cells: tuple[Span, ...]) -> Tree:
    """The tree with each quote where it stands in its row now; a quote that is in none of the cells goes."""
    found = dict(tree)
    for joint in ("all", "any"):
        if joint in found:
            found[joint] = [_placed(part, cells) for part in found[joint]]
    if "not" in found:
        found["not"] = _placed(found["not"], cells)
    quote = found.get("quote")
    if quote is None or any(c.start <= found["start"] and c.text[found["start"] - c.start :].startswith(quote) for c in cells):
        return found
    place = next((c.passage(at, at + len(quote)) for c in cells if (at := c.text.find(quote)) >= 0), None)
    if place is None:
        return {k: v for k, v in found.items() if k not in ("quote", "line", "start", "end")}
    return {**found, "line": place.line, "start": place.start, "end": place.end}


def _sure(tree: Tree, state: str) -> str:
    """A condition that lost a quote is not as it was reviewed."""
    lost = any(atom.get("quote") is None for atom in boxes.atoms(tree) if "definition" not in atom)
    return "suggested" if lost else state


def _part(tree: Tree) -> Part:
    """A tree as the part that the shape is written from."""
    term = tree.get("definition")
    for joint in ("all", "any"):
        if joint in tree:
            return Part(joint, tuple(_part(t) for t in tree[joint]), definition=term)
    if "not" in tree:
        return Part("not", (_part(tree["not"]),), definition=term)
    value = tuple(tree["value"]) if isinstance(tree["value"], list) else tree["value"]
    quote = tree.get("quote")
    place = Passage(tree["start"], tree["end"], tree["line"], quote) if quote is not None else None
    return Part("atom", fact=tree["fact"], tests=((tree["op"], value),), passage=place, definition=term)


# ---------------------------------------------------------------- what the base declares


def _declared(facts: Facts, base: Graph, graph: Graph) -> None:
    """The facts and codes that the base declares itself, and those that unread words have opened."""
    there = {*fact_nodes(base), *base.subjects(RDF.type, URIRef(TJKG.Code))}
    for node in there:
        for triple in base.triples((node, None, None)):
            graph.add(triple)
    for fact in facts.known.values():
        node = URIRef(FACT + fact.id)
        if fact.id.startswith("open_") and node not in there:
            _open(fact, node, graph)


def _open(fact: Fact, node: URIRef, graph: Graph) -> None:
    for term, value in (
        (RDF.type, URIRef(TJKG.Fact)), (RDFS.label, Literal(fact.label, lang="zh")),
        (URIRef(TJKG.factKind), Literal(fact.kind)), (URIRef(TJKG.factType), Literal(fact.type)),
        (URIRef(TJKG.multiple), Literal(False)), (URIRef(TJKG.order), Literal(fact.order)),
    ):
        graph.add((node, term, value))


def _links(base: Graph, base_plan: str, graph: Graph, edition: Edition) -> None:
    """Which standards exclude or build on another, as far as both are still there."""
    for link in map(URIRef, _LINKS):
        for one, other in base.subject_objects(link):
            pair = [URIRef(str(node).replace(base_plan, edition.plan, 1)) for node in (one, other)]
            if all((node, URIRef(TJKG.hasCriterion), None) in graph for node in pair):
                graph.add((pair[0], link, pair[1]))
