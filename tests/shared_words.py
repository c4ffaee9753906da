"""Groups, agencies, names of services and mandates of data/shared as the parser's records, without the build."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from tjkg.records import Agency, Mandate, Term

__all__ = ["FOLDER", "TJKG", "agencies", "groups", "local", "mandates", "service_names", "turtle"]

FOLDER = Path(__file__).parent.parent / "data" / "shared"
TJKG = Namespace("https://w3id.org/tjkg/ontology#")


@cache
def turtle(name: str) -> Graph:
    """A file of data/shared."""
    return Graph().parse(FOLDER / f"{name}.ttl")


def local(node: Node) -> str:
    """The last part of an IRI."""
    return str(node).rsplit("/", 1)[-1]


def _zh(graph: Graph, node: Node, prop: URIRef) -> tuple[str, ...]:
    found = (o for o in graph.objects(node, prop) if isinstance(o, Literal) and o.language == "zh")
    return tuple(sorted(str(o) for o in found))


def _term(graph: Graph, node: Node) -> Term:
    pref = _zh(graph, node, SKOS.prefLabel)
    return Term(
        local(node),
        pref[0],
        (*pref, *_zh(graph, node, SKOS.altLabel)),
        tuple(sorted(local(b) for b in graph.objects(node, SKOS.broader))),
        _zh(graph, node, SKOS.hiddenLabel),
        _zh(graph, node, TJKG.printedForm),
        (node, TJKG.wholePopulation, Literal(True)) in graph,
    )


@cache
def groups() -> tuple[Term, ...]:
    """Every target group."""
    graph = turtle("groups")
    return tuple(_term(graph, n) for n in sorted(graph.subjects(RDF.type, TJKG.TargetGroup), key=str))


@cache
def service_names() -> tuple[Term, ...]:
    """Every service with its other names."""
    graph = turtle("service-names")
    return tuple(_term(graph, n) for n in sorted(set(graph.subjects(SKOS.prefLabel)), key=str))


@cache
def agencies() -> tuple[Agency, ...]:
    """Every organisation."""
    graph = turtle("agencies")
    terms = (_term(graph, n) for n in sorted(graph.subjects(RDF.type, TJKG.Agency), key=str))
    return tuple(Agency(t.id, t.label, t.labels, None, t.hidden) for t in terms)


@cache
def mandates() -> tuple[Mandate, ...]:
    """Every mandate."""
    graph = turtle("mandates")
    return tuple(
        Mandate(
            _zh(graph, n, TJKG.fieldWord),
            tuple(sorted(local(a) for a in graph.objects(n, TJKG.agency))),
            next(iter(_zh(graph, n, TJKG.citation)), None),
        )
        for n in sorted(graph.subjects(RDF.type, TJKG.Mandate), key=str)
    )
