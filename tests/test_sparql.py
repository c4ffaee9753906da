"""Reading SPARQL by its tokens, held against rdflib's grammar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal
from rdflib.plugins.sparql.parser import parseQuery

from tjkg.errors import InputError
from tjkg.sparql import bind, check_read_only, form, parameters, term

HARMLESS = [
    'SELECT * WHERE { ?s ?p "SERVICE <http://x/>" }',
    "SELECT ?service WHERE { ?service <http://x/service> ?o } # SERVICE",
    "PREFIX service: <http://x/> SELECT * { ?s service:load service:SERVICE }",
    'SELECT * { ?s ?p """a "quoted" SERVICE""" }',
    "ASK { ?s ?p 'it\\'s LOAD' }",
    "PREFIX a: <http://x/#SERVICE> CONSTRUCT WHERE { ?s a:x ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
]
FORBIDDEN = [
    "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1e5SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT <http://127.0.0.1/> { ?s ?p ?o } }",
    "select * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
    "PREFIX a: <http://x/> SELECT * { { SELECT * { SERVICE a:b { ?s ?p ?o } } } }",
    "LOAD <http://127.0.0.1/>",
    "PREFIX a: <http://x/> INSERT DATA { a:b a:c a:d }",
    "DELETE WHERE { ?s ?p ?o }",
    "DROP ALL",
    "",
    "hello",
]


@pytest.mark.parametrize("query", HARMLESS)
def test_words_in_strings_names_and_comments_are_no_keywords(query: str) -> None:
    parseQuery(query)
    check_read_only(query)


@pytest.mark.parametrize("query", FORBIDDEN)
def test_calls_and_changes_are_refused(query: str) -> None:
    with pytest.raises(InputError):
        check_read_only(query)


def test_form() -> None:
    assert form("PREFIX select: <http://x/> ASK { ?s ?p 'SELECT' }") == "ASK"


def test_parameters_and_binding() -> None:
    text = 'SELECT * { ?s ?p ?_age_integer FILTER(?x = ?_name_zh) } # ?_no_integer\n'
    assert parameters(text) == {"age": "integer", "name": "zh"}
    bound = bind(text, {"age": "80", "name": '低"保\\'})
    assert '"80"^^<http://www.w3.org/2001/XMLSchema#integer>' in bound
    assert '"低\\"保\\\\"@zh' in bound
    parseQuery(bound)


@pytest.mark.parametrize(
    "values", [{}, {"age": "x", "name": "a"}, {"age": "1", "name": "a", "more": "b"}], ids=["none", "type", "extra"]
)
def test_wrong_parameters_are_told(values: dict[str, str]) -> None:
    with pytest.raises(InputError):
        bind("SELECT * { ?s ?p ?_age_integer, ?_name_zh }", values)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_value_breaks_out_of_its_term(value: str) -> None:
    rows = list(Graph().query(f"SELECT ?x WHERE {{ BIND({term(value, 'string')} AS ?x) }}"))
    assert [row[0] for row in rows] == [Literal(value)]  # type: ignore[index]


@given(st.text())
def test_iris_hold_no_closing_sign(value: str) -> None:
    try:
        assert ">" not in term(value, "iri")[1:-1]
    except InputError:
        pass
