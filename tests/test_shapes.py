"""Each shape of the data has a file that meets it and a file that breaks it, and nothing but it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, Graph, URIRef

from tjkg.namespaces import PREFIXES, TJKG

ROOT = Path(__file__).parent.parent
FIXTURES = Path(__file__).parent / "fixtures" / "shapes"
SH = PREFIXES["sh"]
CORE_TARGETS = [URIRef(SH + "targetClass"), URIRef(SH + "targetSubjectsOf")]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ROOT / "ontology" / "shapes.ttl")


def names() -> list[str]:
    graph = Graph().parse(ROOT / "ontology" / "shapes.ttl")
    return sorted({str(s).removeprefix(PREFIXES["tjkg-sh"]) for s in graph.subjects(URIRef(SH + "name"))})


def broken(shapes: Graph, *files: Path) -> set[str]:
    """Local names of the shapes that the small world, together with the files, does not meet."""
    data = Graph().parse(FIXTURES / "world.ttl")
    for file in files:
        data.parse(file)
    _, report, _ = validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    found = report.objects(None, URIRef(SH + "sourceShape"))
    return {str(shape).removeprefix(PREFIXES["tjkg-sh"]) for shape in found}


def test_the_small_world_has_no_fault(shapes: Graph) -> None:
    assert broken(shapes) == set()


@pytest.mark.parametrize("name", names())
def test_a_valid_file_passes(shapes: Graph, name: str) -> None:
    assert broken(shapes, FIXTURES / "valid" / f"{name}.ttl") == set()


@pytest.mark.parametrize("name", names())
def test_an_invalid_file_breaks_this_shape_alone(shapes: Graph, name: str) -> None:
    assert broken(shapes, FIXTURES / "invalid" / f"{name}.ttl") == {name}


def test_there_is_a_file_for_each_shape_and_no_other() -> None:
    for folder in ("valid", "invalid"):
        assert sorted(p.stem for p in (FIXTURES / folder).glob("*.ttl")) == names()


def test_every_shape_says_what_it_looks_at(shapes: Graph) -> None:
    for name in names():
        shape = URIRef(PREFIXES["tjkg-sh"] + name)
        assert any(shapes.value(shape, target) for target in CORE_TARGETS), name


def test_every_target_of_our_own_is_a_class_or_property_of_the_ontology(shapes: Graph) -> None:
    ontology = Graph().parse(ROOT / "ontology" / "tjkg.ttl")
    for predicate in CORE_TARGETS:
        for target in shapes.objects(None, predicate):
            if str(target).startswith(PREFIXES["tjkg"]):
                assert str(target) in TJKG
                assert (target, RDF.type, None) in ontology


def test_reading_subclasses_changes_nothing(shapes: Graph) -> None:
    """A store that holds the ontology too finds the same: classes are written out in the data."""
    data = Graph().parse(FIXTURES / "world.ttl")
    for triple in Graph().parse(ROOT / "ontology" / "tjkg.ttl").triples((None, RDFS.subClassOf, None)):
        data.add(triple)
    conforms, _, text = validate(data, shacl_graph=shapes, inference="none")
    assert conforms, text
