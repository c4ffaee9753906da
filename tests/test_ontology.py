"""The vocabulary is a product: complete in two languages, closed, and nothing refers past it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from tjkg.namespaces import LIST, PREFIXES, TERMS, TJKG

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"
FIXTURES = Path(__file__).parent / "fixtures" / "ontology-shapes"
SOURCE_SHAPE = URIRef(PREFIXES["sh"] + "sourceShape")
TERM = re.compile(r"(?<![\w-])tjkg:([A-Za-z]\w*)")
ANGLED = re.compile(re.escape(f"<{PREFIXES['tjkg']}") + r"([^>]*)>")


def broken(*files: Path) -> set[str]:
    """Local names of the ontology's shapes that the files, read together, do not meet."""
    data = Graph()
    for file in files:
        data.parse(file)
    shapes = Graph().parse(ONTOLOGY / "ontology-shapes.ttl")
    _, report, _ = validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    return {str(shape).rsplit("#", 1)[-1] for shape in report.objects(None, SOURCE_SHAPE)}


def shape_names() -> list[str]:
    graph = Graph().parse(ONTOLOGY / "ontology-shapes.ttl")
    return sorted({str(s).rsplit("#", 1)[-1] for s in graph.subjects(URIRef(PREFIXES["sh"] + "name"))})


def terms_in(text: str) -> set[str]:
    """Local names of the terms of our namespace in Turtle or SPARQL, comments and quoted text aside."""
    bare = re.sub(r'"(?:[^"\\\n]|\\.)*"|<[^>\s]*>|(?<![\\\w])#.*', " ", ANGLED.sub(r"tjkg:\1 ", text))
    return set(TERM.findall(bare))


@pytest.mark.parametrize("name", ["tjkg", "shapes", "ontology-shapes", "alignment", "facts"])
def test_label_definition_source_and_header_are_there(name: str) -> None:
    assert broken(ONTOLOGY / f"{name}.ttl") == set()


@pytest.mark.parametrize("name", shape_names())
def test_each_shape_of_the_ontology_finds_its_fault(name: str) -> None:
    assert broken(FIXTURES / "valid" / f"{name}.ttl") == set()
    assert broken(FIXTURES / "invalid" / f"{name}.ttl") == {name}


def test_the_closed_namespace_is_the_ontology() -> None:
    graph = Graph().parse(ONTOLOGY / "tjkg.ttl")
    base = PREFIXES["tjkg"]
    assert {str(s).removeprefix(base) for s in graph.subjects() if str(s).startswith(base)} == set(TERMS)


def test_a_misspelt_term_raises_and_names_the_nearest() -> None:
    assert TJKG.hasStandard == PREFIXES["tjkg"] + "hasStandard"
    with pytest.raises(AttributeError, match="hasStandard"):
        _ = TJKG.hasStandart
    with pytest.raises(KeyError):
        _ = TJKG["hasStandart"]


def test_the_closed_namespace_reads_as_a_collection() -> None:
    assert len(TJKG) == len(TERMS) == len(list(TJKG))
    assert TJKG.Plan in TJKG and PREFIXES["tjkg"] + "plan" not in TJKG and 3 not in TJKG
    assert str(TJKG) == PREFIXES["tjkg"]


def speaking_files() -> list[Path]:
    """Every Turtle file and query of the project; what the parser builds is written by the namespace."""
    turtle = [p for p in (*ONTOLOGY.glob("*.ttl"), *ROOT.glob("data/*/*.ttl")) if p.name != "plan.ttl"]
    return sorted([*turtle, *ROOT.glob("queries/**/*.rq")])


@pytest.mark.parametrize("path", speaking_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_speaks_of_a_term_that_is_not_defined(path: Path) -> None:
    assert terms_in(path.read_text(encoding="utf-8")) - TERMS == set()


def test_terms_are_found_where_they_stand() -> None:
    angled = f"<{PREFIXES['tjkg']}Angled>"
    text = f'# tjkg:comment\n?a tjkg:unit "tjkg:quoted" ; a {angled} ; tjkg-sh:not 1 # tjkg:end'
    assert terms_in(text) == {"unit", "Angled"}


def test_no_term_is_without_use() -> None:
    """Shapes, queries, data or code speak of every term."""
    speaking = [p for p in speaking_files() if p.name not in ("tjkg.ttl", "alignment.ttl")]
    used = {term for path in speaking for term in terms_in(path.read_text(encoding="utf-8"))}
    for path in ROOT.glob("tjkg/**/*.py"):
        if path.name != "namespaces.py":
            used |= set(re.findall(r"\b[A-Za-z]\w*", path.read_text(encoding="utf-8")))
    assert TERMS - used == set()


def lists() -> dict[str, set[str]]:
    """Code list → its notations."""
    graph = Graph().parse(ONTOLOGY / "tjkg.ttl")
    found: dict[str, set[str]] = {}
    for concept, scheme in graph.subject_objects(SKOS.inScheme):
        found.setdefault(str(scheme).removeprefix(LIST), set()).add(str(graph.value(concept, SKOS.notation)))
    return found


def test_every_code_stands_once_in_its_list() -> None:
    graph = Graph().parse(ONTOLOGY / "tjkg.ttl")
    assert sum(len(codes) for codes in lists().values()) == len(set(graph.subjects(RDF.type, SKOS.Concept)))


SHAPE_OF_LIST = {
    "benefitRole": "benefit-role", "operator": "operator-form", "quantityKind": "quantity-kind",
    "fundingRole": "funding-role", "coverageKind": "coverage-kind", "relation": "audience-relation",
    "bindingness": "indicator-bindingness", "valueRole": "observation-role", "level": "level-form",
    "basis": "role-basis", "cell": "standard-inherited", "criterionState": "criterion-state",
}


@pytest.mark.parametrize("name", sorted(SHAPE_OF_LIST))
def test_a_shape_allows_the_codes_of_the_list_and_no_others(name: str) -> None:
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    head = shapes.value(URIRef(PREFIXES["tjkg-sh"] + SHAPE_OF_LIST[name]), URIRef(PREFIXES["sh"] + "in"))
    assert head is not None
    allowed = {str(item) for item in shapes.items(head) if isinstance(item, Literal)}
    assert allowed == lists()[name] - ({"name"} if name == "cell" else set())  # a name is never inherited


def test_only_the_alignment_reaches_for_schema_org_and_nothing_imports_it() -> None:
    for path in ONTOLOGY.glob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        assert "owl:imports" not in text
        assert path.name == "alignment.ttl" or "@prefix schema:" not in text
