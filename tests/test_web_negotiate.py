"""Accept headers: a table, and the law that nothing unacceptable is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tjkg.web.negotiate import GRAPH_TYPES, PAGE_TYPES, RESULT_TYPES, best, named


@pytest.mark.parametrize(
    ("accept", "rows", "triples"),
    [
        (None, "json", "ttl"),
        ("", "json", "ttl"),
        ("*/*", "json", "ttl"),
        ("application/sparql-results+xml", "xml", None),
        ("application/sparql-results+json;q=0.2, text/csv;q=0.7, */*;q=0.1", "csv", "ttl"),
        ("text/*", "xml", "ttl"),
        ("text/tab-separated-values", "tsv", None),
        ("TEXT/CSV", "csv", None),
        ("text/csv; q=0, */*", "json", "ttl"),
        ("application/json", "json", "jsonld"),
        ("application/xml", "xml", "rdfxml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "xml", "rdfxml"),
        ("application/n-triples, text/turtle;q=0.9", None, "nt"),
        ("application/rdf+xml;q=0.5, application/ld+json", None, "jsonld"),
        ("image/png", None, None),
        ("text/csv;q=lots", None, None),
        (",,;;", "json", "ttl"),
        # as SPARQLWrapper sends it for "json"
        ("application/sparql-results+json,application/json,text/javascript,application/javascript", "json", "jsonld"),
    ],
)
def test_accept(accept: str | None, rows: str | None, triples: str | None) -> None:
    assert (best(accept, RESULT_TYPES), best(accept, GRAPH_TYPES)) == (rows, triples)


def test_a_browser_gets_the_page_and_a_program_the_data() -> None:
    assert best("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", PAGE_TYPES) == "html"
    assert best("text/turtle, text/html;q=0.5", PAGE_TYPES) == "ttl"
    assert best("application/ld+json", PAGE_TYPES) == "jsonld"


def test_short_names() -> None:
    assert [named(n) for n in ("json", "Turtle", "text/csv", "application/ld+json", "pdf")] == [
        "json", "ttl", "csv", "jsonld", None
    ]


_TYPES = st.sampled_from([*RESULT_TYPES, *GRAPH_TYPES, "*/*", "text/*", "application/*", "image/png"])
_MEMBERS = st.lists(st.tuples(_TYPES, st.sampled_from(["", ";q=0", ";q=0.5", ";q=1.0", "; q=0.001"])), max_size=6)


@given(_MEMBERS)
def test_what_is_sent_was_accepted(members: list[tuple[str, str]]) -> None:
    accept = ", ".join(media + quality for media, quality in members)
    for offered in (RESULT_TYPES, GRAPH_TYPES):
        found = best(accept, offered)
        acceptable = [
            fmt for media, fmt in offered.items()
            if not members or any(wanted in (media, media.split("/")[0] + "/*", "*/*") for wanted, _ in members)
        ]
        assert found is None or found in acceptable


@given(st.text(max_size=80))
def test_any_header_is_read(accept: str) -> None:
    assert best(accept, RESULT_TYPES) in {None, *RESULT_TYPES.values()}
