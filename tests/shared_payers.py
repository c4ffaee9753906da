"""The payers of data/shared as the parser's records, read without the build."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import Graph, Literal
from rdflib.namespace import SKOS
from rdflib.term import Node

from tjkg.records import Term

__all__ = ["PATH", "payers"]

PATH = Path(__file__).parent.parent / "data" / "shared" / "payers.ttl"


def _local(node: Node) -> str:
    return str(node).rsplit("/", 1)[-1]


@cache
def payers() -> tuple[Term, ...]:
    """Every payer with its Chinese labels and broader payers."""
    graph = Graph().parse(PATH)
    found = []
    for node in sorted(graph.subjects(SKOS.inScheme), key=str):
        labels = [
            str(label)
            for prop in (SKOS.prefLabel, SKOS.altLabel)
            for label in sorted(graph.objects(node, prop), key=str)
            if isinstance(label, Literal) and label.language == "zh"
        ]
        broader = tuple(sorted(_local(b) for b in graph.objects(node, SKOS.broader)))
        found.append(Term(_local(node), labels[0], tuple(labels), broader))
    return tuple(found)
