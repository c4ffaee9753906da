"""/sparql by the SPARQL 1.1 Protocol: as a table of requests, and as independent clients use it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, RDFXML, TURTLE, XML, SPARQLWrapper

from tests.web_server import Served, serving
from tjkg.query import library
from tjkg.store import open_remote
from tjkg.store.local import Local

SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/tjkg/ontology#Payer> } ORDER BY ?s LIMIT 3"
ASK = "ASK { ?s a <https://w3id.org/tjkg/ontology#Payer> }"
CONSTRUCT = "CONSTRUCT WHERE { ?s a <https://w3id.org/tjkg/ontology#Payer> }"
FORM = "application/x-www-form-urlencoded"
G = "https://w3id.org/tjkg/graph/"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("serve")) as found:
        yield found


@pytest.fixture
def web(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=30) as client:
        yield client


def _count(response: httpx.Response) -> int:
    return len(response.json()["results"]["bindings"])


def test_three_ways_to_ask_are_one(web: httpx.Client) -> None:
    by_get = web.get("/sparql", params={"query": SELECT})
    by_form = web.post("/sparql", data={"query": SELECT})
    by_body = web.post("/sparql", content=SELECT.encode(), headers={"content-type": "application/sparql-query; charset=UTF-8"})
    assert by_get.status_code == by_form.status_code == by_body.status_code == 200
    assert by_get.json() == by_form.json() == by_body.json()
    assert _count(by_get) == 3 and by_get.headers["content-type"] == "application/sparql-results+json"


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (SELECT, "application/sparql-results+json", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
        (ASK, "application/sparql-results+json", "application/sparql-results+json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ASK, "text/csv", "text/csv; charset=utf-8"),
        (CONSTRUCT, "text/turtle", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/sparql-results+json, text/turtle;q=0.1", "text/turtle; charset=utf-8"),
        ("DESCRIBE <https://w3id.org/tjkg/id/payer/市财政>", "*/*", "text/turtle; charset=utf-8"),
    ],
)
def test_formats(web: httpx.Client, query: str, accept: str, media: str) -> None:
    for response in (
        web.get("/sparql", params={"query": query}, headers={"accept": accept}),
        web.post("/sparql", data={"query": query}, headers={"accept": accept}),
    ):
        assert response.status_code == 200 and response.headers["content-type"] == media
        assert response.headers["vary"] == "Accept" and response.content


@pytest.mark.parametrize(
    ("method", "body", "content_type", "status"),
    [
        ("POST", b"", FORM, 400),
        ("POST", b"query=" + quote(SELECT).encode() + b"&query=ASK%7B%7D", FORM, 400),
        ("POST", b"query=%FF%FE", FORM, 400),
        ("POST", b"\xff\xfe", "application/sparql-query", 400),
        ("POST", b"SELECT", "application/sparql-query", 400),
        ("POST", b"SELECT * { ?s ?p }", "application/sparql-query", 400),
        ("POST", b"", "application/sparql-query", 400),
        ("POST", b"update=" + quote("CLEAR ALL").encode(), FORM, 403),
        ("POST", b"CLEAR ALL", "application/sparql-update", 403),
        ("POST", b"INSERT DATA { <a:b> <a:b> <a:b> }", "application/sparql-query", 400),
        ("POST", b"query=LOAD+%3Chttp%3A%2F%2F127.0.0.1%2F%3E", FORM, 400),
        ("POST", SELECT.encode(), "text/plain", 415),
        ("POST", SELECT.encode(), "", 415),
        ("POST", b'{"query": "ASK {}"}', "application/json", 415),
        ("POST", SELECT.encode(), "application/sparql-query; charset=gb18030", 415),
        ("POST", b"query=" + b"x" * 400_000, FORM, 413),
        ("PUT", SELECT.encode(), "application/sparql-query", 405),
        ("DELETE", b"", "", 405),
        ("PATCH", b"", "", 405),
    ],
)
def test_what_is_refused(web: httpx.Client, method: str, body: bytes, content_type: str, status: int) -> None:
    response = web.request(method, "/sparql", content=body, headers={"content-type": content_type} if content_type else {})
    assert response.status_code == status
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.count("\n") == 1 and "Traceback" not in response.text and "File" not in response.text
    if status == 405:
        assert "GET" in response.headers["allow"]


def test_unacceptable_formats(web: httpx.Client) -> None:
    for query, accept in ((SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (ASK, "image/png"), (SELECT, "text/html")):
        assert web.get("/sparql", params={"query": query}, headers={"accept": accept}).status_code == 406


def test_the_format_parameter_beats_the_header(web: httpx.Client) -> None:
    for fmt, media in (("csv", "text/csv"), ("text/csv", "text/csv"), ("xml", "application/sparql-results+xml")):
        response = web.get("/sparql", params={"query": SELECT, "format": fmt})
        assert response.headers["content-type"].startswith(media)
    response = web.get("/sparql", params={"query": CONSTRUCT, "format": "json"})
    assert response.headers["content-type"] == "application/ld+json"


def test_datasets_of_the_protocol(web: httpx.Client) -> None:
    def numbers(query: str, **parameters: str | list[str]) -> list[int]:
        rows = web.get("/sparql", params={"query": query, **parameters}).json()["results"]["bindings"]
        return [int(r["n"]["value"]) for r in rows]

    default = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    (whole,) = numbers(default)
    (shared,) = numbers(default, **{"default-graph-uri": G + "shared"})
    (ontology,) = numbers(default, **{"default-graph-uri": G + "ontology"})
    assert 0 < shared < whole and 0 < ontology < whole
    assert numbers(default, **{"default-graph-uri": [G + "shared", G + "ontology"]}) == [shared + ontology]
    assert numbers(named) == [3] and numbers(named, **{"named-graph-uri": G + "shared"}) == [1]
    assert numbers(default, **{"named-graph-uri": G + "shared"}) == [0]
    # a dataset in the request beats the query's own (§2.1.4); without one, FROM decides
    of_query = f"SELECT (COUNT(*) AS ?n) FROM <{G}ontology> {{ ?s ?p ?o }}"
    assert numbers(of_query) == [ontology] and numbers(of_query, **{"default-graph-uri": G + "shared"}) == [shared]
    assert web.get("/sparql", params={"query": default, "default-graph-uri": "not an iri"}).status_code == 400
    assert web.get("/sparql", params={"query": default, "plan": "nowhere-1999"}).status_code == 404


def test_without_a_query(web: httpx.Client) -> None:
    page = web.get("/sparql", headers={"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8" and "<h1>SPARQL" in page.text
    for accept, name in (("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/n-triples", "nt")):
        response = web.get("/sparql", headers={"accept": accept})
        description = Graph().parse(data=response.content, format=name)
        sd = "http://www.w3.org/ns/sparql-service-description#"
        endpoint = str(web.base_url).rstrip("/") + "/sparql"
        assert (URIRef(endpoint), URIRef(sd + "endpoint"), URIRef(endpoint)) in description
        names = {str(o) for o in description.objects(None, URIRef(sd + "name"))}
        assert names == {G + "ontology", G + "shared", G + "tianjin-2021"}


def test_head_options_and_cors(web: httpx.Client) -> None:
    got = web.get("/sparql", params={"query": SELECT})
    head = web.head("/sparql", params={"query": SELECT})
    assert head.status_code == 200 and head.content == b"" and head.headers["content-length"] == str(len(got.content))
    preflight = web.options("/sparql", headers={"origin": "https://example.org", "access-control-request-method": "POST"})
    assert preflight.status_code == 204 and "POST" in preflight.headers["access-control-allow-methods"]
    assert got.headers["access-control-allow-origin"] == preflight.headers["access-control-allow-origin"] == "*"


def test_a_cut_result_says_so(web: httpx.Client) -> None:
    full = "SELECT ?a ?b { ?a a ?x . ?b a ?y }"
    response = web.get("/sparql", params={"query": full}, headers={"accept": "application/sparql-results+json"})
    told = response.headers["tjkg-cut-off"]
    found = json.loads(response.content)
    assert found["head"]["link"] == ["/about#limits"] and found["results"]["bindings"]
    assert told.startswith(("rows=", "bytes=")) and len(response.content) < 17 * 1024 * 1024
    assert "tjkg-cut-off" not in web.get("/sparql", params={"query": SELECT}).headers


# ---------------------------------------------------------------- independent clients


def _converted(client: SPARQLWrapper) -> Any:
    return client.query().convert()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper uses it
@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper(served: Served, method: str) -> None:
    client = SPARQLWrapper(served.url + "/sparql")
    client.setMethod(method)
    client.setQuery(SELECT)
    client.setReturnFormat(JSON)
    assert len(_converted(client)["results"]["bindings"]) == 3
    client.setReturnFormat(XML)
    assert len(_converted(client).getElementsByTagName("result")) == 3
    client.setReturnFormat(CSV)
    assert _converted(client).count(b"\r\n") == 4
    client.setQuery(ASK)
    client.setReturnFormat(JSON)
    assert _converted(client)["boolean"] is True
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=_converted(client), format="turtle")) > 3
    client.setReturnFormat(RDFXML)
    assert len(_converted(client)) > 3


def test_rdflib_sparqlstore(served: Served) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        graph = Graph(SPARQLStore(served.url + "/sparql", method=method, context_aware=False))
        labels = list(graph.objects(URIRef("https://w3id.org/tjkg/id/payer/市财政"), SKOS.prefLabel))
        assert "市财政" in map(str, labels)
        assert len(list(graph.query(SELECT))) == 3
        assert graph.query(ASK).askAnswer is True


def test_curl(served: Served) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(["curl", "-sS", *arguments], capture_output=True, text=True, check=True).stdout

    endpoint = served.url + "/sparql"
    chinese = 'SELECT ?s { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> "市财政"@zh }'
    for found in (
        curl(endpoint, "--data-urlencode", "query=" + chinese, "-H", "Accept: text/csv"),
        curl(endpoint, "-d", "query=" + chinese, "-H", "Accept: text/csv"),  # raw UTF-8 in the form
        curl("-G", endpoint, "--data-urlencode", "query=" + chinese, "-H", "Accept: text/csv"),
        curl(endpoint, "-H", "Content-Type: application/sparql-query", "--data-binary", chinese, "-H", "Accept: text/csv"),
    ):
        assert found.splitlines() == ["s", "https://w3id.org/tjkg/id/payer/市财政"]


def test_our_own_remote_store_gets_the_same_rows(served: Served, store: Local) -> None:
    remote = open_remote(served.url + "/sparql")
    assert remote.plan == store.plan
    for question in library().values():
        text = question.bound(question.example)
        ours, theirs = store.select(text), remote.select(text)
        assert ours.columns == theirs.columns and len(ours.rows) == len(theirs.rows)
