"""Criteria of the shipped edition: complete, quoted, named, and the compiled form is what the shapes say."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from tests import people
from tests.conftest import PLAN, ROOT
from tjkg import boxes
from tjkg.build import vocabulary
from tjkg.criteria import Criteria, load
from tjkg.criteria_source import criteria_graph
from tjkg.errors import DataError
from tjkg.facts import Facts, Tree
from tjkg.graph import read_turtle, write_turtle
from tjkg.iris import Edition
from tjkg.namespaces import CODE, FACT, TJKG
from tjkg.parse.plan import parse
from tjkg.read import read
from tjkg.records import Plan
from tjkg.store.local import Local

FACTS = ROOT / "ontology" / "facts.ttl"
EDITION = Edition("tianjin-2021", "tianjin")


@cache
def _plan() -> Plan:
    return parse(read(PLAN / "source.txt"), vocabulary(ROOT / "data" / "shared"))


@cache
def _graph() -> Graph:
    return criteria_graph(PLAN / "criteria.ttl", FACTS, _plan(), EDITION)


@pytest.fixture(scope="module")
def criteria(store: Local) -> Criteria:
    return load(store)


def _atoms(criteria: Criteria) -> Iterator[Tree]:
    for ruled in criteria.standards:
        for criterion in (ruled.criterion, *ruled.benefits.values()):
            yield from boxes.atoms(criterion.tree)


def test_every_standard_has_a_reviewed_criterion(criteria: Criteria) -> None:
    rows = [(s.name, r.number) for s in _plan().services for r in s.standards]
    assert [(r.service, r.number) for r in criteria.standards] == rows
    assert len(rows) == 101
    assert {r.criterion.state for r in criteria.standards} == {"reviewed"}
    reviewed = {str(o) for o in _graph().objects(None, URIRef(TJKG.reviewedBy))}
    assert reviewed == {"政策研究员"}


def test_every_atom_stands_in_the_text(criteria: Criteria) -> None:
    text = _plan().source.text
    seen = 0
    for atom in _atoms(criteria):
        assert text[atom["start"] : atom["end"]] == atom["quote"]
        assert _plan().source.line_at(atom["start"]) == atom["line"]
        seen += 1
    assert seen > 400


def test_open_facts_say_why_they_are_open(criteria: Criteria) -> None:
    for fact in criteria.facts.values():
        if fact.kind == "delegated":
            assert fact.rule, fact.id
        if fact.kind == "reading":
            assert set(fact.values) == {"甲", "乙"}, fact.id
        if fact.kind == "plan_silent":
            assert fact.help, fact.id


def test_facts_speak_two_languages_and_hold_not_applicable(criteria: Criteria) -> None:
    for fact in criteria.facts.values():
        assert fact.label and fact.label_en
        if fact.kind != "definition":
            assert fact.question and fact.question_en
            for variable in fact.variables:
                assert criteria.space.na(variable)
    for zh, en in criteria.facts.labels.values():
        assert zh and en


def test_every_fact_is_used(criteria: Criteria) -> None:
    used = {a["fact"] for a in _atoms(criteria)}
    unused = {f.id for f in criteria.facts.values() if f.kind != "definition"} - used
    assert unused <= {"about"}


def test_bounds_come_from_the_other_standard(criteria: Criteria) -> None:
    by_name = {r.service: r for r in criteria.standards}
    low = [a for a in boxes.atoms(by_name["最低生活保障"].criterion.tree) if a["fact"] == "income_per_head"]
    relief = [a for a in boxes.atoms(by_name["城乡低收入家庭救助"].criterion.tree) if a["fact"] == "income_per_head"]
    amount = next(
        b.value for s in _plan().services if s.name == "最低生活保障" for r in s.standards for b in r.benefits if b.currency
    )
    assert amount is not None
    assert [(a["op"], Decimal(str(a["value"]))) for a in low] == [("<", amount)]
    assert sorted((a["op"], Decimal(str(a["value"]))) for a in relief) == [("<", amount * Decimal("1.5")), (">", amount)]


# ---------------------------------------------------------------- the compiled form against the shapes


def test_no_node_is_blank_and_a_rebuild_gives_the_same_bytes() -> None:
    graph = _graph()
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)
    again = criteria_graph(PLAN / "criteria.ttl", FACTS, _plan(), EDITION)
    assert write_turtle(again) == write_turtle(graph)


def _shape_tree(graph: Graph, node: Node) -> Tree:
    """A flat shape read back as a tree, by the meaning of SHACL."""
    if (node, SH.path, None) in graph:
        name = str(graph.value(node, SH.path)).removeprefix(FACT)
        parts: list[Tree] = [
            {"fact": name, "op": op, "value": _value(v)}
            for iri, op in ((SH.minInclusive, ">="), (SH.minExclusive, ">"), (SH.maxInclusive, "<="), (SH.maxExclusive, "<"))
            for v in graph.objects(node, iri)
        ]
        for value in graph.objects(node, SH.hasValue):
            multiple = graph.value(URIRef(FACT + name), URIRef(TJKG.multiple))
            parts.append({"fact": name, "op": "has" if str(multiple) == "true" else "=", "value": _value(value)})
        for head in graph.objects(node, SH["in"]):
            parts.append({"fact": name, "op": "in", "value": [_value(v) for v in Collection(graph, head)]})
        return {"all": parts}
    parts = [_shape_tree(graph, p) for p in graph.objects(node, SH.property)]
    parts += [_shape_tree(graph, n) for n in graph.objects(node, SH.node)]
    parts += [{"any": [_shape_tree(graph, m) for m in Collection(graph, head)]} for head in graph.objects(node, SH["or"])]
    parts += [{"not": _shape_tree(graph, n)} for n in graph.objects(node, SH["not"])]
    return {"all": parts}


def _value(value: Node) -> object:
    if isinstance(value, Literal):
        python = value.toPython()
        return python if isinstance(python, (bool, int)) else float(python) if isinstance(python, Decimal) else str(value)
    return str(value).removeprefix(CODE)


def test_boxes_are_those_of_the_shapes(criteria: Criteria) -> None:
    """What is stored as JSON beside the shapes is what compiling the shapes themselves gives."""
    graph = _graph() + read_turtle(FACTS)
    found = 0
    for node in graph.subjects(RDF.type, URIRef(TJKG.Criterion)):
        space, sure, may = boxes.compile_tree(_shape_tree(graph, node), criteria.facts)
        stored = json.loads(str(graph.value(node, URIRef(TJKG.boxes))))
        assert stored == {"sure": boxes.store(sure, space), "may": boxes.store(may, space)}, node
        found += 1
    assert found > 150


def test_every_atom_is_linked_from_its_criterion() -> None:
    graph = _graph()
    plain = set(graph.subject_objects(URIRef(TJKG.condition)))
    negated = set(graph.subject_objects(URIRef(TJKG.negatedCondition)))
    properties = {n for n in graph.subjects(RDF.type, SH.PropertyShape)}
    assert {atom for _, atom in plain | negated} == properties
    helped = URIRef(EDITION.node("criterion", "中等职业教育市政府助学金", 1))
    quotes = {str(graph.value(atom, URIRef(TJKG.quote))) for node, atom in negated if node == helped}
    assert quotes == {"未享受免学费政策", "未获得国家助学金"}


def test_the_export_carries_the_facts(criteria: Criteria) -> None:
    plain = json.loads(json.dumps(criteria.facts.plain(), ensure_ascii=False))
    again = Facts.from_plain(plain)
    assert json.loads(json.dumps(again.plain(), ensure_ascii=False)) == plain
    assert list(again) == list(criteria.facts)


def test_rules_only_narrow_what_can_be(criteria: Criteria) -> None:
    rng = random.Random(4)
    everybody: boxes.Box = {}
    for point in people.points(criteria, everybody, rng, 20):
        assert criteria.rules.narrow(point) == point


# ---------------------------------------------------------------- what a reader may get wrong


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('tjkg:quote "遭受自然灾害"', 'tjkg:quote "遭遇自然灾害"', "遭遇自然灾害"),
        ("sh:path fact:livelihood_affected", "sh:path fact:livelihood", "没有事实 livelihood"),
        ("crit:受灾人员救助_1 a", "crit:受灾人员_1 a", "受灾人员_1"),
        ("sh:hasValue code:急难型", "sh:hasValue code:急迫型", "没有取值 急迫型"),
        ("sh:node fact:veteran", "sh:node fact:soldier", "没有定义 soldier"),
        ('tjkg:forBenefit "每具骨灰1420元"', 'tjkg:forBenefit "每具骨灰1421元"', "1421元"),
        ('tjkg:nth 2 ]', 'tjkg:nth 9 ]', "第9处"),
        ("tjkg:boundAs sh:maxExclusive", "tjkg:boundAs sh:minLength", "boundAs"),
        ('sh:hasValue true ; tjkg:quote "遭受自然灾害" ]', 'tjkg:quote "遭受自然灾害" ]', "没有取值"),
    ],
)
def test_a_wrong_criterion_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (PLAN / "criteria.ttl").read_text("utf-8")
    assert old in text
    path = tmp_path / "criteria.ttl"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError) as error:
        criteria_graph(path, FACTS, _plan(), EDITION)
    assert told in error.value.sentence()
