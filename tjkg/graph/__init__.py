"""Records → triples, vocabulary ← Turtle: the one room where a plan becomes RDF.

Every node has an IRI, literals are plain or typed, and rdflib's Turtle writer sorts: the same
records give the same bytes.
"""

from __future__ import annotations

from rdflib import Graph

from tjkg.errors import DataError
from tjkg.graph.document import write_document, write_groupings
from tjkg.graph.prose import write_indicators, write_measures, write_mentions
from tjkg.graph.services import write_services
from tjkg.graph.turtle import new_graph, read_turtle, write_turtle
from tjkg.graph.writer import Writer
from tjkg.iris import Edition
from tjkg.records import Plan

__all__ = ["new_graph", "plan_graph", "read_turtle", "write_turtle"]


def plan_graph(plan: Plan, edition: Edition) -> Graph:
    """All triples of a plan.

    Raises:
        DataError: two services, tasks or indicators would share one IRI.
    """
    _no_collision([edition.service(s.name) for s in plan.services], [s.name for s in plan.services])
    _no_collision([edition.node("indicator", i.name) for i in plan.indicators], [i.name for i in plan.indicators])
    writer = Writer(plan, edition)
    for write in (
        write_document,
        write_groupings,
        write_services,
        write_indicators,
        write_measures,
        write_mentions,
    ):
        write(writer)
    return writer.graph


def _no_collision(iris: list[str], names: list[str]) -> None:
    seen: dict[str, str] = {}
    for iri, name in zip(iris, names, strict=True):
        if iri in seen:
            raise DataError(f"“{seen[iri]}”与“{name}”会得到同一个标识 {iri}", cure="请在原文中改正重名")
        seen[iri] = name
