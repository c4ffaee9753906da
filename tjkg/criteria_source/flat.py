"""Parts written as flat SHACL: every node and list cell has a name that says its path."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD

from tjkg.criteria_source.shapes import Part
from tjkg.facts import Fact
from tjkg.iris import Edition
from tjkg.namespaces import CODE, FACT, PREFIXES, TJKG
from tjkg.records import Passage

__all__ = ["Writer"]

_OPS = {">=": SH.minInclusive, ">": SH.minExclusive, "<=": SH.maxInclusive, "<": SH.maxExclusive}


@dataclass
class Writer:
    """Writes parts as flat, named SHACL nodes; the local names say the path."""

    graph: Graph
    edition: Edition
    facts: dict[str, Fact]
    criterion: str = ""
    negated: bool = False
    via: str | None = None  # the term that is being spelt out

    def add(self, subject: str, predicate: str | URIRef, value: object) -> None:
        """One statement; a value that is no literal is an IRI."""
        term = value if isinstance(value, Literal) else URIRef(str(value))
        self.graph.add((URIRef(subject), URIRef(predicate), term))

    def passage(self, place: Passage) -> str:
        """The node of a passage."""
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
