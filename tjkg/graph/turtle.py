"""Turtle in and out: the same graph gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from rdflib import BNode, Graph

from tjkg.errors import DataError
from tjkg.namespaces import PREFIXES

__all__ = ["new_graph", "read_turtle", "write_turtle"]


def new_graph() -> Graph:
    """An empty graph that knows the prefixes of `namespaces`."""
    graph = Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    return graph


def read_turtle(path: Path) -> Graph:
    """The graph of a Turtle file. Raises DataError with the parser's words when it is broken."""
    try:
        return new_graph().parse(path, format="turtle")
    except (SyntaxError, ValueError) as error:
        raise DataError(f"不是正确的 Turtle：{error}", where=str(path), cure="请改正该文件") from None


def write_turtle(graph: Graph) -> bytes:
    """The graph as Turtle, always the same bytes. Raises DataError if a blank node is left."""
    if any(isinstance(term, BNode) for triple in graph for term in triple):
        raise DataError("图中有空白节点", cure="每个节点都要有 IRI")
    text: str = graph.serialize(format="turtle")
    return (text.rstrip() + "\n").encode()
