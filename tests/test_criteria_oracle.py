"""An independent engine over the same shapes: pyshacl and the compiled boxes must agree on every applicant.

Applicants are fully described and drawn inside and just outside each maximal box; the test fails
unless every criterion was seen saying yes and no.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pyshacl
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD

from tests import people
from tests.conftest import PLAN
from tjkg.boxes import Box, Space, atoms, holds, inside, meets
from tjkg.criteria import Criteria, Criterion, load
from tjkg.facts import NA, Fact, text_of
from tjkg.graph import new_graph, read_turtle
from tjkg.namespaces import CODE, FACT, TJKG
from tjkg.store.local import Local

BOXES, EACH = 5, 2  # how many boxes of a criterion, and points inside and beside each
APPLICANT = "https://example.org/applicant/"


def _number(fact: Fact, space: Space, mask: int, rng: random.Random) -> Literal | None:
    """A number somewhere in a range of the point, its ends the likeliest."""
    if mask == space.na(fact.id):
        return None
    ((low, low_side), (high, high_side)), = space.ranges(fact.id, mask)
    step = 1.0 if fact.type != "decimal" else 0.001
    first = max(low, 700_000) if fact.type == "date" else low
    last = high if high != float("inf") else first + 50
    first, last = first + (step if low_side else 0), last - (0 if high_side else step)
    number = rng.choice([first, last, rng.uniform(first, last)])
    if fact.type == "decimal":
        return Literal(round(number, 3), datatype=XSD.decimal)
    return Literal(text_of(fact, int(number)), datatype=XSD.date if fact.type == "date" else XSD.integer)


def _describe(graph: Graph, name: str, point: Box, criteria: Criteria, facts: set[str], rng: random.Random) -> URIRef:
    """Writes what the point says of the facts a criterion asks for; what does not apply is absent."""
    node = URIRef(APPLICANT + name)
    graph.add((node, RDF.type, URIRef(APPLICANT + "Applicant")))
    for fact in (criteria.facts[f] for f in sorted(facts)):
        path = URIRef(FACT + fact.id)
        for variable in fact.variables:
            mask = point[variable]
            if fact.numeric:
                number = _number(fact, criteria.space, mask, rng)
                if number is not None:
                    graph.add((node, path, number))
                continue
            value, = criteria.space.names(variable, mask)
            if fact.multiple:
                if value == "true":
                    graph.add((node, path, URIRef(CODE + variable.partition(".")[2])))
            elif fact.type == "boolean":
                if value != NA:
                    graph.add((node, path, Literal(value == "true")))
            else:
                graph.add((node, path, URIRef(CODE + value)))
    return node


def _drawn(criterion: Criterion, criteria: Criteria, rng: random.Random) -> Iterator[Box]:
    boxes = criterion.may if len(criterion.may) <= BOXES else rng.sample(criterion.may, BOXES)
    for box in boxes:
        yield from people.points(criteria, box, rng, EACH)
        for outside in people.beside(box, criteria.space, rng):
            yield from people.points(criteria, outside, rng, 1)
    far = holds(criterion.tree, criteria.space, False)
    for box in far if len(far) <= BOXES else rng.sample(far, BOXES):
        yield from people.points(criteria, box, rng, 1)


def _criteria(criteria: Criteria, shapes: Graph) -> dict[str, Criterion]:
    """IRI → criterion, of standards and of benefits."""
    found = {}
    for ruled in criteria.standards:
        for owner, criterion in [(ruled.iri, ruled.criterion), *ruled.benefits.items()]:
            found[str(shapes.value(URIRef(owner), URIRef(TJKG.hasCriterion)))] = criterion
    return found


@pytest.fixture(scope="module")
def criteria(store: Local) -> Criteria:
    return load(store)


def test_pyshacl_agrees_inside_and_just_outside_every_box(criteria: Criteria) -> None:
    rng = random.Random(20211206)
    flat = read_turtle(PLAN / "eligibility.ttl")
    shapes, data = new_graph(), new_graph()
    for triple in flat:
        if str(triple[1]).startswith(str(SH)) or triple[1] in (RDF.type, RDF.first, RDF.rest):
            shapes.add(triple)
    known = _criteria(criteria, flat)
    trees = {str(iri): criterion for iri, criterion in known.items()}
    expected: dict[tuple[str, str], bool] = {}
    for iri, criterion in trees.items():
        whole = {a["fact"] for a in atoms(criterion.tree)}
        parent = flat.value(URIRef(iri), SH.node)
        if parent is not None and str(parent) in trees:
            whole |= {a["fact"] for a in atoms(trees[str(parent)].tree)}
        for number, point in enumerate(_drawn(criterion, criteria, rng)):
            node = _describe(data, f"{len(expected)}-{number}", point, criteria, whole, rng)
            shapes.add((URIRef(iri), SH.targetNode, node))
            expected[iri, str(node)] = any(inside(point, box) for box in criterion.sure)
            assert expected[iri, str(node)] == any(meets(point, box) for box in criterion.may)
    assert len(expected) > 2000
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, meta_shacl=False, advanced=False, inplace=True)
    failed = {
        (_criterion_of(str(report.value(result, SH.sourceShape)), trees), str(report.value(result, SH.focusNode)))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }
    told = {key: key not in failed for key in expected}
    wrong = [key for key, value in expected.items() if told[key] != value]
    assert not wrong, wrong[:5]
    for answer in (True, False):
        silent = trees.keys() - {iri for (iri, _), value in told.items() if value is answer}
        assert not silent, (answer, sorted(silent))


def _criterion_of(shape: str, known: dict[str, Criterion]) -> str:
    """The criterion a failing shape belongs to: the longest whose name it continues."""
    return max((iri for iri in known if shape == iri or shape.startswith(iri + "_")), key=len)
