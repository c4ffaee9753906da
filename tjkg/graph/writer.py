"""The small words all rooms write with: types, literals, labels, passages, fields of a record."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS, XSD

from tjkg.fields import Field
from tjkg.graph.turtle import new_graph
from tjkg.iris import Edition, concept
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.records import Passage, Plan, Rule, Span

__all__ = ["Writer", "decimal"]

OA = PREFIXES["oa"]


class Writer:
    """Adds triples of one plan to a graph."""

    def __init__(self, plan: Plan, edition: Edition) -> None:
        self.plan, self.edition = plan, edition
        self.graph = new_graph()
        self.authorities = [role.agency for role in plan.responsible]
        self.orders: dict[str, int] = {}

    def add(self, subject: str, predicate: str, *objects: str | Literal) -> None:
        """Adds a triple for each object: a Literal, or an IRI as text."""
        for obj in objects:
            term = obj if isinstance(obj, Literal) else URIRef(obj)
            self.graph.add((URIRef(subject), URIRef(predicate), term))

    def types(self, subject: str, *classes: str) -> None:
        """Adds rdf:type."""
        self.add(subject, str(RDF.type), *classes)

    def number(self, subject: str, predicate: str, value: int) -> None:
        """Adds an xsd:integer."""
        self.add(subject, predicate, Literal(value, datatype=XSD.integer))

    def text(self, subject: str, predicate: str, value: str | None) -> None:
        """Adds a plain literal; None adds nothing."""
        if value is not None:
            self.add(subject, predicate, Literal(value))

    def label(self, subject: str, value: str, *predicates: str) -> None:
        """Adds a Chinese label (skos:prefLabel, or the predicates given)."""
        for predicate in predicates or (str(SKOS.prefLabel),):
            self.add(subject, predicate, Literal(value, lang="zh"))

    def passage(self, place: Passage) -> str:
        """The node of a passage, one a distinct span."""
        iri = self.edition.passage(place.start, place.end)
        self.types(iri, TJKG.Passage, OA + "TextQuoteSelector", OA + "TextPositionSelector")
        self.text(iri, OA + "exact", place.quote)
        self.number(iri, OA + "start", place.start)
        self.number(iri, OA + "end", place.end)
        self.number(iri, TJKG.line, place.line)
        self.add(iri, TJKG.inText, self.edition.text)
        return iri

    def stated(self, subject: str, place: Passage | Span) -> None:
        """Says where a node is stated."""
        self.add(subject, TJKG.statedIn, self.passage(place if isinstance(place, Passage) else place.passage()))

    def fields(self, subject: str, record: Any, table: Iterable[Field]) -> None:
        """Writes the attributes of a record as its table of fields says; None is left out."""
        for attr, term, kind in table:
            value = getattr(record, attr)
            if value is None:
                continue
            predicate = TJKG[term]
            if kind == "text":
                self.text(subject, predicate, value)
            elif kind == "decimal":
                self.add(subject, predicate, decimal(value))
            elif kind == "boolean":
                self.add(subject, predicate, Literal(value))
            elif kind == "rule":
                self.add(subject, predicate, self.rule(value))
            else:
                self.add(subject, predicate, concept(kind, value))

    def rule(self, rule: Rule) -> str:
        """The node of a rule outside the plan."""
        iri = self.edition.node("rule", rule.name)
        self.types(iri, TJKG.Rule)
        self.label(iri, rule.name, str(RDFS.label))
        self.text(iri, TJKG.documentNumber, rule.number)
        return iri


def decimal(value: Decimal) -> Literal:
    """A decimal in one spelling: 2000, 0.5, 92.3."""
    return Literal(format(value.normalize(), "f"), datatype=XSD.decimal)
