"""The row limit set in a query's text, and results cut at any byte."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from tjkg.query import library
from tjkg.store.served import Served, in_memory
from tjkg.web.cutoff import closed, noted
from tjkg.web.edition import EditionData
from tjkg.web.query_task import query
from tjkg.web.rows import limited, names_dataset

ALL = "SELECT ?s ?o WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o }"


@pytest.fixture(scope="module")
def served() -> Served:
    store = in_memory()
    store.plan = "tianjin-2021"
    return store


def _flat(query: str) -> str:
    return " ".join(query.split())


@pytest.mark.parametrize(
    ("text", "first", "beyond"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o } OFFSET 0 LIMIT 5", "SELECT * { ?s ?p ?o } OFFSET 5 LIMIT 1"),
        ("SELECT * { ?s ?p ?o } LIMIT 3", "SELECT * { ?s ?p ?o } LIMIT 3", None),
        ("SELECT * { ?s ?p ?o } LIMIT 5", "SELECT * { ?s ?p ?o } LIMIT 5", None),
        ("SELECT * { ?s ?p ?o } limit 6", "SELECT * { ?s ?p ?o } OFFSET 0 LIMIT 5", "SELECT * { ?s ?p ?o } OFFSET 5 LIMIT 1"),
        ("SELECT * {} LIMIT # 3\n 60 OFFSET 2", "SELECT * {} OFFSET 2 LIMIT 5", "SELECT * {} OFFSET 7 LIMIT 1"),
        ("SELECT * { { SELECT * {} LIMIT 60 } }", "SELECT * { { SELECT * {} LIMIT 60 } } OFFSET 0 LIMIT 5",
         "SELECT * { { SELECT * {} LIMIT 60 } } OFFSET 5 LIMIT 1"),
        ("SELECT ?s { ?s ?p ?o } VALUES ?s { <a:b> }", "SELECT ?s { ?s ?p ?o } OFFSET 0 LIMIT 5 VALUES ?s { <a:b> }",
         "SELECT ?s { ?s ?p ?o } OFFSET 5 LIMIT 1 VALUES ?s { <a:b> }"),
        ("SELECT * { ?s ?p '} LIMIT 9' } # LIMIT 1", "SELECT * { ?s ?p '} LIMIT 9' } # LIMIT 1 OFFSET 0 LIMIT 5",
         "SELECT * { ?s ?p '} LIMIT 9' } # LIMIT 1 OFFSET 5 LIMIT 1"),
        ("ASK { ?s ?p ?o }", "ASK { ?s ?p ?o }", None),
        ("SELECT * {} LIMIT ten", "SELECT * {} LIMIT ten", None),
    ],
)
def test_the_limit_is_set_by_tokens(text: str, first: str, beyond: str | None) -> None:
    found, more = limited(text, 5)
    assert (_flat(found), more and _flat(more)) == (first, beyond)


@pytest.mark.parametrize("question", library().values(), ids=lambda q: q.id)
def test_limited_questions_still_run(served: Served, question: object) -> None:
    from tjkg.query import Question

    assert isinstance(question, Question)
    text = question.bound(question.example)
    whole = len(served.select(text).rows)
    for most in (1, 3, 100_000):
        first, beyond = limited(text, most)
        assert len(served.select(first).rows) == min(most, whole)
        if beyond is not None:
            assert len(served.select(beyond).rows) == (whole > most)


def test_from_is_seen_by_tokens() -> None:
    assert names_dataset("SELECT * FROM <a:b> {}") and names_dataset("select * from named <a:b> {}")
    assert not names_dataset("SELECT ?from { ?from ?p 'FROM <a:b>' } # FROM")


def _asked(served: Served, fmt: str, *, rows: int = 100_000, size: int = 1 << 24, text: str = ALL) -> tuple[bytes, str | None]:
    edition = EditionData(served, served, served)
    reply = query(edition, {"query": text, "result": fmt, "graph": fmt, "rows": rows, "size": size, "link": "/about#limits"})
    return reply.body, reply.cut


def _table(data: bytes, fmt: str) -> list[tuple[str, ...]]:
    if fmt == "json":
        return [(r["s"]["value"], r["o"]["value"]) for r in json.loads(data)["results"]["bindings"]]
    if fmt == "xml":
        name = "{http://www.w3.org/2005/sparql-results#}"
        return [
            tuple("".join(b.itertext()) for b in row.iter(name + "binding"))
            for row in ElementTree.fromstring(data).iter(name + "result")
        ]
    if fmt == "csv":
        return [tuple(row) for row in csv.reader(io.StringIO(data.decode(), newline=""))][1:]
    return [tuple(line.split("\t")) for line in data.decode().split("\n")[1:] if line]


@pytest.mark.parametrize("fmt", ["json", "xml", "csv", "tsv"])
def test_rows_beyond_the_limit_are_cut_and_told(served: Served, fmt: str) -> None:
    whole, cut = _asked(served, fmt)
    assert cut is None
    count = len(_table(whole, fmt))
    exact, cut = _asked(served, fmt, rows=count)
    assert cut is None and len(_table(exact, fmt)) == count
    some, cut = _asked(served, fmt, rows=count - 1)
    assert cut == "rows" and len(_table(some, fmt)) == count - 1
    assert (b"/about#limits" in some) == (fmt in ("json", "xml"))


@pytest.mark.parametrize("fmt", ["json", "xml", "csv", "tsv"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_results_cut_at_any_byte_hold_whole_rows(served: Served, fmt: str, data: st.DataObject) -> None:
    whole, _ = _asked(served, fmt)
    place = data.draw(st.integers(0, len(whole) - 1))
    cut = noted(closed(whole[:place], fmt), fmt, "/about#limits") if place else b""
    found = _table(cut, fmt) if cut else []
    assert found == _table(whole, fmt)[:len(found)]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD reader uses it
@pytest.mark.parametrize(("fmt", "name"), [("nt", "nt"), ("ttl", "turtle"), ("jsonld", "json-ld"), ("rdfxml", "xml")])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_triples_cut_at_any_byte_are_triples(served: Served, fmt: str, name: str, data: st.DataObject) -> None:
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/tjkg/ontology#Payer> ; ?p ?o }"
    whole, _ = _asked(served, fmt, text=text)
    place = data.draw(st.integers(1, len(whole) - 1))
    cut = noted(closed(whole[:place], fmt), fmt, "/about#limits")
    assert set(Graph().parse(data=cut, format=name)) <= set(Graph().parse(data=whole, format=name))


def test_the_byte_limit_stops_the_engine(served: Served) -> None:
    body, cut = _asked(served, "json", size=20_000)
    assert cut == "bytes" and 10_000 < len(body) < 20_100 and _table(body, "json")


def test_a_value_with_line_ends_and_quotes_is_not_cut_inside(served: Served) -> None:
    text = 'SELECT ?s ?o { VALUES (?s ?o) { ("a\\r\\nb" "x\\"y\\r\\n\\r\\nz") ("c" "d\\r\\n") ("e" "f") } }'
    whole, _ = _asked(served, "csv", text=text)
    rows = _table(whole, "csv")
    assert len(rows) == 3
    for place in range(1, len(whole)):
        found = _table(closed(whole[:place], "csv"), "csv")
        assert found == rows[:len(found)]
