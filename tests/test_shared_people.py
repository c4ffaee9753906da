"""People and organisations of data/shared: complete in two languages, without circles, tied to real names."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Namespace
from rdflib.namespace import DCTERMS, SKOS

from tests.shared_words import FOLDER, TJKG, agencies, groups, local, mandates, service_names, turtle
from tjkg.iris import local as local_name
from tjkg.parse.people.audience import audience
from tjkg.parse.plan import parse
from tjkg.records import Agency, Plan, Source, Term, Vocabulary

ORG = Namespace("http://www.w3.org/ns/org#")
CV = Namespace("http://data.europa.eu/m8g/")
SOURCE = (FOLDER.parent / "tianjin-2021" / "source.txt").read_text(encoding="utf-8")
FILES = ("groups", "agencies", "service-names", "mandates", "indicator-links")
LANGUAGES = {"zh", "en"}


def plan() -> Plan:
    """The plan of Tianjin, read without any vocabulary."""
    return parse(Source(SOURCE), Vocabulary())


@pytest.mark.parametrize("name", FILES)
def test_it_is_turtle_without_blank_nodes(name: str) -> None:
    assert all("_:" not in term.n3() for triple in turtle(name) for term in triple)


@pytest.mark.parametrize(
    ("name", "languages"), [("groups", ["en", "zh"]), ("agencies", ["en", "zh"]), ("service-names", ["en"])]
)
def test_every_concept_has_one_label_in_each_language(name: str, languages: list[str]) -> None:
    """(A service's Chinese label stands in the edition, its name is the notation here.)"""
    graph = turtle(name)
    for node in set(graph.subjects(SKOS.prefLabel)):
        labels = [o.language for o in graph.objects(node, SKOS.prefLabel) if isinstance(o, Literal)]
        assert sorted(str(x) for x in labels) == languages, node
        for _, text in graph.predicate_objects(node):
            assert not isinstance(text, Literal) or str(text).strip() == str(text) != "", node


@pytest.mark.parametrize("kind", ("groups", "agencies", "services"))
def test_one_name_means_one_thing(kind: str) -> None:
    """Names texts print belong to one thing; a hidden label of it is not its printed name as well."""
    kinds: dict[str, tuple[Term, ...] | tuple[Agency, ...]]
    kinds = {"groups": groups(), "agencies": agencies(), "services": service_names()}
    terms = kinds[kind]
    counts = Counter(label for t in terms for label in t.labels)
    assert [label for label, n in counts.items() if n > 1] == []
    assert [t.id for t in terms if set(t.hidden) & set(t.labels)] == []


def test_a_concept_is_called_by_its_label() -> None:
    terms = [(t.id, t.label) for t in (*groups(), *service_names())] + [(a.id, a.label) for a in agencies()]
    assert [name for name, label in terms if name != local_name(label)] == []


def test_broader_groups_exist_and_make_no_circle() -> None:
    parents = {g.id: g.broader for g in groups()}

    def climb(group: str, seen: tuple[str, ...]) -> None:
        assert group not in seen, seen
        for parent in parents[group]:
            climb(parent, (*seen, group))

    for group in parents:
        climb(group, ())


def test_a_definition_names_its_source() -> None:
    graph = turtle("groups")
    whole = {g.id for g in groups() if g.whole}
    defined = {n for n in graph.subjects(SKOS.definition) if (n, RDF.type, TJKG.TargetGroup) in graph}
    assert len(defined) > 40
    assert [local(n) for n in defined if local(n) not in whole and not list(graph.objects(n, DCTERMS.source))] == []
    for node in defined:
        assert {str(d.language) for d in graph.objects(node, SKOS.definition) if isinstance(d, Literal)} == LANGUAGES


def test_every_row_of_the_plan_speaks_to_a_group() -> None:
    rows = [row for service in plan().services for row in service.standards]
    assert [row.target.text for row in rows if not audience(row.target, groups())] == []


def test_the_names_of_services_are_those_of_the_plan() -> None:
    assert sorted(t.label for t in service_names()) == sorted(s.name for s in plan().services)


def test_organisations_have_a_kind_a_known_parent_and_their_place() -> None:
    graph = turtle("agencies")
    known = {a.id for a in agencies()}
    for node in graph.subjects(RDF.type, TJKG.Agency):
        assert list(graph.objects(node, ORG.classification)), node
        assert all((t, RDF.type, SKOS.Concept) in graph for t in graph.objects(node, ORG.classification)), node
        assert {local(p) for p in graph.objects(node, ORG.subOrganizationOf)} <= known
        if (node, RDF.type, CV.PublicOrganisation) in graph:
            places = list(graph.objects(node, DCTERMS.spatial))
            assert places and all((p, RDF.type, DCTERMS.Location) in graph for p in places), node


def test_the_units_responsible_are_there() -> None:
    graph = turtle("agencies")
    responsible = {local(s) for s, o in graph.subject_objects(DCTERMS.source) if "津政办发〔2022〕15号" in str(o)}
    assert len(responsible) == 17


def test_a_mandate_has_words_known_agencies_and_a_citation_or_says_why_not() -> None:
    known = {a.id for a in agencies()}
    for mandate in mandates():
        assert mandate.words
        assert set(mandate.agencies) <= known
        assert bool(mandate.agencies) == bool(mandate.citation)
    graph = turtle("mandates")
    for node in graph.subjects(RDF.type, TJKG.Mandate):
        assert list(graph.objects(node, TJKG.citation)) or list(graph.objects(node, SKOS.note))
    counts = Counter(word for m in mandates() for word in m.words)
    assert [word for word, n in counts.items() if n > 1] == []


def test_indicators_tied_by_hand_are_those_of_the_plan() -> None:
    names = {local_name(t.label) for t in service_names()}
    for subject, _, thing in turtle("indicator-links"):
        assert local(thing) in names
        assert local(subject) in SOURCE


def test_shared_files_are_read_by_the_build_in_one_graph() -> None:
    together = Graph()
    for path in sorted(Path(FOLDER).glob("*.ttl")):
        together.parse(path)
    assert len(set(together.subjects(RDF.type, TJKG.TargetGroup))) == len(groups())
