"""Every competency question: its header, its expected rows, the same over an endpoint and by rdflib."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from rdflib import XSD, Graph, Literal
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.query import ResultRow

import tjkg
from tjkg.errors import DataError, InputError, NotFoundError
from tjkg.query import Question, internal, library, load, read, run
from tjkg.resources import queries_dir
from tjkg.sparql import check_read_only
from tjkg.store import Rows, open_remote
from tjkg.store.local import Local

ANSWERS = Path(__file__).parent / "answers"
QUESTIONS = [q for q in library().values() if q.topic != "ask"]
# rdflib joins slowly: questions that compare every number with every other would take it minutes
FOR_RDFLIB = [q for q in QUESTIONS if q.topic not in ("consistency", "quality")]


def _text(question: Question, rows: Rows) -> list[list[str]]:
    """Columns and rows as text; the members of a GROUP_CONCAT, whose order SPARQL leaves open, sorted."""
    joined = re.findall(r"GROUP_CONCAT\(.*?AS \?(\w+)\)", question.text)
    return [
        list(rows.columns),
        *([_cell(v, name in joined) for v, name in zip(row, rows.columns, strict=True)] for row in rows.rows),
    ]


def _cell(value: object, joined: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "、".join(sorted(str(value).split("、"))) if joined else str(value)


def expected(question: Question) -> list[list[str]]:
    """The rows beside the tests (`tjkg query NAME -p … --format csv`, read and approved)."""
    with (ANSWERS / f"{question.id}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_the_rows_are_the_expected_ones(question: Question, store: Local) -> None:
    assert _text(question, run(store, question.id, question.example)) == expected(question)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_an_endpoint_answers_the_same(question: Question, store: Local, endpoint: str) -> None:
    remote = open_remote(endpoint)
    ours = _text(question, run(store, question.id, question.example))
    assert _text(question, run(remote, question.id, question.example)) == ours


@pytest.fixture(scope="session")
def graph() -> Graph:
    return tjkg.open().graph()


@pytest.mark.parametrize("question", FOR_RDFLIB, ids=lambda q: q.id)
def test_rdflib_finds_the_same_rows(question: Question, store: Local, graph: Graph) -> None:
    """(As a set with repeats: where ORDER BY leaves ties engines differ.)"""
    found = graph.query(question.bound(question.example))
    assert found.vars is not None
    rows = [
        tuple(bool(v) if isinstance(v, Literal) and v.datatype == XSD.boolean else v and str(v) for v in row)
        for row in found
        if isinstance(row, ResultRow)
    ]
    theirs = _text(question, Rows(tuple(str(v) for v in found.vars), list(rows)))
    ours = _text(question, run(store, question.id, question.example))
    assert theirs[0] == ours[0]
    assert sorted(theirs[1:]) == sorted(ours[1:])


@pytest.mark.parametrize("path", sorted(queries_dir().glob("*/*.rq")), ids=lambda p: p.stem)
def test_every_file_is_plain_sparql_with_a_header(path: Path) -> None:
    question = read(path)
    assert question.parameters.keys() == question.example.keys() or question.topic in ("internal", "ask")
    values = {name: question.example.get(name, "1") for name in question.parameters}
    values = {n: "https://w3id.org/tjkg/id/x" if question.parameters[n] == "iri" else v for n, v in values.items()}
    text = question.bound(values)
    check_read_only(text)
    parseQuery(text)


def test_every_answer_belongs_to_a_question() -> None:
    assert {p.stem for p in ANSWERS.glob("*.csv")} == {q.id for q in QUESTIONS}


def test_no_answer_is_empty() -> None:
    """(Questions of quality find nothing on a sound plan; their faults are seeded in test_validate.)"""
    assert [q.id for q in QUESTIONS if len(expected(q)) < 2 and q.topic != "quality"] == []


def test_unknown_names_are_told_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="services-of-group"):
        load("service-of-group")
    with pytest.raises(NotFoundError):
        load("../../etc/passwd")
    with pytest.raises(InputError, match="没有这个查询文件"):
        load("nowhere.rq")


@pytest.mark.parametrize(
    ("head", "words"),
    [("#+ sumary: x\n", "sumary"), ("#+ summary: x\n", "summary_en"), ("", "summary")],
)
def test_wrong_headers_are_told(tmp_path: Path, head: str, words: str) -> None:
    path = tmp_path / "x.rq"
    path.write_text(head + "SELECT * { ?s ?p ?o }", "utf-8")
    with pytest.raises(DataError, match=words):
        read(path)


def test_a_file_may_not_call_out(tmp_path: Path) -> None:
    path = tmp_path / "x.rq"
    path.write_text("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "utf-8")
    with pytest.raises(InputError, match="SERVICE"):
        load(str(path))


def test_internal_queries_are_not_in_the_library() -> None:
    assert "catalogue" not in library()
    with pytest.raises(NotFoundError):
        load("catalogue")
    assert "tjkg:Plan" in internal("catalogue")
