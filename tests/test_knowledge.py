"""`import tjkg` as a researcher uses it."""

from __future__ import annotations

import doctest

import pytest
from rdflib import RDF, URIRef

import tjkg
from tjkg.errors import InputError
from tjkg.namespaces import TJKG


def test_the_doctest_of_the_package() -> None:
    assert doctest.testmod(tjkg).failed == 0


def test_rows_frame_and_graph_agree() -> None:
    kg = tjkg.open()
    rows = kg.query("services-of-group", group="老年人")
    frame = kg.frame("services-of-group", group="老年人")
    assert list(frame.columns) == list(rows.columns)
    assert len(frame) == len(rows.rows) > 0
    assert len(set(kg.graph().subjects(RDF.type, URIRef(TJKG.BasicPublicService)))) == 94
    sparql = f"SELECT ?s WHERE {{ ?s a <{TJKG.ServiceStandard}> }}"
    assert len(kg.query(sparql).rows) == 101
    assert "services-of-group" in kg.questions


def test_updates_are_refused() -> None:
    with pytest.raises(InputError):
        tjkg.open().query("DELETE WHERE { ?s ?p ?o }")
