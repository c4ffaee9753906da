"""facts.ttl and the facts of an edition, read at build time: labels, values, definitions, contradictions."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.term import Node

from tjkg.criteria_source.shapes import Quote, Reader, label, local_name, tree_of
from tjkg.facts import Contradiction, Fact, Facts, Tree
from tjkg.graph import new_graph
from tjkg.namespaces import FACT, TJKG

__all__ = ["fact_nodes", "facts_of", "read_facts"]


def read_facts(*graphs: Graph) -> Facts:
    """The facts, definitions and contradictions of some graphs (facts.ttl, an edition's criteria.ttl)."""
    graph = new_graph()
    for each in graphs:
        graph += each
    return facts_of(graph)


def facts_of(graph: Graph) -> Facts:
    """The facts, definitions and contradictions of a graph. Raises DataError for what is not closed."""
    labels = {
        local_name(code): (label(graph, code, "zh"), label(graph, code, "en"))
        for code in graph.subjects(RDF.type, URIRef(TJKG.Code))
    }
    order = {
        local_name(code): int(str(graph.value(code, URIRef(TJKG.order)))) for code in graph.subjects(RDF.type, URIRef(TJKG.Code))
    }
    known = {f.id: f for f in sorted((_fact(graph, n, order) for n in fact_nodes(graph)), key=lambda f: (f.order, f.id))}
    reader = Reader(graph, known, {}, where="facts.ttl")
    definitions = {
        f.id: tree_of(reader.shape(URIRef(FACT + f.id), Quote()), known) for f in known.values() if f.kind == "definition"
    }
    contradictions = [
        Contradiction(label(graph, node, "zh"), _condition(graph, reader, node, TJKG.when), _condition(graph, reader, node, TJKG.never))
        for node in sorted(graph.subjects(RDF.type, URIRef(TJKG.Contradiction)), key=str)
    ]
    ordinary = [
        (_condition(graph, reader, node, TJKG.when), _condition(graph, reader, node, TJKG.then))
        for node in sorted(graph.subjects(RDF.type, URIRef(TJKG.OrdinaryRule)), key=str)
    ]
    aliases = {
        local_name(code): tuple(sorted(str(a) for a in graph.objects(code, SKOS.altLabel)))
        for code in graph.subjects(SKOS.altLabel, None)
    }
    return Facts(known, definitions, tuple(contradictions), tuple(ordinary), labels, aliases)


def fact_nodes(graph: Graph) -> Iterable[Node]:
    """The facts a graph declares."""
    return graph.subjects(RDF.type, URIRef(TJKG.Fact))


def _condition(graph: Graph, reader: Reader, node: Node, link: str) -> Tree:
    return tree_of(reader.shape(graph.value(node, URIRef(link)), Quote()), reader.facts)


def _fact(graph: Graph, node: Node, order: dict[str, int]) -> Fact:
    def text(term: str) -> str | None:
        value = graph.value(node, URIRef(TJKG[term]))
        return None if value is None else str(value)

    ordinary = graph.value(node, URIRef(TJKG.ordinaryValue))
    values = [local_name(v) for v in graph.objects(node, URIRef(TJKG.allowedValue))]
    stands = graph.value(node, URIRef(TJKG.standsFor))
    return Fact(
        id=local_name(node), label=label(graph, node, "zh"), label_en=label(graph, node, "en"),
        type=text("factType") or "boolean", multiple=text("multiple") == "true", unit=text("unit"),
        question=label(graph, node, "zh", TJKG.question), question_en=label(graph, node, "en", TJKG.question),
        help=label(graph, node, "zh", str(RDFS.comment)), group=label(graph, node, "zh", TJKG.factGroup),
        values=tuple(sorted(values, key=lambda v: (order.get(v, 0), v))), kind=text("factKind") or "stated",
        ordinary=None if ordinary is None else local_name(ordinary), rule=text("ruleName"),
        about=tuple(sorted(str(a) for a in graph.objects(node, URIRef(TJKG.factAbout)))),
        order=int(text("order") or 0), source=label(graph, node, "zh", str(DCTERMS.source)) or None,
        stands_for=None if stands is None else local_name(stands),
    )
